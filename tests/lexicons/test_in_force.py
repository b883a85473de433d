"""Whose lists are in force: several pipelines in one process, in threads, in workers, saved; and what a record says."""

from __future__ import annotations

import ast
import json
import pickle
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import spacy
from folders import ROOT, SEEDS
from spacy.language import Language

import bulletinnlp
from bulletinnlp.articles import split
from bulletinnlp.extraction import Extraction
from bulletinnlp.lexicons import SHIPPED, Lexicons, listed, per_lexicons, using
from bulletinnlp.pages import Page
from bulletinnlp.pages.run_record import read_record
from bulletinnlp.pipeline import lexicons_of
from bulletinnlp.runs.extract import extract_to
from bulletinnlp.runs.page_rows import page_rows

LINES = {"titles": ["楼门掌柜 office", "- 村民"], "section_names": ["咱村新鲜事 whole"]}
TEXT = "咱村新鲜事\n11月13日，楼门掌柜孙乐文与村民王强沿街巡查。\n（记者 李明）\n"
FEW = ["events", "quotes"]
WITH, WITHOUT = [("孙乐文", "楼门掌柜")], [("王强", "村民")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Lists of a user's in a folder."""
    mine = tmp_path / "mine"
    mine.mkdir()
    for name, lines in LINES.items():
        (mine / f"{name}.txt").write_text("\n".join(lines), encoding="utf-8")
    return mine


def roles(nlp: Language) -> list[tuple[str, str]]:
    """What the roles of the text are, with its section's heading split off or not."""
    rows = page_rows(Page("p1", TEXT, published="2022-11"), nlp)
    kinds = [row["kind"] for row in rows["segments"] if row["text"] == "咱村新鲜事"]
    assert kinds == (["banner"] if lexicons_of(nlp) else ["headline"])
    return [(row["person"], row["title"]) for row in rows["roles"]]


def test_pipelines_with_different_lists_in_one_process(folder: Path) -> None:
    ours, mine = bulletinnlp.load(exclude=FEW), bulletinnlp.load(exclude=FEW, lexicons=folder)
    assert [roles(nlp) for nlp in (mine, ours, mine)] == [WITH, WITHOUT, WITH]


def test_in_threads(folder: Path) -> None:
    pipelines = [bulletinnlp.load(exclude=FEW, lexicons=given) for given in (folder, None)] * 4
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(roles, pipelines)) == [WITH, WITHOUT] * 4


def test_a_saved_pipeline_keeps_the_entries(folder: Path, tmp_path: Path) -> None:
    bulletinnlp.load(exclude=FEW, lexicons=folder).to_disk(tmp_path / "saved")
    for file in folder.iterdir():
        file.unlink()
    saved = spacy.load(tmp_path / "saved")
    assert roles(saved) == WITH
    assert lexicons_of(saved) is Lexicons({name: [line.replace(" ", "\t", line[0] != "-") for line in lines]
                                           for name, lines in LINES.items()})  # fmt: skip
    assert str(folder) not in (tmp_path / "saved" / "config.cfg").read_text(encoding="utf-8")


def test_a_stage_alone(folder: Path) -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("bulletin_names")
    nlp.add_pipe("bulletin_roles", config={"lexicons": str(folder)})
    assert [role.title for role in nlp("楼门掌柜孙乐文沿街巡查。")._.roles] == ["楼门掌柜"]
    assert lexicons_of(nlp).added("titles") == (("楼门掌柜", "office"),)


def test_workers_read_with_the_same_lists(folder: Path) -> None:
    pages = [Page(f"p{n}", TEXT, published="2022-11") for n in range(3)]
    found = bulletinnlp.extract(pages, exclude=FEW, lexicons=folder, workers=2)
    assert [*zip(found.roles.person, found.roles.title, strict=True)] == WITH * 3


def test_dask_reads_with_the_same_lists(folder: Path, tmp_path: Path) -> None:
    dask, bag = pytest.importorskip("dask"), pytest.importorskip("dask.bag")
    from bulletinnlp.runs.dask import extract_to as on_dask

    pages = bag.from_sequence([{"page_id": "p1", "text": TEXT, "published": "2022-11"}], npartitions=1)
    with dask.config.set(scheduler="processes", num_workers=1):
        on_dask(pages, tmp_path / "out", exclude=FEW, lexicons=folder)
    found = Extraction.read(tmp_path / "out").roles
    assert [*zip(found.person, found.title, strict=True)] == WITH


def test_a_pipeline_has_its_lists_already(folder: Path) -> None:
    with pytest.raises(ValueError, match=r"give lexicons to load\(lexicons=…\)"):
        bulletinnlp.extract(texts=TEXT, nlp=spacy.blank("zh"), lexicons=folder)


