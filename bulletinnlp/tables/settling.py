"""Entities over a whole input: what the ids that each article gave its names mean in the end.

The tables of some pages are a *part*: table's name → Arrow table. Ids in a part are those that each article gives on
its own. `names_in` a part are gathered, settled bucket by bucket (`identity/blocks.py`), and `applied` to the parts.
The same functions serve a DataFrame in memory, files on disk, and engines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import groupby

import pyarrow as pa
import pyarrow.compute as pc

from bulletinnlp.identity.blocks import BUCKETS, divisions_in, dump, load
from bulletinnlp.identity.entities import Entity, EntityIndex
from bulletinnlp.tables.frames import arrow_table
from bulletinnlp.tables.rows import mention_facts
from bulletinnlp.tables.schema import TABLES

Part = dict[str, pa.Table]
_ID_COLUMNS = ("entity_id", "person_id", "organisation_id", "speaker_id")
#: The columns of each table that hold an entity's id.
ENTITY_COLUMNS = {
    table.name: [name for name in table.names if name in _ID_COLUMNS]
    for table in TABLES.values()
    if table.name != "entities"
}
_MENTIONS = ["article_id", "label", "text", "adcode", "region", "exact"]
_ROLES = ["article_id", "person", "title", "organisation"]


def names_in(part: Mapping[str, pa.Table]) -> EntityIndex:
    """What a part says of its names."""
    index = EntityIndex()
    if "mentions" not in part:
        return index
    homes = dict(zip(*(part["pages"][column].to_pylist() for column in ("page_id", "home")), strict=True))
    held: dict[str, list[tuple[str, str, str | None]]] = defaultdict(list)
    for role in part["roles"].select(_ROLES).to_pylist() if "roles" in part else ():
        held[role["article_id"]].append((role["person"], role["title"], role["organisation"]))
    mentions = part["mentions"].select(_MENTIONS).to_pylist()
    for article_id, some in groupby(mentions, key=lambda row: row["article_id"]):
        home = homes[article_id.rpartition("#")[0]]
        index.add_article(article_id, mention_facts(some, held.get(article_id, ())), home)
    return index


def applied(part: Part, final: Mapping[str, str]) -> Part:
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


def entity_table(entities: Iterable[Entity]) -> pa.Table:
    """The table `entities`."""
    return arrow_table(TABLES["entities"], [entity._asdict() for entity in entities])


def settled(part: Part) -> Part:
    """A part that is the whole input, with its ids settled and its table `entities`."""
    if "mentions" not in part:
        return part
    index = names_in(part)
    lines: list[list[str]] = [[] for _ in range(BUCKETS)]
    for bucket, line in dump(index):
        lines[bucket].append(line)
    places = divisions_in(index)
    final: dict[str, str] = {}
    entities = []
    for renamed, some in (settle_bucket(bucket, places) for bucket in lines):
        final |= renamed
        entities.append(some)
    return {**applied(part, final), "entities": pa.concat_tables(entities)}


def settle_bucket(lines: Iterable[str], places: Mapping[str, str]) -> tuple[dict[str, str], pa.Table]:
    """What a bucket's ids mean in the end, and its entities. `places` are the divisions that the whole input names."""
    index = load(lines)
    return index.final(), entity_table(index.rows(places))


def together(parts: Iterable[Part]) -> Part:
    """Parts as one."""
    found: dict[str, list[pa.Table]] = {}
    for part in parts:
        for table, data in part.items():
            found.setdefault(table, []).append(data)
    return {table: pa.concat_tables(data) for table, data in found.items()}
