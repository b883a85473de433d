"""Which column of a table holds what: as asked for, else by the names that people give them.

| column | taken for |
| --- | --- |
| 正文, 内容, 全文, content, text … | `text` |
| 标题, 题目, title … | `headline` |
| 作者, 记者, 通讯员, author … | `byline` |
| 日期, 发布时间, pub_date … | `published` |
| 来源, 报纸, source … | `paper` |
| 编号, id, url … | `page_id` |
| 属地, home | `home` |

The names are those of `data/lexicons/column_names.txt`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

import regex

from bulletinnlp.data import table

Unit = Literal["article", "page"]
UNITS: tuple[Unit, ...] = ("article", "page")
#: What a column may hold, in the order in which it is reported.
FIELDS = ("text", "headline", "byline", "published", "paper", "home", "page_id")
#: Over the header there may be lines with a title; so many rows are looked at.
HEADER_ROWS = 10
#: Columns that are named at most where many are not read.
_NAMED = 12
#: The name of a column is not longer; what is, is a text itself.
_NAME = 20
_BRACKETS = regex.compile(r"[（(\[【].*")
_APART = regex.compile(r"[\s_\-.:：*#\ufeff\u200b]+")


class ColumnsError(ValueError):
    """The columns that are asked for are not there, or none holds the text; the message says which there are."""


@dataclass(frozen=True)
class TableOptions:
    """How the rows of tables are read: `columns` says which column holds what (None: no column does), `unit` whether a
    row is an article or a page; what is left open is worked out.

    Raises ValueError for a field or a unit that does not exist, TypeError for columns that are no dict.
    """

    columns: Mapping[str, str | None] = field(default_factory=dict)
    unit: Unit | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.columns, Mapping):
            raise TypeError("columns is a dict that says which column holds what: {'text': '正文'}")
        if unknown := [name for name in self.columns if name not in FIELDS]:
            raise ValueError(f"columns are {', '.join(FIELDS)}; there is no '{unknown[0]}'")
        if self.unit not in (None, *UNITS):
            raise ValueError(f"unit is article or page, not {self.unit!r}")

    def facts(self) -> dict[str, object]:
        """What a run's record says of it; nothing where all is left open."""
        return {"columns": dict(self.columns), "unit": self.unit} if self.columns or self.unit else {}


@dataclass(frozen=True)
class ColumnMapping:
    """The columns of a table by what they hold. `guessed` says that some of it was not asked for."""

    held: Mapping[str, tuple[str, ...]]
    unit: Unit
    left: tuple[str, ...] = ()
    guessed: bool = True

    def summary(self) -> str:
        """Which column holds what, as a line.

        >>> map_columns(["编号", "标题", "正文", "点击"]).summary()
        'a row is an article: text from 正文, headline from 标题, page_id from 编号; not read: 点击'
        """
        read = ", ".join(f"{name} from {' + '.join(self.held[name])}" for name in FIELDS if name in self.held)
        shown = ", ".join(self.left[:_NAMED]) + (" …" if len(self.left) > _NAMED else "")
        return f"a row is {'an article' if self.unit == 'article' else 'a page'}: {read}" + (
            f"; not read: {shown}" if shown else ""
        )


#: All is left open.
DEFAULT_OPTIONS = TableOptions()


def map_columns(names: Sequence[str], options: TableOptions = DEFAULT_OPTIONS) -> ColumnMapping:
    """The columns among these names. Raises ColumnsError where one that is asked for is missing, or the text's.

    A row is an article where a column holds headlines or bylines, or the texts are called so (正文); else a page.

    >>> map_columns(["content", "pub_date"]).held
    {'text': ('content',), 'published': ('pub_date',)}
    >>> map_columns(["content", "pub_date"]).unit, map_columns(["正文"]).unit
    ('page', 'article')
    """
    if missing := [name for name in options.columns.values() if name is not None and name not in names]:
        raise ColumnsError(f"there is no column {missing[0]}; there are {_listed(names)}")
    held = {key: (name,) for key, name in options.columns.items() if name is not None}
    taken = set(options.columns.values())
    for name, key, _ in _meanings(names):
        if key not in options.columns and name not in taken and (key not in held or key == "byline"):
            held[key] = (*held.get(key, ()), name)
    if "text" not in held and "text" not in options.columns and len(names) == 1 and len(names[0]) <= _NAME:
        held["text"] = (names[0],)
    if "text" not in held:
        raise ColumnsError(f"no column is known to hold the text; there are {_listed(names)}; {_HINT}")
    unit = options.unit or _unit(held)
    if unit == "page":
        held = {key: some for key, some in held.items() if key not in ("headline", "byline")}
    used = {name for some in held.values() for name in some}
    guessed = options.unit is None or any(key not in options.columns for key in held)
    return ColumnMapping(held, unit, tuple(name for name in names if name not in used), guessed)


