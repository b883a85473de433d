"""Pages read by several processes: the same rows as by one, page by page as they are finished.

Each worker is a fresh Python process with a pipeline of its own, which reads one page at a time. A worker that dies
(out of memory, a crash in native code) is replaced and its page tried once more; then the page is given up by name, and
the others go on. One that overstays the limit of time for a page in code that can not be interrupted is ended, and its
page given up. Workers die with their caller.
"""

from __future__ import annotations

import math
import os
import signal
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context, parent_process, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import ModuleType, TracebackType

from bulletinnlp.pages.input_pages import Input
from bulletinnlp.runs.gc_freeze import frozen
from bulletinnlp.runs.page_rows import failed_input, read_input
from bulletinnlp.runs.page_timeout import DIED, PAGE_TIMEOUT, TIMED_OUT
from bulletinnlp.runs.pipeline_config import PipelineConfig, outputs_of
from bulletinnlp.tables.frames import Tables

ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
#: How often a page may cost a worker its life.
TRIES = 2
#: Seconds that a worker has, over the limit for a page, to end its stages itself.
GRACE = 10.0


@dataclass(slots=True)
class _Slot:
    """An input that a worker reads: since when, and how often one has died of it."""

    given: Input
    since: float = 0.0
    tries: int = 0


class Workers:
    """A pool of processes that read pages. A context manager; `outputs` are what its pipelines write.

    Entering raises what making the pipeline raises.
    """

    def __init__(self, pipe_config: PipelineConfig, count: int, seconds: float | None = PAGE_TIMEOUT) -> None:
        self.outputs: list[str] = []
        self._ready = False
        self._pipe_config = pipe_config
        self._count = count
        self._seconds = seconds
        self._processes: dict[Connection, BaseProcess] = {}
        #: What a worker is at; None while it makes its pipeline.
        self._busy: dict[Connection, _Slot | None] = {}
        self._again: list[_Slot] = []
        self._done: list[tuple[Input, Tables]] = []

    def __enter__(self) -> Workers:
        try:
            for _ in range(self._count):
                self._start()
            while not self._ready:
                self._collect()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def stop(self) -> None:
        """End the processes, whatever they are at."""
        for process in self._processes.values():
            process.kill()
        for connection, process in self._processes.items():
            process.join()
            connection.close()
        self._processes.clear()
        self._busy.clear()

    def read(self, given: Iterable[Input]) -> Iterator[tuple[Input, Tables]]:
        """The rows of each input's page, as they are finished. No input is taken before a worker is free for it."""
        todo = iter(given)
        more = True
        while more or self._again or any(self._busy.values()):
            while more and self._idle():
                item = next(todo, None)
                more = item is not None
                if item is not None:
                    self._hand_out(_Slot(item))
            if self._busy:
                self._collect()
            yield from self._done
            self._done = []

    def _idle(self) -> Connection | None:
        return next((connection for connection in self._processes if connection not in self._busy), None)

    def _hand_out(self, slot: _Slot) -> None:
        """Give a page to an idle worker; without one, later."""
        if (connection := self._idle()) is None:
            self._again.append(slot)
        else:
            self._busy[connection] = slot
            slot.since = time.monotonic()
            with suppress(OSError):  # it has died; `_collect` will see
                connection.send(slot.given)

    def _collect(self) -> None:
        """Wait until a worker says something, dies, or has had its time."""
        for connection in wait(list(self._busy), self._patience()):
            assert isinstance(connection, Connection)
            slot = self._busy.pop(connection)
            try:
                answer = connection.recv()
            except (EOFError, OSError):
                self._replace(connection, slot)
                continue
            if isinstance(answer, Exception):
                raise answer
            if slot is None:
                self.outputs, self._ready = answer, True
            else:
                self._done.append((slot.given, answer))
        for connection in [c for c, slot in self._busy.items() if slot and self._left(slot) <= 0]:
            self._processes[connection].kill()
            self._replace(connection, self._busy.pop(connection))
        while self._again and self._idle():
            self._hand_out(self._again.pop(0))

    def _left(self, slot: _Slot) -> float:
        """Seconds until a worker has had its time for a page, and its grace."""
        return slot.since + self._seconds + GRACE - time.monotonic() if self._seconds else math.inf

    def _patience(self) -> float | None:
        """Seconds until the first worker has had its time; None where there is no limit."""
        left = min((self._left(slot) for slot in self._busy.values() if slot), default=math.inf)
        return None if left == math.inf else max(0.0, left)

    def _replace(self, connection: Connection, slot: _Slot | None) -> None:
        """A worker died, or was ended: start another; its page goes there, or is given up."""
        process = self._processes.pop(connection)
        process.join()
        connection.close()
        died = _death(process.exitcode)
        if slot is None:
            raise RuntimeError(f"a worker could not be started ({died})")
        self._start()
        slot.tries += 1
        if self._left(slot) <= 0:
            told = f"it took more than {self._seconds:g} seconds (--page-timeout); the process that read it was ended"
            self._done.append((slot.given, failed_input(slot.given, told, TIMED_OUT)))
        elif slot.tries < TRIES:
            self._again.append(slot)
        else:
            told = f"the process that read it ended ({died})"
            self._done.append((slot.given, failed_input(slot.given, told, DIED)))

    def _start(self) -> None:
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, self._pipe_config, self._seconds), daemon=True)
        with _for_workers():
            process.start()
            theirs.close()
            self._processes[ours] = process
            self._busy[ours] = None


