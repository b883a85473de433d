"""The stages in their order, as a spaCy `Language`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import spacy
from spacy.language import Language

import bulletinnlp.extensions  # noqa: F401  a Doc has every extension, whichever stages run
from bulletinnlp.models.choice import Choice, choices
from bulletinnlp.models.trained import weights_of
from bulletinnlp.pages.dates import asked_date
from bulletinnlp.stages import STAGES, WRITES

#: A name of the user's own list: surer than any model.
GAZETTEER_SCORE = 0.97


def load(
    *, model: str | Sequence[str] = "embedded", exclude: Iterable[str] = (), published: str | date | None = None
) -> Language:
    """The pipeline: a spaCy `Language` for Chinese, one token a character, with the stages.

    `exclude` leaves stages out, with or without the prefix `bulletin_`. `published` dates texts that do not come from
    a page with a date of issue of its own.

    `model` says what finds the names:

    | model | names | also |
    | --- | --- | --- |
    | `embedded` | the tagger that ships with the package | |
    | the folder of a model | the tagger that `bulletinnlp train` made of it | events, where it was trained on them |
    | `hanlp` | HanLP's multi-task model (`pip install 'bulletinnlp[hanlp]'`; downloads 120 MB once) | semantic roles |
    | `hanlp:NAME-OR-FOLDER` | another HanLP recogniser of names or multi-task model | its roles or dependencies |
    | `spacy:NAME-OR-FOLDER` | a spaCy pipeline for Chinese, such as `zh_core_web_sm` | its dependencies |
    | `gazetteer:FILE` | your own list: label, tab, name | |
    | `embedded+hanlp` | several, or a list of them; joined as `bulletinnlp.models.join` says | |

    Semantic roles or dependencies take the place of our grammar in the stage `events`.

    Raises ValueError for a date, a stage or a model that does not exist and where a stage needs what no other writes,
    ModuleNotFoundError for a package that is missing, FileNotFoundError and ConnectionError for a model that can not be
    found or fetched.

    >>> nlp = load(exclude=["events", "quotes"], published="2022-11-29")
    >>> doc = nlp("11月13日，梁水镇镇副镇长孙乐文到古楼街道支援。")
    >>> doc._.times[0].value
    '2022-11-13'
    """
    left_out = {_stage_name(name) for name in exclude}
    published = asked_date(published)
    sources = choices(model)
    weights = next((weights_of(source.what) for source in sources if source.kind == "trained"), {})
    nlp = spacy.blank("zh")
    nlp.max_length = 10**9  # no parser is run over the Docs; articles are cut when they are made into Docs
    for stage in STAGES:
        if stage in left_out:
            continue
        if stage == "bulletin_names":
            _add_names(nlp, sources, weights)
        elif stage == "bulletin_events":
            nlp.add_pipe(stage, config={"model": weights.get("events", "embedded")})
        else:
            nlp.add_pipe(stage, config={"published": published} if stage == "bulletin_times" else {})
    check(nlp)
    return nlp


def _add_names(nlp: Language, sources: Sequence[Choice], weights: Mapping[str, str]) -> None:
    """The stages that find names: the embedded one alone, or models and what joins them."""
    groups = {}
    for source in sources:
        if source.kind in ("embedded", "trained"):
            nlp.add_pipe("bulletin_names", config={"model": weights.get("names", "embedded")})
        elif source.kind == "gazetteer":
            from bulletinnlp.models.gazetteer import patterns

            found = patterns(source.what)
            name = "gazetteer"
            # first in the pipeline: a ruler reads its patterns with all stages before it
            ruler = nlp.add_pipe("span_ruler", name=name, config={"spans_key": name, "validate": False}, first=True)
            ruler.add_patterns(found)  # type: ignore[attr-defined]
            groups[name] = GAZETTEER_SCORE
        else:
            nlp.add_pipe(f"bulletin_{source.kind}", config={"model": source.what})
    if len(sources) > 1 or sources[0].kind not in ("embedded", "trained"):
        nlp.add_pipe("bulletin_join", config={"groups": groups})


def written(nlp: Language) -> list[str]:
    """What the stages of a pipeline write: `doc.ents`, `doc._.times` …, in the order of the stages.

    A stage of your own counts by what it `assigns`; one that has taken the place of a stage of ours under its name
    (`nlp.replace_pipe`) counts for that stage too.

    >>> written(load(exclude=["places", "references", "roles", "quotes", "events"]))
    ['doc._.bylines', 'doc.spans', 'doc._.times', 'doc.ents']
    """
    found: dict[str, None] = {}
    for name in nlp.pipe_names:
        found.update(dict.fromkeys([*nlp.get_pipe_meta(name).assigns, *WRITES.get(name, ())]))
    return list(found)


def check(nlp: Language) -> None:
    """Raise ValueError if a stage of the pipeline needs what no stage before it writes; the message says which does."""
    known: set[str] = set()
    for name in nlp.pipe_names:
        meta = nlp.get_pipe_meta(name)
        for need in meta.requires:
            if need not in known:
                raise ValueError(_complaint(nlp, name, need))
        known.update(meta.assigns, WRITES.get(name, ()))


def _complaint(nlp: Language, name: str, need: str) -> str:
    """bulletin_places needs doc.ents, which no stage before it writes …"""
    writers = [stage for stage, what in WRITES.items() if need in what]
    needing = [other.removeprefix("bulletin_") for other in nlp.pipe_names if need in nlp.get_pipe_meta(other).requires]
    writer = writers[0] if writers else "a stage of yours"
    return (
        f"{name} needs {need}, which no stage before it writes: add {writer} before it, a stage of your own that "
        f"assigns {need}, or leave out what needs it ({', '.join(needing)})"
    )


def _stage_name(name: str) -> str:
    full = name if name.startswith("bulletin_") else f"bulletin_{name}"
    if full not in STAGES:
        raise ValueError(
            f"there is no stage '{name}'; choose from {', '.join(s.removeprefix('bulletin_') for s in STAGES)}"
        )
    return full
