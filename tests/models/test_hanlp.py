"""HanLP models through our stages. The models are trained here, on made-up sentences, and loaded as a user loads his.

To run (1.2 GB of packages, half a minute): `pip install 'bulletinnlp[hanlp,test]' && OMP_NUM_THREADS=1 pytest -m hanlp`
"""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import made_up
import pytest
import spacy
from spacy.language import Language

from bulletinnlp import Page, extract, load
from bulletinnlp.events.predications import by_predicate as predicates

pytestmark = [
    pytest.mark.hanlp,
    pytest.mark.skipif(find_spec("hanlp") is None, reason="hanlp is not installed: pip install 'bulletinnlp[hanlp]'"),
]
HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the models `ner` and `mtl`."""
    folder = tmp_path_factory.mktemp("hanlp")
    done = subprocess.run(
        [sys.executable, HERE / "hanlp_models.py", folder], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return folder


@pytest.fixture(scope="session")
def recogniser(models: Path) -> Language:
    return load(model=f"hanlp:{models / 'ner'}")


@pytest.fixture(scope="session")
def tasks(models: Path) -> Language:
    return load(model=f"hanlp:{models / 'mtl'}")


LABELS = {"PERSON": "PER", "ORGANIZATION": "ORG", "LOCATION": "PLACE"}
SENTENCES = made_up.sentences(40, seed=7)
ARTICLE = "\n".join(made_up.text(s) for s in SENTENCES)
NAMES = [(word.text, LABELS[word.name]) for s in SENTENCES for word in s if word.name != "O"]


def places() -> set[tuple[int, str, str]]:
    """Where each name of the article begins, its text and label."""
    found, at = set(), 0
    for s in SENTENCES:
        for word in s:
            if word.name != "O":
                found.add((at, word.text, LABELS[word.name]))
            at += len(word.text)
        at += 1
    return found


def names(doc: spacy.tokens.Doc) -> list[tuple[str, str]]:
    return [(ent.text, ent.label_) for ent in doc.ents]


@pytest.mark.parametrize("model", ["recogniser", "tasks"])
def test_names_stand_where_they_are_printed(model: str, request: pytest.FixtureRequest) -> None:
    doc = request.getfixturevalue(model)(ARTICLE)
    found = {(ent.start_char, ent.text, ent.label_) for ent in doc.ents}
    assert len(found & places()) > 0.9 * len(NAMES)
    assert {ent._.source for ent in doc.ents} == {"hanlp"}
    assert {ent._.score for ent in doc.ents} == {0.8}
    assert [ent.start for ent in doc.ents] == sorted(ent.start for ent in doc.ents)


def test_words_are_aligned_over_spaces(tasks: Language) -> None:
    assert ("许秀兰", "PER") in names(tasks("上周许秀兰在平山镇发放物资。"))
    assert ("许 秀兰", "PER") in names(tasks("上周许 秀兰在平山镇 发放物资。"))


def test_roles_become_predications(tasks: Language) -> None:
    doc = tasks("上周许秀兰在平山镇发放物资。\n近日，安吉县图书馆在永安镇举办比赛。")
    found = {doc.text[a:b]: given for (a, b), given in predicates(doc._.predications).items()}
    assert {role: doc.text[a:b] for role, a, b in found["发放"]} == {
        "when": "上周", "who": "许秀兰", "where": "在平山镇", "what": "物资",
    }  # fmt: skip
    assert {one.source for one in doc._.predications} == {"hanlp"}


def test_long_text_is_cut_and_joined(tasks: Language, recogniser: Language) -> None:
    unbroken = ARTICLE.replace("。\n", "，")  # one sentence, longer than the encoder can read
    for nlp in (tasks, recogniser):
        doc = nlp(unbroken)
        assert len(doc) > 512
        assert len(set(names(doc)) & set(NAMES)) > 0.6 * len(set(NAMES))
        for ent in doc.ents:
            assert doc.text[ent.start_char : ent.end_char] == ent.text


@pytest.mark.parametrize("text", ["", " ", "\n\n", "　", "Hello, world", "😀", "\u200b", "。。。", "12.5%"])
def test_odd_texts(tasks: Language, recogniser: Language, text: str) -> None:
    assert tasks(text).text == recogniser(text).text == text


def test_batches_give_what_single_texts_give(tasks: Language) -> None:
    texts = [made_up.text(s) for s in SENTENCES]
    together = [names(doc) for doc in tasks.pipe(texts, batch_size=8)]
    assert together == [names(tasks(text)) for text in texts]


def test_saved_loaded_pickled(tasks: Language, tmp_path: Path) -> None:
    tasks.to_disk(tmp_path / "pipeline")
    again = [spacy.load(tmp_path / "pipeline"), pickle.loads(pickle.dumps(tasks))]
    expected = names(tasks(ARTICLE))
    assert [names(nlp(ARTICLE)) for nlp in again] == [expected, expected]


def test_two_processes(tasks: Language) -> None:
    texts = [made_up.text(s) for s in SENTENCES]
    docs = list(tasks.pipe(texts, n_process=2, batch_size=5))
    assert [names(doc) for doc in docs] == [names(doc) for doc in tasks.pipe(texts)]
    assert all(doc._.predications for doc in docs)


def test_several_sources(models: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.tsv"
    mine.write_text("PER\t许秀兰\nORG\t物资\n", encoding="utf-8")
    nlp = load(model=f"hanlp:{models / 'mtl'}+gazetteer:{mine}")
    found = {ent.text: (ent._.source, ent._.score) for ent in nlp("上周许秀兰在平山镇发放物资。").ents}
    assert found == {"许秀兰": ("gazetteer+hanlp", 0.99), "平山镇": ("hanlp", 0.8), "物资": ("gazetteer", 0.97)}


def test_the_tables(models: Path) -> None:
    page = Page("p1", "平山镇见闻\n\n" + ARTICLE.replace("\n", "") + "\n(区教体局)", published="2022-11")
    found = extract(page, model=f"hanlp:{models / 'mtl'}")
    assert set(found.mentions.source) == {"hanlp"}
    assert len(found.mentions) > 40
    for row in found.mentions.itertuples():
        assert page.text[row.start : row.end].replace("\n", "") == row.text


def test_events_come_from_the_roles(tasks: Language) -> None:
    doc = tasks("上周许秀兰在平山镇发放物资。")
    arguments = {(one.role, one.text) for one in doc._.arguments}
    assert [event.trigger for event in doc._.events] == ["发放"]
    assert {("who", "许秀兰"), ("what", "物资"), ("where", "平山镇"), ("when", "上周")} <= arguments


def broken(models: Path, tmp_path: Path, what: str) -> Path:
    folder = tmp_path / what
    shutil.copytree(models / "ner", folder)
    if what == "config.json":
        (folder / what).write_text("{", encoding="utf-8")
    elif what == "model.pt":
        (folder / what).write_bytes((folder / what).read_bytes()[:100])
    elif what == "vocabs.json":
        (folder / what).unlink()
    elif what == "classpath":
        text = (folder / "config.json").read_text(encoding="utf-8")
        text = text.replace("hanlp.components.ner.rnn_ner.RNNNamedEntityRecognizer", "subprocess.Popen")
        (folder / "config.json").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("what", ["config.json", "model.pt", "vocabs.json", "classpath"])
def test_a_broken_folder(models: Path, tmp_path: Path, what: str, capsys: pytest.CaptureFixture) -> None:
    folder = broken(models, tmp_path, what)
    with pytest.raises(ValueError, match=r"^model hanlp: ") as caught:
        load(model=f"hanlp:{folder}")
    assert "\n" not in str(caught.value)
    assert str(folder) in str(caught.value)
    assert capsys.readouterr() == ("", "")


def test_an_encoder_that_is_gone(models: Path, tmp_path: Path) -> None:
    folder = tmp_path / "mtl"
    shutil.copytree(models / "mtl", folder)
    config = folder / "config.json"
    text = config.read_text(encoding="utf-8").replace(str(models / "encoder"), str(tmp_path / "gone"))
    config.write_text(text, encoding="utf-8")
    with pytest.raises(FileNotFoundError, match=r"needs the encoder .*gone, and there is no such folder"):
        load(model=f"hanlp:{folder}")


def test_an_unknown_name() -> None:
    with pytest.raises(ValueError, match="'NO_SUCH_MODEL' is neither a folder nor one of HanLP's models"):
        load(model="hanlp:NO_SUCH_MODEL")


def test_a_download_that_can_not_be_made(tmp_path: Path) -> None:
    """A closed port stands for a server out of reach; a fresh process, for the import and for HanLP's settings."""
    code = "import bulletinnlp\ntry: bulletinnlp.load(model='hanlp')\nexcept ConnectionError as e: print(e)"
    around = {**os.environ, "HANLP_HOME": str(tmp_path), "https_proxy": "http://127.0.0.1:9", "OMP_NUM_THREADS": "1"}
    began = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=around)
    assert time.perf_counter() - began < 20  # imports included; HanLP itself waits 25 s after them
    assert "can not be reached" in done.stdout, done.stderr
    assert "hanlp:FOLDER" in done.stdout
    assert done.stdout.count("\n") == 1


def test_a_model_for_something_else(models: Path, tmp_path: Path) -> None:
    folder = tmp_path / "tagger"
    shutil.copytree(models / "ner", folder)
    text = (folder / "config.json").read_text(encoding="utf-8")
    text = text.replace("ner.rnn_ner.RNNNamedEntityRecognizer", "taggers.rnn_tagger.RNNTagger")
    (folder / "config.json").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match="is a RNNTagger; a recogniser of names or a multi-task model is needed"):
        load(model=f"hanlp:{folder}")
