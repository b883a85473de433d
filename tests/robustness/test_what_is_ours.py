"""A run replaces and removes what a run wrote, nothing else; what is in the way is named, with exit code 2."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import spacy

import bulletinnlp
from bulletinnlp.output.hidden_folders import write_record
from bulletinnlp.output.ownership import logs
from bulletinnlp.output.readers import read_rows
from bulletinnlp.pages import Page
from bulletinnlp.pages.run_record import CHECKPOINTS, STAGING
from bulletinnlp.runs.extract import extract_to

NEWS = "本报讯 11月27日晚，区教研中心举行线上教研活动。\n"
NOTHING = ("bylines", "times", "names", "places", "references", "roles", "quotes", "events")
PAGE = Page("p", NEWS, published="2022")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder of tables in a folder, with a thesis in both."""
    folder = tmp_path / "up" / "out"
    (folder / "data").mkdir(parents=True)
    for place in (folder / "thesis.docx", folder / "data" / "thesis.docx", tmp_path / "up" / "thesis.docx"):
        place.write_text("mine")
    return folder


def contents(folder: Path) -> dict[str, str | None]:
    """All that lies in a folder: files with what they hold, links with what they lead to, folders."""
    found: dict[str, str | None] = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.is_symlink():
            found[name] = os.readlink(path)
        else:
            found[name] = path.read_text("utf-8", "replace") if path.is_file() else None
    return found


