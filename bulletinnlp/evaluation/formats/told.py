"""Articles as numbered sentences with their events: what the format holds, and the way to it from the tables."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from bulletinnlp.evaluation.article import Actor, NumberedArticle, NumberedEvent, sentences_of
from bulletinnlp.evaluation.equality import Span, letters
from bulletinnlp.evaluation.letters import Letters, stretches_of
from bulletinnlp.tables.reading import read_rows, rows_of, unnamed_actors

if TYPE_CHECKING:
    from bulletinnlp.tables.extraction import Extraction
    from bulletinnlp.tables.rows import Row, Rows


def numbered(tables: str | Path | Extraction) -> list[NumberedArticle]:
    """The articles of the tables that have a body, with their events. `tables` is an Extraction or the folder of one.

    Raises FileNotFoundError where there are no tables.
    """
    rows = read_rows(tables) if isinstance(tables, (str, Path)) else rows_of(tables)
    return [article for article in numbered_rows(rows) if 0 not in article.sentences]


def numbered_rows(rows: Rows) -> list[NumberedArticle]:
    """The articles of rows with their events; the headline of one without a body is its sentence 0."""
    of = {
        table: _grouped(rows.get(table, []), "event_id" if table == "arguments" else "article_id")
        for table in ("mentions", "references", "times", "events", "arguments")
    }
    segments = _grouped(sorted(rows["segments"], key=lambda row: row["start"]), "page_id")
    pages = {page["page_id"]: page for page in rows["pages"]}
    return [_article(row, pages[row["page_id"]].get("paper"), segments[row["page_id"]], of) for row in rows["articles"]]


def _grouped(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row[column], []).append(row)
    return found


def _article(row: Row, paper: str | None, segments: list[Row], of: dict[str, dict[str, list[Row]]]) -> NumberedArticle:
    mine = {table: some.get(row["article_id"], []) for table, some in of.items()}
    kinds = ("body",) if row["body"] else ("eyebrow", "headline")
    body = [s for s in segments if s["article_id"] == row["article_id"] and s["kind"] in kinds]
    text = Letters("".join(s["text"] for s in segments), [(s["start"], s["end"]) for s in body])
    sentences = dict(enumerate(sentences_of(row["body"] or ""), start=1))
    if not sentences:
        sentences = {0: "".join(part for part in (row["eyebrow"], row["headline"]) if part)}
    events = _events(mine["events"], of["arguments"], stretches_of(sentences, text.text), text)
    return NumberedArticle(
        row["article_id"],
        row["published"],
        paper,
        " / ".join(part for part in (row["eyebrow"], row["headline"]) if part) or None,
        sentences,
        _unique((name["text"], name["label"]) for name in mine["mentions"]),
        _unique((name["text"], name["antecedent"]) for name in mine["references"] if name["antecedent"]),
        _unique((time["text"], time["value"] or "") for time in mine["times"]),
        tuple(events),
    )


def _unique(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys(pairs))


def _events(
    rows: Iterable[Row], arguments: dict[str, list[Row]], stretches: dict[int, Span], text: Letters
) -> Iterator[NumberedEvent]:
    """The events whose triggers stand in the sentences, in the order of the text."""
    for row in sorted(rows, key=lambda row: row["start"]):
        at = text.at(row["start"])
        for number, (start, end) in stretches.items():
            if start <= at < end:
                event = event_of(row, number, unnamed_actors(row, arguments.get(row["event_id"], [])))
                yield event._replace(before=before_of(text.text[start:end], at - start, letters(row["trigger"])))
                break


def before_of(sentence: str, at: int, trigger: str) -> str:
    """As much of what stands before a trigger as tells it from one that the sentence has earlier.

    >>> before_of("党代表接待日活动共接待群众390人次", 9, "接待")
    '共'
    """
    first = at
    while first > 0 and sentence.find(sentence[first:at] + trigger) + (at - first) < at:
        first -= 1
    return sentence[first:at]


def event_of(row: Row, sentence: int, without_name: Container[str] = ()) -> NumberedEvent:
    """A row of the table `events` as an annotator would write it."""
    flags = {"main": row["main"], "planned": row["modality"] not in (None, "actual"),
             "negative": row["polarity"] == "negative"}  # fmt: skip
    return NumberedEvent(
        sentence,
        row["trigger"],
        tuple(Actor(text, text not in without_name) for text in row["who"] or []),
        row["what"],
        tuple(row["whom"] or []),
        row["when"],
        tuple(row["where"] or []),
        row["type"] or "other",
        frozenset(flag for flag, given in flags.items() if given),
    )
