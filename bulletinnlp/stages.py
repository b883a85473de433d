"""The stages of the default pipeline, in order, and what each writes on a `Doc`."""

from __future__ import annotations

#: Each is a spaCy factory (entry points in pyproject.toml). A stage of another name that `assigns` the same takes its
#: place: the stages after it and the tables do not ask who wrote what they read.
WRITES: dict[str, tuple[str, ...]] = {
    "bulletin_bylines": ("doc._.bylines",),
    "bulletin_times": ("doc._.times",),
    "bulletin_names": ("doc.ents",),
    "bulletin_places": ("doc._.locations",),
    "bulletin_references": ("doc._.references",),
    "bulletin_roles": ("doc._.roles",),
    "bulletin_quotes": ("doc._.quotes",),
    "bulletin_events": ("doc._.events", "doc._.arguments"),
    "bulletin_entities": ("doc._.entities",),
}
STAGES = tuple(WRITES)
