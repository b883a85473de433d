"""The marked text: written, read, corrected by hand; everything wrong is named."""

from pathlib import Path

import pytest
from drawn_articles import articles
from folders import CORPUS, ROOT, corpus
from hypothesis import given, settings

from bulletinnlp.evaluation import annotated_article as gold
from bulletinnlp.evaluation.marked import MarkedTextError, marked_text, read_marked, write_marked

WRITTEN = """\
# 批注
%%%
id: 2022-11-29#1
at: 12-655
published: 2022-11-29
headline: [P:孙乐文]的一天
byline: （融媒体记者 全兴社）
body:
[T:11月28日=DATE=2022-11-28]，[P:孙乐文]和志愿者在[L:仙庄村]消杀。“大家辛苦了！”[R:该村=仙庄村]书记[P:孙乐文]说。
contributors:
全兴社 | reporter | 融媒体
roles:
孙乐文 | 书记 | 仙庄村
quotes:
孙乐文 | 大家辛苦了！ |
events:
# S1 11月28日，孙乐文和志愿者在仙庄村消杀。
S1 | 消杀 | 孙乐文;~志愿者 |  |  | 11月28日 | 仙庄村 | health | main
"""
BODY = "11月28日，孙乐文和志愿者在仙庄村消杀。“大家辛苦了！”该村书记孙乐文说。"
ARTICLE = gold.AnnotatedArticle(
    "2022-11-29#1", (12, 655), published="2022-11-29", headline="孙乐文的一天", body=BODY,
    byline="（融媒体记者 全兴社）",
    marks=(
        gold.Mark("PER", 0, 3), gold.Mark("DATE", 7, 13, "2022-11-28"), gold.Mark("PER", 14, 17),
        gold.Mark("PLACE", 22, 25), gold.Mark("REFERENCE", 36, 38, "仙庄村"), gold.Mark("PER", 40, 43),
    ),
    contributors=(gold.Contributor("全兴社", "reporter", "融媒体"),),
    roles=(gold.HeldTitle("孙乐文", "书记", "仙庄村"),),
    quotes=(gold.Quotation("孙乐文", 29, 35),),
    events=(
        gold.NumberedEvent(
            1, "消杀", (gold.Actor("孙乐文"), gold.Actor("志愿者", named=False)), None, (), "11月28日", ("仙庄村",),
            "health", frozenset({"main"}),
        ),
    ),
)  # fmt: skip


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "p.txt"
    path.write_text(text, "utf-8")
    return path


def test_what_is_written_is_read(tmp_path: Path) -> None:
    assert read_marked(written(tmp_path, WRITTEN)) == [ARTICLE]
    assert read_marked(write_marked([ARTICLE], tmp_path / "again")) == [ARTICLE]


@settings(max_examples=100)
@given(article=articles())
def test_any_article_comes_back(tmp_path_factory: pytest.TempPathFactory, article: gold.AnnotatedArticle) -> None:
    folder = write_marked([article], tmp_path_factory.mktemp("any") / "marked")
    assert read_marked(folder) == [article]


@pytest.mark.parametrize("path", [*corpus(), *sorted((CORPUS / "fresh").glob("*.txt"))], ids=lambda path: path.stem)
def test_the_corpus_comes_back(tmp_path: Path, path: Path) -> None:
    read = read_marked(path)
    assert read_marked(write_marked(read, tmp_path / "again.txt")) == read


def test_a_file_a_page(tmp_path: Path) -> None:
    some = [gold.AnnotatedArticle(name, body="开会。") for name in ("a/b#1", "a:b#1", "a/b#2")]
    folder = write_marked(some, tmp_path / "gold")
    assert sorted(path.name for path in folder.iterdir()) == ["a_b.txt", "a_b_2.txt"]
    assert [article.article_id for article in read_marked(folder)] == ["a/b#1", "a/b#2", "a:b#1"]


def test_other_texts_of_the_folder_are_passed_over(tmp_path: Path) -> None:
    written(tmp_path, WRITTEN)
    (tmp_path / "notes.txt").write_text("还没改完", "utf-8")
    assert len(read_marked(tmp_path)) == 1
    with pytest.raises(FileNotFoundError, match="no marked text here"):
        read_marked(tmp_path / "notes.txt")


#: What a hand writes, and what it means.
LENIENT = {
    "the type of a time is left out": ("=DATE=2022-11-28", "=2022-11-28"),
    "full-width signs": ("[P:孙乐文]和志愿者在[L:仙庄村]", "[P：孙乐文]和志愿者在[L：仙庄村]"),
    "full-width bars and semicolons": ("S1 | 消杀 | 孙乐文;~志愿者", "S1｜消杀｜孙乐文；～志愿者"),
    "the type in Chinese": ("| health |", "| 卫生健康 |"),
    "the beginning of the type": ("| health |", "| 卫生 |"),
    "cells at the end are left out": ("仙庄村 | health | main", "仙庄村|heal|main|"[:-1]),
    "Windows' line breaks": ("\n", "\r\n"),
    "the last words of a quotation": ("大家辛苦了！ |", "大家辛 | 苦了！"),
}