def _serve(connection: Connection, pipe_config: PipelineConfig, seconds: float | None) -> None:
    """A worker: makes its pipeline, says what that writes, and answers each page with its rows until nobody asks."""
    threading.Thread(target=_die_with_caller, daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the caller
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    try:
        nlp = pipe_config.load()
    except Exception as error:
        connection.send(error)
        return
    with suppress(EOFError, OSError):
        connection.send(outputs_of(nlp))
        for page_tables in frozen(read_input(given, nlp, seconds) for given in iter(connection.recv, None)):
            connection.send(page_tables)


def _die_with_caller() -> None:
    """End this process when its caller has ended, however it did, whatever the other threads are at."""
    if caller := parent_process():
        wait([caller.sentinel])
        os._exit(1)


@contextmanager
def _for_workers() -> Iterator[None]:
    """What a process inherits that starts in here.

    One thread for numerical libraries; Ctrl-C waits; and no main module, which `spawn` would import again: a script
    without `if __name__ == "__main__"` or a notebook may use workers too.
    """
    with _ctrl_c_waits():
        before = {name: os.environ.get(name) for name in ONE_THREAD}
        os.environ.update(dict.fromkeys(ONE_THREAD, "1"))
        script, sys.modules["__main__"] = sys.modules["__main__"], ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = script
            for name, value in before.items():
                if value is None:
                    del os.environ[name]
                else:
                    os.environ[name] = value


@contextmanager
def _ctrl_c_waits() -> Iterator[None]:
    """Ctrl-C comes when the context ends, not amid the start of a process, and is not lost.

    A process that starts in here has the signal blocked. That alone would not do: in the caller, a thread of a
    numerical library may take the signal.
    """
    pressed: list[int] = []
    main = threading.current_thread() is threading.main_thread()  # no other may set handlers, none else is interrupted
    handler = signal.signal(signal.SIGINT, lambda number, frame: pressed.append(number)) if main else None
    try:
        with _ctrl_c_blocked():
            yield
    finally:
        if main:
            signal.signal(signal.SIGINT, handler)
        if pressed:
            signal.raise_signal(signal.SIGINT)


@contextmanager
def _ctrl_c_blocked() -> Iterator[None]:
    """SIGINT waits for this thread and for the processes that it starts. Windows has no such thing."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # else `spawn` starts it with the first process, and that unblocks the signal
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def cores() -> int:
    """How many cores this process may use: fewer than the machine has under `taskset`, Slurm or in a container."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _death(code: int | None) -> str:
    """An exit code in words.

    >>> _death(-9), _death(3)
    ('SIGKILL; was there too little memory?', 'exit code 3')
    """
    if code is not None and code < 0:
        name = signal.Signals(-code).name
        return f"{name}; was there too little memory?" if name == "SIGKILL" else name
    return f"exit code {code}"
