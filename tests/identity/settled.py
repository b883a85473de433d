"""What names mean in the end: for tests."""

from collections.abc import Iterable
from pathlib import Path

from bulletinnlp.identity.entity import Entity
from bulletinnlp.identity.known import Known
from bulletinnlp.identity.register import Register


def settled(
    *names: Iterable[Known], places: Iterable[str] = (), path: Path | None = None
) -> tuple[list[Entity], dict[str, str]]:
    """The entities of these names, and the ids that mean another one."""
    with Register(path) as register:
        for some in names:
            register.add(some)
        register.add_places(places)
        register.settle()
        return list(register.entities()), register.renamed()
