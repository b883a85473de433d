"""Who reads tables while a run replaces them gets those before or those after, whole."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bulletinnlp import Extraction, Page, extract
from bulletinnlp.evaluation.measures import Found
from bulletinnlp.output import consistent_reads
from bulletinnlp.output.lock import locked
from bulletinnlp.output.readers import read_rows
from bulletinnlp.output.staging import hidden_tables
from bulletinnlp.pages.run_record import RECORD
from bulletinnlp.report.view_file import view_folder as view

NOTHING = ("bylines", "times", "names", "places", "references", "roles", "quotes", "events")
FORMATS = ("parquet", "jsonl", "csv", "duckdb", "sqlite")


def tables(name: str, count: int) -> Extraction:
    """The tables of so many pages, whose ids begin with a name."""
    pages = [Page(f"{name}{i}", f"第{i}页\n\n县里开会。\n", published="2022") for i in range(count)]
    return extract(pages, exclude=NOTHING)


@pytest.fixture(scope="module")
def runs() -> list[Extraction]:
    return [tables("a", 30), tables("b", 5)]


def is_whole(found: Extraction) -> bool:
    """Whether all tables are of one of the runs."""
    pages = found.pages["page_id"].tolist()
    return len(pages) in (30, 5) and all(set(found[name]["page_id"]) == set(pages) for name in ("segments", "articles"))


@pytest.fixture
def in_turns(runs: list[Extraction], tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """A folder into which two runs write in turns, as fast as they can, until the test is over."""
    done = threading.Event()
    runs[0].write(tmp_path, request.param)

    def write() -> None:
        while not done.is_set():
            for tables in runs:
                tables.write(tmp_path, request.param)

    writer = threading.Thread(target=write)
    writer.start()
    yield tmp_path
    done.set()
    writer.join()


@pytest.mark.filterwarnings("ignore:.*not as they were written")
@pytest.mark.parametrize("in_turns", FORMATS, indirect=True)
def test_tables_are_of_one_run(in_turns: Path) -> None:
    assert all(is_whole(Extraction.read(in_turns)) for _ in range(15))


@pytest.mark.filterwarnings("ignore:.*not as they were written")
@pytest.mark.parametrize("in_turns", ["parquet"], indirect=True)
def test_so_are_a_view_and_scores(in_turns: Path) -> None:
    for _ in range(5):
        shown = view(in_turns, None, overwrite=True).read_text(encoding="utf-8")
        assert ('"a29"' in shown) != ('"b4"' in shown)
        found = Found(in_turns)
        assert set(found.articles) == set(found.pages)


@pytest.fixture
def half_way(runs: list[Extraction], tmp_path: Path) -> Iterator[Path]:
    """A folder in which a run is giving its tables their names, and does not go on."""
    runs[0].write(tmp_path)
    with locked(tmp_path):
        hidden_tables(tmp_path).make(files={}, before={})
        (tmp_path / RECORD).unlink()
        yield tmp_path


def test_where_that_takes_long_it_is_said(half_way: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consistent_reads, "PATIENCE", 0.2)
    for read in (Extraction.read, read_rows):
        with pytest.raises(ValueError, match="a run is replacing these tables; read them when it is done"):
            read(half_way)


def test_a_run_that_goes_on_is_not_called_stopped(runs: list[Extraction], tmp_path: Path) -> None:
    from bulletinnlp.output.checkpoints import Checkpoints
    from bulletinnlp.pages.input_state import InputState
    from bulletinnlp.tables.frames import to_arrow
    from bulletinnlp.tables.schema import TABLES

    checkpoints = Checkpoints(tmp_path)
    checkpoints.begin({}, resume=False)
    checkpoints.add(0, InputState("a"), {name: to_arrow(TABLES[name], data) for name, data in runs[1].tables.items()})
    checkpoints.flush()
    with locked(tmp_path), pytest.warns(UserWarning, match="the run goes on; these are the pages that are finished"):
        assert is_whole(Extraction.read(tmp_path))
    with pytest.warns(UserWarning, match="the run was stopped; these are the pages that are finished"):
        Extraction.read(tmp_path)


@pytest.mark.parametrize("format", ["parquet", "jsonl", "csv", "duckdb", "sqlite"])
def test_whole_tables_are_read_before_the_pages_of_a_run_that_was_stopped(
    runs: list[Extraction], tmp_path: Path, format: str
) -> None:
    from bulletinnlp.output.checkpoints import Checkpoints
    from bulletinnlp.pages.input_state import InputState
    from bulletinnlp.tables.frames import to_arrow
    from bulletinnlp.tables.schema import TABLES

    checkpoints = Checkpoints(tmp_path)
    checkpoints.begin({}, resume=False)
    checkpoints.add(0, InputState("a"), {name: to_arrow(TABLES[name], data) for name, data in runs[1].tables.items()})
    checkpoints.flush()
    runs[0].write(tmp_path, format)
    with pytest.warns(UserWarning, match="a later run was stopped here; these are the tables of the one before it"):
        found = Extraction.read(tmp_path)
    assert found.pages["page_id"].tolist() == runs[0].pages["page_id"].tolist() != runs[1].pages["page_id"].tolist()
