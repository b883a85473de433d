"""Scores of annotations, as `nlp.evaluate` gives them: precision, recall and F of what the stages wrote on Docs.

| annotation | found means that these agree | `_per_type` by |
| --- | --- | --- |
| `ents` | label, start, end | label |
| `times` | type, start, end, value | type |
| `bylines` | name, role, start, end | role |
| `locations` | start, end, adcode | |
| `references` | start, end, antecedent | |
| `roles`, `appointments` | person, title, organisation, start, end, status | kind |
| `quotes` | start, end, speaker | |
| `events` | type, start, end of the trigger | type |
| `arguments` | trigger, role, start, end | role |

Each gives `times_p`, `times_r`, `times_f` (0 to 1; None where there is nothing to compare), and where the table says by
what, `times_per_type` with `p`, `r` and `f` of each. A reference Doc on which an annotation was never set is not
counted for it; an empty list says that there is none. Scores of tables against annotated articles are made by
`bulletinnlp.evaluation`, which also counts what is almost right.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import Any

from spacy.scorer import PRFScore, get_ner_prf
from spacy.tokens import Doc
from spacy.training import Example

#: The fields of a record that must agree.
FIELDS: dict[str, tuple[str, ...]] = {
    "times": ("type", "start", "end", "value"),
    "bylines": ("name", "role", "start", "end"),
    "locations": ("start", "end", "adcode"),
    "references": ("start", "end", "antecedent"),
    "roles": ("person", "title", "organisation", "start", "end", "status"),
    "appointments": ("person", "title", "organisation", "start", "end", "status"),
    "quotes": ("start", "end", "speaker"),
    "events": ("type", "start", "end"),
    "arguments": ("role", "start", "end"),
}
#: The field by which `_per_type` divides them.
TYPES = {
    "times": "type", "bylines": "role", "roles": "kind", "appointments": "kind", "events": "type", "arguments": "role",
}  # fmt: skip


def score_annotations(examples: Iterable[Example], names: Sequence[str]) -> dict[str, Any]:
    """The scores of these annotations over the examples, of which `predicted` is compared with `reference`.

    >>> import spacy
    >>> import bulletinnlp.annotations
    >>> nlp = spacy.blank("zh")
    >>> predicted, reference = (nlp.make_doc("他说：“水清了。”王强说：“好。”") for _ in range(2))
    >>> predicted._.quotes = [("王强", "说", "好。", 13, 15)]
    >>> reference._.quotes = [("孙乐文", "说", "水清了。", 4, 8), ("王强", "说", "好。", 13, 15)]
    >>> score_annotations([Example(predicted, reference)], ["quotes"])
    {'quotes_p': 1.0, 'quotes_r': 0.5, 'quotes_f': 0.6666666666666666}
    """
    examples = list(examples)
    found: dict[str, Any] = {}
    for name in names:
        found |= get_ner_prf(examples) if name == "ents" else _score(examples, name)
    return found


def _score(examples: Iterable[Example], name: str) -> dict[str, Any]:
    whole = PRFScore()
    types: defaultdict[str, PRFScore] = defaultdict(PRFScore)
    for example in examples:
        if f"bulletinnlp.{name}" not in example.reference.user_data:
            continue
        predicted, reference = _keys(example.predicted, name), _keys(example.reference, name)
        whole.score_set(set().union(*predicted.values()), set().union(*reference.values()))
        for kind in predicted.keys() | reference.keys():
            types[kind].score_set(predicted[kind], reference[kind])
    values = (whole.precision, whole.recall, whole.fscore) if len(whole) else (None, None, None)
    scores: dict[str, Any] = dict(zip((f"{name}_p", f"{name}_r", f"{name}_f"), values, strict=True))
    if name in TYPES:
        scores[f"{name}_per_type"] = {kind: types[kind].to_dict() for kind in sorted(types)} if len(whole) else None
    return scores


def _keys(doc: Doc, name: str) -> defaultdict[str, set[Hashable]]:
    """What must agree, of each record, by type."""
    records: Iterable[Any] = getattr(doc._, name)
    events = doc._.events if name == "arguments" else ()
    keys: defaultdict[str, set[Hashable]] = defaultdict(set)
    for record in records:
        key: tuple[Hashable, ...] = tuple(getattr(record, field) for field in FIELDS[name])
        if name == "arguments":
            key += (events[record.event].start, events[record.event].end)
        keys[getattr(record, TYPES[name]) if name in TYPES else ""].add(key)
    return keys
