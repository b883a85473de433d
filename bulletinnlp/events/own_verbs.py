"""What a user's verbs do to events (`verbs.txt`).

The network of events finds triggers by their sentence, not by a list. A verb that a user adds helps it: where the
network leaves out such a word but takes it for a trigger with some chance, it is one, with that chance as its score; a
trigger that is a part of the word becomes the word. In 亮灯工程 it sees none, so there is none. The verb's type, if the
user gives one, takes the place of what the models say. A verb that is taken away is no trigger.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import numpy as np
import regex
from numpy.typing import NDArray

from bulletinnlp.events.article_context import ArticleContext
from bulletinnlp.events.triggers import Trigger
from bulletinnlp.lexicons import added, per_lexicons, removed
from bulletinnlp.text.mentions import meets
from bulletinnlp.text.patterns import any_of

#: A verb of the user's is a trigger from this share of the threshold on, at its likeliest character.
NEAR = 0.3


@per_lexicons
def _pattern() -> regex.Pattern[str]:
    """The verbs that the user adds."""
    return regex.compile(any_of(row[0] for row in added("verbs")))


@per_lexicons
def _types() -> dict[str, str]:
    """The types that the user gives to verbs."""
    return {row[0]: row[1] for row in added("verbs") if len(row) > 1}


@per_lexicons
def _gone() -> frozenset[str]:
    """The verbs that the user takes away."""
    return frozenset(row[0] for row in removed("verbs"))


def own_type(trigger: str) -> str | None:
    """The type that the user gives to a trigger, or to the verb that it ends in (集体揭榜); None if there is none."""
    types = _types()
    return next((types[trigger[at:]] for at in range(len(trigger)) if trigger[at:] in types), None) if types else None


def is_taken_away(trigger: str) -> bool:
    """Whether the user has taken a verb away."""
    return trigger in _gone()


def with_own_verbs(
    article: ArticleContext, chance: NDArray[np.float32], found: Sequence[Trigger], threshold: float
) -> list[Trigger]:
    """The triggers, with those that the user's verbs add and without those that they take away.

    `chance` holds for each character how likely it is in no trigger (column 0).
    """
    kept = [one for one in found if not is_taken_away(article.text[one.start : one.end])]
    starts = [one.start for one in kept]
    names = [(mention.start, mention.end) for mention in article.mentions]
    replaced: set[int] = set()
    new: list[Trigger] = []
    for passage in article.passages:
        if passage.in_headline == article.has_body:
            continue
        for match in _pattern().finditer(article.text, passage.start, passage.end):
            start, end = match.span()
            before, behind = bisect_right(starts, start) - 1, bisect_left(starts, end)
            first = before if before >= 0 and kept[before].end > start else before + 1
            touching = kept[first:behind]
            if meets(names, start, end) or any(one.start < start or one.end > end for one in touching):
                continue  # 建设 of 建设局; 认养 of 确认养老金
            likely = 1 - chance[start:end, 0]
            if touching or float(likely.max()) >= NEAR * threshold:
                replaced.update(range(first, behind))
                new.append(Trigger(start, end, max([float(likely.mean()), *(one.score for one in touching)])))
    return sorted([*(one for at, one in enumerate(kept) if at not in replaced), *new])
