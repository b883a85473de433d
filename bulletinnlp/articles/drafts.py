"""From the path over the lines to articles in the making; pieces that another article interrupted are joined.

An article that breaks off in mid-sentence, and text without a headline further down that begins in mid-sentence,
belong together: columns run on behind a picture and its caption, or behind a box. They are joined where the evidence is
good (a word runs over the gap; or the text begins as no article begins), else the article is flagged.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import regex

from bulletinnlp.annotations import PartKind
from bulletinnlp.articles import headings as cues
from bulletinnlp.articles import line_labels as grammar
from bulletinnlp.articles.line_continuation import Joint, Joints
from bulletinnlp.articles.line_labels import Look
from bulletinnlp.articles.lines import Line
from bulletinnlp.articles.reflow import Piece
from bulletinnlp.articles.signatures import is_photo

#: An article is not looked for further back than so many others.
_BACK = 6

#: Before the line with the dateline may stand a note of the editor.
_OPENING_LINES = 3

#: Running text has these; a list of names or a telephone number that ends an article has not broken off.
_RUNNING = regex.compile("[，。,！？!?“”]")

_HEADS = (grammar.EYEBROW, grammar.HEAD, grammar.HEAD2)
_OPENS = (grammar.OPEN0, grammar.OPEN1)
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

    def go_on_with(self, other: Draft) -> None:
        """Take over what was found of it further down."""
        self.body += [(line, at + len(self.pieces)) for line, at in other.body]
        self.pieces += other.pieces
        self.signed = other.signed
        self.flag("rejoined")

    @property
    def broken(self) -> bool:
        """Whether its text breaks off in mid-sentence."""
        return self.last is not None and not self.last.closes and not self.signed and not cues.list_item(self.last.text)


def drafts(printed: list[Line], looks: list[Look], between: list[Joint], path: list[int]) -> list[Draft]:
    """Group the lines of a path into articles; a caption inside an article is one of its own."""
    found: list[Draft] = []
    draft: Draft | None = None
    banner: list[Line] = []
    last = grammar.STRAY
    for line, seen, before, state in zip(printed, looks, [Joint(), *between], path, strict=False):
        if state in (grammar.BANNER, grammar.STRAY):
            banner, draft = [line] if state == grammar.BANNER else [], None
        elif state in grammar.CAPTIONS:
            found.append(Draft([]))
            _add(found[-1], line, seen, state)
        else:
            if draft is None or _begins(state, last):
                draft = Draft(banner, headed=bool(banner) or state in _HEADS)
                found.append(draft)
                banner = []
            _add(draft, line, seen, state, cut=state == grammar.HEAD2 and (before.over or before.heals))
        last = state
    return found


def whole(printed: list[Line], looks: list[Look], path: list[int], headline: int) -> Draft:
    """The lines as one article, whatever the path makes of them: once its text has begun, headings are part of it.

    The first `headline` lines are its headline; without any, the path says which are.
    """
    draft = Draft([], headed=headline > 0)
    opened = False
    for at, (line, seen, state) in enumerate(zip(printed, looks, path, strict=True)):
        if at < headline:
            _add(draft, line, seen, grammar.HEAD)
        elif state in (grammar.TOPLINE, grammar.FOOT):
            _add(draft, line, seen, state)
        elif state == grammar.BANNER and not draft.pieces:
            draft.banner.append(line)
        elif state in _HEADS and not headline and not draft.body:
            draft.headed = True
            _add(draft, line, seen, state)
        else:
            opens = seen.opens and not opened and len(draft.body) < _OPENING_LINES
            opened = opened or opens
            _add(draft, line, seen, grammar.OPEN0 if opens else grammar.BODY0)
    return draft


def _begins(state: int, last: int) -> bool:
    """Whether an article begins at a line in this state, after a line in the state `last`."""
    if state == grammar.HEAD:
        return last != grammar.EYEBROW
    if state in _OPENS:
        return last not in (*_HEADS, grammar.TOPLINE, grammar.HEAD_CAPTION)
    return state in (grammar.EYEBROW, grammar.BRIEF)


def _add(draft: Draft, line: Line, seen: Look, state: int, cut: bool = False) -> None:
    """Add the parts of one line: an opening line may hold dateline, byline and body.

    `cut` says that the line goes on with a word that the line before it, of the same headline, breaks off.
    """
    if state in _KIND:
        pieces = _pieces(_KIND[state], line, 0, len(line.text))
        draft.pieces += [pieces[0]._replace(glued=cut), *pieces[1:]]
        draft.signed = line.text if state == grammar.FOOT else ""
        return
    at, end = 0, len(line.text)
    if state in (*_OPENS, grammar.BRIEF):
        opening: tuple[tuple[PartKind, int], ...] = (("dateline", seen.dateline), ("byline", seen.lead))
        for kind, stop in opening:
            if stop > at:
                draft.pieces += _pieces(kind, line, at, stop)
                draft.headed = True
                at = stop
    tail = seen.tail or end
    draft.body.append((line, len(draft.pieces)))
    body = _pieces("body", line, at, tail)
    draft.pieces += [piece._replace(begins=seen.item and not piece.glued, ends=seen.block) for piece in body]
    if seen.tail:
        draft.pieces += _pieces("byline", line, tail, end)
    draft.signed = line.text[tail:]


def _pieces(kind: PartKind, line: Line, start: int, end: int) -> list[Piece]:
    """A part of a line: one piece, or several that go on with one another."""
    return [Piece(kind, *span, glued=i > 0) for i, span in enumerate(line.spans(start, end))]


def join_broken(found: list[Draft], joints: Joints) -> list[Draft]:
    """Join what was interrupted, flag what stays broken."""
    kept: list[Draft] = []
    for draft in found:
        whole = _interrupted(kept[-1 - _BACK : -1], draft, joints)
        if whole is None and kept:
            box = _swallowed(kept[-1], draft, joints)
            if box is not None:
                whole = kept[-1]
                kept.append(box)
        if whole is None:
            kept.append(draft)
        else:
            whole.go_on_with(draft)
    for draft in kept:
        if draft.first is not None and not draft.headed and _middle(draft.first):
            draft.flag("broken_start")
        if draft.broken and draft.last is not None and _RUNNING.search(draft.last.text):
            draft.flag("broken_end")
    return kept


def _interrupted(before: list[Draft], draft: Draft, joints: Joints) -> Draft | None:
    """The article that goes on with this draft."""
    if draft.headed or draft.first is None:
        return None
    fresh = cues.opens_like_body(draft.first.text)
    for earlier in reversed(before):
        if earlier.broken and earlier.last is not None:
            return earlier if not fresh or joints.runs_over(earlier.last, draft.first) else None
    # Interrupted between two sentences: an article without its byline, and a byline without its article.
    if before and not fresh and draft.signed and not is_photo(draft.signed) and before[-1].lacks_byline:
        return before[-1]
    return None


def _swallowed(before: Draft, draft: Draft, joints: Joints) -> Draft | None:
    """A caption that was taken for the end of the article it interrupts: cut out where the draft goes on with that.

    The article breaks off in mid-word before the caption, and the draft has the rest of the word.
    """
    first = draft.first
    if first is None or draft.headed or not is_photo(before.signed):
        return None
    if cues.opens_like_body(first.text):
        return None
    for k in range(len(before.body) - 2, max(len(before.body) - 2 - _BACK, -1), -1):
        (line, _), (following, at) = before.body[k], before.body[k + 1]
        if line.closes or not joints.runs_over(line, first) or joints.runs_over(line, following):
            continue
        body = [(one, i - at) for one, i in before.body[k + 1 :]]
        rest = Draft([], before.pieces[at:], body=body, signed=before.signed)
        before.pieces, before.body, before.signed = before.pieces[:at], before.body[: k + 1], ""
        if len(rest.body) > 1 and not following.closes and cues.title_score(following.text) > -1:
            rest.pieces = [p._replace(kind="headline") if p.start < following.end else p for p in rest.pieces]
            del rest.body[0]
            rest.headed = True
        return rest
    return None


def _middle(line: Line) -> bool:
    """Whether a text begins as no text begins."""
    head = line.text[:120]
    first = head.find("”")
    return Joints.never_first(line.text) or (first >= 0 and "“" not in head[:first])
