"""What is no file, and what is named more than once, in the place of an input."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from bulletinnlp import Extraction, extract, read
from bulletinnlp.evaluation.gold_pages import read_annotations
from bulletinnlp.models.gazetteer import patterns
from bulletinnlp.pages import Page, ProblemRow, plain_files
from bulletinnlp.pages.input_pages import scan
from bulletinnlp.pages.manifest import ManifestError, read_manifest
from bulletinnlp.pages.plain_files import UnfitFileError, read_bytes
from bulletinnlp.runs.extract import extract_to

NEWS = "我区开展线上教研\n\n本报讯 11月27日晚，区教研中心举行线上教研活动。\n（区教体局）\n"
NOTHING = ("bylines", "times", "names", "places", "references", "roles", "quotes", "events")

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows, and it has no such files")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a page, in which the test stands."""
    monkeypatch.chdir(tmp_path)
    Path("pages").mkdir()
    Path("pages/a.txt").write_text(NEWS, encoding="utf-8")
    return tmp_path


def put(kind: str, name: str) -> None:
    """Put something that is no file where a file might be."""
    if kind == "a pipe":
        os.mkfifo(name)
    elif kind == "a device":
        Path(name).symlink_to("/dev/zero")
    elif kind == "a socket":
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(name)
    else:
        Path(name).symlink_to("nowhere")


SAID = {
    "a pipe": "is a pipe, and no file",
    "a device": "is a device, and no file",
    "a socket": "is a socket, and no file",
    "a dangling link": "is a link that leads nowhere (to nowhere)",
}


def told(*sources: str) -> list[str]:
    """The ids of the pages, and what is said; not of the date, which is given."""
    return [item.page_id if isinstance(item, Page) else item.message for item in scan(sources, published="2022")]


@pytest.mark.parametrize("kind", SAID)
@pytest.mark.parametrize("name", ["b.txt", "b.csv", "b.jsonl", "b.parquet", "b.pdf", "b.docx", "b.html", "b"])
def test_what_is_no_file_is_refused_and_the_rest_goes_on(kind: str, name: str, folder: Path) -> None:
    put(kind, name)
    assert told(name, "pages/a.txt") == [f"{name}: {SAID[kind]}", "a"]


@pytest.mark.parametrize("kind", SAID)
@pytest.mark.parametrize("source", ["pages", "pages/*"])
def test_so_is_what_a_folder_or_a_glob_leads_to(kind: str, source: str, folder: Path) -> None:
    put(kind, "pages/b.txt")
    assert told(source) == ["a", f"pages/b.txt: {SAID[kind]}"]


def test_there_is_a_row_in_problems(folder: Path) -> None:
    put("a device", "pages/b.txt")
    with pytest.warns(UserWarning, match=r"pages/b.txt: is a device, and no file"):
        found = extract("pages", published="2022", exclude=NOTHING)
    assert found.problems["message"].tolist() == ["pages/b.txt: is a device, and no file"]


@pytest.mark.parametrize("kind", SAID)
def test_a_manifest(kind: str, folder: Path) -> None:
    put(kind, "manifest.csv")
    with pytest.raises(ManifestError) as error:
        read_manifest("manifest.csv")
    assert str(error.value) == f"manifest.csv: the manifest {SAID[kind]}"


@pytest.mark.parametrize("kind", SAID)
def test_a_list_of_names(kind: str, folder: Path) -> None:
    put(kind, "names.tsv")
    with pytest.raises(ValueError, match=r"gazetteer names\.tsv: the list is a"):
        patterns("names.tsv")


@pytest.mark.parametrize("kind", SAID)
@pytest.mark.parametrize("name", ["p.json", "p.num"])
def test_annotated_pages(kind: str, name: str, folder: Path) -> None:
    put(kind, name)
    with pytest.raises(ValueError, match=f"{name}: is a"):
        read_annotations(folder)


