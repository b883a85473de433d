"""Files, folders and disks that are not as they should be, given to the command.

What could not be read is told in a clear line, the rest goes on, and the exit code says it: 0, all pages were read; 1,
some were not; 2, nothing could be done. What is odd on a page that was read stands in the table `problems`.
"""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from odd_pages import WEIRD

import bulletinnlp
from bulletinnlp.output.checkpoints import FOLDER
from bulletinnlp.pages import Page
from bulletinnlp.runs.extract import extract_to
from bulletinnlp.runs.page_rows import MOST_CHARACTERS, MOST_LINES

NOTHING = ("bylines", "times", "names", "places", "references", "roles", "quotes", "events")
NEWS = "我区开展线上教研\n\n本报讯 11月27日晚，区教研中心举行线上教研活动。\n（区教体局）\n"


def run(*arguments: object, through: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bulletinnlp", "extract", *map(str, arguments), "--published", "2022"]
    return subprocess.run([*through, *command], capture_output=True, text=True, check=False)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(NEWS, encoding="utf-8")
    return path


def test_all_read(page: Path, tmp_path: Path) -> None:
    done = run(page, "--out", tmp_path / "out")
    assert (done.returncode, done.stderr) == (0, "")


BAD = {
    "empty": (b"", "the file is empty"),
    "blank": (b" \n\t\n", "the file is blank"),
    "ideographic spaces": ("\u3000\u3000\n".encode() * 20, "the file is blank"),
    "NUL bytes only": (bytes(1000), "the file is blank"),
    "binary": (bytes(range(256)) * 50, "not a text file"),
    "an image": (b"\x89PNG\r\n\x1a\n" + os.urandom(5000), "not a text file"),
}


@pytest.mark.parametrize("kind", BAD)
def test_some_not_read(kind: str, page: Path, tmp_path: Path) -> None:
    data, message = BAD[kind]
    (tmp_path / "bad.txt").write_bytes(data)
    done = run(tmp_path / "bad.txt", page, "--out", tmp_path / "out")
    assert done.returncode == 1
    [line] = done.stderr.splitlines()
    assert line.startswith(f"bulletinnlp: {tmp_path}/bad.txt: {message}")
    found = bulletinnlp.Extraction.read(tmp_path / "out")
    assert found.pages["page_id"].tolist() == ["page"]
    assert message in found.problems.loc[0, "message"]


def test_nothing_read(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"")
    done = run(tmp_path / "bad.txt", tmp_path / "none.txt", "--out", tmp_path / "out")
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        f"bulletinnlp: {tmp_path}/bad.txt: the file is empty",
        f"bulletinnlp: {tmp_path}/none.txt: no such file or folder",
    ]
    assert done.stdout == ""
    assert not list((tmp_path / "out").glob("*.parquet"))


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("folder/*", "matches folders only; name a folder to read what is in it"),
        ("folder/empty", "the folder holds no .txt file"),
        ("C:\\新闻\\2022\\稿件.txt", "no such file or folder"),
        ("n" * 300 + ".txt", "can not be read (File name too long)"),
    ],
)
def test_sources_that_hold_nothing(tmp_path: Path, source: str, message: str) -> None:
    (tmp_path / "folder" / "empty").mkdir(parents=True)
    done = run(tmp_path / source, "--out", tmp_path / "out")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"bulletinnlp: {tmp_path}/{source}: {message}\n"


