"""Articles written for correction, corrected by hand, and scored: what was corrected is wrong, and nothing else."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from folders import SEEDS
from typer.testing import CliRunner

import bulletinnlp
from bulletinnlp import evaluation
from bulletinnlp.cli import app
from bulletinnlp.evaluation.marked import MarkedTextError, marked_files

FORMATS = ("marked", "brat", "label-studio")
PAGE = "本报讯 11月28日，县残\n\n联在仙庄村发放轮椅。孙乐文书记说：“大家辛苦了！”\n"
PAGE += "开会\n5月7日，区委召开会议。\n"


def changed(folder: Path, *changes: tuple[str, str]) -> None:
    """Each change is made once in one of the files, as a hand would; it has to fit somewhere."""
    for before, after in changes:
        path = next(
            p for p in sorted(folder.iterdir()) if p.suffix in (".txt", ".ann") and before in p.read_text("utf-8")
        )
        path.write_text(path.read_text("utf-8").replace(before, after, 1), "utf-8")


def corrected_tasks(folder: Path, change: Callable[[dict], None]) -> None:
    """Label Studio's export after changes of single results."""
    tasks = json.loads((folder / "tasks.json").read_text("utf-8"))
    for task in tasks:
        results = task.pop("predictions")[0]["result"]
        for result in results:
            change(result)
        task["annotations"] = [{"result": results}]
    (folder / "tasks.json").write_text(json.dumps(tasks), "utf-8")


@pytest.mark.parametrize("format", FORMATS)
def test_what_nobody_corrected_is_right(seeds: bulletinnlp.Extraction, tmp_path: Path, format: str) -> None:
    evaluation.annotate(seeds, tmp_path / "gold", format)
    scores = evaluation.score(tmp_path / "gold", seeds)
    assert (scores.pages, scores.tiled, scores.absent) == (5, 5, [])
    assert {name: count.f1 for name, count in scores.counts.items() if count.gold and count.f1 < 1} == {}
    assert {name: scores[name].gold for name in ("mentions", "times (span)", "quotes (span)", "events (trigger)")} == {
        "mentions": len(seeds.mentions), "times (span)": len(seeds.times), "quotes (span)": len(seeds.quotes),
        "events (trigger)": len(seeds.events),
    }  # fmt: skip


#: A title, an event's type and a time, corrected in each format.
RIGHT = [
    "missing times (span, type, value) DATE 2022-11-26 11月25日",
    "extra times (span, type, value) DATE 2022-11-25 11月25日",
    "missing roles (person, title, organisation) 孙乐文 支部书记 仙庄村",
    "extra roles (person, title, organisation) 孙乐文 党支部书记 仙庄村",
    "missing events: type 写给 publicity not statement",
]


def correct_marked(folder: Path) -> None:
    changed(
        folder,
        ("[T:11月25日=DATE=2022-11-25]", "[T:11月25日=DATE=2022-11-26]"),
        ("孙乐文 | 党支部书记", "孙乐文 | 支部书记"),
        ("孙乐文 |  |  | statement", "孙乐文 |  |  | 宣传"),
    )


def correct_brat(folder: Path) -> None:
    changed(
        folder,
        ("T2\t2022-11-25", "T2\t2022-11-26"),
        ("title 189 194\t党支部书记", "title 190 194\t支部书记"),
        ("statement 171 173\t写给", "publicity 171 173\t写给"),
        ("statement:T33", "publicity:T33"),
    )


def correct_label_studio(folder: Path) -> None:
    def change(result: dict) -> None:
        value = result.get("value", {})
        if value.get("text") == ["2022-11-25"] and value["start"] == 101:
            value["text"] = ["2022-11-26"]
        if value.get("text") == "党支部书记":
            value.update(start=190, text="支部书记")
        if value.get("text") == "写给" and "choices" in value and result["from_name"] == "type":
            value["choices"] = ["宣传"]

    corrected_tasks(folder, change)


@pytest.mark.parametrize("format", FORMATS)
def test_what_was_corrected_is_wrong_and_nothing_else(
    seeds: bulletinnlp.Extraction, tmp_path: Path, format: str
) -> None:
    evaluation.annotate(seeds, tmp_path / "gold", format)
    {"marked": correct_marked, "brat": correct_brat, "label-studio": correct_label_studio}[format](tmp_path / "gold")
    errors = evaluation.score(tmp_path / "gold", seeds).errors("all")
    assert {where.split(": ")[1] for where in errors["where"]} == {"一封感谢信背后的抗疫故事"}
    told = [f"{row.kind} {row.measure} {row.what}" for row in errors.itertuples()]
    assert [" ".join(word for word in line.split() if not word.isdigit()) for line in told] == RIGHT


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> bulletinnlp.Extraction:
    folder = tmp_path_factory.mktemp("page")
    (folder / "p.txt").write_text(PAGE, "utf-8")
    return bulletinnlp.extract(folder, published="2022-11-29")


