"""Entities over a whole input: what the ids that each article gave its names mean in the end.

The tables of some pages are a *part*: table's name → Arrow table. Ids in a part are those that each article gives on
its own. `profiles_in` a part are gathered and linked in a store (`identity/store.py`), on engines bucket by bucket
(`identity/blocks.py`); `with_canonical_ids` gives the tables the ids that hold over the input. The same functions serve
a DataFrame in memory, files on disk, and engines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice

import pyarrow as pa
import pyarrow.compute as pc

from bulletinnlp.identity.blocks import parse_lines
from bulletinnlp.identity.entities import EntityIndex, MentionFact
from bulletinnlp.identity.entity import Entity
from bulletinnlp.identity.store import EntityStore
from bulletinnlp.tables.frames import Tables, arrow_table
from bulletinnlp.tables.rows import Row, mention_facts
from bulletinnlp.tables.schema import TABLES

_ID_COLUMNS = ("entity_id", "person_id", "organisation_id", "speaker_id")
#: The columns of each table that hold an entity's id.
ENTITY_COLUMNS = {
    table.name: [name for name in table.names if name in _ID_COLUMNS]
    for table in TABLES.values()
    if table.name != "entities"
}
_MENTIONS = ["article_id", "label", "text", "adcode", "region", "exact", "known_as"]
_ROLES = ["article_id", "person", "title", "organisation"]


#: Rows and names that are held as Python objects at a time.
AT_ONCE = 2_000


def profiles_in(part: Mapping[str, pa.Table]) -> EntityIndex:
    """What a part says of its names."""
    index = EntityIndex()
    for some in profiles_in_turn(part):
        index.merge(some)
    return index


def profiles_in_turn(part: Mapping[str, pa.Table]) -> Iterator[EntityIndex]:
    """What a part says of its names, some articles at a time: an id may come again.

    Units of a paper's home that only stand-ins mean (我区) are names too: every id of the tables is one of an entity.
    """
    if "mentions" not in part:
        return
    actors = _actors(part)
    index = EntityIndex()
    for article in _articles(part):
        index.add_article(*article)
        if len(index) >= AT_ONCE:
            yield _told_who_acts(index, actors)
            index = EntityIndex()
    meant = entity_ids(part)
    for home in pc.unique(part["pages"]["home"]).to_pylist():
        index.add_home(home, meant)
    yield _told_who_acts(index, actors)


def _actors(part: Mapping[str, pa.Table]) -> set[str] | None:
    """The ids of the actors of events; None where events were not looked for."""
    if "arguments" not in part:
        return None
    arguments = part["arguments"]
    return set(pc.unique(arguments.filter(pc.equal(arguments["role"], "who"))["entity_id"]).to_pylist())


def _told_who_acts(index: EntityIndex, actors: set[str] | None) -> EntityIndex:
    if actors is not None:
        index.say_who_acts(actors)
    return index


def _articles(part: Mapping[str, pa.Table]) -> Iterator[tuple[str, list[MentionFact], str | None]]:
    """The articles that have mentions: id, mentions, the paper's home."""
    homes = dict(zip(*(part["pages"][column].to_pylist() for column in ("page_id", "home")), strict=True))
    held: dict[str, list[tuple[str, str, str | None]]] = defaultdict(list)
    for role in _rows(part["roles"], _ROLES) if "roles" in part else ():
        held[role["article_id"]].append((role["person"], role["title"], role["organisation"]))
    for article_id, some in groupby(_rows(part["mentions"], _MENTIONS), key=lambda row: row["article_id"]):
        yield article_id, mention_facts(some, held.pop(article_id, ())), homes[article_id.rpartition("#")[0]]


def _rows(data: pa.Table, columns: Sequence[str]) -> Iterator[Row]:
    for batch in data.select(columns).to_batches(max_chunksize=AT_ONCE):
        yield from batch.to_pylist()


def with_canonical_ids(part: Tables, final: Mapping[str, str]) -> Tables:
    """The part with the ids that its names have in the end."""
    return {table: _renamed(data, ENTITY_COLUMNS.get(table, ()), final) for table, data in part.items()}


def _renamed(data: pa.Table, columns: Iterable[str], final: Mapping[str, str]) -> pa.Table:
    for column in columns:
        encoded = pc.dictionary_encode(data[column].combine_chunks())
        ids = encoded.dictionary.to_pylist()
        renamed = [final.get(i, i) for i in ids]
        if renamed != ids:
            cells = pa.array(renamed, pa.string()).take(encoded.indices)
            at = data.schema.get_field_index(column)
            data = data.set_column(at, data.schema.field(at), cells)
    return data


def entity_ids(part: Mapping[str, pa.Table]) -> set[str]:
    """The ids of entities in a part."""
    columns = [data[column] for table, data in part.items() for column in ENTITY_COLUMNS.get(table, ())]
    return {i for column in columns for i in pc.unique(column).to_pylist() if i is not None}


def entity_tables(entities: Iterable[Entity]) -> Iterator[pa.Table]:
    """The table `entities`, some rows at a time."""
    todo = iter(entities)
    while some := [entity._asdict() for entity in islice(todo, AT_ONCE)]:
        yield arrow_table(TABLES["entities"], some)


def entity_table(entities: Iterable[Entity]) -> pa.Table:
    """The table `entities`."""
    return pa.concat_tables([arrow_table(TABLES["entities"], []), *entity_tables(entities)])


def linked(part: Tables) -> Tables:
    """A part that is the whole input, with its ids linked and its table `entities`."""
    if "mentions" not in part:
        return part
    with EntityStore() as names:
        for index in profiles_in_turn(part):
            names.add(index)
        names.link()
        return {**with_canonical_ids(part, names.canonical_ids()), "entities": entity_table(names.entities())}


def link_bucket(lines: Iterable[str], places: Mapping[str, str]) -> tuple[dict[str, str], pa.Table]:
    """What a bucket's ids mean in the end, and its entities. `places` are the divisions that the whole input names."""
    with EntityStore() as names:
        names.add(parse_lines(lines))
        names.add_divisions(places)
        names.link()
        return names.canonical_ids(), entity_table(names.entities())
