"""The structure of a page: which line is a banner, an eyebrow, a headline, body or byline.

A page is read as a row of lines, and each article as

    [banner] [eyebrow] [headline [second line]] [byline] body … body [byline]

A hidden-state path over the lines is chosen that has the highest sum of scores (Viterbi 1967): what each line looks like
(`cues`, `signature`), and what follows what. One bit of memory makes it work on pages whose lines are cut anywhere: whether
the article has its byline already. An article that ends without one is rare, so a short line in mid-article
(`在梅仙镇⏎下保村，池鸿儒来到…`) is taken for a headline only where it pays for the signature that is missing. The
cost of a line is constant, the time linear in the text.
"""

from __future__ import annotations

from typing import NamedTuple

from bulletinnlp.articles import cues
from bulletinnlp.articles.lines import Line
from bulletinnlp.articles.signature import likeness

# The states. Body states come twice: the article has no byline yet (0), or has one (1).
STRAY, BANNER, EYEBROW, HEAD, HEAD2, TOPLINE, OPEN0, OPEN1, BODY0, BODY1, FOOT = range(11)
STATES = 11
_NONE = -1e9


class Costs(NamedTuple):
    """What is rare, as a negative score. Chosen on composed pages of the written corpus, then checked on others."""

    unsigned: float = -4.0
    signed: float = -0.3
    broken: float = -3.0
    brief: float = -2.5
    banner_brief: float = -0.8
    second_foot: float = -3.0
    foot_again: float = -1.5
    stray_after: float = -1.0


class Look(NamedTuple):
    """What a line looks like, whatever stands around it."""

    stray: float
    banner: float
    eyebrow: float
    title: float
    signature: float
    dateline: bool
    lead: bool  # a bracket with names right behind the dateline
    tail: int  # where a byline at the end of a line of text begins, else 0
    closes: bool
    length: int


def look(line: Line) -> Look:
    """The scores of one line."""
    text = line.text
    found = cues.dateline(text)
    lead = found is not None and found[1] > found[0] and likeness(text[found[0] : found[1]].strip()) > 1
    short = len(text) <= 60
    return Look(
        stray=cues.furniture_score(text) if len(text) <= 90 else -9.0,
        banner=cues.banner_score(text) if short else _NONE,
        eyebrow=cues.eyebrow_score(text) if short else _NONE,
        title=cues.title_score(text) if short else _NONE,
        signature=likeness(text),
        dateline=found is not None,
        lead=lead,
        tail=tail_signature(text),
        closes=line.closes,
        length=len(text),
    )


def tail_signature(text: str) -> int:
    """Where a byline in brackets at the end of a line of running text begins; 0 if there is none.

    >>> tail_signature("落到实处。（融媒体 全兴社）")
    5
    """
    if not text.endswith(("）", ")", "】")) or len(text) < 12:
        return 0
    at = max(text.rfind("（", -100), text.rfind("(", -100), text.rfind("【", -100))
    if at <= 0 or text[:at].rstrip()[-1:] not in "。！？”…!?":
        return 0
    return at if likeness(text[at:]) >= 3.5 else 0


def paths(looks: list[Look], costs: Costs) -> list[int]:
    """The best state of every line."""
    if not looks:
        return []
    back: list[bytes] = []
    score = [_NONE] * STATES
    previous: Look | None = None
    for this in looks:
        score, came = _step(score, previous, this, costs)
        back.append(came)
        previous = this
    assert previous is not None
    ends = [value + _ending(state, previous, costs) for state, value in enumerate(score)]
    state = max(range(STATES), key=ends.__getitem__)
    path = [state]
    for came in reversed(back[1:]):
        state = came[state]
        path.append(state)
    return path[::-1]


