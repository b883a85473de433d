"""A limit of time for a page.

A timer of the system interrupts the main thread of a process between two steps of Python (`limited`). What can not be
interrupted so: code in C that does not come back (one match of a regular expression, a call of a model); other threads;
Windows, which has no such timer. Of a worker process the caller sees to it: it ends a process that overstays the limit
(`runs/workers.py`). Dask reads in threads: there a page has a thread of its own (`in_a_thread`), which Python
interrupts between two steps; the tasks of Spark are main threads.
"""

from __future__ import annotations

import ctypes
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from math import inf, isnan
from numbers import Real
from types import FrameType
from typing import TypeVar

Result = TypeVar("Result")

#: Seconds after which the stages of a page are ended, unless another limit is asked for.
PAGE_TIMEOUT = 120.0
#: What stands as the stage in the problem of a page that took too long, and of one whose process died.
TIMED_OUT, DIED = "timeout", "process"
#: A stage that takes the interrupt for an error of its own, and goes on, is interrupted again after so many seconds.
_AGAIN = 1.0


class OutOfTimeError(BaseException):
    """A page took too long. No `Exception`: a stage that catches those does not catch this one."""


def seconds_of(page_timeout: float | None) -> float | None:
    """A limit as it was asked for, None for none. Raises ValueError for what is no number of seconds.

    >>> seconds_of(120), seconds_of(float("inf")), seconds_of(0)
    (120, None, None)
    """
    if page_timeout is None:
        return None
    if not isinstance(page_timeout, Real) or isnan(page_timeout) or page_timeout < 0:
        raise ValueError(f"page_timeout is a number of seconds, 0 or more, or None, not {page_timeout!r}")
    return None if page_timeout in (0, inf) else page_timeout


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


def in_a_thread(call: Callable[[], Result], seconds: float | None) -> Result:
    """What `call` gives, in a thread of its own, where OutOfTimeError is raised after so many seconds.

    Raises what `call` raises; OutOfTimeError where it does not catch that.
    """
    if not seconds:
        return call()
    result: Future[Result] = Future()

    def run() -> None:
        try:
            result.set_result(call())
        except BaseException as error:
            result.set_exception(error)

    thread = threading.Thread(target=run, name="page", daemon=True)
    thread.start()
    thread.join(seconds)
    while thread.is_alive() and thread.ident:
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident), ctypes.py_object(OutOfTimeError))
        thread.join(_AGAIN)
    if not result.done():  # it came in the way of the result
        raise OutOfTimeError
    return result.result()
