"""What names mean in the end: for tests."""

from bulletinnlp.identity.entities import EntityIndex
from bulletinnlp.identity.entity import Entity
from bulletinnlp.identity.register import Register


def settled(*indexes: EntityIndex) -> tuple[list[Entity], dict[str, str]]:
    """The entities of these names, and the ids that mean another one."""
    with Register() as names:
        for index in indexes:
            names.add(index)
        names.settle()
        return list(names.entities()), names.renamed()
