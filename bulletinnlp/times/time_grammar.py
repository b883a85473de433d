"""The kinds of lexemes and the grammar over them (`data/lexicons/time_kinds.txt`, `time_grammar.txt`).

A unit, a particle, a mark is a kind by itself and has the name of its character (年, 每, 至); the others have names. A
pattern over kinds is compiled to one over strings with one character for each lexeme; those of a text are scanned once,
from left to right, and the branch that matched says what was found.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from bulletinnlp.data import lexicon, table
from bulletinnlp.text.patterns import any_of

HAN = "[\u4e00-\u9fff]"
NUMERALS = "零〇○一二三四五六七八九十百千万两廿卅"


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


def filled(pattern: str, pieces: Mapping[str, str] | None = None) -> str:
    """A pattern of a table with its pieces: «H» is a Chinese character, «num» the numerals, another name one of those
    given, a cue or a list of words.

    >>> filled("[«num»]«H»节", {"H": "."})
    '[零〇○一二三四五六七八九十百千万两廿卅].节'
    """
    known = {"H": HAN, "num": NUMERALS, **(pieces or {})}
    return re.sub("«(.+?)»", lambda name: known.get(name[1]) or f"(?:{_cue_or_words(name[1])})", pattern)


def _cue_or_words(name: str) -> str:
    return next((pattern for cue, pattern, *_ in table("time_cues") if cue == name), "") or any_of(lexicon(name))


@cache
def cue(name: str) -> re.Pattern[str]:
    """What shows something of a time beside it, from `data/lexicons/time_cues.txt`."""
    return re.compile(filled(_cue_or_words(name)))
