"""Dask and Spark, on real clusters of this machine, give the tables that one process gives."""

import shutil
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
from pyarrow import parquet
from same_tables import assert_same

import bulletinnlp
from bulletinnlp.output.checkpoints import FOLDER
from bulletinnlp.output.lock import FolderLostError
from bulletinnlp.pages.run_record import STAGING
from bulletinnlp.runs.extract import extract_to
from bulletinnlp.tables.frames import from_arrow
from bulletinnlp.tables.schema import TABLES

pytestmark = pytest.mark.slow


def records(pages: Path) -> list[dict[str, str | None]]:
    manifest = pd.read_csv(pages / "manifest.csv", dtype=str).set_index("page_id")
    found = []
    for page in bulletinnlp.read(pages):
        issue = manifest.loc[page.page_id]
        found.append(
            {
                "page_id": page.page_id, "text": page.text, "path": page.path, "encoding": page.encoding,
                "sha256": page.sha256, "published": issue.published, "paper": issue.paper, "home": issue.home,
            }
        )  # fmt: skip
    return found


NEWS = "本报讯 11月27日晚，区教研中心举行线上教研活动。"
GOOD = {"page_id": "good", "text": NEWS, "published": "2022"}
#: Records beside a good one; the pages that are read of them; the errors.
BAD: dict[str, tuple[list[dict[str, str | None]], list[str], list[str]]] = {
    "a date that is none": (
        [{"page_id": "a", "text": NEWS, "published": "gestern"}],
        ["a"],
        [
            "a: its published is 'gestern', which is no date of issue (2022-11-29, 2022-11 or 2022); it was left out",
        ],
    ),
    "no text": ([{"page_id": "a", "text": None}], [], ["a: it has no text, and was not read"]),
    "no id": ([{"page_id": None, "text": None}], [], ["a row without an id: it has no text, and was not read"]),
    "a file that is not there": (
        [{"page_id": "a", "path": "none.txt"}],
        [],
        ["none.txt: can not be read (No such file or directory)"],
    ),
    "a path that is none": ([{"page_id": "a", "path": "a\0b"}], [], ["a\0b: can not be read (embedded null byte)"]),
    "an id that two pages have": (
        [{"page_id": "a", "text": NEWS}, {"page_id": "a", "text": NEWS + NEWS}],
        ["a", "a"],
        ["a: 2 pages have this page id; their rows can not be told apart"],
    ),
}
LITTLE = ["names", "places", "references", "roles", "quotes", "events"]


def errors(found: bulletinnlp.Extraction) -> list[str]:
    return found.problems.loc[found.problems["severity"] == "error", "message"].tolist()


