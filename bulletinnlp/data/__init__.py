"""Data that ships in the wheel: lexicons, the divisions of China, the embedded models.

A lexicon is a text file in `data/lexicons/`, one entry a line, fields separated by tabs. Lines that begin with `#` say
what the list is and where it comes from.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable


def resource(*path: str) -> Traversable:
    """A file that ships with the package: `resource("lexicons", "surnames.txt")`."""
    return files(__name__).joinpath(*path)


@cache
def lexicon(name: str) -> tuple[str, ...]:
    """The entries of `data/lexicons/<name>.txt`, in the order of the file, without comments and blank lines."""
    lines = resource("lexicons", f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


@cache
def words_of(name: str, kind: str) -> tuple[str, ...]:
    """Of a lexicon whose lines are a kind and a word, the words of a kind: `words_of("site_endings", "way")`."""
    return tuple(row[1] for row in table(name) if row[0] == kind)


@cache
def table(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a lexicon with several tab-separated fields a line."""
    return tuple(tuple(field.strip() for field in line.split("\t")) for line in lexicon(name))
