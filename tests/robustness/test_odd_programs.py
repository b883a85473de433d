"""What a program may hand over: odd pages, odd notes, odd stages. Each costs its page or its row, and is told."""

import math
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from spacy.language import Language
from spacy.tokens import Doc

import bulletinnlp
from bulletinnlp.pages import Page
from bulletinnlp.pages.page import text_id
from bulletinnlp.runs.extract import extract_to
from bulletinnlp.runs.input_records import input_of
from bulletinnlp.text.docs import note

NEWS = "新村召开会议\n本报讯 11月27日，新村召开会议。\n"
GOOD = Page("good", NEWS, published="2022")
LITTLE = ("bylines", "places", "references", "roles", "quotes", "events")
NOTHING = (*LITTLE, "times", "names")

#: What stands for a date of issue, and the date; None where there is none.
DATES: list[tuple[Any, str | None]] = [
    ("2022-11-29", "2022-11-29"), ("2022/11/29", "2022-11-29"), ("2022.11.29", "2022-11-29"), ("2022年11月", "2022-11"),
    ("2018年10月12日", "2018-10-12"), ("20221129", "2022-11-29"), (20221129, "2022-11-29"), (202211, "2022-11"),
    ("2022-11-29 08:15:00", "2022-11-29"), ("2022-11-29T08:15:00+08:00", "2022-11-29"), ("2022.0", "2022"),
    ("2022年11月29日08:15", "2022-11-29"), ("2022年11月29日（星期二）", "2022-11-29"), (2022, "2022"), (2022.0, "2022"),
    ("二〇二二年十一月二十九日", "2022-11-29"), ("２０２２－１１－２９", "2022-11-29"), (np.int64(2022), "2022"),
    (date(2022, 11, 29), "2022-11-29"), (datetime(2022, 11, 29, 8), "2022-11-29"), (pd.Period("2022-11"), "2022-11"),
    (pd.Timestamp("2022-11-29"), "2022-11-29"), (pd.Timestamp("2022-11-29 23:00", tz="Asia/Shanghai"), "2022-11-29"),
    (np.datetime64("2022-11-29T08"), "2022-11-29"), (np.datetime64("2022-11"), "2022-11"), (np.datetime64("NaT"), None),
    ("2022-11-28T16:00:00Z", "2022-11-29"), ("2022-11-28T16:00:00.000+00:00", "2022-11-29"),
    (pd.Timestamp("2022-11-28 16:00", tz="UTC"), "2022-11-29"), ("2022-11-28T15:59:59Z", "2022-11-28"),
    ("2022-11-29T00:00:00-0500", "2022-11-29"), ("2022-12-31 20:00 UTC", "2023-01-01"),
    (None, None), ("", None), (math.nan, None), (pd.NaT, None), (pd.NA, None), (np.float64("nan"), None),
]  # fmt: skip


@pytest.mark.parametrize(("stated", "found"), DATES, ids=[repr(stated) for stated, _ in DATES])
def test_dates_of_issue(stated: Any, found: str | None) -> None:
    tables = bulletinnlp.extract([Page("p", NEWS, published=stated), GOOD], exclude=NOTHING)
    assert [value if isinstance(value, str) else None for value in tables.pages["published"]] == [found, "2022"]
    assert not tables.problems["severity"].eq("error").any()
    record = input_of({"page_id": "p", "text": NEWS, "published": stated})  # as engines hold pages
    assert isinstance(record.source, Page)
    assert record.source.published == found


#: Rows of somebody's table with columns that have names of ours.
LIKE_OURS: list[dict[str, Any]] = [
    {"encoding": "utf-8"}, {"given": "yes"}, {"encoding": "gbk", "row": "a", "leaf": "b"},
    {"sha256": "x", "encoding": "gbk"}, {"given": "headline:0", "sheet": "s"},
    {"sha256": "0" * 64, "encoding": "gbk"},
]  # fmt: skip


@pytest.mark.parametrize("own", LIKE_OURS, ids=str)
@pytest.mark.parametrize("text", ["text", "正文"])
def test_columns_of_a_cluster_that_have_names_of_ours(text: str, own: dict[str, Any]) -> None:
    record = input_of({"编号": 7, text: NEWS, "title": "甲", "pub_date": "2022-11-29", **own})
    assert isinstance(record.source, Page)
    page = record.source
    assert (page.page_id, page.text, page.published) == ("7", f"甲\n{NEWS}", "2022-11-29")


