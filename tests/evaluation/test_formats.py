"""Names and times go into each format and come back as they were."""

import json
from pathlib import Path

import pandas as pd
import pytest
from folders import GOLD, SEEDS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import bulletinnlp
from bulletinnlp import evaluation
from bulletinnlp.evaluation.formats import (
    Annotated,
    Mark,
    annotated,
    corrected,
    read_brat,
    read_conll,
    read_docbin,
    read_label_studio,
    write_brat,
    write_conll,
    write_docbin,
    write_label_studio,
)
from bulletinnlp.evaluation.formats.annotated import LABELS, TIMES
from bulletinnlp.evaluation.perfect import gold_tables

FORMATS = {
    "brat": (write_brat, read_brat, "folder"),
    "label_studio": (write_label_studio, read_label_studio, "tasks.json"),
    "conll": (write_conll, read_conll, "names.conll"),
    "docbin": (write_docbin, read_docbin, "names.spacy"),
}
#: Values of times are not in the columns of CoNLL.
WITHOUT_VALUES = {"conll"}


@pytest.fixture(scope="module")
def tables() -> bulletinnlp.Extraction:
    return gold_tables(GOLD, SEEDS)


def plain(texts: list[Annotated], format: str) -> list[Annotated]:
    if format not in WITHOUT_VALUES:
        return texts
    return [Annotated(t.name, t.text, tuple(m._replace(value=None) for m in t.marks)) for t in texts]


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("by", ["page", "article"])
def test_the_annotated_pages_come_back(tables: bulletinnlp.Extraction, tmp_path: Path, format: str, by: str) -> None:
    write, read, name = FORMATS[format]
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


@pytest.mark.parametrize("format", FORMATS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=marked())
def test_any_text_comes_back(tmp_path_factory: pytest.TempPathFactory, format: str, text: Annotated) -> None:
    write, read, name = FORMATS[format]
    assert read(write([text], tmp_path_factory.mktemp("any") / name)) == plain([text], format)


def test_corrections_come_into_the_tables(tables: bulletinnlp.Extraction, tmp_path: Path) -> None:
    """A name that was deleted and a time that was changed in brat change the tables, and the scores."""
    folder = write_brat(annotated(tables), tmp_path)
    path = folder / "000_06986f19817cff91.ann"
    lines = path.read_text("utf-8").splitlines()
    deleted = next(n for n, line in enumerate(lines) if line.endswith("孙乐文"))
    lines[deleted] = ""
    path.write_text("\n".join(lines).replace("2022-11-21", "2022-11-22"), "utf-8")
    better = corrected(tables, read_brat(folder))
    scores = evaluation.score(GOLD, better, SEEDS)
    assert [error.what[3] for error in scores["mentions"].errors] == ["孙乐文"]
    assert {error.what[3] for error in scores["times (span, type, value)"].missing} == {"2022-11-21"}


def test_uncorrected_tables_stay_as_they_are(seeds: bulletinnlp.Extraction) -> None:
    for by in ("page", "article"):
        same = corrected(seeds, annotated(seeds, by), by)
        for table in ("mentions", "times"):
            pd.testing.assert_frame_equal(same.tables[table], seeds.tables[table])


def test_a_text_that_was_changed_is_refused(tables: bulletinnlp.Extraction) -> None:
    first, *_ = annotated(tables)
    with pytest.raises(ValueError, match="its text is another"):
        corrected(tables, [Annotated(first.name, first.text + "。")])
    with pytest.raises(ValueError, match="p9: not in these tables"):
        corrected(tables, [Annotated("p9", "区委")])


def test_conll_of_others(tmp_path: Path) -> None:
    path = tmp_path / "msra.txt"
    path.write_text("孙 B-PER\n乐 I-PER\n文 I-PER\n在 O\n区 B-ORG\n委 I-ORG\n\n", "utf-8")
    assert read_conll(path) == [Annotated("1", "孙乐文在区委", (Mark("PER", 0, 3), Mark("ORG", 4, 6)))]


def test_overlapping_marks_in_columns(tmp_path: Path) -> None:
    text = Annotated("p", "11月25日村", (Mark("DATE", 0, 6), Mark("PLACE", 3, 7)))
    assert read_conll(write_conll([text], tmp_path / "o.conll"))[0].marks == (Mark("DATE", 0, 6),)


def test_brat_writes_a_broken_name_in_pieces(tmp_path: Path) -> None:
    write_brat([Annotated("p", "社区工\n\n作人员", (Mark("ORG", 0, 8),))], tmp_path)
    assert (tmp_path / "p.ann").read_text("utf-8") == "T1\tORG 0 3;5 8\t社区工 作人员\n"


def test_label_studio_prefers_what_people_annotated(tmp_path: Path) -> None:
    def result(start: int, end: int, text: str) -> dict:
        value = {"start": start, "end": end, "text": text, "labels": ["PER"]}
        return {"id": "x", "from_name": "label", "to_name": "text", "type": "labels", "value": value}

    task = {"id": 7, "data": {"text": "𬭎村孙乐文"}, "predictions": [{"result": []}]}
    tasks = [
        {**task, "annotations": [{"result": [result(2, 5, "孙乐文")]}]},
        {**task, "annotations": [{"result": [result(3, 6, "孙乐文")]}]},  # offsets of old versions: UTF-16 units
        {**task, "annotations": [{"was_cancelled": True, "result": [result(0, 1, "𬭎")]}]},
    ]
    path = tmp_path / "export.json"
    path.write_text(json.dumps(tasks), "utf-8")
    assert [text.marks for text in read_label_studio(path)] == [(Mark("PER", 2, 5),), (Mark("PER", 2, 5),), ()]
    tasks[0]["annotations"][0]["result"][0]["value"]["text"] = "王惠迎"
    path.write_text(json.dumps(tasks), "utf-8")
    with pytest.raises(ValueError, match="7: '王惠迎' does not stand at 2 to 5"):
        read_label_studio(path)
