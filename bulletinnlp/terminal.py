"""What the command prints: lines on standard error, texts on standard output, a progress bar, exit codes."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import typer

from bulletinnlp.startup import drop_standard_output, printable

SOME_FAILED, NOTHING_DONE, INTERRUPTED = 1, 2, 130


class ErrorLines:
    """Prints each problem that it is called with on standard error, a line each, `most` of them.

    Where there are very many, as in a table with a wrong column, the rest stands in the table `problems` alone.
    """

    most = 100

    def __init__(self, watch: Any) -> None:
        self._watch = watch
        self._count = 0

    def __call__(self, problem: Any) -> None:
        self._count += 1
        if self._count <= self.most:
            where = f"{problem.article_id}: " if problem.article_id else ""
            say(f"{where}{problem.message}", self._watch)
        elif self._count == self.most + 1:
            say("there are more errors; the table problems names them all", self._watch)


def line_of(error: Exception, name: str | Path) -> str:
    """What an error says, in a line that names a file."""
    from bulletinnlp.pages.plain_files import in_a_line

    return in_a_line(error, name)


def give_up(message: str) -> NoReturn:
    """Print a message on standard error, and exit: nothing was done."""
    for line in message.splitlines():
        say(line)
    raise typer.Exit(NOTHING_DONE)


@contextmanager
def warnings_as_lines() -> Iterator[None]:
    """Print warnings on standard error, a line each."""
    with warnings.catch_warnings():
        warnings.simplefilter("always", UserWarning)
        warnings.showwarning = lambda message, *_, **__: say(str(message))
        yield


def say(message: str, watch: Any = None) -> None:
    """A line on standard error; while there is a progress bar, above it."""
    line = f"bulletinnlp: {printable(message)}"
    if watch:
        watch.console.print(line, markup=False, highlight=False, soft_wrap=True, emoji=False)
    else:
        print_text(line, err=True)


def print_text(text: str, *, err: bool = False) -> None:
    """Print a text. Where standard output takes nothing (full, or its reader has gone), print that and exit with 1."""
    try:
        typer.echo(text, err=err)
        (sys.stderr if err else sys.stdout).flush()
    except (OSError, ValueError, AttributeError) as error:  # AttributeError: it was closed before we began
        if err or isinstance(error, AttributeError):
            return
        from bulletinnlp.pages.plain_files import reason

        drop_standard_output()
        say(f"standard output can not be written ({reason(error)})")
        raise typer.Exit(SOME_FAILED) from None


def progress() -> Any:
    """A progress bar on a terminal, nothing elsewhere."""
    if sys.stderr is None or not sys.stderr.isatty():
        return None
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    return Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
        TimeRemainingColumn(), console=Console(stderr=True), transient=True,
    )  # fmt: skip
