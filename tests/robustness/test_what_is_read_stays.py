"""What is read is never replaced by a table, though `--overwrite` gives up files, whatever leads to it."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import bulletinnlp
from bulletinnlp.pages.files import _SeenFiles
from bulletinnlp.runs.extract import extract_to

NEWS = "本报讯 11月27日晚，区教研中心举行线上教研活动。\n"
NOTHING = ("bylines", "times", "names", "places", "references", "roles", "quotes", "events")
REFUSED = "is to be read, and would be replaced by a table; give another --out"
ROWS = "标题,正文\n开学,9月1日，县一中开学。\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder of pages, one for tables, and one of word lists."""
    for name in ("in", "out", "lists"):
        (tmp_path / name).mkdir()
    (tmp_path / "in" / "a.txt").write_text(NEWS, encoding="utf-8")
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    """The files in a folder, with what they hold."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def page(home: Path, name: str) -> Path:
    """A page whose only copy has the name of a table."""
    (home / "out" / name).write_text(NEWS, encoding="utf-8")
    return home / "out" / name


def linked(name: str) -> Callable[[Path], Any]:
    def make(home: Path) -> Path:
        (home / "in" / "p.txt").symlink_to(page(home, name))
        return home / "in"

    return make


def hard_link(home: Path) -> Path:
    os.link(page(home, "pages.csv"), home / "in" / "p.txt")
    return home / "in"


def named_hard_link(home: Path) -> Path:
    os.link(page(home, "pages.csv"), home / "in" / "p.txt")
    return home / "in" / "p.txt"


def among_the_tables(home: Path) -> Path:
    (home / "out" / "p.txt").symlink_to(page(home, "pages.csv").name)
    return home / "out"


def linked_folder(home: Path) -> str:
    (home / "in" / "p.txt").symlink_to(page(home, "pages.csv"))
    (home / "link").symlink_to("in")
    return f"{home / 'link'}/*.txt"


def found_manifest(home: Path) -> Path:
    (home / "out" / "pages.csv").write_text("page_id,published\na,2022\n")
    (home / "in" / "manifest.csv").symlink_to(home / "out" / "pages.csv")
    return home / "in"


def pages_that_were_read(home: Path) -> list[bulletinnlp.Page]:
    (home / "out" / "articles.csv").write_text(ROWS, encoding="utf-8")
    return bulletinnlp.read(home / "out" / "articles.csv", published="2022")


@pytest.mark.parametrize(
    "make",
    [
        linked("pages.csv"), linked("run.json"), linked("articles.jsonl"), linked("bulletin.sqlite-wal"), hard_link,
        named_hard_link, among_the_tables, linked_folder, found_manifest, pages_that_were_read,
    ],
)  # fmt: skip
def test_what_is_read_stays(make: Callable[[Path], Any], home: Path) -> None:
    source = make(home)
    before = contents(home)
    with pytest.raises(ValueError, match=REFUSED):
        extract_to(source, home / "out", format="csv", exclude=NOTHING, overwrite=True)
    assert contents(home) == before


def test_word_lists_stay(home: Path) -> None:
    (home / "out" / "pages.csv").write_text("县志办\tfull\n", encoding="utf-8")
    (home / "lists" / "body_suffixes.txt").symlink_to(home / "out" / "pages.csv")
    before = contents(home)
    with pytest.raises(ValueError, match=REFUSED):
        extract_to(home / "in", home / "out", format="csv", lexicons=home / "lists", exclude=NOTHING, overwrite=True)
    assert contents(home) == before


@pytest.mark.parametrize("source", ["in", "-"])
def test_the_command_says_so(source: str, home: Path) -> None:
    linked("pages.csv")(home)
    before = contents(home)
    called = [sys.executable, "-m", "bulletinnlp", "extract", source, "--out", "out", "--format", "csv", "--overwrite"]
    with (home / "out" / "pages.csv").open() as given:
        done = subprocess.run(called, cwd=home, stdin=given, capture_output=True, text=True, check=False)
    named = "standard input" if source == "-" else "in/p.txt"
    assert done.stderr == f"bulletinnlp: {named}: {REFUSED}\n"
    assert done.returncode == 2
    assert contents(home) == before


def test_a_table_of_the_run_before_stays_while_it_is_read(home: Path) -> None:
    """It is found as the pages are listed: such a run may read many."""
    extract_to(home / "in", home / "out", format="csv", exclude=NOTHING)
    (home / "in" / "p.txt").symlink_to(home / "out" / "pages.csv")
    before = contents(home / "out")
    with pytest.raises(ValueError, match=REFUSED):
        extract_to(home / "in", home / "out", format="csv", exclude=NOTHING)
    assert before.items() <= contents(home / "out").items()
    (home / "in" / "p.txt").unlink()
    extract_to(home / "in", home / "out", format="csv", exclude=NOTHING, resume=True)
    assert contents(home / "out").keys() == before.keys()


def test_what_lies_beside_the_tables_is_read(home: Path) -> None:
    page(home, "pages.csv")
    (home / "in" / "p.txt").symlink_to(page(home, "notes.csv"))
    extract_to(home / "in", home / "out", format="csv", exclude=NOTHING, overwrite=True)
    assert len(bulletinnlp.Extraction.read(home / "out").pages) == 2


def test_no_file_is_listed_once_more_where_nothing_is_given_up(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder may hold a million."""
    listed: list[str] = []
    add = _SeenFiles.add

    def listing(seen: _SeenFiles, file: str | Path) -> bool:
        listed.append(str(file))
        return add(seen, file)

    monkeypatch.setattr(_SeenFiles, "add", listing)
    extract_to(home / "in", home / "out", format="csv", exclude=NOTHING)
    first = len(listed)
    extract_to(home / "in", home / "out", format="csv", exclude=NOTHING, overwrite=True)
    assert len(listed) == 2 * first


