"""The shipped networks, trained further on three articles: a model comes out, is loaded, and is told from others.

To run: `pip install 'bulletinnlp[training,test]' && OMP_NUM_THREADS=1 pytest tests/finetune`
"""

from __future__ import annotations

import json
import pickle
import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest
from typer.testing import CliRunner

import bulletinnlp
from bulletinnlp import finetune
from bulletinnlp.cli import app
from bulletinnlp.models.model_folder import MANIFEST, read_manifest
from bulletinnlp.runs.extract import extract_to

pytestmark = pytest.mark.training
WITHOUT = [name for name in ("torch", "onnx") if find_spec(name) is None]
needs_torch = pytest.mark.skipif(bool(WITHOUT), reason=f"{WITHOUT} missing: pip install 'bulletinnlp[training]'")
TEXT = "昨日，贺秋实来到雁回里，看望了老人。"
ARTICLE = """%%%
id: p{n}#1
published: 2022-05-02
headline: [L:甲{n}镇]送药
body:
[T:5月2日=DATE=2022-05-02]，[L:甲{n}镇]党员来到[L:雁回里]，为老人[P:丙大娘]送去药品。“药送得好。”[P:丁启明]说。
events:
S1 | 来到 | 甲{n}镇 | | | 5月2日 | 雁回里 | visit |
S1 | 送去 | 甲{n}镇 | 药品 | 丙大娘 | 5月2日 | 雁回里 | volunteering | main
"""
FEW = {"names": {"epochs": 2.0}, "events": {"epochs": 2.0}}


