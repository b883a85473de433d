"""Attributed quotations, each with its speaker.

A stretch between quotation marks (`text/quotation_marks.py`) is a quotation if the article attributes it: a cue (说,
写道, 介绍) or a colon stands before it, a speaker and a cue stand behind it (“……。”孙乐文说), or it is a sentence of
its own with its own end mark. Names, slogans and scare quotes (以“春风”为主题, 化身“多面手”) are none; what stands
around them is in `data/lexicons/quote_frames.txt`, the cues are in `data/lexicons/speech_cues.txt`.

These rules find the stretch; who speaks is chosen by a linear model (`speakers.py`, `speaker_features.py`). What is
printed without marks, as an interview is, comes from `unmarked_turns.py`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

import regex

from bulletinnlp.annotations import Quote
from bulletinnlp.data import words_of
from bulletinnlp.lexicons import per_lexicons
from bulletinnlp.quotes.passage import Passage, Quotation, cue_pattern, cues, run_around
from bulletinnlp.quotes.speaker_features import speaker_features, speaker_text
from bulletinnlp.quotes.speakers import SpeakerCandidate, speaker_candidates
from bulletinnlp.quotes.unmarked_turns import find_turns
from bulletinnlp.text.linear_model import linear_score, load_weights
from bulletinnlp.text.mentions import Mention, meets
from bulletinnlp.text.patterns import any_of
from bulletinnlp.text.quotation_marks import Pair, pair_marks
from bulletinnlp.text.sentences import SPEECH_END, SPEECH_ENDS, WIDE_SENTENCE_ENDS, sentence_start

#: How far behind and before a quotation a cue may stand, in characters.
_REACH = 80
_CLAUSE_ENDS = frozenset(SPEECH_ENDS + "，,；;~～—")
_SENTENCE_ENDS = frozenset(SPEECH_ENDS)
#: Half a sentence behind 说， is at least so long: shorter ones are names.
_SHORT = 4
#: A quotation is at least so long; one that only its own end mark speaks for, in the midst of a sentence, so long.
_LEAST, _LONG = 2, 15
#: Half a sentence that stands beside a quotation or a cue is none below this length; a whole sentence is no name from
#: that length on.
_HALF, _SENTENCE = 8, 10
#: How much of what stands before and after the marks is looked at for what makes it a name, in characters.
_FRAME_BEFORE, _FRAME_AFTER = 24, 12

#: 说“不急”，: half a sentence that a verb of speech touches.
_SAYS = regex.compile(r"(?:[说问答]|回答|说道)(?:了?[声句]|了?一[声句]|是)?$")
#: A noise: 咚咚咚！, 嗒嗒嗒……
_SOUND = regex.compile(r"[咚嗒砰啪嘟叮咣哐轰哗唰噼嘀滴铛咔嚓嗡隆呜喔，,、！!。—～…]+$")

#: What stands before a name in quotation marks, after it, or after a slogan that is a whole sentence.
_frames = partial(words_of, "quote_frames")
#: Says who speaks.
Chooser = Callable[[Quotation], SpeakerCandidate]


def find_quotes(text: str, names: Sequence[Mention], start: int = 0, end: int | None = None) -> list[Quote]:
    """The attributed quotations of `text[start:end]`; `names` are the names and anaphors of the text, sorted.

    >>> text = "“今年收成好。”孙乐文说，“明年还种。”"
    >>> for quote in find_quotes(text, [Mention("PER", "孙乐文", 8, 11)]):
    ...     print(quote.speaker, quote.cue, quote.text)
    孙乐文 说 今年收成好。
    孙乐文 说 明年还种。
    """
    end = len(text) if end is None else end
    turns = find_turns(text, names, start, end)
    begins = [turn.start for turn in turns]

    def apart(quote: Quote) -> bool:
        """Whether a quotation in marks lies outside the turns."""
        index = bisect_right(begins, quote.end) - 1
        return index < 0 or turns[index].end <= quote.start

    marked = attribute(text, names, start, end, choose_speaker)
    return sorted([*turns, *filter(apart, marked)], key=lambda quote: quote.start)


def choose_speaker(quotation: Quotation) -> SpeakerCandidate:
    """The likeliest speaker by the model `data/events/speaker.json`."""
    weights = load_weights("speaker")
    return max(speaker_candidates(quotation), key=lambda one: linear_score(weights, speaker_features(quotation, one)))


def attribute(text: str, names: Sequence[Mention], start: int, end: int, choose: Chooser) -> list[Quote]:
    """The quotations in marks of `text[start:end]` in order, each with the speaker that `choose` names.

    Who spoke last is a candidate for the next quotation, so they are read in order.
    """
    found = _Stretches(text, names, start, end).quoted()
    passage = Passage(text, names, start, end, [(pair.start - 1, pair.end + 1) for pair, _ in found])
    quotes: list[Quote] = []
    last: str | None = None
    before_last: str | None = None
    last_end = -1
    for index, (pair, cue) in enumerate(found):
        run = run_around(passage, index)
        quotation = Quotation(passage, index, pair.start - 1, pair.end + 1, run, last, last_end, before_last)
        chosen = choose(quotation)
        if chosen.speaker != last:
            before_last = last
        last, last_end = chosen.speaker, pair.end
        content = text[pair.start : pair.end].replace("\n", "")
        quotes.append(Quote(last, cue, content, pair.start, pair.end, speaker_text(quotation, chosen)))
    return quotes


class _Quoted(NamedTuple):
    """A stretch that is quoted, and the cue beside it."""

    pair: Pair
    cue: str | None


class _Stretches:
    """The stretches between the quotation marks of a text, and which of them are quotations."""

    def __init__(self, text: str, names: Sequence[Mention], start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end
        self.spans = [(name.start, name.end) for name in names]
        self.pairs: list[Pair] = []
        for pair in pair_marks(text, start, end):
            if pair.depth == 1 and (not self.pairs or pair.start > self.pairs[-1].end):
                self.pairs.append(pair)

    def quoted(self) -> list[_Quoted]:
        """The quotations, in order."""
        text, pairs = self.text, self.pairs
        found: list[_Quoted] = []
        row: list[_Quoted] = []  # sentences that stand directly before a stretch and are quotations if it is one
        for index, pair in enumerate(pairs):
            floor = pairs[index - 1].end + 1 if index else self.start
            ceiling = pairs[index + 1].start - 1 if index + 1 < len(pairs) else self.end
            content = text[pair.start : pair.end]
            if len(content.strip()) < _LEAST:
                continue
            left, right = pair.start - 1, pair.end + 1
            before = text[max(floor, left - _FRAME_BEFORE, self.start) : max(left, self.start)]
            after = text[right : min(right + _FRAME_AFTER, self.end)]
            if _is_name(content, before, after):
                continue
            if row and row[-1].pair.end + 2 != pair.start:
                row = []
            cue_after = self._cue_after(right, ceiling, content[-1] in _CLAUSE_ENDS)
            cue_before = self._cue_before(left, floor)
            closed = after[:1] in _CLAUSE_ENDS
            if closed and cue_after is None and cue_before is None:
                cue_before = self._cue_at_sentence_head(left, floor, len(content))
            joined = self._adjoins(index, bool(found) and found[-1].pair is pairs[index - 1])
            if joined or _is_quotation(content, before, cue_before is not None, cue_after is not None, closed):
                found += [*row, _Quoted(pair, cue_after or cue_before)]
                row = []
            elif content[-1] in _SENTENCE_ENDS:
                row.append(_Quoted(pair, None))
        return found

    def _adjoins(self, index: int, follows: bool) -> bool:
        """Does the stretch stand directly beside another (”“): behind a quotation, or two half sentences in a row?"""
        text, pairs, pair = self.text, self.pairs, self.pairs[index]
        long = pair.end - pair.start >= _HALF or text[pair.end - 1] in _SENTENCE_ENDS
        if follows and long and pair.start - pairs[index - 1].end == 2:
            return True
        if index + 1 < len(pairs) and pairs[index + 1].start - pair.end == 2:
            both = (text[one.start : one.end] for one in (pair, pairs[index + 1]))
            return all(len(one) >= _HALF and any(mark in one for mark in "，," + WIDE_SENTENCE_ENDS) for one in both)
        return False

    def _cue_after(self, at: int, ceiling: int, clause: bool) -> str | None:
        """The cue that follows a quotation: ”孙乐文说。"""
        text = self.text
        stop = min(at + _REACH, ceiling)
        if at < stop and text[at] in "，,":
            at += 1
        if at < stop and text[at] == "\n":
            return None
        limit = SPEECH_END.search(text, at, stop)
        stop = limit.start() if limit else stop
        comma = min((found for mark in "，,：:" if (found := text.find(mark, at, stop)) >= 0), default=stop)
        for end in (comma, stop) if clause else (comma,):
            inside = [cue for cue in cue_pattern().finditer(text, at, end) if not self._in_name(cue.start())]
            if inside:
                return inside[-1][0]
        return None

    def _cue_at_sentence_head(self, left: int, floor: int, size: int) -> str | None:
        """The cue at the head of a sentence whose last clause is quoted: 路遥坦言，过去靠熟人，现在“……”。"""
        text = self.text
        if size < 2 * _SHORT or text[left - 1 : left] not in ("，", ","):
            return None
        start = sentence_start(text, max(floor, left - _REACH), left, SPEECH_END)
        for cue in cue_pattern().finditer(text, start, left - 1):
            if text[cue.end() : cue.end() + 1] in ("，", ",") and not self._in_name(cue.start()):
                return cue[0]
        return None

    def _cue_before(self, left: int, floor: int) -> str | None:
        """The cue that stands before a quotation: 孙乐文说：“"""
        start = sentence_start(self.text, max(floor, left - _REACH), left, SPEECH_END)
        cue = _last_cue().search(self.text[start:left])
        return cue[1] if cue is not None and not self._in_name(start + cue.start()) else None

    def _in_name(self, at: int) -> bool:
        return meets(self.spans, at, at + 1)


def _is_quotation(content: str, before: str, cue_before: bool, cue_after: bool, closed: bool) -> bool:
    """Is the stretch attributed, or a sentence of its own?

    `cue_before`, `cue_after`: a cue stands there; `closed`: its clause ends right behind it (说，“……”。).
    """
    if closed and ((cue_before and before[-1:] in "，,：:") or _SAYS.search(before)):
        return True
    own, clause, long = content[-1] in _SENTENCE_ENDS, content[-1] in _CLAUSE_ENDS, len(content) >= _HALF
    colon = before[-1:] in ("：", ":")
    opens = not before.strip() or before[-1:] in WIDE_SENTENCE_ENDS + "…\n”" or (before[-1:] in "，," and clause)
    if (cue_after and clause) or ((cue_before or colon) and (clause or long)) or (cue_before and colon):
        return True
    if content[-1] in "，," and len(content) >= _SHORT and opens:
        return True  # the speaker's deed interrupts it: “那一家就是我，”他把刀抹了抹
    sentence = opens and not _SOUND.match(content)
    return (own and (sentence or len(content) >= _LONG)) or (cue_after and long and opens)


@per_lexicons
def _last_cue() -> regex.Pattern[str]:
    """A cue before a quotation, with what may stand between them."""
    return regex.compile(rf"({any_of(cues())})(?:[了着过起]|道|记者|大家|我们|他们|她|他|自己|一声|一句|说)*[，,：:]?$")


def _is_name(content: str, before: str, after: str) -> bool:
    """Is the stretch a name, a theme or a slogan by what stands around it?"""
    if (
        any(mark in content for mark in WIDE_SENTENCE_ENDS)
        and content[-1] in _SENTENCE_ENDS
        and len(content) >= _SENTENCE
    ):
        return after.startswith(_frames("after_sentence")) or (before.endswith("以") and "为" in after[:2])
    named = content[-1] not in _CLAUSE_ENDS and before.endswith(_frames("before"))
    return named or after.startswith(_frames("after"))
