"""How the command's processes start: quickly where torch is installed, and sparing memory.

spaCy's machine-learning library, thinc, imports torch if it finds it, whether anybody needs it or not: 5 s and 200 MB.
Nothing of the default pipeline does. The command therefore starts spaCy as if torch were not installed, unless the
model that is asked for may need it; HanLP finds torch all the same.

It also imports its own command line, which nothing here asks for (requests, YAML, weasel: 0.15 s); ours has it do so
only when somebody does.

In a process that is yours the library leaves this alone, since spaCy pipelines with a transformer need thinc to know
torch. Set the environment variable `BULLETINNLP_WITHOUT_TORCH=1` before the import to have it here too.

Arrow's own allocator keeps much of what has been freed, some 70 MB in a run over 1,000 pages: the command's processes
use the system's.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

#: Set in the environment, so that processes that the command starts do likewise.
SWITCH = "BULLETINNLP_WITHOUT_TORCH"


def without_torch() -> None:
    """Import thinc as if torch were not installed. Does nothing where either of them is imported already."""
    os.environ[SWITCH] = "1"
    if "thinc" not in sys.modules and "torch" not in sys.modules and find_spec("torch") is not None:
        loaded: dict[str, ModuleType | None] = sys.modules  # type: ignore[assignment]
        loaded["torch"] = None  # an import of it raises ImportError
        try:
            import_module("thinc.api")
        finally:
            del loaded["torch"]
    _without_commands()


def _without_commands() -> None:
    """Import spaCy without its command line, of which it takes `info`; `import spacy.cli` works as ever."""
    if "spacy" in sys.modules:
        return
    commands, info = ModuleType("spacy.cli"), ModuleType("spacy.cli.info")
    commands.__path__ = []
    info.__dict__["info"] = _info
    ours = {"spacy.cli": commands, "spacy.cli.info": info}
    sys.modules.update(ours)
    try:
        import_module("spacy")
    finally:
        for name in ours:
            del sys.modules[name]


def _info(*arguments: Any, **options: Any) -> Any:
    """What `spacy.info` does, loaded when asked for."""
    return import_module("spacy.cli.info").info(*arguments, **options)


def sparing_memory() -> None:
    """Let Arrow, when it is imported, use the system's allocator, unless the environment names another."""
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")


def hold_standard_streams() -> None:
    """Open the null device in the place of standard streams that are closed.

    Else the first files that are opened, tables among them, take their numbers, and whatever a library prints goes
    into them.
    """
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free


def drop_standard_output() -> None:
    """Let what is still to be written to standard output go nowhere, so that nothing fails at the very end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def printable(text: str) -> str:
    r"""A line without what a terminal would obey: control characters, and those that turn the direction of writing.

    >>> printable("a\x1b[2J\n.txt")
    'a\\x1b[2J\\n.txt'
    """
    return "".join(
        c if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Zl", "Zp") else c.encode("unicode_escape").decode()
        for c in text
    )
