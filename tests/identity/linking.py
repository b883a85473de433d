"""Entities of articles, and what they mean over an input: for tests."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from bulletinnlp.annotations import Entity
from bulletinnlp.identity.article_entities import EntityMention, article_entities
from bulletinnlp.identity.canonical import EntityRow
from bulletinnlp.identity.profile import EntityProfile, profile_of
from bulletinnlp.identity.store import EntityStore


def linked(
    *profiles: Iterable[EntityProfile], places: Iterable[str] = (), path: Path | None = None
) -> tuple[list[EntityRow], dict[str, str]]:
    """The rows of the entities of these profiles, and the ids that mean another one."""
    with EntityStore(path) as store:
        for some in profiles:
            store.add(some)
        store.add_divisions(places)
        store.link()
        return list(store.entities()), store.canonical_ids()


def profiles_of(article_id: str, mentions: Sequence[EntityMention], home: str | None) -> list[EntityProfile]:
    """What an article says of its entities."""
    return list(map(profile_of, article_entities(article_id, mentions, home)))


def ids_of(entities: Iterable[Entity]) -> list[str]:
    """The id of each mention, in order."""
    found = {number: entity.entity_id for entity in entities for number in entity.mentions}
    return [found[number] for number in range(len(found))]
