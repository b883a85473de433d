"""The kinds of lexemes and the grammar over them (`data/lexicons/time_kinds.txt`, `time_grammar.txt`).

A unit, a particle, a mark is a kind by itself and has the name of its character (年, 每, 至); the others have names.
Small patterns compose into larger ones: 11月25日（星期五）上午9时 is `number 月 number 日 （ weekday ） day_part number
时`. A pattern over kinds is compiled to one over strings with one character for each lexeme; those of a text are
scanned once, from left to right, and the branch that matched says what was found.
"""

from __future__ import annotations

import re
from functools import cache

from bulletinnlp.data import table

HAN = "[\u4e00-\u9fff]"


class _Codes(dict[str, str]):
    def __missing__(self, kind: str) -> str:
        return kind


_CODES = _Codes((name, chr(0xE000 + at)) for at, (name, *_) in enumerate(table("time_kinds")))
#: The character of a kind.
code = _CODES.__getitem__


def shape(pattern: str) -> str:
    """A pattern over the names of kinds as one over their characters.

    >>> import re
    >>> re.fullmatch(shape("number (?:月|日)"), shape("number 日")) is not None
    True
    """
    return re.sub("[a-z_]{2,}", lambda name: _CODES[name[0]], pattern).replace(" ", "")


@cache
def _rules() -> dict[str, str]:
    rules: dict[str, str] = {}
    for name, pattern, *_ in table("time_grammar"):
        whole = re.sub(r"\b[A-Z][A-Z_]+\b", lambda rule: f"(?:{rules[rule[0]]})", pattern)
        rules[name] = f"{rules[name]}|{shape(whole)}" if name in rules else shape(whole)
    return {name: rule for name, rule in rules.items() if name.islower()}


@cache
def scanner() -> re.Pattern[str]:
    """The whole grammar; the group that matched is named after its branch."""
    return re.compile("|".join(f"(?P<{name}>{rule})" for name, rule in _rules().items()))


@cache
def branches() -> dict[str, list[re.Pattern[str]]]:
    """The branches that come behind each in precedence, each a group with its name."""
    rules = [re.compile(f"(?P<{name}>{rule})") for name, rule in _rules().items()]
    return {name: rules[at + 1 :] for at, name in enumerate(_rules())}


@cache
def cue(name: str) -> re.Pattern[str]:
    """What shows something of a time beside it, from `data/lexicons/time_cues.txt`."""
    return next(re.compile(pattern.replace("«H»", HAN)) for cue, pattern, *_ in table("time_cues") if cue == name)
