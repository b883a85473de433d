"""The tables that a run without a fault would give: annotated pages as an Extraction.

Good for looking at one's own annotations in the HTML view, and for handing them to code that reads tables. Columns
that the annotation does not know (`begin`, `adcode`, `score` …) stay empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bulletinnlp.evaluation.alignment import Occurrence, Placed, place
from bulletinnlp.evaluation.annotated_article import NumberedEvent
from bulletinnlp.evaluation.equality import Letters, letters
from bulletinnlp.evaluation.finder import Finder
from bulletinnlp.evaluation.formats.numbered import read_numbered
from bulletinnlp.evaluation.gold_pages import GoldArticle, GoldPage, find, read_annotations
from bulletinnlp.pages.issue_dates import issue_interval
from bulletinnlp.tables.rows import Row, grouped
from bulletinnlp.tables.schema import TABLES
from bulletinnlp.text.plain import letters_in

if TYPE_CHECKING:
    from bulletinnlp.extraction import Extraction

#: The parts of an article that have a place of their own on the page.
PARTS = ("banner", "eyebrow", "headline", "dateline", "byline")


def gold_tables(gold: str | Path, texts: str | Path | None = None, *, events: str | Path | None = None) -> Extraction:
    """The tables of annotated pages; `texts` is the folder of their texts where the JSON files do not hold them.

    Events are those of the pairs of files in the folder, and of `events`, another folder or pair. Raises
    FileNotFoundError if there are no annotated pages, or if a page's text is nowhere.
    """
    from bulletinnlp.extraction import Extraction

    pages, numbered = read_annotations(gold)
    numbered += read_numbered(events) if events else []
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    of_page: dict[str, Letters] = {}
    placed: list[Placed] = []
    for page in pages:
        text = page_text(page, texts)
        of_page[page.page_id] = Letters(text)
        page = page.place(text)
        placed += page.events
        for name, row in _page_rows(page, text):
            rows[name].append(row)
    for name, row in _event_rows([*placed, *place(numbered, of_page)[0]], of_page, rows):
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
                    **issue_interval(page.published), "articles": len(page.articles),
                    "stray_chars": stray}  # fmt: skip
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
    body = "".join(letters_in(text[start:end]) for start, end in gold.body) if gold.body else None
    start, end = min(gold.extent)[0], max(end for _, end in gold.extent)
    published = gold.data.get("published") or page.published
    yield "articles", {**mine, "page_id": page.page_id, "position": position, "kind": gold.data.get("kind", "article"),
                       **{part: gold.text(part) for part in PARTS}, "body": body, "chars": len(body or ""),
                       "published": published, **issue_interval(published), "start": start, "end": end,
                       "flags": []}  # fmt: skip
    for c in gold.rows("contributors"):
        yield "bylines", {**mine, **c, "text": c["name"], **_place(text, c["name"], gold.data.get("_byline"))}
    for number, (entry, span) in enumerate(gold.placed("entities"), start=1):
        yield "mentions", {**mine, "mention_id": f"{article_id}/{number}", "part": _part(gold, span), "source": "gold",
                           "label": entry[0], "text": entry[1], "entity_id": _entity_id(entry),
                           **_span(span)}  # fmt: skip
    for entry, span in gold.placed("times"):
        yield "times", {**mine, "text": entry[0], "type": entry[1], "value": entry[2], **_span(span)}
    for entry, span in gold.placed("references"):
        yield "references", {**mine, "text": entry[0], "antecedent": entry[1], **_span(span)}
    for quote, span in gold.placed("quotes"):
        yield "quotes", {**mine, "speaker": quote[0], "text": letters_in(text[slice(*span)]), **_span(span)}
    for person, title, body_name in gold.rows("roles"):
        yield "roles", {**mine, "person": person, "title": title, "organisation": body_name,
                        **_place(text, title, (start, end))}  # fmt: skip


def _event_rows(
    placed: list[Placed], of_page: dict[str, Letters], rows: dict[str, list[Row]]
) -> Iterator[tuple[str, Row]]:
    """The events and arguments of articles that stand on pages; `rows` are those of the other tables."""
    ids: dict[str, dict[str, str]] = {}
    for mention in rows["mentions"]:
        ids.setdefault(mention["article_id"], {})[mention["text"]] = mention["entity_id"]
    articles = grouped(rows["articles"], "page_id")
    finders = {page_id: Finder(page.text) for page_id, page in of_page.items()}
    for one in placed:
        page = of_page[one.page_id]
        start = page.span(one.start, one.end)[0]
        on_page = articles.get(one.page_id, [])
        home = next((row["article_id"] for row in on_page if row["start"] <= start < row["end"]), None)
        if home is None:
            continue
        for number, occurrence in enumerate(one.events, start=1):
            mine = {"event_id": f"{home}/{number}"}
            sentence = one.article.sentences[occurrence.event.sentence]
            yield "events", {**mine, "article_id": home, **_event_cells(occurrence.event), "sentence": sentence,
                             **_span(page.span(occurrence.start, occurrence.end))}  # fmt: skip
            for argument in _arguments(occurrence, page, finders[one.page_id], one, ids.get(home, {})):
                yield "arguments", mine | argument


def _event_cells(event: NumberedEvent) -> Row:
    """The cells of a row of `events` that the annotation fills."""
    return {
        "main": "main" in event.flags,
        "named": any(actor.named for actor in event.who),
        "type": event.type,
        "trigger": event.trigger,
        "who": [actor.text for actor in event.who],
        "what": event.what,
        "whom": list(event.whom),
        "when": event.when,
        "where": list(event.where),
        "polarity": "negative" if "negative" in event.flags else "positive",
        "modality": "planned" if "planned" in event.flags else "actual",
    }


def _arguments(
    occurrence: Occurrence, page: Letters, finder: Finder, article: Placed, ids: dict[str, str]
) -> Iterator[Row]:
    """The arguments of an event that its article prints, each where it stands nearest before the trigger's end."""
    event = occurrence.event
    texts = [("who", actor.text, actor.named) for actor in event.who]
    texts += [
        (role, text, True) for role in ("what", "whom", "when", "where") for text in _listed(getattr(event, role))
    ]
    for role, text, named in texts:
        wanted = letters(text)
        at = finder.rfind(wanted, occurrence.end)
        at = finder.find(wanted, article.start) if at < article.start else at
        if 0 <= at <= article.end - len(wanted) or 0 <= at <= occurrence.end - len(wanted):
            yield {"role": role, "text": text, **_span(page.span(at, at + len(wanted))),
                   "entity_id": ids.get(text) if named else None, "named": named}  # fmt: skip


def _listed(value: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value or ()


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
    for entity_id, some in grouped(mentions, "entity_id").items():
        yield {"entity_id": entity_id, "label": some[0]["label"], "name": some[0]["text"], "aliases": [],
               "mentions": len(some), "articles": len({row["article_id"] for row in some})}  # fmt: skip