def corrected(folder: Path, form: str = ARTICLE, count: int = 3) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "articles.txt").write_text("".join(form.format(n=n) for n in range(count)), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model trained on two articles, measured on a third."""
    if WITHOUT:
        pytest.skip(f"{WITHOUT} missing")
    folder = tmp_path_factory.mktemp("finetune")
    trained = finetune.train(corrected(folder / "corrected"), folder / "model", held_out=0.34, **FEW)
    assert (trained.counts.articles, trained.held_out.articles) == (2, 1)
    assert set(trained.before) == set(trained.after) >= {"names", "events (trigger)"}
    return folder / "model"


@needs_torch
def test_a_model_is_a_folder_with_a_card(model: Path) -> None:
    manifest = read_manifest(model)
    assert manifest is not None
    assert manifest["parts"] == ["names", "events"]
    assert manifest["learned"] == {"articles": 2, "names": 10, "with_events": 2, "events": 4}
    card = (model / "README.md").read_text(encoding="utf-8")
    assert "2 articles, 10 names, 4 events" in card
    assert "| names | 5 |" in card
    assert sorted(path.name for path in model.parent.iterdir()) == ["corrected", "model"]


@needs_torch
def test_a_model_is_loaded_by_its_folder(model: Path) -> None:
    nlp = bulletinnlp.load(model=model)
    shipped = bulletinnlp.load()
    assert [nlp.get_pipe_config(f"bulletin_{part}")["model"] for part in ("names", "events")] == [
        str(model / "names"),
        str(model / "events"),
    ]
    doc = nlp(TEXT)
    assert {ent.text for ent in doc.ents} >= {"贺秋实", "雁回里"}
    assert "看望" in [event.trigger for event in doc._.events]
    scores = [[ent._.score for ent in some(TEXT).ents if ent.text == "贺秋实"] for some in (nlp, shipped)]
    assert scores[0] != scores[1]
    again = pickle.loads(pickle.dumps(nlp.get_pipe("bulletin_events")))
    assert again.network.folder == nlp.get_pipe("bulletin_events").network.folder


@needs_torch
def test_a_model_beside_a_list_of_names(model: Path, tmp_path: Path) -> None:
    (tmp_path / "names.tsv").write_text("PLACE\t凤鸣坡\n", encoding="utf-8")
    nlp = bulletinnlp.load(model=f"{model}+gazetteer:{tmp_path / 'names.tsv'}")
    assert {"贺秋实", "凤鸣坡"} <= {ent.text for ent in nlp("昨日，贺秋实来到凤鸣坡植树。").ents}


@needs_torch
def test_the_record_of_a_run_knows_the_model(model: Path, tmp_path: Path) -> None:
    (tmp_path / "p.txt").write_text(TEXT, encoding="utf-8")
    for name in ("tables", "others"):
        extract_to(tmp_path / "p.txt", tmp_path / name, model=str(model))
    records = [json.loads((tmp_path / name / "run.json").read_text("utf-8"))["models"] for name in ("tables", "others")]
    assert records[0] == records[1]
    assert len(records[0][0]) == 64
    extract_to(tmp_path / "p.txt", tmp_path / "made", nlp=bulletinnlp.load(model=str(model)))
    assert len(json.loads((tmp_path / "made" / "run.json").read_text("utf-8"))["models"]) == 2  # names, events


@needs_torch
def test_nothing_is_replaced_unasked(model: Path, tmp_path: Path) -> None:
    out, texts = tmp_path / "model", corrected(tmp_path / "corrected")
    shutil.copytree(model, out)
    with pytest.raises(FileExistsError, match="holds a model already; --overwrite replaces it"):
        finetune.train(texts, out)
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError, match=r"notes\.txt was not written by"):
        finetune.train(texts, out, overwrite=True)
    with pytest.raises(FileExistsError, match="is no model that"):
        finetune.train(texts, texts, overwrite=True)
    (out / "notes.txt").unlink()
    finetune.train(texts, out, overwrite=True, held_out=0, names={"most": 1}, events={"most": 1})
    manifest = read_manifest(out)
    assert manifest is not None
    assert manifest["learned"]["articles"] == 3
    assert "Nothing was held out" in (out / "README.md").read_text(encoding="utf-8")


@needs_torch
def test_names_alone_where_no_events_are_annotated(tmp_path: Path) -> None:
    form = ARTICLE.partition("events:")[0]
    finetune.train(corrected(tmp_path / "corrected", form), tmp_path / "model", held_out=0, names={"most": 1})
    assert sorted(path.name for path in (tmp_path / "model").iterdir()) == ["README.md", MANIFEST, "names"]
    found, shipped = (
        nlp(TEXT)._.events for nlp in (bulletinnlp.load(model=str(tmp_path / "model")), bulletinnlp.load())
    )
    assert [event.trigger for event in found] == [event.trigger for event in shipped]
    assert "看望" in [event.trigger for event in found]


@needs_torch
@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"names": {"speed": 1.0}}, "there is no such setting: got an unexpected keyword argument 'speed'"),
        ({"events": {"rates": {"tongue": 1e-3}}, "names": {"most": 1}}, "a name that begins with 'tongue'"),
        ({"held_out": 0.9}, "held_out must be from 0 to 0.5, not 0.9"),
    ],
)
def test_settings_that_do_not_exist(tmp_path: Path, settings: dict, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        finetune.train(corrected(tmp_path / "corrected"), tmp_path / "model", **settings)
    assert [path.name for path in tmp_path.iterdir()] == ["corrected"]


@needs_torch
def test_an_interrupted_training_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Watch:
        """A progress bar whose user presses Ctrl-C at the second step."""

        steps = 0

        def __enter__(self) -> None: ...
        def __exit__(self, *_: object) -> None: ...
        def add_task(self, what: str, total: int) -> int:
            return total

        def advance(self, task: int) -> None:
            self.steps += 1
            if self.steps == 2:
                raise KeyboardInterrupt

    texts = corrected(tmp_path / "corrected")
    with pytest.raises(KeyboardInterrupt):
        finetune.train(texts, tmp_path / "model", watch=Watch())
    assert [path.name for path in tmp_path.iterdir()] == ["corrected"]
    monkeypatch.setattr("bulletinnlp.cli.progress", Watch)
    done = CliRunner().invoke(app, ["train", str(texts), "--out", str(tmp_path / "model")])
    assert (done.exit_code, done.stderr) == (130, "bulletinnlp: stopped; nothing was written\n")
    assert [path.name for path in tmp_path.iterdir()] == ["corrected"]


@needs_torch
def test_all_wrong_marks_are_named_at_once(tmp_path: Path) -> None:
    wrong = ARTICLE.replace("[P:丁启明]", "[X:丁启明]").replace("送去 |", "送到 |")
    texts = corrected(tmp_path / "corrected", wrong, count=2)
    done = CliRunner().invoke(app, ["train", str(texts), "--out", str(tmp_path / "model")])
    assert done.exit_code == 2
    assert [line.partition(".txt:")[2].partition(":")[0] for line in done.stderr.splitlines()] == ["6", "9", "15", "18"]
    assert not (tmp_path / "model").exists()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda model: (model / MANIFEST).unlink(), "this is no model that `bulletinnlp train` wrote"),
        (lambda model: (model / MANIFEST).write_text("{}"), "this is no model that `bulletinnlp train` wrote"),
        (lambda model: (model / "names/tagger.onnx").unlink(), "names/tagger.onnx is missing"),
        (lambda model: (model / "events/heads.onnx").write_bytes(b"x"), "events/heads.onnx is not what was written"),
    ],
)
@needs_torch
def test_a_folder_that_is_no_model(model: Path, tmp_path: Path, change, told: str) -> None:
    shutil.copytree(model, tmp_path / "model")
    change(tmp_path / "model")
    with pytest.raises(ValueError, match=told) as error:
        bulletinnlp.load(model=str(tmp_path / "model"))
    assert len(str(error.value).splitlines()) == 1


def test_names_of_models_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="is no model that `bulletinnlp train` wrote"):
        bulletinnlp.load(model=str(tmp_path))
    with pytest.raises(FileNotFoundError, match="model nowhere: there is no such folder"):
        bulletinnlp.load(model="trained:nowhere")
    with pytest.raises(ValueError, match="each once"):
        bulletinnlp.load(model=["embedded", str(tmp_path)])


@pytest.mark.skipif(not WITHOUT, reason="PyTorch is installed")
def test_without_torch_it_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'bulletinnlp\[training\]'"):
        finetune.train(corrected(tmp_path), tmp_path / "model")
