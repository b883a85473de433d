"""Rows for the view without what the page itself says, so that thousands of articles stay a small file.

A cell that the page holds, at the offsets beside it or of the event's arguments, is written as `AS_PRINTED`; the view
puts it back (`view/store.js`).
"""

from __future__ import annotations

import re
from typing import Any

from bulletinnlp.tables.rows import Row

#: Stands for a text that is the page's own; no cell of the tables holds it.
AS_PRINTED = 0
#: The cells of each table that repeat the text between `start` and `end`.
PRINTED = {
    "bylines": "name",
    "times": "text",
    "mentions": "text",
    "references": "text",
    "roles": "title",
    "quotes": "text",
    "events": "trigger",
}
#: The letter of each role of an argument, by its place.
ROLES = ("who", "what", "whom", "when", "where")
_LISTED = frozenset(("who", "whom", "where"))
#: White space that a column break or the setting leaves; the same in `view/store.js`.
_BLANKS = re.compile(r"[ \t\r\n\u3000]+")


def lean(table: str, rows: list[Row], text: str) -> list[Row]:
    """Rows of a table, without the cells that the page's text repeats.

    >>> lean("times", [{"text": "昨天上午", "start": 0, "end": 5}], "昨天\\n上午，区委")
    [{'text': 0, 'start': 0, 'end': 5}]
    """
    column = PRINTED.get(table)
    if not column:
        return rows
    return [{**row, column: _or_printed(row.get(column), text, [[row["start"], row["end"]]])} for row in rows]


def lean_event(event: Row, arguments: list[Row], text: str) -> Row:
    """An event with its `proof` and its arguments, without what those and the page's text repeat.

    >>> event = {"event_id": "p#1/1", "article_id": "p#1", "who": ["区委"], "what": "会", "whom": [], "when": None,
    ...          "where": [], "sentence": "区委开会", "proof": [[0, 4]]}
    >>> arguments = [{"role": "who", "text": "区委", "start": 0, "end": 2}]
    >>> row = lean_event(event, arguments, "区委开会")
    >>> row["event_id"], row["who"], row["what"], row["sentence"], row["arguments"]
    ('/1', 0, '会', 0, [[0, 0, 0, 2]])
    """
    texts = {role: [a["text"] for a in arguments if a["role"] == role] for role in ROLES}
    cells = {role: AS_PRINTED if _repeats(event.get(role), role, texts[role]) else event.get(role) for role in ROLES}
    return {
        **event,
        **cells,
        "event_id": (event["event_id"] or "").removeprefix(event["article_id"]),
        "sentence": _or_printed(event.get("sentence"), text, event["proof"]),
        "arguments": [
            [ROLES.index(a["role"]), _or_printed(a["text"], text, [[a["start"], a["end"]]]), a["start"], a["end"]]
            for a in arguments
            if a["role"] in ROLES
        ],
    }


def _repeats(cell: Any, role: str, texts: list[str]) -> bool:
    """Whether a cell says what the arguments of its role say."""
    if role in _LISTED:
        return (cell or []) == texts
    return cell == (texts[0] if texts else None) and len(texts) < 2


def _or_printed(cell: Any, text: str, ranges: list[list[int]]) -> Any:
    """The cell, or `AS_PRINTED` if it is what stands on the page there."""
    return AS_PRINTED if cell and cell == "".join(_BLANKS.sub("", text[start:end]) for start, end in ranges) else cell
