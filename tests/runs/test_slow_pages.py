"""A page on which a stage is slow, or hangs, costs itself: the others are read, and it keeps its text."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc

import bulletinnlp
from bulletinnlp.output import checkpoints
from bulletinnlp.output.checkpoints import Checkpoints
from bulletinnlp.pages import Page
from bulletinnlp.pages.input_pages import Input, inputs
from bulletinnlp.pages.input_state import InputState
from bulletinnlp.runs import extract as extraction
from bulletinnlp.runs import workers
from bulletinnlp.runs.extract import extract_to
from bulletinnlp.runs.page_rows import read_input_in_a_thread
from bulletinnlp.runs.page_timeout import OutOfTimeError, in_a_thread, limited
from bulletinnlp.runs.pipeline_config import PipelineConfig
from bulletinnlp.runs.workers import Workers

NOTHING = ("bylines", "times", "names", "places", "references", "roles", "quotes", "events")
NEWS = "新村召开会议\n本报讯 11月27日，新村召开会议。\n"
SLOW = "慢村召开会议\n本报讯 11月27日，慢村召开会议。\n"

pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="Windows has no timer that interrupts")


def hang(doc: Doc) -> Doc:
    """Waits for ever on a page with 慢村, and takes every error for its own."""
    while "慢村" in doc.text:
        try:
            time.sleep(0.01)
        except Exception:
            continue
    return doc


def hang_in_c(doc: Doc) -> Doc:
    """One call of a library that takes minutes, which nothing in the process can interrupt."""
    if "慢村" in doc.text:
        hashlib.pbkdf2_hmac("sha256", b"", b"", 10**9)
    return doc


@dataclass(frozen=True)
class Slow(PipelineConfig):
    """A pipeline of one stage that hangs."""

    in_c: bool = False

    def load(self) -> Language:
        nlp = PipelineConfig(exclude=NOTHING).load()
        Language.component("hang", func=hang_in_c if self.in_c else hang)
        nlp.add_pipe("hang")
        return nlp


def given(*texts: str) -> list[Input]:
    return list(inputs([Page(f"p{n}", text, published="2022") for n, text in enumerate(texts)]))


def test_the_page_keeps_its_segments_and_articles() -> None:
    pages = [Page("p0", SLOW, published="2022"), Page("p1", NEWS, published="2022")]
    found = bulletinnlp.extract(pages, nlp=Slow().load(), page_timeout=0.3)
    assert found.segments.groupby("page_id")["text"].sum().to_dict() == {"p0": SLOW, "p1": NEWS}
    assert found.articles["headline"].tolist() == ["慢村召开会议", "新村召开会议"]
    told = "p0: it took more than 0.3 seconds (--page-timeout); its stages were ended"
    assert found.problems[["page_id", "severity", "message"]].values.tolist() == [["p0", "error", told]]


def test_in_threads_a_page_has_a_thread_of_its_own() -> None:
    """So pages are limited that are not read in the main thread, as by Dask."""
    nlp = Slow().load()
    with ThreadPoolExecutor(1) as pool:
        slow, other = pool.map(lambda one: read_input_in_a_thread(one, nlp, 0.3), given(SLOW, NEWS))
    assert slow["articles"]["headline"].to_pylist() == ["慢村召开会议"]
    told = "p0: it took more than 0.3 seconds (--page-timeout); its stages were ended"
    assert slow["problems"].select(["stage", "message"]).to_pylist() == [{"stage": "timeout", "message": told}]
    assert (other["articles"].num_rows, other["problems"].num_rows) == (1, 0)


def test_a_thread_that_overstays_its_time_is_ended_and_others_are_not() -> None:
    with pytest.raises(OutOfTimeError):
        in_a_thread(lambda: [time.sleep(0.01) for _ in range(10_000)], 0.05)
    with pytest.raises(ZeroDivisionError):
        in_a_thread(lambda: 1 / 0, 5)
    assert in_a_thread(lambda: "read", 5) == "read"


@pytest.mark.parametrize("engine", ["local", "dask", "spark"])
def test_what_is_no_limit_is_refused(tmp_path: Path, engine: str) -> None:
    with pytest.raises(ValueError, match="page_timeout is a number of seconds, 0 or more, or None, not -1"):
        extract_to(Page("p0", NEWS, published="2022"), tmp_path, engine=engine, page_timeout=-1)


def test_resume_gives_a_page_that_ran_out_of_time_more_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a run that was stopped and in one that is done; with the same limit it is left as it is."""
    pages = [Page(f"p{n}", text, published="2022") for n, text in enumerate([SLOW, NEWS, NEWS])]
    read = []
    keep = Checkpoints.add
    monkeypatch.setattr(
        Checkpoints, "add", lambda self, position, *more: (read.append(position), keep(self, position, *more))
    )

    def resumed(seconds: float | None, nlp: Language, *, stop: bool = False) -> list[int]:
        read.clear()
        with monkeypatch.context() as patched:
            if stop:
                patched.setattr(extraction, "finish", stopped)
            with pytest.raises(InterruptedError) if stop else nullcontext():
                extract_to(pages, tmp_path, nlp=nlp, resume=True, page_timeout=seconds)
        return list(read)

    slow = Slow().load()
    assert resumed(0.2, slow, stop=True) == [0, 1, 2]
    assert resumed(0.2, slow, stop=True) == []
    assert resumed(0.1, slow, stop=True) == []
    assert resumed(0.3, slow, stop=True) == [0]
    assert resumed(0.3, slow) == []
    assert resumed(0.3, slow) == []
    assert resumed(0.4, slow) == [0, 1, 2]


