"""How a cell of CSV is written, and read back as it was.

| value | cell |
| --- | --- |
| `["郑家镇", "堂邑镇"]` | `郑家镇；堂邑镇` |
| `["甲；乙", "丙"]`, with a ； inside an item | `甲\\；乙；丙` |
| `["甲", "", "乙"]`, `[""]` | `甲；；乙`, `\\` |
| `=1+1`, guarded against formulas | `'=1+1` |
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

#: Joins the items of a list.
LIST_MARK = "；"
#: A spreadsheet takes a cell for a formula that begins with one of = + - @ (also in their full-width forms), some with
#: white space before it; tabs and line ends may split it into cells of which one does.
FORMULA = re.compile(r"'*(?:[\t\r\n]|\s*[=+\-@＝＋－＠])")
#: Characters of the longest cell that is read; the module `csv` stops at 131,072. A C long holds no more everywhere.
LONGEST = 2**31 - 1
#: A list of one empty item; without it, it would look like a list of none.
EMPTY_ITEM = "\\"
_MARK_OR_BACKSLASH = re.compile(rf"[{LIST_MARK}\\]")
_ESCAPED = re.compile(rf"\\([{LIST_MARK}\\])")
#: The mark before an item, and the item.
_ITEM = re.compile(rf"(?:^|{LIST_MARK})((?:\\.|[^{LIST_MARK}\\])*+\\?)", re.DOTALL)


def joined(items: Sequence[str]) -> str:
    r"""A list as a cell; before a ； or a backslash inside an item stands a backslash.

    >>> print(joined(["甲；乙", "丙"]))
    甲\；乙；丙
    """
    if list(items) == [""]:
        return EMPTY_ITEM
    return LIST_MARK.join(_MARK_OR_BACKSLASH.sub(r"\\\g<0>", item) for item in items)


def split(cell: str) -> list[str]:
    r"""The list that `joined` gave as a cell.

    >>> split("甲\\；乙；丙"), split("甲；；乙"), split("\\")
    (['甲；乙', '丙'], ['甲', '', '乙'], [''])
    """
    if cell == EMPTY_ITEM:
        return [""]
    return [_ESCAPED.sub(r"\1", item) for item in _ITEM.findall(cell)]


def guarded(cell: str) -> str:
    """Text that no spreadsheet takes for a formula: a ' stands before one, and before what looks guarded already.

    >>> guarded("=1+1"), guarded("'=1+1"), guarded(" =1+1"), guarded("我区")
    ("'=1+1", "''=1+1", "' =1+1", '我区')
    """
    return f"'{cell}" if FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """The text that `guarded` guarded.

    >>> unguarded("'=1+1"), unguarded("''=1+1"), unguarded("'我区'")
    ('=1+1', "'=1+1", "'我区'")
    """
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell


@contextmanager
def of_any_length() -> Iterator[None]:
    """Let the module `csv` read long cells: a segment may be a whole page."""
    before = csv.field_size_limit(LONGEST)
    try:
        yield
    finally:
        csv.field_size_limit(before)
