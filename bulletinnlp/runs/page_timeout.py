"""A limit of time for a page.

A timer of the system interrupts the main thread of a process between two steps of Python. What can not be interrupted
so: code in C that does not come back (one match of a regular expression, a call of a model); other threads; Windows,
which has no such timer. Of a worker process the caller sees to it: it ends a process that overstays the limit
(`runs/workers.py`).
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

#: Seconds after which the stages of a page are ended, unless another limit is asked for.
PAGE_TIMEOUT = 120.0
#: What stands as the stage in the problem of a page that took too long, and of one whose process died.
TIMED_OUT, DIED = "timeout", "process"
#: A stage that takes the interrupt for an error of its own, and goes on, is interrupted again after so many seconds.
_AGAIN = 1.0


class OutOfTimeError(BaseException):
    """A page took too long. No `Exception`: a stage that catches those does not catch this one."""


@contextmanager
def limited(seconds: float | None) -> Iterator[None]:
    """Raise OutOfTimeError in the block after so many seconds, where that can be done; None is no limit."""
    here = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    if not seconds or not here:
        yield
        return
    armed = True

    def end(number: int, frame: FrameType | None) -> None:
        if armed:
            raise OutOfTimeError

    handler = signal.signal(signal.SIGALRM, end)
    left, every = signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    began = time.monotonic()
    try:
        yield
    finally:
        armed = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, handler)
        if left:  # a timer of the program that calls us
            signal.setitimer(signal.ITIMER_REAL, max(0.001, left - (time.monotonic() - began)), every)
