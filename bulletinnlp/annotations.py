"""What the stages write on a spaCy `Doc`: every annotation of this library, declared in one place.

A stage writes *records*: `NamedTuple`s whose fields are plain values (`str`, `int`, `float`, `bool`, `None`, tuples
of these). They live in `doc.user_data` as plain rows, so `Doc.to_bytes`, `DocBin`, pickling and
`nlp.pipe(n_process=2)` carry them without any work. `doc._.times`, `doc._.roles` … give them back as their own type.
Offsets in records are character offsets into `doc.text`; the tables turn them into offsets of the page.

| annotation | record | written by |
| --- | --- | --- |
| `doc._.parts` | `Part` | the article splitter |
| `doc._.article_id`, `published`, `home`, `paper` | plain values | the article splitter |
| `doc._.bylines` | `Contributor` | `bulletin_bylines` |
| `doc._.times` | `Time` | `bulletin_times` |
| `doc.ents`, `span._.score`, `span._.source` | spans PER, ORG, PLACE | `bulletin_names`, `bulletin_join` |
| `doc._.proposals` | `Proposal` | `bulletin_hanlp`, `bulletin_spacy` |
| `doc._.predications` | `Predication` | `bulletin_hanlp`, `bulletin_spacy` |
| `doc._.locations` | `Location` | `bulletin_places` |
| `doc._.references` | `Reference` | `bulletin_references` |
| `doc._.roles`, `doc._.appointments` | `Role` | `bulletin_roles` |
| `doc._.quotes` | `Quote` | `bulletin_quotes` |
| `doc._.events`, `doc._.arguments` | `Event`, `Argument` | `bulletin_events` |
| `doc._.entities` | `Entity` | `bulletin_entities` |
| `doc._.problems` | `Problem` | every stage |

`bulletinnlp.load` imports this module. Import it where Docs are read that were made elsewhere:

>>> import spacy
>>> from spacy.tokens import DocBin
>>> import bulletinnlp.annotations
>>> made = spacy.blank("zh")("孙乐文说")
>>> made._.home = "山东省聊城市东昌府区"
>>> made._.roles = [Role("孙乐文", "书记", None, 0, 0)]
>>> stored = DocBin(store_user_data=True, docs=[made]).to_bytes()
>>> [(doc._.home, doc._.roles[0].title) for doc in DocBin().from_bytes(stored).get_docs(spacy.blank("zh").vocab)]
[('山东省聊城市东昌府区', '书记')]
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Literal, NamedTuple

from spacy.tokens import Doc, Span


def declare_records(name: str, kind: Any) -> None:
    """Declare `doc._.<name>`: a list of `kind`, a `NamedTuple` of plain values. Declaring twice is harmless.

    >>> import spacy
    >>> class Colour(NamedTuple):
    ...     text: str
    ...     start: int
    ...     end: int
    >>> declare_records("colours", Colour)
    >>> doc = spacy.blank("zh")("红马甲")
    >>> doc._.colours = [Colour("红", 0, 1)]
    >>> doc._.colours
    [Colour(text='红', start=0, end=1)]
    """
    key = f"bulletinnlp.{name}"
    nested = any("tuple" in str(field) for field in kind.__annotations__.values())

    def get(doc: Doc) -> list[Any]:
        return [kind(*map(_as_tuples, row) if nested else row) for row in doc.user_data.get(key, ())]

    def put(doc: Doc, values: Iterable[Any]) -> None:
        try:
            doc.user_data[key] = [tuple(value if isinstance(value, kind) else kind(*value)) for value in values]
        except TypeError as error:
            raise TypeError(f"doc._.{name} takes records {kind.__name__}({', '.join(kind._fields)}): {error}") from None

    Doc.set_extension(name, getter=get, setter=put, force=True)


def _as_tuples(value: Any) -> Any:
    """A value as a stage wrote it: `Doc.from_bytes` gives tuples back as lists."""
    return tuple(map(_as_tuples, value)) if isinstance(value, list) else value


def declare_value(name: str) -> None:
    """Declare `doc._.<name>`: one plain value, None until it is set."""
    key = f"bulletinnlp.{name}"

    def put(doc: Doc, value: Any) -> None:
        doc.user_data[key] = value

    Doc.set_extension(name, getter=lambda doc: doc.user_data.get(key), setter=put, force=True)


PartKind = Literal["eyebrow", "headline", "dateline", "body", "byline"]
#: The parts in which stages find names, times, quotations and events.
READ_PARTS: tuple[PartKind, ...] = ("eyebrow", "headline", "body")


class Part(NamedTuple):
    """A part of an article: `doc.text[start:end]` is its eyebrow, headline, dateline, body or byline."""

    kind: PartKind
    start: int
    end: int


class Problem(NamedTuple):
    """Something the reader of an article should know; becomes a row of `problems`."""

    stage: str
    severity: Literal["warning", "error"]
    message: str


ContributorRole = Literal["reporter", "correspondent", "photographer", "editor", "source"]


class Contributor(NamedTuple):
    """A contributor named in the byline. `start:end` is the name's place in `doc.text`, `text` the name as printed."""

    name: str
    role: ContributorRole
    outlet: str | None
    text: str
    start: int
    end: int


TimeKind = Literal["DATE", "TIME", "DURATION", "SET"]
TimeAnchor = Literal["explicit", "published", "context", "vague"]


