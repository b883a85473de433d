"""Who said what: quotations with their speakers.

A stretch between quotation marks (`marks.py`) is a quotation if the article attributes it: a cue (说, 写道, 介绍) or a
colon stands before it, a speaker and a cue stand behind it (“……。”孙乐文说), or it is a sentence of its own with its
own end mark. Names, slogans and scare quotes (以“春风”为主题, 化身“多面手”) are none; what stands around them is in
`data/lexicons/quote_frames.txt`, the cues are in `data/lexicons/speech_cues.txt`.

The speaker is looked for behind the quotation, then before it, clause by clause: a person, a body, a place, a stand-in
(resolved), else the noun phrase as printed. A pronoun, or nothing at all, leads to the speaker or subject before.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import regex

from bulletinnlp.data import lexicon, table
from bulletinnlp.events.marks import Pair, pair_marks
from bulletinnlp.events.records import Quote
from bulletinnlp.events.roles import Named
from bulletinnlp.events.words import cut

#: How far behind and before a quotation its speaker is looked for.
_REACH = 80
_SENTENCE_END = regex.compile(r"[。！？!?\n…]")
_CLAUSE_END = "，,；;、：:"
_ENDS = frozenset("。！？!?…，,；;~～—")
_FULL_ENDS = frozenset("。！？!?…")
_PRONOUN = regex.compile(r"[他她]们?|对方|自己|老人|记者")
_FIRST_PERSON = regex.compile(r"我们?|咱们?|俺们?|您|你们?")


class Voice(NamedTuple):
    """A speaker and the cue beside him."""

    speaker: str | None
    cue: str | None


@cache
def _cues() -> regex.Pattern[str]:
    words = sorted(lexicon("speech_cues"), key=len, reverse=True)
    return regex.compile("|".join(words))


@cache
def _cue_before() -> regex.Pattern[str]:
    words = "|".join(sorted(lexicon("speech_cues"), key=len, reverse=True))
    return regex.compile(rf"({words})(?:[了着过起]|道|记者|大家|我们|他们|她|他|自己|一声|一句|说)*[，,：:]?$")


@cache
def _frames() -> tuple[tuple[str, ...], tuple[str, ...]]:
    before = tuple(word for side, word in table("quote_frames") if side == "before")
    after = tuple(word for side, word in table("quote_frames") if side == "after")
    return before, after


def find_quotes(text: str, names: Sequence[Named], start: int = 0, end: int | None = None) -> list[Quote]:
    """The attributed quotations of `text[start:end]`; `names` are the names and stand-ins of the text, sorted.

    >>> text = "“今年收成好。”孙乐文说，“明年还种。”"
    >>> for quote in find_quotes(text, [Named("PER", "孙乐文", 8, 11)]):
    ...     print(quote.speaker, quote.cue, quote.text)
    孙乐文 说 今年收成好。
    孙乐文 说 明年还种。
    """
    end = len(text) if end is None else end
    reader = _Reader(text, names, start, end)
    return reader.read([pair for pair in pair_marks(text, start, end) if pair.depth == 1])


class _Reader:
    """One article's quotations, read in order: who spoke last matters for the next."""

    def __init__(self, text: str, names: Sequence[Named], start: int, end: int) -> None:
        self.text = text
        self.names = names
        self.starts = [name.start for name in names]
        self.start = start
        self.end = end
        self.last = Voice(None, None)
        self.last_end = -1

    def read(self, pairs: Sequence[Pair]) -> list[Quote]:
        quotes = []
        for index, pair in enumerate(pairs):
            floor = pairs[index - 1].end + 1 if index else self.start
            ceiling = pairs[index + 1].start - 1 if index + 1 < len(pairs) else self.end
            quote = self.quote(pair, floor, ceiling)
            if quote is not None:
                quotes.append(quote)
        return quotes

    def quote(self, pair: Pair, floor: int, ceiling: int) -> Quote | None:
        """The quotation between two marks, None if it is a name or a slogan."""
        text = self.text
        content = text[pair.start : pair.end]
        if len(content.strip()) < 2:
            return None
        left, right = pair.start - 1, pair.end + 1
        own = content[-1] in _FULL_ENDS
        clause = content[-1] in _ENDS
        before = text[max(floor, left - 24, self.start) : left]
        after = text[right : min(right + 12, self.end)]
        named = self._is_name(content, before, after)
        behind = self._behind(right, ceiling, clause) if not named else None
        ahead = self._ahead(left, floor) if not named else None
        colon = before[-1:] in ("：", ":")
        opens = not before.strip() or before[-1:] in "。！？…\n”" or (before[-1:] in "，," and clause)
        long = len(content) >= 8
        if named or not (
            (behind and clause)
            or (ahead and (clause or long or colon))
            or (colon and (clause or long))
            or (own and opens and len(content) >= 4)
            or (own and len(content) >= 15)
            or (behind and long and opens)
        ):
            return None
        voice = self._voice(behind, ahead, pair, floor, left)
        self.last, self.last_end = voice, pair.end
        return Quote(voice.speaker, voice.cue, content.replace("\n", ""), pair.start, pair.end)

    def _is_name(self, content: str, before: str, after: str) -> bool:
        befores, afters = _frames()
        if any(mark in content for mark in "。！？") and content[-1] in _FULL_ENDS and len(content) >= 10:
            return after.startswith(afters[:3]) or (before.endswith("以") and "为" in after[:2])
        if content[-1] not in _ENDS and before.endswith(befores):
            return True
        return after.startswith(afters)

    def _voice(self, behind: Voice | None, ahead: Voice | None, pair: Pair, floor: int, left: int) -> Voice:
        for voice in (behind, ahead):
            if voice and voice.speaker:
                return voice
        cue = (behind or ahead or Voice(None, None)).cue
        gap = self.text[max(self.last_end + 1, self.start) : left] if self.last_end >= 0 else None
        if (
            gap is not None
            and self.last.speaker
            and len(gap) < 60
            and "\n" not in gap
            and not self._subjects(floor, left)
        ):
            return Voice(self.last.speaker, cue)
        subjects = self._subjects(max(floor, self._paragraph(left)), left)
        if subjects:
            return Voice(subjects[-1].name, cue)
        return Voice(self.last.speaker if gap is not None and len(gap) < 60 else None, cue)

    def _paragraph(self, at: int) -> int:
        return max(self.text.rfind("\n", self.start, at) + 1, self.start)

    def _behind(self, at: int, ceiling: int, clause: bool) -> Voice | None:
        """The speaker and cue that follow a quotation: ”孙乐文说。"""
        text = self.text
        stop = min(at + _REACH, ceiling, self.end)
        if at < stop and text[at] in "，,":
            at += 1
        if at < stop and text[at] == "\n":
            return None
        limit = _SENTENCE_END.search(text, at, stop)
        stop = limit.start() if limit else stop
        first_comma = min(
            (found for found in (text.find(mark, at, stop) for mark in "，,：:") if found >= 0), default=stop
        )
        for end in (first_comma, stop):
            cue = self._cue_in(at, end)
            if cue is not None:
                return Voice(self._speaker(at, cue[0], at), cue[1])
            if end == first_comma and not clause:
                break
        return None

    def _cue_in(self, start: int, end: int) -> tuple[int, str] | None:
        """Where the cue stands in `text[start:end]`: the last one outside names."""
        found = None
        for cue in _cues().finditer(self.text, start, end):
            if not self._inside_name(cue.start()):
                found = (cue.start(), cue[0])
        return found

    def _inside_name(self, at: int) -> bool:
        index = bisect_right(self.starts, at) - 1
        return index >= 0 and self.names[index].end > at

    def _ahead(self, left: int, floor: int) -> Voice | None:
        """The speaker and cue that stand before a quotation: 孙乐文说：“"""
        text = self.text
        start = max(floor, left - _REACH, self.start)
        for mark in _SENTENCE_END.finditer(text, start, left):
            start = mark.end()
        before = text[start:left]
        cue = _cue_before().search(before)
        if cue is None or self._inside_name(start + cue.start()):
            if before[-1:] in ("：", ":"):
                return Voice(self._speaker(start, left - 1, floor), None)
            return None
        return Voice(self._speaker(start, start + cue.start(), floor), cue[1])

    def _speaker(self, start: int, cue: int, floor: int) -> str | None:
        """The speaker between `start` and the cue: the subject of the clause nearest to the cue that names one."""
        text = self.text
        right = cue
        while right > start:
            left = max(text.rfind(mark, start, right) for mark in "，,；;：:") + 1
            left = max(left, start)
            subjects = self._subjects(left, right)
            if subjects:
                people = [name for name in subjects if name.label == "PER"]
                return (people or subjects)[0].name
            phrase = self._phrase(left, right)
            if phrase is not None:
                if _PRONOUN.fullmatch(phrase):
                    return self._person_before(left)
                return phrase
            right = left - 1
        return None

    def _person_before(self, at: int) -> str | None:
        """The person named last before `at`, or the last speaker."""
        index = bisect_left(self.starts, at) - 1
        while index >= 0 and self.names[index].start >= self.start:
            if self.names[index].label == "PER":
                return self.names[index].name
            index -= 1
        return self.last.speaker

    def _subjects(self, start: int, end: int) -> list[Named]:
        """The names between `start` and `end` that may act: not after 对, 向, 在, nor before 的."""
        found = []
        index = bisect_left(self.starts, start)
        while index < len(self.names) and self.names[index].end <= end:
            name = self.names[index]
            before = self.text[max(name.start - 1, start) : name.start]
            after = self.text[name.end : name.end + 1]
            index += 1
            if (before and before in "对向给跟同与在从为到问") or (after in ("的", "家", "人") and name.label != "PER"):
                continue
            if name.label == "PER" and after == "的":
                continue
            found.append(name)
        people = [name for name in found if name.label == "PER"]
        return people or found

    def _phrase(self, start: int, end: int) -> str | None:
        """The noun phrase that opens `text[start:end]`: 党员们 of 党员们纷纷."""
        words = cut(self.text, start, end)
        taken = 0
        for index, word in enumerate(words):
            if word.kind in "nNjbar" or word.text in ("们", "的") or (word.kind in "mq" and index < 3):
                taken = index + 1
            else:
                break
        while taken and words[taken - 1].text == "的":
            taken -= 1
        if not taken or (words[taken - 1].kind not in "nNjr" and words[taken - 1].text != "们"):
            return None
        phrase = self.text[words[0].start : words[taken - 1].end]
        if _FIRST_PERSON.fullmatch(phrase):
            return None
        return phrase
