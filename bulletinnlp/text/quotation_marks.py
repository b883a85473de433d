"""Pairs quotation marks, where the page lost none and where it lost one.

Press and OCR mix “ ”, " ", 「 」 and ‘ ’. Pairing is a single pass with a stack, paragraph by paragraph, so unbalanced
marks by the thousand cost no more than balanced ones.

- A quotation that runs on into the next paragraph opens each paragraph with “ and closes once, at its end: one pair.
- An opening mark that never finds its partner in its paragraph is closed at the paragraph's end, or where the next
  quotation opens.
- Single marks ‘ ’ quote where they stand outside others and both are there; inside they are the quotation's own.
- A closing mark without an opening one closes a quotation that began after the last cue (说：) before it, or, if
  another quotation was closed just before it, lengthens that one.
"""

from __future__ import annotations

from typing import NamedTuple

import regex

from bulletinnlp.text.sentences import WIDE_SENTENCE_ENDS

#: What opens and what closes a quotation, straight marks among both.
OPENING_QUOTES, CLOSING_QUOTES = frozenset('“"‘「'), frozenset('”"’」')

_MARKS = regex.compile(r"[“”\"＂「」『』〝〞‘]|\n")
_OPENERS = frozenset("“「『〝")
_STRAIGHT = '"＂'
#: After these a straight mark opens, before these it closes.
_BEFORE_OPENING = frozenset("：:，,。！？；、（( \n“")
_AFTER_CLOSING = frozenset("，,。！？；、）) \n”")
#: A quotation in single marks, as far as it may reach.
_SINGLE = regex.compile(r"‘([^‘’“”\n]{1,300})’")
#: How far back a quotation whose opening mark is lost may begin.
_LOST_REACH = 200
_LOST_OPENING = regex.compile(r"[：:]|(?<=[说道])[，,]")


class Pair(NamedTuple):
    """`text[start:end]` stands between two marks; `depth` is 1 for the outermost. `whole` is False if one was lost."""

    start: int
    end: int
    depth: int
    whole: bool


def pair_marks(text: str, start: int = 0, end: int | None = None) -> list[Pair]:
    """The stretches between quotation marks in `text[start:end]`, by where they begin.

    >>> text = "他说：“叫我‘老张’就行。”"
    >>> [text[pair.start : pair.end] for pair in pair_marks(text)]
    ['叫我‘老张’就行。']
    >>> text = "他说：“今年收成好。\\n“明年再来。”"
    >>> [text[pair.start : pair.end] for pair in pair_marks(text)]
    ['今年收成好。\\n“明年再来。']
    """
    end = len(text) if end is None else end
    pairs: list[Pair] = []
    stack: list[int] = []
    paragraph = start
    straight = False
    for mark in _MARKS.finditer(text, start, end):
        at, char = mark.start(), mark[0]
        if char == "‘":
            single = None if stack else _SINGLE.match(text, at, end)
            if single is not None:
                pairs.append(Pair(single.start(1), single.end(1), 1, True))
            continue
        if char == "\n":
            straight = False
            if stack and not _runs_on(text, at, end):
                _close_lost(text, stack, pairs, at)
            paragraph = at + 1
            continue
        if char in _STRAIGHT:
            straight = _opens(text, at, straight)
            opening = straight
        else:
            opening = char in _OPENERS
        if opening:
            if stack and at == paragraph and text[stack[-1]] in _OPENERS:
                continue  # the same quotation, in its next paragraph
            stack.append(at)
        elif stack:
            opened = stack.pop()
            pairs.append(Pair(opened + 1, at, len(stack) + 1, True))
        else:
            _open_lost(text, pairs, paragraph, at)
    _close_lost(text, stack, pairs, end)
    pairs.sort()
    return pairs


def _opens(text: str, at: int, inside: bool) -> bool:
    """Does the straight mark at `at` open? By its turn, unless its neighbours say otherwise."""
    before = text[at - 1] if at else "\n"
    after = text[at + 1] if at + 1 < len(text) else "\n"
    if before in _BEFORE_OPENING and after not in _AFTER_CLOSING and before not in WIDE_SENTENCE_ENDS:
        return not inside or before in "：:\n"
    return not inside


def _runs_on(text: str, at: int, end: int) -> bool:
    """Does the paragraph after the break at `at` open with a mark, as one that goes on with a quotation does?"""
    return at + 1 < end and text[at + 1] in "“「" and at > 0 and text[at - 1] in WIDE_SENTENCE_ENDS + "…，；"


def _close_lost(text: str, stack: list[int], pairs: list[Pair], at: int) -> None:
    """Close what is still open where its paragraph ends, or where the next one of the same paragraph opens."""
    if not stack:
        return
    opened = stack[0]
    inner = [pair for pair in pairs[-len(stack) - 8 :] if pair.start > opened]
    stack.clear()
    stop = at
    ends = [found for found in (text.find(mark, opened + 1, at) for mark in WIDE_SENTENCE_ENDS) if found >= 0]
    if ends:
        behind = [pair for pair in inner if pair.start - 1 > min(ends)]
        following = min(behind, default=None)
        if following is not None:
            stop = max(text.rfind(mark, opened + 1, following.start - 1) for mark in WIDE_SENTENCE_ENDS) + 1
    if stop > opened + 1:
        pairs.append(Pair(opened + 1, stop, 1, False))
    if stop < at:
        for index in range(len(pairs) - 1, -1, -1):
            pair = pairs[index]
            if pair.start <= opened:
                break  # it was closed before this one was opened
            if pair.start > stop and pair.depth > 1:
                pairs[index] = pair._replace(depth=pair.depth - 1)


def _open_lost(text: str, pairs: list[Pair], paragraph: int, at: int) -> None:
    """A closing mark whose opening one is lost."""
    last = pairs[-1] if pairs else None
    floor = max(paragraph, at - _LOST_REACH, last.end + 1 if last else 0)
    opening = max(_LOST_OPENING.finditer(text, floor, at), key=lambda found: found.start(), default=None)
    if opening is not None:
        pairs.append(Pair(opening.end(), at, 1, False))
    elif last is not None and last.depth == 1 and paragraph <= last.end and at - last.end < _LOST_REACH:
        pairs[-1] = last._replace(end=at, whole=False)
    elif floor == paragraph and at - paragraph < _LOST_REACH:
        pairs.append(Pair(paragraph, at, 1, False))
