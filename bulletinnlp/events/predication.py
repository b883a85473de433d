"""What a model (semantic roles, dependencies) says of the predicates of a text: an input of the events stage.

A stage before `bulletin_events` may write `doc._.predications`; the events stage then takes its candidates from there
instead of from its own grammar. `bulletin_hanlp` and `bulletin_spacy` write them; a stage of your own can.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from bulletinnlp.doc import declare_records

PredicationRole = Literal["who", "what", "whom", "when", "where"]


class Predication(NamedTuple):
    """A predicate, `doc.text[start:end]`, and one of its arguments, `doc.text[argument_start:argument_end]`.

    A predicate with three arguments has three records in a row, one without any has one record whose last fields are
    None. `source` is the model: `hanlp`, `spacy`.
    """

    start: int
    end: int
    source: str
    role: PredicationRole | None = None
    argument_start: int | None = None
    argument_end: int | None = None


Arguments = list[tuple[PredicationRole, int, int]]


def predicates(records: Iterable[Predication]) -> dict[tuple[int, int], Arguments]:
    """Predicates in the order of the text, each with its arguments.

    >>> text = "近日，县教育局召开会议。"
    >>> said = [Predication(7, 9, "hanlp", "who", 3, 7), Predication(7, 9, "hanlp", "what", 9, 11)]
    >>> {text[s:e]: [(role, text[a:b]) for role, a, b in given] for (s, e), given in predicates(said).items()}
    {'召开': [('who', '县教育局'), ('what', '会议')]}
    """
    found: dict[tuple[int, int], Arguments] = {}
    for one in sorted(records, key=lambda record: (record.start, record.end)):
        given = found.setdefault((one.start, one.end), [])
        if one.role is not None and one.argument_start is not None and one.argument_end is not None:
            given.append((one.role, one.argument_start, one.argument_end))
    return found


declare_records("predications", Predication)
