"""What `bulletinnlp evaluate` does."""

from __future__ import annotations

from pathlib import Path

from bulletinnlp.evaluation.found import Found
from bulletinnlp.evaluation.gold import read_annotations
from bulletinnlp.evaluation.measure import score
from bulletinnlp.evaluation.scores import ALL, refuse_others
from bulletinnlp.output.folder import last_format

FORMATS = ("text", "markdown", "html")


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
