"""Articles go into each format with all that is marked and come back as they were; names and times into two more."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from drawn_articles import articles
from folders import GOLD, SEED_EVENTS, SEEDS
from hypothesis import given, settings
from hypothesis import strategies as st

import bulletinnlp
from bulletinnlp.evaluation.annotated_article import LABELS, TIMES, AnnotatedArticle, Mark
from bulletinnlp.evaluation.annotating import annotated_articles
from bulletinnlp.evaluation.formats import (
    Annotated,
    annotated,
    numbered,
    read_brat,
    read_conll,
    read_docbin,
    read_label_studio,
    read_numbered,
    write_brat,
    write_conll,
    write_docbin,
    write_label_studio,
    write_numbered,
)
from bulletinnlp.evaluation.gold_tables import gold_tables
from bulletinnlp.evaluation.marked import MarkedTextError, read_marked, write_marked

#: Formats of whole articles.
WHOLE = {
    "marked": (write_marked, read_marked, "folder"),
    "brat": (write_brat, read_brat, "folder"),
    "label-studio": (write_label_studio, read_label_studio, "tasks.json"),
}
#: Formats of names and times alone.
NAMES = {
    "conll": (write_conll, read_conll, "names.conll"),
    "docbin": (write_docbin, read_docbin, "names.spacy"),
}
#: Values of times are not in the columns of CoNLL.
WITHOUT_VALUES = {"conll"}


@pytest.fixture(scope="module")
def tables() -> bulletinnlp.Extraction:
    return gold_tables(GOLD, SEEDS, events=SEED_EVENTS)


@pytest.mark.parametrize("format", WHOLE)
def test_what_is_found_comes_back(seeds: bulletinnlp.Extraction, tmp_path: Path, format: str) -> None:
    write, read, name = WHOLE[format]
    found, lost = annotated_articles(seeds)
    assert lost == 0
    assert sum(len(article.events or ()) for article in found) == len(seeds.events)
    assert read(write(found, tmp_path / name)) == found


@pytest.mark.parametrize("format", WHOLE)
def test_what_is_annotated_comes_back(tables: bulletinnlp.Extraction, tmp_path: Path, format: str) -> None:
    write, read, name = WHOLE[format]
    right, _ = annotated_articles(tables)
    assert sum(len(article.events or ()) for article in right) == 203
    assert read(write(right, tmp_path / name)) == right


@pytest.mark.parametrize("format", ["brat", "label-studio"])
@settings(max_examples=40)
@given(article=articles() | articles(printed=False))
def test_any_article_comes_back(
    tmp_path_factory: pytest.TempPathFactory, format: str, article: AnnotatedArticle
) -> None:
    write, read, name = WHOLE[format]
    assert read(write([article], tmp_path_factory.mktemp("any") / name)) == [article]


@pytest.mark.parametrize("format", [*WHOLE, *NAMES, "numbered"])
def test_what_was_corrected_is_never_written_over(tables: bulletinnlp.Extraction, tmp_path: Path, format: str) -> None:
    write, _, name = {**WHOLE, **NAMES, "numbered": (write_numbered, read_numbered, "events.num")}[format]
    some: list[Any] = annotated_articles(tables)[0] if format in WHOLE else annotated(tables)
    some = numbered(tables) if format == "numbered" else some
    write(some, tmp_path / name)
    for path in filter(Path.is_file, tmp_path.rglob("*")):
        path.write_text("corrected")
    with pytest.raises(FileExistsError, match="is there already, and may hold corrections"):
        write(some, tmp_path / name)
    assert {path.read_text() for path in tmp_path.rglob("*") if path.is_file()} == {"corrected"}


@pytest.mark.parametrize("format", [*WHOLE, *NAMES])
def test_no_link_is_written_through(article: AnnotatedArticle, tmp_path: Path, format: str) -> None:
    write, _, name = {**WHOLE, **NAMES}[format]
    there = tmp_path / name / "p.txt" if name == "folder" else tmp_path / name
    there = there.with_name("p_1.ann") if format == "brat" else there
    there.parent.mkdir(exist_ok=True)
    there.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FileExistsError):
        write([article] if format in WHOLE else [Annotated("p", "孙乐文")], tmp_path / name)
    assert not (tmp_path / "elsewhere").exists()
    assert list(there.parent.iterdir()) == [there] or name != "folder"


@pytest.mark.parametrize("page_id", ["../victim", "/tmp/victim", "a/b", "..", ".", "C:\\victim", "a\0b", "\n"])
@pytest.mark.parametrize("format", ["marked", "brat"])
def test_no_page_id_leads_out_of_the_folder(
    article: AnnotatedArticle, tmp_path: Path, format: str, page_id: str
) -> None:
    write, *_ = WHOLE[format]
    write([replace(article, article_id=f"{page_id}#1")], tmp_path / "up" / "gold")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["p.txt", "up"]
    assert [path.name for path in (tmp_path / "up").iterdir()] == ["gold"]
    assert all(path.is_file() for path in (tmp_path / "up" / "gold").iterdir())


ARTICLE = """\
%%%
id: p#1
body:
[T:昨日=DATE=2022-11-28]，[P:孙乐文]书记到[L:仙庄村]走访。“好！”[P:王惠迎]说。
roles:
孙乐文 | 书记
quotes:
王惠迎 | 好！
events:
S1 | 走访 | 孙乐文 | | | 昨日 | 仙庄村 | visit | main
"""


@pytest.fixture
def article(tmp_path: Path) -> AnnotatedArticle:
    (tmp_path / "p.txt").write_text(ARTICLE, "utf-8")
    return read_marked(tmp_path / "p.txt")[0]


def brat_lines(article: AnnotatedArticle, folder: Path, change: Callable[[str], str] = str) -> Path:
    """A folder for brat in which the lines of the article were changed."""
    [path] = write_brat([article], folder).glob("*.ann")
    path.write_text(change(path.read_text("utf-8")), "utf-8")
    return path


def test_brat_lines(article: AnnotatedArticle, tmp_path: Path) -> None:
    assert brat_lines(article, tmp_path / "brat").read_text("utf-8").splitlines() == [
        "T1\tDATE 0 2\t昨日",
        "#1\tAnnotatorNotes T1\t2022-11-28",
        "T2\tPER 3 6\t孙乐文",
        "T3\tPLACE 9 12\t仙庄村",
        "T4\tPER 19 22\t王惠迎",
        "T5\ttitle 6 8\t书记",
        "E1\ttitle:T5 person:T2",
        "T6\tquotation 16 18\t好！",
        "E2\tquotation:T6 speaker:T4",
        "T7\tvisit 12 14\t走访",
        "E3\tvisit:T7 who:T2 when:T1 where:T3",
        "A1\tmain E3",
    ]


def test_a_broken_name_is_written_in_pieces(tmp_path: Path) -> None:
    article = AnnotatedArticle("p", body="社区工\n作人员", marks=(Mark("ORG", 0, 7),))
    assert brat_lines(article, tmp_path).read_text("utf-8") == "T1\tORG 0 3;4 7\t社区工 作人员\n"
    assert read_brat(tmp_path) == [article]


def test_brat_of_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("孙乐文到仙庄村走访。", "utf-8")
    (tmp_path / "a.ann").write_text("T1\tPER 0 3\t孙乐文\nT2\tPLACE 4 7\t仙庄村\n", "utf-8")
    [article] = read_brat(tmp_path)
    assert (article.article_id, article.body) == ("a", "孙乐文到仙庄村走访。")
    assert article.marks == (Mark("PER", 0, 3), Mark("PLACE", 4, 7))


#: A line of brat that went wrong, and what is said of it.
WRONG = {
    ("PER 3 6\t孙乐文", "PER 3 5\t孙乐文"): "3: “孙乐文” does not stand at 3 to 5 (“孙乐” does); expected",
    ("#1\tAnnotatorNotes T1\t2022-11-28", "#1\tAnnotatorNotes T1\t昨天"): "1: “昨天” is no value; expected TIMEX3",
    ("who:T2", "who:T9"): "11: T9 is not there; expected one of the marks above",
    (" person:T2", ""): "6: the title “书记” is nobody's; expected a link to its person",
    ("T7\tvisit", "T7\thealth"): "11: “visit:T7”, but its mark is health; expected the same type",
    (" person:T2", " holder:T2"): "6: title has no “holder”; expected person, organisation",
}


@pytest.mark.parametrize("change", WRONG, ids=WRONG.get)
def test_what_is_wrong_in_brat_is_named(article: AnnotatedArticle, tmp_path: Path, change: tuple[str, str]) -> None:
    path = brat_lines(article, tmp_path / "brat", lambda text: text.replace(*change))
    with pytest.raises(MarkedTextError) as error:
        read_brat(path.parent)
    assert any(f"{path}:{WRONG[change]}" in problem for problem in error.value.problems)


def task(results: list[dict[str, Any]], text: str = "𬭎村孙乐文慰问老兵。") -> dict[str, Any]:
    return {"id": 7, "data": {"text": text}, "predictions": [{"result": []}], "annotations": [{"result": results}]}


def region(start: int, end: int, text: str, label: str = "PER", name: str = "x") -> dict[str, Any]:
    value = {"start": start, "end": end, "text": text, "labels": [label]}
    return {"id": name, "from_name": "label", "to_name": "text", "type": "labels", "value": value}


def exported(tmp_path: Path, *tasks: dict[str, Any]) -> Path:
    path = tmp_path / "export.json"
    path.write_text(json.dumps(tasks), "utf-8")
    return path


def test_label_studio_prefers_what_people_annotated(tmp_path: Path) -> None:
    cancelled = task([]) | {"annotations": [{"was_cancelled": True, "result": [region(0, 1, "𬭎")]}]}
    old = task([region(3, 6, "孙乐文")])  # offsets of old versions: UTF-16 units
    path = exported(tmp_path, task([region(2, 5, "孙乐文")]), old, cancelled)
    assert [article.marks for article in read_label_studio(path)] == [(Mark("PER", 2, 5),), (Mark("PER", 2, 5),), ()]


def test_relations_may_be_drawn_either_way(tmp_path: Path) -> None:
    marks = [region(2, 5, "孙乐文"), region(5, 7, "慰问", "event", "y")]
    for start, end in ("xy", "yx"):
        link = {"type": "relation", "from_id": start, "to_id": end, "direction": "right", "labels": ["who"]}
        [article] = read_label_studio(exported(tmp_path, task([*marks, link])))
        [event] = article.events or ()
        assert ([actor.text for actor in event.who], event.trigger, event.type) == (["孙乐文"], "慰问", "other")


def test_what_is_wrong_in_label_studio_is_named(tmp_path: Path) -> None:
    marks = [region(2, 5, "王惠迎"), region(2, 5, "孙乐文", "title", "y"), region(5, 7, "慰问", "event", "z")]
    link = {"type": "relation", "from_id": "z", "to_id": "y", "direction": "right", "labels": []}
    choice = {"id": "z", "from_name": "type", "type": "choices", "value": {"choices": ["慰劳"]}}
    with pytest.raises(MarkedTextError) as error:
        read_label_studio(exported(tmp_path, task([*marks, link, choice])))
    assert [problem.split("export.json: task 1: ")[1].split(";")[0] for problem in error.value.problems] == [
        "“王惠迎” does not stand at 2 to 5",
        "a relation of “慰问” has no label",
        "慰问: the type “慰劳” is unknown",
        "孙乐文: the title “孙乐文” is nobody's",
    ]


def plain(texts: list[Annotated], format: str) -> list[Annotated]:
    if format not in WITHOUT_VALUES:
        return texts
    return [Annotated(t.name, t.text, tuple(m._replace(value=None) for m in t.marks)) for t in texts]


@pytest.mark.parametrize("format", NAMES)
@pytest.mark.parametrize("by", ["page", "article"])
def test_names_and_times_of_the_pages_come_back(
    tables: bulletinnlp.Extraction, tmp_path: Path, format: str, by: str
) -> None:
    write, read, name = NAMES[format]
    texts = annotated(tables, by)
    assert sum(len(text.marks) for text in texts) == len(tables.mentions) + len(tables.times)
    again = read(write(texts, tmp_path / name))
    assert sorted(again, key=lambda t: t.name) == sorted(plain(texts, format), key=lambda t: t.name)


def test_marks_stand_where_their_text_is(tables: bulletinnlp.Extraction) -> None:
    for by in ("page", "article"):
        found = {
            "".join(t.text[m.start : m.end].split()) for t in annotated(tables, by) for m in t.marks if m.label == "PER"
        }
        assert found == set(tables.mentions[tables.mentions.label == "PER"].text)


@st.composite
def marked(draw: st.DrawFn) -> Annotated:
    """A text with rare characters and column breaks, and marks without overlap that no break borders."""
    words = st.text("区委孙乐文𬭎,。 \n", min_size=1, max_size=6)
    text, marks = "", []
    for label in draw(st.lists(st.sampled_from([None, *LABELS]), max_size=8)):
        if label is None:
            text += draw(words)
        else:
            name = "名" + draw(st.sampled_from(["", "\n\n", "𬭎", "\r\n"])) + "字"
            value = "2022-11-25" if label in TIMES else None
            marks.append(Mark(label, len(text), len(text) + len(name), value))
            text += name + "。"
    return Annotated("p1", text, tuple(marks))


@pytest.mark.parametrize("format", NAMES)
@settings(max_examples=40)
@given(text=marked())
def test_any_names_come_back(tmp_path_factory: pytest.TempPathFactory, format: str, text: Annotated) -> None:
    write, read, name = NAMES[format]
    assert read(write([text], tmp_path_factory.mktemp("any") / name)) == plain([text], format)


def test_conll_of_others(tmp_path: Path) -> None:
    path = tmp_path / "msra.txt"
    path.write_text("孙 B-PER\n乐 I-PER\n文 I-PER\n在 O\n区 B-ORG\n委 I-ORG\n\n", "utf-8")
    assert read_conll(path) == [Annotated("1", "孙乐文在区委", (Mark("PER", 0, 3), Mark("ORG", 4, 6)))]


def test_overlapping_marks_in_columns(tmp_path: Path) -> None:
    text = Annotated("p", "11月25日村", (Mark("DATE", 0, 6), Mark("PLACE", 3, 7)))
    assert read_conll(write_conll([text], tmp_path / "o.conll"))[0].marks == (Mark("DATE", 0, 6),)
