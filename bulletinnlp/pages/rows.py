"""Tables whose rows are articles or pages, wherever they lie: what they are, and how a row becomes a page.

`sheets` opens files, `frames` what is in memory; `columns` says which column holds what.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from functools import cache
from typing import Any, NamedTuple

import regex

from bulletinnlp.data import table
from bulletinnlp.pages.columns import Columns, ColumnsError, How, choose
from bulletinnlp.pages.dates import is_missing, stated_date
from bulletinnlp.pages.markup import plain
from bulletinnlp.pages.page import SURROGATES, Page, composed, text_id
from bulletinnlp.pages.problem import Problem

#: What stands in cells that hold nothing, in small letters; pandas leaves them out, too.
NOTHING = frozenset(("", "nan", "none", "null", "nat", "n/a", "na", "<na>", "#n/a", "-", "--", "—"))
#: Empty rows that are named.
_NAMED = 5
#: A spreadsheet's days are counted from here; the days of 1950 to 2099.
_EXCEL_ZERO, _EXCEL_DAYS = date(1899, 12, 30), range(18_264, 73_051)
#: JSON holds times as milliseconds or seconds since 1970, of 1990 to 2099; a day of the press begins in China.
_MILLISECONDS, _SECONDS = range(631_152_000_000, 4_102_444_800_000), range(631_152_000, 4_102_444_800)
_CHINA = timezone(timedelta(hours=8))
_NUMBER = regex.compile(r"\s*\d{5,13}(?:\.\d+)?\s*")
_DATES = "2022-11-29, 2022-11 or 2022"


class Record(NamedTuple):
    """A row: its number, from 0, what people call it (line 3), its cells by column, what is wrong with it."""

    row: int
    label: str
    cells: Mapping[str, Any]
    wrong: str | None = None


@dataclass(frozen=True)
class Rows:
    """A table, not read yet. `records` gives its rows anew each time, and problems where some can not be read.

    `stem` begins the ids of pages that have none of their own. `once` says that it can be read a single time, `plain`
    that it is nothing but texts: what is taken for what need not be told.
    """

    name: str
    stem: str
    columns: tuple[str, ...]
    records: Callable[[], Iterator[Record | Problem]]
    path: str | None = None
    sheet: str | None = None
    once: bool = False
    plain: bool = False

    def chosen(self, how: How) -> Columns:
        """Which column holds what. Raises ColumnsError, which names the table."""
        try:
            return choose(self.columns, how)
        except ColumnsError as error:
            raise ColumnsError(f"{self.name}: {error}") from None


#: A page or a problem in the place of one, and what is to be told of it.
Opened = tuple[Page | Problem, list[Problem]]


def pages_of(rows: Rows, how: How) -> Iterator[Opened]:
    """The pages of a table's rows, one at a time; with the first comes what was taken for what.

    Rows that are empty are passed over, and told at the end; one without a text, and a cell that can not be used, are
    told in their place.
    """
    try:
        columns = rows.chosen(how)
    except ColumnsError as error:
        yield Problem(None, None, "read", "error", str(error)), []
        return
    told: list[Problem] = []
    if columns.guessed and not rows.plain:
        told.append(Problem(None, None, "columns", "warning", f"{rows.name}: {columns.told()}"))
    empty: list[str] = []
    filled = empties = 0
    for record in rows.records():
        if isinstance(record, Record) and all(map(_is_nothing, record.cells.values())):
            empties += 1
            empty += [record.label] * (empties <= _NAMED)
            continue
        if isinstance(record, Problem):
            yield record, told
        else:
            name, page_id = f"{rows.name}, {record.label}", f"{rows.stem}-{record.row}"
            page, more = page_of(record.cells, columns, name, page_id, record.wrong)
            if isinstance(page, Page):
                page = replace(page, path=rows.path, row=record.row, sheet=rows.sheet)
            yield page, told + more
        told, filled = [], filled + 1
    if not filled:
        told_why = f"its {empties:,} rows are empty" if empties else "it has no rows"
        yield Problem(None, None, "read", "error", f"{rows.name}: {told_why}"), told
    elif empties:
        shown = ", ".join(empty) + (" …" if empties > _NAMED else "")
        what = "1 empty row was" if empties == 1 else f"{empties:,} empty rows were"
        yield Problem(None, None, "rows", "warning", f"{rows.name}: {what} passed over: {shown}"), []


def page_of(
    row: Mapping[str, Any],
    columns: Columns,
    name: str | None = None,
    page_id: str | None = None,
    odd: str | None = None,
) -> Opened:
    """The page of a row and what is wrong with its cells; a problem if it has no text.

    `name` names the row in messages, by default its id; `page_id` is that of a row without one; `odd` is what else is
    wrong with it.
    """
    cells = _Cells(row, columns)
    page_id = cells.page_id() or page_id
    name = name or page_id or "a row without an id"
    body, headline, byline = cells.text("text", "\n"), cells.text("headline", " "), cells.byline()
    published, paper, home = cells.published(), cells.text("paper", " "), cells.text("home", " ")
    wrong = [odd, *cells.wrong] if odd else cells.wrong
    if body is None:
        why = "; ".join([*wrong, "it has no text, and was not read"])
        return Problem(page_id, None, "read", "error", f"{name}: {why}"), []
    text, given = composed(body, headline, byline) if columns.unit == "article" else (body, ())
    page_id = page_id or text_id(text)
    told = [Problem(page_id, None, "read", "error", f"{name}: {message}") for message in wrong]
    told += [Problem(page_id, None, "read", "warning", f"{name}: {message}") for message in cells.doubts]
    return Page(page_id, text, published=published, paper=paper, home=home, given=given), told


class _Cells:
    """The cells of a row by what they hold; gathers what is `wrong` with them, and `doubts`."""

    def __init__(self, row: Mapping[str, Any], columns: Columns) -> None:
        self._row = row
        self._held = columns.held
        self.wrong: list[str] = []
        self.doubts: list[str] = []

    def _of(self, key: str) -> Iterator[tuple[str, Any]]:
        """The columns that hold this, and their cells that hold something."""
        for name in self._held.get(key, ()):
            cell = self._row.get(name)
            if not _is_nothing(cell):
                yield name, cell

    def text(self, key: str, between: str) -> str | None:
        """A cell as text; the items of a list are put together."""
        for name, cell in self._of(key):
            found = self._text(name, cell, between, numbers=key != "text")
            return self._plain(name, found) if found else None
        return None

    def byline(self) -> str | None:
        """The cells of bylines as a line; a column's name (通讯员) stands before its cell where that says no more."""
        parts: list[str] = []
        for name, cell in self._of("byline"):
            found = self._text(name, cell, " ", numbers=False)
            if found and (found := self._plain(name, found)):
                plain_name = _cues().get(name) == "reporter" and not parts  # a name by itself is a reporter's
                cue = name if name in _cues() and not plain_name and not any(map(found.__contains__, _cues())) else ""
                parts.append(f"{cue} {found}".strip())
        return " ".join(parts) or None

    def page_id(self) -> str | None:
        """The id: whole numbers without a point, text without white space at its ends."""
        for _, cell in self._of("page_id"):
            if isinstance(cell, float) and cell.is_integer():
                cell = int(cell)
            return " ".join(str(cell).split()).translate(SURROGATES) or None
        return None

    def published(self) -> str | None:
        """The date of issue; None, and a complaint, for what is none."""
        for name, cell in self._of("published"):
            try:
                return _counted_day(cell) or stated_date(cell)
            except (ValueError, TypeError):
                self.wrong.append(f"its {name} is {cell!r:.60}, which is no date of issue ({_DATES}); it was left out")
        return None

    def _text(self, name: str, cell: Any, between: str, *, numbers: bool) -> str | None:
        if isinstance(cell, (list, tuple)) and all(isinstance(item, str) for item in cell):
            return between.join(item for item in cell if not _is_nothing(item)) or None
        if isinstance(cell, str):
            return cell
        if numbers and isinstance(cell, (int, float)) and not isinstance(cell, bool):
            return str(int(cell)) if cell == int(cell) else str(cell)
        self.wrong.append(f"its {name} is {cell!r:.60}, which is no text; it was left out")
        return None

    def _plain(self, name: str, text: str) -> str | None:
        """The text without markup of web pages."""
        found, what = plain(text)
        if what:
            self.doubts.append(f"{what} in its {name} were made plain text")
        if "\ufffd" in found:
            self.doubts.append(f"characters of its {name} can not be read; each is shown as U+FFFD")
        return found if found.strip() else None


@cache
def _cues() -> dict[str, str]:
    """What stands before names in a byline (记者, 通讯员, 摄影), and the role that it gives them."""
    return {word: role for word, role, place in table("byline_cues") if place != "after" and len(word) > 1}


def _is_nothing(cell: Any) -> bool:
    if isinstance(cell, str):
        bare = cell.strip()
        return len(bare) < 5 and bare.casefold() in NOTHING
    return is_missing(cell) or (isinstance(cell, (list, tuple)) and not cell)


def _counted_day(cell: Any) -> str | None:
    """The day that a number counts in a spreadsheet or in JSON, None for what is none.

    >>> _counted_day(44894), _counted_day("1669680000000"), _counted_day(20221129)
    ('2022-11-29', '2022-11-29', None)
    """
    if isinstance(cell, bool) or not isinstance(cell, (str, int, float)) or not _NUMBER.fullmatch(str(cell)):
        return None
    number = int(float(cell))
    if number in _EXCEL_DAYS:
        return (_EXCEL_ZERO + timedelta(number)).isoformat()
    if number in _SECONDS or number in _MILLISECONDS:
        seconds = number if number in _SECONDS else number // 1000
        return datetime.fromtimestamp(seconds, _CHINA).date().isoformat()
    return None