_HINT = "say which: --columns text=NAME (in Python columns={'text': NAME})"


#: What the column of the text adds to the likeness of a header: more than all others.
WITH_TEXT = 10


def likeness(names: Sequence[str], options: TableOptions) -> int:
    """How much a row of cells looks like the header of a table: how many of its names are known; more with the text's.

    >>> likeness(["标题", "正文"], TableOptions()), likeness(["2022年文章汇总", ""], TableOptions())
    (12, 0)
    """
    held = {key for _, key, _ in _meanings(names)}
    held |= {key for key, name in options.columns.items() if name in names}
    return len(held) + WITH_TEXT * ("text" in held)


def header_of(rows: Sequence[Sequence[Any]], options: TableOptions) -> tuple[int, int]:
    """Which of the first rows is the header, and how much it looks like one; over it may stand a title.

    >>> header_of([["2022年文章汇总", "", ""], ["标题", "正文", "日期"]], DEFAULT_OPTIONS)
    (1, 13)
    """
    scores = [likeness([str(cell) for cell in row if cell is not None], options) for row in rows]
    most = max(scores, default=0)
    if most:
        return scores.index(most), most
    return next((i for i, row in enumerate(rows) if sum(map(bool, row)) > 1), 0), 0


def looks_like_table(text: str) -> bool:
    """Whether a text begins with the header of a table: names of columns, that of the text and others.

    >>> looks_like_table("标题,正文,日期\\n县一中开学,近日，县一中开学。,2022-11-29")
    True
    """
    header = text[:300].lstrip("\ufeff").split("\n", 1)[0]
    rows = ([name.strip('" \r') for name in header.split(mark)] for mark in ",\t;")
    return any(likeness(names, DEFAULT_OPTIONS) > WITH_TEXT + 1 for names in rows)


def _unit(held: Mapping[str, tuple[str, ...]]) -> Unit:
    if "headline" in held or "byline" in held:
        return "article"
    found = _meaning(held["text"][0])
    return "article" if found and found[1] == "article" else "page"


def _meanings(names: Sequence[str]) -> list[tuple[str, str, float]]:
    """The names that are known, the best first: name, what it holds, its rank."""
    found = [(name, *meaning[::2]) for name in names if (meaning := _meaning(name))]
    return sorted(found, key=lambda one: one[2])


def _meaning(name: str) -> tuple[str, str, float] | None:
    """What a column of this name holds, what a row is then if its name says so, and how sure that is (0 is surest)."""
    bare = _bare(name)
    exact, before, after = _names()
    if bare in exact:
        return exact[bare]
    for ending in ("", *after):
        inner = bare.removesuffix(ending)
        for beginning in ("", *before):
            key = inner.removeprefix(beginning)
            if key != bare and key in exact:
                what, unit, rank = exact[key]
                return what, "article" if beginning and what == "text" else unit, rank + 0.5
    return None


@cache
def _names() -> tuple[dict[str, tuple[str, str, float]], list[str], list[str]]:
    """The names of the lexicon with what they mean, and the words that stand before and behind them."""
    exact: dict[str, tuple[str, str, float]] = {}
    around: dict[str, list[str]] = {"before": [], "after": []}
    for rank, (name, what, *unit) in enumerate(table("column_names")):
        if what in around:
            around[what].append(name)
        else:
            exact[name] = (what, "".join(unit), rank)
    return exact, around["before"], around["after"]


def _bare(name: str) -> str:
    """A name without case, spaces, and what stands in brackets behind it: 发布 时间（年月日）."""
    name = str(name).strip().casefold()
    return _APART.sub("", _BRACKETS.sub("", name) or name)


def _listed(names: Iterable[str]) -> str:
    names = list(names)
    return ", ".join(map(str, names[:_NAMED])) + (" …" if len(names) > _NAMED else "") if names else "none"
