"""The candidates for the arguments of a trigger: who, whom, where and when are chosen among them.

A candidate is a mention of the trigger's sentence, one of the names and times around it, the argument of the event
before (`PREVIOUS`), nobody (`NONE`), or, for `who`, words of the sentence that are no name (`PHRASE`). Each is
described by a few small numbers: what it is, how far off, what stands between and beside.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

import regex

from bulletinnlp.events.article_context import ArticleContext
from bulletinnlp.text.sentences import CLAUSE_MARKS

#: What a candidate is, by number; mentions first.
KINDS = ("PER", "ORG", "PLACE", "REF", "TIME", "NONE", "PREVIOUS", "PHRASE")
NONE, PREVIOUS, PHRASE = (KINDS.index(kind) for kind in ("NONE", "PREVIOUS", "PHRASE"))
_KIND = {kind: number for number, kind in enumerate(KINDS)}
ROLES = ("who", "whom", "when", "where")
#: Which kinds may fill which role, by the numbers of `KINDS`.
ALLOWED = {
    "who": frozenset({0, 1, 2, 3, NONE, PREVIOUS, PHRASE}),
    "whom": frozenset({0, 1, 2, 3, NONE, PREVIOUS}),
    "when": frozenset({4, NONE, PREVIOUS}),
    "where": frozenset({1, 2, 3, NONE, PREVIOUS}),
}
_STEPS = (0, 1, 2, 3, 4, 6, 8, 11, 15, 20, 30, 50, 100)
_COMMAS = regex.compile(f"[{CLAUSE_MARKS}]")
#: At most so many mentions of the sentence, nearest first; names and times before it; names behind it.
SENTENCE, NAMES_BEFORE, TIMES_BEFORE, BEHIND = 24, 10, 4, 2

#: Sizes of the numbers that describe a candidate: kind, distance, relation, commas, mentions between, how often the
#: name stands in the article, rank among those of its relation, flags.
SIZES = (len(KINDS), 2 * (len(_STEPS) + 1), 7, 6, 6, 6, 12, 16)


class ArgumentCandidate(NamedTuple):
    """A candidate: `mention` is its number in the article (-1: none); `features` are numbers below `SIZES`."""

    mention: int
    kind: int
    features: tuple[int, ...]


def candidates(
    article: ArticleContext, start: int, end: int, previous: tuple[int, int] | None
) -> list[ArgumentCandidate]:
    """The candidates for the trigger `text[start:end]`; `previous` is the trigger of the event before."""
    number = article.sentence_at(start)
    inside = sorted(_in_sentence(article, number), key=lambda n: _gap(article, n, start, end))
    found = [_mention(article, n, start, end, 0, rank) for rank, n in enumerate(sorted(inside[:SENTENCE]))]
    found += _before(article, number, start, end)
    found += _behind(article, number, start, end)
    found.append(ArgumentCandidate(-1, NONE, (NONE, 0, 6, 0, 0, 0, 0, 0)))
    if previous is not None:
        there = article.sentence_at(previous[0])
        relation = _relation(article, there, number)
        commas = min(5, len(_COMMAS.findall(article.text, previous[1], start))) if relation < 2 else 5
        features = (PREVIOUS, _bucket(previous[1] - start), relation, commas, 0, 0, min(11, number - there), 0)
        found.append(ArgumentCandidate(-1, PREVIOUS, features))
    found.append(ArgumentCandidate(-1, PHRASE, (PHRASE, 0, 6, 0, 0, 0, 0, 0)))
    return found


def _before(article: ArticleContext, number: int, start: int, end: int) -> list[ArgumentCandidate]:
    """The last names and times before the sentence, each once, the nearest first."""
    found: list[ArgumentCandidate] = []
    seen: set[str] = {article.mentions[n].name for n in _in_sentence(article, number)}
    names = times = 0
    first = article.mentions_in(0, article.sentences[number].start).stop
    for n in range(first - 1, max(-1, first - 80), -1):
        mention = article.mentions[n]
        time = mention.label == "TIME"
        if mention.name in seen or (times >= TIMES_BEFORE if time else names >= NAMES_BEFORE):
            continue
        seen.add(mention.name)
        relation = _relation(article, article.sentence_at(mention.start), number)
        found.append(_mention(article, n, start, end, relation, times if time else names))
        times += time
        names += not time
    return found


def _behind(article: ArticleContext, number: int, start: int, end: int) -> list[ArgumentCandidate]:
    """The next names behind the sentence: a person may be named only after what is done first."""
    found: list[ArgumentCandidate] = []
    first = article.mentions_in(0, article.sentences[number].end).stop
    for n in range(first, min(first + 4, len(article.mentions))):
        if article.mentions[n].label != "TIME" and len(found) < BEHIND:
            found.append(_mention(article, n, start, end, 5, len(found)))
    return found


def _in_sentence(article: ArticleContext, number: int) -> range:
    sentence = article.sentences[number]
    return article.mentions_in(sentence.start, sentence.end)


def _relation(article: ArticleContext, there: int, here: int) -> int:
    """0 same sentence, 1 the one before, 2 earlier in the paragraph, 3 earlier, 4 headline, 5 behind."""
    if there >= here:
        return 0 if there == here else 5
    if article.sentences[there].in_headline:
        return 4
    if article.sentences[there].paragraph != article.sentences[here].paragraph:
        return 3
    return 1 if there == here - 1 else 2


def _gap(article: ArticleContext, n: int, start: int, end: int) -> int:
    mention = article.mentions[n]
    return start - mention.end if mention.end <= start else mention.start - end


def _bucket(distance: int) -> int:
    """A signed distance as a small number."""
    step = bisect_right(_STEPS, abs(distance)) - 1
    return step if distance <= 0 else step + len(_STEPS)


def _mention(article: ArticleContext, n: int, start: int, end: int, relation: int, rank: int) -> ArgumentCandidate:
    mention = article.mentions[n]
    before = mention.end <= start
    distance = mention.end - start if before else max(0, mention.start - end) + 1
    commas = between = 5
    if relation == 0:
        left, right = (mention.end, start) if before else (end, mention.start)
        commas = min(5, len(_COMMAS.findall(article.text, left, right)))
        between = min(5, len(article.mentions_in(left, max(left, right))))
    flags = (
        (mention.name in article.headline_names)
        + 2 * article.is_quoted(mention.start)
        + 4 * (mention.end in article.title_starts)
        + 8 * (relation == 0 and rank == 0)
    )
    kind = _KIND[mention.label]
    often = min(5, article.counts[mention.name])
    return ArgumentCandidate(n, kind, (kind, _bucket(distance), relation, commas, between, often, min(11, rank), flags))
