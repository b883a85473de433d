"""One article in a notebook: its text with names, times, titles and quotations marked, and its events below."""

from __future__ import annotations

import html
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from bulletinnlp.annotations import Part

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from bulletinnlp.annotations import Argument


class Mark(NamedTuple):
    """A stretch of the text that is marked: `kind` says how it looks, `note` what it says."""

    kind: str
    start: int
    end: int
    note: str


class Rendering(str):
    """HTML that a notebook shows as such, and that is a string everywhere else."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return str(self)


#: Colour of the underline, of the ground, and the line, by kind: those of the HTML view (Okabe and Ito's). What comes
#: later shows where two meet.
COLOURS = {
    "QUOTE": ("transparent", "rgb(128 128 128 / .13)", "solid"),
    "PER": ("#0067a3", "rgb(0 114 178 / .14)", "solid"),
    "ORG": ("#9a3f74", "rgb(204 121 167 / .18)", "double"),
    "PLACE": ("#00704f", "rgb(0 158 115 / .15)", "dotted"),
    "TIME": ("#8a5a00", "rgb(230 159 0 / .2)", "dashed"),
    "REF": ("#5b4b9a", "transparent", "wavy"),
    "TITLE": ("#666", "transparent", "solid"),
    "TRIGGER": ("#7a5a00", "rgb(255 213 74 / .45)", "solid"),
}
_STYLE = """
.bulletinnlp{max-width:44em;font:16px/2.1 "Noto Serif CJK SC","Source Han Serif SC","Songti SC",SimSun,serif}
.bulletinnlp p{margin:0 0 .4em;white-space:pre-wrap}.bulletinnlp .headline{font-size:1.3em;font-weight:700}
.bulletinnlp .eyebrow,.bulletinnlp .byline,.bulletinnlp .dateline{opacity:.75}.bulletinnlp .dateline{font-weight:700}
.bulletinnlp .m{text-underline-offset:5px;text-decoration-thickness:1.5px;border-radius:2px}
.bulletinnlp .dateline{float:left;margin:0 1em 0 0}
.bulletinnlp .m[data-note]::after{content:attr(data-note);display:inline-block;
font:11px/1 system-ui,sans-serif;margin:0 2px 0 3px;opacity:.75}
.bulletinnlp table{font-size:14px;line-height:1.5;border-collapse:collapse;margin-top:.6em}
.bulletinnlp td,.bulletinnlp th{text-align:left;padding:3px 10px;border-top:1px solid rgb(128 128 128 / .3)}
.bulletinnlp .unnamed{text-decoration:underline dotted;opacity:.75}
"""


def render(doc: Doc) -> Rendering:
    """The article of a Doc as HTML: put it last in a notebook's cell to see it.

    Names, times, stand-ins, titles, quotations and the triggers of events are marked, each with what was made of it;
    the events follow as a table. Stages that did not run leave no marks.

    >>> import spacy
    >>> doc = spacy.blank("zh")("孙乐文带队")
    >>> doc.set_ents([doc.char_span(0, 3, label="PER")])
    >>> '<span class="m PER" data-note="PER">孙乐文</span>带队' in render(doc)
    True
    """
    style = _STYLE + "".join(
        f".bulletinnlp .{kind}{{text-decoration:underline {line} {rule};background:{ground}}}\n"
        for kind, (rule, ground, line) in COLOURS.items()
    )
    marks = list(_marks(doc))
    parts = doc._.parts or [Part("body", 0, len(doc.text))]
    text = "".join(
        f'<p class="{part.kind}">{"".join(_pieces(doc.text, part.start, part.end, marks))}</p>' for part in parts
    )
    return Rendering(f'<style>{style}</style><div class="bulletinnlp" lang="zh">{text}{_events(doc)}</div>')


def show_docs() -> None:
    """Let notebooks show Docs: a Doc at the end of a notebook's cell shows as `render` gives it.

    Raises RuntimeError outside of IPython and Jupyter.
    """
    from spacy.tokens import Doc

    try:
        from IPython import get_ipython
    except ImportError:
        shell = None
    else:
        shell = get_ipython()
    if shell is None:
        raise RuntimeError("show_docs works in IPython and Jupyter only; render(doc) gives the HTML anywhere")
    shell.display_formatter.formatters["text/html"].for_type(Doc, render)


def _marks(doc: Doc) -> Iterator[Mark]:
    for quote in _records(doc, "quotes"):
        yield Mark("QUOTE", quote.start, quote.end, f"— {quote.speaker}" if quote.speaker else "")
    for ent in doc.ents:
        yield Mark(ent.label_, ent.start_char, ent.end_char, ent.label_)
    for time in _records(doc, "times"):
        yield Mark("TIME", time.start, time.end, time.value or time.type)
    for reference in _records(doc, "references"):
        yield Mark("REF", reference.start, reference.end, f"→ {reference.antecedent}" if reference.antecedent else "")
    for role in _records(doc, "roles"):
        yield Mark("TITLE", role.start, role.end, f"{role.person}")
    for event in _records(doc, "events"):
        yield Mark("TRIGGER", event.start, event.end, event.type)


def _records(doc: Doc, name: str) -> list:
    """The records of a stage; none where its room was never loaded."""
    return doc._.get(name) if doc.has_extension(name) else []


def _pieces(text: str, start: int, end: int, marks: list[Mark]) -> Iterator[str]:
    """The stretch cut wherever a mark begins or ends, each piece within the marks that cover it."""
    near = [mark for mark in marks if mark.start < end and mark.end > start]
    cuts = {start, end, *(place for mark in near for place in (mark.start, mark.end) if start < place < end)}
    coming = sorted(range(len(near)), key=lambda number: near[number].start, reverse=True)
    open_marks: set[int] = set()
    for first, last in pairwise(sorted(cuts)):
        while coming and near[coming[-1]].start <= first:
            open_marks.add(coming.pop())
        open_marks = {number for number in open_marks if near[number].end > first}
        over = [near[number] for number in sorted(open_marks)]
        piece = html.escape(text[first:last])
        if not over:
            yield piece
            continue
        kinds = " ".join(dict.fromkeys(html.escape(mark.kind) for mark in over))
        notes = " · ".join(mark.note for mark in over if mark.end == last and mark.note)
        note = f' data-note="{html.escape(notes)}"' if notes else ""
        yield f'<span class="m {kinds}"{note}>{piece}</span>'


def _events(doc: Doc) -> str:
    events = _records(doc, "events")
    if not events:
        return ""
    arguments: dict[tuple[int, str], list[Argument]] = {}
    for argument in _records(doc, "arguments"):
        arguments.setdefault((argument.event, argument.role), []).append(argument)
    roles = ("who", "what", "whom", "when", "where")
    head = "".join(f"<th>{name}</th>" for name in ("", "who", "did", "what", "whom", "when", "where"))
    rows = []
    for number, event in enumerate(events):
        found = {role: "、".join(map(_argument, arguments.get((number, role), ()))) for role in roles}
        trigger = html.escape(event.trigger)
        cells = ["★" if event.main else "", found["who"], trigger, *(found[role] for role in roles[1:])]
        rows.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def _argument(argument: Argument) -> str:
    """An argument; an actor without a name stands out less."""
    text = html.escape(argument.text)
    return text if argument.named else f'<span class="unnamed">{text}</span>'
