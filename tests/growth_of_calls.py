"""Growth, told by the calls of functions: it says the same on any machine, however busy."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

#: Four times the text may take so many times the calls: caches that fill, a list that is sorted; quadratic are 16.
MOST = 8.0


def calls(what: Callable[[], object]) -> int:
    """How many functions are called."""
    count = 0

    def profile(frame: FrameType, event: str, function: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(profile)
    try:
        what()
    finally:
        sys.setprofile(None)
    return count
