"""Pages that nobody would call a page: nothing fails, nothing is lost, what is odd is told."""

import time

import pytest
from odd_pages import WEIRD, check
from spacy.language import Language

import bulletinnlp
from bulletinnlp.pages import Page


@pytest.fixture(scope="module")
def nlp() -> Language:
    return bulletinnlp.load()


def read(text: str, nlp: Language) -> bulletinnlp.Extraction:
    """The tables of a page, checked: it is tiled, offsets lie on it and show the text, nothing failed."""
    found = bulletinnlp.extract(Page("p", text, published="2022"), nlp=nlp)
    check(found, text)
    return found


@pytest.mark.parametrize("kind", WEIRD)
def test_odd_pages(kind: str, nlp: Language) -> None:
    text = WEIRD[kind]
    if kind == "surrogates":
        found = bulletinnlp.extract(Page("p", text, published="2022"), nlp=nlp)
        check(found, text.replace("\ud800", "\ufffd"))
        assert "lone surrogates" in found.problems.loc[0, "message"]
    else:
        read(text, nlp)


@pytest.mark.parametrize("kind", ["NUL characters", "Windows line ends", "Windows paths", "formulas and markup"])
def test_what_surrounds_the_news_does_not_hide_it(kind: str, nlp: Language) -> None:
    found = read(WEIRD[kind], nlp)
    assert len(found.articles) >= 2
    assert "11月27日晚" in found.times["text"].tolist()


GROWING = {
    "quotation marks": "张三说：“今天开会。",
    "brackets": "（记者 张三 ",
    "dates": "2022年11月27日",
    "digits": "1234567890",
    "one line again and again": "本报讯 11月27日，区教研中心举行活动。\n",
    "clauses": "张三在李家村召开会议并部署工作，",
    "names": "张三李四王五",
    "letters": "The council met. ",
    "white space": "　\n",
    "punctuation": "，。“”（",
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", GROWING)
def test_time_grows_with_the_text(kind: str, nlp: Language) -> None:
    """Eight times the text takes at most twenty times as long: far from the sixty-four times of quadratic growth."""
    unit = GROWING[kind]
    seconds = []
    for chars in (6_000, 48_000):
        page = Page("p", unit * (chars // len(unit)), published="2022")
        began = time.process_time()
        bulletinnlp.extract(page, nlp=nlp)
        seconds.append(time.process_time() - began)
    assert seconds[1] < max(20 * seconds[0], 2.0), seconds


def test_a_long_article_is_cut_and_the_reader_is_told(nlp: Language) -> None:
    body = "".join(f"第{n}天，新华镇清运积存垃圾。" for n in range(30_000))
    found = read(f"新华镇清运垃圾\n本报讯 {body}\n", nlp)
    [told] = [message for message in found.problems["message"] if "were read" in message]
    assert told.endswith("the first 400,000 were read")
    assert "read_in_part" in found.articles.loc[0, "flags"]
    assert found.articles.loc[0, "body"] is not None
