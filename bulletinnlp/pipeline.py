"""The stages in their order, as a spaCy `Language`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from os import PathLike
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from bulletinnlp.lexicons import SHIPPED, Lexicons, LexiconSource, lexicons_from
from bulletinnlp.models.model_folder import weights_of
from bulletinnlp.models.model_spec import OWN_MODELS, ModelSpec, model_specs
from bulletinnlp.pages.issue_dates import asked_date
from bulletinnlp.stages import STAGES, WRITES
from bulletinnlp.tables.schema import TABLES

#: A name of the user's own list: surer than any model.
GAZETTEER_SCORE = 0.97
#: Where a pipeline's meta data hold the entries of a user's lists.
_LEXICONS_META = "bulletinnlp_lexicons"
#: … and the files of its lists of names.
_GAZETTEERS_META = "bulletinnlp_gazetteers"


def load(
    *,
    model: str | PathLike[str] | Sequence[str] = "embedded",
    exclude: str | Iterable[str] = (),
    published: str | date | None = None,
    lexicons: LexiconSource | None = None,
) -> Language:
    """The pipeline: a spaCy `Language` for Chinese, one token a character, with the stages.

    White space is cut as spaCy does: a single space behind a character is no token but belongs to that one
    (`token.whitespace_`), several spaces or line ends are one token. The number of a token is therefore not the place
    of its character: take spans by characters, `doc.char_span(start, end, label="PER")`.

    `exclude` leaves stages out, one or several, with or without the prefix `bulletin_`. A stage that others need
    (names, times) can be left out to make room for one of your own, added afterwards before those that need it:
    `check(nlp)` says what is still missing, and `extract` does not begin before nothing is. `published` dates texts
    that do not come from a page with a date of issue of its own.

    `model` says what finds the names:

    | model | names | also |
    | --- | --- | --- |
    | `embedded` | the tagger that ships with the package | |
    | `open` | a tagger made of this project's own material alone, without corpora for research | |
    | the folder of a model | the tagger that `bulletinnlp train` made of it | events, where it was trained on them |
    | `hanlp` | HanLP's multi-task model (`pip install 'bulletinnlp[hanlp]'`; downloads 120 MB once) | semantic roles |
    | `hanlp:NAME-OR-FOLDER` | another HanLP recogniser of names or multi-task model | its roles or dependencies |
    | `spacy:NAME-OR-FOLDER` | a spaCy pipeline for Chinese, such as `zh_core_web_sm` | its dependencies |
    | `gazetteer:FILE` | your own list: label, name, aliases, code (`bulletinnlp.models.gazetteer`) | |
    | `embedded+hanlp` | several, or a list of them; joined as `bulletinnlp.models.join` says | |

    From semantic roles or dependencies, the predicates become the triggers of `events`, and their arguments come before
    ours.

    `lexicons` is a folder with word lists of your own, which add to ours and take away from it: `titles.txt`,
    `verbs.txt` … (`bulletinnlp lexicons` says which there are, and what a line of each is; `- 词` takes a word away).
    The pipeline keeps their entries, and needs the folder no more.

    Raises ValueError for a date, a stage or a model that does not exist, for a model that no stage uses and for
    lexicons with a wrong line (all are named), ModuleNotFoundError for a package that is missing, FileNotFoundError and
    ConnectionError for a model that can not be found or fetched.

    >>> nlp = load(exclude=["events", "quotes"], published="2022-11-29")
    >>> doc = nlp("11月13日，梁水镇镇副镇长孙乐文到古楼街道支援。")
    >>> doc._.times[0].value
    '2022-11-13'
    >>> doc = load(lexicons={"titles": ["河湖哨兵 occupation"]}, exclude=["events"])("河湖哨兵孙乐文说，水清了。")
    >>> [(role.person, role.title) for role in doc._.roles]
    [('孙乐文', '河湖哨兵')]
    """
    left_out = {_stage_name(name) for name in excluded(exclude)}
    refuse_unused(model, left_out)
    own = lexicons_from(lexicons)
    options = {"published": asked_date(published), "lexicons": own.entries() or None}
    sources = model_specs(model)
    weights = next((weights_of(source.what) for source in sources if source.kind == "trained"), {})
    nlp = spacy.blank("zh")
    if own:
        nlp.meta[_LEXICONS_META] = own.entries()
    if lists := [str(Path(source.what).absolute()) for source in sources if source.kind == "gazetteer"]:
        nlp.meta[_GAZETTEERS_META] = lists
    nlp.max_length = 10**9  # no parser is run over the Docs; articles are cut when they are made into Docs
    for stage in STAGES:
        if stage in left_out:
            continue
        if stage == "bulletin_names":
            _add_names(nlp, sources, _config(stage, options, weights))
        else:
            nlp.add_pipe(stage, config=_config(stage, options, weights))
    return nlp


def excluded(exclude: str | Iterable[str]) -> tuple[str, ...]:
    """The stages to leave out; a single one may stand by itself.

    >>> excluded("events"), excluded(["events", "quotes"])
    (('events',), ('events', 'quotes'))
    """
    return (exclude,) if isinstance(exclude, str) else tuple(exclude)


def refuse_unused(model: str | PathLike[str] | Sequence[str], exclude: Iterable[str]) -> None:
    """Raise ValueError for a model that nothing would use: one of names alone, where the stage names is left out.

    >>> refuse_unused("open", ["names"])
    Traceback (most recent call last):
    ValueError: model 'open' finds names, and the stage names is left out: it would not be used; leave out one of them
    """
    if "bulletin_names" not in set(map(_stage_name, exclude)):
        return
    for spec in model_specs(model):
        of_names = set(weights_of(spec.what)) <= {"names"} if spec.kind == "trained" else spec.kind != "embedded"
        if of_names:
            named = f"{spec.kind}:{spec.what}".removesuffix(":")
            told = "finds names, and the stage names is left out: it would not be used; leave out one of them"
            raise ValueError(f"model '{named}' {told}")


def gazetteers_of(nlp: Language) -> list[str]:
    """The files of the lists of names that `load` got."""
    return list(nlp.meta.get(_GAZETTEERS_META, ()))


def lexicons_of(nlp: Language) -> Lexicons:
    """The word lists of a pipeline: those that `load` got, else those of the first stage that has some.

    They are in force where pages are split, too, before any stage runs.

    >>> lexicons_of(load(lexicons={"section_names": ["河湖之声 whole"]}, exclude=["events"]))
    Lexicons({'section_names': ['河湖之声\\twhole']})
    """
    if _LEXICONS_META in nlp.meta:
        return lexicons_from(nlp.meta[_LEXICONS_META])
    of_stages = (getattr(stage, "lexicons", None) for _, stage in nlp.pipeline)
    return next((lists for lists in of_stages if isinstance(lists, Lexicons) and lists), SHIPPED)


def published_by(nlp: Language) -> str | None:
    """The date of issue that a pipeline got, for texts that have none of their own.

    >>> published_by(load(published="2022-11-29", exclude=["events"]))
    '2022-11-29'
    """
    configs = (nlp.get_pipe_config(name) for name in nlp.pipe_names if nlp.get_pipe_meta(name).factory in STAGES)
    return next((config["published"] for config in configs if config.get("published")), None)


def _config(stage: str, options: Mapping[str, Any], weights: Mapping[str, str]) -> dict[str, Any]:
    """Of these options those that a stage has, and the folder of its weights, where a trained model holds some."""
    takes = Language.get_factory_meta(stage).default_config or {}
    part = stage.removeprefix("bulletin_")
    own = {"model": weights[part]} if part in weights else {}
    return {name: value for name, value in {**options, **own}.items() if name in takes}


def _add_names(nlp: Language, sources: Sequence[ModelSpec], config: dict[str, Any]) -> None:
    """The stages that find names: the embedded one alone, or models and what joins them."""
    groups = {}
    for source in sources:
        if source.kind in OWN_MODELS:
            nlp.add_pipe("bulletin_names", config={**config, "model": "open"} if source.kind == "open" else config)
        elif source.kind == "gazetteer":
            from bulletinnlp.models.gazetteer import patterns

            entries = patterns(source.what)
            name = "gazetteer"
            # first in the pipeline: a ruler reads its patterns with all stages before it
            ruler = nlp.add_pipe("span_ruler", name=name, config={"spans_key": name, "validate": False}, first=True)
            ruler.add_patterns(entries)  # type: ignore[attr-defined]
            groups[name] = GAZETTEER_SCORE
        else:
            nlp.add_pipe(f"bulletin_{source.kind}", config={"model": source.what})
    if len(sources) > 1 or sources[0].kind not in OWN_MODELS:
        nlp.add_pipe("bulletin_join", config={"groups": groups})


def written(nlp: Language) -> list[str]:
    """What the stages of a pipeline write: `doc.ents`, `doc._.times` …, in the order of the stages.

    A stage of your own counts by what it `assigns`; one that has taken the place of a stage of ours under its name
    (`nlp.replace_pipe`) counts for that stage too.

    >>> written(load(exclude=["places", "references", "roles", "quotes", "events"]))
    ['doc._.bylines', 'doc.spans', 'doc._.times', 'doc.ents', 'doc._.entities']
    """
    return list(dict.fromkeys(what for name in nlp.pipe_names for what in _written_by(nlp, name)))


def _written_by(nlp: Language, name: str) -> tuple[str, ...]:
    return (*nlp.get_pipe_meta(name).assigns, *WRITES.get(name, ()))


def check(nlp: Language) -> None:
    """Raise ValueError if a stage of the pipeline needs what no stage before it writes; the message says which does.

    >>> nlp = load(exclude=["names", "references", "roles", "quotes", "events"])
    >>> check(nlp)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ValueError: bulletin_places needs doc.ents, which no stage before it writes: add bulletin_names before it, ...
    """
    before: set[str] = set()
    for name in nlp.pipe_names:
        for need in nlp.get_pipe_meta(name).requires:
            if need not in before:
                raise ValueError(_missing(nlp, name, need))
        before.update(_written_by(nlp, name))


def late_linking(nlp: Language) -> Callable[[Doc], Doc] | None:
    """The stage `bulletin_entities` of a pipeline in which stages behind it write names, places or titles.

    Tables are made of Docs on which it has run once more, at the end. None where it comes after these anyway.

    >>> nlp = load(exclude=["roles", "quotes", "events"])
    >>> late_linking(nlp) is None
    True
    >>> ruler = nlp.add_pipe("entity_ruler")
    >>> late_linking(nlp) is nlp.get_pipe("bulletin_entities")
    True
    """
    names = [name for name in nlp.pipe_names if nlp.get_pipe_meta(name).factory == "bulletin_entities"]
    if not names:
        return None
    behind = nlp.pipe_names[nlp.pipe_names.index(names[-1]) + 1 :]
    changed = {what for name in behind for what in _written_by(nlp, name)}
    return nlp.get_pipe(names[-1]) if changed & {"doc.ents", "doc._.locations", "doc._.roles"} else None


def _missing(nlp: Language, name: str, need: str) -> str:
    """bulletin_places needs doc.ents, which no stage before it writes …"""
    behind = nlp.pipe_names[nlp.pipe_names.index(name) + 1 :]
    if late := [other for other in behind if need in _written_by(nlp, other)]:
        call = f"nlp.add_pipe({late[0]!r}, before={name!r})"
        return f"{name} needs {need}, which {late[0]} writes, but behind it: add that before, {call}"
    writers = [stage for stage, what in WRITES.items() if need in what]
    needing = [other.removeprefix("bulletin_") for other in nlp.pipe_names if need in nlp.get_pipe_meta(other).requires]
    writer = writers[0] if writers else "a stage of yours"
    return (
        f"{name} needs {need}, which no stage before it writes: add {writer} before it, a stage of your own that "
        f"assigns {need}, or leave out what needs it ({', '.join(needing)})"
    )


def _stage_name(name: str) -> str:
    short = str(name).removeprefix("bulletin_")
    stages = [stage.removeprefix("bulletin_") for stage in STAGES]
    if short in stages:
        return f"bulletin_{short}"
    if (table := TABLES.get(short)) and table.stage:
        hint = f" (the table {short} is filled by {table.stage.removeprefix('bulletin_')})"
    else:
        hint = "".join(f" (did you mean {near}?)" for near in get_close_matches(short, stages, 1))
    raise ValueError(f"there is no stage '{name}'{hint}; choose from {', '.join(stages)}")
