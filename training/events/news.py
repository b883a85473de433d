"""Annotated events of real news, beside the texts: `events_gold/news.jsonl`.

Of 638 texts of two general corpora (1998 and 2011 to 2014) 3,887 events were annotated after `EVENTS.md`; 403 of the
texts were read a second time. The corpora are no part of the project, so a line holds where its text stands (file and
numbers of lines, in their order), a digest of the text, and its events by offsets. Names and times around the events
are what the stages before find.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import regex

from bulletinnlp.events.arguments import EventFrame
from bulletinnlp.events.component import context_of
from bulletinnlp.finetune.events.samples import Sample
from bulletinnlp.pipeline import load
from training.marked_articles import EVENTS

#: The file of a line whose events are never trained on: they measure how the network does on real news.
MEASURES = "measures"


def news(corpora: Path, measures: bool = False) -> Iterator[Sample]:
    """The texts with their events; with `measures` those that only measure. `corpora` is the folder of the corpora.

    Raises ValueError where a text is not the one that was annotated.
    """
    rows = [json.loads(line) for line in (EVENTS / "news.jsonl").read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if row.get(MEASURES, False) == measures]
    lines = {name: _lines(corpora / f"{name}.jsonl.gz") for name in {row["corpus"] for row in rows}}
    texts = [_text(row, lines[row["corpus"]]) for row in rows]
    for row, doc in zip(rows, load(exclude=["events"]).pipe(texts), strict=True):
        name = f"{row['corpus']}#{row['lines'][0]}"
        yield Sample(name, context_of(doc), tuple(map(_frame, row["events"])))


def _lines(path: Path) -> list[str]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def _text(row: dict[str, Any], lines: list[str]) -> str:
    """The text of a row: its lines, a paragraph each, without empty paragraphs."""
    text = "\n".join(lines[number].replace("\\n", "\n").strip() for number in row["lines"])
    text = regex.sub(r"\n\s*\n+", "\n", text)
    text = text.replace("．", ".") if row["corpus"] == "msra.train" else text  # numbers in full width
    if hashlib.sha1(text.encode()).hexdigest()[:12] != row["sha1"]:
        raise ValueError(f"{row['corpus']}: line {row['lines'][0]} is not the text that was annotated")
    return text


def _frame(event: dict[str, Any]) -> EventFrame:
    start, end = event["trigger"]
    return EventFrame(
        start, end, event["type"], frozenset(event.get("who", ())),
        tuple((first, last) for first, last in event.get("phrases", ())),
        tuple(event["what"]) if "what" in event else None,  # type: ignore[arg-type]
        frozenset(event.get("whom", ())), event.get("when", ""), frozenset(event.get("where", ())),
        planned=event.get("planned", False), negative=event.get("negative", False), main=event.get("main", False),
    )  # fmt: skip
