"""The names of an input in blocks that are settled on their own, and as lines of JSON, for files and other machines.

Names of different blocks never mean the same (`merging`): persons are compared with persons of the same name, bodies
with bodies of the same unit. So a block can be settled without the others; only `parent_id` may point to a division of
another block, and the divisions that an input names are few (`divisions_in`).

>>> keys = [EntityKey("ORG", "371502", "教体局"), EntityKey("PER", "371502", "孙乐文")]
>>> [(known.key.label, known.key.core) for known in parse_lines(line for _, line in bucketed(map(EntityProfile, keys)))]
[('ORG', '教体局'), ('PER', '孙乐文')]
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator

from bulletinnlp.identity.persons import Unit
from bulletinnlp.identity.profile import EntityKey, EntityProfile

#: How many buckets the blocks are dealt into, for machines that share the work. Results are in their order.
BUCKETS = 64


def bucket(key: EntityKey) -> int:
    """The bucket of a name: the same for all names that could mean the same."""
    block = key.core if key.label == "PER" else f"{key.label}\t{key.where}"
    return zlib.crc32(block.encode()) % BUCKETS


def bucketed(names: Iterable[EntityProfile]) -> Iterator[tuple[int, str]]:
    """Profiles as bucket and JSON, one line each."""
    for known in names:
        yield bucket(known.key), to_line(known)


def to_line(known: EntityProfile) -> str:
    """What is known of an id as a line of JSON."""
    key = known.key
    fields = [
        [key.label, key.where, key.core, key.unit], known.names, known.articles, known.adcodes,
        sorted(known.units), known.national, known.acts,
    ]  # fmt: skip
    return json.dumps(fields, ensure_ascii=False)


def parse_lines(lines: Iterable[str]) -> Iterator[EntityProfile]:
    """What these lines of `bucketed` say, of one part of the input or of many: an id may come again."""
    return map(from_line, lines)


def from_line(text: str) -> EntityProfile:
    """What a line says."""
    (label, where, core, unit), names, articles, adcodes, units, national, acts = json.loads(text)
    key = EntityKey(label, where, core, Unit(*unit) if unit else None)
    return EntityProfile(key, names, articles, adcodes, {Unit(*u) for u in units}, national, acts=acts)


def divisions_in(names: Iterable[EntityProfile]) -> dict[str, str]:
    """The divisions among the names: code → entity id."""
    return {known.key.where: known.key.id() for known in names if known.key.is_division}
