"""From the path over the lines to articles in the making; pieces that another article interrupted are joined.

An article that breaks off in mid-sentence, and text without a headline further down that begins in mid-sentence,
belong together: columns run on behind a picture and its caption, or behind a box. They are joined where the evidence is
good (a word runs over the gap; or the text begins as no article begins), else the article is flagged.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from bulletinnlp.articles import cues, grammar
from bulletinnlp.articles.grammar import Look
from bulletinnlp.articles.healing import Piece
from bulletinnlp.articles.joints import Joints
from bulletinnlp.articles.lines import Line
from bulletinnlp.doc import PartKind

#: An article is not looked for further back than so many others.
_BACK = 6

_HEADS = (grammar.EYEBROW, grammar.HEAD, grammar.HEAD2)
_OPENS = (grammar.OPEN0, grammar.OPEN1)
_TEXT = (*_OPENS, grammar.BODY0, grammar.BODY1)
_KIND: dict[int, PartKind] = {
    grammar.EYEBROW: "eyebrow",
    grammar.HEAD: "headline",
    grammar.HEAD2: "headline",
    grammar.TOPLINE: "byline",
    grammar.FOOT: "byline",
}


@dataclass(slots=True)
class Draft:
    """An article in the making: its pieces in their own order, the lines at which its text begins and breaks off."""

    banner: list[Line]
    pieces: list[Piece] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    first: Line | None = None
    last: Line | None = None
    #: Whether something says that it begins here: banner, headline, dateline, a byline before the text.
    headed: bool = False
    #: Whether a byline closes it.
    signed: bool = False

    def flag(self, flag: str) -> None:
        """Add a flag, once."""
        if flag not in self.flags:
            self.flags.append(flag)

    @property
    def broken(self) -> bool:
        """Whether its text breaks off in mid-sentence."""
        return self.last is not None and not self.last.closes and not self.signed and not cues.list_item(self.last.text)


def drafts(printed: list[Line], looks: list[Look], path: list[int]) -> list[Draft]:
    """Group the lines of a path into articles."""
    found: list[Draft] = []
    draft: Draft | None = None
    banner: list[Line] = []
    last = grammar.STRAY
    for line, seen, state in zip(printed, looks, path, strict=True):
        if state in (grammar.BANNER, grammar.STRAY):
            banner, draft = [line] if state == grammar.BANNER else [], None
        else:
            if draft is None or _begins(state, last):
                draft = Draft(banner, headed=bool(banner) or state in _HEADS)
                found.append(draft)
                banner = []
            _add(draft, line, seen, state)
        last = state
    return found


def _begins(state: int, last: int) -> bool:
    """Whether an article begins at a line in this state, after a line in the state `last`."""
    if state == grammar.HEAD:
        return last != grammar.EYEBROW
    return state == grammar.EYEBROW or (state in _OPENS and last not in (*_HEADS, grammar.TOPLINE))


def _add(draft: Draft, line: Line, seen: Look, state: int) -> None:
    """Add the parts of one line: an opening line may hold dateline, byline and body."""
    if state in _KIND:
        draft.pieces += [Piece(_KIND[state], start, end) for start, end in line.spans(0, len(line.text))]
        draft.signed = state == grammar.FOOT
        return
    at, end = 0, len(line.text)
    cut = cues.dateline(line.text) if state in _OPENS else None
    if cut:
        draft.pieces += [Piece("dateline", *span) for span in line.spans(0, cut[0])]
        draft.headed = True
        at = cut[0]
        if seen.lead:
            draft.pieces += [Piece("byline", *span) for span in line.spans(cut[0], cut[1])]
            at = cut[1]
    tail = seen.tail or end
    glued = False
    for span in line.spans(at, tail):
        draft.pieces.append(Piece("body", *span, glued))
        glued = True
    if seen.tail:
        draft.pieces += [Piece("byline", *span) for span in line.spans(tail, end)]
    draft.signed = bool(seen.tail)
    draft.first = draft.first or line
    draft.last = line


def join_broken(found: list[Draft], joints: Joints) -> list[Draft]:
    """Join what was interrupted, flag what stays broken."""
    kept: list[Draft] = []
    for draft in found:
        whole = _interrupted(kept[-1 - _BACK : -1], draft, joints)
        if whole is None:
            kept.append(draft)
        else:
            whole.flag("rejoined")
            whole.pieces += draft.pieces
            whole.last, whole.signed = draft.last, draft.signed
    for draft in kept:
        if draft.first is not None and not draft.headed and _middle(draft.first):
            draft.flag("broken_start")
        if draft.broken:
            draft.flag("broken_end")
    return kept


def _interrupted(before: list[Draft], draft: Draft, joints: Joints) -> Draft | None:
    """The article that goes on with this draft."""
    if draft.headed or draft.first is None:
        return None
    for earlier in reversed(before):
        if not earlier.broken or earlier.last is None:
            continue
        if joints.runs_over(earlier.last, draft.first):
            return earlier
        return None if cues.opens_like_body(draft.first.text) else earlier
    return None


def _middle(line: Line) -> bool:
    """Whether a text begins as no text begins."""
    head = line.text[:120]
    first = head.find("”")
    return Joints.never_first(line.text) or (first >= 0 and "“" not in head[:first])