@pytest.mark.parametrize("case", LENIENT)
def test_what_hands_write(tmp_path: Path, case: str) -> None:
    before, after = LENIENT[case]
    path = tmp_path / "p.txt"
    path.write_bytes(("\ufeff" + WRITTEN.replace(before, after)).encode())
    assert read_marked(path) == [ARTICLE]


#: A correction that went wrong: the line, and what is said.
WRONG = {
    ("[P:孙乐文]的一天", "[X:孙乐文]的一天"): "6: [X:孙乐文]: there is no mark “X”; expected P, O, L, T or R",
    ("[P:孙乐文]的一天", "[P:孙乐文的一天"): "6: “[” without its mark, after “”; expected a mark such as [P:孙乐文]",
    ("[P:孙乐文]和", "[P:孙乐文=王惠迎]和"): "9: [P:孙乐文=王惠迎]: expected [P:孙乐文]",
    ("=DATE=2022-11-28", "=DAY=2022-11-28"): "the type “DAY” is unknown; expected DATE, TIME, DURATION, SET",
    ("=DATE=2022-11-28", "=DATE=11月28日"): "“11月28日” is no value; expected TIMEX3",
    ("[R:该村=仙庄村]", "[R:该村]"): "9: [R:该村]: expected [R:该村=the name that it stands for]",
    ("published: 2022-11-29", "published: 昨天"): "5: published is “昨天”; expected a date such as 2022-11-29",
    ("at: 12-655", "开头"): "4: “开头” is in no list; expected one of id, at, paper",
    ("| reporter |", "| 记者 |"): "11: the role “记者” is unknown; expected reporter, correspondent",
    ("孙乐文 | 书记 | 仙庄村", "孙乐文 | 主任 | 仙庄村"): "13: the title “主任” is not printed in the article",
    ("孙乐文 | 书记 | 仙庄村", "书记"): "13: “书记”: expected person | title | body",
    (
        "大家辛苦了！ |",
        "你们辛苦了 |",
    ): "15: “你们辛苦了” is not printed in the article; expected the quotation",
    ("大家辛苦了！ |", "大家 | 再见"): "15: “再见” is not printed behind “大家”; expected the quotation's last words",
    ("S1 | 消杀", "S7 | 消杀"): "18: there is no S7; expected S0 to S3",
    ("S1 | 消杀", "S2 | 消杀"): "18: “消杀” is not in S2 (“大家辛苦了！”…); it stands in S1; expected a verb",
    (
        "S1 | 消杀",
        "消杀 | 孙乐文 | ",
    ): "18: “消杀” is no sentence; expected its number, such as S1, then",
    ("| health |", "| helth |"): "18: the type “helth” is unknown; expected one of meeting 会议, inspection",
    ("| health |", "| con |"): "18: the type “con” is several; expected one of construction, contest",
    ("孙乐文;~志愿者", "志愿者"): "18: “志愿者” is no name marked in the article; expected one, or ~ before",
    ("仙庄村 | health", "该村 | health"): "18: “该村” is no name marked in the article; expected one, or nothing",
    (
        "|  |  | 11月28日",
        "| 村道 |  | 昨日",
    ): "18: “村道” is not printed in the article; expected words as printed; “昨日”",
    (
        "孙乐文 | 书记 | 仙庄村",
        "孙乐文 | 书记 | 区委",
    ): "13: “区委” is not printed in the article; expected person",
    ("| main", "| mian"): "18: the flag “mian” is unknown; expected main, planned, negative",
}


@pytest.mark.parametrize("change", WRONG, ids=WRONG.get)
def test_what_is_wrong_is_named(tmp_path: Path, change: tuple[str, str]) -> None:
    assert change[0] in WRITTEN
    with pytest.raises(MarkedTextError) as error:
        read_marked(written(tmp_path, WRITTEN.replace(*change)))
    [problem] = error.value.problems
    assert problem.startswith(f"{tmp_path / 'p.txt'}:")
    assert WRONG[change] in problem


def test_all_that_is_wrong_is_named(tmp_path: Path) -> None:
    text = WRITTEN.replace("[P:孙乐文]的", "[X:孙乐文]的").replace("| health |", "| helth |")
    with pytest.raises(MarkedTextError) as error:
        read_marked(written(tmp_path, text + text))
    assert [problem.split(":")[1] for problem in error.value.problems] == ["6", "18", "24", "36", "20"]
    assert "the id 2022-11-29#1 is that of" in error.value.problems[-1]


def test_a_list_that_is_not_there_was_not_annotated(tmp_path: Path) -> None:
    [article] = read_marked(written(tmp_path, "%%%\nbody:\n开会。\nroles:\n"))
    assert (article.roles, article.quotes, article.events, article.contributors) == ((), None, None, None)


def test_the_head_says_how_it_is_corrected() -> None:
    head = marked_text([])
    assert all(line.startswith("#") and len(line) <= 120 for line in head.splitlines())
    assert "volunteering 志愿服务" in head


@pytest.mark.parametrize("readme", sorted(ROOT.glob("README*.md")), ids=lambda path: path.name)
def test_the_form_that_the_readme_shows(tmp_path: Path, readme: Path) -> None:
    shown = readme.read_text("utf-8").partition("```text\n%%%\n")[2].partition("```")[0]
    [article] = read_marked(written(tmp_path, "%%%\n" + shown))
    assert (article.quotes, article.events) == (ARTICLE.quotes, ARTICLE.events)
