"""An article as the events stage reads it: its sentences, the passages that are read at once, and its mentions."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from bulletinnlp.annotations import Part
from bulletinnlp.names.encoder import Numbers
from bulletinnlp.names.tagger import vocabulary
from bulletinnlp.text.mentions import Mention, meets
from bulletinnlp.text.sentences import CLOSING_MARKS, LIMIT, SENTENCE_ENDS, sentences

#: A sentence with more characters is cut for the purposes of this stage: it is a table, or text without full stops.
LONGEST = 400


class Sentence(NamedTuple):
    """A sentence of the text. `in_headline`: in headline or eyebrow; `paragraph` counts from 0 in the article."""

    start: int
    end: int
    paragraph: int
    in_headline: bool


class Passage(NamedTuple):
    """Sentences of one paragraph that the network reads at once, `text[start:end]`."""

    start: int
    end: int
    in_headline: bool


Span = tuple[int, int]


@dataclass(frozen=True)
class ArticleContext:
    """An article and what the stages before have found in it.

    `quotes` are attributed quotations, in order, `titles` the titles of persons. Mentions are sorted and do not
    overlap.
    """

    text: str
    parts: Sequence[Part]
    mentions: Sequence[Mention]
    quotes: Sequence[Span] = ()
    titles: Sequence[Span] = ()
    #: Where the times start that lie behind the date of issue.
    future: frozenset[int] = frozenset()
    #: What `numbers` gives, where another stage has worked it out.
    encoded: Numbers | None = None

    @cached_property
    def numbers(self) -> Numbers:
        """Characters, pairs and words of the text by number, in the vocabulary of the embedded names tagger."""
        return self.encoded or vocabulary()(self.text)

    @cached_property
    def sentences(self) -> list[Sentence]:
        """The sentences of eyebrow, headline and body, in order."""
        found: list[Sentence] = []
        paragraph = -1
        for part in self.parts:
            if part.kind not in ("eyebrow", "headline", "body"):
                continue
            last = None
            for start, end in _sentences(self.text, part.start, part.end):
                if last is None or "\n" in self.text[last:start]:
                    paragraph += 1
                found.append(Sentence(start, end, paragraph, part.kind != "body"))
                last = end
        return found

    @cached_property
    def passages(self) -> list[Passage]:
        """Whole sentences of one paragraph together, up to `LIMIT` characters; a longer sentence is cut."""
        found: list[Passage] = []
        paragraph = -1
        for sentence in self.sentences:
            if found and sentence.paragraph == paragraph and sentence.end - found[-1].start <= LIMIT:
                found[-1] = found[-1]._replace(end=sentence.end)
            else:
                found += [
                    Passage(a, b, sentence.in_headline) for a, b in sentences(self.text, sentence.start, sentence.end)
                ]
            paragraph = sentence.paragraph
        return found

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    @cached_property
    def mention_starts(self) -> list[int]:
        """Where the mentions start."""
        return [mention.start for mention in self.mentions]

    def sentence_at(self, at: int) -> int:
        """The number of the sentence in which a character stands."""
        return max(0, bisect_right(self._starts, at) - 1)

    def mentions_in(self, start: int, end: int) -> range:
        """The numbers of the mentions that begin in `start:end`."""
        return range(bisect_left(self.mention_starts, start), bisect_left(self.mention_starts, end))

    @cached_property
    def title_starts(self) -> frozenset[int]:
        """Where the titles of persons start."""
        return frozenset(start for start, _ in self.titles)

    def is_quoted(self, at: int) -> bool:
        """Whether a character stands in an attributed quotation."""
        return meets(self.quotes, at, at + 1)

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each name is mentioned."""
        return Counter(mention.name for mention in self.mentions)

    @cached_property
    def head_parts(self) -> list[Part]:
        """Eyebrow and headline."""
        return [part for part in self.parts if part.kind in ("eyebrow", "headline")]

    @cached_property
    def headline(self) -> str:
        """The text of eyebrow and headline."""
        return "".join(self.text[part.start : part.end] for part in self.head_parts)

    @cached_property
    def headline_names(self) -> frozenset[str]:
        """The names of eyebrow and headline."""
        numbers = (n for part in self.head_parts for n in self.mentions_in(part.start, part.end))
        return frozenset(self.mentions[n].name for n in numbers)

    @cached_property
    def has_body(self) -> bool:
        """Whether there is a body; else events are read in the headline."""
        return not all(sentence.in_headline for sentence in self.sentences)


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """Sentences by their end marks; one that is far too long is cut where `text.sentences.sentences` cuts it."""
    last = None
    for left, right in sentences(text, start, end):
        if (
            last is not None
            and last[1] == left
            and text[left - 1] not in SENTENCE_ENDS + CLOSING_MARKS
            and right - last[0] <= LONGEST
        ):
            last = (last[0], right)
            continue
        if last is not None:
            yield last
        last = (left, right)
    if last is not None:
        yield last


def without_overlap(mentions: Iterable[Mention]) -> list[Mention]:
    """Mentions in the order of the text, the first of those that overlap."""
    found: list[Mention] = []
    for mention in sorted(mentions, key=lambda one: (one.start, -one.end)):
        if not found or mention.start >= found[-1].end:
            found.append(mention)
    return found