def test_what_can_not_be_looked_into_leaves_the_rest(page: Path, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    (closed / "secret.txt").write_text(NEWS, encoding="utf-8")
    closed.chmod(0)
    as_a_user: list[str] = []
    if os.access(closed, os.R_OK):  # we are root, whom nothing is closed to
        if not shutil.which("setpriv"):
            pytest.skip("nobody can be shut out of a folder here")
        as_a_user = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"]
    done = run(tmp_path, "--out", tmp_path / "out", through=as_a_user)
    closed.chmod(0o700)
    assert done.returncode == 1
    assert done.stderr == f"bulletinnlp: {closed}: can not be read (Permission denied)\n"
    assert bulletinnlp.Extraction.read(tmp_path / "out").pages["page_id"].tolist() == ["page"]


def test_the_suffix_may_be_written_large(tmp_path: Path) -> None:
    (tmp_path / "PAGE.TXT").write_text(NEWS, encoding="utf-8")
    done = run(tmp_path, "--out", tmp_path / "out")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("1 pages")


#: Pages that are read, and what is said of each; None where nothing is.
ODD = {
    "NUL bytes": (NEWS.replace("。", "\0。").encode(), "it holds 1 NUL characters"),
    "half a character in UTF-8": (
        NEWS.replace("晚", "\ud800").encode("utf-8", "surrogatepass"),
        "it holds surrogates, which are no valid UTF-8; pairs were joined, others (1) are shown as U+FFFD",
    ),
    "half a character in UTF-16": (
        b"\xff\xfe" + (NEWS * 5).replace("晚", "\ud800", 1).encode("utf-16-le", "surrogatepass"),
        "1 places are no valid utf-16; each is shown as U+FFFD",
    ),
    "lines of two encodings": (
        (NEWS.encode() + NEWS.encode("gb18030")) * 10,
        "its lines are partly UTF-8, partly GB18030; each was read in its own encoding",
    ),
    "damaged UTF-8": ((NEWS * 10).encode().replace("晚".encode(), b"\xe6\x99", 1), "places are no valid utf-8"),
    "traditional characters": (
        WEIRD["traditional characters"].encode(),
        "it is in traditional characters (32% exist in no simplified text), which are read as simplified ones",
    ),
    "traditional characters in Big5": (
        WEIRD["traditional characters"].encode("big5"),
        "it is in traditional characters",
    ),
    "an English page": (
        WEIRD["an English page"].encode(),
        "it is not in Chinese (0 of its 9,800 letters are); the stages do not read it",
    ),
    "only punctuation": (
        WEIRD["only punctuation"].encode(),
        "it holds no letters, Chinese or others; the stages do not read it",
    ),
    "quotation marks": (
        WEIRD["unbalanced quotation marks"].encode(),
        "2,500 of its quotation marks have no other half; where quotes begin and end is uncertain",
    ),
    "zero-width characters": (WEIRD["zero-width characters"].encode(), None),
    "private-use characters": (
        WEIRD["private-use characters"].encode(),
        "private-use characters or marks cut its words in 67 places; names and dates are missed there",
    ),
    "a line ten thousand times": (
        WEIRD["the same line ten thousand times"].encode(),
        "text that was repeated 9999 times was set aside as stray",
    ),
    "emoji": (WEIRD["emoji"].encode(), "text that was repeated 99 times was set aside as stray"),
    "Windows paths": (("C:\\新闻\\2022\\..\\稿件.txt\n\n" + NEWS).encode(), None),
    "GB18030": (NEWS.encode("gb18030"), None),
    "UTF-16": (NEWS.encode("utf-16"), None),
    "UTF-8 with a mark": (NEWS.encode("utf-8-sig"), None),
}


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[str], bulletinnlp.Extraction]:
    """The odd pages in a folder, read in one run of the command."""
    folder = tmp_path_factory.mktemp("odd")
    for kind, (data, _) in ODD.items():
        (folder / f"{kind}.txt").write_bytes(data)
    done = run(folder, "--out", folder / "out")
    return done, bulletinnlp.Extraction.read(folder / "out")


def test_odd_pages_are_read(odd: tuple[subprocess.CompletedProcess[str], bulletinnlp.Extraction]) -> None:
    done, found = odd
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(found.pages["page_id"]) == sorted(ODD)
    assert set(found.problems["severity"]) == {"warning"}


@pytest.mark.parametrize("kind", ODD)
def test_what_is_odd_is_told(odd: tuple[subprocess.CompletedProcess[str], bulletinnlp.Extraction], kind: str) -> None:
    _, found = odd
    told = found.problems[found.problems["page_id"] == kind]
    if message := ODD[kind][1]:
        assert message in " ".join(told["message"])
    else:
        assert "read" not in set(told["stage"])
        assert found.times["text"][found.times["article_id"] == f"{kind}#1"].tolist() == ["11月27日晚"]


@pytest.mark.slow
def test_a_hundred_megabytes_in_one_line(tmp_path: Path) -> None:
    text = "本报讯 近日，新华镇组织党员干部30余人到李家村清运积存垃圾。" * 1_150_000
    path = tmp_path / "page.txt"
    path.write_text(text, encoding="utf-8")
    assert path.stat().st_size > 100_000_000
    check_kept(run(path, "--out", tmp_path / "out"), tmp_path / "out", text)


@pytest.mark.slow
def test_a_million_lines(tmp_path: Path) -> None:
    chance = random.Random(3)
    text = "\n".join("".join(chance.choices(NEWS, k=8)) for _ in range(1_000_000))
    (tmp_path / "page.txt").write_text(text, encoding="utf-8")
    check_kept(run(tmp_path / "page.txt", "--out", tmp_path / "out"), tmp_path / "out", text)


