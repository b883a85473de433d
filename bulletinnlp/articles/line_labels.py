"""The label of every line of a page: banner, eyebrow, headline, body, byline …

A page is read as a row of lines, and each article as

    [banner] [eyebrow] [headline [second line]] [byline] body … [caption] … body [byline]

The labels are chosen that have the highest sum of scores (Viterbi 1967): of what each line looks like
(`line_features`), and of which label may follow which (`TransitionScores`). Two things make it work on pages whose
columns break anywhere:

- One bit of memory, whether the article has its byline already. An article that ends without one is rare, so a short
  line in mid-article (`在梅仙镇⏎下保村，池鸿儒来到…`) is a headline only where it pays for the missing signature; and a
  second signature in an article says that a new one must have begun before.
- Whether a word is broken at the end of a line (`line_continuation`): hardly ever from a headline into the text under
  it.

The work for a line is constant, so the time is linear in the page.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum

from bulletinnlp.articles.line_continuation import Continuation
from bulletinnlp.articles.line_features import FEW_SIGNATURES, IMPOSSIBLE, LineFeatures, signature_count


class LineLabel(IntEnum):
    """What a line is in its article. Labels of the body come twice: with and without a byline before them."""

    #: Part of no article.
    STRAY = 0
    BANNER = 1
    EYEBROW = 2
    HEADLINE = 3
    HEADLINE_2 = 4  #: a line of a headline that is not its first
    TOP_BYLINE = 5  #: under the headline
    OPENING = 6  #: the first line of the body
    OPENING_SIGNED = 7
    BODY = 8
    BODY_SIGNED = 9
    FOOT_BYLINE = 10
    #: An item with a mark (▲) that is an article of its own.
    BRIEF = 11
    #: The caption of a picture inside an article, between paragraphs; right under its headline.
    CAPTION = 12
    HEADLINE_CAPTION = 13


# As plain numbers, which index the scores.
(
    STRAY, BANNER, EYEBROW, HEADLINE, HEADLINE_2, TOP_BYLINE, OPENING, OPENING_SIGNED, BODY, BODY_SIGNED, FOOT_BYLINE,
    BRIEF, CAPTION, HEADLINE_CAPTION,
) = map(int, LineLabel)  # fmt: skip
_HEADLINES = (HEADLINE, HEADLINE_2)
_BODIES = (OPENING, OPENING_SIGNED, BODY, BODY_SIGNED, BRIEF)

#: A line with a lower score of a headline holds the end of a sentence.
_SENTENCE = -3.5


@dataclass(frozen=True, slots=True)
class TransitionScores:
    """What is rare, as a negative score (log-odds); set on composed pages of the written corpus, checked on others."""

    unsigned: float = -4.5  #: an article ends without a byline
    signed: float = -0.3  #: … with its byline at the top
    broken: float = -3.0  #: … in mid-sentence (it has no byline then)
    brief: float = -2.5  #: an article begins without banner or headline
    banner_brief: float = -1.5  #: … with a banner, without a headline
    unlikely_banner: float = 0.0  #: … and the banner does not look like one
    bare_banner: float = -3.0  #: a banner with nothing under it
    no_text: float = -7.0  #: a headline with nothing under it
    second_foot: float = -3.0  #: two signatures in one article, before and after the text
    again: float = -1.5  #: two lines of signature
    second_line: float = -3.5  #: a headline of two lines
    couplet: float = -1.8  #: … of two lines of the same length
    halves: float = -1.0  #: … of two short lines, which are a headline only together
    balances: float = 2.5  #: … whose second line closes a quotation that the first opens
    under: float = -1.0  #: one of them is the headline, the other a banner or an eyebrow
    clause: float = 1.5  #: … whose first line is half a clause
    breaks_word: float = -2.5  #: a word is broken at the end of a headline
    caption: float = -1.0  #: the caption of a picture inside an article
    fragment: float = -1.2  #: a paragraph of which a column break cut off the first words
    lone_line: float = -2.0  #: a body that begins with a line like a headline
    snippet: float = -2.5  #: a short line between two column breaks
    gap: float = 0.8  #: two empty lines or more before a new article; the place of a picture, in mid-article
    stray: float = -4.0  #: a short line that belongs to no article
    dateline: float = 4.0  #: a dateline at the beginning of the text, and not elsewhere

    def on_page(self, features: list[LineFeatures]) -> TransitionScores:
        """The scores on a page: one without any signature may leave all articles unsigned, and hardly has banners."""
        signed = signature_count(features)
        unsigned = self.unsigned * (0.3, 0.7, 0.85, 1.0)[min(signed, 3)]
        if signed < FEW_SIGNATURES:
            return replace(self, unsigned=unsigned, unlikely_banner=self.banner_brief)
        return replace(self, unsigned=unsigned, halves=1.5 * self.second_line, clause=0.0, under=0.0)


def label_lines(features: list[LineFeatures], continuations: list[Continuation]) -> list[LineLabel]:
    """The best label of every line. `continuations[i]` says how line `i` goes on with the one above it.

    >>> from bulletinnlp.articles.line_continuation import WordBreaks, continuations
    >>> from bulletinnlp.articles.line_features import features_of_lines
    >>> from bulletinnlp.articles.lines import lines
    >>> page = lines("县一中开学\\n本报讯 9月1日，县一中开学。\\n（记者 甲）")
    >>> labels = label_lines(features_of_lines(page), continuations(page, WordBreaks(page)))
    >>> [label.name for label in labels]
    ['HEADLINE', 'OPENING', 'FOOT_BYLINE']
    """
    if not features:
        return []
    viterbi = _Viterbi(TransitionScores().on_page(features))
    sources = [viterbi.add(*line) for line in zip(features, continuations, strict=True)]
    label = viterbi.best_end()[0]
    labels = [LineLabel(label)]
    for source in reversed(sources[1:]):
        label = source[label]
        labels.append(LineLabel(label))
    return labels[::-1]


class _Viterbi:
    """The best score of each label at one line, and how it is reached from the labels of the line before it."""

    def __init__(self, transitions: TransitionScores) -> None:
        self.transitions = transitions
        self.score = [IMPOSSIBLE] * len(LineLabel)
        #: The line that was added last.
        self.last: LineFeatures | None = None

    def best_end(self) -> tuple[int, float]:
        """The best label for the last line if an article ends with it, and its score."""
        if self.last is None:
            return STRAY, 0.0
        ends = [score + self._ending(label, self.last) for label, score in enumerate(self.score)]
        best = max(range(len(ends)), key=ends.__getitem__)
        return best, ends[best]

    def _ending(self, label: int, last: LineFeatures) -> float:
        """What it costs that an article ends after the last line with this label."""
        transitions = self.transitions
        if label in (STRAY, FOOT_BYLINE):
            return 0.0
        if label in (HEADLINE, HEADLINE_2, EYEBROW, TOP_BYLINE, HEADLINE_CAPTION):
            return transitions.no_text
        if label == BANNER:
            return transitions.bare_banner
        if label == BRIEF and last.brief:
            return 0.0
        if not last.closes:
            return transitions.broken
        return transitions.unsigned if label in (OPENING, BODY, CAPTION) else transitions.signed

    def add(self, this: LineFeatures, continuation: Continuation) -> bytes:
        """Go on to the next line; gives from which label each of its labels is reached."""
        self.new = [IMPOSSIBLE] * len(LineLabel)
        self.source = bytearray(len(LineLabel))
        self.this = this
        #: The best way to begin an article with this line.
        self.before, self.begin = self.best_end()
        if this.gap >= 2:
            self.begin += self.transitions.gap
        if continuation.breaks_word:
            self.begin += self.transitions.breaks_word
        elif self.last and not self.last.closes and self.before in _BODIES:
            self.begin += 0.5
        #: A line that looks like a signature is hardly anything else.
        self.unlike = -max(this.signature - 0.5, 0.0)
        if not this.opens:
            self._heading(continuation)
        self._opening(continuation)
        if self.last is not None:
            self._body(self.last)
            self._signature(self.last)
        if this.brief:
            self._brief()
        if this.caption:
            self._caption()
        self.score, self.last = self.new, this
        return bytes(self.source)

    def _reach(self, label: int, value: float, source: int) -> None:
        if value > self.new[label]:
            self.new[label] = value
            self.source[label] = source

    def _from(self, sources: tuple[int, ...], label: int, value: float) -> None:
        for source in sources:
            self._reach(label, self.score[source] + value, source)

    def _heading(self, continuation: Continuation) -> None:
        """Stray lines, banners, eyebrows, headlines."""
        this, transitions, begin, before = self.this, self.transitions, self.begin, self.before
        likely = 1 if this.length <= 30 and not this.closes and this.headline > _SENTENCE else 3
        stray = max(this.furniture, 0.0) + likely * transitions.stray
        self._reach(STRAY, begin + stray, before)
        self._reach(BANNER, begin + this.banner + self.unlike, before)
        self._reach(EYEBROW, begin + this.eyebrow + self.unlike, before)
        first = this.headline + self.unlike - 3.0 * this.dash
        self._reach(HEADLINE, begin + first, before)
        over = transitions.breaks_word if continuation.breaks_word else 0.0
        self._from((BANNER,), EYEBROW, this.eyebrow + self.unlike + over)
        if self.last is None:
            return
        under = transitions.under if self._halves(self.last) else 0.0
        self._from((BANNER, EYEBROW), HEADLINE, first + over + under)
        second = self._second_line(self.last, continuation) + self.unlike - over
        self._from(_HEADLINES, HEADLINE_2, second)

    def _second_line(self, first: LineFeatures, continuation: Continuation) -> float:
        """How well the line continues a headline rather than standing under an eyebrow or a banner."""
        this, transitions = self.this, self.transitions
        if this.block:
            return IMPOSSIBLE
        if this.dash:
            return this.headline + 2.0
        value = max(this.headline, min(continuation.headline - first.headline, 0.0) + 1.0)
        value += transitions.balances * continuation.balances
        if self._halves(first):
            return value + transitions.halves
        if first.length >= 6 and abs(first.length - this.length) <= 2:
            return value + transitions.couplet
        value += transitions.clause * continuation.clause
        alike = first.length >= (6 if continuation.clause else 9) and this.length <= 1.6 * first.length
        return value + (transitions.second_line if alike else 1.5 * transitions.second_line)

    def _halves(self, first: LineFeatures) -> bool:
        """Whether a headline would be as short as a line of two: 半夜山火|惊醒三个村."""
        short = first.length <= 8 and self.this.length <= 9 and first.length + self.this.length <= 16
        return short and first.banner <= -1.0 and first.eyebrow < 0

    def _opening(self, continuation: Continuation) -> None:
        """The first line of the body."""
        this, transitions = self.this, self.transitions
        value = self.unlike - max(this.furniture, 0.0)
        value += transitions.dateline if this.opens else 0.6 if this.fresh else -0.2
        if not this.closes and this.length <= 45:
            value += transitions.fragment - max(this.headline - 1.0, 0.0)
        over = transitions.breaks_word if continuation.breaks_word else 0.2
        first = OPENING_SIGNED if this.byline_end or this.tail else OPENING
        self._from((*_HEADLINES, HEADLINE_CAPTION), first, value + over)
        if self.last is not None:
            unlikely = transitions.unlikely_banner if self.last.banner <= 0 else 0.0
            banner = min(self.last.banner, 0.0)
            self._from((BANNER,), first, value + over + transitions.banner_brief + unlikely + banner)
        self._from((EYEBROW,), first, value + over + 2 * transitions.banner_brief)
        self._from((TOP_BYLINE,), OPENING_SIGNED, value)
        self._reach(first, self.begin + value + (0.0 if this.resumes else transitions.brief), self.before)

    def _brief(self) -> None:
        """An item that is an article, under a banner or behind another one."""
        alone = self.transitions.brief + (0.0 if self.this.closes else self.transitions.broken)
        self._reach(BRIEF, self.begin + self.unlike + alone, self.before)
        self._from((BANNER, BRIEF), BRIEF, self.unlike)

    def _caption(self) -> None:
        """A caption inside an article that goes on behind it."""
        self._from(_HEADLINES, HEADLINE_CAPTION, self.transitions.caption)
        self._from((OPENING, BODY), CAPTION, self.transitions.caption)

    def _body(self, last: LineFeatures) -> None:
        """Another line of the same body."""
        this, transitions = self.this, self.transitions
        value = self.unlike - max(this.furniture, 0.0) - (transitions.dateline if this.opens else 0.0)
        if not this.closes and this.length <= 45 and not this.item:
            value += transitions.fragment if last.closes else transitions.snippet if this.length <= 34 else 0.0
        if not last.closes and this.fresh:
            value -= 0.6
        if this.resumes:
            value += transitions.broken
        lone_line = transitions.lone_line if this.fresh and not last.closes and last.headline > 0 else 0.0
        body = BODY_SIGNED if this.tail else BODY
        self._from((OPENING,), body, value + lone_line)
        self._from((BODY, CAPTION), body, value)
        if not this.brief:
            self._from((BRIEF,), BODY_SIGNED, value)
        if not last.tail:
            signed = value + transitions.second_foot if this.tail else value
            self._from((OPENING_SIGNED, BODY_SIGNED), BODY_SIGNED, signed)

    def _signature(self, last: LineFeatures) -> None:
        """A byline under the headline or at the foot."""
        sign, transitions = self.this.signature, self.transitions
        if sign <= 0:
            return
        self._from(_HEADLINES, TOP_BYLINE, sign + 0.5)
        self._from((TOP_BYLINE,), TOP_BYLINE, sign + transitions.again)
        foot = sign if last.closes else sign - 1.0
        self._from((OPENING, BODY, BRIEF), FOOT_BYLINE, foot)
        self._from((OPENING_SIGNED, BODY_SIGNED), FOOT_BYLINE, foot + transitions.second_foot)
        self._from((FOOT_BYLINE,), FOOT_BYLINE, sign + transitions.again)
