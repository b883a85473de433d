"""Cuts Chinese text into words with a class each: what is a verb, what a noun, what a preposition.

The cut is the cheapest path through a dictionary (a unigram model, as in jieba, from whose dictionary ours is made; see
`data/lexicons/words.txt`). Spans that a caller gives, such as names and times, are words of their own, and no word
crosses their border. The time is linear in the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from bulletinnlp.data import table
from bulletinnlp.lexicons import added, listed, per_lexicons

#: What an unknown character costs: more than any word of the dictionary.
_UNKNOWN = 200
#: What a word costs that a list of ours adds, less 10 a character.
_NEW_WORD = 120
_DIGITS = frozenset("0123456789０１２３４５６７８９.．%％一二三四五六七八九十百千万亿两〇零余多")
_PLAIN_DIGITS = frozenset("0123456789０１２３４５６７８９.．%％")


class Word(NamedTuple):
    """A word of the text: `kind` is its class (see `data/lexicons/words.txt`), `x` for a mark.

    Spans that the caller gives keep their kind.
    """

    text: str
    kind: str
    start: int
    end: int


@per_lexicons
def dictionary() -> dict[str, tuple[int, str]]:
    """Cost and class of every word of the dictionary."""
    found = {word: (int(cost), kind) for kind, cost, words in table("words") for word in words.split(" ")}
    corrections = {word: "v" for word in listed("verbs") if found.get(word, (0, ""))[1] not in ("v", "N")}
    corrections |= {word: kind for kind, words in table("word_classes") for word in words.split(" ")}
    nouns = (word for name in ("titles", "speaker_nouns") for word, *_ in added(name) if len(word) > 1)
    corrections |= {word: "n" for word in nouns if word not in found}
    for word, kind in corrections.items():
        cost = found[word][0] if word in found else _NEW_WORD - 10 * len(word)
        found[word] = (cost, kind)
    return found


@per_lexicons
def _reach() -> dict[str, int]:
    """How long the longest word is that begins with two characters: what begins no word costs no search."""
    reach: dict[str, int] = {}
    for word in dictionary():
        if len(word) > 1:
            reach[word[:2]] = max(len(word), reach.get(word[:2], 0))
    return reach


def word_class(word: str) -> str | None:
    """The class of a word, None if the dictionary does not hold it.

    >>> word_class("召开"), word_class("会议"), word_class("在")
    ('v', 'n', 'p')
    """
    entry = dictionary().get(word)
    return entry[1] if entry else None


def holds_a_word(text: str) -> bool:
    """Whether a common word begins or ends a string of a few characters, as it does hardly ever in a name.

    >>> holds_a_word("了解到"), holds_a_word("丰收节"), holds_a_word("裘小云")
    (True, True, False)
    """
    return any(word_class(text[:n]) or word_class(text[-n:]) for n in range(2, len(text) + 1))


def is_verb(text: str) -> bool:
    """Whether a string is a verb of two characters or more: 惊醒, 举办."""
    return len(text) > 1 and word_class(text) in ("v", "N")


@cache
def neighbours() -> frozenset[str]:
    """Pairs of characters that stand side by side inside common words (`data/lexicons/word_joints.txt`)."""
    return frozenset(first + second for first, others in table("word_joints") for second in others)


def cut(text: str, start: int = 0, end: int | None = None, spans: Sequence[tuple[int, int, str]] = ()) -> list[Word]:
    """The words of `text[start:end]`. `spans` are `(start, end, kind)` of what is one word, sorted, without overlap.

    >>> [(word.text, word.kind) for word in cut("区教体局召开推进会", spans=[(0, 4, "ORG")])]
    [('区教体局', 'ORG'), ('召开', 'v'), ('推进', 'v'), ('会', 'n')]
    """
    end = len(text) if end is None else end
    words: list[Word] = []
    at = start
    for left, right, kind in spans:
        if right <= at or left >= end:
            continue
        left = max(left, at)
        words += _cut_plain(text, at, left)
        words.append(Word(text[left:right], kind, left, right))
        at = right
    words += _cut_plain(text, at, end)
    return words


def _cut_plain(text: str, start: int, end: int) -> Iterable[Word]:
    """The cheapest path through the dictionary over `text[start:end]`."""
    if start >= end:
        return []
    entries, reach = dictionary(), _reach()
    size = end - start
    cost = [0] + [1 << 30] * size
    back = [0] * (size + 1)
    kinds = [""] * (size + 1)
    for i in range(size):
        here = cost[i]
        first = text[start + i]
        longest = min(reach.get(text[start + i : start + i + 2], 1), size - i)
        for length in range(1, longest + 1):
            entry = entries.get(text[start + i : start + i + length])
            if entry is not None:
                total = here + entry[0]
                if total < cost[i + length]:
                    cost[i + length], back[i + length], kinds[i + length] = total, i, entry[1]
            elif length == 1:
                total = here + _UNKNOWN
                if total < cost[i + 1]:
                    kind = "m" if first in _PLAIN_DIGITS else "n" if first.isalnum() else "x"
                    cost[i + 1], back[i + 1], kinds[i + 1] = total, i, kind
    found = []
    i = size
    while i > 0:
        j = back[i]
        found.append(Word(text[start + j : start + i], kinds[i], start + j, start + i))
        i = j
    found.reverse()
    return _join_runs(found)


def _join_runs(words: list[Word]) -> list[Word]:
    """Digits and numerals that follow one another make one numeral (38, 3.2亿), Latin letters one noun."""
    joined: list[Word] = []
    for word in words:
        if joined:
            last = joined[-1]
            numeral = word.kind == "m" and last.kind == "m" and last.text[-1] in _DIGITS and word.text[0] in _DIGITS
            latin = last.kind == "n" and word.text.isascii() and last.text.isascii() and word.text.isalnum()
            if numeral or (latin and word.kind in "nm"):
                joined[-1] = Word(last.text + word.text, last.kind, last.start, word.end)
                continue
        joined.append(word)
    return joined
