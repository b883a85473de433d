"""Tables as annotated pages, for people to correct: a draft is quicker to mend than a page to annotate."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bulletinnlp.evaluation.formats.numbered import write_numbered
from bulletinnlp.evaluation.formats.told import numbered
from bulletinnlp.tables.reading import read_rows, rows_of

if TYPE_CHECKING:
    from bulletinnlp.tables.extraction import Extraction
    from bulletinnlp.tables.rows import Row

#: As many characters of an article's, a body's, a quotation's beginning and end stand for it.
HEAD = 12
PARTS = ("banner", "eyebrow", "headline", "dateline", "byline")


def write_draft(tables: str | Path | Extraction, folder: str | Path) -> Path:
    """Write the tables as annotated pages, a JSON file a page, into a folder that `score` takes as gold.

    Beside them go the events: `events.num` shows the articles, `events.ann` holds an event a line
    (`bulletinnlp.evaluation.formats.numbered`). Correct the files by hand, or correct names and times first in another
    tool (`bulletinnlp.evaluation.formats`). The keys that begin with `_` hold offsets: leave them out where you change
    their list, and they are found anew. Gives the folder.
    """
    rows = read_rows(tables) if isinstance(tables, (str, Path)) else rows_of(tables)
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    of = {name: _grouped(some, "article_id") for name, some in rows.items() if name not in ("pages", "entities")}
    segments = _grouped(sorted(rows["segments"], key=lambda row: row["start"]), "page_id")
    articles = _grouped(rows["articles"], "page_id")
    for page in rows["pages"]:
        page_id = page["page_id"]
        text = "".join(segment["text"] for segment in segments[page_id])
        drafts = [_article(article, text, segments[page_id], of) for article in articles[page_id]]
        data = {"page": page_id, "published": page.get("published"), "text": text, "articles": drafts}
        (folder / f"{page_id}.json").write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
    if "events" in rows:
        write_numbered(numbered(tables), folder / "events.num")
    return folder


def _grouped(rows: list[Row], column: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if column in row:
            found[row[column]].append(row)
    return found


def _article(article: Row, text: str, segments: list[Row], of: dict[str, dict[str, list[Row]]]) -> dict[str, Any]:
    mine = {name: rows.get(article["article_id"], []) for name, rows in of.items()}
    mine |= {name: [] for name in ("bylines", "mentions", "references", "times", "roles", "quotes")
             if name not in mine}  # fmt: skip
    spans = _runs(article["article_id"], segments)
    draft: dict[str, Any] = {"kind": article["kind"], **{part: article[part] for part in PARTS}}
    draft |= _ends(text, spans) if len(spans) == 1 else {"pieces": [list(_ends(text, [s]).values()) for s in spans]}
    body = [segment for segment in mine["segments"] if segment["kind"] == "body"]
    body_span = [body[0]["start"], body[-1]["end"]] if body else None
    draft |= {f"body_{end}": (_ends(text, [body_span])[end] if body_span else None) for end in ("start", "end")}
    draft |= {
        "contributors": [{key: row[key] for key in ("name", "role", "outlet")} for row in mine["bylines"]],
        "entities": [[row["label"], row["text"]] for row in mine["mentions"]],
        "references": [[row["text"], row["antecedent"]] for row in mine["references"]],
        "times": [[row["text"], row["type"], row["value"]] for row in mine["times"]],
        "roles": [
            [row["person"], row["title"], row["organisation"]] for row in mine["roles"] if row["stated"] != "predicate"
        ],
        "quotes": [[row["speaker"], *_ends(text, [_span(row)]).values()] for row in mine["quotes"]],
        "_spans": spans,
        "_body": body_span,
    }
    for part in PARTS:
        if span := next((_span(s) for s in mine["segments"] if s["kind"] == part), None):
            draft[f"_{part}"] = span
    for key, table in {
        "entities": "mentions",
        "references": "references",
        "times": "times",
        "quotes": "quotes",
    }.items():
        draft[f"_{key}"] = [_span(row) for row in mine[table]]
    return draft


def _span(row: Row) -> list[int]:
    return [row["start"], row["end"]]


def _ends(text: str, spans: list[list[int]]) -> dict[str, str]:
    """The first and last characters of a stretch."""
    joined = "".join("".join(text[start:end].split()) for start, end in spans)
    return {"start": joined[:HEAD], "end": joined[-HEAD:]}


def _runs(article_id: str, segments: list[Row]) -> list[list[int]]:
    """The stretches of an article; blanks do not part them, text of others does."""
    runs: list[list[int]] = []
    open_run = False
    for segment in segments:
        if segment["article_id"] == article_id and segment["kind"] not in ("blank", "stray"):
            if not open_run:
                runs.append(_span(segment))
            runs[-1][1] = segment["end"]
            open_run = True
        elif segment["kind"] != "blank":
            open_run = False
    return runs
