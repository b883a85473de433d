"""Pages that the stages can not read well are told of; ordinary ones are not."""

import pytest
from folders import SEEDS, corpus

from bulletinnlp.pages.quality import doubts, is_blank

NEWS = "本报讯 11月27日晚，区教研中心举行线上教研活动。区教体局副局长张三说：“要把课上好。”\n"
WELL = {
    "news": NEWS,
    "a name in Latin letters": NEWS + "比亚迪海豹DM-i、iPhone、WiFi、App\n",
    "a company of Hong Kong": NEWS * 2 + "香港國際控股有限公司\n",
    "emoji": "😀👨‍👩‍👧‍👦🇨🇳 今天🎉开会，张三👍说好😀。\n",
    "signs that are no tags": NEWS + "a<b>c <1号> <<人民日报>> <p1>\n" * 5,
    "bullets of a font": "\uf0b7" + NEWS + "\uf0b7" + NEWS,
    "zero-width spaces": "\u200b".join(NEWS),
    "a byte-order mark in the text": NEWS + "\ufeff" + NEWS,
    "a quotation of several paragraphs": "“要把课上好。\n“要把饭做好。\n“要把路修好。”\n",
}


@pytest.mark.parametrize("kind", WELL)
def test_nothing_to_say(kind: str) -> None:
    assert list(doubts(WELL[kind])) == []


@pytest.mark.parametrize("path", [*SEEDS.glob("*.txt"), *corpus()], ids=lambda path: path.stem)
def test_nothing_to_say_of_real_pages(path) -> None:
    assert list(doubts(path.read_text("utf-8"))) == []


DOUBTFUL = {
    "English": ("The county council met.", "it is not in Chinese (0 of its 19 letters are)"),
    "English with Chinese": ("The county of Lankao (兰考) met.", "it is not in Chinese (2 of its 22 letters are)"),
    "only punctuation": ("，。；：？！“”……", "it holds no letters, Chinese or others"),
    "traditional": ("記者昨日從縣政府獲悉，全縣公路新建百里。", "it is in traditional characters (28% exist in no"),
    "private use": ("\ue000".join(NEWS), "private-use characters or marks cut its words in 28 places"),
    "HTML": (f"<html><body><p>{NEWS}</p></body></html>" * 2, "it holds 12 HTML tags, which are read as text; make"),
    "quotation marks": (NEWS + "“" * 40, "40 of its quotation marks have no other half"),
}


@pytest.mark.parametrize("kind", DOUBTFUL)
def test_one_doubt(kind: str) -> None:
    text, message = DOUBTFUL[kind]
    [doubt] = doubts(text)
    assert doubt.startswith(message)


@pytest.mark.parametrize("text", ["", "\u3000\u3000\n", "\0\0", "\ufeff\u200b\n", " \t\x0c\x85"])
def test_blank(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<p>县里开会。</p>", "it holds 2 HTML tags"),
        ("<!DOCTYPE html>\n县里开会。", "it holds an HTML tag"),
        ("县里开会。<br>", "it holds an HTML tag"),
        ("县里&nbsp;开会。", "it holds an HTML tag"),
        ("<strong>县里开会</strong>", "it holds 2 HTML tags"),
        ("气温<5℃，湿度>60%。", None),
        ("<县里>开会。", None),
        (f"{NEWS * 10}<br>", None),
    ],
)
def test_short_html_is_told(text: str, told: str | None) -> None:
    found = list(doubts(text))
    assert [line.split(", which")[0] for line in found] == ([told] if told else [])