def stopped(*given: object) -> None:
    raise InterruptedError


def test_without_a_limit_nothing_is_ended() -> None:
    with limited(None):
        time.sleep(0.01)


def test_a_timer_of_the_program_goes_on() -> None:
    rung = []
    before = signal.signal(signal.SIGALRM, lambda number, frame: rung.append(number))
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    with pytest.raises(OutOfTimeError), limited(0.05):
        time.sleep(5)
    assert not rung
    time.sleep(0.5)
    signal.signal(signal.SIGALRM, before)
    assert rung == [signal.SIGALRM]


def test_finished_pages_are_on_disk_while_one_hangs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With two workers, the first page hanging: the limit comes when all others are in parts."""
    monkeypatch.setattr(checkpoints, "CHECKPOINT_SECONDS", 0.0)
    held = Checkpoints(tmp_path)
    held.begin({}, resume=False)
    with Workers(Slow(), 2, seconds=15.0) as pool:
        for item, part in pool.read(given(SLOW, *[NEWS] * 20)):
            if item.page_id == "p0":
                assert len(list(held.inputs())) == 20
            held.add(item.position, InputState(item.name), part)
    held.end(21)
    pages = [page_id for part in held for page_id in part["pages"]["page_id"].to_pylist()]
    assert pages == [f"p{n}" for n in range(21)]


def test_what_hangs_in_c_is_ended_with_its_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "GRACE", 1.0)
    with Workers(Slow(in_c=True), 1, seconds=8.0) as pool:
        [(_, part)] = pool.read(given(SLOW))
    told = "p0: it took more than 8 seconds (--page-timeout); the process that read it was ended"
    assert part["problems"]["message"].to_pylist() == [told]
    assert part["segments"]["text"].to_pylist() == [SLOW]


_CALLER = """
import sys
from test_slow_pages import Slow, SLOW, given
from bulletinnlp.runs.workers import Workers

with Workers(Slow(), 2, seconds=None) as pool:
    print(*(process.pid for process in pool._processes.values()), flush=True)
    list(pool.read(given(SLOW, SLOW)))
"""


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z" if Path("/proc").exists() else True


def test_workers_die_with_a_caller_that_is_killed() -> None:
    """Whatever they are at."""
    path = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    caller = subprocess.Popen(
        [sys.executable, "-c", _CALLER], stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": path}
    )
    assert caller.stdout
    pids = [int(pid) for pid in caller.stdout.readline().split()]
    assert len(pids) == 2
    caller.kill()
    caller.wait()
    for _ in range(300):
        if not any(map(alive, pids)):
            break
        time.sleep(0.1)
    assert not any(map(alive, pids))


@pytest.mark.parametrize(("asked", "pages", "started"), [(100, 3, 3), (2, 3, 2), (None, 3, 0), (1, 3, 0)])
def test_no_more_workers_start_than_there_are_pages(
    asked: int | None, pages: int, started: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = []
    start = Workers._start
    monkeypatch.setattr(Workers, "_start", lambda self: (counted.append(1), start(self))[1])
    some = [Page(f"p{n}", NEWS, published="2022") for n in range(pages)]
    extract_to(some, tmp_path, workers=asked, exclude=NOTHING)
    assert len(counted) == started