def test_breaks_of_the_page_are_healed_and_its_offsets_kept(page: bulletinnlp.Extraction, tmp_path: Path) -> None:
    [path] = evaluation.annotate(page, tmp_path / "gold")
    assert "[O:县残联]在[L:仙庄村]发放轮椅。" in path.read_text("utf-8")
    gold = evaluation.gold_tables(tmp_path / "gold", Path(page.pages.path[0]).parent)
    name = gold.mentions[gold.mentions.text == "县残联"].iloc[0]
    assert PAGE[name.start : name.end] == "县残\n\n联"
    for table in ("mentions", "times", "quotes", "events"):
        assert gold[table][["start", "end"]].values.tolist() == page[table][["start", "end"]].values.tolist()


def test_an_event_that_was_added_and_one_that_was_deleted(page: bulletinnlp.Extraction, tmp_path: Path) -> None:
    [path] = evaluation.annotate(page, tmp_path / "gold")
    lines = path.read_text("utf-8").splitlines()
    kept = [line for line in lines if " | 发放 | " not in line]
    path.write_text("\n".join([*kept, "S1 | 召开会议 |  |  |  |  |  | meeting"]), "utf-8")
    errors = evaluation.score(tmp_path / "gold", page).errors("events (trigger)")
    assert [(row.kind, row.what.split()[0]) for row in errors.itertuples()] == [
        ("missing", "召开会议"),
        ("extra", "发放"),
    ]


def test_articles_that_were_not_taken_do_not_count(seeds: bulletinnlp.Extraction, tmp_path: Path) -> None:
    for name, seed in (("first", 1), ("again", 1), ("other", 2)):
        evaluation.annotate(seeds, tmp_path / name, articles=4, seed=seed)
    first, again, other = (
        [article.article_id for article in evaluation.read_annotated(tmp_path / name)]
        for name in ("first", "again", "other")
    )
    assert first == again != other
    assert len(first) == 4
    scores = evaluation.score(tmp_path / "first", seeds)
    assert {name: count.f1 for name, count in scores.counts.items() if count.gold and count.f1 < 1} == {}
    assert scores["articles (extent, IoU >= .95)"].found == 4


def test_lists_that_are_not_there_do_not_count(page: bulletinnlp.Extraction, tmp_path: Path) -> None:
    [path] = evaluation.annotate(page, tmp_path / "gold")
    text = path.read_text("utf-8")
    path.write_text("\n".join(line for line in text.splitlines() if not line.startswith(("events:", "S"))), "utf-8")
    scores = evaluation.score(tmp_path / "gold", page)
    assert "events (trigger)" not in scores
    assert scores["quotes (span)"].gold == 1


def test_tables_without_some_stages(tmp_path: Path) -> None:
    found = bulletinnlp.extract(texts=[PAGE], exclude=["events", "quotes"])
    evaluation.annotate(found, tmp_path / "gold")
    [article] = evaluation.read_annotated(tmp_path / "gold")[:1]
    assert (article.events, article.quotes) == (None, None)
    assert evaluation.score(tmp_path / "gold", found)["mentions"].f1 == 1


def test_parts_may_be_corrected(page: bulletinnlp.Extraction, tmp_path: Path) -> None:
    """A line over the headline that is the headline, and one that belongs to the body."""
    evaluation.annotate(page, tmp_path / "gold")
    changed(tmp_path / "gold", ("eyebrow: 开会", "headline: 开会"))
    errors = evaluation.score(tmp_path / "gold", page).errors("all")
    told = [f"{row.kind} {row.measure} {row.what}" for row in errors.itertuples()]
    assert told == ["missing articles: headline 开会", "extra articles: eyebrow 开会"]
    changed(tmp_path / "gold", ("headline: 开会\nbody:", "body:\n开会"), ("S1 | 召开", "S2 | 召开"))
    errors = evaluation.score(tmp_path / "gold", page).errors("all")
    told = [f"{row.kind} {row.measure} {row.what}" for row in errors.itertuples()]
    assert told == ["extra articles: eyebrow 开会", "missing articles: body (IoU >= .98) IoU 0.86"]


