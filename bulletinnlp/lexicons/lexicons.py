"""The lists with one user's changes, and which of them are in force.

Pipelines with different lists live in one process and in threads: each stage holds its `Lexicons`, which are in force
while it runs (`with_own_lexicons`), and in its thread alone. What is built from lists is kept with them, so that
nothing is built twice, and goes when they go.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ClassVar, TypeVar, cast
from weakref import WeakValueDictionary

from bulletinnlp.data import table

Row = tuple[str, ...]
Function = TypeVar("Function", bound=Callable[..., Any])
#: What begins a line that takes away.
MINUS = "- "


class Lexicons:
    """The lists: ours, and what a user adds to them and takes away. Immutable; equal ones are one object.

    `changes` are the user's lines by list, fields separated by tabs, without comments.

    >>> mine = Lexicons({"titles": ["镇街长\\toffice", "- 村民"]})
    >>> mine.added("titles"), mine.removed("titles"), mine is Lexicons(mine.entries())
    ((('镇街长', 'office'),), (('村民',),), True)
    """

    _instances: ClassVar[WeakValueDictionary[tuple[tuple[str, Row], ...], Lexicons]] = WeakValueDictionary()
    __slots__ = ("__weakref__", "built", "changes")
    #: The user's lines by list.
    changes: tuple[tuple[str, Row], ...]
    #: What functions marked `per_lexicons` have built from these lists.
    built: dict[Any, Any]

    def __new__(cls, changes: Mapping[str, Sequence[str]]) -> Lexicons:
        key = tuple(sorted((name, tuple(lines)) for name, lines in changes.items() if lines))
        found = cls._instances.get(key)
        if found is None:
            found = super().__new__(cls)
            found.changes, found.built = key, {}
            found = cls._instances.setdefault(key, found)
        return found

    def __reduce__(self) -> tuple[type[Lexicons], tuple[dict[str, list[str]]]]:
        return Lexicons, (self.entries(),)

    def __deepcopy__(self, memo: Any) -> Lexicons:
        return self

    def __repr__(self) -> str:
        return f"Lexicons({self.entries()})"

    def __bool__(self) -> bool:
        """Whether a user has changed anything."""
        return bool(self.changes)

    def entries(self) -> dict[str, list[str]]:
        """The user's lines by list: what a pipeline's config holds."""
        return {name: list(lines) for name, lines in self.changes}

    @property
    def digest(self) -> str | None:
        """The user's lines as a number, None if there are none: with other lists it is another run."""
        text = json.dumps(self.changes, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest() if self.changes else None

    def added(self, name: str) -> tuple[Row, ...]:
        """What the user adds to a list."""
        return tuple(_fields(line) for line in self._lines(name) if not line.startswith(MINUS))

    def removed(self, name: str) -> tuple[Row, ...]:
        """What the user takes away from a list: rows that begin so."""
        return tuple(_fields(line[len(MINUS) :]) for line in self._lines(name) if line.startswith(MINUS))

    def rows(self, name: str) -> tuple[Row, ...]:
        """The rows of a list: ours without what is taken away, then what is added."""
        gone = frozenset(self.removed(name))
        ours = table(name)
        if gone:
            ours = tuple(row for row in ours if not any(row[:size] in gone for size in range(1, len(row) + 1)))
        more = tuple(row for row in self.added(name) if row not in ours)
        return ours + more

    def words(self, name: str) -> Row:
        """The words of a list: the first field of each row."""
        return tuple(dict.fromkeys(row[0] for row in self.rows(name)))

    def _lines(self, name: str) -> Row:
        return dict(self.changes).get(name, ())


def _fields(line: str) -> Row:
    return tuple(line.split("\t"))


#: Our lists as they are.
SHIPPED = Lexicons({})
_IN_FORCE: ContextVar[Lexicons] = ContextVar("bulletinnlp_lexicons", default=SHIPPED)


@contextmanager
def using(lexicons: Lexicons) -> Iterator[None]:
    """These lists are in force while the context lasts, in this thread. No generator may yield from within."""
    token = _IN_FORCE.set(lexicons)
    try:
        yield
    finally:
        _IN_FORCE.reset(token)


def with_own_lexicons(method: Function) -> Function:
    """For a method of a stage: the stage's `lexicons` are in force while it runs. Not for generators."""

    @wraps(method)
    def run(self: Any, *arguments: Any) -> Any:
        with using(self.lexicons):
            return method(self, *arguments)

    return cast(Function, run)


def per_lexicons(build: Function) -> Function:
    """For a function that builds something from lists: built once for each `Lexicons`, like `functools.cache`.

    >>> @per_lexicons
    ... def longest():
    ...     return max(listed("titles"), key=len)
    >>> with using(Lexicons({"titles": ["网格管家服务站联络员"]})):
    ...     longest()
    '网格管家服务站联络员'
    """

    @wraps(build)
    def cached(*arguments: Any) -> Any:
        built = _IN_FORCE.get().built
        key = (build, arguments) if arguments else build
        try:
            return built[key]
        except KeyError:
            return built.setdefault(key, build(*arguments))

    return cast(Function, cached)


def listed_rows(name: str) -> tuple[Row, ...]:
    """The rows of a list in force."""
    return _IN_FORCE.get().rows(name)


def listed(name: str) -> Row:
    """The words of a list in force."""
    return _IN_FORCE.get().words(name)


@per_lexicons
def listed_set(name: str) -> frozenset[str]:
    """The words of a list in force, to ask whether it has one."""
    return frozenset(listed(name))


def added(name: str) -> tuple[Row, ...]:
    """What the user whose lists are in force has added to one."""
    return _IN_FORCE.get().added(name)


def removed(name: str) -> tuple[Row, ...]:
    """What the user whose lists are in force has taken away from one."""
    return _IN_FORCE.get().removed(name)