def command(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    run = f'"{sys.executable}" -m bulletinnlp extract {line} --out out --published 2022 --exclude events'
    return subprocess.run(["bash", "-c", run], cwd=folder, capture_output=True, text=True, check=False, timeout=100)


def test_a_pipe_that_is_open_is_read(folder: Path) -> None:
    done = command("<(cat pages/a.txt) pages/a.txt --workers 2", folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("2 pages")


def test_an_open_pipe_is_read_within_bounds(folder: Path) -> None:
    done = command("<(cat /dev/zero)", folder)
    assert done.returncode == 2
    assert done.stderr.endswith("has more than 100,000,000 bytes, as no page has\n")


def test_a_file_is_read_within_bounds(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnfitFileError, match="has more than 10 bytes"):
        read_bytes("pages/a.txt", most=10)
    assert read_bytes("pages/a.txt", most=plain_files.MOST_BYTES).decode() == NEWS


ONCE = "is named more than once, or linked to, and is read once"


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        (["pages/a.txt", "pages/a.txt"], ["a", f"pages/a.txt: {ONCE}"]),
        (["pages/a.txt", "pages/../pages/a.txt"], ["a", f"pages/../pages/a.txt: {ONCE}"]),
        (["pages/a.txt", "pages"], ["a", f"pages/a.txt: {ONCE}"]),
        (["pages", "pages/*.txt"], ["a", f"pages/a.txt: {ONCE}"]),
        (["pages", "link.txt"], ["a", f"link.txt: {ONCE}"]),
        (["hard.txt", "pages"], ["hard", f"pages/a.txt: {ONCE}"]),
        (["pages", "linked"], ["a", f"linked/a.txt: {ONCE}"]),
    ],
)
def test_a_file_that_is_named_twice_is_read_once(sources: list[str], said: list[str], folder: Path) -> None:
    Path("link.txt").symlink_to("pages/a.txt")
    if "hard.txt" in sources:
        os.link("pages/a.txt", "hard.txt")
    Path("linked").symlink_to("pages")
    assert told(*sources) == said


def test_many_are_told_in_a_line(folder: Path) -> None:
    for name in "bcde":
        Path(f"pages/{name}.txt").write_text(NEWS, encoding="utf-8")
    assert told("pages", "pages/*") == [
        *"abcde",
        "pages/*: 5 files are named more than once, or linked to, and are read once: "
        "pages/a.txt, pages/b.txt, pages/c.txt …",
    ]


def test_a_copy_is_another_file(folder: Path) -> None:
    Path("pages/b.txt").write_text(NEWS, encoding="utf-8")
    assert told("pages") == ["a", "b"]


def test_tables_too(folder: Path) -> None:
    Path("t.csv").write_text(f'text\n"{NEWS}"\n', encoding="utf-8")
    with pytest.warns(UserWarning, match=f"t.csv: {ONCE}"):
        assert [page.page_id for page in read(["t.csv", "./t.csv"], published="2022")] == ["t-0"]


def test_the_folder_with_a_manifest_has_the_word(folder: Path) -> None:
    Path("pages/manifest.csv").write_text("page_id,published\na,2021-05-06\n", encoding="utf-8")
    items = list(scan(["pages/a.txt", "pages"]))
    assert [item.published for item in items if isinstance(item, Page)] == ["2021-05-06"]
    assert [item.message for item in items if isinstance(item, ProblemRow)] == [f"pages/a.txt: {ONCE}"]


def test_it_is_said_as_it_comes(folder: Path) -> None:
    said: list[str] = []
    extract_to(
        ["pages", "pages/a.txt"], "out", published="2022", exclude=NOTHING, on_problem=lambda p: said.append(p.message)
    )
    assert said == [f"pages/a.txt: {ONCE}"]


@pytest.mark.parametrize("format", ["parquet", "csv", "sqlite"])
@pytest.mark.parametrize("kind", SAID)
def test_tables_that_are_no_files(kind: str, format: str, folder: Path) -> None:
    found = extract(Page("p", NEWS, published="2022"), exclude=NOTHING)
    found.write("out", format)
    name = "bulletin.sqlite" if format == "sqlite" else f"pages.{format}"
    Path("out", name).unlink()
    Path("out/run.json").unlink()
    put(kind, f"out/{name}")
    if kind != "a dangling link":
        with pytest.raises(ValueError, match=f"out/{name}: {SAID[kind]}"):
            Extraction.read("out")
    with pytest.raises(FileExistsError, match=f"out/{name}: is in the way, a link or a device; move it away"):
        found.write("out", format, overwrite=True)


def test_nor_is_an_empty_name_a_folder(folder: Path) -> None:
    with pytest.raises(ValueError, match="the name of the folder for the tables is empty"):
        extract(Page("p", NEWS, published="2022"), exclude=NOTHING).write("")
