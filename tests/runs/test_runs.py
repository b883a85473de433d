"""Runs that are stopped, killed, resumed, or follow another run in the same folder."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from same_tables import assert_same

import bulletinnlp
from bulletinnlp.output import checkpoints
from bulletinnlp.output.checkpoints import FOLDER, Checkpoints, FinishedPagesError, OtherRunError
from bulletinnlp.output.readers import read_rows
from bulletinnlp.runs.extract import extract_to

FEW = ("places", "references", "roles", "quotes", "events")


def start(pages: Path, out: Path, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "bulletinnlp", "extract", str(pages), "--out", str(out), *options]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)


@pytest.fixture
def many(pages: Path, tmp_path: Path) -> Path:
    """The pages 72 times over, under other names, so that a run takes a while."""
    folder = tmp_path / "many"
    folder.mkdir()
    for copy in range(72):
        for path in pages.glob("*.txt"):
            shutil.copy(path, folder / f"{path.stem}-{copy}.txt")
    return folder


def wait_for_a_part(out: Path, run: subprocess.Popen[str]) -> None:
    for _ in range(600):
        if Checkpoints(out).paths() or run.poll() is not None:
            return
        time.sleep(0.1)


@pytest.mark.slow
@pytest.mark.parametrize("workers", ["1", "2"])
def test_ctrl_c_leaves_finished_pages_and_resume_goes_on(many: Path, tmp_path: Path, workers: str) -> None:
    out = tmp_path / "out"
    run = start(many, out, "--workers", workers, "--published", "2022")
    wait_for_a_part(out, run)
    os.killpg(run.pid, signal.SIGINT)  # as a terminal does: to all processes of the run
    began = time.monotonic()
    _, told = run.communicate(timeout=60)
    assert time.monotonic() - began < 1 + os.getloadavg()[0] / (os.cpu_count() or 1)  # more where others use the cores
    assert run.returncode == 130
    assert told == f"bulletinnlp: stopped; finished pages are in {out}, --resume goes on\n"
    assert not list(out.glob("*.parquet"))
    with pytest.warns(UserWarning, match="the run was stopped; these are the pages that are finished"):
        unfinished = bulletinnlp.Extraction.read(out)
    assert 0 < len(unfinished.pages) < 1008
    assert len(unfinished.entities) > 0

    read_before = len(unfinished.pages)
    assert start(many, out, "--resume", "--published", "2022").wait() == 0
    resumed = bulletinnlp.Extraction.read(out)
    assert not (out / FOLDER).exists()
    assert len(resumed.pages) == 1008 > read_before
    extract_to(many, tmp_path / "unbroken", published="2022")
    assert_same(resumed, bulletinnlp.Extraction.read(tmp_path / "unbroken"))


@pytest.mark.slow
def test_a_run_killed_again_and_again_loses_nothing(many: Path, tmp_path: Path) -> None:
    out, moments = tmp_path / "out", random.Random(7)
    finished = []
    for kill in range(12):
        run = start(many, out, "--workers", "2", "--published", "2022", *["--resume"] * (kill > 0))
        if kill % 3 == 0:
            wait_for_a_part(out, run)
        time.sleep(moments.uniform(0, 6))
        if run.poll() is None:
            os.killpg(run.pid, signal.SIGKILL)
        run.communicate()
        if (out / "run.json").exists():  # it was faster
            break
        finished.append(len(list(Checkpoints(out).inputs())))
    assert finished == sorted(finished)
    assert finished[-1] > 0
    if not (out / "run.json").exists():
        assert start(many, out, "--resume", "--published", "2022").wait() == 0
    extract_to(many, tmp_path / "unbroken", published="2022")
    assert_same(bulletinnlp.Extraction.read(out), bulletinnlp.Extraction.read(tmp_path / "unbroken"))


class PowerCutError(RuntimeError):
    """A power cut."""


def power_cut(*given: object) -> None:
    raise PowerCutError


def cut_after(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    """Let a run write a part for each page and stop after so many."""
    write = Checkpoints.write
    monkeypatch.setattr(checkpoints, "CHECKPOINT_SECONDS", 0.0)

    def counted(self: Checkpoints, *args: object) -> int:
        nonlocal count
        if count == 0:
            raise PowerCutError
        count -= 1
        return write(self, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(Checkpoints, "write", counted)


@pytest.fixture
def broken(pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a run that a power cut stopped after five pages."""
    out = tmp_path / "out"
    with monkeypatch.context() as patched:
        cut_after(patched, 5)
        with pytest.raises(PowerCutError):
            extract_to(pages, out, exclude=FEW)
    assert len(Checkpoints(out).paths()) == 5
    return out


