"""Roles, quotations, events: what they are."""

from __future__ import annotations

from collections import defaultdict
from typing import Literal, NamedTuple

from spacy.tokens import Doc

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


#: The classes of events.
EVENT_TYPES = (
    "meeting", "inspection", "visit", "training", "publicity", "volunteering", "donation", "signing", "notice",
    "appointment", "honour", "contest", "performance", "construction", "enforcement", "rescue", "accident", "health",
    "teaching", "statement", "other",
)  # fmt: skip


class Event(NamedTuple):
    """An occurrence. `start:end` is the trigger, `sentence_start:sentence_end` the proof.

    `type` is one of `EVENT_TYPES` (`bulletinnlp.tables.schema.EVENT_TYPES` has their meanings and examples), `modality`
    is `planned` for what is announced, `score` the probability that the trigger is right. Of an event that is read from
    a Doc (`doc._.events`), `arguments` are its own, and `who`, `what`, `whom`, `when` and `where` what they say.

    >>> import spacy
    >>> doc = spacy.blank("zh")("县残联发放轮椅。")
    >>> doc._.events = [Event(True, "donation", "发放", 3, 5, 0, 8, "positive", "actual", 0.9)]
    >>> doc._.arguments = [Argument(0, "who", "县残联", 0, 3), Argument(0, "what", "轮椅", 5, 7)]
    >>> [(event.who, event.trigger, event.what, event.when) for event in doc._.events]
    [(['县残联'], '发放', '轮椅', None)]
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
    arguments: tuple[Argument, ...] = ()

    @property
    def who(self) -> list[str]:
        """The actors: names, or an actor's words as printed where it has none."""
        return self._all("who")

    @property
    def what(self) -> str | None:
        """The object as printed."""
        return next(iter(self._all("what")), None)

    @property
    def whom(self) -> list[str]:
        """The names of those to whom, for whom or against whom it is done."""
        return self._all("whom")

    @property
    def when(self) -> str | None:
        """The time as printed."""
        return next(iter(self._all("when")), None)

    @property
    def where(self) -> list[str]:
        """The names of its places."""
        return self._all("where")

    def _all(self, role: ArgumentRole) -> list[str]:
        return list(dict.fromkeys(argument.text for argument in self.arguments if argument.role == role))


declare_records("roles", Role)
declare_records("appointments", Role)
declare_records("quotes", Quote)
declare_records("events", Event)
declare_records("arguments", Argument)


def _with_arguments(doc: Doc) -> list[Event]:
    """The events of a Doc, each with its arguments."""
    mine: dict[int, list[Argument]] = defaultdict(list)
    for argument in doc._.arguments:
        mine[argument.event].append(argument)
    events = (Event(*row) for row in doc.user_data.get("bulletinnlp.events", ()))
    return [event._replace(arguments=tuple(mine[number])) for number, event in enumerate(events)]


Doc.set_extension("events", getter=_with_arguments, setter=Doc.get_extension("events")[3], force=True)
