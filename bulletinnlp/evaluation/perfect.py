"""The tables that a run without a fault would give: annotated pages as an Extraction.

Good for looking at one's own annotations in the HTML view, and for handing them to code that reads tables. Columns
that the annotation does not know (`begin`, `adcode`, `score` …) stay empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bulletinnlp.evaluation.gold import GoldArticle, GoldPage, read_gold
from bulletinnlp.evaluation.placing import Placer, find
from bulletinnlp.tables.schema import TABLES

if TYPE_CHECKING:
    from bulletinnlp.tables.extraction import Extraction

Row = dict[str, Any]
#: The parts of an article that have a place of their own on the page.
PARTS = ("banner", "eyebrow", "headline", "dateline", "byline")


def gold_tables(gold: str | Path, texts: str | Path | None = None) -> Extraction:
    """The tables of annotated pages; `texts` is the folder of their texts where the JSON files do not hold them.

    Raises FileNotFoundError if there are no annotated pages, or if a page's text is nowhere.
    """
    from bulletinnlp.tables.extraction import Extraction

    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    for page in read_gold(gold):
        text = page_text(page, texts)
        for name, row in _page_rows(page.place(text), text):
            rows[name].append(row)
    rows["entities"] = list(_entities(rows["mentions"]))
    return Extraction.from_rows(TABLES.values(), rows)


def page_text(page: GoldPage, texts: str | Path | None) -> str:
    """The text of an annotated page. Raises FileNotFoundError if it is nowhere."""
    if page.text is not None:
        return page.text
    path = Path(texts or ".", f"{page.page_id}.txt")
    if not path.is_file():
        raise FileNotFoundError(f"{path}: the text of an annotated page is missing; name its folder with texts=…")
    return path.read_bytes().decode("utf-8")


def _page_rows(page: GoldPage, text: str) -> Iterator[tuple[str, Row]]:
    segments = list(_segments(page, text))
    stray = sum(not c.isspace() for s in segments if s["kind"] == "stray" for c in s["text"])
    yield "pages", {"page_id": page.page_id, "path": None, "chars": len(text), "published": page.published,
                    "articles": len(page.articles), "stray_chars": stray}  # fmt: skip
    for segment in segments:
        yield "segments", segment
    for position, article in enumerate(page.articles, start=1):
        yield from _article_rows(page, article, position, text)


def _segments(page: GoldPage, text: str) -> Iterator[Row]:
    """Runs of characters of one article and one kind; white space between two kinds is blank."""
    kinds: list[tuple[int, str]] = [(0, "blank" if char.isspace() else "stray") for char in text]
    for position, article in enumerate(page.articles, start=1):
        for start, end in article.extent:
            kinds[start:end] = [(position, "body")] * (end - start)
        for part in PARTS:
            if span := article.data.get(f"_{part}"):
                kinds[span[0] : span[1]] = [(position, part)] * (span[1] - span[0])
    for start, end in _blank_runs(text):
        before = kinds[start - 1] if start else (0, "blank")
        after = kinds[end] if end < len(text) else (0, "blank")
        kinds[start:end] = [before if before == after and before[0] else (0, "blank")] * (end - start)
    at = 0
    for (position, kind), run in groupby(kinds):
        end = at + len(list(run))
        yield {"page_id": page.page_id, "article_id": f"{page.page_id}#{position}" if position else None,
               "kind": kind, "start": at, "end": end, "text": text[at:end]}  # fmt: skip
        at = end


def _blank_runs(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for blank, run in groupby(text, str.isspace):
        end = at + len(list(run))
        if blank:
            yield at, end
        at = end


def _article_rows(page: GoldPage, gold: GoldArticle, position: int, text: str) -> Iterator[tuple[str, Row]]:
    article_id = f"{page.page_id}#{position}"
    mine = {"article_id": article_id}
    body = "".join(text[slice(*gold.body)].split()) if gold.body else None
    start, end = min(gold.extent)[0], max(end for _, end in gold.extent)
    yield "articles", {**mine, "page_id": page.page_id, "position": position, "kind": gold.data.get("kind", "article"),
                       **{part: gold.text(part) for part in PARTS}, "body": body, "chars": len(body or ""),
                       "published": gold.data.get("published") or page.published, "start": start, "end": end,
                       "flags": []}  # fmt: skip
    for c in gold.rows("contributors"):
        yield "bylines", {**mine, **c, "text": c["name"], **_place(text, c["name"], gold.data.get("_byline"))}
    for number, (entry, span) in enumerate(gold.placed("entities"), start=1):
        yield (
            "mentions",
            {
                **mine,
                "mention_id": f"{article_id}/{number}",
                "part": _part(gold, span),
                "source": "gold",
                "label": entry[0],
                "text": entry[1],
                "entity_id": _entity_id(entry),
                **_span(span),
            },
        )
    for entry, span in gold.placed("times"):
        yield "times", {**mine, "text": entry[0], "type": entry[1], "value": entry[2], **_span(span)}
    for entry, span in gold.placed("references"):
        yield "references", {**mine, "text": entry[0], "antecedent": entry[1], **_span(span)}
    for quote, span in gold.placed("quotes"):
        yield "quotes", {**mine, "speaker": quote[0], "text": "".join(text[slice(*span)].split()), **_span(span)}
    for person, title, body_name in gold.rows("roles"):
        yield "roles", {**mine, "person": person, "title": title, "organisation": body_name,
                        **_place(text, title, (start, end))}  # fmt: skip
    yield from _events(gold, article_id, text, (start, end))


def _events(gold: GoldArticle, article_id: str, text: str, extent: tuple[int, int]) -> Iterator[tuple[str, Row]]:
    placer = Placer(text, [gold.body or extent])
    for number, event in enumerate(gold.rows("events"), start=1):
        span = placer.next(event["trigger"]) or extent
        first = max(text.rfind(stop, extent[0], span[0]) for stop in "。！？") + 1 or extent[0]
        last = text.find("。", span[1], extent[1]) + 1 or extent[1]
        yield (
            "events",
            {
                "event_id": f"{article_id}/{number}",
                "article_id": article_id,
                "main": event.get("main", False),
                "trigger": event["trigger"],
                "who": list(event["who"]),
                "what": event.get("what"),
                "whom": [],
                "when": event.get("when"),
                "where": _list(event.get("where")),
                "sentence": "".join(text[first:last].split()),
                **_span(span),
            },
        )


def _list(value: str | list[str] | None) -> list[str]:
    return [part for part in value.split(";") if part] if isinstance(value, str) else list(value or [])


def _span(span: tuple[int, int]) -> Row:
    return {"start": span[0], "end": span[1]}


def _place(text: str, wanted: str, within: Any) -> Row:
    """Where a string stands in a stretch of the page; the whole stretch where it is not found."""
    start, end = within or (0, len(text))
    return _span(find(text, wanted, start, end) or (start, end))


def _part(gold: GoldArticle, span: tuple[int, int]) -> str:
    for part in ("eyebrow", "headline"):
        place = gold.data.get(f"_{part}")
        if place and place[0] <= span[0] < place[1]:
            return part
    return "body"


def _entity_id(entry: list[str]) -> str:
    return f"{entry[0]}:{entry[1]}"


def _entities(mentions: list[Row]) -> Iterator[Row]:
    """One entity for each name with its label."""
    found: dict[str, list[Row]] = {}
    for mention in mentions:
        found.setdefault(mention["entity_id"], []).append(mention)
    for entity_id, some in found.items():
        yield {"entity_id": entity_id, "label": some[0]["label"], "name": some[0]["text"], "aliases": [],
               "mentions": len(some), "articles": len({row["article_id"] for row in some})}  # fmt: skip