def test_a_file_that_is_no_page(tmp_path: Path) -> None:
    """A year of a paper in one file, or what a program has written: it is kept, and said not to have been read."""
    text = NEWS * (MOST_CHARACTERS // len(NEWS) + 1)
    (tmp_path / "page.txt").write_text(text, encoding="utf-8")
    check_kept(run(tmp_path / "page.txt", "--out", tmp_path / "out"), tmp_path / "out", text)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x85"])
def test_a_page_of_too_many_lines(end: str) -> None:
    """Of a character each: each line costs as much as a longer one."""
    text = f"会{end}" * (MOST_LINES + 1)
    found = bulletinnlp.extract(Page("p", text, published="2022"), exclude=NOTHING)
    told = f"p: it has {MOST_LINES + 1:,} lines, as no page has, and was not read; cut the file into pages"
    assert found.problems["message"].tolist() == [told]
    assert found.segments["text"].tolist() == [text]


def check_kept(done: subprocess.CompletedProcess[str], out: Path, text: str) -> None:
    """The page is whole in the tables, and the reader knows that nothing else is."""
    assert done.returncode == 1
    told = f"page: it has {len(text):,} characters, as no page has, and was not read; cut the file into pages"
    assert done.stderr == f"bulletinnlp: {told}\n"
    found = bulletinnlp.Extraction.read(out)
    assert found.segments["text"].str.cat() == text
    assert found.problems["message"].tolist()[-1] == told


def test_nothing_read_leaves_the_earlier_tables(page: Path, tmp_path: Path) -> None:
    extract_to(page, tmp_path / "out", published="2022", exclude=["quotes", "events"])
    assert run(tmp_path / "pgae.txt", "--out", tmp_path / "out").returncode == 2
    assert len(bulletinnlp.Extraction.read(tmp_path / "out").pages) == 1


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (
            "seite,datum\npage,2022\n",
            "the manifest has unknown columns seite, datum; it takes page_id, published, paper, home",
        ),
        ("published\n2022\n", "the manifest has no column page_id; it takes page_id, published, paper, home"),
        ('page_id,paper\rpage,"今日兰考\r', "after line 1: the manifest is no CSV (unexpected end of data)"),
        ("", "the manifest has no column page_id; it takes page_id, published, paper, home"),
    ],
)
def test_a_wrong_manifest(page: Path, tmp_path: Path, written: str, message: str) -> None:
    """Ends the run before a page is read: dates would be missing in all tables."""
    (tmp_path / "wrong.csv").write_text(written, encoding="utf-8", newline="")
    done = run(page, "--manifest", tmp_path / "wrong.csv", "--out", tmp_path / "out")
    assert done.returncode == 2
    [line] = done.stderr.splitlines()
    assert line.startswith(f"bulletinnlp: {tmp_path}/wrong.csv")
    assert line.endswith(message)
    assert not (tmp_path / "out").exists()


def test_two_files_of_one_name(page: Path, tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    shutil.copy(page, tmp_path / "more")
    done = run(page, tmp_path / "more", "--out", tmp_path / "out")
    assert (done.returncode, done.stderr) == (0, "")
    found = bulletinnlp.Extraction.read(tmp_path / "out")
    assert found.pages["page_id"].tolist() == ["page", "page~2"]
    assert found.articles["article_id"].is_unique
    told = f"{tmp_path}/more/page.txt: the page id page is taken; this page is page~2"
    assert told in found.problems["message"].tolist()


def test_page_ids_that_are_paths_stay_names(tmp_path: Path) -> None:
    """Nothing is written but below the folder, whatever a page is called."""
    names = ["../../escape", "/etc/passwd", "C:\\Windows\\system32", "a/b", "a/b", "con", "p\0q", "=1+1", "\ud800"]
    out = tmp_path / "deep" / "out"
    extract_to([Page(name, NEWS, published="2022") for name in names], out, format="csv", exclude=["quotes", "events"])
    assert sorted(path.name for path in tmp_path.rglob("*") if path.parent != out) == ["deep", "out"]
    found = [path.name for path in out.iterdir()]
    assert "pages.csv" in found
    assert all(name.endswith((".csv", "run.json")) for name in found)


def test_page_ids_that_are_taken(page: Path, tmp_path: Path) -> None:
    pages = [Page("a", NEWS), Page("a", NEWS), Page("a~2", NEWS), Page("a", NEWS)]
    found = bulletinnlp.extract(pages, published="2022", exclude=["quotes", "events"])
    assert found.pages["page_id"].tolist() == ["a", "a~2", "a~2~2", "a~3"]
    assert found.articles["article_id"].is_unique
    assert found.problems["message"].str.contains("is taken").sum() == 3


def test_an_output_that_is_a_file(page: Path, tmp_path: Path) -> None:
    done = run(page, "--out", page)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert page.read_text("utf-8") == NEWS


@pytest.mark.skipif(os.name == "nt" or not os.path.isdir("/proc"), reason="needs a folder where nobody can write")
def test_an_output_that_can_not_be_written(page: Path) -> None:
    done = run(page, "--out", "/proc/tables")
    assert done.returncode == 2
    [line] = done.stderr.splitlines()
    assert "/proc/tables" in line


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 200 kB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", disk], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.decode().strip()}")
    yield disk
    subprocess.run(["umount", "-l", disk], check=True)


@pytest.mark.parametrize("format", ["parquet", "jsonl", "csv", "duckdb", "sqlite"])
def test_a_full_disk(small_disk: Path, tmp_path: Path, format: str) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    chance = random.Random(1)
    for n in range(30):  # of characters by chance, which no format makes much smaller
        body = "".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(4000))
        (pages / f"{n:02d}.txt").write_text(f"{NEWS}\n{body}。\n", encoding="utf-8")
    out = small_disk / "out"
    done = run(pages, "--out", out, "--format", format, "--exclude", "events", "--exclude", "quotes")
    assert done.returncode == 2, done.stderr
    [line] = done.stderr.splitlines()
    assert "space" in line.lower() or "full" in line.lower(), line
    left = [path.name for path in out.iterdir()] if out.exists() else []
    assert [name for name in left if name != FOLDER] == []
