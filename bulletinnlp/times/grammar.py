"""The grammar of Chinese times (`data/lexicons/time_grammar.txt`), written over the kinds of lexemes.

Small patterns compose into larger ones: 11月25日（星期五）上午9时 is `number 月 number 日 （ weekday ） day_part number
时`. The kinds of a text are scanned once, from left to right, with one compiled pattern; which of its branches matched
says what was found.
"""

from __future__ import annotations

import re
from functools import cache

from bulletinnlp.data import table
from bulletinnlp.times.kinds import shape


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
