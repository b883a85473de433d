"""Common words, as the splitter asks for them: whether a string is one, whether it is a verb."""

from __future__ import annotations

from functools import cache

from bulletinnlp.data import table

#: Classes of `data/lexicons/words.txt`: verbs, and nouns that are verbs as well.
_VERBS = frozenset(("v", "N"))


@cache
def _words() -> tuple[frozenset[str], frozenset[str]]:
    """The words of two characters and more, and the verbs among them."""
    rows = [(kind, words.split(" ")) for kind, _, words in table("words")]
    rows = [*((kind, words.split(" ")) for kind, words in table("word_classes")), *rows]
    known = frozenset(word for _, words in rows for word in words if len(word) > 1)
    return known, frozenset(word for kind, words in rows if kind in _VERBS for word in words if len(word) > 1)


def holds_a_word(text: str) -> bool:
    """Whether a common word begins or ends a string of a few characters, as it does hardly ever in a name.

    >>> holds_a_word("了解到"), holds_a_word("丰收节"), holds_a_word("裘小云")
    (True, True, False)
    """
    known, _ = _words()
    return any(text[:n] in known or text[-n:] in known for n in range(2, len(text) + 1))


def begins_with_verb(text: str) -> bool:
    """Whether a string begins with a verb of two characters: 惊醒三个村, 观看红色电影."""
    return text[:2] in _words()[1]


def ends_with_verb(text: str) -> bool:
    """Whether a string ends with a verb of two characters: 东关镇杨庄村举办."""
    return text[-2:] in _words()[1]
