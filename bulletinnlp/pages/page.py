"""A page of a newspaper, exactly as it was read, and what may be reported of it.

`Page` is public. `StatedPart`, `TextLine` and `Box` are what a source may say of a page beside its text, `ProblemRow`
is a row of the table `problems`.
"""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple

from bulletinnlp.pages.issue_dates import is_missing, stated_date

#: For `str.translate`: surrogates, which are no Unicode text and can not be written, are shown as U+FFFD.
SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
SURROGATE = re.compile("[\ud800-\udfff]")

StatedKind = Literal["headline", "byline", "body"]


class StatedPart(NamedTuple):
    """A part of an article that the source states: `page.text[start:end]` is its headline, byline or body."""

    kind: StatedKind
    start: int
    end: int


class Box(NamedTuple):
    """A rectangle in points, counted from the upper left corner of the page."""

    x0: float
    y0: float
    x1: float
    y1: float


class TextLine(NamedTuple):
    """A line as it is printed: `page.text[start:end]`, its box in a PDF, the size of its type in points.

    A running head, a page number and turned type are `is_running_head`: they belong to the page, and to no article. A
    line `is_large` that is printed in larger type than the text.
    """

    start: int
    end: int
    box: Box | None
    size: float
    is_running_head: bool = False
    is_large: bool = False


class ProblemRow(NamedTuple):
    """Something that the reader should know; a row of the table `problems`."""

    page_id: str | None
    article_id: str | None
    stage: str
    severity: Literal["warning", "error"]
    message: str

    @property
    def reported_at_once(self) -> bool:
        """Whether it is reported as it comes: an error, what is odd about a manifest or table, which column holds what,
        inputs that are named more than once."""
        return self.severity == "error" or self.stage in ("inputs", "manifest", "columns", "rows")


@dataclass(frozen=True, slots=True)
class Page:
    """The text of a page and where it came from.

    Every offset in the tables counts code points of `text`.

    | field | what it holds |
    | --- | --- |
    | `page_id` | the id in the tables: the stem of the file's name; `a#p2` of a page of a PDF, `a-7` of a row |
    | `path`, `sha256` | the file, and the SHA-256 of its bytes |
    | `encoding` | the Python codec with which the bytes give `text` again; None where the text is no whole file |
    | `published` | the date of issue: a day, a month or a year (`2022-11-29`, `2022-11`, `2022`) |
    | `paper`, `home` | the paper, and where it is at home: a full chain of divisions (`山东省聊城市东昌府区`) |
    | `row`, `sheet` | the row of a table that the page is made of, from 0; the sheet of a workbook |
    | `stated` | the parts of the page's only article, where the source states them; such a page is not split |
    | `leaf`, `lines` | the page of a PDF, from 1, and its lines as they are printed |

    >>> Page("2022-11-29_02", "我区开展线上巡课\\n").chars
    9
    """

    page_id: str
    text: str
    path: str | None = None
    encoding: str | None = None
    sha256: str | None = None
    published: str | None = None
    paper: str | None = None
    home: str | None = None
    row: int | None = None
    sheet: str | None = None
    stated: tuple[StatedPart, ...] = ()
    leaf: int | None = None
    lines: tuple[TextLine, ...] = ()

    @property
    def chars(self) -> int:
        """Length of the text in code points."""
        return len(self.text)

    @classmethod
    def of(
        cls,
        text: str,
        page_id: str | None = None,
        *,
        headline: str | None = None,
        byline: str | None = None,
        unit: Literal["article", "page"] | None = None,
        published: Any = None,
        paper: str | None = None,
        home: str | None = None,
    ) -> Page:
        """A page of a string.

        With `headline`, `byline` or `unit="article"` it is one article, which is not split; the page's text is then its
        headline, its byline and `text`, each on lines of their own. Without a `page_id` it has one that depends on the
        text alone. Raises TypeError for what is no text.

        >>> page = Page.of("11月27日晚，区教研中心举行教研活动。", headline="我区开展线上教研", published=20221129)
        >>> page.page_id, page.text.splitlines()[0]
        ('text-34567923', '我区开展线上教研')
        """
        if not isinstance(text, str):
            raise TypeError(f"a page is made of a str, not of {type(text).__name__}")
        stated: tuple[StatedPart, ...] = ()
        if headline or byline or unit == "article":
            text, stated = article_text(text, headline, byline)
        return cls(page_id or text_id(text), text, published=published, paper=paper, home=home, stated=stated)


def text_id(text: str) -> str:
    """The id of a page that has no other: it depends on the text alone.

    >>> text_id("我区开展线上教研")
    'text-d072b9f1'
    """
    return f"text-{hashlib.sha256(text.encode(errors='replace')).hexdigest()[:8]}"


def article_text(body: str, headline: str | None, byline: str | None = None) -> tuple[str, tuple[StatedPart, ...]]:
    """The text of an article, each part beginning on a line of its own, and where its parts stand in it.

    >>> article_text("近日，县一中开学。", "县一中开学")[1]
    (StatedPart(kind='headline', start=0, end=5), StatedPart(kind='body', start=6, end=15))
    """
    text, stated = "", []
    kinds: tuple[tuple[StatedKind, str | None], ...] = (("headline", headline), ("byline", byline), ("body", body))
    for kind, part in kinds:
        if part:
            start = len(text) + bool(text)
            stated.append(StatedPart(kind, start, start + len(part)))
            text += f"\n{part}" if text else part
    return text, tuple(stated)


def with_valid_fields(page: Page) -> tuple[Page, list[str]]:
    """A `Page` that somebody made, its fields strings or None, and what is wrong with others, which are left out.

    Missing values of pandas are None; a `date`, a timestamp and a year are dates of issue.

    >>> page, wrong = with_valid_fields(Page("p1", "我区开展线上教研", published=2022, paper=float("nan"), home=3))
    >>> page.published, page.paper, page.home, wrong
    ('2022', None, None, ['its home is 3, which is no text; it was left out'])
    """
    fields: dict[str, str | None] = {}
    wrong: list[str] = []
    for name in ("path", "encoding", "sha256", "paper", "home"):
        cell = getattr(page, name)
        text = os.fspath(cell) if isinstance(cell, os.PathLike) else cell
        fields[name] = text if isinstance(text, str) else None
        if fields[name] is None and not is_missing(cell):
            wrong.append(f"its {name} is {cell!r:.100}, which is no text; it was left out")
    try:
        fields["published"] = stated_date(page.published)
    except (ValueError, TypeError):
        fields["published"] = None
        reason = "which is no date of issue (2022-11-29, 2022-11 or 2022); it was left out"
        wrong.append(f"its published is {page.published!r:.100}, {reason}")
    return replace(page, **fields), wrong  # type: ignore[arg-type]