def _ending(state: int, last: Look, costs: Costs) -> float:
    """What it costs that an article ends after a line in this state."""
    if state in (HEAD, HEAD2, EYEBROW, TOPLINE):
        return -7.0
    if state == BANNER:
        return -1.0
    if state in (STRAY, FOOT):
        return 0.0
    broken = 0.0 if last.closes or last.tail else costs.broken
    return broken + (costs.unsigned if state in (OPEN0, BODY0) else costs.signed)


def _step(score: list[float], last: Look | None, this: Look, costs: Costs) -> tuple[list[float], bytes]:
    """Scores of all states at the next line, and from which state each came."""
    if last is None:
        ended = [_NONE] * STATES
        begin, before = 0.0, 0
    else:
        ended = [score[s] + _ending(s, last, costs) for s in range(STATES)]
        ended[BANNER] = score[BANNER] - 1.5
        before = max((FOOT, BODY1, OPEN1, BODY0, OPEN0, STRAY, BANNER), key=ended.__getitem__)
        begin = ended[before]
    new = [_NONE] * STATES
    came = bytearray(STATES)

    def reach(state: int, value: float, source: int) -> None:
        if value > new[state]:
            new[state] = value
            came[state] = source

    sign = this.signature
    unlike = -max(sign - 1.0, 0.0)  # a line that looks like a signature is hardly anything else
    reach(STRAY, begin + max(this.stray, -3.0 if this.length <= 30 else -9.0) + costs.stray_after, before)
    reach(BANNER, begin + this.banner + unlike, before)
    reach(EYEBROW, begin + this.eyebrow + unlike, before)
    reach(HEAD, begin + this.title + unlike, before)
    opening = (
        (4.0 if this.dateline else 0.0) + unlike - max(this.title - 1.0, 0.0) * (not this.closes) - max(this.stray, 0.0)
    )
    if last is not None:
        reach(EYEBROW, score[BANNER] + this.eyebrow + unlike, BANNER)
        reach(HEAD, score[BANNER] + this.title + unlike, BANNER)
        reach(HEAD, score[EYEBROW] + this.title + unlike + 0.3, EYEBROW)
        reach(HEAD2, score[HEAD] + this.title + unlike + _second_line(last, this), HEAD)
        for head in (HEAD, HEAD2):
            reach(TOPLINE, score[head] + sign + 0.5, head)
        reach(TOPLINE, score[TOPLINE] + sign + costs.foot_again, TOPLINE)
    first = OPEN1 if this.lead or this.tail else OPEN0
    if last is not None:
        for head in (HEAD, HEAD2):
            reach(first, score[head] + opening, head)
        reach(first, score[BANNER] + opening + costs.banner_brief, BANNER)
        reach(first, score[EYEBROW] + opening + costs.banner_brief - 2.0, EYEBROW)
        reach(OPEN1, score[TOPLINE] + opening, TOPLINE)
    reach(
        first,
        begin + opening + costs.brief - 1.5 * (last is not None and not last.closes and before not in (FOOT, STRAY)),
        before,
    )
    if last is not None:
        go_on = unlike - (4.0 if this.dateline else 0.0) - max(this.stray, 0.0)
        if not last.closes:
            go_on += 1.5
        for opened, body in ((OPEN0, BODY0), (BODY0, BODY0)):
            reach(BODY1 if this.tail else body, score[opened] + go_on, opened)
        if not last.tail:
            for opened in (OPEN1, BODY1):
                reach(BODY1, score[opened] + go_on, opened)
        for body in (OPEN0, BODY0):
            reach(FOOT, score[body] + sign + (0.0 if last.closes else -1.0), body)
        for body in (OPEN1, BODY1):
            reach(FOOT, score[body] + sign + costs.second_foot, body)
        reach(FOOT, score[FOOT] + sign + costs.foot_again, FOOT)
    return new, bytes(came)


def _second_line(first: Look, second: Look) -> float:
    """How well a line continues a headline."""
    if first.length >= 9 and second.length >= 5 and second.length <= 1.6 * first.length:
        return -2.0
    return -3.5
