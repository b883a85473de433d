"""What every stage owes to spaCy and to the other stages: the same constructor, options, scores, files, errors."""

from __future__ import annotations

import importlib
import inspect
import logging
import pickle
import pkgutil
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.pipeline import Pipe
from spacy.tokens import Doc
from spacy.training import Example

import bulletinnlp
from bulletinnlp import Page, load
from bulletinnlp.annotations import Part
from bulletinnlp.data import resource
from bulletinnlp.events.component import Events
from bulletinnlp.models.component import Model
from bulletinnlp.models.model_folder import PARTS
from bulletinnlp.names.component import Names
from bulletinnlp.runs.page_rows import page_rows
from bulletinnlp.stage_base import Stage
from bulletinnlp.stages import WRITES

TEXT = "11月27日，县教育局局长贺秋实到柳林镇调研。该镇发放轮椅32辆。贺秋实说：“一定办好。”（记者 李明）"
BYLINE = TEXT.index("（")
LISTS = {"titles": ["河湖哨兵 office"]}


def components() -> Iterator[type[Stage]]:
    for module in pkgutil.iter_modules(bulletinnlp.__path__, "bulletinnlp."):
        if module.ispkg and "component" in {
            one.name for one in pkgutil.iter_modules([f"{bulletinnlp.__path__[0]}/{module.name[12:]}"])
        }:
            for _, found in inspect.getmembers(importlib.import_module(f"{module.name}.component"), inspect.isclass):
                if issubclass(found, Stage) and found.__module__ == f"{module.name}.component" and found is not Model:
                    yield found


ALL = list(components())
#: Those that are made without a model of others.
OWN = [stage for stage in ALL if not issubclass(stage, Model)]
each = pytest.mark.parametrize("stage", ALL, ids=lambda stage: stage.__name__)
each_own = pytest.mark.parametrize("stage", OWN, ids=lambda stage: stage.__name__)


def factory(stage: type[Stage]) -> str:
    name: str = inspect.signature(stage).parameters["name"].default
    return name


def article(nlp: Language) -> Doc:
    """A Doc with parts, date and home, no stage run."""
    doc = nlp.make_doc(TEXT)
    doc._.parts = [Part("body", 0, BYLINE), Part("byline", BYLINE, len(TEXT))]
    doc._.published, doc._.home = "2022-11-29", "山东省聊城市东昌府区"
    return doc


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load()


@pytest.fixture(scope="module")
def read(nlp: Language) -> Doc:
    return nlp(article(nlp))


def test_these_are_all() -> None:
    assert {factory(stage) for stage in OWN} == {*WRITES, "bulletin_join"}
    assert len(ALL) == len(OWN) + 2


@each
def test_the_constructor(stage: type[Stage]) -> None:
    nlp, name, *options = inspect.signature(stage).parameters.values()
    assert (nlp.name, name.name) == ("nlp", "name")
    assert name.default.startswith("bulletin_")
    assert all(option.kind is option.KEYWORD_ONLY for option in options)
    config = Language.get_factory_meta(factory(stage)).default_config
    assert {option.name: option.default for option in options if option.default is not None} == {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in config.items()
        if value not in (None, {})
    }
    assert {option.name for option in options} == {*config}


@each
def test_the_docstring_is_a_manual_page(stage: type[Stage]) -> None:
    text = inspect.getdoc(stage) or ""
    assert "Parameters" in text
    if stage in OWN:
        assert all(word in text for word in ("Reads", "Writes", "| --- |", ">>> "))
        assert "lexicons" not in inspect.signature(stage).parameters or "`lexicons`" in text


@each_own
def test_it_is_a_pipe(stage: type[Stage], nlp: Language) -> None:
    assert issubclass(stage, Pipe)
    made = stage(nlp)
    assert made.name == factory(stage)
    assert isinstance(pickle.loads(pickle.dumps(made)), stage)


@pytest.mark.parametrize("name", WRITES)
def test_scores(nlp: Language, read: Doc, name: str) -> None:
    """All is right of what a stage wrote; none of it on a Doc without."""
    component: Any = nlp.get_pipe(name)
    assert component.scored
    for doc, right in ((read, 1.0), (article(nlp), 0.0)):
        scores = component.score([Example(doc, read)])
        for annotation in set(component.scored) - {"appointments"}:
            assert scores[f"{annotation}_f"] == right
            assert scores[f"{annotation}_r"] == right


def test_evaluate(nlp: Language, read: Doc) -> None:
    wanted = read.copy()
    wanted._.quotes = [quote._replace(speaker="李明") for quote in read._.quotes]
    scores = nlp.evaluate([Example(article(nlp), wanted)])
    assert scores["quotes_f"] == 0.0
    assert scores["appointments_f"] is None
    perfect = ("times", "ents", "bylines", "locations", "references", "roles", "events", "arguments", "entities")
    assert [scores[f"{name}_f"] for name in perfect] == [1.0] * len(perfect)
    assert scores["events_per_type"].keys() == {event.type for event in read._.events}
    assert {"PER", "ORG", "PLACE"} == scores["ents_per_type"].keys()


