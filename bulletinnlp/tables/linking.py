"""Entities over a whole input: what the ids that each article gave its names mean in the end.

The tables of some pages are a *part*: table's name → Arrow table. Ids in a part are those that each article gives on
its own. `profiles_in` a part are gathered and linked in a store (`identity/store.py`), on engines bucket by bucket
(`identity/blocks.py`); `with_canonical_ids` gives the tables the ids that hold over the input. The same functions serve
a DataFrame in memory, files on disk, and engines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

import pyarrow as pa
import pyarrow.compute as pc

from bulletinnlp.identity.blocks import parse_lines
from bulletinnlp.identity.canonical import EntityRow
from bulletinnlp.identity.profile import EntityProfile, merged_profiles
from bulletinnlp.identity.store import EntityStore
from bulletinnlp.tables.frames import Tables, arrow_table
from bulletinnlp.tables.schema import PROFILES, TABLES

_ID_COLUMNS = ("entity_id", "person_id", "organisation_id", "speaker_id")
#: The columns of each table that hold an entity's id.
ENTITY_COLUMNS = {
    table.name: [name for name in table.names if name in _ID_COLUMNS]
    for table in TABLES.values()
    if table.name != "entities"
}
#: Rows and profiles that are held as Python objects at a time.
AT_ONCE = 2_000


def profiles_in(parts: Iterable[Mapping[str, pa.Table]]) -> list[EntityProfile]:
    """What the tables of some pages say of their entities, one profile an id."""
    return merged_profiles(profile for part in parts for some in profiles_in_turn(part) for profile in some)


def profiles_in_turn(part: Mapping[str, pa.Table]) -> Iterator[list[EntityProfile]]:
    """What these tables say of their entities, some articles at a time: an id may come again."""
    if PROFILES.name in part:
        for batch in part[PROFILES.name].to_batches(max_chunksize=AT_ONCE):
            yield merged_profiles(parse_lines(batch["line"].to_pylist()))


def with_canonical_ids(part: Tables, canonical: Mapping[str, str]) -> Tables:
    """The tables, without the profiles, with the ids that hold over the input."""
    return {
        name: _renamed(data, ENTITY_COLUMNS.get(name, ()), canonical)
        for name, data in part.items()
        if name != PROFILES.name
    }


def _renamed(data: pa.Table, columns: Iterable[str], canonical: Mapping[str, str]) -> pa.Table:
    for column in columns:
        encoded = pc.dictionary_encode(data[column].combine_chunks())
        ids = encoded.dictionary.to_pylist()
        renamed = [canonical.get(i, i) for i in ids]
        if renamed != ids:
            cells = pa.array(renamed, pa.string()).take(encoded.indices)
            at = data.schema.get_field_index(column)
            data = data.set_column(at, data.schema.field(at), cells)
    return data


def entity_ids(part: Mapping[str, pa.Table]) -> set[str]:
    """The ids of entities in a part."""
    columns = [data[column] for table, data in part.items() for column in ENTITY_COLUMNS.get(table, ())]
    return {i for column in columns for i in pc.unique(column).to_pylist() if i is not None}


def entity_tables(entities: Iterable[EntityRow]) -> Iterator[pa.Table]:
    """The table `entities`, some rows at a time."""
    todo = iter(entities)
    while some := [entity._asdict() for entity in islice(todo, AT_ONCE)]:
        yield arrow_table(TABLES["entities"], some)


def entity_table(entities: Iterable[EntityRow]) -> pa.Table:
    """The table `entities`."""
    return pa.concat_tables([arrow_table(TABLES["entities"], []), *entity_tables(entities)])


def linked(part: Tables) -> Tables:
    """The tables of a whole input, with the ids that hold over it and the table `entities`.

    Without profiles, where the stage `entities` did not run, they stay as they are.
    """
    if PROFILES.name not in part:
        return part
    with EntityStore() as store:
        for profiles in profiles_in_turn(part):
            store.add(profiles)
        store.link()
        return {**with_canonical_ids(part, store.canonical_ids()), "entities": entity_table(store.entities())}


def link_bucket(lines: Iterable[str], places: Mapping[str, str]) -> tuple[dict[str, str], pa.Table]:
    """What a bucket's ids mean in the end, and its entities. `places` are the divisions that the whole input names."""
    with EntityStore() as names:
        names.add(parse_lines(lines))
        names.add_divisions(places)
        names.link()
        return names.canonical_ids(), entity_table(names.entities())
