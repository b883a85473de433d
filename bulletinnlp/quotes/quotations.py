"""Who said what: quotations with their speakers.

A stretch between quotation marks (`marks.py`) is a quotation if the article attributes it: a cue (说, 写道, 介绍) or a
colon stands before it, a speaker and a cue stand behind it (“……。”孙乐文说), or it is a sentence of its own with its
own end mark. Names, slogans and scare quotes (以“春风”为主题, 化身“多面手”) are none; what stands around them is in
`data/lexicons/quote_frames.txt`, the cues are in `data/lexicons/speech_cues.txt`.

These rules find the stretch; who speaks is chosen by a linear model (`speakers.py`, `voices.py`). Rules for the speaker
were measured first: on the marked-up corpus they found .69 of the quotations with the right speaker, the model .89, and
.78 of all articles, many of which were written to have speakers far off or without a cue (cross-validation). What is
printed without marks, as an interview is, comes from `turns.py`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

import regex

from bulletinnlp.annotations import Quote
from bulletinnlp.data import table
from bulletinnlp.lexicons import listed, per_lexicons
from bulletinnlp.quotes.apposition import Option
from bulletinnlp.quotes.linear import load_model
from bulletinnlp.quotes.speaker_features import speaker_features, words_of
from bulletinnlp.quotes.speakers import Passage, Scene, chain, cue_pattern, speaker_options
from bulletinnlp.quotes.turns import find_turns
from bulletinnlp.text.mentions import Named
from bulletinnlp.text.patterns import NEVER
from bulletinnlp.text.quotation_marks import Pair, pair_marks
from bulletinnlp.text.sentences import SPEECH_END, SPEECH_ENDS, WIDE_SENTENCE_ENDS

#: How far behind and before a quotation a cue is looked for, in characters.
_REACH = 80
_ENDS = frozenset(SPEECH_ENDS + "，,；;~～—")
_FULL_ENDS = frozenset(SPEECH_ENDS)
#: Half a sentence behind 说， is at least so long: shorter ones are names.
_SHORT = 4
_LEAST = 2
#: A quotation that only its own end mark speaks for, in the midst of a sentence, is at least so long.
_LONG = 15

#: 说“不急”，: half a sentence that a verb of speech touches.
_SAYS = regex.compile(r"(?:[说问答]|回答|说道)(?:了?[声句]|了?一[声句]|是)?$")
#: A noise: 咚咚咚！, 嗒嗒嗒……
_SOUND = regex.compile(r"[咚嗒砰啪嘟叮咣哐轰哗唰噼嘀滴铛咔嚓嗡隆呜喔，,、！!。—～…]+$")

Chooser = Callable[[Scene], Option]


class Found(NamedTuple):
    """A stretch that is quoted, and the cue beside it."""

    pair: Pair
    cue: str | None


def find_quotes(text: str, names: Sequence[Named], start: int = 0, end: int | None = None) -> list[Quote]:
    """The attributed quotations of `text[start:end]`; `names` are the names and stand-ins of the text, sorted.

    >>> text = "“今年收成好。”孙乐文说，“明年还种。”"
    >>> for quote in find_quotes(text, [Named("PER", "孙乐文", 8, 11)]):
    ...     print(quote.speaker, quote.cue, quote.text)
    孙乐文 说 今年收成好。
    孙乐文 说 明年还种。
    """
    return read_quotes(text, names, start, len(text) if end is None else end, choose_speaker)


def read_quotes(text: str, names: Sequence[Named], start: int, end: int, choose: Chooser) -> list[Quote]:
    """The turns that stand without marks (`turns.py`) and the quotations outside them, in order."""
    turns = find_turns(text, names, start, end)
    if not turns:
        return attribute(text, names, start, end, choose)
    begins = [turn.start for turn in turns]

    def apart(quote: Quote) -> bool:
        index = bisect_right(begins, quote.end) - 1
        return index < 0 or turns[index].end <= quote.start

    marked = attribute(text, names, start, end, choose)
    return sorted([*turns, *filter(apart, marked)], key=lambda quote: quote.start)


def choose_speaker(scene: Scene) -> Option:
    """The likeliest speaker by the model `data/events/speaker.json`."""
    model = load_model("speaker")
    return max(speaker_options(scene), key=lambda option: model.score(speaker_features(scene, option)))


def attribute(text: str, names: Sequence[Named], start: int, end: int, choose: Chooser) -> list[Quote]:
    """The quotations of `text[start:end]` in order, each with the speaker that `choose` names.

    Who spoke last is an option for the next quotation, so they are read in order.
    """
    starts = [name.start for name in names]
    found = list(_stretches(text, names, starts, start, end))
    passage = Passage(text, names, start, end, [(pair.start - 1, pair.end + 1) for pair, _ in found])
    quotes: list[Quote] = []
    last: str | None = None
    before_last: str | None = None
    last_end = -1
    for number, (pair, cue) in enumerate(found):
        beside = chain(text, passage.quotes, number, end)
        scene = Scene(passage, pair.start - 1, pair.end + 1, beside, last, last_end, before_last)
        chosen = choose(scene)
        if chosen.speaker != last:
            before_last = last
        last, last_end = chosen.speaker, pair.end
        content = text[pair.start : pair.end].replace("\n", "")
        quotes.append(Quote(last, cue, content, pair.start, pair.end, words_of(scene, chosen)))
    return quotes


def _stretches(text: str, names: Sequence[Named], starts: Sequence[int], start: int, end: int) -> list[Found]:
    """The stretches between marks that are quotations."""
    pairs: list[Pair] = []
    for pair in pair_marks(text, start, end):
        if pair.depth == 1 and (not pairs or pair.start > pairs[-1].end):
            pairs.append(pair)
    found: list[Found] = []
    row: list[Found] = []  # sentences that stand directly before a stretch and are quotations if it is one
    for index, pair in enumerate(pairs):
        floor = pairs[index - 1].end + 1 if index else start
        ceiling = pairs[index + 1].start - 1 if index + 1 < len(pairs) else end
        content = text[pair.start : pair.end]
        if len(content.strip()) < 2:
            continue
        left, right = pair.start - 1, pair.end + 1
        before = text[max(floor, left - 24, start) : max(left, start)]
        after = text[right : min(right + 12, end)]
        if _is_name(content, before, after):
            continue
        if row and row[-1].pair.end + 2 != pair.start:
            row = []
        behind = _cue_behind(text, names, starts, right, ceiling, content[-1] in _ENDS)
        ahead = _cue_ahead(text, names, starts, left, floor)
        joined = _adjoins(text, pairs, index, bool(found) and found[-1].pair is pairs[index - 1])
        closed = after[:1] in _ENDS and len(content) >= _LEAST
        if closed and behind is None and ahead is None:
            ahead = _cue_earlier(text, names, starts, left, floor, len(content))
        if joined or _is_quotation(content, before, behind is not None, ahead is not None, closed):
            found += [*row, Found(pair, behind or ahead)]
            row = []
        elif content[-1] in _FULL_ENDS:
            row.append(Found(pair, None))
    return found


def _adjoins(text: str, pairs: Sequence[Pair], index: int, follows: bool) -> bool:
    """Does the stretch stand directly beside another (”“): behind a quotation, or two half sentences in a row?"""

    def touching(one: Pair, other: Pair) -> bool:
        return other.start - one.end == 2

    pair = pairs[index]
    long = pair.end - pair.start >= 8 or text[pair.end - 1] in _FULL_ENDS
    if follows and long and touching(pairs[index - 1], pair):
        return True
    if index + 1 < len(pairs) and touching(pair, pairs[index + 1]):
        nearby = (text[one.start : one.end] for one in (pair, pairs[index + 1]))
        return all(len(one) >= 8 and any(mark in one for mark in "，," + WIDE_SENTENCE_ENDS) for one in nearby)
    return False


def _is_quotation(content: str, before: str, behind: bool, ahead: bool, closed: bool) -> bool:
    """Is the stretch attributed, or a sentence of its own? `closed`: its sentence ends right behind it (说，“……”。)."""
    if ahead and closed and before[-1:] in "，,：:":
        return True
    if closed and _SAYS.search(before):
        return True
    own, clause, long = content[-1] in _FULL_ENDS, content[-1] in _ENDS, len(content) >= 8
    colon = before[-1:] in ("：", ":")
    opens = not before.strip() or before[-1:] in WIDE_SENTENCE_ENDS + "…\n”" or (before[-1:] in "，," and clause)
    if (behind and clause) or ((ahead or colon) and (clause or long)) or (ahead and colon):
        return True
    if content[-1] in "，," and len(content) >= _SHORT and opens:
        return True  # the speaker's deed interrupts it: “那一家就是我，”他把刀抹了抹
    called = opens and not _SOUND.match(content)
    return (own and (called or len(content) >= _LONG)) or (behind and long and opens)


@per_lexicons
def _last_cue() -> regex.Pattern[str]:
    cues = "|".join(map(regex.escape, sorted(listed("speech_cues"), key=len, reverse=True))) or NEVER
    return regex.compile(rf"({cues})(?:[了着过起]|道|记者|大家|我们|他们|她|他|自己|一声|一句|说)*[，,：:]?$")


@cache
def _frames() -> tuple[tuple[str, ...], tuple[str, ...]]:
    before = tuple(word for side, word in table("quote_frames") if side == "before")
    after = tuple(word for side, word in table("quote_frames") if side == "after")
    return before, after


def _is_name(content: str, before: str, after: str) -> bool:
    """Is the stretch a name, a theme or a slogan by what stands around it?"""
    befores, afters = _frames()
    if any(mark in content for mark in WIDE_SENTENCE_ENDS) and content[-1] in _FULL_ENDS and len(content) >= 10:
        return after.startswith(afters[:3]) or (before.endswith("以") and "为" in after[:2])
    return (content[-1] not in _ENDS and before.endswith(befores)) or after.startswith(afters)


def _cue_behind(
    text: str, names: Sequence[Named], starts: Sequence[int], at: int, ceiling: int, clause: bool
) -> str | None:
    """The cue that follows a quotation: ”孙乐文说。"""
    stop = min(at + _REACH, ceiling)
    if at < stop and text[at] in "，,":
        at += 1
    if at < stop and text[at] == "\n":
        return None
    limit = SPEECH_END.search(text, at, stop)
    stop = limit.start() if limit else stop
    commas = (found for found in (text.find(mark, at, stop) for mark in "，,：:") if found >= 0)
    for end in (min(commas, default=stop), stop) if clause else (min(commas, default=stop),):
        cues = [cue[0] for cue in cue_pattern().finditer(text, at, end) if not _in_name(names, starts, cue.start())]
        if cues:
            return cues[-1]
    return None


def _in_name(names: Sequence[Named], starts: Sequence[int], at: int) -> bool:
    index = bisect_right(starts, at) - 1
    return index >= 0 and names[index].end > at


def _cue_earlier(
    text: str, names: Sequence[Named], starts: Sequence[int], left: int, floor: int, size: int
) -> str | None:
    """The cue at the head of a sentence whose last clause is quoted: 路遥坦言，过去靠熟人，现在“……”。"""
    if size < 2 * _SHORT or text[left - 1 : left] not in ("，", ","):
        return None
    start = max(floor, left - _REACH)
    for mark in SPEECH_END.finditer(text, start, left):
        start = mark.end()
    for cue in cue_pattern().finditer(text, start, left - 1):
        if text[cue.end() : cue.end() + 1] in ("，", ",") and not _in_name(names, starts, cue.start()):
            return cue[0]
    return None


def _cue_ahead(text: str, names: Sequence[Named], starts: Sequence[int], left: int, floor: int) -> str | None:
    """The cue that stands before a quotation: 孙乐文说：“"""
    start = max(floor, left - _REACH)
    for mark in SPEECH_END.finditer(text, start, left):
        start = mark.end()
    cue = _last_cue().search(text[start:left])
    return cue[1] if cue is not None and not _in_name(names, starts, start + cue.start()) else None
