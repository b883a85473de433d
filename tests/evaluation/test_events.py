"""Events: scored occurrence for occurrence, annotated as lines over numbered sentences."""

import json
import random
from pathlib import Path

import pytest
from folders import GOLD, HELD_OUT_EVENTS, SEED_EVENTS, SEEDS, TRAINING_EVENTS

import bulletinnlp
from bulletinnlp import evaluation
from bulletinnlp.evaluation import Scores
from bulletinnlp.evaluation.equality import letters
from bulletinnlp.evaluation.event_measures import EVENT_MEASURES
from bulletinnlp.evaluation.formats import NumberedArticle, numbered, read_numbered, write_numbered
from bulletinnlp.tables.schema import TABLES
from bulletinnlp.tables.table_set import rows_of

SENTENCES = (
    "11月28日，梁水镇孙乐文带领党员到仙庄村开展消杀。",
    "次日，古楼街道的民警查获两名男子，交给堂邑镇派出所。",
    "今年共举办培训班9期，培训群众260人。",
)
SHOWN = "\n".join(
    ["@@ p#1 | 2022-11-29 | 今日东昌府", "H: 孙乐文带队支援", *(f"S{n}: {s}" for n, s in enumerate(SENTENCES, start=1))]
)
PAGE = {
    "page": "p",
    "text": "孙乐文带队支援\n" + SENTENCES[0] + SENTENCES[1][:9] + "\n\n" + SENTENCES[1][9:] + SENTENCES[2],
    "articles": [
        {
            "headline": "孙乐文带队支援", "start": "孙乐文带队支援", "end": "培训群众260人。", "body_start": "11月28日",
            "body_end": "培训群众260人。",
            "entities": [["PER", "孙乐文"], ["PLACE", "仙庄村"], ["ORG", "堂邑镇派出所"]],
        }
    ],
}  # fmt: skip

#: What is annotated, what the tables tell, and of each measure: hits, how many are annotated, how many are told.
CASES = {
    "all right": (
        "S1 | 开展 | 孙乐文 | 消杀 | | 11月28日 | 仙庄村 | volunteering | main",
        "S1 | 开展 | 孙乐文 | 消杀 | | 11月28日 | 仙庄村 | volunteering | main",
        {"(trigger)": (1, 1, 1), "row": (1, 1, 1), "whole row": (1, 1, 1), "who": (1, 1, 1), "what": (1, 1, 1),
         "whom": (0, 0, 0), "when": (1, 1, 1), "where": (1, 1, 1), "type": (1, 1, 1), "flags": (1, 1, 1),
         "main": (1, 1, 1), "main (told by some row)": (1, 1, 1)},
    ),
    "another verb of the sentence is missed and too much": (
        "S1 | 开展 | 孙乐文 | 消杀",
        "S1 | 带领 | 孙乐文 | 消杀",
        {"(trigger)": (0, 1, 1), "row": (0, 1, 1), "whole row": (0, 1, 1), "who": (0, 0, 0), "type": (0, 0, 0)},
    ),
    "triggers that share a character are the same, names may be shorter, one object may hold the other": (
        "S2 | 查获 | ~民警 | 两名男子\nS2 | 交给 | ~民警 | | 堂邑镇派出所",
        "S2 | 获 | 古楼街道的民警 | 男子\nS2 | 交 | 民警 | | 派出所",
        {"(trigger)": (2, 2, 2), "row": (2, 2, 2), "whole row": (2, 2, 2), "who": (2, 2, 2), "what": (1, 1, 1),
         "whom": (1, 1, 1)},
    ),
    "F1 of cells is over those that are filled on either side": (
        "S1 | 开展 | 孙乐文 | 消杀 | | 11月28日\nS2 | 查获 | ~民警 | 两名男子 | | 次日\nS2 | 交给 | ~民警",
        "S1 | 开展 | 孙乐文 | | | 11月28日 | 仙庄村\nS2 | 查获 | | 两名男子 | | 11月28日\nS2 | 交给 | 民警",
        {"(trigger)": (3, 3, 3), "who": (2, 3, 2), "what": (1, 2, 1), "when": (1, 2, 2), "where": (0, 0, 1),
         "row": (1, 3, 3), "whole row": (1, 3, 3)},
    ),
    "one of two actors is not both": (
        "S1 | 开展 | 孙乐文;梁水镇 | 消杀",
        "S1 | 开展 | 孙乐文 | 消杀",
        {"who": (0, 1, 1), "what": (1, 1, 1), "row": (0, 1, 1)},
    ),
    "type, what is planned, what did not happen": (
        "S1 | 开展 | | | | | | health | planned\nS2 | 查获 | | | | | | enforcement | negative",
        "S1 | 开展 | | | | | | health | negative\nS2 | 查获 | | | | | | other | negative",
        {"type": (1, 2, 2), "flags": (1, 2, 2), "row": (2, 2, 2)},
    ),
    "a main event that is told, but not as the main one": (
        "S1 | 开展 | 孙乐文 | | | | | other | main\nS2 | 查获 | ~民警",
        "S1 | 开展 | 孙乐文\nS2 | 查获 | 民警 | | | | | other | main",
        {"main": (0, 1, 1), "main (told by some row)": (1, 1, 1)},
    ),
    "one row tells one event": (
        "S2 | 查获 | ~民警",
        "S2 | 查获 | | 男子\nS2 | 查 | 民警",
        {"(trigger)": (1, 1, 2), "who": (1, 1, 1), "what": (0, 0, 0), "row": (1, 1, 2)},
    ),
    "a trigger that stands twice is the first that is not taken": (
        "S3 | 培训 | | 群众260人",
        "S3 | ，^培训 | | 群众260人",
        {"(trigger)": (0, 1, 1)},
    ),
    "a trigger that stands twice, with what stands before it": (
        "S3 | ，^培训 | | 群众260人",
        "S3 | ，^培训 | | 群众260人",
        {"(trigger)": (1, 1, 1), "what": (1, 1, 1)},
    ),
}  # fmt: skip


