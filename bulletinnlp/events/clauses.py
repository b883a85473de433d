"""Sentences and clauses of an article, as rows of words: what the grammar of events reads.

A word is a word of the dictionary, a name, a stand-in, a time, or a stretch that is read as one word whatever it holds:
a quotation, a bracket, a title in 《 》, a name in quotation marks. A clause ends at a comma, semicolon or colon, a
sentence at a full stop or at the end of a paragraph.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import regex

from bulletinnlp.events.roles import Named
from bulletinnlp.events.words import Word, cut

#: Kinds of word that are names.
NAMES = frozenset({"PER", "ORG", "PLACE", "REF"})
_SENTENCE_MARKS = frozenset("。！？!?\n")
_CLAUSE_MARKS = frozenset("，,；;：:—… \u3000")
#: Words after which a sentence is broken input (a table, text without full stops) and ends at the next clause: the
#: stages compare the words of a sentence with each other.
LONGEST = 300
_WHOLE = regex.compile(
    r"《[^《》\n]{1,60}》|[（(][^（）()\n]{0,60}[)）]|“[^“”\n]{1,40}”|\"[^\"\n]{1,40}\"|「[^「」\n]{1,40}」"
)


class Clause(NamedTuple):
    """Words `first:last` of the sentence."""

    first: int
    last: int


class Group(NamedTuple):
    """Words of a sentence that are names acting together: indices into `Sentence.words`."""

    sentence: int
    words: tuple[int, ...]


class Sentence(NamedTuple):
    """A sentence: `part` is where it stands (headline, body …), `paragraph` counts within the part."""

    words: list[Word]
    clauses: list[Clause]
    start: int
    end: int
    part: str
    paragraph: int


def sentences(
    text: str,
    part: str,
    start: int,
    end: int,
    names: Sequence[Named],
    times: Sequence[tuple[int, int]],
    quotes: Sequence[tuple[int, int]],
    titles: Sequence[tuple[int, int]] = (),
) -> list[Sentence]:
    """The sentences of `text[start:end]`, a part of an article.

    >>> text = "区教体局开会，部署工作。散会后，大家走了。"
    >>> found = sentences(text, "body", 0, 21, [Named("ORG", "区教体局", 0, 4)], [], [])
    >>> [[word.text for word in sentence.words] for sentence in found]
    [['区教体局', '开会', '，', '部署', '工作', '。'], ['散会', '后', '，', '大家', '走', '了', '。']]
    >>> found[0].clauses
    [Clause(first=0, last=2), Clause(first=3, last=5)]
    """
    words = cut(text, start, end, _known(text, start, end, names, times, quotes, titles))
    found: list[Sentence] = []
    row: list[Word] = []
    paragraph = 0
    for index, word in enumerate(words):
        row.append(word)
        whole = word.kind == "QUOTE" and index + 1 < len(words) and _ends_with(word) and _starts_anew(words, index + 1)
        endless = len(row) >= LONGEST and (word.text in _CLAUSE_MARKS or len(row) >= 2 * LONGEST)
        if word.text in _SENTENCE_MARKS or whole or endless:
            _finish(found, row, part, paragraph)
            row = []
            paragraph += word.text == "\n"
    _finish(found, row, part, paragraph)
    return found


def _known(
    text: str,
    start: int,
    end: int,
    names: Sequence[Named],
    times: Sequence[tuple[int, int]],
    quotes: Sequence[tuple[int, int]],
    titles: Sequence[tuple[int, int]],
) -> list[tuple[int, int, str]]:
    """What is one word, sorted; a quotation swallows what it holds, a name what crosses it."""
    spans = [(left - 1, right + 1, "QUOTE", 0) for left, right in quotes]
    spans += [(name.start, name.end, name.label, 2) for name in names]
    spans += [(left, right, "TIME", 3) for left, right in times]
    spans += [(left, right, "n", 4) for left, right in titles]
    for whole in _WHOLE.finditer(text, start, end):
        kind = "NOTE" if whole[0][0] in "（(" else "n"
        spans.append((whole.start(), whole.end(), kind, 1))
    spans.sort(key=lambda span: (span[0], span[3]))
    found: list[tuple[int, int, str]] = []
    at = start
    for left, right, kind, _ in spans:
        if left >= at and right <= end and right > left:
            found.append((left, right, kind))
            at = right
    return found


def _ends_with(word: Word) -> bool:
    return len(word.text) > 2 and word.text[-2] in "。！？!?…"


def _starts_anew(words: Sequence[Word], index: int) -> bool:
    """Does a new sentence start after a quotation: no comma, no speaker with a cue close behind?"""
    return words[index].kind in ("TIME", "QUOTE") or words[index].text == "\n"


def _finish(found: list[Sentence], row: list[Word], part: str, paragraph: int) -> None:
    if not any(word.kind != "x" for word in row):
        return
    clauses: list[Clause] = []
    first = 0
    for index, word in enumerate(row):
        if word.kind == "x" and (word.text in _CLAUSE_MARKS or word.text in _SENTENCE_MARKS):
            if index > first:
                clauses.append(Clause(first, index))
            first = index + 1
    if first < len(row):
        clauses.append(Clause(first, len(row)))
    found.append(Sentence(row, clauses, row[0].start, row[-1].end, part, paragraph))
