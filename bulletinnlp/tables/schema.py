"""The tables: their columns, types and meanings. The one place that defines them.

Everything that has to know the tables asks here: the builder of rows, the writers of files and databases, the engines'
typed schemas, the manual. Names and columns are a contract with the people who use them: columns may be added, never
renamed or dropped. `EVENT_TYPES` explains what `events.type` may say.

>>> TABLES["events"].names[:6]
('event_id', 'article_id', 'main', 'named', 'type', 'trigger')
>>> EVENT_TYPES["donation"].meaning, EVENT_TYPES["donation"].example
('something is given, paid out, subsidised, raised', '5月7日，县残联为32名残疾人发放轮椅。')
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from bulletinnlp.stages import WRITES
from bulletinnlp.tables.event_meanings import EVENT_TYPES, EventType

__all__ = ["EVENT_TYPES", "PROFILES", "TABLES", "Column", "ColumnType", "EventType", "Table", "tables_of"]
ColumnType = Literal["string", "integer", "number", "boolean", "timestamp", "strings"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its type, and what a cell means. `strings` is a list of strings."""

    name: str
    type: ColumnType
    meaning: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what one row is, and its columns. `stage` fills it; without that stage there is no such table, nor
    without `made_of`, the table that it is made of.
    """

    name: str
    row: str
    stage: str | None
    columns: tuple[Column, ...]
    made_of: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


#: Columns that several tables have, by the line that stands for them.
_SHARED = {
    "start, end": (
        "start: integer, first code point on the page",
        "end: integer, one past the last code point on the page",
    ),
    "date of issue": (
        "published: string, date of issue: a day, a month or a year",
        "published_begin: timestamp, begin of the date of issue: of 2022-11, 2022-11-01",
        "published_until: timestamp, its end, exclusive: of 2022-11, 2022-12-01",
    ),
}


def _columns(text: str) -> tuple[Column, ...]:
    """One column a line: `name: type, meaning`; or what stands for the columns of `_SHARED`."""
    columns = []
    lines = (line.strip() for line in text.strip().splitlines())
    for line in (line for one in lines for line in _SHARED.get(one, (one,))):
        name, _, rest = line.partition(": ")
        kind, _, meaning = rest.partition(", ")
        columns.append(Column(name, kind, meaning))  # type: ignore[arg-type]
    return tuple(columns)


TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Table(
            "pages",
            "a page read",
            None,
            _columns("""
                page_id: string, the file's stem (of a PDF with several pages and #p with its number), or the row's id
                path: string, the file
                encoding: string, the Python codec that decodes it, null for a document (PDF, Word, HTML)
                sha256: string, of the file's bytes
                chars: integer, length in code points
                paper: string, the newspaper
                home: string, the paper's home as a full chain of divisions
                home_source: string, how the home was known: manifest, dateline, text …
                date of issue
                articles: integer, how many articles were found
                stray_chars: integer, characters (no white space) that belong to no article
                row: integer, the row of the table that it is made of, from 0 behind the header; null for other pages
                sheet: string, the sheet of a workbook, or the one of several DataFrames, that holds the row
            """),
        ),
        Table(
            "segments",
            "a stretch of a page; they tile the page without gap or overlap",
            None,
            _columns("""
                page_id: string, the page
                article_id: string, the article that it belongs to, if any
                kind: string, banner eyebrow headline dateline body byline stray blank
                start, end
                text: string, page.text[start:end]
            """),
        ),
        Table(
            "articles",
            "an article",
            None,
            _columns("""
                article_id: string, page_id#position
                page_id: string, the page
                position: integer, its number on the page, from 1
                kind: string, article photo brief
                banner: string, section heading over it
                eyebrow: string, line over the headline
                headline: string, headline
                dateline: string, the 电头 that opens the body (东昌府讯)
                body: string, body, column breaks healed
                byline: string, signature with its brackets
                date of issue
                start, end
                chars: integer, characters of the body
                flags: strings, broken_start broken_end repeated_text …
            """),
        ),
        Table(
            "bylines",
            "a contributor of an article",
            "bulletin_bylines",
            _columns("""
                article_id: string, the article
                name: string, name
                role: string, reporter correspondent photographer editor source
                outlet: string, what the person writes for, as printed
                text: string, the name as printed
                start, end
            """),
        ),
        Table(
            "times",
            "a time expression",
            "bulletin_times",
            _columns("""
                article_id: string, the article
                text: string, as printed
                start, end
                type: string, DATE TIME DURATION SET
                value: string, TIMEX3 (ISO 8601)
                begin: timestamp, begin of the interval it denotes
                until: timestamp, end of the interval, exclusive
                grain: string, finest unit named
                anchor: string, explicit published context vague
            """),
        ),
        Table(
            "mentions",
            "an entity's occurrence",
            "bulletin_names",
            _columns("""
                mention_id: string, article_id and number
                article_id: string, the article
                part: string, eyebrow headline body
                label: string, PER ORG PLACE
                text: string, as printed
                start, end
                entity_id: string, the entity
                source: string, what found it (embedded grammar consistency hanlp spacy gazetteer), several joined by +
                score: number, 0–1, calibrated
                adcode: string, official code of the unit that it is or stands in
                region: string, that unit's full chain
                exact: boolean, false where the code is that of the unit around a place that has none; null without code
                known_as: string, the name under which a gazetteer of yours has it; null for other names
            """),
        ),
        Table(
            "entities",
            "an entity across the whole input",
            "bulletin_entities",
            _columns("""
                entity_id: string, the entity
                label: string, PER ORG PLACE
                name: string, canonical name
                aliases: strings, other names printed for it
                mentions: integer, how often its names are printed; 0 for one that only stand-ins mean (我区)
                articles: integer, in how many articles they are
                adcode: string, official code
                region: string, full chain 山东省聊城市东昌府区…
                latitude: number, degrees, of the seat of its county or higher unit; null where the code is unknown
                longitude: number, likewise
                exact: boolean, false where they are not its own but those of the unit around it or its predecessor
                parent_id: string, the body or place that it is part of
                acts: boolean, whether it is an actor of some event; a place that acts does so as a government or people
            """),
            made_of="mentions",
        ),
        Table(
            "references",
            "a definite stand-in (该镇, 我区)",
            "bulletin_references",
            _columns("""
                article_id: string, the article
                text: string, as printed
                start, end
                entity_id: string, the entity that it stands for
                antecedent: string, the name that it stands for
            """),
        ),
        Table(
            "roles",
            "a title that an article gives a person",
            "bulletin_roles",
            _columns("""
                article_id: string, the article
                person: string, name
                person_id: string, the entity
                title: string, title as printed
                organisation: string, the body or place in which it is held
                organisation_id: string, the entity
                start: integer, first code point of the title on the page
                end: integer, one past the last
                status: string, held former acting proposed appointed removed
                kind: string, office occupation condition (书记, 教师, 村民)
                stated: string, apposition (县教育局局长王强) predicate (任命王强为县教育局局长)
            """),
        ),
        Table(
            "quotes",
            "an attributed quotation",
            "bulletin_quotes",
            _columns("""
                article_id: string, the article
                speaker: string, person or body, else the noun phrase as printed
                speaker_id: string, the entity
                cue: string, 说 表示 …
                text: string, what is quoted, without its outer marks
                start, end
                speaker_text: string, what is printed for the speaker beside the quotation: 他 老郭 区税务局相关负责人
            """),
        ),
        Table(
            "events",
            "an occurrence: who did what, where and when",
            "bulletin_events",
            _columns("""
                event_id: string, article_id and number
                article_id: string, the article
                main: boolean, whether the article is about it
                named: boolean, whether some actor has a name
                type: string, class of the event: meeting inspection visit … (all of them: `EVENT_TYPES`)
                trigger: string, the verb as printed
                who: strings, the actors: names, or an actor's words as printed (民警) where it has none; or empty
                actor_kind: string, kind of the first actor: body place person unnamed; null where nobody acts
                what: string, object or complement
                whom: strings, names of those to whom, for whom or against whom it is done
                when: string, time as printed
                value: string, TIMEX3 of when
                begin: timestamp, begin of when
                until: timestamp, end of when, exclusive
                where: strings, names of places and venues
                adcode: string, official code of where
                sentence: string, the proof
                start: integer, first code point of the trigger on the page
                end: integer, one past the last
                polarity: string, positive negative
                modality: string, actual planned wished required
                score: number, 0–1, how likely the trigger is right
            """),
        ),
        Table(
            "arguments",
            "an argument of an event, long form",
            "bulletin_events",
            _columns("""
                event_id: string, the event
                role: string, who what whom when where
                text: string, stand-ins resolved
                start, end
                entity_id: string, the entity; null where no mention of the article has its name
                named: boolean, false for an actor without a name, whose words are printed; null for what and when
            """),
        ),
        Table(
            "boxes",
            "a printed line of a page of a PDF",
            None,
            _columns("""
                page_id: string, the page
                start, end
                leaf: integer, the page of the PDF, from 1
                x0: number, left edge in points, from the left edge of the page
                y0: number, upper edge in points, from the upper edge of the page
                x1: number, right edge
                y1: number, lower edge
                size: number, of the type in points
            """),
        ),
        Table(
            "problems",
            "something the reader should know",
            None,
            _columns("""
                page_id: string, the page
                article_id: string, the article
                stage: string, where it was noticed
                severity: string, warning error
                message: string, what, in a sentence
            """),
        ),
    )
}


#: Not written: what each article says of its entities, which linking over the whole input reads (`tables/linking.py`).
PROFILES = Table("profiles", "an entity of an article", None, _columns("line: string, its profile as JSON"))


def tables_of(written: Iterable[str]) -> list[Table]:
    """The tables that a pipeline fills, by what its stages write (`bulletinnlp.pipeline.written`).

    The name of a stage of ours stands for what that stage writes. A table whose columns no stage writes is absent.

    >>> [table.name for table in tables_of(["doc._.times"])]
    ['pages', 'segments', 'articles', 'times', 'boxes', 'problems']
    >>> tables_of(["bulletin_times"]) == tables_of(["doc._.times"])
    True
    """
    outputs = set(written)
    filled = {
        name: table
        for name, table in TABLES.items()
        if table.stage is None or table.stage in outputs or outputs.issuperset(WRITES[table.stage])
    }
    return [table for table in filled.values() if table.made_of is None or table.made_of in filled]