def command(out: Path, *options: str) -> tuple[int, str]:
    """The exit code of the command, and the line that it says."""
    (out.parent.parent / "page.txt").write_text(NEWS, encoding="utf-8")
    called = [sys.executable, "-m", "bulletinnlp", "extract", str(out.parent.parent / "page.txt"), "--out", str(out)]
    done = subprocess.run(
        [*called, "--published", "2022", *options, *(f"--exclude={stage}" for stage in NOTHING)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stderr


def record(files: object, **more: object) -> Callable[[Path], object]:
    return lambda out: (out / "run.json").write_text(json.dumps({"files": files, **more}))


def signed(**facts: object) -> Callable[[Path], object]:
    """A record with our mark and digest that says what none of ours says."""
    return lambda out: write_record(out, **facts)


def forged(out: Path) -> None:
    """Our own record, with other files."""
    bulletinnlp.extract(PAGE, exclude=NOTHING).write(out)
    mine = json.loads((out / "run.json").read_text("utf-8"))
    (out / "run.json").write_text(json.dumps({**mine, "files": {"thesis.docx": {"size": 4, "sha256": ""}}}))


def edited(out: Path) -> None:
    """A table that somebody worked on after the run."""
    bulletinnlp.extract(PAGE, exclude=NOTHING).write(out, "csv")
    (out / "segments.csv").write_text("mine\n")


def put(name: str) -> Callable[[Path], object]:
    def make(out: Path) -> None:
        (out / name).parent.mkdir(exist_ok=True)
        (out / name).write_text("mine")

    return make


def link(name: str, to: str) -> Callable[[Path], object]:
    return lambda out: (out / name).symlink_to(to)


#: What somebody has put into the folder, and the word for what is in the way.
IN_THE_WAY: dict[str, tuple[Callable[[Path], object], str]] = {
    "a record of another program": (record(["thesis.docx", "data"]), "run.json"),
    "a record that names the folder above": (record([".."]), "run.json"),
    "a record that names tables by paths": (record({"../thesis.docx": {"size": 4}}), "run.json"),
    "a record that names our version": (record(["thesis.docx"], bulletinnlp=bulletinnlp.__version__), "run.json"),
    "our record with other files": (forged, "run.json"),
    "a signed record with a list of files": (signed(files=["segments.csv"]), "run.json"),
    "a signed record with files of no size": (signed(files={"segments.csv": 3}), "run.json"),
    "a signed record with odd sizes": (signed(files={"segments.csv": {"size": [], "sha256": "0"}}), "run.json"),
    "a signed record with odd counts": (signed(files={}, found=[], errors="none", inputs=1, contents=2), "run.json"),
    "a signed record with odd rows": (signed(files={}, rows={"pages": "many"}), "run.json"),
    "a record without end": (lambda out: (out / "run.json").write_text("[" * 100_000), "run.json"),
    "a record that is a link": (link("run.json", "thesis.docx"), "run.json"),
    "a table of the same name": (put("segments.csv"), "segments.csv"),
    "a table that was changed": (edited, "segments.csv"),
    "a folder of a table's name": (put("pages.csv/thesis.docx"), "pages.csv"),
    "an empty folder of a table's name": (lambda out: (out / "pages.csv").mkdir(), "pages.csv"),
    "a link of a table's name": (link("pages.csv", "thesis.docx"), "pages.csv"),
    "a link that leads nowhere": (link("pages.csv", "none"), "pages.csv"),
    "a folder of finished pages": (put(f"{CHECKPOINTS}/thesis.docx"), CHECKPOINTS),
    "a link to finished pages": (link(CHECKPOINTS, "data"), CHECKPOINTS),
    "a folder of tables on their way": (put(f"{STAGING}/thesis.docx"), STAGING),
    "a link to tables on their way": (link(STAGING, "data"), STAGING),
    "the lock of another program": (put(".bulletinnlp-lock"), ".bulletinnlp-lock"),
    "a lock that is a link": (link(".bulletinnlp-lock", "thesis.docx"), ".bulletinnlp-lock"),
}


@pytest.mark.parametrize("kind", IN_THE_WAY)
def test_what_is_in_the_way_is_refused(kind: str, out: Path) -> None:
    make, named = IN_THE_WAY[kind]
    make(out)
    before = contents(out.parent)
    with pytest.raises(FileExistsError, match=named):
        extract_to(PAGE, out, format="csv", exclude=NOTHING)
    assert contents(out.parent) == before


@pytest.mark.parametrize(
    "kind", ["a record of another program", "a table of the same name", "a folder of a table's name"]
)
def test_the_command_names_it(kind: str, out: Path) -> None:
    make, named = IN_THE_WAY[kind]
    make(out)
    before = contents(out)
    code, said = command(out, "--format", "csv")
    assert code == 2
    assert said.startswith(f"bulletinnlp: {out / named}: is in the way")
    assert len(said.splitlines()) == 1
    assert contents(out) == before


LOGS = [log for format in ("sqlite", "duckdb") for log in logs(f"bulletin.{format}")]


@pytest.mark.parametrize("log", LOGS)
def test_a_log_beside_a_database_is_in_the_way(log: str, out: Path) -> None:
    """Whoever opens a database reads the log beside it into it, whatever database it was of."""
    format = log[9:15]
    put(log)(out)
    before = contents(out)
    with pytest.raises(FileExistsError, match=f"{log}: is in the way"):
        extract_to(PAGE, out, format=format, exclude=NOTHING)
    assert contents(out) == before
    extract_to(PAGE, out, format=format, exclude=NOTHING, overwrite=True)
    assert not (out / log).exists()
    assert len(read_rows(out)["pages"]) == 1
    assert not [name for name in LOGS if (out / name).exists()]


@pytest.mark.parametrize("format", ["sqlite", "duckdb"])
def test_a_database_that_somebody_works_on_stays(format: str, out: Path) -> None:
    extract_to(PAGE, out, format=format, exclude=NOTHING)
    log = logs(f"bulletin.{format}")[0]
    put(log)(out)
    extract_to(PAGE, out, exclude=NOTHING)
    assert (out / log).read_text() == "mine"
    assert (out / f"bulletin.{format}").exists()


#: Names that are like ours, and are not.
LIKE_OURS = [
    "pages.csv.part", "pages.csv.part-of-thesis.txt", "run.json.part", "pages.parquet.part/thesis.docx", "Pages.csv",
    "bulletin.csv", f"{CHECKPOINTS}.part", "people.csv", "pages.xlsx",
]  # fmt: skip


@pytest.mark.parametrize("format", ["parquet", "csv", "sqlite", "duckdb"])
def test_what_is_not_in_the_way_stays(format: str, out: Path) -> None:
    for name in LIKE_OURS:
        put(name)(out)
    (out / "link.csv").symlink_to("thesis.docx")
    before = contents(out.parent)
    for _ in range(2):
        extract_to(PAGE, out, format=format, exclude=NOTHING)
        assert before.items() <= contents(out.parent).items()


def test_with_overwrite_files_go_and_folders_and_links_stay(out: Path) -> None:
    edited(out)
    put("pages.jsonl")(out)
    record(["thesis.docx", "data"])(out)
    assert command(out, "--format", "csv", "--overwrite") == (0, "")
    assert "mine" not in (out / "segments.csv").read_text("utf-8")
    found = contents(out.parent)
    assert [name for name, text in found.items() if text == "mine"] == [
        "out/data/thesis.docx", "out/pages.jsonl", "out/thesis.docx", "thesis.docx",
    ]  # fmt: skip
    for kind in ("a folder of a table's name", "a link of a table's name"):
        (out / "pages.csv").unlink(missing_ok=True)
        IN_THE_WAY[kind][0](out)
        with pytest.raises(FileExistsError, match=r"pages\.csv: is in the way"):
            extract_to(PAGE, out, format="csv", exclude=NOTHING, overwrite=True)
        shutil.rmtree(out / "pages.csv") if kind.startswith("a folder") else None


@pytest.mark.parametrize("name", ["run.json", f"run.json.{'a' * 32}.part", "run.json.new"])
@pytest.mark.parametrize("hidden", [CHECKPOINTS, STAGING, f"{CHECKPOINTS}.gone", f"{STAGING}.gone"])
def test_a_file_that_only_bears_the_name_of_a_record_stays(hidden: str, name: str, out: Path) -> None:
    put(f"{hidden}/{name}")(out)
    before = contents(out.parent)
    with pytest.raises(FileExistsError, match="holds something else"):
        extract_to(PAGE, out, format="csv", exclude=NOTHING)
    assert contents(out.parent) == before


def test_what_somebody_puts_among_the_finished_pages_stays(out: Path) -> None:
    """While the run goes on."""

    def tell(problem: object) -> None:
        (out / CHECKPOINTS / "thesis.docx").write_text("mine")

    bad = out.parent / "bad.txt"
    bad.write_bytes(b"")
    extract_to([PAGE, bad], out, exclude=NOTHING, on_problem=tell)
    assert [(path.name, path.read_text()) for path in (out / CHECKPOINTS).iterdir()] == [("thesis.docx", "mine")]
    assert len(bulletinnlp.Extraction.read(out).pages) == 1


def test_tables_that_were_copied_are_ours(out: Path, tmp_path: Path) -> None:
    """Other times, the same content."""
    extract_to(PAGE, out, format="csv", exclude=NOTHING)
    other = Path(shutil.copytree(out, tmp_path / "copy", copy_function=shutil.copyfile))
    extract_to(PAGE, other, exclude=NOTHING)
    assert not list(other.glob("*.csv"))
    assert (other / "thesis.docx").read_text() == "mine"


def test_an_output_that_is_a_link_to_a_folder(out: Path) -> None:
    (out.parent / "link").symlink_to("out")
    extract_to(PAGE, out.parent / "link", exclude=NOTHING)
    assert len(bulletinnlp.Extraction.read(out).pages) == 1


@pytest.mark.parametrize("name", ["articles.csv", "events.jsonl", "bulletin.sqlite", "run.json"])
@pytest.mark.parametrize("overwrite", [False, True])
def test_what_is_read_is_never_replaced_by_a_table(out: Path, name: str, overwrite: bool) -> None:
    (out / name).write_text("标题,正文\n开学,9月1日，县一中开学。\n", encoding="utf-8")
    before = contents(out)
    for source in (out / name, out / "data" / ".." / name, str(out / name[:-2]) + "*"):
        with pytest.raises(ValueError, match="would be replaced by a table"):
            extract_to(source, out, format="csv", overwrite=overwrite, exclude=NOTHING)
    with pytest.raises(ValueError, match=r"would be replaced by a table|manifest"):
        extract_to(PAGE, out, format="csv", manifest=out / name, overwrite=overwrite, exclude=NOTHING)
    assert contents(out) == before


@pytest.mark.parametrize("overwrite", [False, True])
@pytest.mark.parametrize("model", ["gazetteer:{}", "embedded+gazetteer:{}"])
def test_a_list_of_names_is_never_replaced_by_a_table(out: Path, model: str, overwrite: bool) -> None:
    (out / "entities.csv").write_text("PER,孙乐文\n", encoding="utf-8")
    before = contents(out)
    with pytest.raises(ValueError, match=r"entities\.csv: is to be read, and would be replaced by a table"):
        extract_to(PAGE, out, format="csv", model=model.format(out / "entities.csv"), overwrite=overwrite)
    nlp = bulletinnlp.load(model=model.format(out / "entities.csv"))
    with pytest.raises(ValueError, match=r"entities\.csv: is to be read, and would be replaced by a table"):
        extract_to(PAGE, out, format="csv", nlp=nlp, overwrite=overwrite)
    assert contents(out) == before


@pytest.mark.parametrize("name", ["pages.csv", "run.json", "events.parquet"])
def test_no_view_takes_the_place_of_a_table(out: Path, name: str) -> None:
    extract_to(PAGE, out, format="csv", exclude=NOTHING)
    before = contents(out)
    called = ["view", str(out), "--out", str(out / "data" / ".." / name), "--overwrite"]
    done = subprocess.run([sys.executable, "-m", "bulletinnlp", *called], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.endswith(f"{name}: is a table of the folder, or its record; give another --out\n")
    assert contents(out) == before


def test_nor_is_a_file_of_a_model(out: Path) -> None:
    """The tables of a run may lie in the folder of a model."""
    model = out / "model"
    nlp = spacy.blank("zh")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "PER", "pattern": "孙乐文"}])  # type: ignore[attr-defined]
    nlp.to_disk(model)
    extract_to(PAGE, model, format="csv", model=f"spacy:{model}")
    extract_to(PAGE, model, format="csv", model=f"spacy:{model}")
    (model / "events.jsonl").write_text("mine")
    with pytest.raises(ValueError, match=r"events\.jsonl: is to be read, and would be replaced by a table"):
        extract_to(PAGE, model, format="jsonl", model=f"spacy:{model}", overwrite=True)