def annotated(path: Path, lines: str, shown: str = SHOWN) -> Path:
    """A pair of files with these events of the article."""
    path.with_suffix(".num").write_text(shown, "utf-8")
    path.with_suffix(".ann").write_text(f"@@ p#1\n{lines}", "utf-8")
    return path


def tables(folder: Path, lines: str) -> bulletinnlp.Extraction:
    """The tables that tell these events of the page."""
    folder.mkdir()
    (folder / "p.json").write_text(json.dumps(PAGE, ensure_ascii=False), "utf-8")
    annotated(folder / "told.num", lines)
    return evaluation.gold_tables(folder)


def counts(scores: Scores) -> dict[str, tuple[int, int, int]]:
    return {name.removeprefix("events").lstrip(": "): (c.hits, c.gold, c.found) for name, c in scores.counts.items()}


@pytest.mark.parametrize("case", CASES)
def test_scores(tmp_path: Path, case: str) -> None:
    right, told, wanted = CASES[case]
    scores = evaluation.score(annotated(tmp_path / "right.num", right), tables(tmp_path / "told", told))
    assert {name: count for name, count in counts(scores).items() if name in wanted} == wanted


def test_what_is_wrong_is_listed(tmp_path: Path) -> None:
    right = "S1 | 开展 | 孙乐文 | 消杀 | | | | health\nS2 | 交给 | ~民警"
    told = "S1 | 开展 | 梁水镇 | 消杀\nS2 | 查获 | 民警 | 男子"
    scores = evaluation.score(annotated(tmp_path / "right.num", right), tables(tmp_path / "told", told))
    assert scores.text("events").splitlines()[1 + len(EVENT_MEASURES) :] == [
        "- events (trigger) | p#1: 孙乐文带队支援 | 交给 民警 None",
        f"+ events (trigger) | p#1 | 查获 民警 男子 {SENTENCES[1]}",
        "- events: who | p#1: 孙乐文带队支援 | 开展 孙乐文 not 梁水镇",
        "- events: type | p#1: 孙乐文带队支援 | 开展 health not other",
    ]


def test_tables_without_a_fault_score_one() -> None:
    scores = evaluation.score(SEED_EVENTS, evaluation.gold_tables(GOLD, SEEDS, events=SEED_EVENTS), SEEDS)
    assert {name: count.f1 for name, count in scores.counts.items() if count.f1 < 1} == {}
    assert scores["events (trigger)"].gold == 203


def test_rows_in_no_annotated_article_do_not_count(tmp_path: Path) -> None:
    perfect = evaluation.gold_tables(GOLD, SEEDS, events=SEED_EVENTS)
    some = [article for article in read_numbered(SEED_EVENTS) if article.article_id.endswith("#1")]
    scores = evaluation.score(write_numbered(some, tmp_path / "some.num"), perfect, SEEDS)
    assert scores["events (trigger)"].f1 == 1
    assert scores["events (trigger)"].found == sum(len(article.events or ()) for article in some)


def test_articles_are_found_by_their_sentences(tmp_path: Path) -> None:
    """Whatever their ids; those of other pages are named and do not count."""
    told = tables(tmp_path / "told", "S1 | 开展 | 孙乐文 | 消杀")
    right = annotated(tmp_path / "right.num", "S1 | 开展 | 孙乐文 | 消杀", SHOWN.replace("p#1", "今日东昌府#7"))
    right.with_suffix(".ann").write_text("@@ 今日东昌府#7\nS1 | 开展 | 孙乐文 | 消杀", "utf-8")
    assert evaluation.score(right, told)["events (trigger)"].f1 == 1
    strange = evaluation.score(HELD_OUT_EVENTS, told)
    assert strange["events (trigger)"].gold == 0
    assert len(strange.absent) == 50


def test_events_and_pages_of_one_folder(tmp_path: Path) -> None:
    told = tables(tmp_path / "told", "S1 | 开展 | 孙乐文 | 消杀")
    scores = evaluation.score(tmp_path / "told", told)
    assert scores["mentions"].f1 == scores["events (trigger)"].f1 == 1
    assert (scores.pages, scores.tiled) == (1, 1)


