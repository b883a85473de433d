"""Turns of a conversation that is printed without quotation marks: interviews, questions and answers, letters.

A turn opens its paragraph, or follows another turn in it, with a label and a colon: 记者：……, 问：……, 律师解答：…….
The label is a party (`data/lexicons/turn_labels.txt`), a name, a title or another noun that means a person.
Lists have the same form (时间：…, 联系人：…, 王强：男，汉族…), so labels count only where parties take turns, or where
one line sounds like speech (我, 您, ？); and what a label is followed by must be a sentence, not names.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

import regex

from bulletinnlp.annotations import Quote
from bulletinnlp.data import words_of
from bulletinnlp.lexicons import listed_set
from bulletinnlp.quotes.person_nouns import person_endings
from bulletinnlp.roles.titles import NAMES
from bulletinnlp.text.mentions import Mention
from bulletinnlp.text.quotation_marks import OPENING_QUOTES
from bulletinnlp.text.sentences import SPEECH_ENDS
from bulletinnlp.text.short_names import surname_of

#: A label with its colon where a paragraph opens: ●记者：, 谷玉兰（笑）：, 网友“某某”：, 【记者】.
_LABEL = regex.compile(
    r"[ \t　]*(?:[●○■□◆◇▲△★☆•·—\-▶]+[ \t　]*)?"
    r"(?:(?P<label>[^\n。！？!?，,；;、：:（）()“”\"《》【】\[\]]{1,24}(?:[“\"][^“”\"\n]{1,12}[”\"])?)"
    r"(?:[（(][^（）()\n]{1,16}[）)])?[ \t　]*[：:]"
    r"|[【\[](?P<boxed>[^\n。！？，：【】\[\]]{1,12})[】\]][：:]?)[ \t　]*"
)
#: A bullet and a party that no colon follows: ●记者 您是哪一年来的？
_BULLET = regex.compile(r"[ \t　]*[●○■□◆◇▲△★☆▶][ \t　]*(?P<label>[^\s。！？，；、：（）“”]{1,12})[ \t　]+")
#: Where a turn may follow another in one paragraph: behind the end of a sentence.
_INSIDE = regex.compile(
    rf"(?<=[{SPEECH_ENDS}”])[ \t　]*(?P<label>[^\s。！？!?，,；;、：:（）()“”\"《》]{{1,12}})"
    r"(?:[（(][^（）()\n]{1,16}[）)])?[：:][ \t　]*(?![“\"‘「])"
)
#: Labels of a kind.
_labels = partial(words_of, "turn_labels")
_QUOTED = OPENING_QUOTES | {"『"}
_ENDS = frozenset(SPEECH_ENDS + "”—~～")
#: What is spoken rather than listed.
_SPOKEN = regex.compile(r"[我你您咱俺]|[？?！!]|[吗呢吧啊嘛呀]|谢谢|这个|那时|当时|首先")
#: An entry of a list of persons: 王强：男，汉族; of figures: 张三：95分.
_ENTRY = regex.compile(r"[男女][，,]|[\d０-９.．%％—\-+]{1,12}(?:万?元|分|票|名|人|岁)?[。；]?$")
#: A paragraph is at least so long to go on with the turn before it.
_GOES_ON = 15


class Turn(NamedTuple):
    """A label at `start:end` and what its speaker says, `text[begin:stop]`; `speaker` is None for one without a name.

    `sure` is False where the label is only shaped like a name, and no party of the lexicon, name or noun for a person.
    """

    label: str
    speaker: str | None
    start: int
    end: int
    begin: int
    stop: int
    sure: bool

    def quote(self, text: str) -> Quote:
        """The turn as a quotation."""
        content = text[self.begin : self.stop].replace("\n", "")
        return Quote(self.speaker, None, content, self.begin, self.stop, text[self.start : self.end])


def find_turns(text: str, names: Sequence[Mention], start: int = 0, end: int | None = None) -> list[Quote]:
    """The turns of `text[start:end]` as quotations; `names` are the names and anaphors of the text, sorted.

    >>> text = "记者：您哪年来的？\\n谷玉兰：1998年来的。"
    >>> [(turn.speaker, turn.text) for turn in find_turns(text, [Mention("PER", "谷玉兰", 10, 13)])]
    [('记者', '您哪年来的？'), ('谷玉兰', '1998年来的。')]
    """
    end = len(text) if end is None else end
    turns = _taken(text, _Reader(text, names, start, end).turns())
    return [turn.quote(text) for turn in turns]


class _Reader:
    """Reads the labels of a text, and whom they stand for."""

    def __init__(self, text: str, names: Sequence[Mention], start: int, end: int) -> None:
        self.text, self.names, self.start, self.end = text, names, start, end
        self.starts = [name.start for name in names]
        persons = dict.fromkeys(name.name for name in names if name.label == "PER")
        self.persons = frozenset(persons)
        beginnings = Counter(name[:size] for name in persons for size in range(1, len(name)))
        self.short = {n[:size]: n for n in persons for size in range(1, len(n)) if beginnings[n[:size]] == 1}
        self.asked: str | None = None
        self.asker: str | None = None

    def turns(self) -> list[Turn]:
        """Every label with a sentence behind it, paragraph by paragraph."""
        found: list[Turn] = []
        at, open_turn = self.start, False
        while at < self.end:
            line_end = self.text.find("\n", at, self.end)
            line_end = self.end if line_end < 0 else line_end
            here = self._line(at, line_end, bool(found))
            if here:
                if not found:
                    self._lead(at)
                    here = self._line(at, line_end, False)
                found += here
                open_turn = True
            elif open_turn and self._goes_on(at, line_end):
                found[-1] = found[-1]._replace(stop=line_end)
            elif line_end > at:
                open_turn = False
            at = line_end + 1
        return found

    def _lead(self, stop: int) -> None:
        """Whom the paragraphs before the first turn name: the only person there answers."""
        before = self.names[bisect_left(self.starts, self.start) : bisect_left(self.starts, stop)]
        persons = {name.name for name in before if name.label == "PER"}
        self.asked = persons.pop() if len(persons) == 1 else None
        self.asker = "记者" if "记者" in self.text[self.start : stop] else None

    def _line(self, at: int, stop: int, later: bool) -> list[Turn]:
        """The turns of a paragraph."""
        label = _LABEL.match(self.text, at, stop) or _BULLET.match(self.text, at, stop)
        if label is None:
            return []
        group = "label" if label.groupdict().get("label") else "boxed"
        heads = [(*label.span(group), label.end())]
        if self._speaker(self.text[slice(*label.span(group))].strip(), *label.span(group)) is None:
            return []
        for inside in _INSIDE.finditer(self.text, label.end(), stop):
            if self._speaker(inside["label"], *inside.span("label")) is not None:
                heads.append((*inside.span("label"), inside.end()))
        stops = [head[0] for head in heads[1:]] + [stop]
        turns = [self._turn(*head, until) for head, until in zip(heads, stops, strict=True)]
        return [turn for turn in turns if turn is not None]

    def _turn(self, start: int, end: int, begin: int, stop: int) -> Turn | None:
        text = self.text
        while stop > begin and text[stop - 1].isspace():
            stop -= 1
        if stop - begin < 1 or text[begin] in _QUOTED:
            return None
        content = text[begin:stop]
        if content[-1] not in _ENDS and not _SPOKEN.search(content):
            return None
        if _ENTRY.match(content) or self._only_names(begin, stop):
            return None
        label = text[start:end].strip()
        resolved = self._speaker(label, start, end)
        if resolved is None:
            return None
        speaker, sure = resolved
        return Turn(label, speaker, start, end, begin, stop, sure)

    def _only_names(self, begin: int, stop: int) -> bool:
        """Is the content nothing but names: 编辑：王芳 李强?"""
        inside = self.names[bisect_left(self.starts, begin) : bisect_left(self.starts, stop)]
        covered = sum(name.end - name.start for name in inside)
        plain = sum(char.isalnum() for char in self.text[begin:stop])
        return bool(inside) and covered >= plain

    def _speaker(self, label: str, start: int, end: int) -> tuple[str | None, bool] | None:
        """Whom a label stands for and whether it surely is a party; None if it is no party."""
        if label in _labels("names nobody"):
            asks = label in ("问", "Q", "提问")
            return (self.asker if asks else self.asked), True
        verb = next((v for v in sorted(_labels("behind"), key=len, reverse=True) if label.endswith(v)), "")
        bare = label[: len(label) - len(verb)].removesuffix("的")
        end -= len(label) - len(bare)
        if not bare:
            return None
        inside = self.names[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
        last = inside[-1] if inside else None
        if last is not None and last.label in NAMES and last.end == end and (last.label == "PER" or verb):
            return last.name, True
        if bare in self.persons:
            return bare, True
        if bare in self.short:
            return self.short[bare], True
        noun = bare.split("“")[0].split('"')[0]
        if bare in (*_labels("asks"), *_labels("answers")) or noun in _labels("asks"):
            return bare, True
        if surname_of(bare) in listed_set("surnames"):
            return bare, True
        if len(bare) <= 14 and bare.endswith(person_endings()) and len(bare) > 1:
            organisation = next((n.name for n in inside if n.label in ("ORG", "REF") and n.start == start), bare)
            return organisation, verb != ""
        if 2 <= len(bare) <= 3 and (bare[0] in listed_set("surnames") or bare[:2] in listed_set("surnames")):
            return bare, False
        return None

    def _goes_on(self, at: int, stop: int) -> bool:
        """Is the paragraph the next one of a turn: a sentence, and no other stretch of its own?"""
        line = self.text[at:stop].strip()
        return len(line) >= _GOES_ON and line[-1] in _ENDS and line[0] not in _QUOTED


def _taken(text: str, turns: Sequence[Turn]) -> list[Turn]:
    """The turns that count, if parties take turns."""
    often = Counter(turn.label for turn in turns)
    turns = [turn for turn in turns if turn.sure or often[turn.label] > 1]
    parties = list(dict.fromkeys(turn.label for turn in turns))
    spoken = [bool(_SPOKEN.search(text, turn.begin, turn.stop)) for turn in turns]
    listed_parties = _labels("asks") + _labels("names nobody") + _labels("answers")
    if len(parties) < 2:
        alone = len(turns) == 1 and turns[0].sure and spoken[0]
        return [_first_paragraph(text, turns[0])] if alone else []
    asks = any(turn.sure and turn.label.startswith(listed_parties) for turn in turns)
    alternate = any(one.label == other.label for one, other in zip(turns, turns[2:], strict=False))
    if not (asks or alternate) and sum(spoken) * 2 < len(turns):
        return []
    return [*turns[:-1], _first_paragraph(text, turns[-1])]


def _first_paragraph(text: str, turn: Turn) -> Turn:
    """The last turn ends with its paragraph: what follows may be the article's own words."""
    stop = text.find("\n", turn.begin, turn.stop)
    return turn if stop < 0 else turn._replace(stop=stop)
