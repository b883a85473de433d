"""`python -m bulletinnlp` is the command `bulletinnlp`."""

from bulletinnlp.cli import app

app(prog_name="bulletinnlp")
