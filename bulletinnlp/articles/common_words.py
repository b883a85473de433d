"""Common words: whether a string holds one, is a verb, and which characters are neighbours inside of them."""

from __future__ import annotations

from functools import cache

from bulletinnlp.data import table
from bulletinnlp.text.words import word_class

#: Classes of `data/lexicons/words.txt`: verbs, and nouns that are verbs as well.
_VERBS = ("v", "N")


def holds_a_word(text: str) -> bool:
    """Whether a common word begins or ends a string of a few characters, as it does hardly ever in a name.

    >>> holds_a_word("了解到"), holds_a_word("丰收节"), holds_a_word("裘小云")
    (True, True, False)
    """
    return any(word_class(text[:n]) or word_class(text[-n:]) for n in range(2, len(text) + 1))


def is_verb(text: str) -> bool:
    """Whether a string is a verb of two characters or more: 惊醒, 举办."""
    return len(text) > 1 and word_class(text) in _VERBS


@cache
def neighbours() -> frozenset[str]:
    """Pairs of characters that stand side by side inside common words (`data/lexicons/word_joints.txt`)."""
    return frozenset(first + second for first, others in table("word_joints") for second in others)