class Time(NamedTuple):
    """A time expression and what it denotes.

    `value` is TIMEX3 (ISO 8601): `2022-11-13/2022-11-15`, `2022-11-27TEV`, `PT24H`, `PAST_REF`. `begin` and `until`
    bound the interval that it denotes, as ISO timestamps (`2022-11-13T00:00:00`), `until` exclusive, None where there
    is none. `value` is None for what no calendar has (2月30日).
    """

    text: str
    start: int
    end: int
    type: TimeKind
    value: str | None
    begin: str | None
    until: str | None
    #: The finest unit named: `year`, `month`, `day`, `hour`, …; None for the vague.
    grain: str | None
    #: How it was resolved.
    anchor: TimeAnchor


#: What a name of `doc.ents` is: a person, an organisation, a place.
Label = Literal["PER", "ORG", "PLACE"]
LABELS: tuple[Label, ...] = ("PER", "ORG", "PLACE")


class Proposal(NamedTuple):
    """A name that a model found at `doc.text[start:end]`; `bulletin_join` decides whether it becomes one of `doc.ents`.

    `source` says which model: `hanlp`, `spacy`, or what a stage of your own calls itself. `score` is how far it is to
    be trusted, 0–1. `known_as` is what a gazetteer has for it: the name of its line, a tab, a code.
    """

    start: int
    end: int
    label: Label
    score: float
    source: str
    known_as: str = ""


PredicationRole = Literal["who", "what", "whom", "when", "where"]


class Predication(NamedTuple):
    """A predicate, `doc.text[start:end]`, and one of its arguments, `doc.text[argument_start:argument_end]`.

    A predicate with three arguments has three records in a row, one without any has one record whose last fields are
    None. `source` is the model: `hanlp`, `spacy`.
    """

    start: int
    end: int
    source: str
    role: PredicationRole | None = None
    argument_start: int | None = None
    argument_end: int | None = None


class Location(NamedTuple):
    """The unit that the name at `start:end` denotes or lies in.

    `adcode` is the official code (6 digits to county, 9 to town, 12 to village), `region` the full chain
    (`山东省聊城市东昌府区道口铺街道`). `exact` is False where the table of divisions does not hold the name itself and
    the code is that of the unit around it.
    """

    start: int
    end: int
    adcode: str | None
    region: str | None
    exact: bool


class Reference(NamedTuple):
    """An anaphor (该镇, 我区, 他) and its antecedent: the name that it stands for, None where nothing decides."""

    text: str
    start: int
    end: int
    antecedent: str | None


class Entity(NamedTuple):
    """A person, an organisation or a place of the article, with all its mentions.

    `entity_id` is made of what the article says: the same for 区教体局 and 东昌府区教体局 in papers of 东昌府区. The
    entities of several articles are linked by their other fields, for the table `entities`.
    """

    entity_id: str
    label: Label
    #: The canonical name in this article: the fullest of an organisation, the official one of a division.
    name: str
    #: Where its mentions begin, in `doc.text`; of each its name in plain characters, and the code that it says.
    mentions: tuple[int, ...]
    names: tuple[str, ...]
    adcodes: tuple[str | None, ...]
    #: Where it belongs: of a division its own code; of another place the code of its county, or of its town where many
    #: places bear the name (文化广场); of an organisation the code of its division, "" for all China; of a person the
    #: code of the paper's home, or, with a short name (高女士), the id of the article.
    scope: str
    #: The name in a regular form without `scope`, 教体局 of 区教体局; "" of a division.
    core: str = ""
    #: The organisation of a person's first title, as the code of its division and its name; empty without.
    affiliation: tuple[str, ...] = ()
    #: Those of all his titles.
    affiliations: tuple[tuple[str, ...], ...] = ()
    #: Whether it is a person with a national title, who is the same in all papers.
    national: bool = False
    #: Names by which other stages mean it though no mention has them: 东昌府区 for 我区.
    inferred: tuple[str, ...] = ()


#: The kinds of title: 局长, 教师, 患者.
TitleKind = Literal["office", "occupation", "condition"]
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

    `speaker` is who speaks: a person, an organisation, else the words of the article (党员们). `speaker_text` is what
    is printed beside the quotation for him: 他, 老郭, 区税务局相关负责人; null where nothing is.
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
    `named` is False for an actor without a name, whose words are as printed (民警, 一男子).
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
    is `planned` for what is announced, `score` the probability that the trigger is right. Our events are `actual` or
    `planned`; `wished` and `required` come only from stages of others. Of an event that is read from
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


for _name, _kind in {
    "parts": Part,
    "problems": Problem,
    "bylines": Contributor,
    "times": Time,
    "proposals": Proposal,
    "predications": Predication,
    "locations": Location,
    "references": Reference,
    "roles": Role,
    "appointments": Role,
    "quotes": Quote,
    "entities": Entity,
    "events": Event,
    "arguments": Argument,
}.items():
    declare_records(_name, _kind)
for _name in ("article_id", "published", "home", "paper"):
    declare_value(_name)

# Of a name (`doc.ents`) beside its label: how sure, and which source found it.
Span.set_extension("score", default=1.0, force=True)
Span.set_extension("source", default=None, force=True)


def _with_arguments(doc: Doc) -> list[Event]:
    """The events of a Doc, each with its arguments."""
    mine: dict[int, list[Argument]] = defaultdict(list)
    for argument in doc._.arguments:
        mine[argument.event].append(argument)
    events = (Event(*row) for row in doc.user_data.get("bulletinnlp.events", ()))
    return [event._replace(arguments=tuple(mine[number])) for number, event in enumerate(events)]


# The setter stays: `get_extension` gives (default, method, getter, setter).
Doc.set_extension("events", getter=_with_arguments, setter=Doc.get_extension("events")[3], force=True)