def faults(article: NumberedArticle) -> list[tuple[int, str, str]]:
    """Cells that are not what the guideline asks for: sentence, trigger, cell."""
    names = {letters(name) for name, _ in article.names} | {letters(name) for _, name in article.stand_ins}
    times = {text for text, _ in article.times}
    printed = "".join(letters(text) for text in article.sentences.values())
    found = []
    for event in article.events or ():
        given = [*(actor.text for actor in event.who if actor.named), *event.whom, *event.where]
        words = [*(actor.text for actor in event.who if not actor.named), *filter(None, [event.what])]
        wrong = [text for text in given if letters(text) not in names]
        wrong += [text for text in words if letters(text) not in printed or len(text) > 25]
        wrong += [event.when] if event.when and event.when not in times else []
        found += [(event.sentence, event.trigger, text) for text in wrong]
    return found


@pytest.mark.parametrize("path", [SEED_EVENTS, HELD_OUT_EVENTS, TRAINING_EVENTS], ids=lambda path: path.stem)
def test_the_annotation_is_as_the_guideline_asks(path: Path) -> None:
    articles = read_numbered(path)
    assert {article.article_id: wrong for article in articles if (wrong := faults(article))} == {}
    assert all(sum("main" in event.flags for event in article.events or ()) <= 2 for article in articles)


@pytest.mark.parametrize("path", [SEED_EVENTS, HELD_OUT_EVENTS], ids=lambda path: path.stem)
def test_lines_there_and_back(tmp_path: Path, path: Path) -> None:
    articles = read_numbered(path)
    assert read_numbered(write_numbered(articles, tmp_path / "again.num").with_suffix(".ann")) == articles


def test_events_of_tables_as_lines(tmp_path: Path) -> None:
    told = tables(tmp_path / "told", "S2 | 查获 | ~民警;孙乐文 | 男子 | | 次日\nS3 | ，^培训 | | 260人")
    path = write_numbered(numbered(told), tmp_path / "lines.num")
    assert path.with_suffix(".ann").read_text("utf-8").splitlines() == [
        "@@ p#1",
        "S2 | 查获 | ~民警;孙乐文 | 男子 |  | 次日 |  | other | ",
        "S3 | ,^培训 |  | 260人 |  |  |  | other | ",
    ]
    shown = path.read_text("utf-8").splitlines()
    assert shown[:3] == ["@@ p#1 |  | ", "H: 孙乐文带队支援", f"S1: {SENTENCES[0]}"]
    assert shown[5] == "NAMES: 孙乐文/PER; 仙庄村/PLACE; 堂邑镇派出所/ORG"


def test_any_rows_as_lines_score_one(seeds: bulletinnlp.Extraction, tmp_path: Path) -> None:
    """What the tables say is right if it is the annotation, whatever they say."""
    rows = rows_of(seeds)
    chance = random.Random(1)
    for row in rows["events"]:
        row["who"] = chance.choice([[], row["who"], ["民警"]])
        row["named"] = chance.choice([True, False])
    told = bulletinnlp.Extraction.from_rows(TABLES.values(), rows)
    scores = evaluation.score(write_numbered(numbered(told), tmp_path / "lines.num"), told, SEEDS)
    assert scores["events (trigger)"].gold > 150
    assert {name: count.f1 for name, count in scores.counts.items() if count.gold and count.f1 < 1} == {}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("S1 | 写信 | 孙乐文 | | | | | other |", "“写信” is not in sentence 1"),
        ("S9 | 开展 | 孙乐文 | | | | | other |", "“开展” is not in sentence 9"),
        ("S1 | 开展 | 孙乐文 | | | | | deed |", "the type “deed” is unknown"),
        ("S1 | 开展 | 孙乐文 | | | | | other | mian", "the flag “mian” is unknown"),
        ("一 | 开展", "“一” is no sentence; expected its number, such as S1"),
        ("@@ p#2", "p#2"),
    ],
)
def test_a_line_that_is_no_event_is_named(tmp_path: Path, line: str, message: str) -> None:
    path = annotated(tmp_path / "mine.num", "")
    path.with_suffix(".ann").write_text(f"@@ p#1\n# 批注\n{line}\n", "utf-8")
    with pytest.raises(ValueError, match=rf"mine\.ann:3: .*{message}"):
        read_numbered(path)


def test_articles_that_nobody_annotated(tmp_path: Path) -> None:
    path = annotated(tmp_path / "mine.num", "")
    path.with_suffix(".ann").write_text("", "utf-8")
    [article] = read_numbered(tmp_path)
    assert article == NumberedArticle(
        "p#1", "2022-11-29", "今日东昌府", "孙乐文带队支援", dict(enumerate(SENTENCES, start=1))
    )
    path.with_suffix(".ann").unlink()
    with pytest.raises(FileNotFoundError, match="no annotated events here"):
        read_numbered(path)
