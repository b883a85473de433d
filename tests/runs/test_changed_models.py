"""A list of names that changes while a run goes on: the tables are of one mind, or the run ends and says why."""

from collections.abc import Callable
from pathlib import Path

import pytest

import bulletinnlp
from bulletinnlp.output.checkpoints import OtherRunError
from bulletinnlp.pages import Page
from bulletinnlp.runs.extract import extract_to
from bulletinnlp.runs.pipeline_config import ChangedModelError, PipelineConfig, digests_of
from bulletinnlp.runs.workers import Workers

NOTHING = ("times", "places", "references", "roles", "quotes", "events")
PAGES = [Page(f"p{n}", f"近日，雁回里{n}号开门。\n", published="2022") for n in range(4)]


@pytest.fixture
def names(tmp_path: Path) -> Path:
    path = tmp_path / "names.tsv"
    path.write_text("PLACE\t雁回里\n", encoding="utf-8")
    return path


def change(names: Path) -> None:
    names.write_text("PLACE\t雁回\n", encoding="utf-8")


CHANGES: dict[str, Callable[[Path], object]] = {"rewritten": change, "removed": Path.unlink}


class Watch:
    """A progress bar to which something happens when the first page is done."""

    def __init__(self, happens: Callable[[], object]) -> None:
        self.happens = [happens]

    def __enter__(self) -> None: ...

    def __exit__(self, *given: object) -> None: ...

    def add_task(self, *given: object, **more: object) -> None: ...

    def advance(self, task: object) -> None:
        if self.happens:
            self.happens.pop()()


def test_a_worker_that_is_started_anew_reads_no_other_list(
    names: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pools: list[Workers] = []
    enter = Workers.__enter__
    monkeypatch.setattr(Workers, "__enter__", lambda pool: (pools.append(pool), enter(pool))[1])

    def kill_workers() -> None:
        for connection, slot in pools[-1]._busy.items():
            assert slot is not None or connection.poll(120)  # one that still makes its pipeline is waited for
        change(names)
        for process in pools[-1]._processes.values():
            process.kill()

    options = {"model": f"gazetteer:{names}", "exclude": NOTHING, "workers": 2}
    with pytest.raises(ChangedModelError, match=r"names\.tsv: was changed while the run went on"):
        extract_to(PAGES, tmp_path / "out", watch=Watch(kill_workers), **options)  # type: ignore[arg-type]
    with pytest.raises(OtherRunError):
        extract_to(PAGES, tmp_path / "out", resume=True, **options)  # type: ignore[arg-type]
    names.write_text("PLACE\t雁回里\n", encoding="utf-8")
    extract_to(PAGES, tmp_path / "out", resume=True, **options)  # type: ignore[arg-type]
    assert set(bulletinnlp.Extraction.read(tmp_path / "out").mentions["text"]) == {"雁回里"}


@pytest.mark.parametrize("kind", CHANGES)
def test_nor_does_any_process_of_an_engine(kind: str, names: Path) -> None:
    pipe_config = PipelineConfig(f"gazetteer:{names}", NOTHING, digests=digests_of([str(names)]))
    pipe_config.load()
    CHANGES[kind](names)
    with pytest.raises((ChangedModelError, FileNotFoundError), match=r"names\.tsv"):
        pipe_config.load()


def test_tables_beside_a_model_do_not_change_it(tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text("{}")
    before = digests_of([str(tmp_path)])
    extract_to(PAGES, tmp_path, exclude=(*NOTHING, "names"))
    (tmp_path / ".bulletinnlp-parts").mkdir()
    (tmp_path / ".bulletinnlp-parts" / "run.json").touch()
    assert digests_of([str(tmp_path)]) == before
    (tmp_path / "meta.json").write_text('{"lang": "zh"}')
    assert digests_of([str(tmp_path)]) != before
