"""Roles, quotations, events: what they are."""

from __future__ import annotations

from typing import Literal, NamedTuple

from bulletinnlp.doc import declare_records
from bulletinnlp.events.titles import TitleKind

#: Whether a title is held, was held, is held for another, may come, is given or is taken.
RoleStatus = Literal["held", "former", "acting", "proposed", "appointed", "removed"]


class Role(NamedTuple):
    """A title that an article gives a person; `start:end` is the title's place in `doc.text`.

    `doc._.roles` holds those in apposition (县教育局局长王强), `doc._.appointments` those that a verb gives or takes
    (任命王强为县教育局局长).
    """

    person: str
    title: str
    organisation: str | None
    start: int
    end: int
    status: RoleStatus = "held"
    kind: TitleKind = "office"


class Quote(NamedTuple):
    """An attributed quotation, without its outer marks.

    `speaker` is who speaks: a name, a body, else the words of the article (党员们). `speaker_text` is what is printed
    beside the quotation for him: 他, 老郭, 区税务局相关负责人; null where nothing is.
    """

    speaker: str | None
    cue: str | None
    text: str
    start: int
    end: int
    speaker_text: str | None = None


#: The classes of events.
EVENT_TYPES = (
    "meeting", "inspection", "visit", "training", "publicity", "volunteering", "donation", "signing", "notice",
    "appointment", "honour", "contest", "performance", "construction", "enforcement", "rescue", "accident", "health",
    "teaching", "statement", "other",
)  # fmt: skip


class Event(NamedTuple):
    """An occurrence. `start:end` is the trigger, `sentence_start:sentence_end` the proof.

    `type` is one of `EVENT_TYPES`, `modality` is `planned` for what is announced, `score` the probability that the
    trigger is right.
    """

    main: bool
    type: str
    trigger: str
    start: int
    end: int
    sentence_start: int
    sentence_end: int
    polarity: Literal["positive", "negative"]
    modality: Literal["actual", "planned", "wished", "required"]
    score: float


ArgumentRole = Literal["who", "what", "whom", "when", "where"]


class Argument(NamedTuple):
    """An argument of an event. `event` counts the events of the Doc from 0.

    `text` is the argument as it goes into the event (该镇 resolved to 斗虎屯镇); `start:end` is what is printed.
    `named` is False for an actor without a name, whose words are given as printed (民警, 一男子).
    """

    event: int
    role: ArgumentRole
    text: str
    start: int
    end: int
    named: bool = True


declare_records("roles", Role)
declare_records("appointments", Role)
declare_records("quotes", Quote)
declare_records("events", Event)
declare_records("arguments", Argument)
