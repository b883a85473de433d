"""Whether a line goes on in the next one: a word that is broken at its end, two lines of one headline.

Columns of a newspaper break text anywhere: `社区工⏎⏎作人员`. Two characters on both sides of a break are often
neighbours inside a word, which the end of a headline and the first character of the text under it hardly ever are.
Neighbours come from a list (`data/lexicons/word_joints.txt`), and from the page, which prints its own words (names
of villages, of people) more than once. On composed pages these are found at 45 of 100 breaks, and at 3 of 100 ends of
headlines.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, pairwise
from typing import NamedTuple

import regex

from bulletinnlp.articles.headings import headline_score, unbalanced
from bulletinnlp.articles.lines import Line
from bulletinnlp.text.words import is_verb, neighbours

#: So many pairs of a page are read for its own words.
_READ = 400_000
#: Two lines of a headline are not longer together.
_HEADLINE = 60

_NUMBER = regex.compile(
    r"[\d.．][\d%％‰年月日时分点度元万亿千百个名人条项公米平吨亩户家]|[年月第][\d]|[a-zA-Z][a-zA-Z]", regex.ASCII
)
_HAN = regex.compile(r"\p{Han}{2,}")
_NEVER_FIRST = frozenset("了的着们得、，。；：！？…）)》】”’,;:!?%％‰℃")


def never_begins(text: str) -> bool:
    """Whether no sentence begins as this text does: 了, a mark."""
    return text[0] in _NEVER_FIRST


class WordBreaks:
    """Where words of a page are broken at the ends of lines.

    >>> from bulletinnlp.articles.lines import lines
    >>> page = lines("驻守在社区工\\n作人员的身影\\n申丽\\n静打来电话，申丽静说")
    >>> breaks = WordBreaks(page)
    >>> [breaks.between(*pair) for pair in pairwise(page)]
    [True, False, True]
    """

    def __init__(self, printed: list[Line]) -> None:
        self._on_page = set(islice(_neighbours(printed), _READ))

    def between(self, line: Line, following: Line) -> bool:
        """Whether a word or a number is broken at the end of `line`."""
        pair = line.text[-1] + following.text[0]
        return (
            never_begins(following.text)
            or pair in self._on_page
            or pair in neighbours()
            or _NUMBER.fullmatch(pair) is not None
        )


def _neighbours(printed: list[Line]) -> Iterator[str]:
    for line in printed:
        for run in _HAN.finditer(line.text):
            text = run.group()
            yield from map(str.__add__, text, text[1:])


class Continuation(NamedTuple):
    """How a line goes on with the line right above it."""

    #: Whether a word is broken between the two.
    breaks_word: bool = False
    #: How much the two look like one headline (`headline_score`).
    headline: float = -9.0
    #: Whether the line closes a quotation or a bracket that the one above opens.
    balances: bool = False
    #: Whether the line above is half a clause, or this one goes on with a verb: 东关镇举办|丰收节, 一棵古树|牵动全村人.
    clause: bool = False


def continuations(printed: list[Line], breaks: WordBreaks) -> list[Continuation]:
    """For each line how it goes on with the line above it; the first goes on with none.

    >>> from bulletinnlp.articles.lines import lines
    >>> page = lines("东关镇杨庄村举办\\n丰收节")
    >>> continuations(page, WordBreaks(page))[1]
    Continuation(breaks_word=False, headline=1.0, balances=False, clause=True)
    """
    return [Continuation()][: len(printed)] + [_continuation(*pair, breaks) for pair in pairwise(printed)]


def _continuation(above: Line, line: Line, breaks: WordBreaks) -> Continuation:
    if above.closes:
        return Continuation()
    breaks_word = breaks.between(above, line)
    both = above.text + line.text
    if len(both) > _HEADLINE:
        return Continuation(breaks_word)
    return Continuation(
        breaks_word,
        headline_score(both),
        balances=unbalanced(above.text) and not unbalanced(both),
        clause=is_verb(above.text[-2:]) or is_verb(line.text[:2]),
    )
