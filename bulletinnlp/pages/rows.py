"""Tables whose rows are articles or pages, wherever they lie: what they are, and how a row becomes a page.

`sheets` opens files, `frames` what is in memory; `columns` says which column holds what.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

from bulletinnlp.data import table
from bulletinnlp.pages.columns import Columns, ColumnsError, How, choose
from bulletinnlp.pages.dates import is_missing, stated_date
from bulletinnlp.pages.markup import plain
from bulletinnlp.pages.page import SURROGATES, Page, composed, text_id
from bulletinnlp.pages.problem import Problem

#: What stands in cells that hold nothing, in small letters; pandas leaves them out, too.
NOTHING = frozenset(("", "nan", "none", "null", "nat", "n/a", "na", "<na>", "#n/a", "-", "--", "—"))
#: A spreadsheet's days are counted from here; the days of 1950 to 2099.
_EXCEL_ZERO, _EXCEL_DAYS = date(1899, 12, 30), range(18_264, 73_051)
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

    `stem` begins the ids of pages that have none of their own. `once` says that it can be read a single time.
    """

    name: str
    stem: str
    columns: tuple[str, ...]
    records: Callable[[], Iterator[Record | Problem]]
    path: str | None = None
    sheet: str | None = None
    once: bool = False

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

    A row that is empty is passed over; one without a text, and a cell that can not be used, are told.
    """
    try:
        columns = rows.chosen(how)
    except ColumnsError as error:
        yield Problem(None, None, "read", "error", str(error)), []
        return
    told = [Problem(None, None, "columns", "warning", f"{rows.name}: {columns.told()}")] if columns.guessed else []
    nothing = True
    for record in rows.records():
        if isinstance(record, Problem):
            opened: Opened | None = (record, [])
        else:
            opened = page_of(record, rows, columns)
        if opened:
            yield opened[0], told + opened[1]
            told, nothing = [], False
    if nothing:
        yield Problem(None, None, "read", "error", f"{rows.name}: the table has no rows"), told


def page_of(record: Record, rows: Rows, columns: Columns) -> Opened | None:
    """The page of a row and what is wrong with its cells; a problem if it has no text, None if it is empty."""
    if all(_is_nothing(cell) for cell in record.cells.values()):
        return None
    cells = _Cells(record, columns)
    page_id = cells.page_id() or f"{rows.stem}-{record.row}"
    name = f"{rows.name}, {record.label}"
    body, headline, byline = cells.text("text", "\n"), cells.text("headline", " "), cells.byline()
    published, paper, home = cells.published(), cells.text("paper", " "), cells.text("home", " ")
    wrong = [record.wrong, *cells.wrong] if record.wrong else cells.wrong
    told = [Problem(page_id, None, "read", "error", f"{name}: {message}") for message in wrong]
    told += [Problem(page_id, None, "read", "warning", f"{name}: {message}") for message in cells.doubts]
    if body is None:
        problem = Problem(page_id, None, "read", "error", f"{name}: it has no text, and was not read")
        return problem, told
    text, given = composed(body, headline, byline) if columns.unit == "article" else (body, ())
    page = Page(
        page_id, text, rows.path, published=published, paper=paper, home=home,
        row=record.row, sheet=rows.sheet, given=given,
    )  # fmt: skip
    return page, told


def page_of_mapping(cells: Mapping[str, Any], how: How) -> Opened | None:
    """The page of a row by itself, which knows nothing of the others; engines hold such.

    Raises ColumnsError where no column is known to hold the text.
    """
    columns = _chosen(tuple(map(str, cells)), tuple(how.columns.items()), how.unit)
    opened = page_of(Record(0, "a row", cells), Rows("rows", "", tuple(cells), lambda: iter(())), columns)
    if opened and isinstance(page := opened[0], Page):
        own = _Cells(Record(0, "", cells), columns).page_id()
        return Page(own or text_id(page.text), page.text, published=page.published, paper=page.paper, home=page.home,
                    given=page.given), opened[1]  # fmt: skip
    return opened


@cache
def _chosen(names: tuple[str, ...], asked: tuple[tuple[str, str | None], ...], unit: Any) -> Columns:
    return choose(names, How(dict(asked), unit))


class _Cells:
    """The cells of a row by what they hold; gathers what is `wrong` with them, and `doubts`."""

    def __init__(self, record: Record, columns: Columns) -> None:
        self._record = record
        self._held = columns.held
        self.wrong: list[str] = []
        self.doubts: list[str] = []

    def _of(self, key: str) -> Iterator[tuple[str, Any]]:
        """The columns that hold this, and their cells that hold something."""
        for name in self._held.get(key, ()):
            cell = self._record.cells.get(name)
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
                return _excel_day(cell) or stated_date(cell)
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


def _excel_day(cell: Any) -> str | None:
    """The day that a spreadsheet counts as this number, None for what is none: 44894 is 2022-11-29."""
    number = cell.strip() if isinstance(cell, str) else cell
    try:
        days = float(number) if not isinstance(number, bool) else 0.0
    except (TypeError, ValueError):
        return None
    return (_EXCEL_ZERO + timedelta(int(days))).isoformat() if int(days) in _EXCEL_DAYS else None
