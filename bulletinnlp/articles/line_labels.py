"""The structure of a page: which line is a banner, an eyebrow, a headline, body or byline.

A page is read as a row of lines, and each article as

    [banner] [eyebrow] [headline [second line]] [byline] body … [caption] … body [byline]

The path of states through the lines is chosen that has the highest sum of scores (Viterbi 1967): what each line looks
like (`look`), and what may follow what. Two things make it work on pages whose columns are cut anywhere:

- One bit of memory, whether the article has its byline already. An article that ends without one is rare, so a short
  line in mid-article (`在梅仙镇⏎下保村，池鸿儒来到…`) is a headline only where it pays for the missing signature; and a
  second signature in an article says that a new one must have begun before.
- Whether a word runs over the end of a line (`joints`): hardly ever from a headline into the text under it.

The work for a line is constant, so the time is linear in the page.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from bulletinnlp.articles import headings as cues
from bulletinnlp.articles.datelines import opening
from bulletinnlp.articles.line_continuation import Joint
from bulletinnlp.articles.lines import Line
from bulletinnlp.articles.signatures import caption_signature, likeness, tail_signature

# The states. Body states come twice: the article has no byline yet (0), or has one (1).
# A brief is an item with a mark (▲), an article of its own; a caption stands inside an article, under its headline or
# between paragraphs.
STRAY, BANNER, EYEBROW, HEAD, HEAD2, TOPLINE, OPEN0, OPEN1, BODY0, BODY1, FOOT, BRIEF, CAPTION, HEAD_CAPTION = range(14)
STATES = 14
CAPTIONS = (CAPTION, HEAD_CAPTION)
NEVER = -1e9
_BODIES = (OPEN0, OPEN1, BODY0, BODY1, BRIEF)

#: A page with fewer signatures has one article, or leaves them unsigned.
FEW = 3
#: A shorter item without a full stop is no brief.
_BRIEF = 12
#: A line with a lower score of a headline holds the end of a sentence.
_SENTENCE = -3.5
#: A longer line is running text.
_SHORT = 60


@dataclass(frozen=True, slots=True)
class Costs:
    """What is rare, as a negative score (log-odds); set on composed pages of the written corpus, checked on others."""

    unsigned: float = -4.5  #: an article ends without a byline
    signed: float = -0.3  #: … with its byline at the top
    broken: float = -3.0  #: … in mid-sentence (it has no byline then)
    brief: float = -2.5  #: an article begins without banner or headline
    banner_brief: float = -1.5  #: … with a banner, without a headline
    unlikely_banner: float = 0.0  #: … and the banner does not look like one
    no_text: float = -7.0  #: a headline with nothing under it
    second_foot: float = -3.0  #: two signatures in one article, before and after the text
    again: float = -1.5  #: two lines of signature
    second_line: float = -3.5  #: a headline of two lines
    couplet: float = -1.8  #: … of two lines of the same length
    halves: float = -1.0  #: … of two short lines, which are a headline only together
    heals: float = 2.5  #: … whose second line closes a quotation that the first opens
    under: float = -1.0  #: one of them is the headline, the other a banner or an eyebrow
    clause: float = 1.5  #: … whose first line is half a clause
    run_over: float = -2.5  #: a word runs over the end of a headline
    caption: float = -1.0  #: the caption of a picture inside an article
    fragment: float = -1.2  #: a paragraph of which a column break cut off the first words
    lone_line: float = -2.0  #: a body that begins with a line like a headline
    snippet: float = -2.5  #: a short line between two column breaks
    gap: float = 0.8  #: two empty lines or more before a new article; the place of a picture, in mid-article
    stray: float = -4.0  #: a short line that belongs to no article
    dateline: float = 4.0  #: a dateline at the beginning of the text, and not elsewhere


class Look(NamedTuple):
    """What a line looks like, whatever stands around it; scores as in `cues`."""

    stray: float
    banner: float
    eyebrow: float
    title: float
    signature: float
    #: Where a dateline ends that it begins with, and a byline behind that (本报讯（记者 甲）); 0 for none.
    dateline: int
    lead: int
    #: Where a byline at the end of running text begins, else 0.
    tail: int
    closes: bool
    #: Whether it begins as articles begin: with a date, 近日, a quotation.
    fresh: bool
    #: Whether it is an item of a list, and whether one with a mark that is a text by itself (▲6月8日，……。).
    item: bool
    bullet: bool
    #: Whether it is a row of a table, a verse or a sub-heading: body, and a paragraph.
    block: bool
    #: Whether it is the caption of a picture, signed by the photographer.
    caption: bool
    #: Whether it begins with a dash, as the second line of a headline does.
    dash: bool
    #: Whether a mark says that it comes from another page.
    resumes: bool
    length: int
    #: Empty lines before it.
    gap: int

    @property
    def opens(self) -> bool:
        """Whether it begins with a dateline or a byline, as the text of an article does."""
        return self.dateline > 0 or self.lead > 0

    @property
    def is_text(self) -> bool:
        """Whether it is hardly anything but the text of an article."""
        return self.opens or self.length > _SHORT or (self.closes and self.fresh)


def look(line: Line, resumes: bool = False) -> Look:
    """The scores of one line. `resumes` says that 上接第1版 stands before it."""
    text = line.text
    found = opening(text)
    short = len(text) <= _SHORT
    caption = caption_signature(text)
    short = short and not caption
    tail = caption or tail_signature(text)
    return Look(
        stray=cues.furniture_score(text),
        banner=cues.banner_score(text) if short else NEVER,
        eyebrow=cues.eyebrow_score(text) if short else NEVER,
        title=cues.title_score(text) if short else NEVER,
        signature=NEVER if caption else likeness(text),
        dateline=found.dateline,
        lead=found.byline,
        tail=tail,
        closes=line.closes or tail > 0,
        fresh=cues.opens_like_body(text),
        item=short and cues.list_item(text),
        bullet=cues.bullet(text) and (line.closes or tail > 0 or len(text) >= _BRIEF),
        block=False,
        caption=caption > 0,
        dash=text.startswith(("——", "──", "--", "—")),
        resumes=resumes,
        length=len(text),
        gap=line.gap,
    )


def as_block(seen: Look) -> Look:
    """The look of a line that is a row, a verse or a sub-heading: nothing but body."""
    body = seen._replace(closes=True, item=True, block=True)
    return body._replace(banner=NEVER, eyebrow=NEVER, title=NEVER, signature=NEVER)


def signatures(looks: list[Look]) -> int:
    """How many lines of a page hold a signature."""
    return sum(seen.signature > 2 or seen.lead > 0 or seen.tail > 0 for seen in looks)


def paths(looks: list[Look], between: list[Joint], costs: Costs) -> list[int]:
    """The best state of every line. `between[i]` is the joint of lines `i` and `i + 1`."""
    if not looks:
        return []
    step = _Step(_costs_of(looks, costs))
    back: list[bytes] = []
    for i, this in enumerate(looks):
        back.append(step.to(this, between[i - 1] if i else Joint()))
    state = step.best_end()
    path = [state]
    for came in reversed(back[1:]):
        state = came[state]
        path.append(state)
    return path[::-1]


def _costs_of(looks: list[Look], costs: Costs) -> Costs:
    """The costs on this page: one without any signature may leave all articles unsigned, and hardly has banners."""
    signed = signatures(looks)
    unsigned = costs.unsigned * (0.3, 0.7, 0.85, 1.0)[min(signed, 3)]
    if signed < FEW:
        return replace(costs, unsigned=unsigned, unlikely_banner=costs.banner_brief)
    return replace(costs, unsigned=unsigned, halves=1.5 * costs.second_line, clause=0.0, under=0.0)


class _Step:
    """The scores of all states at one line, and the way to the next line."""

    def __init__(self, costs: Costs) -> None:
        self.costs = costs
        self.score = [NEVER] * STATES
        self.last: Look | None = None

    def best_end(self) -> int:
        """The best state for the last line of the page."""
        ends = [self.score[state] + self._ending(state) for state in range(STATES)]
        return max(range(STATES), key=ends.__getitem__)

    def _ending(self, state: int) -> float:
        """What it costs that an article ends after the last line in this state."""
        costs, last = self.costs, self.last
        if last is None or state in (STRAY, FOOT):
            return 0.0
        if state in (HEAD, HEAD2, EYEBROW, TOPLINE, HEAD_CAPTION):
            return costs.no_text
        if state == BANNER:
            return -3.0
        if state == BRIEF and last.bullet:
            return 0.0
        if not last.closes:
            return costs.broken
        return costs.unsigned if state in (OPEN0, BODY0, CAPTION) else costs.signed

    def to(self, this: Look, joint: Joint) -> bytes:
        """Go on to the next line; from which state each state was reached."""
        self.new = [NEVER] * STATES
        self.came = bytearray(STATES)
        self.this = this
        ended = [self.score[state] + self._ending(state) for state in range(STATES)]
        self.before = max(range(STATES), key=ended.__getitem__) if self.last else STRAY
        self.begin = ended[self.before] if self.last else 0.0
        if this.gap >= 2:
            self.begin += self.costs.gap
        if joint.over:
            self.begin += self.costs.run_over
        elif self.last and not self.last.closes and self.before in _BODIES:
            self.begin += 0.5
        #: A line that looks like a signature is hardly anything else.
        self.unlike = -max(this.signature - 0.5, 0.0)
        if not this.opens:
            self._heading(joint)
        self._opening(joint)
        if self.last is not None:
            self._going_on(self.last)
            self._signature(self.last)
        if this.bullet:
            self._brief()
        if this.caption:
            self._caption()
        self.score, self.last = self.new, this
        return bytes(self.came)

    def _reach(self, state: int, value: float, source: int) -> None:
        if value > self.new[state]:
            self.new[state] = value
            self.came[state] = source

    def _from(self, source: int, state: int, value: float) -> None:
        self._reach(state, self.score[source] + value, source)

    def _heading(self, joint: Joint) -> None:
        """Stray lines, banners, eyebrows, headlines."""
        this, costs, begin, before = self.this, self.costs, self.begin, self.before
        likely = 1 if this.length <= 30 and not this.closes and this.title > _SENTENCE else 3
        stray = max(this.stray, 0.0) + likely * costs.stray
        self._reach(STRAY, begin + stray, before)
        self._reach(BANNER, begin + this.banner + self.unlike, before)
        self._reach(EYEBROW, begin + this.eyebrow + self.unlike, before)
        title = this.title + self.unlike
        first = title - 3.0 if this.dash else title
        self._reach(HEAD, begin + first, before)
        over = costs.run_over if joint.over else 0.0
        self._from(BANNER, EYEBROW, this.eyebrow + self.unlike + over)
        whole = costs.under if self.last is not None and self._halves(self.last) else 0.0
        for above in (BANNER, EYEBROW):
            self._from(above, HEAD, first + over + whole)
        if self.last is not None:
            second = self._second(self.last, joint) + self.unlike - over
            for head in (HEAD, HEAD2):
                self._from(head, HEAD2, second)

    def _second(self, first: Look, joint: Joint) -> float:
        """How well the line continues a headline rather than standing under an eyebrow or a banner."""
        this, costs = self.this, self.costs
        if this.block:
            return NEVER
        if this.dash:
            return this.title + 2.0
        title = max(this.title, min(joint.title - first.title, 0.0) + 1.0) + costs.heals * joint.heals
        if self._halves(first):
            return title + costs.halves
        if first.length >= 6 and abs(first.length - this.length) <= 2:
            return title + costs.couplet
        value = title + costs.clause * joint.clause
        alike = first.length >= (6 if joint.clause else 9) and this.length <= 1.6 * first.length
        return value + (costs.second_line if alike else 1.5 * costs.second_line)

    def _halves(self, first: Look) -> bool:
        """Whether a headline would be as short as a line of two: 半夜山火|惊醒三个村."""
        short = first.length <= 8 and self.this.length <= 9 and first.length + self.this.length <= 16
        return short and first.banner <= -1.0 and first.eyebrow < 0

    def _opening(self, joint: Joint) -> None:
        """The first line of the body."""
        this, costs = self.this, self.costs
        value = self.unlike - max(this.stray, 0.0)
        value += costs.dateline if this.opens else 0.6 if this.fresh else -0.2
        if not this.closes and this.length <= 45:
            value += costs.fragment - max(this.title - 1.0, 0.0)
        over = costs.run_over if joint.over else 0.2
        first = OPEN1 if this.lead or this.tail else OPEN0
        for head in (HEAD, HEAD2, HEAD_CAPTION):
            self._from(head, first, value + over)
        if self.last is not None:
            unlikely = costs.unlikely_banner if self.last.banner <= 0 else 0.0
            self._from(BANNER, first, value + over + costs.banner_brief + unlikely + min(self.last.banner, 0.0))
        self._from(EYEBROW, first, value + over + 2 * costs.banner_brief)
        self._from(TOPLINE, OPEN1, value)
        self._reach(first, self.begin + value + (0.0 if this.resumes else costs.brief), self.before)

    def _brief(self) -> None:
        """An item that is an article, under a banner or behind another one."""
        alone = self.costs.brief if self.this.closes else self.costs.brief + self.costs.broken
        self._reach(BRIEF, self.begin + self.unlike + alone, self.before)
        for before in (BANNER, BRIEF):
            self._from(before, BRIEF, self.unlike)

    def _caption(self) -> None:
        """A caption inside an article that goes on behind it."""
        for before, state in ((HEAD, HEAD_CAPTION), (HEAD2, HEAD_CAPTION), (OPEN0, CAPTION), (BODY0, CAPTION)):
            self._from(before, state, self.costs.caption)

    def _going_on(self, last: Look) -> None:
        """Another line of the same body."""
        this, costs = self.this, self.costs
        value = self.unlike - max(this.stray, 0.0) - (costs.dateline if this.opens else 0.0)
        if not this.closes and this.length <= 45 and not this.item:
            value += costs.fragment if last.closes else costs.snippet if this.length <= 34 else 0.0
        if not last.closes and this.fresh:
            value -= 0.6
        headline = costs.lone_line if this.fresh and not last.closes and last.title > 0 else 0.0
        if this.resumes:
            value += costs.broken
        unsigned = BODY1 if this.tail else BODY0
        for body in (OPEN0, BODY0, CAPTION):
            self._from(body, unsigned, value + headline * (body == OPEN0))
        if not this.bullet:
            self._from(BRIEF, BODY1, value)
        if not last.tail:
            for body in (OPEN1, BODY1):
                self._from(body, BODY1, value + costs.second_foot if this.tail else value)

    def _signature(self, last: Look) -> None:
        """A byline under the headline or at the foot."""
        sign, costs = self.this.signature, self.costs
        if sign <= 0:
            return
        for head in (HEAD, HEAD2):
            self._from(head, TOPLINE, sign + 0.5)
        self._from(TOPLINE, TOPLINE, sign + costs.again)
        broken = 0.0 if last.closes else -1.0
        for body in (OPEN0, BODY0):
            self._from(body, FOOT, sign + broken)
        self._from(BRIEF, FOOT, sign + broken)
        for body in (OPEN1, BODY1):
            self._from(body, FOOT, sign + broken + costs.second_foot)
        self._from(FOOT, FOOT, sign + costs.again)