@pytest.mark.parametrize("record", [None, 3, b"x", ["a"]], ids=repr)
def test_what_is_no_record_is_a_problem(record: Any) -> None:
    assert input_of(record).name == f"{record!r} is no page, no row and no path; it was not read"


@pytest.mark.parametrize("lines", [None, "x", 3])
def test_lines_of_a_page_that_are_none(lines: Any) -> None:
    found = bulletinnlp.extract([Page("p", NEWS, published="2022", lines=lines), GOOD], exclude=NOTHING)
    assert found.pages["page_id"].tolist() == ["p", "good"]
    assert found.problems["page_id"].tolist() == ["p"]
    assert found.problems["message"].str.contains("could not be read").all()


#: Fields that are none, and what is said of them.
ODD: list[tuple[dict[str, Any], str]] = [
    ({"published": "gestern"}, "its published is 'gestern', which is no date of issue"),
    ({"published": True}, "its published is True, which is no date of issue"),
    ({"published": ["2022"]}, "its published is ['2022'], which is no date of issue"),
    ({"published": 20221}, "its published is 20221, which is no date of issue"),
    ({"paper": 3}, "its paper is 3, which is no text; it was left out"),
    ({"home": ["山东省"]}, "its home is ['山东省'], which is no text; it was left out"),
    ({"sha256": b"\0"}, "its sha256 is b'\\x00', which is no text; it was left out"),
    ({"text": None}, "its text is None, which is no text; the page was not read"),
    ({"text": b"abc"}, "its text is b'abc', which is no text; the page was not read"),
]


@pytest.mark.parametrize(("fields", "told"), ODD, ids=[told for _, told in ODD])
def test_odd_pages(fields: dict[str, Any], told: str, tmp_path: Path) -> None:
    page = Page(**{"page_id": "p", "text": NEWS, **fields})
    found = bulletinnlp.extract([page, GOOD], exclude=NOTHING)
    assert found.pages["page_id"].tolist() == (["good"] if "text" in fields else ["p", "good"])
    errors = found.problems[found.problems["severity"] == "error"]
    assert [message.startswith(f"p: {told}") for message in errors["message"]] == [True]
    extract_to([page, GOOD], tmp_path, exclude=NOTHING)
    assert len(bulletinnlp.Extraction.read(tmp_path).pages) == len(found.pages)


def test_odd_names_of_pages() -> None:
    pages = [Page(name, NEWS, published="2022") for name in (7, None, math.nan, Path("a/b"))]  # type: ignore[arg-type]
    assert bulletinnlp.extract(pages, exclude=NOTHING).pages["page_id"].tolist() == ["7", "None", "nan", "a/b"]


@pytest.mark.parametrize("published", [pd.NaT, math.nan, pd.NA, "", "gestern", True, b"2022"], ids=repr)
def test_no_date_for_all_pages(published: Any, tmp_path: Path) -> None:
    for call in (
        lambda: bulletinnlp.load(published=published),
        lambda: bulletinnlp.extract(GOOD, published=published, exclude=NOTHING),
        lambda: extract_to(GOOD, tmp_path, published=published, exclude=NOTHING),
    ):
        with pytest.raises(ValueError, match="is no date of issue"):
            call()


NUMBERS = count()


@pytest.mark.parametrize("seconds", [-1, "5", float("nan"), [5]])
def test_no_limit_of_time(seconds: Any, tmp_path: Path) -> None:
    for run in (bulletinnlp.extract, partial(extract_to, folder=tmp_path)):
        with pytest.raises(ValueError, match="page_timeout is a number of seconds, 0 or more, or None, not"):
            run(Page("p", NEWS), exclude=NOTHING, page_timeout=seconds)


@pytest.mark.parametrize("workers", [0, -1, "2", 1.5])
def test_no_number_of_workers(workers: Any) -> None:
    with pytest.raises(ValueError, match="workers must be 1 or more, a whole number, not"):
        bulletinnlp.extract(Page("p", NEWS), exclude=NOTHING, workers=workers)