def test_only_unfinished_pages_are_read_again(
    pages: Path, broken: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        cut_after(patched, 4)
        with pytest.raises(PowerCutError):
            extract_to(pages, broken, exclude=FEW, resume=True)
    extract_to(pages, broken, exclude=FEW, resume=True)
    extract_to(pages, tmp_path / "unbroken", exclude=FEW)
    assert_same(bulletinnlp.Extraction.read(broken), bulletinnlp.Extraction.read(tmp_path / "unbroken"))


def test_a_part_that_was_half_written_is_no_part(
    pages: Path, broken: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("bulletinnlp.output.checkpoint_files.fingerprint", power_cut)
        with pytest.raises(PowerCutError):
            extract_to(pages, broken, exclude=FEW, resume=True)
    halves = list((broken / FOLDER).glob("*.part"))
    assert halves
    assert all(list(half.glob("*.parquet")) for half in halves)
    extract_to(pages, broken, exclude=FEW, resume=True)
    assert len(bulletinnlp.Extraction.read(broken).pages) == 14


def test_resume_refuses_other_settings(pages: Path, broken: Path) -> None:
    with pytest.raises(OtherRunError, match=r"exclude was \['events', .*\] and is \[\]"):
        extract_to(pages, broken, resume=True)
    with pytest.raises(OtherRunError, match="published was None and is '2022'"):
        extract_to(pages, broken, exclude=FEW, published="2022", resume=True)
    assert len(Checkpoints(broken).paths()) == 5


def test_resume_refuses_other_inputs(pages: Path, broken: Path, tmp_path: Path) -> None:
    with pytest.raises(OtherRunError, match="the inputs have changed since the run began: input 1 was"):
        extract_to(sorted(pages.glob("*.txt"))[1:], broken, exclude=FEW, resume=True)


def test_finished_pages_are_given_up_only_where_that_is_asked_for(pages: Path, broken: Path) -> None:
    first = sorted(pages.glob("*.txt"))[:2]
    with pytest.raises(FinishedPagesError, match="--resume goes on with it, --overwrite begins anew"):
        extract_to(first, broken, exclude=FEW)
    assert len(Checkpoints(broken).paths()) == 5
    extract_to(first, broken, exclude=FEW, overwrite=True)
    assert len(bulletinnlp.Extraction.read(broken).pages) == 2


def test_resume_without_anything_to_resume(pages: Path, tmp_path: Path) -> None:
    extract_to(sorted(pages.glob("*.txt"))[:2], tmp_path, exclude=FEW, resume=True)
    assert len(bulletinnlp.Extraction.read(tmp_path).pages) == 2


def test_tables_of_an_earlier_run_are_not_mixed_in(pages: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.csv").write_text("mine")
    first = sorted(pages.glob("*.txt"))[:2]
    extract_to(first, tmp_path)
    extract_to(first[:1], tmp_path, exclude=[*FEW, "names"], format="jsonl")
    record = json.loads((tmp_path / "run.json").read_text("utf-8"))
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*record["files"], "notes.csv", "run.json"])
    assert not list(tmp_path.glob("*.parquet"))
    assert record["rows"]["pages"] == 1
    assert (record["exclude"], record["published"]) == (sorted([*FEW, "names"]), None)


def test_writing_another_format_keeps_the_first(pages: Path, tmp_path: Path) -> None:
    extract_to(sorted(pages.glob("*.txt"))[:1], tmp_path, exclude=FEW)
    bulletinnlp.Extraction.read(tmp_path).write(tmp_path, "csv")
    assert (tmp_path / "pages.csv").exists()
    assert len(bulletinnlp.Extraction.read(tmp_path).pages) == 1


def test_a_run_that_fails_keeps_the_tables_of_the_earlier_run(
    pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = sorted(pages.glob("*.txt"))[:2]
    extract_to(first, tmp_path, exclude=FEW)
    cut_after(monkeypatch, 0)
    with pytest.raises(PowerCutError):
        extract_to(first[1:], tmp_path, exclude=FEW)
    assert len(bulletinnlp.Extraction.read(tmp_path).pages) == 2


def test_finished_pages_beside_the_tables_of_an_earlier_run(
    pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The earlier run is read, with a warning that says where the finished pages of the later one are."""
    first = sorted(pages.glob("*.txt"))[:1]
    extract_to(first, tmp_path, exclude=FEW)
    cut_after(monkeypatch, 3)
    with pytest.raises(PowerCutError):
        extract_to(pages, tmp_path, exclude=FEW)
    for read in (bulletinnlp.Extraction.read, read_rows):
        with pytest.warns(UserWarning, match=f"a later run was stopped here; .*{FOLDER} reads as the finished pages"):
            assert len(read(tmp_path)["pages"] if read is read_rows else read(tmp_path).pages) == 1
        with pytest.warns(UserWarning, match="these are the pages that are finished"):
            assert len(read(tmp_path / FOLDER)["pages"] if read is read_rows else read(tmp_path / FOLDER).pages) == 3


def state(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}


def test_resume_leaves_a_run_that_is_done_as_it_is(pages: Path, tmp_path: Path) -> None:
    """The command says what it said before, with the same exit code."""
    (tmp_path / "bad.txt").write_bytes(b"")
    inputs = [*sorted(pages.glob("*.txt"))[:2], tmp_path / "bad.txt"]
    out = tmp_path / "out"
    counts = extract_to(inputs, out, exclude=FEW)
    before = state(out)
    again = extract_to(inputs, out, exclude=FEW, resume=True)
    assert again.done_before
    assert (again.summary(), again.errors) == (counts.summary(), counts.errors)
    assert state(out) == before
    options = [argument for stage in FEW for argument in ("--exclude", stage)]
    command = [sys.executable, "-m", "bulletinnlp", "extract", *inputs, "--out", out, "--resume", *options]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "2 pages" in done.stdout
    assert state(out) == before


@pytest.fixture
def done(pages: Path, tmp_path: Path) -> list[Path]:
    """Two pages that were read into `out`."""
    folder = tmp_path / "in"
    folder.mkdir()
    first, second = (Path(shutil.copy(path, folder)) for path in sorted(pages.glob("*.txt"))[:2])
    extract_to([first, second], tmp_path / "out", exclude=FEW)
    return [first, second]


def test_resume_begins_anew_where_a_page_has_changed(done: list[Path], tmp_path: Path) -> None:
    done[0].write_text(done[0].read_text("utf-8") + "（完）\n", encoding="utf-8")
    assert not extract_to(done, tmp_path / "out", exclude=FEW, resume=True).done_before
    assert "（完）" in "".join(bulletinnlp.Extraction.read(tmp_path / "out").segments["text"])
    assert extract_to(done, tmp_path / "out", exclude=FEW, resume=True).done_before


def test_resume_begins_anew_where_more_pages_come(done: list[Path], tmp_path: Path) -> None:
    assert not extract_to(done[:1], tmp_path / "out", exclude=FEW, resume=True).done_before
    assert len(bulletinnlp.Extraction.read(tmp_path / "out").pages) == 1


def test_resume_begins_anew_where_something_else_is_asked_for(done: list[Path], tmp_path: Path) -> None:
    asked: list[dict[str, object]] = [
        {"format": "csv"}, {"format": "csv", "guard": True}, {"published": "2022"}, {"exclude": FEW[:-1]}
    ]  # fmt: skip
    for options in asked:
        options = {"exclude": FEW, **options}
        assert not extract_to(done, tmp_path / "out", resume=True, **options).done_before  # type: ignore[arg-type]
        assert extract_to(done, tmp_path / "out", resume=True, **options).done_before  # type: ignore[arg-type]


def test_resume_begins_anew_where_a_gazetteer_has_changed(done: list[Path], tmp_path: Path) -> None:
    names, options = (
        tmp_path / "names.tsv",
        {"exclude": FEW, "resume": True, "model": f"gazetteer:{tmp_path}/names.tsv"},
    )
    for line in ("PER\t张三\n", "PER\t李四\n"):
        names.write_text(line, encoding="utf-8")
        assert not extract_to(done, tmp_path / "out", **options).done_before
        assert extract_to(done, tmp_path / "out", **options).done_before


def test_resume_begins_anew_where_a_table_is_gone(done: list[Path], tmp_path: Path) -> None:
    (tmp_path / "out" / "pages.parquet").unlink()
    assert not extract_to(done, tmp_path / "out", exclude=FEW, resume=True).done_before
    assert len(bulletinnlp.Extraction.read(tmp_path / "out").pages) == 2
