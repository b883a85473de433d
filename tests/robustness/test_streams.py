"""Streams that are closed or full, names that a terminal would obey, files that are no tables.

Each gives one line and the right exit code, and leaves nothing behind.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from folders import GOLD, SEEDS
from spacy.language import Language
from spacy.tokens import Doc

import bulletinnlp
from bulletinnlp.pages import Page
from bulletinnlp.pages.plain_files import in_a_line
from bulletinnlp.runs.extract import extract_to

NEWS = "新村召开会议\n本报讯 11月27日，新村召开会议。\n"
NOTHING = ("bylines", "times", "names", "places", "references", "roles", "quotes", "events")
LEAVE_OUT = " ".join(f"--exclude {stage}" for stage in NOTHING)
PAGE = Page("p", NEWS, published="2022")

pytestmark = pytest.mark.skipif(
    os.name == "nt" or not Path("/dev/full").exists(), reason="needs a shell, and /dev/full"
)


def shell(line: str, folder: Path) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of a line of the shell; `B` is the command."""
    command = f'set -o pipefail; B() {{ {sys.executable} -m bulletinnlp "$@"; }}; {line}'
    done = subprocess.run(["bash", "-c", command], cwd=folder, capture_output=True, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.fixture
def page(tmp_path: Path) -> Path:
    (tmp_path / "page.txt").write_text(NEWS, encoding="utf-8")
    return tmp_path / "page.txt"


SAID = "bulletinnlp: standard output can not be written"
#: A line, its exit code, and how what it says begins.
STREAMS = [
    (f"B extract - --out out {LEAVE_OUT} <&-", 2, "bulletinnlp: standard input: can not be read (it is closed)\n"),
    (f"B extract page.txt --out out {LEAVE_OUT} >/dev/full", 1, f"{SAID} (No space left on device)\n"),
    (f"B extract page.txt --out out {LEAVE_OUT} >&-", 0, ""),
    (f"B extract page.txt --out out {LEAVE_OUT} <&- >&- 2>&-", 0, ""),
    (f"B extract page.txt --out out {LEAVE_OUT} | true", 1, f"{SAID} (Broken pipe)\n"),
    (f"B extract page.txt none.txt --out out {LEAVE_OUT} 2>&-", 1, ""),
    ("B extract page.txt --out ''", 2, "bulletinnlp: the name of the folder for the tables is empty\n"),
    ("B extract page.txt --out out --published ''", 2, "bulletinnlp: '' is no date of issue"),
    ("B extract page.txt --out out --manifest none.csv", 2, "bulletinnlp: none.csv: the manifest can not be read"),
]


@pytest.mark.parametrize(("line", "code", "said"), STREAMS, ids=[line for line, _, _ in STREAMS])
def test_streams(line: str, code: int, said: str, page: Path, tmp_path: Path) -> None:
    found, _, told = shell(line, tmp_path)
    assert told.startswith(said)
    assert len(told.splitlines()) <= 1
    if "| true" not in line or found:  # the reader may be slower than we are
        assert found == code
    written = [path.name for path in (tmp_path / "out").iterdir()] if (tmp_path / "out").exists() else []
    assert not [name for name in written if name.startswith(".") or name.endswith(".part")]
    if code < 2:
        assert len(bulletinnlp.Extraction.read(tmp_path / "out").pages) == 1


def test_names_that_a_terminal_would_obey_are_printed_escaped(tmp_path: Path) -> None:
    name = "\x1b[2Ja\nb\u202ec.txt"
    (tmp_path / name).write_bytes(b"")
    code, _, told = shell(f"B extract *.txt --out $'o\\x1but' {LEAVE_OUT}", tmp_path)
    assert (code, told) == (2, "bulletinnlp: \\x1b[2Ja\\nb\\u202ec.txt: the file is empty\n")


def test_rows_of_a_manifest_without_a_page_are_printed(page: Path, tmp_path: Path) -> None:
    (tmp_path / "issues.csv").write_text("page_id,published\npage,2022\nother,2022\n", encoding="utf-8")
    code, _, told = shell(f"B extract page.txt --manifest issues.csv --out out {LEAVE_OUT}", tmp_path)
    assert (code, told) == (0, "bulletinnlp: issues.csv: 1 row matches no page: other\n")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def other(path: Path) -> None:
    """Of another program."""
    path.write_bytes(b"something else, of some length, which is no table of ours\n" * 3)


def other_columns(path: Path) -> None:
    import pandas as pd

    pd.DataFrame({"a": [1]}).to_parquet(path)


#: Format, table, what becomes of it.
BROKEN: list[tuple[str, str, Callable[[Path], None]]] = [
    ("parquet", "segments.parquet", cut),
    ("parquet", "segments.parquet", other),
    ("parquet", "segments.parquet", other_columns),
    ("jsonl", "articles.jsonl", cut),
    ("jsonl", "articles.jsonl", other),
    ("csv", "pages.csv", other),
    ("duckdb", "bulletin.duckdb", cut),
    ("duckdb", "bulletin.duckdb", other),
    ("sqlite", "bulletin.sqlite", cut),
    ("sqlite", "bulletin.sqlite", other),
]


@pytest.mark.parametrize(("format", "name", "breaking"), BROKEN)
def test_tables_that_are_cut_or_of_something_else(
    format: str, name: str, breaking: Callable[[Path], None], tmp_path: Path
) -> None:
    extract_to(PAGE, tmp_path / "out", format=format, exclude=NOTHING)
    breaking(tmp_path / "out" / name)
    code, said, told = shell("B view out", tmp_path)
    assert (code, said) == (2, "")
    *changed, line = told.splitlines()
    assert line.startswith("bulletinnlp: out")
    assert changed in ([], [f"bulletinnlp: out: not as they were written: {name}"])
    assert not list((tmp_path / "out").glob("view*"))
    assert not list((tmp_path / "out").glob(".view*"))


@pytest.mark.parametrize("name", ["out/view.html", "thesis.html"])
def test_a_file_that_is_no_view_stays(name: str, tmp_path: Path) -> None:
    extract_to(PAGE, tmp_path / "out", exclude=NOTHING)
    option = f"--out {name}" if name == "thesis.html" else ""
    assert shell(f"B view out {option} && B view out {option}", tmp_path)[0] == 0
    (tmp_path / name).write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / name)
    for line in (f"B view out {option}", f"B view out --out {name}", "B view out --out link --overwrite"):
        code, _, told = shell(line, tmp_path)
        assert (code, len(told.splitlines())) == (2, 1)
        assert "is in the way, and no view as it was written; move it away, or --overwrite a file" in told
    with pytest.raises(FileExistsError):
        bulletinnlp.Extraction.read(tmp_path / "out").to_html(tmp_path / name)
    assert (tmp_path / name).read_text() == "mine"
    assert shell(f"B view out {option} --overwrite", tmp_path)[0] == 0


