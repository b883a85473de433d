"""Entity linking over a whole input: which ids of articles mean the same one, and the table of entities.

An `EntityStore` is an SQLite file (or, for a few names, a database in memory), so that memory does not grow with the
names of the input: only ids that do mean the same are held at a time, and those of one block (`blocks`).

>>> from bulletinnlp.identity.article_entities import EntityMention, article_entities
>>> from bulletinnlp.identity.profile import profile_of
>>> found = [article_entities(f"p#{n}", [EntityMention("ORG", name)], "371502")[0]
...          for n, name in enumerate(["区市场监督管理局", "东昌府区市场监管局"])]
>>> ids = [entity.entity_id for entity in found]
>>> with EntityStore() as names:
...     names.add(map(profile_of, found))
...     names.link()
...     names.canonical(ids) == {ids[1]: ids[0]}
...     [(row.name, row.aliases, row.mentions, row.region) for row in names.entities()]
True
[('区市场监督管理局', ['东昌府区市场监管局'], 2, '山东省聊城市东昌府区')]
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from types import TracebackType

from bulletinnlp.identity.blocks import bucket, divisions_in, from_line, to_line
from bulletinnlp.identity.canonical import EntityRow, entity_row, finest
from bulletinnlp.identity.merging import Sets, merge_organisations, namesakes, stretches
from bulletinnlp.identity.organisations import FullNames, last_characters, listed_full_names, proper
from bulletinnlp.identity.profile import EntityKey, EntityProfile
from bulletinnlp.places.divisions import divisions

#: Bytes of the file that are kept in memory; names that are written, ids that are asked for at a time.
CACHE, AT_ONCE, ASKED = 4_000_000, 2_000, 500
#: `seen` is what each `add` says of an id, in the order of the table `entities`; `entity` is what the id means.
#: `persons` is the same of persons, in the order of their names; `organisations` are names without their unit (`core`).
_TABLES = """
    CREATE TABLE seen (bucket INTEGER, entity TEXT, id TEXT, turn INTEGER, line TEXT,
                       PRIMARY KEY (bucket, entity, id, turn)) WITHOUT ROWID;
    CREATE TABLE persons (core TEXT, id TEXT, turn INTEGER, line TEXT, PRIMARY KEY (core, id, turn)) WITHOUT ROWID;
    CREATE TABLE organisations (place TEXT, length INTEGER, core TEXT, proper TEXT, last TEXT,
                         PRIMARY KEY (place, length DESC, core)) WITHOUT ROWID;
    CREATE INDEX by_proper ON organisations (place, proper, last, length);
    CREATE TABLE places (code TEXT PRIMARY KEY) WITHOUT ROWID;
    CREATE TABLE canonical (id TEXT PRIMARY KEY, entity TEXT, bucket INTEGER) WITHOUT ROWID;
