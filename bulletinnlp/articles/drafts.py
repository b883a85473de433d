"""From labelled lines to drafts: articles in the making, each with its pieces."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from bulletinnlp.annotations import PartKind
from bulletinnlp.articles.body_blocks import list_item
from bulletinnlp.articles.line_continuation import Continuation
from bulletinnlp.articles.line_features import LineFeatures
from bulletinnlp.articles.line_labels import LineLabel
from bulletinnlp.articles.lines import Line
from bulletinnlp.articles.reflow import Piece

#: Before the line with the dateline may stand a note of the editor.
_OPENING_LINES = 3

_HEADS = (LineLabel.EYEBROW, LineLabel.HEADLINE, LineLabel.HEADLINE_2)
_OPENINGS = (LineLabel.OPENING, LineLabel.OPENING_SIGNED)
_BYLINES = (LineLabel.TOP_BYLINE, LineLabel.FOOT_BYLINE)
#: Labels that make a line one part of its article.
_PARTS: dict[LineLabel, PartKind] = {
    LineLabel.EYEBROW: "eyebrow",
    LineLabel.HEADLINE: "headline",
    LineLabel.HEADLINE_2: "headline",
    LineLabel.TOP_BYLINE: "byline",
    LineLabel.FOOT_BYLINE: "byline",
}


class LabelledLine(NamedTuple):
    """A line, its features, how it goes on with the line above it, and its label."""

    line: Line
    features: LineFeatures
    continuation: Continuation
    label: LineLabel


@dataclass(slots=True)
class Draft:
    """An article in the making: its pieces in their own order, the lines at which its text begins and breaks off."""

    banner: list[Line]
    pieces: list[Piece] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    #: The lines of its text, and which piece is the first of each.
    body: list[tuple[Line, int]] = field(default_factory=list)
    #: Whether something says that it begins here: banner, headline, dateline, a byline before the text.
    headed: bool = False
    #: The byline that closes it, or nothing.
    signed: str = ""

    def flag(self, flag: str) -> None:
        """Add a flag, once."""
        if flag not in self.flags:
            self.flags.append(flag)

    @property
    def first(self) -> Line | None:
        """The line at which its text begins."""
        return self.body[0][0] if self.body else None

    @property
    def last(self) -> Line | None:
        """The line at which its text ends or breaks off."""
        return self.body[-1][0] if self.body else None

    @property
    def lacks_byline(self) -> bool:
        """Whether it has a headline and no byline at all."""
        return self.headed and not any(piece.kind == "byline" for piece in self.pieces)

    @property
    def broken_line(self) -> Line | None:
        """The line at which its text breaks off in mid-sentence; None if it does not."""
        last = self.last
        return None if last is None or last.closes or self.signed or list_item(last.text) else last

    def go_on_with(self, other: Draft) -> None:
        """Take over what was found of it further down."""
        self.body += [(line, at + len(self.pieces)) for line, at in other.body]
        self.pieces += other.pieces
        self.signed = other.signed
        self.flag("rejoined")

    def add(self, labelled: LabelledLine) -> None:
        """Add the parts of a line: an opening line may hold dateline, byline and body."""
        line, features, continuation, label = labelled
        if label in _PARTS:
            first, *others = _pieces(_PARTS[label], line, 0, len(line.text))
            goes_on = label == LineLabel.HEADLINE_2 and (continuation.breaks_word or continuation.balances)
            self.pieces += [first._replace(goes_on=goes_on), *others]
            self.signed = line.text if label == LineLabel.FOOT_BYLINE else ""
            return
        at = 0
        if label in (*_OPENINGS, LineLabel.BRIEF):
            ends: dict[PartKind, int] = {"dateline": features.dateline_end, "byline": features.byline_end}
            for kind, end in ends.items():
                if end > at:
                    self.pieces += _pieces(kind, line, at, end)
                    self.headed = True
                    at = end
        tail = features.tail or len(line.text)
        self.body.append((line, len(self.pieces)))
        for piece in _pieces("body", line, at, tail):
            self.pieces.append(piece._replace(begins=features.item and not piece.goes_on, ends=features.block))
        self.pieces += _pieces("byline", line, tail, len(line.text))
        self.signed = line.text[tail:]


def _pieces(kind: PartKind, line: Line, start: int, end: int) -> list[Piece]:
    """A part of a line: one piece, or several that go on with one another."""
    return [Piece(kind, *span, goes_on=i > 0) for i, span in enumerate(line.spans(start, end))]


def drafts_of(labelled: list[LabelledLine]) -> list[Draft]:
    """Group the lines of a page into articles; a caption inside an article is one of its own."""
    found: list[Draft] = []
    draft: Draft | None = None
    banner: list[Line] = []
    last = LineLabel.STRAY
    for one in labelled:
        label = one.label
        if label in (LineLabel.BANNER, LineLabel.STRAY):
            banner, draft = [one.line] if label == LineLabel.BANNER else [], None
        elif label in (LineLabel.CAPTION, LineLabel.HEADLINE_CAPTION):
            found.append(Draft([]))
            found[-1].add(one)
        else:
            if draft is None or _begins(label, last):
                draft = Draft(banner, headed=bool(banner) or label in _HEADS)
                found.append(draft)
                banner = []
            draft.add(one)
        last = label
    return found


def _begins(label: LineLabel, last: LineLabel) -> bool:
    """Whether an article begins at a line with this label, after a line with the label `last`."""
    if label == LineLabel.HEADLINE:
        return last != LineLabel.EYEBROW
    if label in _OPENINGS:
        return last not in (*_HEADS, LineLabel.TOP_BYLINE, LineLabel.HEADLINE_CAPTION)
    return label in (LineLabel.EYEBROW, LineLabel.BRIEF)


def one_draft(labelled: list[LabelledLine], headline: int) -> Draft:
    """The lines as one article, whatever their labels: once its text has begun, headings are part of it.

    The first `headline` lines are its headline; without any, the labels say which are.
    """
    draft = Draft([], headed=headline > 0)
    opened = False
    for at, one in enumerate(labelled):
        if at < headline:
            draft.add(one._replace(label=LineLabel.HEADLINE))
        elif one.label in _BYLINES:
            draft.add(one)
        elif one.label == LineLabel.BANNER and not draft.pieces:
            draft.banner.append(one.line)
        elif one.label in _HEADS and not headline and not draft.body:
            draft.headed = True
            draft.add(one._replace(continuation=Continuation()))
        else:
            opens = one.features.opens and not opened and len(draft.body) < _OPENING_LINES
            opened = opened or opens
            draft.add(one._replace(label=LineLabel.OPENING if opens else LineLabel.BODY))
    return draft
