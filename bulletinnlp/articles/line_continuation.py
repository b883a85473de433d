"""Whether a word runs over the end of a line.

Columns of a newspaper cut text anywhere: `社区工⏎⏎作人员`. Two characters on both sides of a cut are often neighbours
inside a word, which the end of a headline and the first character of the text under it hardly ever are. Two sources
know neighbours: a list (`data/lexicons/word_joints.txt`), and the page, which says its own words (names of villages,
of people) more than once. On composed pages one of them knows 45 of 100 cuts, and 3 of 100 ends of headlines.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import NamedTuple

import regex

from bulletinnlp.articles.common_words import begins_with_verb, ends_with_verb
from bulletinnlp.articles.headings import title_score, unbalanced
from bulletinnlp.articles.lines import Line
from bulletinnlp.data import table

#: So many characters of a page are looked at for its own words.
_READ = 400_000

_NUMBER = regex.compile(
    r"[\d.．][\d%％‰年月日时分点度元万亿千百个名人条项公米平吨亩户家]|[年月第][\d]|[a-zA-Z][a-zA-Z]", regex.ASCII
)


# No sentence begins with these.
_NEVER_FIRST = frozenset("了的着们得、，。；：！？…）)》】”’,;:!?%％‰℃")


@cache
def pairs() -> frozenset[str]:
    """Pairs of characters that stand side by side inside common words (`data/lexicons/word_joints.txt`)."""
    return frozenset(first + second for first, others in table("word_joints") for second in others)


class Joints:
    """What a page and the list know of neighbouring characters.

    >>> from bulletinnlp.articles.lines import lines
    >>> cut = lines("驻守在社区工\\n作人员的身影\\n申丽\\n静打来电话，申丽静说")
    >>> joints = Joints(cut)
    >>> [joints.runs_over(a, b) for a, b in zip(cut, cut[1:])]
    [True, False, True]
    """

    def __init__(self, printed: list[Line]) -> None:
        self.own = set(islice(_neighbours(printed), _READ))

    @staticmethod
    def never_first(text: str) -> bool:
        """Whether no sentence begins as this text does."""
        return text[0] in _NEVER_FIRST

    def runs_over(self, line: Line, following: Line) -> bool:
        """Whether a word or a number runs over the end of `line`."""
        pair = line.text[-1] + following.text[0]
        if self.never_first(following.text):
            return True
        return pair in self.own or pair in pairs() or _NUMBER.fullmatch(pair) is not None


class Joint(NamedTuple):
    """What two lines are to one another, the second right under the first."""

    #: Whether a word runs over the end of the first.
    over: bool = False
    #: How much the two look like one headline (as `cues.title_score`).
    title: float = -9.0
    #: Whether the second closes a quotation or a bracket that the first opens.
    heals: bool = False
    #: Whether the first is half a clause, or the second goes on with a verb: 东关镇举办|丰收节, 一棵古树|牵动全村人.
    clause: bool = False


#: Two lines of a headline are not longer together.
_HEADLINE = 60


def joint(first: Line, second: Line, over: bool) -> Joint:
    """The joint of two lines.

    >>> from bulletinnlp.articles.lines import lines
    >>> joint(*lines("东关镇杨庄村举办\\n丰收节"), over=False)
    Joint(over=False, title=1.0, heals=False, clause=True)
    """
    both = first.text + second.text
    if len(both) > _HEADLINE or first.closes:
        return Joint(over)
    return Joint(
        over,
        title_score(both),
        heals=unbalanced(first.text) and not unbalanced(both),
        clause=ends_with_verb(first.text) or begins_with_verb(second.text),
    )


_HAN = regex.compile(r"\p{Han}{2,}")


def _neighbours(printed: list[Line]) -> Iterator[str]:
    for line in printed:
        for run in _HAN.finditer(line.text):
            text = run.group()
            yield from map(str.__add__, text, text[1:])