"""


class EntityStore:
    """Takes in the profiles of articles, links those that mean the same, and gives the entities.

    A context manager; leaving it closes the file.

    `path` is a file to make, of no use afterwards. All methods raise OSError if it can not be written.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self._turn = 0
        with self._as_os_errors():
            if path:
                path.unlink(missing_ok=True)
            # Nobody else opens the file, and a run that fails makes it anew: it needs no locks, no journal.
            where = f"{path.resolve().as_uri()}?nolock=1" if path else ""
            self._database = sqlite3.connect(where, uri=True, isolation_level=None)
            self._database.execute("PRAGMA journal_mode = OFF")
            self._database.execute("PRAGMA synchronous = OFF")
            self._database.execute(f"PRAGMA cache_size = {-CACHE // 1024}")
            self._database.executescript(_TABLES)

    def __enter__(self) -> EntityStore:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._database.close()

    def add(self, names: Iterable[EntityProfile]) -> None:
        """Take in profiles, of one article or of many, before they are linked."""
        todo = iter(names)
        with self._at_once():
            while some := list(islice(todo, AT_ONCE)):
                self._add(some)

    def _add(self, names: list[EntityProfile]) -> None:
        seen, persons, organisations = [], [], []
        for profile in names:
            self._turn += 1
            key, entity_id, line = profile.key, profile.key.id(), to_line(profile)
            seen.append((bucket(key), entity_id, entity_id, self._turn, line))
            if key.label == "PER":
                persons.append((key.core, entity_id, self._turn, line))
            elif key.label == "ORG":
                organisations.append((key.scope, len(key.core), key.core, proper(key.core), key.core[-1:]))
        self._database.executemany("INSERT INTO seen VALUES (?, ?, ?, ?, ?)", sorted(seen))
        self._database.executemany("INSERT INTO persons VALUES (?, ?, ?, ?)", sorted(persons))
        self._database.executemany("INSERT OR IGNORE INTO organisations VALUES (?, ?, ?, ?, ?)", sorted(organisations))
        self._add_divisions(divisions_in(names))

    def add_divisions(self, codes: Iterable[str]) -> None:
        """Take in divisions that are entities of the input, though another register holds their names (`blocks`)."""
        with self._at_once():
            self._add_divisions(codes)

    def _add_divisions(self, codes: Iterable[str]) -> None:
        self._database.executemany("INSERT OR IGNORE INTO places VALUES (?)", ((code,) for code in codes))

    def link(self) -> None:
        """Find the ids that mean the same."""
        with self._at_once():
            self._link_persons()
            for (place,) in self._database.execute("SELECT DISTINCT place FROM organisations").fetchall():
                self._link_organisations(place)
            renamed = self._database.execute("SELECT entity, bucket, id FROM canonical")
            self._database.executemany("UPDATE seen SET entity = ? WHERE bucket = ? AND entity = ?", renamed)

    def _link_persons(self) -> None:
        """Persons are compared with those of the same name."""
        several = "SELECT core FROM persons GROUP BY core HAVING min(id) < max(id)"
        for (core,) in self._database.execute(several):
            profiles: dict[str, EntityProfile] = {}
            for entity_id, line in self._database.execute("SELECT id, line FROM persons WHERE core = ?", (core,)):
                one = from_line(line)
                profiles.setdefault(entity_id, EntityProfile(one.key)).add(one)
            self._rename(namesakes(profiles), bucket(one.key))

    def _link_organisations(self, place: str) -> None:
        """Organisations are compared with those of the same unit."""
        sets = Sets()
        cores: dict[str, str] = {}  # of those that may mean another

        def id_of(core: str) -> str:
            entity_id = EntityKey("ORG", place, core).id()
            cores[entity_id] = core
            return entity_id

        longest_first = self._database.execute(
            "SELECT core FROM organisations WHERE place = ? ORDER BY length DESC, core", (place,)
        )
        merge_organisations((core for (core,) in longest_first), self._fulls(place), id_of, sets)
        renamed = sets.renamed(lambda i: (-len(cores[i]), i))
        self._rename(renamed, bucket(EntityKey("ORG", place, "")))

    def _fulls(self, place: str) -> Callable[[str], Iterator[str]]:
        """What `merge_organisations` asks for, of one unit; where candidates are too many, nothing decides."""

        def fulls(short: str) -> Iterator[str]:
            yield from (full for full in listed_full_names(short) if self._has_organisation(place, full))
            ends = last_characters(short)
            found: list[tuple[str]] = []
            for parts in _some(stretches(short)):
                query = f"""SELECT core FROM organisations WHERE place = ? AND proper IN ({_marks(parts)})
                            AND last IN ({_marks(ends)}) AND length > ? LIMIT ?"""
                found += self._database.execute(query, (place, *parts, *ends, len(short), FullNames.MOST + 1))
                if len(found) > FullNames.MOST:
                    return
            yield from (core for (core,) in found)

        return fulls

    def _has_organisation(self, place: str, core: str) -> bool:
        query = "SELECT 1 FROM organisations WHERE place = ? AND length = ? AND core = ?"
        return self._database.execute(query, (place, len(core), core)).fetchone() is not None

    def _rename(self, renamed: Mapping[str, str], bucket: int) -> None:
        self._database.executemany(
            "INSERT INTO canonical VALUES (?, ?, ?)", ((*pair, bucket) for pair in renamed.items())
        )

    def canonical(self, ids: Iterable[str]) -> dict[str, str]:
        """Those of the ids that mean another entity → that entity's id."""
        found: dict[str, str] = {}
        with self._as_os_errors():
            for some in _some(ids):
                found.update(
                    self._database.execute(f"SELECT id, entity FROM canonical WHERE id IN ({_marks(some)})", some)
                )
        return found

    def canonical_ids(self) -> dict[str, str]:
        """All ids that mean another entity → that entity's id."""
        return dict(self._database.execute("SELECT id, entity FROM canonical ORDER BY id"))

    def entities(self) -> Iterator[EntityRow]:
        """The table `entities`: by bucket, in the order of the ids."""
        with self._as_os_errors():
            rows = self._database.execute("SELECT entity, id, line FROM seen ORDER BY bucket, entity, id, turn")
            for entity_id, group in groupby(rows, key=itemgetter(0)):
                profile = EntityProfile(EntityKey("", "", ""))
                for _, own_id, line in group:
                    one = from_line(line)
                    profile.add(one)
                    if own_id == entity_id:
                        profile.key = one.key
                yield entity_row(entity_id, profile, self._parent(entity_id, profile))

    def _parent(self, entity_id: str, profile: EntityProfile) -> str | None:
        """The organisation or place that it is part of, where that is an entity too.

        县公安局交警大队 → 县公安局; 道口铺街道党工委 → 道口铺街道; 古楼街道香江社区 → 古楼街道.
        """
        if profile.key.label == "PER":
            return None
        found = self._organisation_above(profile.key) or self._place_above(profile)
        return found if found != entity_id else None

    def _organisation_above(self, key: EntityKey) -> str | None:
        """The organisation whose name begins this organisation's name."""
        if key.label != "ORG":
            return None
        for length in range(len(key.core) - 1, 1, -1):
            if self._has_organisation(key.scope, key.core[:length]):
                above = EntityKey("ORG", key.scope, key.core[:length]).id()
                if not self.canonical([above]):
                    return above
        return None

    def _place_above(self, profile: EntityProfile) -> str | None:
        """The unit that it lies in, or the nearest one around that which is an entity."""
        code = finest(profile.adcodes)
        chain = [unit.code for unit in divisions().chain(code)] if code else []
        if profile.key.is_division:
            chain = chain[:-1]
        for around in reversed(chain):
            if self._database.execute("SELECT 1 FROM places WHERE code = ?", (around,)).fetchone():
                return EntityKey("PLACE", around, "").id()
        return None

    @contextmanager
    def _at_once(self) -> Iterator[None]:
        """What is written in here goes to the file at its end, or when it fills the cache."""
        with self._as_os_errors():
            self._database.execute("BEGIN")
            yield
            self._database.execute("COMMIT")

    @contextmanager
    def _as_os_errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise OSError(f"{self.path or 'names'}: can not be written ({error})") from None


def _some(items: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """So many items at a time as a query may name."""
    todo = iter(items)
    while some := tuple(islice(todo, ASKED)):
        yield some


def _marks(items: Collection[str]) -> str:
    return ", ".join("?" * len(items))