def test_a_view_that_somebody_edited_stays(tmp_path: Path) -> None:
    extract_to(PAGE, tmp_path / "out", exclude=NOTHING)
    assert shell("B view out && B view out", tmp_path)[0] == 0
    view = tmp_path / "out" / "view.html"
    edited = view.read_text("utf-8").replace("<body", "<!-- my notes --><body")
    view.write_text(edited, "utf-8")
    assert shell("B view out", tmp_path)[0] == 2
    assert view.read_text("utf-8") == edited


def test_a_file_that_holds_no_scores_stays(tmp_path: Path) -> None:
    extract_to(SEEDS, tmp_path / "out", exclude=NOTHING)
    shutil.copytree(GOLD, tmp_path / "gold", ignore=shutil.ignore_patterns("*.py", "*.md", "events"))
    line = "B evaluate gold out --json scores.json"
    assert shell(f"{line} && {line}", tmp_path)[0] == 0
    for text in ("mine", "[]", '{"mine": 1}'):
        (tmp_path / "scores.json").write_text(text)
        code, said, told = shell(line, tmp_path)
        assert (code, said, len(told.splitlines())) == (2, "", 1)
        assert told.startswith("bulletinnlp: scores.json: is in the way, and holds no scores")
        assert (tmp_path / "scores.json").read_text() == text


def test_scores_of_other_pages(tmp_path: Path) -> None:
    extract_to(PAGE, tmp_path / "out", exclude=NOTHING)
    shutil.copytree(GOLD, tmp_path / "gold", ignore=shutil.ignore_patterns("*.py", "*.md", "events"))
    code, said, told = shell("B evaluate gold out", tmp_path)
    assert (code, said) == (2, "")
    [line] = told.splitlines()
    assert line.startswith("bulletinnlp: out: the tables")


