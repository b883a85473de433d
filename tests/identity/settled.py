"""What names mean in the end: for tests."""

from collections.abc import Iterable
from pathlib import Path

from bulletinnlp.identity.entity import Entity
from bulletinnlp.identity.profile import EntityProfile
from bulletinnlp.identity.store import EntityStore


def settled(
    *names: Iterable[EntityProfile], places: Iterable[str] = (), path: Path | None = None
) -> tuple[list[Entity], dict[str, str]]:
    """The entities of these names, and the ids that mean another one."""
    with EntityStore(path) as register:
        for some in names:
            register.add(some)
        register.add_divisions(places)
        register.link()
        return list(register.entities()), register.canonical_ids()