def test_what_nobody_annotated_is_not_scored(nlp: Language) -> None:
    scores = nlp.evaluate([Example(article(nlp), nlp.make_doc(TEXT))])
    assert {scores[f"{name}_f"] for name in ("times", "ents", "bylines", "roles", "quotes", "events")} == {None}


@pytest.mark.parametrize("name", WRITES)
def test_a_failure_goes_to_the_error_handler(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    nlp = load(exclude=set(WRITES) - {name})
    component: Any = nlp.get_pipe(name)
    method = "annotate" if hasattr(component, "annotate") else "__call__"
    run = getattr(type(component), method)

    def failing(self: Any, given: Any) -> Any:
        if any("坏" in doc.text for doc in (given if isinstance(given, list) else [given])):
            raise RuntimeError("broken")
        return run(self, given)

    monkeypatch.setattr(type(component), method, failing)
    texts = ["好的。", "坏的。", "又好了。"]
    with pytest.raises(RuntimeError, match="broken"):
        list(nlp.pipe(texts))
    heard = []
    nlp.set_error_handler(lambda *told: heard.append(told))  # type: ignore[arg-type, return-value]
    assert [doc.text for doc in nlp.pipe(texts)] == ["好的。", "又好了。"]
    ((stage, of, docs, error),) = heard
    assert (stage, of, [doc.text for doc in docs], str(error)) == (name, component, ["坏的。"], "broken")
    assert error.__traceback__ is not None


def test_a_run_logs_the_traceback(
    nlp: Language, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bulletinnlp.times.component.find_in", lambda *_: 1 / 0)
    with caplog.at_level(logging.DEBUG, "bulletinnlp"):
        rows = page_rows(Page("p1", "开会\n\n本报讯 5月7日，县教育局开会。"), nlp)
    assert "the stage failed on this article (ZeroDivisionError" in rows["problems"][0]["message"]
    (record,) = caplog.records
    assert record.exc_info
    assert "find_in" in str(record.exc_text or logging.Formatter().formatException(record.exc_info))


with_lists = pytest.mark.parametrize(
    "stage",
    [stage for stage in OWN if "lexicons" in inspect.signature(stage).parameters],
    ids=lambda stage: stage.__name__,
)


@with_lists
def test_a_folder_of_lists_may_go(stage: type[Stage], tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "titles.txt").write_text(LISTS["titles"][0], encoding="utf-8")
    nlp = spacy.blank("zh")
    nlp.add_pipe(factory(stage), config={"lexicons": str(folder)})
    held, data = nlp.get_pipe(factory(stage)).lexicons, nlp.to_bytes()  # type: ignore[attr-defined]
    nlp.to_disk(tmp_path / "saved")
    shutil.rmtree(folder)
    saved = (tmp_path / "saved").rename(tmp_path / "moved")
    loaded = spacy.load(saved)
    again = type(nlp).from_config(nlp.config, meta=nlp.meta).from_bytes(data)
    assert held
    for pipeline in (loaded, again):
        assert pipeline.get_pipe(factory(stage)).lexicons is held  # type: ignore[attr-defined]


@pytest.mark.parametrize(("stage", "part"), [(Names, "names"), (Events, "events")])
def test_the_folder_of_a_model_may_go(stage: type[Stage], part: str, tmp_path: Path) -> None:
    """A network of a folder is copied, and read from the copy, in other processes too."""
    assert stage.network_files == PARTS[part]  # type: ignore[attr-defined]
    folder = tmp_path / "model"
    folder.mkdir()
    for name in PARTS[part]:
        (folder / name).write_bytes(resource(part, name).read_bytes())
    nlp = load(exclude="quotes")
    nlp.replace_pipe(factory(stage), factory(stage), config={"model": str(folder)})
    wanted = found(nlp(article(nlp)))
    nlp.to_disk(tmp_path / "saved")
    data = nlp.to_bytes()
    shutil.rmtree(folder)
    saved = (tmp_path / "saved").rename(tmp_path / "moved")
    loaded = spacy.load(saved)
    again = type(nlp).from_config(nlp.config, meta=nlp.meta).from_bytes(data)
    for pipeline in (loaded, again, pickle.loads(pickle.dumps(loaded)), pickle.loads(pickle.dumps(again))):
        assert found(pipeline(article(pipeline))) == wanted
    loaded.to_disk(saved)
    assert found(spacy.load(saved)(article(loaded))) == wanted
    with pytest.raises(ValueError, match="the folder of its model is gone"):
        type(nlp).from_config(nlp.config, meta=nlp.meta)(TEXT)
    with pytest.raises(ValueError, match="model must be 'embedded'"):
        nlp.replace_pipe(factory(stage), factory(stage), config={"model": str(tmp_path / "nowhere")})


def found(doc: Doc) -> list[Any]:
    return [*((ent.text, ent.label_) for ent in doc.ents), *doc._.events]


def test_what_ships_is_not_copied(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path)
    assert not [path for path in tmp_path.iterdir() if path.name.startswith("bulletin_")]
