"""One run at a time writes into a folder; the lock of a run that is dead holds nobody up."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from folders import SEEDS

import bulletinnlp
from bulletinnlp.output.lock import LOCK, FolderInUseError, locked
from bulletinnlp.pages import Page
from bulletinnlp.runs.extract import extract_to

NOTHING = ("bylines", "times", "names", "places", "references", "roles", "quotes", "events")
PAGE = Page("p", "本报讯 11月27日晚，区教研中心举行线上教研活动。\n", published="2022")
_HOLD = """
import sys, time
from bulletinnlp.output.lock import locked

with locked(sys.argv[1]):
    print("locked", flush=True)
    time.sleep(600)
"""


def holder(folder: Path) -> subprocess.Popen[str]:
    """Another process that writes into the folder."""
    process = subprocess.Popen([sys.executable, "-c", _HOLD, str(folder)], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "locked\n"
    return process


def test_a_second_run_is_refused(tmp_path: Path) -> None:
    first = holder(tmp_path)
    command = [sys.executable, "-m", "bulletinnlp", "extract", str(SEEDS), "--out", str(tmp_path)]
    second = subprocess.run(command, capture_output=True, text=True, check=False)
    assert second.returncode == 2
    told = (
        f"bulletinnlp: {tmp_path}: another run (process {first.pid}) writes into this folder; wait, or choose another"
    )
    assert second.stderr == f"{told}\n"
    with pytest.raises(FolderInUseError):
        bulletinnlp.extract(PAGE, exclude=NOTHING).write(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [LOCK]
    first.kill()
    first.wait()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no signals between processes")
def test_the_lock_of_a_run_that_was_killed_is_taken_over(tmp_path: Path) -> None:
    first = holder(tmp_path)
    first.kill()
    first.wait()
    assert (tmp_path / LOCK).exists()
    extract_to(PAGE, tmp_path, exclude=NOTHING)
    assert len(bulletinnlp.Extraction.read(tmp_path).pages) == 1
    assert not (tmp_path / LOCK).exists()


def test_in_one_process_too(tmp_path: Path) -> None:
    with locked(tmp_path), pytest.raises(FolderInUseError, match="another run"):
        extract_to(PAGE, tmp_path, exclude=NOTHING)
    extract_to(PAGE, tmp_path, exclude=NOTHING)


def test_of_many_runs_at_once_each_is_done_or_refused(tmp_path: Path) -> None:
    """Whoever comes while the lock goes neither fails otherwise nor writes unlocked."""
    code = f"""
import sys
from pathlib import Path
from bulletinnlp.output.lock import FolderInUseError, locked

for _ in range(200):
    try:
        with locked({str(tmp_path)!r}):
            with open({str(tmp_path / "alone")!r}, "x"):
                pass
            Path({str(tmp_path / "alone")!r}).unlink()
    except FolderInUseError:
        pass
"""
    runs = [subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE, text=True) for _ in range(3)]
    assert [(run.communicate()[1], run.returncode) for run in runs] == [("", 0)] * 3
    assert list(tmp_path.iterdir()) == []
