"""What `annotate`, `evaluate` and `view` write: whole or not at all, never among what a run has not finished."""

import json
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import bulletinnlp
from bulletinnlp import Extraction
from bulletinnlp.evaluation import annotate, new_files, score
from bulletinnlp.evaluation.annotating import FORMATS, annotated_articles, read_annotated
from bulletinnlp.evaluation.formats import read_conll, write_conll, write_docbin, write_numbered
from bulletinnlp.evaluation.formats.numbered import numbered, read_numbered
from bulletinnlp.evaluation.new_files import write_whole
from bulletinnlp.evaluation.scores import Count, Scores
from bulletinnlp.pages import Page
from bulletinnlp.pages.files import expand
from bulletinnlp.pages.run_record import CHECKPOINTS, STAGING

IDS = ["a\nb", " c ", "d\\n", "\u2028e", "f\r", "\u3000g"]
LITTLE = ("references", "roles", "quotes", "events")


@pytest.fixture(scope="module")
def found() -> Extraction:
    pages = [Page(page_id, "11月27日，雁回里街道办开会。\n", published="2022", paper="甲\n报") for page_id in IDS]
    return bulletinnlp.extract(pages, exclude=LITTLE)


@pytest.mark.parametrize("format", FORMATS)
def test_odd_page_ids_come_back(format: Any, found: Extraction, tmp_path: Path) -> None:
    annotate(found, tmp_path / "gold", format)
    articles = read_annotated(tmp_path / "gold")
    assert sorted(one.article_id for one in articles) == sorted(f"{page_id}#1" for page_id in IDS)
    assert {one.paper for one in articles} == {"甲\n报"}
    if format == "marked":
        assert all(gold == own for *_, gold, own in score(tmp_path / "gold", found).rows())


def test_odd_ids_in_other_formats(tmp_path: Path) -> None:
    pages = [Page(page_id, "11月27日，县残联发放轮椅。\n", published="2022") for page_id in IDS]
    tables = bulletinnlp.extract(pages)
    path = write_numbered(numbered(tables), tmp_path / "events.num")
    assert [one.article_id for one in read_numbered(path)] == tables.articles["article_id"].tolist()


@contextmanager
def small_disk(most: int) -> Iterator[None]:
    """No file can have more bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("most", [0, 300, 1_000])
@pytest.mark.parametrize("format", FORMATS)
def test_a_full_disk_leaves_no_file_of_an_annotation(format: Any, most: int, found: Extraction, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="File too large"), small_disk(most):
        annotate(found, tmp_path / "new" / "gold", format)
    assert not list(tmp_path.iterdir())
    annotate(found, tmp_path / "new" / "gold", format)


def test_nor_cuts_it_scores(tmp_path: Path) -> None:
    write_whole(tmp_path / "scores.json", "[]", Path.is_file)
    with pytest.raises(OSError, match="File too large"), small_disk(100):
        write_whole(tmp_path / "scores.json", json.dumps(list(range(1_000))), Path.is_file)
    assert [path.name for path in tmp_path.iterdir()] == ["scores.json"]
    assert (tmp_path / "scores.json").read_text() == "[]"


def test_scores_replace_scores_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a file that is there nor one that comes while they are written."""
    path, aside, scores = tmp_path / "scores.json", new_files._hidden_file, Scores({"events": Count()})
    scores.to_json(path)
    (tmp_path / "thesis.json").write_text("mine")
    with pytest.raises(FileExistsError, match=r"thesis\.json: is in the way, and holds no scores"):
        scores.to_json(tmp_path / "thesis.json")

    def written(path: Path, text: str | bytes) -> Path:
        path.write_text("mine")
        return aside(path, text)

    monkeypatch.setattr(new_files, "_hidden_file", written)
    with pytest.raises(FileExistsError, match=r"scores\.json: is in the way, it came while this was written"):
        scores.to_json(path)
    assert {each.name: each.read_text() for each in tmp_path.iterdir()} == dict.fromkeys(
        ("scores.json", "thesis.json"), "mine"
    )


WRITERS: dict[str, Callable[[Extraction, Path], object]] = {
    "view": lambda found, folder: found.to_html(folder / "view.html"),
    "annotate": lambda found, folder: annotate(found, folder / "gold"),
    "annotate there": lambda found, folder: annotate(found, folder),
    "docbin": lambda found, folder: write_docbin([], folder / "names.spacy"),
    "conll": lambda found, folder: write_conll([], folder / "names.conll"),
}


@pytest.mark.parametrize("name", [CHECKPOINTS, STAGING])
@pytest.mark.parametrize("kind", WRITERS)
def test_nothing_is_written_among_what_a_run_has_not_finished(
    kind: str, name: str, found: Extraction, tmp_path: Path
) -> None:
    (tmp_path / name).mkdir()
    with pytest.raises(FileExistsError, match=r"a run keeps in .* what is not finished; choose another folder"):
        WRITERS[kind](found, tmp_path / name)
    assert not list((tmp_path / name).iterdir())


@pytest.mark.parametrize("format", ["marked", "brat"])
def test_articles_to_correct_are_no_pages(format: Any, found: Extraction, tmp_path: Path) -> None:
    """Below a folder, by a glob; named by themselves they are read."""
    (tmp_path / "page.txt").write_text("近日，县一中开学。\n", encoding="utf-8")
    annotate(found, tmp_path / "gold", format)
    assert [page.page_id for page in bulletinnlp.read(texts_of(tmp_path))] == ["page"]
    files = sorted((tmp_path / "gold").glob("*.txt"))
    with pytest.warns(UserWarning, match=r"gold: what `annotate` wrote is read where it is named by itself: "):
        assert [page.page_id for page in bulletinnlp.read(tmp_path)] == ["page"]
    with pytest.warns(UserWarning, match="it was left out"):
        assert not bulletinnlp.read(f"{tmp_path}/gold/*.txt")
    assert [file for file, _ in expand(files)] == files


def texts_of(folder: Path) -> list[str]:
    return [str(path) for path in folder.glob("*.txt")]


def test_notes_and_signs_do_not_make_a_page_one(tmp_path: Path) -> None:
    for name, text in {
        "a": "# 公告\n近日，县一中开学。\n",
        "b": "%%\n近日开学。",
        "c": "公告\n%%%\n近日开学。",
    }.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "a.ann").touch()
    assert [file.stem for file, _ in expand(tmp_path) if isinstance(file, Path)] == ["a", "b", "c"]


def test_conll_names(tmp_path: Path, found: Extraction) -> None:
    from bulletinnlp.evaluation.formats.annotated import Annotated

    path = write_conll(
        [Annotated(one.article_id, one.text, ()) for one in annotated_articles(found)[0]], tmp_path / "a"
    )
    assert [one.name for one in read_conll(path)] == [f"{page_id}#1" for page_id in IDS]
