"""Files, folders and disks that are not as they should be: a clear line, the rest goes on, and the exit code says it.

0: all pages were read; 1: some were not; 2: nothing could be done.
"""

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import bulletinnlp
from bulletinnlp.extraction import extract_to
from bulletinnlp.pages import Page

NEWS = "我区开展线上教研\n\n本报讯 11月27日晚，区教研中心举行线上教研活动。\n（区教体局）\n"


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bulletinnlp", "extract", *map(str, arguments), "--published", "2022"]
    return subprocess.run(command, capture_output=True, text=True, check=False)


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
    assert len(done.stderr.splitlines()) == 2
    assert not list((tmp_path / "out").glob("*.parquet"))


def test_nothing_read_leaves_the_earlier_tables(page: Path, tmp_path: Path) -> None:
    extract_to(page, tmp_path / "out", published="2022", exclude=["quotes", "events"])
    assert run(tmp_path / "pgae.txt", "--out", tmp_path / "out").returncode == 2
    assert len(bulletinnlp.Extraction.read(tmp_path / "out").pages) == 1


ENCODED = {
    "GB18030": NEWS.encode("gb18030"),
    "UTF-16": NEWS.encode("utf-16"),
    "UTF-8 with a mark": NEWS.encode("utf-8-sig"),
    "Big5": "臺北訊 台北市政府昨日舉行記者會，市長表示，將推動都市更新計畫。\n".encode("big5"),
    "lines of two encodings": (NEWS.encode() + NEWS.encode("gb18030")) * 10,
    "damaged UTF-8": (NEWS * 10).encode().replace("晚".encode(), b"\xe6\x99", 1),
}


@pytest.mark.parametrize("kind", ENCODED)
def test_encodings(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(ENCODED[kind])
    found = bulletinnlp.extract(path, published="2022", exclude=["quotes", "events"])
    assert {"讯", "訊"} & set("".join(found.segments["text"]))
    if kind in ("lines of two encodings", "damaged UTF-8"):
        assert str(path) in found.problems.loc[0, "message"]


def test_a_manifest_with_wrong_columns(page: Path, tmp_path: Path) -> None:
    (tmp_path / "wrong.csv").write_text("seite,datum\npage,2022\n")
    done = run(page, "--manifest", tmp_path / "wrong.csv", "--out", tmp_path / "out")
    assert done.returncode == 1
    [line] = done.stderr.splitlines()
    assert "wrong.csv: the manifest has unknown columns seite, datum; it takes page_id, published, paper, home" in line
    assert len(bulletinnlp.Extraction.read(tmp_path / "out").pages) == 1


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
    assert [name for name in left if name != "parts"] == []