#: What is asked to be written where it can not be, and what is said.
NOWHERE = [
    ("view out --out none/v.html", "none: there is no such folder"),
    ("view out --out page.txt/v.html", "page.txt: is a file, and no folder"),
    ("view out --out dangling", "dangling: is in the way, and no view as it was written; move it away"),
    ("evaluate gold out --json dangling", "dangling: is in the way, a link; name another file"),
    ("evaluate gold out --json scores", "scores: is in the way, a link; name another file"),
    ("evaluate gold out --json none/s.json", "none: there is no such folder"),
    ("evaluate gold out --json gold", "gold: is in the way, and is a folder, and no file; name another"),
    ("evaluate gold out --json pipe", "pipe: is in the way, and is a pipe, and no file; name another"),
    ("evaluate broken out", "broken/a.json: not an annotated page (RecursionError: "),
    ("evaluate not_utf8 out", "not_utf8/a.num: the file is not UTF-8"),
    ("extract page.txt --out dangling", "dangling: is a link that leads nowhere (to nowhere)"),
    ("extract page.txt --out page.txt", "page.txt: is a file, and no folder"),
    ("extract page.txt --out /dev/null", "/dev/null: is a device, and no folder"),
]  # fmt: skip


@pytest.fixture(scope="module")
def nowhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("nowhere")
    extract_to(PAGE, folder / "out", exclude=NOTHING)
    (folder / "page.txt").write_text(NEWS, encoding="utf-8")
    for name in ("gold", "broken", "not_utf8"):
        (folder / name).mkdir()
    (folder / "gold" / "p.json").write_text('{"page": "p", "articles": []}')
    (folder / "broken" / "a.json").write_text("[" * 100_000)
    for name in ("a.num", "a.ann"):
        (folder / "not_utf8" / name).write_bytes("@@ 县".encode("gb18030"))
    (folder / "dangling").symlink_to("nowhere")
    (folder / "scores").symlink_to("page.txt")
    os.mkfifo(folder / "pipe")
    return folder


@pytest.mark.parametrize(("line", "said"), NOWHERE, ids=[line for line, _ in NOWHERE])
def test_what_can_not_be_written_or_read_is_said_in_a_line(line: str, said: str, nowhere: Path) -> None:
    code, out, told = shell(f"B {line}", nowhere)
    assert (code, out) == (2, "")
    assert told.startswith(f"bulletinnlp: {said}")
    assert len(told.splitlines()) == 1
    assert not (nowhere / "nowhere").exists()


def test_scores_may_go_to_standard_output(nowhere: Path) -> None:
    code, out, told = shell("B evaluate gold out --json /dev/stdout", nowhere)
    assert (code, told) == (0, "")
    assert "pages tiled" in out


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (PermissionError(13, "Failed to open 'a.txt'. Detail: [errno 13] Permission denied"), "out: Permission denied"),
        (PermissionError(13, "Permission denied", "a.txt"), "a.txt: Permission denied"),
        (OSError(28, "No space left on device"), "out: No space left on device"),
        (FileExistsError("out: is in the way"), "out: is in the way"),
        (ValueError("a: wrong"), "a: wrong"),
    ],
)
def test_errors_say_no_numbers(error: Exception, line: str) -> None:
    assert in_a_line(error, "out") == line


def test_nor_do_those_of_stages() -> None:
    with pytest.warns(UserWarning, match="the stage failed on this article"):
        found = bulletinnlp.extract(PAGE, nlp=with_a_stage_that_opens("none.tsv"))
    [told] = [message for message in found.problems["message"] if "failed" in message]
    assert told.endswith("the stage failed on this article (FileNotFoundError: none.tsv: No such file or directory)")


def with_a_stage_that_opens(name: str) -> Language:
    """A pipeline with a stage that needs a file."""
    nlp = bulletinnlp.load(exclude=NOTHING)

    @Language.component("opens")
    def opens(doc: Doc) -> Doc:
        Path(name).read_bytes()
        return doc

    nlp.add_pipe("opens")
    return nlp
