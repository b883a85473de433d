"""A page of a newspaper, exactly as it was read; or an article by itself, whose headline and byline are known."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from bulletinnlp.pages.printed import PrintedLine

#: For `str.translate`: what is no Unicode text, and can not be written, is shown as U+FFFD.
SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")

GivenKind = Literal["headline", "byline", "body"]


class Given(NamedTuple):
    """A part of an article that is known before it is read: `page.text[start:end]` is its headline, byline or body."""

    kind: GivenKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Page:
    """The text of a page and where it came from.

    Every offset in the tables counts code points of `text`. `encoding` is the Python codec with which the file's bytes
    give `text` again: `Path(page.path).read_bytes().decode(page.encoding) == page.text`; None where the text is no
    whole file: a row of a table, a PDF and the like. A page with `given` parts is one article, and is not split.

    >>> Page("2022-11-29_02", "我区开展线上巡课\\n").chars
    9
    """

    page_id: str
    text: str
    path: str | None = None
    encoding: str | None = None
    sha256: str | None = None
    #: Date of issue: a day, a month or a year (`2022-11-29`, `2022-11`, `2022`).
    published: str | None = None
    paper: str | None = None
    #: The paper's home, as a full chain of divisions (`山东省聊城市东昌府区`).
    home: str | None = None
    #: The row of a table that it is made of, from 0, and the sheet of a workbook that the row stands in.
    row: int | None = None
    sheet: str | None = None
    given: tuple[Given, ...] = ()
    #: The page of a PDF that it is, from 1, and what is known of the print of its lines.
    leaf: int | None = None
    printed: tuple[PrintedLine, ...] = ()

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
        given: tuple[Given, ...] = ()
        if headline or byline or unit == "article":
            text, given = composed(text, headline, byline)
        return cls(page_id or text_id(text), text, published=published, paper=paper, home=home, given=given)


def text_id(text: str) -> str:
    """The id of a page that has no other: it depends on the text alone.

    >>> text_id("我区开展线上教研")
    'text-d072b9f1'
    """
    return f"text-{hashlib.sha256(text.encode(errors='replace')).hexdigest()[:8]}"


def composed(body: str, headline: str | None, byline: str | None) -> tuple[str, tuple[Given, ...]]:
    """The text of an article, each part beginning on a line of its own, and where its parts stand in it.

    >>> composed("近日，县一中开学。", "县一中开学", None)
    ('县一中开学\\n近日，县一中开学。', (Given(kind='headline', start=0, end=5), Given(kind='body', start=6, end=15)))
    """
    text, given = "", []
    kinds: tuple[tuple[GivenKind, str | None], ...] = (("headline", headline), ("byline", byline), ("body", body))
    for kind, part in kinds:
        if part:
            start = len(text) + bool(text)
            given.append(Given(kind, start, start + len(part)))
            text += f"\n{part}" if text else part
    return text, tuple(given)