def command(engine: str, *arguments: object) -> tuple[int, str, list[str]]:
    """The command's exit code, its standard output, and the lines of standard error that are its own."""
    called = [sys.executable, "-m", "bulletinnlp", "extract", *map(str, arguments), "--engine", engine]
    done = subprocess.run([*called, "--published", "2022"], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, [line for line in done.stderr.splitlines() if line.startswith("bulletinnlp: ")]


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    distributed = pytest.importorskip("dask.distributed")
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


def test_a_dask_bag(client: Any, pages: Path, expected: bulletinnlp.Extraction, tmp_path: Path) -> None:
    from dask import bag

    from bulletinnlp.runs import dask as on_dask

    counted = on_dask.extract_to(bag.from_sequence(records(pages), npartitions=4), tmp_path)
    found = bulletinnlp.Extraction.read(tmp_path)
    assert_same(found, expected, ordered=False)
    assert counted["events"] == len(expected.events)
    assert len(list((tmp_path / "events.parquet").iterdir())) == 4
    assert not (tmp_path / FOLDER).exists()


def test_a_dask_dataframe(client: Any, pages: Path, expected: bulletinnlp.Extraction, tmp_path: Path) -> None:
    dataframe = pytest.importorskip("dask.dataframe")

    from bulletinnlp.runs import dask as on_dask

    on_dask.extract_to(dataframe.from_pandas(pd.DataFrame(records(pages)), npartitions=3), tmp_path)
    assert_same(bulletinnlp.Extraction.read(tmp_path), expected, ordered=False)


def test_files_with_dask(client: Any, pages: Path, tmp_path: Path) -> None:
    """Through the command's call: unreadable files become problems."""
    first = sorted(pages.glob("*.txt"))[:2]
    (tmp_path / "bad.txt").write_bytes(b"")
    counts = extract_to([*first, tmp_path / "bad.txt", "none.txt"], tmp_path / "out", published="2022", engine="dask")
    assert (counts.found["pages"], counts.errors) == (2, 2)
    problems = bulletinnlp.Extraction.read(tmp_path / "out").problems
    assert sorted(problems["message"]) == [f"{tmp_path}/bad.txt: the file is empty", "none.txt: no such file or folder"]


@pytest.mark.parametrize("kind", [*BAD, "half a character in an id"])
def test_a_bad_record_costs_a_dask_job_no_other_page(client: Any, tmp_path: Path, kind: str) -> None:
    from dask import bag

    from bulletinnlp.runs import dask as on_dask

    half = [{"page_id": "\ud800", "text": NEWS, "published": "2022"}]
    given, pages, told = BAD.get(kind, (half, ["\ufffd"], []))
    counted = on_dask.extract_to(bag.from_sequence([GOOD, *given], npartitions=1 + len(given)), tmp_path)
    found = bulletinnlp.Extraction.read(tmp_path)
    assert sorted(found.pages["page_id"]) == sorted(["good", *pages])
    assert found.mentions["text"].tolist() == ["区教研中心"] * found.times["text"].tolist().count("11月27日晚")
    assert errors(found) == told
    assert counted.get("error", 0) == len(told)


#: What somebody removes from the output folder when all pages are read.
GONE = [
    "partition-*",
    "partition-00001.*/*parts/0000000000",
    "final-07.*.json",
    "entities-*",
    "partition-00000.*/pages.parquet",
]


@pytest.mark.parametrize("name", GONE)
def test_pages_that_are_gone_from_a_dask_job(
    client: Any, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the tables are written, and before they are published."""
    from dask import bag, compute

    from bulletinnlp.runs import dask as on_dask

    def lose() -> None:
        for path in sorted((tmp_path / FOLDER).glob(name)):
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    def computed(*wanted: Any) -> Any:
        found = compute(*wanted)
        lose()
        return found

    write = on_dask._write

    def lose_and_write(partition: str, kept: Any, finals: Any, folder: str, *more: Any) -> Any:
        for path in Path(folder).glob(name):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        return write(partition, kept, finals, folder, *more)

    monkeypatch.setattr(on_dask, "compute", computed)
    if name in GONE[1:3]:
        monkeypatch.setattr(on_dask, "_write", lose_and_write)
    pages = [{"page_id": f"p{n}", "text": NEWS, "published": "2022"} for n in range(4)]
    with pytest.raises((FolderLostError, FileNotFoundError), match=r"gone|No such file"):
        on_dask.extract_to(bag.from_sequence(pages, npartitions=2), tmp_path)
    assert not list(tmp_path.glob("*.parquet"))


ARTICLES = [(7, "县一中开学", "9月1日，县一中开学。\n校长孙乐文致辞。", "2022年9月2日"), (8, "空", None, None)]
NAMES = ["编号", "标题", "正文", "日期"]


def assert_articles(found: bulletinnlp.Extraction) -> None:
    assert found.articles[["article_id", "headline", "published"]].values.tolist() == [
        ["7#1", "县一中开学", "2022-09-02"]
    ]
    assert found.times["value"].tolist() == ["2022-09-01"]
    assert errors(found) == ["8: it has no text, and was not read"]


def test_a_dask_dataframe_of_articles(client: Any, tmp_path: Path) -> None:
    dataframe = pytest.importorskip("dask.dataframe")

    from bulletinnlp.runs import dask as on_dask

    given = dataframe.from_pandas(pd.DataFrame(ARTICLES, columns=NAMES), npartitions=2)
    with pytest.warns(UserWarning, match="a row is an article: text from 正文"):
        on_dask.extract_to(given, tmp_path, exclude=LITTLE)
    assert_articles(bulletinnlp.Extraction.read(tmp_path))


@pytest.mark.parametrize("engine", ["dask", "spark"])
def test_the_command_says_on_engines_which_column_holds_what(tmp_path: Path, engine: str) -> None:
    pytest.importorskip("dask" if engine == "dask" else "pyspark")
    pd.DataFrame(ARTICLES, columns=["no", "title", "story", "day"]).to_csv(tmp_path / "a.csv", index=False)
    asked = ["--columns", "text=story,headline=title", "--columns", "page_id=no"]
    assert command(engine, tmp_path / "a.csv", "--out", tmp_path / "out", *asked)[0] == 1
    found = bulletinnlp.Extraction.read(tmp_path / "out")
    assert found.articles[["page_id", "headline"]].values.tolist() == [["7", "县一中开学"]]
    assert command(engine, tmp_path / "a.csv", "--out", tmp_path / "out", "--manifest", "") == (
        2, "", ["bulletinnlp: the name of the manifest is empty"],
    )  # fmt: skip


@pytest.mark.parametrize("engine", ["dask", "spark"])
def test_the_command_reads_articles_on_engines(tmp_path: Path, engine: str) -> None:
    pytest.importorskip("dask" if engine == "dask" else "pyspark")
    pd.DataFrame(ARTICLES, columns=NAMES).to_csv(tmp_path / "a.csv", index=False)
    code, _, told = command(engine, tmp_path / "a.csv", "--out", tmp_path / "out")
    assert code == 1
    assert [line.partition(": a row")[1] for line in told] == [": a row", ""]
    found = bulletinnlp.Extraction.read(tmp_path / "out")
    assert found.pages[["page_id", "row"]].values.tolist() == [["7", 0]]
    assert found.articles["headline"].tolist() == ["县一中开学"]


def test_missing_cells_of_a_dask_dataframe(client: Any, tmp_path: Path) -> None:
    dataframe = pytest.importorskip("dask.dataframe")

    from bulletinnlp.runs import dask as on_dask

    given = pd.DataFrame([GOOD, {"page_id": "a"}, {"page_id": "b", "text": NEWS}])
    on_dask.extract_to(dataframe.from_pandas(given, npartitions=1), tmp_path, exclude=LITTLE)
    found = bulletinnlp.Extraction.read(tmp_path)
    assert found.pages["published"].isna().tolist() == [False, True]
    assert errors(found) == ["a: it has no text, and was not read"]


#: Words that only these lists hold, and a page with them.
LEXICONS = {"titles": ["楼门掌柜 office", "- 村民"], "section_names": ["咱村新鲜事 whole"]}
OWN_WORDS = [("p1", "咱村新鲜事\n11月13日，楼门掌柜孙乐文与村民王强沿街巡查。\n（记者 李明）\n", "2022-11")]
PAGE_COLUMNS = ["page_id", "text", "published"]


def assert_own_words(found: bulletinnlp.Extraction) -> None:
    assert "banner" in set(found.segments["kind"])
    assert found.roles[["person", "title"]].values.tolist() == [["孙乐文", "楼门掌柜"]]


def test_lexicons_reach_the_workers_of_dask(client: Any, tmp_path: Path) -> None:
    from dask import bag

    from bulletinnlp.runs import dask as on_dask

    lists = tmp_path / "lists"
    lists.mkdir()
    for name, lines in LEXICONS.items():
        (lists / f"{name}.txt").write_text("\n".join(lines), encoding="utf-8")
    given = bag.from_sequence([dict(zip(PAGE_COLUMNS, page, strict=True)) for page in OWN_WORDS])
    on_dask.extract_to(given, tmp_path / "out", exclude=["quotes", "events"], lexicons=lists)
    assert_own_words(bulletinnlp.Extraction.read(tmp_path / "out"))


def test_a_limit_of_time_holds_on_dask(client: Any, tmp_path: Path) -> None:
    from dask import bag

    from bulletinnlp.runs import dask as on_dask

    on_dask.extract_to(bag.from_sequence([GOOD]), tmp_path, page_timeout=0.001)
    assert_out_of_time(bulletinnlp.Extraction.read(tmp_path))


def assert_out_of_time(found: bulletinnlp.Extraction) -> None:
    assert found.pages["page_id"].tolist() == ["good"]
    assert errors(found) == ["good: it took more than 0.001 seconds (--page-timeout); its stages were ended"]


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    sql = pytest.importorskip("pyspark.sql")
    if not shutil.which("java"):
        pytest.skip("Spark needs Java")
    with warnings.catch_warnings(), pytest.MonkeyPatch.context() as patched:
        warnings.simplefilter("ignore", FutureWarning)  # Spark 4 says so of pandas 3
        patched.setenv("PYSPARK_PYTHON", sys.executable)
        builder = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
        session = builder.config("spark.sql.shuffle.partitions", "4").getOrCreate()
        yield session
        session.stop()


def test_spark(session: Any, pages: Path, expected: bulletinnlp.Extraction, tmp_path: Path) -> None:
    from bulletinnlp.runs import spark as on_spark

    given = session.createDataFrame(pd.DataFrame(records(pages))).repartition(4)
    tables = on_spark.extract(given)
    assert list(tables) == list(expected.tables)
    assert tables["events"].schema == on_spark.spark_schema(TABLES["events"])
    on_spark.write(tables, tmp_path)
    assert_same(bulletinnlp.Extraction.read(tmp_path), expected, ordered=False)


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_record_costs_a_spark_job_no_other_page(session: Any, tmp_path: Path, kind: str) -> None:
    from bulletinnlp.runs import spark as on_spark

    given, pages, told = BAD[kind]
    rows = [[record.get(name) for name in ("page_id", "text", "path", "published")] for record in (GOOD, *given)]
    frame = session.createDataFrame(rows, "page_id string, text string, path string, published string")
    on_spark.write(on_spark.extract(frame, exclude=LITTLE), tmp_path)
    found = bulletinnlp.Extraction.read(tmp_path)
    assert sorted(found.pages["page_id"]) == sorted(["good", *pages])
    assert set(found.times["text"]) == {"11月27日晚"}
    assert errors(found) == told


def test_spark_reads_pages_once(session: Any, pages: Path, tmp_path: Path) -> None:
    """Files that are gone after the first table has been asked for are not missed by the others."""
    from bulletinnlp.runs import spark as on_spark

    paths = [(path.stem, str(shutil.copy(path, tmp_path))) for path in sorted(pages.glob("*.txt"))[:2]]
    tables = on_spark.extract(session.createDataFrame(paths, ["page_id", "path"]), exclude=["quotes", "events"])
    assert tables["pages"].count() == 2
    for _, path in paths:
        Path(path).unlink()
    assert tables["mentions"].count() > 0
    assert tables["entities"].count() > 0
    assert tables["problems"].where("severity = 'error'").count() == 0


def test_spark_opens_the_tables_of_a_local_run(session: Any, expected: bulletinnlp.Extraction, tmp_path: Path) -> None:
    expected.write(tmp_path)
    for name, table in expected.tables.items():
        rows = session.read.parquet(str(tmp_path / f"{name}.parquet")).toArrow()
        pd.testing.assert_frame_equal(from_arrow(TABLES[name], rows), table)


def test_a_spark_dataframe_of_articles(session: Any, tmp_path: Path) -> None:
    from bulletinnlp.runs import spark as on_spark

    given = session.createDataFrame(ARTICLES, "`编号` int, `标题` string, `正文` string, `日期` string")
    with pytest.warns(UserWarning, match="a row is an article: text from 正文"):
        on_spark.write(on_spark.extract(given, exclude=LITTLE), tmp_path)
    assert_articles(bulletinnlp.Extraction.read(tmp_path))


def test_lexicons_reach_the_workers_of_spark(session: Any, tmp_path: Path) -> None:
    from bulletinnlp.runs import spark as on_spark

    given = session.createDataFrame(OWN_WORDS, PAGE_COLUMNS)
    on_spark.write(on_spark.extract(given, exclude=["quotes", "events"], lexicons=LEXICONS), tmp_path)
    assert_own_words(bulletinnlp.Extraction.read(tmp_path))


def test_a_limit_of_time_holds_on_spark(session: Any, tmp_path: Path) -> None:
    from bulletinnlp.runs import spark as on_spark

    given = session.createDataFrame([tuple(GOOD.values())], list(GOOD))
    on_spark.write(on_spark.extract(given, page_timeout=0.001), tmp_path)
    assert_out_of_time(bulletinnlp.Extraction.read(tmp_path))


def test_spark_says_which_columns_it_needs(session: Any) -> None:
    from bulletinnlp.runs import spark as on_spark

    with pytest.raises(ValueError, match="no column is known to hold the text; there are name, story_no"):
        on_spark.extract(session.createDataFrame([("a", "b")], ["name", "story_no"]))


@pytest.mark.parametrize("engine", ["dask", "spark"])
def test_what_engines_can_not_do_is_said(pages: Path, tmp_path: Path, engine: str) -> None:
    with pytest.raises(ValueError, match=f"{engine} writes Parquet"):
        extract_to(pages, tmp_path, engine=engine, format="csv")


@pytest.mark.parametrize("engine", ["dask", "spark"])
def test_the_command_tells_errors_on_engines_too(engine: str, tmp_path: Path) -> None:
    pytest.importorskip("dask" if engine == "dask" else "pyspark")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "page.txt").write_text(NEWS, encoding="utf-8")
    some = [tmp_path / "empty.txt", tmp_path / "page.txt", tmp_path / "none.txt"]
    code, said, told = command(engine, *some, "--out", tmp_path / "out")
    assert code == 1
    assert said.startswith("1 pages · 1 articles")
    assert told == [
        f"bulletinnlp: {tmp_path}/none.txt: no such file or folder",  # known before the run
        f"bulletinnlp: {tmp_path}/empty.txt: the file is empty",
    ]


@pytest.mark.parametrize("engine", ["dask", "spark"])
def test_the_command_says_on_engines_too_why_nothing_was_done(engine: str, tmp_path: Path) -> None:
    pytest.importorskip("dask" if engine == "dask" else "pyspark")
    code, said, told = command(engine, tmp_path / "none.txt", "--out", tmp_path / "out")
    assert (code, said) == (2, "")
    assert told == [f"bulletinnlp: {tmp_path}/none.txt: no such file or folder"]


def foreign(folder: Path, names: list[str]) -> dict[Path, bytes]:
    """Files that somebody puts into a hidden folder, each a table that could be read."""
    rows = pa.table({"page_id": ["mine"], "text": ["mine"]})
    for name in names:
        for at in folder.glob(name.rpartition("/")[0]) if "*" in name else [(folder / name).parent]:
            at.mkdir(parents=True, exist_ok=True)
            parquet.write_table(rows, at / name.rpartition("/")[2])
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and b"mine" in path.read_bytes()}


def test_what_somebody_puts_among_the_pages_of_a_dask_job_stays(
    client: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not taken for a part of the tables, and not removed."""
    from dask import bag, compute

    from bulletinnlp.runs import dask as on_dask

    mine: dict[Path, bytes] = {}
    names = [
        "partition-00099/pages.parquet", "known/pages.parquet", "entities-07/entities.parquet", "final-07.json",
        "partition-00000.*/events.parquet", "partition-00000.*/quotes.parquet", f"partition-7.{'0' * 32}/pages.parquet",
    ]  # fmt: skip

    def computed(*wanted: Any) -> Any:
        found = compute(*wanted)
        mine.update(foreign(tmp_path / FOLDER, names))
        return found

    monkeypatch.setattr(on_dask, "compute", computed)
    on_dask.extract_to(bag.from_sequence([GOOD], npartitions=1), tmp_path, exclude=LITTLE)
    assert bulletinnlp.Extraction.read(tmp_path).pages["page_id"].tolist() == ["good"]
    assert len(mine) == len(names)
    assert {path: path.read_bytes() for path in (tmp_path / FOLDER).rglob("*") if path.is_file()} == mine


def test_a_part_of_a_dask_job_that_somebody_replaces_is_theirs(
    client: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dask import bag, compute

    from bulletinnlp.runs import dask as on_dask

    mine: dict[Path, bytes] = {}

    def computed(*wanted: Any) -> Any:
        found = compute(*wanted)
        mine.update(foreign(tmp_path / FOLDER, ["partition-00000.*/pages.parquet"]))
        return found

    monkeypatch.setattr(on_dask, "compute", computed)
    with pytest.raises(FolderLostError, match=r"pages\.parquet: is gone, or not as it was written"):
        on_dask.extract_to(bag.from_sequence([GOOD], npartitions=1), tmp_path, exclude=LITTLE)
    assert {path: path.read_bytes() for path in mine} == mine
    assert not list(tmp_path.glob("*.parquet"))


def test_what_somebody_puts_among_the_tables_of_a_spark_job_stays(
    session: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bulletinnlp.runs import spark as on_spark

    mine: dict[Path, bytes] = {}
    written_for = on_spark._written_for

    def written(table: Path, run: str) -> list[Path]:
        names = ["pages.parquet/part-00001.parquet", f"pages.parquet/part-00002-{run}.parquet"]
        mine.update(foreign(table.parent, names) if table.name == "pages.parquet" else {})
        return written_for(table, run)

    monkeypatch.setattr(on_spark, "_written_for", written)
    given = session.createDataFrame([tuple(GOOD.values())], list(GOOD))
    on_spark.write(on_spark.extract(given, exclude=LITTLE), tmp_path)
    assert bulletinnlp.Extraction.read(tmp_path).pages["page_id"].tolist() == ["good"]
    assert len(mine) == 2
    assert {path: path.read_bytes() for path in (tmp_path / STAGING).rglob("*") if path.is_file()} == mine


def test_what_is_read_stays_with_engines(client: Any, session: Any, tmp_path: Path) -> None:
    """A page that bears the name of a table, or a link to one."""
    from dask import bag

    from bulletinnlp.runs import dask as on_dask
    from bulletinnlp.runs import spark as on_spark

    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "pages.parquet").write_text(NEWS, encoding="utf-8")
    (tmp_path / "in.txt").hardlink_to(tmp_path / "out" / "pages.parquet")
    told = r"in\.txt: is to be read, and would be replaced by a table"
    for path in (str(tmp_path / "in.txt"), f"{tmp_path}/out/../in.txt"):
        with pytest.raises(ValueError, match=told):
            on_dask.extract_to(bag.from_sequence([path]), tmp_path / "out", exclude=LITTLE, overwrite=True)
        tables = on_spark.extract(session.createDataFrame([("a", path)], ["page_id", "path"]), exclude=LITTLE)
        with pytest.raises(ValueError, match=told):
            on_spark.write(tables, tmp_path / "out", overwrite=True)
    assert (tmp_path / "out" / "pages.parquet").read_text(encoding="utf-8") == NEWS
