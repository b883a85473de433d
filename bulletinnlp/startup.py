"""How the command's processes start: quickly where torch is installed, and sparing memory.

spaCy's machine-learning library, thinc, imports torch if it finds it, whether anybody needs it or not: 5 s and 200 MB.
Nothing of the default pipeline does. The command therefore starts spaCy as if torch were not installed, unless the
model that is asked for may need it; HanLP finds torch all the same.

In a process that is yours the library leaves this alone, since spaCy pipelines with a transformer need thinc to know
torch. Set the environment variable `BULLETINNLP_WITHOUT_TORCH=1` before the import to have it here too.

Arrow's own allocator keeps much of what has been freed, some 70 MB in a run over 1,000 pages: the command's processes
use the system's.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

#: Set in the environment, so that processes that the command starts do likewise.
SWITCH = "BULLETINNLP_WITHOUT_TORCH"


def without_torch() -> None:
    """Import thinc as if torch were not installed. Does nothing where either of them is imported already."""
    os.environ[SWITCH] = "1"
    if "thinc" in sys.modules or "torch" in sys.modules or find_spec("torch") is None:
        return
    loaded: dict[str, ModuleType | None] = sys.modules  # type: ignore[assignment]
    loaded["torch"] = None  # an import of it raises ImportError
    try:
        import_module("thinc.api")
    finally:
        del loaded["torch"]


def sparing_memory() -> None:
    """Let Arrow, when it is imported, use the system's allocator, unless the environment names another."""
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
