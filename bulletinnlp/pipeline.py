"""The stages in their order, as a spaCy `Language`."""

from __future__ import annotations

from collections.abc import Iterable

import spacy
from spacy.language import Language

#: The stages of the default pipeline, in order. Each is a spaCy factory (entry points in pyproject.toml).
STAGES = (
    "bulletin_bylines",
    "bulletin_times",
    "bulletin_names",
    "bulletin_places",
    "bulletin_references",
    "bulletin_roles",
    "bulletin_quotes",
    "bulletin_events",
)


def load(*, model: str = "embedded", exclude: Iterable[str] = (), published: str | None = None) -> Language:
    """The pipeline: a spaCy `Language` for Chinese, one token a character, with the stages.

    `exclude` leaves stages out, with or without the prefix `bulletin_`. `published` dates texts that do not come from
    a page with a date of issue of its own. Raises ValueError for a stage or a model that does not exist.

    >>> nlp = load(exclude=["events", "quotes"], published="2022-11-29")
    >>> doc = nlp("11月13日，梁水镇镇副镇长孙乐文到古楼街道支援。")
    >>> doc._.times[0].value
    '2022-11-13'
    """
    left_out = {_stage_name(name) for name in exclude}
    if model != "embedded":
        raise ValueError(f"model '{model}' is unknown; choose embedded")
    nlp = spacy.blank("zh")
    nlp.max_length = 10**9  # no parser is run over the Docs; articles are cut when they are made into Docs
    for stage in STAGES:
        if stage not in left_out:
            nlp.add_pipe(stage, config={"published": published} if stage == "bulletin_times" else {})
    return nlp


def _stage_name(name: str) -> str:
    full = name if name.startswith("bulletin_") else f"bulletin_{name}"
    if full not in STAGES:
        raise ValueError(
            f"there is no stage '{name}'; choose from {', '.join(s.removeprefix('bulletin_') for s in STAGES)}"
        )
    return full
