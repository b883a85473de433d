"""The command, run as a user runs it."""

import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from folders import SEEDS
from typer.testing import CliRunner

import bulletinnlp
from bulletinnlp.cli import app
from bulletinnlp.evaluation import annotate

NOTHING = ("bylines", "times", "names", "places", "references", "roles", "quotes", "events")

NEWS = "我区开展线上教研\n\n东昌府讯 11月27日晚，区教研中心举行线上教研活动。\n(区教体局)\n"


def run(*arguments: object, stdin: bytes = b"") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bulletinnlp", *map(str, arguments)]
    done = subprocess.run(command, input=stdin, capture_output=True, check=False)
    return subprocess.CompletedProcess(command, done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(NEWS, encoding="utf-8")
    return path


def test_the_seed_pages(tmp_path: Path) -> None:
    done = run("extract", SEEDS, "--out", tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("5 pages · ")
    assert "people" in done.stdout
    assert str(tmp_path) in done.stdout
    events = pd.read_parquet(tmp_path / "events.parquet")
    assert len(events) > 20
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize("format", ["parquet", "jsonl", "csv", "duckdb", "sqlite"])
def test_each_format(page: Path, tmp_path: Path, format: str) -> None:
    done = run("extract", page, "--out", tmp_path / "tables", "--format", format, "--published", "2022-11")
    assert done.returncode == 0, done.stderr
    assert list((tmp_path / "tables").glob(f"*.{format}"))


def test_standard_input_in_another_encoding(tmp_path: Path) -> None:
    done = run(
        "extract", "-", "--out", tmp_path, "--format", "jsonl", "--published", "2022-11", stdin=NEWS.encode("gb18030")
    )
    assert done.returncode == 0, done.stderr
    [row] = [json.loads(line) for line in (tmp_path / "pages.jsonl").read_text("utf-8").splitlines()]
    assert (row["page_id"], row["encoding"], row["published"]) == ("stdin", "gb18030", "2022-11")


def in_process(*arguments: object) -> tuple[int, str]:
    ended = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert ended.exception is None or isinstance(ended.exception, SystemExit)
    return ended.exit_code, ended.stderr


def test_where_nothing_is_read_each_reason_is_told(page: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "o"
    exclude = [word for stage in NOTHING for word in ("--exclude", stage)]
    assert in_process("extract", page, "--out", tmp_path / "t", "--format", "csv", "--workers", 1, *exclude)[0] == 0
    code, told = in_process("extract", tmp_path / "t" / "*.csv", "--out", out, "--workers", 1, *exclude)
    assert code == 2
    files = sorted((tmp_path / "t").glob("*.csv"))
    assert told.splitlines() == [f"bulletinnlp: {file}: was written by a run; it was left out" for file in files]
    assert not out.parent.exists()


@pytest.mark.parametrize("kind", ["extract", "view", "annotate", "evaluate"])
def test_a_link_that_leads_to_itself_is_told_in_a_line(kind: str, page: Path, tmp_path: Path) -> None:
    tables, gold, loop = tmp_path / "t", tmp_path / "gold", tmp_path / "loop"
    found = bulletinnlp.extract(page, exclude=NOTHING)
    annotate(found, gold)
    loop.symlink_to(loop)
    words = {
        "extract": ["extract", page, "--out"],
        "view": ["view", found.write(tables), "--out"],
        "annotate": ["annotate", tables, "--out"],
        "evaluate": ["evaluate", gold, tables, "--json"],
    }
    code, told = in_process(*words[kind], loop)
    assert code == 2
    assert [str(loop) in line for line in told.splitlines()] == [True]


def test_a_bad_file_is_told_and_the_others_go_on(page: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(bytes(range(256)) * 20)
    done = run("extract", page, bad, "--out", tmp_path / "t", "--format", "jsonl")
    assert done.returncode == 1
    [line] = done.stderr.strip().splitlines()
    assert "bad.txt: not a text file" in line
    problems = [json.loads(line) for line in (tmp_path / "t" / "problems.jsonl").read_text("utf-8").splitlines()]
    assert "bad" in [row["page_id"] for row in problems if row["severity"] == "error"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["none.txt"], "none.txt: no such file or folder"),
        ([SEEDS, "--published", "gestern"], "'gestern' is no date of issue"),
        ([SEEDS, "--exclude", "nouns"], "there is no stage 'nouns'; choose from bylines, times"),
        ([SEEDS, "--model", "gpt"], "model 'gpt' is unknown"),
        ([SEEDS, "--model", "gazetteer:nope", "--exclude", "names"], "'gazetteer:nope' finds names, and the stage"),
        ([SEEDS, "--model", "embedded+gazetteer:nope", "--exclude", "names"], "it would not be used"),
        ([SEEDS, "--manifest", ""], "the name of the manifest is empty"),
        ([SEEDS, "--lexicons", ""], "the name of the folder of lexicons is empty"),
    ],
)
def test_what_can_not_be_done_is_said_in_one_line(tmp_path: Path, arguments: list, message: str) -> None:
    done = run("extract", *arguments, "--out", tmp_path)
    assert done.returncode == 2
    [line] = done.stderr.strip().splitlines()
    assert message in line


def test_help_shows_an_example() -> None:
    assert "bulletinnlp extract seeds/ --out tables/" in run("extract", "--help").stdout
