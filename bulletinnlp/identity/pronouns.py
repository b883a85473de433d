"""Whom 他, 她 and 此人 stand for, where it is clear.

Clear is a pronoun that only one person is near enough for: the one whom the sentence, or else the sentences before,
spoke of last, if no other stands beside. In quotations and for several persons (他们) nothing is resolved.

>>> names = [Mention("PER", "孙乐文", 5, 8)]
>>> find_pronouns("党支部书记孙乐文早早到岗。他挨户敲门。", names)
[Reference(text='他', start=13, end=14, antecedent='孙乐文')]
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from bulletinnlp.annotations import Reference
from bulletinnlp.text.mentions import Mention, meets
from bulletinnlp.text.sentences import CLAUSE_MARKS, SENTENCE_ENDS
from bulletinnlp.text.short_names import full_names

#: Not 其他, 他们, 他乡.
_PRONOUN = re.compile(r"(?<![其吉维])[他她](?![们人乡日国处律])|此人")
_SENTENCE = re.compile(rf"[^{SENTENCE_ENDS}\n]*[{SENTENCE_ENDS}\n]?")
_QUOTED = re.compile(r"“[^“”\n]*(?:”|$)|\"[^\"\n]*\"", re.MULTILINE)
#: What parts clauses; what makes a pronoun mean its clause's subject (他的, 他自己).
_MARK = re.compile(f"[{CLAUSE_MARKS}、”]")
_NEXT = re.compile(r"[^，。；！？\n]{0,2}[，。；！？\n]+")
_OWN = ("的", "自己", "家")
#: So many sentences without a person may stand between.
_REACH = 3
#: So many characters a clause has at most; so many persons of one sentence are candidates.
_CLAUSE, _AT_ONCE = 40, 8


def find_pronouns(text: str, names: Sequence[Mention]) -> list[Reference]:
    """The pronouns of an article's text that clearly stand for one of its persons, in order.

    `names` are its names, in any order. A short form (老孙) goes by the full name that the article prints.
    """
    persons = sorted((name for name in names if name.label == "PER"), key=lambda name: name.start)
    whole = full_names(person.name for person in persons)
    named = [person._replace(name=whole.get(person.name, person.name)) for person in persons]
    return list(_consistent(_resolved(text, named)))


def _consistent(found: Iterable[Reference]) -> Iterator[Reference]:
    """Those that do not make a woman of whom 他 stood for first."""
    words: dict[str, str] = {}
    for reference in found:
        if reference.text == "此人" or words.setdefault(str(reference.antecedent), reference.text) == reference.text:
            yield reference


def _resolved(text: str, persons: Sequence[Mention]) -> Iterator[Reference]:
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    named = [person for person in persons if not meets(quoted, person.start, person.start + 1)]
    starts = [person.start for person in named]
    topic = ""  # whom the sentences before speak of; "" where several persons compete
    silent = 0  # sentences since then
    for sentence in _SENTENCE.finditer(text):
        taken_up = ""
        first = bisect_left(starts, sentence.start())
        here = named[first : bisect_left(starts, sentence.end())]
        for match in _PRONOUN.finditer(text, sentence.start(), sentence.end()):
            if meets(quoted, match.start(), match.start() + 1):
                continue
            passed = bisect_left(starts, match.start())
            before = named[max(first, passed - _AT_ONCE) : passed]
            if match[0] == "此人":
                found = _just_before(text, named[max(passed - 1, 0) : passed], match.start())
            elif before and _is_object(text, before[-1].end, match):
                found = topic if topic != before[-1].name else ""
            else:
                found = _only(before) if before else topic
            if found:
                yield Reference(match[0], match.start(), match.end(), found)
                taken_up = found
        if here or taken_up:
            topic, silent = taken_up or _topic(here, topic), 0
        elif sentence[0].strip():
            silent += 1
            topic = topic if silent <= _REACH else ""


def _is_object(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the pronoun stands in one clause with a person who ends at `start`, and so for another: 罗炳明教|她."""
    near = match.start() - start < _CLAUSE
    return near and not _MARK.search(text, start, match.start()) and not text.startswith(_OWN, match.end())


def _just_before(text: str, last: Sequence[Mention], at: int) -> str:
    """The person named right before 此人, which may well stand for another one of the sentence before."""
    right = any(at - person.end < _CLAUSE and _NEXT.fullmatch(text, person.end, at) for person in last)
    return last[0].name if right else ""


def _only(persons: Sequence[Mention]) -> str:
    """The one whom all these names mean, "" if they are several."""
    texts = {person.name for person in persons}
    return texts.pop() if len(texts) == 1 else ""


def _topic(here: Sequence[Mention], topic: str) -> str:
    """Whom the next sentence takes up: the only person of this one, or the one spoken of before if that is here too."""
    return _only(here) or (topic if any(person.name == topic for person in here) else "")
