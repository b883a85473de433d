"""Several processes give what one gives; a process that dies costs one page at most; Ctrl-C is the caller's."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from same_tables import assert_same
from spacy.language import Language
from spacy.tokens import Doc

import bulletinnlp
from bulletinnlp.pages import Page
from bulletinnlp.pages.input_pages import Input, inputs
from bulletinnlp.runs.extract import extract_to
from bulletinnlp.runs.pipeline_config import PipelineConfig
from bulletinnlp.runs.workers import Workers, _for_workers, cores

NOTHING = ("names", "places", "references", "roles", "quotes", "events")


def test_two_workers_give_what_one_gives(pages: Path, expected: bulletinnlp.Extraction) -> None:
    assert_same(bulletinnlp.extract(pages, workers=2), expected)


@pytest.mark.parametrize("workers", [1, 2])
def test_tables_on_disk_are_those_in_memory(
    pages: Path, expected: bulletinnlp.Extraction, tmp_path: Path, workers: int
) -> None:
    extract_to(pages, tmp_path, workers=workers)
    assert_same(bulletinnlp.Extraction.read(tmp_path), expected)


def test_a_pipeline_of_your_own_goes_to_the_workers(pages: Path) -> None:
    nlp = bulletinnlp.load(exclude=NOTHING)
    nlp.remove_pipe("bulletin_bylines")
    found = bulletinnlp.extract(pages, nlp=nlp, workers=2)
    assert "bylines" not in found.tables
    assert len(found.times) > 10


def test_problems_stay_with_their_page(pages: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"")
    some = sorted(pages.glob("*.txt"))[:3]
    found = bulletinnlp.extract([some[0], bad, *some[1:]], workers=2, exclude=NOTHING, published="2022")
    assert found.pages["page_id"].tolist() == [path.stem for path in some]
    assert found.problems["message"].tolist() == [f"{bad}: the file is empty"]


def test_what_is_wrong_with_the_pipeline_is_told_by_the_caller(pages: Path) -> None:
    with pytest.raises(ValueError, match="there is no stage 'nouns'"):
        bulletinnlp.extract(pages, workers=2, exclude=["nouns"])
    with pytest.raises(ValueError, match="workers must be 1 or more, a whole number, not 0"):
        bulletinnlp.extract(pages, workers=0)


@dataclass(frozen=True)
class Deadly(PipelineConfig):
    """A pipeline that kills its process when it reads 致命; with a marker only the first time."""

    marker: str | None = None

    def load(self) -> Language:
        nlp = PipelineConfig(exclude=(*NOTHING, "bylines", "times")).load()
        Language.component("deadly", func=self.kill)
        nlp.add_pipe("deadly")
        return nlp

    def kill(self, doc: Doc) -> Doc:
        if "致命" in doc.text and not (self.marker and Path(self.marker).exists()):
            if self.marker:
                Path(self.marker).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return doc


def given(*texts: str) -> list[Input]:
    return list(inputs([Page(f"p{n}", text, published="2022") for n, text in enumerate(texts)]))


def test_a_page_that_kills_its_process_is_named_and_the_others_go_on() -> None:
    texts = ["本报讯 今天开会。"] * 4
    texts[2] = "本报讯 今天致命。"
    with Workers(Deadly(), 2) as workers:
        found = {item.page_id: part for item, part in workers.read(given(*texts))}
    assert sorted(found) == ["p0", "p1", "p2", "p3"]
    [problem] = found["p2"]["problems"].to_pylist()
    assert problem["page_id"] == "p2"
    assert problem["severity"] == "error"
    assert problem["message"] == "p2: the process that read it ended (SIGKILL; was there too little memory?)"
    assert found["p2"]["segments"]["text"].to_pylist() == [texts[2]]
    assert all(part["articles"].num_rows for page_id, part in found.items() if page_id != "p2")


def test_a_process_that_dies_once_costs_nothing(tmp_path: Path) -> None:
    with Workers(Deadly(marker=str(tmp_path / "died")), 1) as workers:
        [(_, part)] = workers.read(given("本报讯 今天致命。"))
    assert (tmp_path / "died").exists()
    assert part["articles"].num_rows == 1
    assert part["problems"].num_rows == 0


def test_no_page_is_taken_before_a_worker_is_free() -> None:
    taken = 0

    def many() -> Iterator[Input]:
        nonlocal taken
        for item in given(*["本报讯 今天开会。"] * 100):
            taken += 1
            yield item

    with Workers(PipelineConfig(exclude=(*NOTHING, "bylines", "times")), 2) as workers:
        for done, _ in enumerate(workers.read(many()), start=1):
            assert taken <= done + 2
    assert done == taken == 100


@pytest.fixture
def ctrl_c_raises() -> Iterator[Any]:
    """Python's own handler, also where the tests were started in the background: there a shell has it ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield signal.default_int_handler
    signal.signal(signal.SIGINT, before)


def press_ctrl_c() -> None:
    """As a terminal does: to the whole process, whichever of its threads takes it."""
    os.kill(os.getpid(), signal.SIGINT)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signals between processes")
@pytest.mark.parametrize("another_thread", [False, True])
def test_ctrl_c_while_a_worker_starts_comes_when_it_has_started(another_thread: bool, ctrl_c_raises: Any) -> None:
    handler, done = ctrl_c_raises, threading.Event()
    waiting = threading.Thread(target=done.wait)
    started = False
    with pytest.raises(KeyboardInterrupt):  # noqa: PT012  the interrupt comes at the end of the inner block
        if another_thread:  # such as numerical libraries have: it does not block the signal
            waiting.start()
        with _for_workers():
            press_ctrl_c()
            sum(range(10_000))  # a while in which it could come
            started = True
    done.set()
    assert started
    assert signal.getsignal(signal.SIGINT) is handler
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signals between processes")
def test_ctrl_c_does_not_end_a_worker() -> None:
    """Neither when it is at work nor while it starts: a terminal sends it to all processes."""
    pool = Workers(PipelineConfig(exclude=(*NOTHING, "bylines", "times")), 2)
    pool._start()
    [young] = pool._processes.values()
    os.kill(young.pid or 0, signal.SIGINT)
    with pool as workers:
        pids = {process.pid for process in workers._processes.values()}
        for pid in pids:
            os.kill(pid or 0, signal.SIGINT)
        found = list(workers.read(given(*["本报讯 今天开会。"] * 4)))
        assert {process.pid for process in workers._processes.values()} == pids
    assert len(found) == 4


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="cores can not be withheld from a process here")
def test_cores_that_are_withheld_do_not_count() -> None:
    code = "from bulletinnlp.runs.workers import cores; print(cores())"
    one = f"import os; os.sched_setaffinity(0, {{min(os.sched_getaffinity(0))}}); {code}"
    counted = subprocess.run([sys.executable, "-c", one], capture_output=True, text=True, check=True).stdout
    assert int(counted) == 1
    assert cores() == len(os.sched_getaffinity(0))
