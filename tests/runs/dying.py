"""Processes that die, as by `kill -9`, at the n-th call of a function, or before the n-th change to a folder."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

KILLED = 137
_PRELUDE = """
import os, sys
from pathlib import Path

def die_at(owner, name, count):
    "Let the process die at this call of a function, after so many that go well."
    function = getattr(owner, name)

    def call(*args, **options):
        nonlocal count
        if count == 0:
            os._exit(137)
        count -= 1
        return function(*args, **options)

    setattr(owner, name, call)
"""
#: Dies while tables are published, after so many files have been renamed.
_IN_PUBLISH = """
from bulletinnlp.output import staging

die_at(staging, "place", int(sys.argv[1]))
"""
_CLEAR = """
from bulletinnlp.output.checkpoints import Checkpoints

for count, folder in enumerate(sys.argv[1:]):
    if (child := os.fork()) == 0:
        die_at(os, "unlink", count)
        Checkpoints(folder).clear()
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 137
"""
_EXTRACT = """
from bulletinnlp.cli import app

app(sys.argv[2:])
"""
_WRITE = """
from bulletinnlp import Extraction

Extraction.read(sys.argv[2]).write(sys.argv[3])
"""


def die_clearing(*folders: object) -> None:
    """Clear the parts of the first folder, and die before a file is removed; of the second after one, and so on."""
    subprocess.run([sys.executable, "-c", _PRELUDE + _CLEAR, *map(str, folders)], check=True)


def die_publishing(files: int, *command: object) -> None:
    """Run the command, and die when so many files of its tables have taken their names."""
    assert _run(_PRELUDE + _IN_PUBLISH + _EXTRACT, files, *command) == KILLED


def die_writing(files: int, source: object, folder: object) -> None:
    """Write the tables of one folder into another, and die when so many files have taken their names."""
    assert _run(_PRELUDE + _IN_PUBLISH + _WRITE, files, source, folder) == KILLED


def _run(code: str, *arguments: object) -> int:
    return subprocess.run([sys.executable, "-c", code, *map(str, arguments)], check=False).returncode


#: What changes a folder, as the interpreter tells it; of what libraries do, in hidden folders only, it tells nothing.
_CHANGES = frozenset({"os.rename", "os.link", "os.remove", "os.rmdir", "os.mkdir"})


def die_changing(folder: Path, count: int, what: Callable[[], object]) -> bool:
    """Do something in a child process, and die before the change to the folder that comes after so many.

    Gives whether it died: it did not where there were fewer changes.
    """
    left = count

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        opened = event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax")
        if (opened or event in _CHANGES) and str(folder) in str(arguments[0]):
            if left == 0:
                os._exit(KILLED)
            left -= 1

    if (child := os.fork()) == 0:
        sys.addaudithook(watch)
        what()
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, KILLED)
    return code == KILLED