def test_pages_with_an_empty_id() -> None:
    """They have the id of a page without one."""
    found = bulletinnlp.extract([Page("ok", NEWS), Page("", NEWS), Page("", NEWS)], published="2022")
    assert found.pages["page_id"].tolist() == ["ok", text_id(NEWS), f"{text_id(NEWS)}~2"]


def test_the_date_of_a_pipeline_is_the_date_of_issue() -> None:
    nlp = bulletinnlp.load(published="2022-11-29", exclude=["events"])
    found = bulletinnlp.extract([Page("p", NEWS), Page("q", NEWS, published="2021")], nlp=nlp)
    assert found.pages["published"].tolist() == ["2022-11-29", "2021"]
    assert not found.problems["message"].str.contains("date of issue is unknown").any()
    assert bulletinnlp.extract(Page("p", NEWS), nlp=nlp, published="2020").pages["published"].tolist() == ["2020"]


def test_texts_are_no_dict() -> None:
    """Else its keys would be the texts."""
    with pytest.raises(TypeError, match="texts are strings, not a dict"):
        bulletinnlp.extract(texts={"a": NEWS})


def pipeline(stage: Callable[[Doc], Any], exclude: tuple[str, ...] = NOTHING) -> Language:
    """A pipeline with a stage `mine`; spaCy keeps the first component that is registered under a name."""
    nlp = bulletinnlp.load(exclude=exclude)
    component = f"mine_{next(NUMBERS)}"
    Language.component(component, func=stage, assigns=["doc.ents"])
    nlp.add_pipe(component, name="mine")
    return nlp


#: Notes that are none, and what is said of them.
NOTES: dict[str, tuple[tuple[Any, ...], str]] = {
    "a number": (("mine", 3), "a row of problems was left out: its message is 3, which is no string"),
    "an error": (("mine", ValueError("x")), "its message is ValueError('x'), which is no string"),
    "a list": ((["mine"], "x"), "its stage is ['mine'], which is no string"),
}


@pytest.mark.parametrize("kind", NOTES)
def test_odd_notes(kind: str) -> None:
    written, told = NOTES[kind]

    def stage(doc: Doc) -> Doc:
        if "新村" in doc.text:
            note(doc, *written)
        return doc

    found = bulletinnlp.extract([GOOD, Page("other", "旧村召开会议。", published="2022")], nlp=pipeline(stage))
    assert found.pages["page_id"].tolist() == ["good", "other"]
    [message] = found.problems.loc[found.problems["severity"] == "error", "message"]
    assert told in message


def another(doc: Doc) -> Doc:
    return Doc(doc.vocab, words=["别"])


def failing(doc: Doc) -> Doc:
    raise KeyError("x")


#: Stages that do not return the Doc, and what is said of them.
STAGES: dict[str, tuple[Callable[[Doc], Any], str]] = {
    "nothing": (lambda doc: None, "the stage returned NoneType, not the Doc that it was given; that went on"),
    "a string": (lambda doc: doc.text, "the stage returned str, not the Doc that it was given; that went on"),
    "another Doc": (another, "the stage returned a Doc of another text, not the Doc that it was given; that went on"),
    "an error": (failing, "the stage failed on this article (KeyError: 'x')"),
}


@pytest.mark.parametrize("kind", STAGES)
def test_stages_that_do_not_return_the_doc_are_named(kind: str) -> None:
    stage, told = STAGES[kind]
    found = bulletinnlp.extract(GOOD, nlp=pipeline(stage, exclude=(*LITTLE, "names")))
    assert found.problems[["stage", "severity", "message"]].values.tolist() == [["mine", "error", told]]
    assert found.times["text"].tolist() == ["11月27日"]


def test_a_stage_may_return_a_copy() -> None:
    found = bulletinnlp.extract(GOOD, nlp=pipeline(lambda doc: doc.copy(), exclude=(*LITTLE, "names")))
    assert found.problems.empty
    assert found.times["text"].tolist() == ["11月27日"]


