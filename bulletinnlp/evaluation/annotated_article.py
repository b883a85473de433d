"""An annotated article: its text, and everything that is marked in it. What is written for correction, and read back.

Offsets count in `AnnotatedArticle.text`, which is what an analyst reads, column breaks healed; where the article stands
on its page is found when it is scored (`bulletinnlp.evaluation.alignment`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from bulletinnlp.annotations import Part, PartKind
from bulletinnlp.evaluation.equality import Span
from bulletinnlp.text.sentences import annotated_sentences

#: Labels of names and of times.
NAMES = ("PER", "ORG", "PLACE")
TIMES = ("DATE", "TIME", "DURATION", "SET")
LABELS = NAMES + TIMES
#: The label of a stand-in; the mark's value is the name that it stands for.
REFERENCE = "REFERENCE"
#: The parts of an article in the order of `AnnotatedArticle.text`, and what follows each.
_PARTS: tuple[tuple[PartKind, str], ...] = (
    ("eyebrow", "\n"), ("headline", "\n"), ("dateline", " "), ("body", "\n"), ("byline", "\n"),
)  # fmt: skip
ROLES = ("reporter", "correspondent", "photographer", "editor", "source")


class Mark(NamedTuple):
    """A name or a time: `text[start:end]`, in code points. `value` is a time's TIMEX3 value."""

    label: str
    start: int
    end: int
    value: str | None = None


class Contributor(NamedTuple):
    """Who signs an article; `role` is one of `ROLES`."""

    name: str
    role: str
    outlet: str | None = None


class HeldTitle(NamedTuple):
    """A title that stands beside a person's name."""

    person: str
    title: str
    organisation: str | None = None


class Quotation(NamedTuple):
    """What is quoted, `text[start:end]` of the article, without its outer marks."""

    speaker: str | None
    start: int
    end: int


class Actor(NamedTuple):
    """Who acts: a name, or the words of one without a name."""

    text: str
    named: bool = True


class NumberedEvent(NamedTuple):
    """An annotated event. `sentence` is the number of the sentence that holds the trigger.

    `before` is what stands directly before the trigger, where an earlier one in the sentence has to be told from it.
    """

    sentence: int
    trigger: str
    who: tuple[Actor, ...] = ()
    what: str | None = None
    whom: tuple[str, ...] = ()
    when: str | None = None
    where: tuple[str, ...] = ()
    type: str = "other"
    flags: frozenset[str] = frozenset()
    before: str = ""


@dataclass(frozen=True)
class NumberedArticle:
    """An article and its events. `events` is None where nobody has annotated it."""

    article_id: str
    published: str | None = None
    paper: str | None = None
    headline: str | None = None
    sentences: dict[int, str] = field(default_factory=dict)
    #: Text and label.
    names: tuple[tuple[str, str], ...] = ()
    #: Text and what it stands for.
    stand_ins: tuple[tuple[str, str], ...] = ()
    #: Text and value.
    times: tuple[tuple[str, str], ...] = ()
    events: tuple[NumberedEvent, ...] | None = None

    @property
    def tag(self) -> str:
        """What names the article in a list of errors: its id and the head of its headline."""
        return f"{self.article_id}: {(self.headline or next(iter(self.sentences.values()), ''))[:14]}"


@dataclass(frozen=True)
class AnnotatedArticle:
    """An article with its marks. A list that is None was not annotated: it is neither scored nor learned from.

    `marks` are, in the order of the text, names (PER, ORG, PLACE), times (DATE, TIME, DURATION, SET; the value in
    TIMEX3) and stand-ins (REFERENCE; the value is the name). `events` point to `sentences` by number. `at` is the
    article's place on its page, to find it again where a page prints a text twice.

    >>> article = AnnotatedArticle("p#1", headline="老兵返乡", body="孙乐文回到仙庄村。", marks=(Mark("PER", 5, 8),))
    >>> article.text, [article.text[m.start : m.end] for m in article.marks], article.sentences
    ('老兵返乡\\n孙乐文回到仙庄村。', ['孙乐文'], {1: '孙乐文回到仙庄村。'})
    """

    article_id: str = ""
    at: Span | None = None
    paper: str | None = None
    home: str | None = None
    published: str | None = None
    kind: str = "article"
    banner: str | None = None
    eyebrow: str | None = None
    headline: str | None = None
    dateline: str | None = None
    #: A paragraph a line.
    body: str | None = None
    byline: str | None = None
    marks: tuple[Mark, ...] = ()
    contributors: tuple[Contributor, ...] | None = None
    roles: tuple[HeldTitle, ...] | None = None
    quotes: tuple[Quotation, ...] | None = None
    events: tuple[NumberedEvent, ...] | None = None
    #: The file and the line from which it was read.
    source: str = field(default="", compare=False, repr=False)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Which stretch of `text` is what."""
        return tuple(part for part, _ in self._pieces())

    @cached_property
    def text(self) -> str:
        """Eyebrow, headline, dateline, body, byline; a line each, the dateline before the body."""
        return "".join(getattr(self, part.kind) + after for part, after in self._pieces()).rstrip("\n ")

    def _pieces(self) -> Iterator[tuple[Part, str]]:
        at = 0
        for kind, after in _PARTS:
            if piece := getattr(self, kind):
                yield Part(kind, at, at + len(piece)), after
                at += len(piece) + len(after)

    @cached_property
    def sentences(self) -> dict[int, str]:
        """The sentences of the body by their number, from 1; 0 is the headline, where an event points to it or there is
        no body."""
        body = dict(enumerate(sentences_of(self.body or ""), start=1))
        titled = not body or any(not event.sentence for event in self.events or ())
        return {**({0: self.title} if titled else {}), **body}

    @property
    def title(self) -> str:
        """Eyebrow and headline."""
        return "".join(filter(None, (self.eyebrow, self.headline)))

    @property
    def page_id(self) -> str:
        """The page that the article's id names."""
        return self.article_id.rpartition("#")[0] or self.article_id


def by_page(articles: Iterable[AnnotatedArticle]) -> dict[str, list[AnnotatedArticle]]:
    """The articles of each page, by its id."""
    pages: dict[str, list[AnnotatedArticle]] = {}
    for article in articles:
        pages.setdefault(article.page_id, []).append(article)
    return pages


def sentences_of(text: str) -> Iterator[str]:
    """The sentences of a text; the marks that close a sentence belong to it.

    >>> list(sentences_of("社区召开会议。“大家辛苦了！”孙乐文说；\\n会后，众人散去"))
    ['社区召开会议。', '“大家辛苦了！”', '孙乐文说；', '会后，众人散去']
    """
    return (text[start:end] for start, end in annotated_sentences(text))
