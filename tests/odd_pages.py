"""Pages that nobody would call a page, and what must hold of the tables of any page."""

import random

import regex

import bulletinnlp

NEWS = (
    "我区开展线上教研\n\n本报讯 11月27日晚，区教研中心举行线上教研活动。区教体局副局长张三说：“要把课上好。”\n"
    "（区教体局）\n\n"
    "新华镇清运垃圾\n本报讯 近日，新华镇组织党员干部30余人到李家村清运积存垃圾。\n（李四）\n"
)


WEIRD = {
    "nothing": "",
    "white space": " \u3000\t\n" * 500,
    "one character": "我",
    "only punctuation": "，。；：？！、“”‘’（）《》【】—…" * 200,
    "unbalanced quotation marks": "“" * 2000 + "他说：“" * 1000 + "”" * 500,
    "unbalanced brackets": "（" * 2000 + "）" * 1000 + "（记者 张三" * 300,
    "the same line ten thousand times": "本报讯 11月27日晚，区教研中心举行线上教研活动。\n" * 10_000,
    "NUL characters": NEWS.replace("。", "\0。"),
    "zero-width characters": "\u200b".join(NEWS),
    "private-use characters": "\ue000\U000f0000".join(NEWS),
    "combining marks and variation selectors": "\u0301\ufe0f".join(NEWS),
    "right-to-left marks": "\u202e" + NEWS + "\u202c",
    "emoji": "😀👨‍👩‍👧‍👦🇨🇳 今天🎉开会，张三👍说：“好😀”。\n" * 100,
    "an English page": "The city council met on Tuesday. Mayor Smith said: “We will act.” \n" * 200,
    "traditional characters": "臺北訊 台北市政府昨日舉行記者會，市長柯文哲表示，將推動都市更新計畫。\n" * 50,
    "Windows line ends": NEWS.replace("\n", "\r\n"),
    "Windows paths": "C:\\新闻\\2022\\..\\..\\稿件.txt\n" + NEWS,
    "separators that are no line breaks": NEWS.replace("\n", "\u2028") + "\x0b\x0c\x1c\x85",
    "formulas and markup": '=HYPERLINK("http://x")\n<script>alert(1)</script>\n' + NEWS,
    "surrogates": "党员\ud800大会。\n" + NEWS,
    "digits": "1234567890" * 2000,
    "dates without end": "2022年11月27日" * 1000,
    "names without end": "张三李四王五" * 500,
    "random characters": "".join(chr(random.Random(2).randrange(0x4E00, 0x9FFF)) for _ in range(5000)),
}


#: White space, NULs and zero-width characters at a line's ends belong to the break, which a text leaves out.
UNSEEN = regex.compile(r"[\s\p{Cc}\p{Cf}]")


def check(found: bulletinnlp.Extraction, text: str) -> None:
    """What holds of the tables of any page: it is tiled, offsets lie on it and show the text, nothing failed."""
    segments = found.segments
    assert "".join(segments["text"]) == text
    assert segments["start"].tolist() == [0, *segments["end"].tolist()][: len(segments)]
    for name in ("articles", "bylines", "times", "mentions", "references", "roles", "quotes", "events", "arguments"):
        table = found.tables[name]
        assert ((table["start"] >= 0) & (table["start"] <= table["end"]) & (table["end"] <= len(text))).all(), name
    own: dict[str, list[tuple[int, int]]] = {}
    for segment in segments.dropna(subset="article_id").itertuples():
        own.setdefault(segment.article_id, []).append((segment.start, segment.end))
    for mention in found.mentions.itertuples():  # one may reach over what belongs to no article, or to another
        pieces = (text[max(start, mention.start) : min(end, mention.end)] for start, end in own[mention.article_id])
        assert UNSEEN.sub("", "".join(pieces)) == UNSEEN.sub("", mention.text)
    assert set(found.mentions["entity_id"]) <= set(found.entities["entity_id"])
    assert not found.problems["severity"].eq("error").any()