def test_with_other_lists_it_is_another_run(folder: Path, tmp_path: Path) -> None:
    page, out = tmp_path / "a.txt", tmp_path / "out"
    page.write_text(TEXT, encoding="utf-8")

    def run(lexicons: Path | None) -> bool:
        return extract_to([page], out, exclude=FEW, lexicons=lexicons, resume=True).done_before

    assert not run(folder)
    assert run(folder)
    digest = (read_record(out) or {})["lexicons"]
    (folder / "titles.txt").write_text("# said otherwise\n楼门掌柜\toffice\n-  村民\n", encoding="utf-8")
    assert run(folder)  # other blanks and comments say the same
    (folder / "verbs.txt").write_text("揭榜 signing", encoding="utf-8")
    with pytest.warns(UserWarning, match="had other inputs or settings"):
        assert not run(folder)
    assert digest != (read_record(out) or {})["lexicons"]
    with pytest.warns(UserWarning, match="had other inputs or settings"):
        assert not run(None)
    assert (read_record(out) or {})["lexicons"] is None


def test_equal_lists_are_one_object() -> None:
    mine = Lexicons({"titles": ["楼门掌柜"]})
    assert mine is Lexicons({"titles": ("楼门掌柜",), "verbs": []})
    assert mine is pickle.loads(pickle.dumps(mine))
    assert mine.digest != Lexicons({"titles": ["- 楼门掌柜"]}).digest
    assert SHIPPED is Lexicons({})
    assert SHIPPED.digest is None


def test_what_is_built_is_built_once_a_user() -> None:
    built = []

    @per_lexicons
    def titles(ending: str) -> int:
        built.append(ending)
        return sum(word.endswith(ending) for word in listed("titles"))

    mine = Lexicons({"titles": ["楼门掌柜"]})
    for _ in range(2):
        assert titles("掌柜") == 0
        with using(mine):
            assert titles("掌柜") == 1
    assert built == ["掌柜", "掌柜"]


def test_nobodys_lists_leak() -> None:
    """What a process finds with our lists does not depend on whose lists were in force before."""
    text = (SEEDS / "000_06986f19817cff91.txt").read_text(encoding="utf-8")[:2500]
    code = """
import json, sys, bulletinnlp
from bulletinnlp.extraction import Extraction
from bulletinnlp.runs.page_rows import page_rows
from bulletinnlp.pages import Page
page = Page("p1", sys.stdin.read(), published="2022-11")
def read(lists):
    rows = page_rows(page, bulletinnlp.load(lexicons=lists))
    return json.dumps(rows, default=str, ensure_ascii=False, sort_keys=True)
lists = json.loads(sys.argv[1])
print(json.dumps([read(one) for one in lists]))
"""
    mine = {
        "titles": ["- 书记", "- 教师", "老师傅"], "title_attributes": ["帮带"],
        "verbs": ["学习 training", "- 开展", "- 举行"],
        "body_suffixes": ["- 局", "- 小学", "家庭 full"], "place_suffixes": ["- 镇", "- 街道"],
        "generic_words": ["东昌府"],
        "byline_cues": ["- 记者", "- 通讯员"], "media_words": ["- 融媒体", "- 融媒"], 
        "signing_units": ["- 部"],
        "section_names": ["- 要闻"], "page_furniture": ["教研 sure"], "web_words": ["- 打印"],
        "speech_cues": ["- 说"],
        "speaker_nouns": ["- 群众"], "surnames": ["- 孙", "- 王", "- 张", "- 李"], "stand_in_nouns": ["- 区", "- 镇"],
    }  # fmt: skip

    def read(*lists: object) -> list[str]:
        command = [sys.executable, "-c", code, json.dumps(lists)]
        done = subprocess.run(command, input=text, capture_output=True, encoding="utf-8", cwd=ROOT, check=True)
        found: list[str] = json.loads(done.stdout)
        return found

    (ours, changed), (changed_first, ours_last) = read(None, mine), read(mine, None)
    assert ours == ours_last
    assert changed == changed_first
    assert ours != changed


def cached(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    """The functions of a module that are cached for the whole process."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            marks = {ast.unparse(mark).partition("(")[0] for mark in node.decorator_list}
            if marks & {"cache", "lru_cache", "functools.cache", "functools.lru_cache"}:
                yield node


def test_nothing_that_depends_on_open_lists_is_kept_for_all() -> None:
    """No function that is cached for the process calls one that is built from the lists in force."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / "bulletinnlp").rglob("*.py")}
    names = {"listed", "listed_rows", "added", "removed"}
    built = {
        node.name
        for tree in trees.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and "per_lexicons" in map(ast.unparse, node.decorator_list)
    }
    wrong = []
    for path, tree in trees.items():
        local = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        imported = {
            alias.asname or alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("bulletinnlp")
            for alias in node.names
        }
        mine = (built & local if "per_lexicons" in imported else set()) | (imported & (names | built))
        for function in cached(tree):
            called = {ast.unparse(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)}
            wrong += [f"{path.name}: {function.name} calls {name}" for name in called & mine]
    assert not wrong


def test_a_page_is_split_with_the_lists_in_force() -> None:
    page = Page("p1", TEXT, published="2022-11")
    with using(Lexicons({"section_names": ["咱村新鲜事\twhole"]})):
        assert split(page).articles[0].banner == "咱村新鲜事"
    assert split(page).articles[0].headline == "咱村新鲜事"