def of_names(home: Path) -> Path:
    """A page whose only copy has the name of a table, by another spelling."""
    page(home, "pages.csv")
    return Path(f"{home}/in/../out/./pages.csv")


@pytest.mark.parametrize(
    "make",
    [
        linked("pages.csv"), linked("articles.csv"), hard_link, named_hard_link, among_the_tables, linked_folder,
        pages_that_were_read, of_names,
    ],
)  # fmt: skip
@pytest.mark.parametrize("overwrite", [False, True])
def test_tables_in_memory_replace_nothing_that_they_were_read_from(
    make: Callable[[Path], Any], overwrite: bool, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever the program stands then, and whether the folder is named by a link or with a slash at its end."""
    monkeypatch.chdir(home)
    source = make(home)
    found = bulletinnlp.extract(source, exclude=NOTHING)
    before = contents(home)
    (home / "other").symlink_to("out")
    monkeypatch.chdir(home / "lists")
    for folder in (home / "out", f"{home}/out/", home / "other"):
        with pytest.raises(
            (ValueError, FileExistsError) if not overwrite else ValueError, match=r"replaced|in the way"
        ):
            found.write(folder, "csv", overwrite=overwrite)
    assert contents(home) == before


@pytest.mark.parametrize("kind", ["manifest", "lexicons", "model"])
def test_nor_what_was_read_beside_the_pages(kind: str, home: Path) -> None:
    told = {"manifest": "page_id,published\na,2022\n", "lexicons": "县志办\tfull\n", "model": "PER,孙乐文\n"}[kind]
    (home / "out" / "pages.csv").write_text(told, encoding="utf-8")
    (home / "lists" / "body_suffixes.txt").symlink_to(home / "out" / "pages.csv")
    given: dict[str, Any] = {
        "manifest": {"manifest": home / "out" / "pages.csv", "exclude": NOTHING},
        "lexicons": {"lexicons": home / "lists", "exclude": NOTHING},
        "model": {"model": f"gazetteer:{home / 'out' / 'pages.csv'}", "exclude": ["events", "quotes"]},
    }[kind]
    found = bulletinnlp.extract(home / "in", **given)
    with pytest.raises(ValueError, match=REFUSED):
        found.write(home / "out", "csv", overwrite=True)
    assert (home / "out" / "pages.csv").read_text(encoding="utf-8") == told
    if kind == "lexicons":
        with pytest.raises(ValueError, match="the tables would lie among the word lists"):
            found.write(home / "lists", "csv", overwrite=True)


def test_tables_go_where_they_replace_nothing(home: Path) -> None:
    page(home, "notes.csv")
    found = bulletinnlp.extract([home / "in", home / "out" / "notes.csv"][:1], exclude=NOTHING)
    for _ in range(2):
        found.write(home / "out", "csv")
    bulletinnlp.Extraction.read(home / "out").write(home / "out", "csv", overwrite=True)
    assert len(bulletinnlp.Extraction.read(home / "out").pages) == 1
