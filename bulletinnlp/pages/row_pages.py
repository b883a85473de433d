"""How the cells of a row become a page: texts without markup, dates of issue, ids, bylines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from bulletinnlp.data import table
from bulletinnlp.pages.column_mapping import ColumnMapping
from bulletinnlp.pages.html_text import plain_text
from bulletinnlp.pages.issue_dates import day_of_number, is_missing, stated_date
from bulletinnlp.pages.page import SURROGATES, Page, ProblemRow, article_text, text_id

#: What stands in cells that hold nothing, in small letters; pandas leaves them out, too.
NOTHING = frozenset(("", "nan", "none", "null", "nat", "n/a", "na", "<na>", "#n/a", "-", "--", "—"))
#: Longer numbers have no text: Python writes 4,300 digits at most.
_BITS = 1_000
_DATES = "2022-11-29, 2022-11 or 2022"


def page_of(
    row: Mapping[str, Any],
    columns: ColumnMapping,
    name: str | None = None,
    page_id: str | None = None,
) -> tuple[Page | ProblemRow, list[ProblemRow]]:
    """The page of a row and what is wrong with its cells; a problem if it has no text.

    `name` names the row in messages, by default its id; `page_id` is that of a row without one.
    """
    cells = _Cells(row, columns)
    page_id = cells.page_id() or page_id
    name = name or page_id or "a row without an id"
    body, headline, byline = cells.text("text", "\n"), cells.text("headline", " "), cells.byline()
    published, paper, home = cells.published(), cells.text("paper", " "), cells.text("home", " ")
    if body is None:
        why = "; ".join([*cells.wrong, "it has no text, and was not read"])
        return ProblemRow(page_id, None, "read", "error", f"{name}: {why}"), []
    text, stated = article_text(body, headline, byline) if columns.unit == "article" else (body, ())
    page_id = page_id or text_id(text)
    problems = [ProblemRow(page_id, None, "read", "error", f"{name}: {message}") for message in cells.wrong]
    problems += [ProblemRow(page_id, None, "read", "warning", f"{name}: {message}") for message in cells.doubts]
    return Page(page_id, text, published=published, paper=paper, home=home, stated=stated), problems


class _Cells:
    """The cells of a row by what they hold; gathers what is `wrong` with them, and `doubts`."""

    def __init__(self, row: Mapping[str, Any], columns: ColumnMapping) -> None:
        self._row = row
        self._held = columns.held
        self.wrong: list[str] = []
        self.doubts: list[str] = []

    def _of(self, key: str) -> Iterator[tuple[str, Any]]:
        """The columns that hold this, and their cells that hold something."""
        for name in self._held.get(key, ()):
            cell: Any = self._row.get(name)
            if type(cell).__module__ == "numpy" and type(cell).__name__ != "datetime64":
                cell = cell.tolist()
            if isinstance(cell, int) and cell.bit_length() > _BITS:
                self.wrong.append(f"its {name} is a number of more than 300 digits; it was left out")
            elif not is_nothing(cell):
                yield name, cell

    def text(self, key: str, between: str) -> str | None:
        """A cell as text; the items of a list are put together."""
        for name, cell in self._of(key):
            found = self._text(name, cell, between, numbers=key != "text")
            found = self._plain(name, found) if found else None
            return found.strip() if found and key != "text" else found
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
                return day_of_number(cell) or stated_date(cell)
            except (ValueError, TypeError):
                self.wrong.append(f"its {name} is {cell!r:.60}, which is no date of issue ({_DATES}); it was left out")
        return None

    def _text(self, name: str, cell: Any, between: str, *, numbers: bool) -> str | None:
        if isinstance(cell, (list, tuple)) and all(isinstance(item, str) for item in cell):
            return between.join(item for item in cell if not is_nothing(item)) or None
        if isinstance(cell, str):
            return cell
        if numbers and isinstance(cell, (int, float)) and not isinstance(cell, bool):
            return str(int(cell)) if float(cell).is_integer() else str(cell)
        self.wrong.append(f"its {name} is {cell!r:.60}, which is no text; it was left out")
        return None

    def _plain(self, name: str, text: str) -> str | None:
        """The text without markup of web pages."""
        found, what = plain_text(text)
        if what:
            self.doubts.append(f"{what} in its {name} were made plain text")
        if "\ufffd" in found:
            self.doubts.append(f"characters of its {name} can not be read; each is shown as U+FFFD")
        return found if found.strip() else None


@cache
def _cues() -> dict[str, str]:
    """What stands before names in a byline (记者, 通讯员, 摄影), and the role that it gives them."""
    return {word: role for word, role, place in table("byline_cues") if place != "after" and len(word) > 1}


def is_nothing(cell: Any) -> bool:
    """Whether a cell holds nothing: it is missing, blank, or says so.

    >>> [is_nothing(cell) for cell in ("", "NaN", None, 0, "无")]
    [True, True, True, False, False]
    """
    if isinstance(cell, str):
        bare = cell.strip()
        return len(bare) < 5 and bare.casefold() in NOTHING
    return is_missing(cell) or (isinstance(cell, (list, tuple)) and not cell)
