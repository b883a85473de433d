"""The names of an input in blocks that are settled on their own, and as lines of JSON, for files and other machines.

Names of different blocks never mean the same (`merging`): persons are compared with persons of the same name, bodies
with bodies of the same unit. So a block can be settled without the others; only `parent_id` may point to a division of
another block, and the divisions that an input names are few (`divisions_in`).

>>> from bulletinnlp.identity.entities import MentionFact
>>> index = EntityIndex()
>>> _ = index.add_article("p#1", [MentionFact("ORG", "区教体局"), MentionFact("PER", "孙乐文")], "山东省聊城市东昌府区")
>>> lines = list(dump(index))
>>> [entity.name for entity in load(line for _, line in lines).rows()] == [entity.name for entity in index.rows()]
True
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator

from bulletinnlp.identity.entities import EntityIndex, Key, Known
from bulletinnlp.identity.persons import Unit

#: How many buckets the blocks are dealt into. More need less memory and more files; results are in their order.
BUCKETS = 64


def bucket(key: Key) -> int:
    """The bucket of a name: the same for all names that could mean the same."""
    block = key.core if key.label == "PER" else f"{key.label}\t{key.where}"
    return zlib.crc32(block.encode()) % BUCKETS


def dump(index: EntityIndex) -> Iterator[tuple[int, str]]:
    """Everything that an index knows: bucket and JSON, one line an id."""
    for known in index._known.values():
        key = known.key
        fields = [
            [key.label, key.where, key.core, key.unit], known.names, known.articles, known.adcodes,
            sorted(known.units), known.national,
        ]  # fmt: skip
        yield bucket(key), json.dumps(fields, ensure_ascii=False)


def load(lines: Iterable[str]) -> EntityIndex:
    """The index that knows what these lines of `dump` say, of one part of the input or of many."""
    index = EntityIndex()
    for line in lines:
        (label, where, core, unit), names, articles, adcodes, units, national = json.loads(line)
        key = Key(label, where, core, Unit(*unit) if unit else None)
        known = Known(key, Counter(names), articles, Counter(adcodes), {Unit(*u) for u in units}, national)
        index._known.setdefault(key.id(), Known(key)).take(known)
    return index


def divisions_in(index: EntityIndex) -> dict[str, str]:
    """The divisions that an index has seen: code → entity id."""
    return {k.key.where: i for i, k in index._known.items() if k.key.label == "PLACE" and not k.key.core}
