"""`score`: how right the tables are, measured on annotated pages."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from bulletinnlp.evaluation.article import AnnotatedArticle
from bulletinnlp.evaluation.counting import Count
from bulletinnlp.evaluation.equality import characters, letters
from bulletinnlp.evaluation.events import EVENT_MEASURES, score_events
from bulletinnlp.evaluation.found import Found
from bulletinnlp.evaluation.gold import FIELDS, GoldPage, read_annotations
from bulletinnlp.evaluation.letters import Letters
from bulletinnlp.evaluation.marked import MarkedTextError
from bulletinnlp.evaluation.measures import (
    BODY,
    EXTENT,
    LABELS,
    Counts,
    pair_articles,
    score_body,
    score_bylines,
    score_extent,
    score_fields,
    score_mentions,
    score_quotes,
    score_references,
    score_roles,
    score_times,
)
from bulletinnlp.evaluation.occurrences import Placed, place
from bulletinnlp.evaluation.scores import Scores

if TYPE_CHECKING:
    from bulletinnlp.extraction import Extraction

#: Rows of an article that is no annotated one are too much in these measures.
TOO_MUCH = {
    "mentions": ("mentions", "mentions (span only)"),
    "times": ("times (span)", "times (span, type, value)"),
    "references": ("references (span)", "references (span, antecedent)"),
    "roles": ("roles (person, title)", "roles (person, title, organisation)"),
    "quotes": ("quotes (span)", "quotes (span, speaker)"),
    "bylines": ("bylines (name, role)", "bylines (name, role, outlet)"),
}
#: The measures of annotated pages, in the order in which they are shown.
PAGE_MEASURES = (
    EXTENT,
    *(f"articles: {field}" for field in FIELDS),
    BODY,
    *TOO_MUCH["bylines"],
    "mentions",
    *(f"mentions: {label}" for label in LABELS),
    "mentions (span only)",
    *TOO_MUCH["times"],
    *TOO_MUCH["references"],
    *TOO_MUCH["roles"],
    *TOO_MUCH["quotes"],
)


def score(gold: str | Path, tables: str | Path | Extraction | Found, texts: str | Path | None = None) -> Scores:
    """Compare tables with what is annotated.

    `gold` is a folder of articles that `annotate` wrote and people corrected (marked text, brat, Label Studio), of
    annotated pages (JSON), of annotated events (`name.num` with `name.ann`), or of several of them; or one file.
    `tables` is an Extraction or a folder that `bulletinnlp extract … --out` wrote, in any format. `texts` is a folder
    of the pages' texts as UTF-8 (`<page_id>.txt`); without it they are those that the gold pages hold, or the files
    that the table `pages` names. Pages, articles and lists without annotation are passed over.

    Spans are compared by offset, blind to white space; strings blind to white space and to the width of brackets and
    commas. F1 is micro-averaged over all pages: `score(…)["mentions"].f1`. Raises FileNotFoundError where nothing is
    annotated, or there are no tables or no such folder of texts.
    """
    if texts and not Path(texts).is_dir():
        raise FileNotFoundError(f"{texts}: there is no such folder of texts")
    found = tables if isinstance(tables, Found) else Found(tables)
    pages, told = read_annotations(gold)
    page_ids = dict.fromkeys(_page_ids(found, texts))
    pages = [
        page
        for one in pages
        for page in ([one] if one.page_id in page_ids or not one.annotated else _at_home(one, page_ids, found, texts))
    ]
    has_events = told or any(article.events is not None for page in pages for article in page.annotated)
    measures = (*(PAGE_MEASURES if pages else ()), *(EVENT_MEASURES if has_events else ()))
    scores = Scores({measure: Count() for measure in measures})
    problems: list[str] = []
    for page in pages:
        if page.page_id not in found.pages:
            scores.absent.append(page.page_id)
        if page.annotated and page.page_id not in page_ids:
            continue
        text = _text(page, found, texts)
        scores.pages += 1
        scores.tiled += found.tiles(page.page_id, text)
        try:
            page = page.place(text)
        except MarkedTextError as error:
            problems += error.problems
            continue
        _score_page(scores.counts, page, found, text)
        if page.events:
            _score_events(scores.counts, list(page.events), found, {page.page_id: Letters(text)})
    if problems:
        raise MarkedTextError(problems)
    if told:
        known = {**{page_id: GoldPage(page_id) for page_id in _page_ids(found, texts)}, **{p.page_id: p for p in pages}}
        meant = {article.article_id.rpartition("#")[0] for article in told}
        looked_at = [page for page_id, page in known.items() if page_id in meant or not meant <= known.keys()]
        of_page = {page.page_id: Letters(_text(page, found, texts)) for page in looked_at}
        placed, absent = place(told, of_page)
        scores.absent += absent
        _score_events(scores.counts, placed, found, of_page)
    return scores


def _at_home(page: GoldPage, page_ids: Iterable[str], found: Found, texts: str | Path | None) -> list[GoldPage]:
    """Annotated articles that name no page of the tables, on the pages that hold most of their paragraphs."""
    lines = [[letters(line) for line in article.text.split("\n")] for article in page.annotated]
    best = [(0, page.page_id)] * len(lines)
    for page_id in page_ids:
        text = letters(_text(GoldPage(page_id), found, texts))
        held = [sum(line in text for line in some) for some in lines]
        best = [(count, page_id) if count > before[0] else before for count, before in zip(held, best, strict=True)]
    of_page: dict[str, list[AnnotatedArticle]] = {}
    for article, (_, page_id) in zip(page.annotated, best, strict=True):
        of_page.setdefault(page_id, []).append(article)
    return [GoldPage(page_id, annotated=tuple(some)) for page_id, some in of_page.items()]


def _page_ids(found: Found, texts: str | Path | None) -> list[str]:
    """The pages of the tables, and those whose texts are given."""
    return [*found.pages, *(path.stem for path in sorted(Path(texts).glob("*.txt")))] if texts else list(found.pages)


def _text(page: GoldPage, found: Found, texts: str | Path | None) -> str:
    if texts and (path := Path(texts, f"{page.page_id}.txt")).is_file():
        return path.read_bytes().decode("utf-8")
    return found.text(page.page_id) if page.text is None else page.text


def _score_events(counts: Counts, placed: list[Placed], found: Found, letters: dict[str, Letters]) -> None:
    """Count the events of the annotated articles, page by page."""
    for page_id, page in letters.items():
        if mine := [article for article in placed if article.page_id == page_id]:
            articles = (row["article_id"] for row in found.articles.get(page_id, []))
            score_events(counts, mine, [row for a in articles for row in found.rows("events", a)], page)


def _score_page(counts: Counts, page: GoldPage, found: Found, text: str) -> None:
    extents = found.extents(page.page_id, text)
    bodies = found.extents(page.page_id, text, "body")
    rows = {row["article_id"]: row for row in found.articles.get(page.page_id, [])}
    if page.annotated:  # articles that nobody looked at do not count
        looked_at = {at for gold in page.articles for at in characters(text, gold.extent)}
        rows = {name: row for name, row in rows.items() if 2 * len(extents[name] & looked_at) > len(extents[name])}
    pairs = pair_articles(page, text, {article_id: extents.get(article_id, set()) for article_id in rows})
    counts[EXTENT].found += len(rows)
    for gold, pair in zip(page.articles, pairs, strict=True):
        article_id = pair.article_id
        score_extent(counts, gold, pair)
        score_fields(counts, gold, rows.get(article_id, {}) if article_id else {})
        score_body(counts, gold, bodies.get(article_id, set()) if article_id else set(), text)
        if gold.knows("contributors"):
            score_bylines(counts, gold, found.rows("bylines", article_id))
        score_mentions(counts, gold, found.rows("mentions", article_id), text)
        score_times(counts, gold, found.rows("times", article_id), text)
        score_references(counts, gold, found.rows("references", article_id), text)
        if gold.knows("roles"):
            score_roles(counts, gold, found.rows("roles", article_id))
        if gold.knows("quotes"):
            score_quotes(counts, gold, found.rows("quotes", article_id), text)
    for article_id in rows.keys() - {pair.article_id for pair in pairs}:
        for table, measures in TOO_MUCH.items():
            for measure in measures:
                counts[measure].found += len(found.rows(table, article_id))
