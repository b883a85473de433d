"""Which files stand behind what people name; what can not be looked into is told in its place."""

import glob
import os
from pathlib import Path

import pytest

from bulletinnlp.extraction import Extraction
from bulletinnlp.pages import ProblemRow
from bulletinnlp.pages.files import expand
from bulletinnlp.pages.globs import matching
from bulletinnlp.pages.views import ZEROS
from bulletinnlp.report.view_file import _seal
from bulletinnlp.tables.frames import frame
from bulletinnlp.tables.schema import TABLES


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder we are in: `a.txt`, `B.TXT`, `notes.md`, `more/c.txt`."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "more").mkdir()
    for name in ("a.txt", "B.TXT", "notes.md", "more/c.txt"):
        (tmp_path / name).touch()
    return tmp_path


def found(*sources: str) -> list[str]:
    """Paths of files, messages of problems."""
    return [item.message if isinstance(item, ProblemRow) else str(item) for item, _ in expand(sources)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (".", ["B.TXT", "a.txt", "more/c.txt"]),
        ("more", ["more/c.txt"]),
        ("notes.md", ["notes.md"]),
        ("*.txt", ["a.txt"]),
        ("**/*.txt", ["a.txt", "more/c.txt"]),
        ("m*", ["m*: matches folders only; name a folder to read what is in it"]),
        ("x*", ["x*: no such file or folder"]),
        ("none.txt", ["none.txt: no such file or folder"]),
        ("a.txt/b.txt", ["a.txt/b.txt: no such file or folder"]),
        ("a\0.txt", ["a\0.txt: can not be read (embedded null byte)"]),
        ("n" * 300, ["n" * 300 + ": can not be read (File name too long)"]),
        ("\udcff.txt", ["\ufffd.txt: no such file or folder"]),
    ],
)
def test_what_a_source_stands_for(folder: Path, source: str, expected: list[str]) -> None:
    assert found(source) == expected


def test_the_rest_goes_on(folder: Path) -> None:
    assert found("n" * 300, "a.txt")[1:] == ["a.txt"]


def test_a_folder_without_text(folder: Path) -> None:
    Path("empty").mkdir()
    assert found("empty") == ["empty: the folder holds no .txt file"]


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_links_are_followed_and_each_folder_is_read_once(folder: Path) -> None:
    Path("archive").mkdir()
    Path("archive/d.txt").touch()
    Path("more/archive").symlink_to(folder / "archive")
    Path("more/back").symlink_to(folder / "more")
    Path("more/up").symlink_to(folder)
    assert found("more") == ["more/archive/d.txt", "more/c.txt", "more/up/B.TXT", "more/up/a.txt"]


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_a_glob_through_two_loops_of_links_ends(tmp_path: Path) -> None:
    """By the links there are 2 ** 40 paths to it."""
    (tmp_path / "a.txt").write_text("x")
    for name in ("x", "y"):
        (tmp_path / name).symlink_to(".")
    for pattern in ("**/*.txt", "**/a*", "**"):
        assert [found for found, _ in expand(f"{tmp_path}/{pattern}")] == [tmp_path / "a.txt"]


@pytest.mark.parametrize("pattern", ["**/*.txt", "a/**", "a/**/", "**/b/**/*.txt", "**/**/*", "[[]x]/**/*.txt"])
def test_a_glob_matches_what_globs_match(pattern: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("t.txt", "a/t.txt", "a/b/t.txt", "a/b/c/t.txt", "a/.hidden/t.txt", "[x]/e/t.txt", "d/b/t.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    monkeypatch.chdir(tmp_path)
    for base in ("", "./", f"{tmp_path}/"):
        here, usual = matching(base + pattern), glob.glob(base + pattern, recursive=True)
        assert sorted(map(os.path.normpath, here)) == sorted(set(map(os.path.normpath, usual)))


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_a_glob_through_a_loop_of_links_gives_each_file_once(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "p1.txt").write_text("x")
    (tmp_path / "a" / "up").symlink_to("..")
    assert [found for found, _ in expand(f"{tmp_path}/**/*.txt")] == [tmp_path / "p1.txt"]


def test_a_link_that_leads_nowhere_is_not_passed_over(folder: Path) -> None:
    Path("more/gone.txt").symlink_to("nowhere.txt")
    Path("more/self.txt").symlink_to("self.txt")
    gone = "more/gone.txt: is a link that leads nowhere (to nowhere.txt)"
    assert found("more") == ["more/c.txt", gone, "more/self.txt"]


def test_manifests_and_what_a_run_wrote_are_no_pages(folder: Path) -> None:
    """Of a glob it is told; who names such a file means it. Files of the same names that no run wrote are pages."""
    Extraction({"problems": frame(TABLES["problems"], [])}).write("out", "csv")
    for name in ("manifest.csv", "out/manifest.csv", "out/pages.csv", "out/a.txt", "problems.csv"):
        (folder / name).touch()
    (folder / "out/view.html").write_text(f'<meta name="checksum" content="{ZEROS}">')
    _seal(folder / "out/view.html")
    run, manifest = "was written by a run; it was left out", "is a manifest, which holds where its folder is named"
    assert found("out/*") == [
        "out/a.txt", f"out/manifest.csv: {manifest}, or with --manifest; it was left out", "out/pages.csv",
        f"out/problems.csv: {run}", f"out/run.json: {run}", f"out/view.html: {run}",
    ]  # fmt: skip
    assert found("*.csv") == [f"manifest.csv: {manifest}, or with --manifest; it was left out", "problems.csv"]
    assert found("out/problems.csv", "manifest.csv") == ["out/problems.csv", "manifest.csv"]
    assert found("out") == ["out/a.txt"]
    (folder / "out/view.html").write_text(f'<meta name="checksum" content="{ZEROS}"> edited')
    assert found("out") == ["out/a.txt", "out/view.html"]
    (folder / "out/view.html").write_text("mine")
    assert found("out/*.html") == ["out/view.html"]