def test_articles_without_ids_are_found_by_their_text(page: bulletinnlp.Extraction, tmp_path: Path) -> None:
    [path] = evaluation.annotate(page, tmp_path / "gold")
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join(line for line in lines if not line.startswith(("id:", "at:"))), "utf-8")
    scores = evaluation.score(tmp_path / "gold", page)
    assert {name: count.f1 for name, count in scores.counts.items() if count.gold and count.f1 < 1} == {}


def test_a_text_that_is_not_that_of_the_page_is_named(page: bulletinnlp.Extraction, tmp_path: Path) -> None:
    evaluation.annotate(page, tmp_path / "gold")
    changed(tmp_path / "gold", ("发放轮椅", "捐赠轮椅"), ("| 发放 |", "| 捐赠 |"))
    with pytest.raises(
        MarkedTextError, match=r"p\.txt:\d+: “捐赠轮椅。.*” is not on the page.*; expected the text of p"
    ):
        evaluation.score(tmp_path / "gold", page)


def test_corrections_are_never_written_over(page: bulletinnlp.Extraction, tmp_path: Path) -> None:
    evaluation.annotate(page, tmp_path / "gold")
    with pytest.raises(FileExistsError, match="may hold corrections"):
        evaluation.annotate(page, tmp_path / "gold")
    with pytest.raises(ValueError, match="format 'brad' is unknown; choose marked, brat, label-studio"):
        evaluation.annotate(page, tmp_path / "new", "brad")  # type: ignore[arg-type]


def test_a_file_alone(page: bulletinnlp.Extraction, tmp_path: Path) -> None:
    evaluation.annotate(page, tmp_path / "gold")
    [path] = marked_files(tmp_path / "gold")
    assert evaluation.score(path, page)["events (trigger)"].f1 == 1
    [tasks] = evaluation.annotate(page, tmp_path / "tasks", "label-studio")
    assert evaluation.score(tasks, page)["events (trigger)"].f1 == 1


def test_places_are_found_on_pages_of_the_seeds(seeds: bulletinnlp.Extraction, tmp_path: Path) -> None:
    """Offsets are those of the page as printed, for every mark of every page."""
    evaluation.annotate(seeds, tmp_path / "gold")
    gold = evaluation.gold_tables(tmp_path / "gold", SEEDS)
    for table in ("mentions", "times", "references", "quotes"):
        wanted = seeds[table].sort_values(["article_id", "start"])[["article_id", "start", "end"]].values.tolist()
        assert sorted(gold[table][["article_id", "start", "end"]].values.tolist()) == sorted(wanted)


def run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    return result.exit_code, result.stdout, result.stderr


def test_the_command(page: bulletinnlp.Extraction, tmp_path: Path) -> None:
    page.write(tmp_path / "tables")
    assert run("annotate", tmp_path / "tables", "--out", tmp_path / "gold", "--articles", 1) == (
        0, f"1 file to correct in {tmp_path / 'gold'}: p.txt\n", "",
    )  # fmt: skip
    code, out, _ = run("evaluate", tmp_path / "gold", tmp_path / "tables", "--errors", "all")
    assert (code, [line for line in out.splitlines() if line[0] in "+-"]) == (0, [])
    code, _, said = run("annotate", tmp_path / "tables", "--out", tmp_path / "gold")
    assert (code, "is not empty, and may hold corrections; name another folder" in said) == (2, True)


def test_the_command_names_all_that_is_wrong(page: bulletinnlp.Extraction, tmp_path: Path) -> None:
    page.write(tmp_path / "tables")
    evaluation.annotate(page, tmp_path / "gold")
    changed(tmp_path / "gold", ("[O:县残联]", "[X:县残联]"), ("published: 2022", "published: 昨"))
    code, out, said = run("evaluate", tmp_path / "gold", tmp_path / "tables")
    assert (code, out) == (2, "")
    assert ["p.txt" in line and "expected" in line for line in said.splitlines()] == [True, True]


def test_there_has_to_be_a_folder_of_texts(seeds: bulletinnlp.Extraction, tmp_path: Path) -> None:
    evaluation.annotate(seeds, tmp_path / "gold")
    with pytest.raises(FileNotFoundError, match="none: there is no such folder of texts"):
        evaluation.score(tmp_path / "gold", seeds, tmp_path / "none")