def test_a_table_of_a_run_is_no_input_of_the_next_into_its_folder(out: Path) -> None:
    extract_to(PAGE, out, format="jsonl", exclude=NOTHING)
    before = contents(out)
    with pytest.raises(ValueError, match=r"articles\.jsonl: is to be read, and would be replaced by a table"):
        extract_to(out / "articles.jsonl", out, exclude=NOTHING)
    assert contents(out) == before


def test_the_tables_that_were_written_last_are_read_and_changes_are_told(tmp_path: Path) -> None:
    one, two = (bulletinnlp.extract(texts=[NEWS] * n, exclude=NOTHING) for n in (1, 2))
    one.write(tmp_path, "csv")
    two.write(tmp_path, "sqlite")
    assert len(bulletinnlp.Extraction.read(tmp_path).pages) == len(read_rows(tmp_path)["pages"]) == 2
    (tmp_path / "pages.csv").unlink()
    with pytest.warns(UserWarning, match=r"not as they were written: pages\.csv"):
        bulletinnlp.Extraction.read(tmp_path)


def test_another_model_in_the_same_folder_is_another_run(tmp_path: Path) -> None:
    from bulletinnlp.runs.pipeline_config import PipelineConfig, digests_of
    from bulletinnlp.runs.run_fingerprint import run_settings

    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "meta.json").write_text("1")
    model = str(tmp_path / "model")
    before = run_settings(None, PipelineConfig(f"spacy:{model}", digests=digests_of([model])), None)
    (tmp_path / "model" / "meta.json").write_text("2")
    assert run_settings(None, PipelineConfig(f"spacy:{model}", digests=digests_of([model])), None) != before