def test_names_with_other_labels_do_not_become_places() -> None:
    def stage(doc: Doc) -> Doc:
        labels = ["PER", "FOO", "GPE", "GPE", "DATE"]
        doc.ents = [doc.char_span(at, at + 1, label=label) for at, label in enumerate(labels)]
        return doc

    found = bulletinnlp.extract(GOOD, nlp=pipeline(stage))
    assert found.mentions["label"].tolist() == ["PER"]
    assert found.entities["label"].tolist() == ["PER"]
    told = "names with other labels than PER, ORG, PLACE were left out: FOO (1), GPE (2), DATE (1)"
    assert found.problems["message"].tolist() == [told]


def test_columns_and_tables_of_ones_own_are_refused(tmp_path: Path) -> None:
    found = bulletinnlp.extract(GOOD, exclude=NOTHING)
    found.pages["year"] = 2022
    with pytest.raises(ValueError, match=r"pages has columns of your own \(year\); write it yourself, or drop them"):
        found.write(tmp_path)
    found.tables["pages"] = found.pages.drop(columns=["year", "chars"])
    with pytest.raises(ValueError, match="the table pages lacks the columns chars"):
        found.write(tmp_path)
    with pytest.raises(ValueError, match="mine is no table of ours"):
        bulletinnlp.Extraction({"mine": pd.DataFrame({"a": [1]})}).write(tmp_path)
    assert not list(tmp_path.iterdir())


_SCRIPT = """
import bulletinnlp
from spacy.language import Language
{define}
nlp = bulletinnlp.load(exclude={exclude})
nlp.add_pipe("mine_here")
pages = [bulletinnlp.Page(str(n), "本报讯 新村开会。", published="2022") for n in range(4)]
found = bulletinnlp.extract(pages, nlp=nlp, workers=2)
print(len(found.pages), set(found.problems["message"]))
"""
_DEFINE = """
from bulletinnlp.text.docs import note

@Language.component("mine_here")
def mine_here(doc):
    note(doc, "mine_here", "seen")
    return doc
"""


def script(folder: Path, define: str) -> subprocess.CompletedProcess[str]:
    (folder / "script.py").write_text(_SCRIPT.format(define=define, exclude=NOTHING), encoding="utf-8")
    return subprocess.run([sys.executable, folder / "script.py"], capture_output=True, text=True, check=False)


def test_a_stage_of_a_script_says_what_to_do_for_several_workers(tmp_path: Path) -> None:
    last = script(tmp_path, _DEFINE).stderr.splitlines()[-1]
    told = "the stage mine_here is defined in your script or notebook: other processes can not see it;"
    assert last == f"ValueError: {told} define it in a module that you import, or read with workers=1"


def test_a_stage_of_a_module_goes_to_the_workers(tmp_path: Path) -> None:
    (tmp_path / "my_stages.py").write_text(f"from spacy.language import Language\n{_DEFINE}", encoding="utf-8")
    done = script(tmp_path, "import my_stages")
    assert done.stdout == "4 {'seen'}\n", done.stderr


#: What holds nothing to read, and what is said of it: an error, or a line.
NOTHING_THERE: list[tuple[Any, str]] = [
    ([], "there is nothing to read: [] holds nothing; name files or folders"),
    ((), "there is nothing to read: () holds nothing; name files or folders"),
    (iter([]), "there is nothing to read: "),
    ([None], "None is no source: name files or folders"),
    ([[]], "[] is no source"),
    ("", "'' is no file or folder"),
    ([""], "'' is no file or folder"),
    (" ", "'' is no file or folder"),
    ({}, "rows: it has no columns, and no rows"),
    ([{}], "rows: it has no columns, and no rows"),
    (pd.DataFrame(), "DataFrame: it has no columns, and no rows"),
    (pd.DataFrame({"text": []}), "DataFrame: it has no rows"),
    ("empty", "empty: the folder holds no .txt file"),
    ("empty/*.txt", "empty/*.txt: no such file or folder"),
]


def said_of(given: Any) -> Iterator[str]:
    """The error, or the warnings, that it gives."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        try:
            bulletinnlp.extract(given, exclude=NOTHING)
        except (TypeError, ValueError) as error:
            yield str(error)
    yield from (str(warning.message) for warning in told)


@pytest.mark.parametrize(("given", "said"), NOTHING_THERE, ids=[said for _, said in NOTHING_THERE])
def test_nothing_to_read_is_never_silent(
    given: Any, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("empty").mkdir()
    assert any(line.startswith(said) for line in said_of(given))
