r"""The pieces of the marked text: marks in a line, cells between bars, the line of an event.

A backslash before a character takes its special meaning away (`\[`, `\|`). The full-width forms of `:`, `=`, `|`, `;`
and `~` mean the same as these.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

import regex

from bulletinnlp.annotations import EVENT_TYPES
from bulletinnlp.evaluation.annotated_article import REFERENCE, TIMES, Actor, Mark, NumberedEvent
from bulletinnlp.evaluation.equality import Letters, Span, letters
from bulletinnlp.evaluation.finder import least
from bulletinnlp.tables.schema import EVENT_TYPES as EVENT_MEANINGS

LETTERS = {"P": "PER", "O": "ORG", "L": "PLACE", "T": "time", "R": REFERENCE}
_LETTER = {"PER": "P", "ORG": "O", "PLACE": "L", REFERENCE: "R", **dict.fromkeys(TIMES, "T")}
FLAGS = ("main", "planned", "negative")
#: Before an actor without a name; behind what stands before a trigger or a quotation.
UNNAMED, AFTER = "~～", "^"
#: What parts cells and their entries.
SPECIAL = "|｜;；"
#: As many characters stand for a quotation's beginning and end; one that is not longer than both is written out.
HEAD = 12
_ESCAPED = regex.compile(r"\\(.)", regex.DOTALL)
_WRITTEN_OUT = regex.compile(r"\\(?:[\\nrt]|x[\da-f]{2}|u[\da-f]{4})")
_TOKEN = regex.compile(
    r"\\(?P<plain>.)|\[(?P<kind>\w)[:：](?P<inner>(?:\\.|[^\[\]\\])*)\]|(?P<stray>[\[\]])|(?P<text>[^\\\[\]]+|\\$)",
    regex.DOTALL,
)
_VALUE = regex.compile(
    r"(PAST|PRESENT|FUTURE)_REF|P[\dXYMWDTHS.]+"
    r"|([\dX]{2,4}(-(\d\d|XX|Q[1-4X]|H[12X]|W\d\d|W[1-5]|SP|SU|FA|WI)(-(\d\d?|XX|WE|W[1-5]))?(-\d)?)?)?"
    r"(T(\d\d(:\d\d(:\d\d)?)?|MO|AF|EV|NI|MI|DT))?"
)

EVENT_CELLS = "sentence | verb | who | what | whom | when | where | type | flags"
PLAIN = ("id", "at", "paper", "home", "published", "kind", "banner")
TEXTS = ("eyebrow", "headline", "dateline", "byline")
LISTS = ("contributors", "roles", "quotes", "events")
#: How the lists are called with the cells of a line.
CELLS = {"contributors": "name | role | outlet", "roles": "person | title | body",
         "quotes": "speaker | first words | last words", "events": EVENT_CELLS}  # fmt: skip
KINDS = ("article", "photo", "brief")
ARTICLE = "%%%"
HEAD_LINE = regex.compile(rf"({'|'.join(('body', *LISTS))}):\s*")


class WrongMarkError(ValueError):
    """What is wrong with a line, and what is expected."""


class MarkedLine(NamedTuple):
    """A line with its marks taken out, and what is wrong with them."""

    text: str
    marks: list[Mark]
    wrong: list[str]


def unmark(line: str, base: int = 0) -> MarkedLine:
    """The marks of a line; offsets count from `base`.

    >>> unmark("[P:孙乐文]到[L:仙庄村]").text
    '孙乐文到仙庄村'
    >>> unmark("[X:孙乐文]").wrong
    ['[X:孙乐文]: there is no mark “X”; expected P, O, L, T or R']
    """
    text, marks, wrong = "", [], []
    for token in _TOKEN.finditer(line):
        if token["kind"]:
            words, *rest = [unescaped(cell) for cell in _split(token["inner"], "=＝")]
            start = base + len(text)
            text += words
            try:
                label, value = _mark(token["kind"], words, rest)
                marks.append(Mark(label, start, start + len(words), value))
            except WrongMarkError as error:
                wrong.append(f"{token[0]}: {error}")
        elif token["stray"]:
            wrong.append(
                f"“{token[0]}” without its mark, after “{text[-8:]}”; expected a mark such as [P:孙乐文], "
                f"or \\{token[0]} where it is printed"
            )
        else:
            text += token["plain"] or token["text"]
    return MarkedLine(text, marks, wrong)


def _mark(letter: str, words: str, rest: list[str]) -> tuple[str, str | None]:
    """The label and the value of a mark."""
    if letter not in LETTERS:
        raise WrongMarkError(f"there is no mark “{letter}”; expected {', '.join([*LETTERS][:-1])} or {[*LETTERS][-1]}")
    if not words.strip():
        raise WrongMarkError(f"nothing is marked; expected [{letter}:words]")
    if letter in "POL":
        if rest:
            raise WrongMarkError(f"expected [{letter}:{words}], or \\= where the sign is printed")
        return LETTERS[letter], None
    if letter == "R":
        if len(rest) != 1:
            raise WrongMarkError(f"expected [R:{words}=the name that it stands for]")
        return REFERENCE, rest[0] or None
    kind, value = rest if len(rest) == 2 else (None, rest[0] if len(rest) == 1 else "")
    kind = kind or ("DURATION" if value.startswith("P") and "_" not in value else "TIME" if "T" in value else "DATE")
    if kind not in TIMES:
        raise WrongMarkError(f"the type “{kind}” is unknown; expected {', '.join(TIMES)}")
    if len(rest) not in (1, 2) or not is_value(value):
        raise WrongMarkError(f"“{value}” is no value; expected TIMEX3, such as [T:{words}={kind}=2022-11-27]")
    return kind, value or None


def is_value(value: str) -> bool:
    """Whether a text is a TIMEX3 value: a point, a period, or an interval of two points; or nothing.

    >>> is_value("2022-11-27TEV"), is_value("2022-11-25/2022-11-28"), is_value("11月27日")
    (True, True, False)
    """
    return all(part in ("", "..") or _VALUE.fullmatch(part) for part in value.split("/"))


def marked(text: str, start: int, end: int, marks: Iterable[Mark]) -> str:
    """`text[start:end]` with the marks that stand in it; the reverse of `unmark`."""
    pieces, at = [], start
    for mark in marks:
        if start <= mark.start and mark.end <= end and at <= mark.start:
            pieces.append(escaped(text[at : mark.start], "[]"))
            inner = [text[mark.start : mark.end], *_extra(mark)]
            pieces.append(f"[{_LETTER[mark.label]}:{'='.join(escaped(cell, '[]=＝') for cell in inner)}]")
            at = mark.end
    return "".join([*pieces, escaped(text[at:end], "[]")])


def _extra(mark: Mark) -> list[str]:
    if mark.label in TIMES:
        return [mark.label, mark.value or ""]
    return [mark.value or ""] if mark.label == REFERENCE else []


def escaped(text: str, special: str) -> str:
    """A text with a backslash before each of these characters, and before backslashes."""
    return "".join("\\" + char if char in special or char == "\\" else char for char in text)


def unescaped(text: str) -> str:
    """A text without the backslashes that `escaped` put."""
    return _ESCAPED.sub(r"\1", text)


def in_a_line(value: str) -> str:
    r"""An id or a name as it stands in a line: line breaks, control characters and blanks at its ends are written out.

    >>> in_a_line("a\nb "), out_of_a_line("a\\nb\\x20")
    ('a\\nb\\x20', 'a\nb ')
    """
    inner = value.strip()
    before, _, after = value.partition(inner) if inner else ("", "", value)
    return _written_out(before, ends=True) + _written_out(inner) + _written_out(after, ends=True)


def _written_out(text: str, *, ends: bool = False) -> str:
    special = (char for char in text if ends or char == "\\" or unicodedata.category(char) in ("Cc", "Zl", "Zp"))
    codes = {ord(c): c.encode("unicode_escape").decode() if c != " " else "\\x20" for c in special}
    return text.translate(codes)


def out_of_a_line(text: str) -> str:
    """What `in_a_line` wrote."""
    return _WRITTEN_OUT.sub(lambda found: found[0].encode().decode("unicode_escape"), text)


def _split(text: str, at: str) -> list[str]:
    """The pieces of a text between characters that no backslash stands before; backslashes stay."""
    pieces = [""]
    for token in regex.findall(r"\\.|.", text, flags=regex.DOTALL):
        if token in at:
            pieces.append("")
        else:
            pieces[-1] += token
    return pieces


def cells_of(line: str) -> list[str]:
    """The cells of a line, backslashes and all."""
    return [cell.strip() for cell in _split(line, "|｜")]


def line_of(*cells: str | None) -> str:
    """A line of cells."""
    return " | ".join(escaped(cell or "", "|｜") for cell in cells)


def event_line(event: NumberedEvent) -> str:
    """An event as a line.

    >>> event_line(NumberedEvent(1, "开展", (Actor("孙乐文"), Actor("民警", named=False)), "消杀", flags=frozenset({"main"})))
    'S1 | 开展 | 孙乐文;~民警 | 消杀 |  |  |  | other | main'
    """  # noqa: E501
    special = SPECIAL
    trigger = escaped(event.trigger, special + AFTER)
    return " | ".join(
        (
            f"S{event.sentence}",
            f"{escaped(event.before, special + AFTER)}{AFTER}{trigger}" if event.before else trigger,
            ";".join(map(actor_text, event.who)),
            escaped(event.what or "", special),
            ";".join(escaped(name, special) for name in event.whom),
            escaped(event.when or "", special),
            ";".join(escaped(name, special) for name in event.where),
            event.type,
            " ".join(flag for flag in FLAGS if flag in event.flags),
        )
    )


def actor_text(actor: Actor) -> str:
    """An actor as an entry of a cell: `~` stands before one without a name.

    >>> actor_text(Actor("民警", named=False)), actor_of("~民警")
    ('~民警', Actor(text='民警', named=False))
    """
    lead = ("\\" if actor.text[:1] in UNNAMED else "") if actor.named else UNNAMED[0]
    return lead + escaped(actor.text, SPECIAL)


def actor_of(entry: str) -> Actor:
    """An actor out of an entry of a cell."""
    named = entry[0] not in UNNAMED
    return Actor(unescaped(entry if named else entry[1:].strip()), named)


def event_of_line(line: str) -> NumberedEvent:
    """An event out of its line. Raises `WrongMarkError`."""
    cells = cells_of(line)
    number = regex.fullmatch(r"[Ss]?(\d+)", cells[0])
    if not number:
        raise WrongMarkError(f"“{cells[0]}” is no sentence; expected its number, such as S1, then | and the verb")
    if len(cells) > 9:
        raise WrongMarkError(f"there are {len(cells)} cells; expected 9: {EVENT_CELLS}")
    _, trigger, who, what, whom, when, where, kind, flags = cells + [""] * (9 - len(cells))
    before, words = split_before(trigger)
    if not words:
        raise WrongMarkError(f"there is no verb; expected {EVENT_CELLS}")
    named_flags = frozenset(flags.replace(",", " ").replace("，", " ").split())
    if strange := named_flags.difference(FLAGS):
        raise WrongMarkError(f"the flag “{min(strange)}” is unknown; expected {', '.join(FLAGS)}")
    return NumberedEvent(
        int(number[1]), words, tuple(map(actor_of, several(who))), unescaped(what) or None,
        tuple(map(unescaped, several(whom))), unescaped(when) or None, tuple(map(unescaped, several(where))),
        event_type(kind), named_flags, before,
    )  # fmt: skip


def split_before(cell: str) -> tuple[str, str]:
    """What stands before a trigger or a quotation, and itself, parted by ^."""
    *before, words = _split(cell, AFTER)
    return unescaped("".join(before)), unescaped(words)


def several(cell: str) -> Iterator[str]:
    """The entries of a cell, parted by semicolons; backslashes stay."""
    return (text for part in _split(cell, ";；") if (text := part.strip()))


@cache
def type_words() -> dict[str, str]:
    """The Chinese word for each type of event."""
    return {kind.name: kind.chinese for kind in EVENT_MEANINGS.values()}


def event_type(cell: str) -> str:
    """The type that a cell means: its name, the Chinese word, or the beginning of either. Raises `WrongMarkError`.

    >>> event_type("health"), event_type("志愿"), event_type("enf"), event_type("")
    ('health', 'volunteering', 'enforcement', 'other')
    """
    if not cell or cell in EVENT_TYPES:
        return cell or "other"
    names = type_words()
    fits = {kind for kind, word in names.items() if cell == word} or {
        kind for kind, word in names.items() if kind.startswith(cell.lower()) or word.startswith(cell)
    }
    if len(fits) != 1:
        choice = ", ".join(sorted(fits)) or ", ".join(f"{kind} {word}" for kind, word in names.items())
        raise WrongMarkError(f"the type “{cell}” is {'several' if fits else 'unknown'}; expected one of {choice}")
    return fits.pop()


def ends_of(text: str, start: int, end: int, after: int = 0) -> tuple[str, str, str]:
    """What stands before a quotation, if that is needed to find it behind `after`, its first and its last words.

    >>> ends_of("他说：“好！”她也说：“好！”", 12, 14)
    ('也说：“', '好！', '')
    """
    page = _letters(text)
    first, last = page.at(start), page.at(end)

    def words(begin: int, stop: int) -> str:
        return "".join(map(text.__getitem__, page.places[begin:stop]))

    whole = words(first, last)
    head, tail = (whole, "") if len(whole) <= 2 * HEAD else (whole[:HEAD], whole[-HEAD:])

    def begins(length: int) -> bool:
        return page.span(*_quotation_at(page, words(first - length, first), head, tail, after))[0] == start

    before = words(first - least(begins, first), first)

    def ends(length: int) -> bool:
        try:
            return page.span(*_quotation_at(page, before, head, whole[len(whole) - length :], after))[1] == end
        except WrongMarkError:  # it can not be told from one elsewhere
            return False

    if tail and (length := least(ends, len(whole) + 1, HEAD)) <= len(whole):
        return before, head, whole[len(whole) - length :]
    return before, whole if tail else head, ""


def place_quotation(text: str, before: str, first: str, last: str, after: int = 0) -> Span:
    """Where a quotation stands: the first behind `after`, else the first. Raises `WrongMarkError`.

    >>> place_quotation("他说：“好！”她也说：“好！”", "她也说：“", "好！", "")
    (12, 14)
    """
    page = _letters(text)
    return page.span(*_quotation_at(page, before, first, last, after))


@lru_cache(maxsize=2)
def _letters(text: str) -> Letters:
    return Letters(text)


def _quotation_at(page: Letters, before: str, first: str, last: str, after: int) -> Span:
    context, head = letters(before), letters(first)
    begin = page.at(after)
    at = page.text.find(context + head, max(begin - len(context), 0))
    at = page.text.find(context + head) if at < 0 else at
    if at < 0:
        raise WrongMarkError(
            f"“{before}{first}” is not printed in the article; expected the quotation's first words as printed"
        )
    start = at + len(context)
    if not last:
        return start, start + len(head)
    end = page.text.find(letters(last), start)
    if end < 0:
        raise WrongMarkError(
            f"“{last}” is not printed behind “{first}”; expected the quotation's last words as printed"
        )
    return start, end + len(letters(last))
