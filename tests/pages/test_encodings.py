"""Encodings are detected, recorded, and give the file's bytes back."""

import random

import pytest

from bulletinnlp.pages.encodings import NotTextError, decode

NEWS = "东昌府讯 11月25日，道口铺街道组织机关干部到仙庄村清运积存垃圾。\n(融媒体 全兴社 通讯员 苏敏)\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
@pytest.mark.parametrize("text", [NEWS, NEWS.replace("\n", "\r\n"), "我区开展线上巡课"])
def test_each_encoding_is_named_and_decodes_to_the_same_text(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert (decoded.text, decoded.encoding, decoded.warning) == (text, encoding, None)


def test_big5_of_the_same_news_in_traditional_characters() -> None:
    text = "記者昨日從縣政府獲悉，全縣農村公路今年新建一百公里。"
    assert decode(text.encode("big5")).text == text


def test_a_few_broken_bytes_leave_the_rest_readable_and_are_told() -> None:
    data = (NEWS * 20).encode()
    decoded = decode(data[:500] + b"\xff" + data[500:])
    assert decoded.encoding == "utf-8"
    assert decoded.text.count("仙庄村") >= 19
    assert "U+FFFD" in str(decoded.warning)


def test_lines_of_two_encodings_are_each_read_in_their_own() -> None:
    data = NEWS.encode() * 5 + NEWS.encode("gb18030") * 5
    decoded = decode(data)
    assert decoded.text == NEWS * 10
    assert decoded.encoding == "mixed"
    assert decoded.warning


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("党员\ud800大会", "党员\ufffd大会"),
        ("\ud83d\ude00党员大会", "😀党员大会"),  # as Oracle's UTF8 and Java write it
    ],
)
def test_surrogates_in_utf_8_are_told_and_no_other_encoding(written: str, text: str) -> None:
    decoded = decode(written.encode("utf-8", "surrogatepass"))
    assert (decoded.text, decoded.encoding) == (text, "utf-8")
    assert f"others ({text.count(chr(0xFFFD))}) are shown as U+FFFD" in str(decoded.warning)


@pytest.mark.parametrize(
    "data", [random.Random(0).randbytes(4000), bytes(range(256)) * 20, b"\x89PNG\r\n\x1a\n" + bytes(2000)]
)
def test_binary_data_is_no_text(data: bytes) -> None:
    with pytest.raises(NotTextError):
        decode(data)


JAPANESE = "市議会は昨日、新しい予算案を可決しました。市長は記者会見で、子育て支援を続けると述べました。\n" * 5
KOREAN = (
    "시의회는 어제 새 예산안을 통과시켰다. 시장은 기자회견에서 육아 지원을 계속하겠다고 말했다. 주민들은 환영했다.\n"
    * 5
)


@pytest.mark.parametrize(
    ("text", "encoding", "told"),
    [
        (JAPANESE, "euc-jp", "it was read as GB 18030, but may be Japanese (EUC-JP); save it in UTF-8"),
        (KOREAN, "cp949", "it was read as GB 18030, but may be Korean (CP949); save it in UTF-8"),
        (KOREAN, "euc-kr", "it was read as GB 18030, but may be Korean (CP949); save it in UTF-8"),
        (NEWS * 5, "gb18030", None),
        (NEWS * 5, "gb2312", None),
        ("记者从县政府获悉，今年全县新建农村公路一百公里，惠及群众五万人。" * 5, "gbk", None),
    ],
)
def test_other_languages_that_pass_for_gb_18030_are_told(text: str, encoding: str, told: str | None) -> None:
    decoded = decode(text.encode(encoding))
    assert (decoded.encoding, decoded.warning) == ("gb18030", told)


#: Short texts, as of a headline or a table's cell: encoding, and what it may be.
SHORT = [
    ("서울시는 오늘 회의를 열었다", "cp949", "Korean (CP949)"),
    ("안녕하세요 반갑습니다", "cp949", "Korean (CP949)"),
    ("대한민국 국회", "cp949", "Korean (CP949)"),
    ("지역 신문 기사 제목입니다. 오늘 날씨는 맑겠습니다.", "cp949", "Korean (CP949)"),
    ("東京都庁", "euc-jp", "Japanese (EUC-JP) or Korean (CP949)"),
    ("市長は記者会見を開いた", "euc-jp", "Japanese (EUC-JP)"),
    ("平成二十年度予算案可決", "euc-jp", "Japanese (EUC-JP) or Korean (CP949)"),
    ("県議会議員選挙立候補者一覧", "euc-jp", "Japanese (EUC-JP) or Korean (CP949)"),
    ("大阪市立図書館", "euc-jp", "Japanese (EUC-JP) or Korean (CP949)"),
]


@pytest.mark.parametrize(("text", "encoding", "language"), SHORT)
def test_short_text_of_another_language_is_warned_of(text: str, encoding: str, language: str) -> None:
    assert decode(text.encode(encoding)).warning == f"it was read as GB 18030, but may be {language}; save it in UTF-8"


@pytest.mark.parametrize(
    "text",
    [
        "我区开展线上教研",
        "县长李明到堂邑镇调研",
        "孙乐文",
        "本报讯",
        "区教研中心举行线上教研活动",
        "安徽省六安市霍邱县",
        "2022年11月27日",
        "臺北市",
    ],
)
def test_short_chinese_text_is_not(text: str) -> None:
    assert decode(text.encode("gb18030")).warning is None
