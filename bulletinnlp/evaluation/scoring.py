"""`score` measures tables on annotated pages; `evaluate` is what `bulletinnlp evaluate` shows of it."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from bulletinnlp.evaluation.alignment import Placed, place
from bulletinnlp.evaluation.annotated_article import AnnotatedArticle
from bulletinnlp.evaluation.equality import Letters, letters
from bulletinnlp.evaluation.event_measures import EVENT_MEASURES, score_events
from bulletinnlp.evaluation.gold_pages import GoldPage, read_annotations
from bulletinnlp.evaluation.marked import MarkedTextError
from bulletinnlp.evaluation.measures import PAGE_MEASURES, Found, score_page
from bulletinnlp.evaluation.scores import ALL, Count, Counts, Scores, refuse_others
from bulletinnlp.output.table_folder import last_format

if TYPE_CHECKING:
    from bulletinnlp.extraction import Extraction

FORMATS = ("text", "markdown", "html")


def score(gold: str | Path, tables: str | Path | Extraction | Found, texts: str | Path | None = None) -> Scores:
    """Compare tables with what is annotated.

    `gold` is a folder of articles that `annotate` wrote and people corrected (marked text, brat, Label Studio), of
    annotated pages (JSON), of annotated events (`name.num` with `name.ann`), or of several of them; or one file.
    `tables` is an Extraction or a folder that `bulletinnlp extract … --out` wrote, in any format. `texts` is a folder
    of the pages' texts as UTF-8 (`<page_id>.txt`); without it they are those that the gold pages hold, or the files
    that the table `pages` names. Pages, articles and lists without annotation are passed over.

    Spans are compared by offset, blind to white space; strings blind to white space and to the width of brackets and
    commas. F1 is micro-averaged over all pages: `score(…)["mentions"].f1`. Raises FileNotFoundError where nothing is
    annotated, or there are no tables or no such folder of texts; TypeError for what is none of these.
    """
    if texts and not Path(texts).is_dir():
        raise FileNotFoundError(f"{texts}: there is no such folder of texts")
    if not isinstance(gold, (str, PathLike)):
        raise TypeError(f"gold is the name of a folder or a file, not {type(gold).__name__}")
    found = tables if isinstance(tables, Found) else Found(tables)
    pages, numbered = read_annotations(gold)
    page_ids = dict.fromkeys(_page_ids(found, texts))
    pages = [
        page
        for one in pages
        for page in ([one] if one.page_id in page_ids or not one.annotated else _at_home(one, page_ids, found, texts))
    ]
    has_events = numbered or any(article.events is not None for page in pages for article in page.annotated)
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
        score_page(scores.counts, page, found, text)
        if page.events:
            _score_events(scores.counts, list(page.events), found, {page.page_id: Letters(text)})
    if problems:
        raise MarkedTextError(problems)
    if numbered:
        known = {**{page_id: GoldPage(page_id) for page_id in _page_ids(found, texts)}, **{p.page_id: p for p in pages}}
        meant = {article.article_id.rpartition("#")[0] for article in numbered}
        looked_at = [page for page_id, page in known.items() if page_id in meant or not meant <= known.keys()]
        of_page = {page.page_id: Letters(_text(page, found, texts)) for page in looked_at}
        placed, absent = place(numbered, of_page)
        scores.absent += absent
        _score_events(scores.counts, placed, found, of_page)
    return scores


def _at_home(page: GoldPage, page_ids: Iterable[str], found: Found, texts: str | Path | None) -> list[GoldPage]:
    """Annotated articles that name no page of the tables, on the pages that hold most of their paragraphs.

    An article of which no page holds more than half stays on its own: others print the same slogan, or the same byline.
    """
    lines = [[letters(line) for line in article.text.split("\n")] for article in page.annotated]
    best = [(sum(map(len, some)) // 2, page.page_id) for some in lines]
    for page_id in page_ids:
        text = letters(_text(GoldPage(page_id), found, texts))
        held = [sum(len(line) for line in some if line in text) for some in lines]
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
    of_page: dict[str, list[Placed]] = {}
    for article in placed:
        of_page.setdefault(article.page_id, []).append(article)
    for page_id, page in letters.items():
        if mine := of_page.get(page_id):
            articles = (row["article_id"] for row in found.articles.get(page_id, []))
            score_events(counts, mine, [row for a in articles for row in found.rows("events", a)], page)


def evaluate(
    gold: Path,
    tables: Path,
    *,
    texts: Path | None = None,
    errors: str | None = None,
    format: str = "text",
    json: Path | None = None,
) -> str:
    """Score a folder of tables and give the report.

    `errors` adds what is missing and what is too much in the measures whose names begin so, or in `all`. `json` is a
    file for the scores. Raises ValueError for another format, for tables of other pages and for wrong marks,
    FileNotFoundError where there are no annotated pages or no tables, OSError for what stands in the place of `json`
    and holds no scores.
    """
    if format not in FORMATS:
        raise ValueError(f"format '{format}' is unknown; choose {', '.join(FORMATS)}")
    if json:
        refuse_others(json)
    _refuse_swapped(gold, tables)
    try:
        pages, _ = read_annotations(gold)
        found = Found(tables)
        here = {page.page_id for page in pages} & set(found.pages)
        one_by_one = any(page.annotated for page in pages)
        scores = score(gold, found, texts) if here or one_by_one or not pages else None
        if scores is None or (one_by_one and not scores.pages):
            raise ValueError(f"{tables}: the tables hold none of the pages that are annotated in {gold}")
    except (LookupError, TypeError, AttributeError) as error:  # columns that are not there, cells of another type
        raise ValueError(f"{tables}: the tables are not whole, or of other pages ({error})") from error
    if errors not in (None, ALL) and not any(name.startswith(errors) for name in scores):
        raise ValueError(f"there is no measure that begins with '{errors}'; choose from {ALL}, {', '.join(scores)}")
    if json:
        scores.to_json(json)
    if format == "markdown":
        return scores.markdown(errors)
    return scores.html(errors) if format == "html" else scores.text(errors)


def _refuse_swapped(gold: Path, tables: Path) -> None:
    """Raise ValueError where the first folder holds tables and the second none, but files."""
    if _holds_tables(gold) and tables.is_dir() and any(tables.iterdir()) and not _holds_tables(tables):
        raise ValueError(f"{gold} holds tables, {tables} holds annotation: the other way round?")


def _holds_tables(folder: Path) -> bool:
    return folder.is_dir() and bool(last_format(folder))
