"""The metadata line of a web page: dates, sources and counters over or under an article.

    2022-06-10 08:15  来源：平原新闻网  作者：王强  点击：56  【字体：大 中 小】

Such a line is a row of fields: a day or an hour, a key with its value (点击：56), a cue of a signature with names, the
name of a paper; and nothing else. Fields with cues sign the article; the others belong to the page.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import regex

from bulletinnlp.articles.signature_words import CHINESE_DAY, CLOCK, DAY, byline_cues, is_paper, kind_of
from bulletinnlp.lexicons import listed_rows, per_lexicons
from bulletinnlp.text.patterns import NEVER, any_of

#: A longer line is running text.
_LONGEST = 120

FieldKind = Literal["date", "meta", "signed"]


class Field(NamedTuple):
    """A field of a metadata line, `text[start:end]`. `signed` says who made or sent the article."""

    kind: FieldKind
    start: int
    end: int


@per_lexicons
def web_words(*classes: str) -> frozenset[str]:
    """The words of `data/lexicons/web_words.txt` of these classes."""
    return frozenset(word for word, kind in listed_rows("web_words") if kind in classes)


_SEPARATOR = r"[\s\u3000|｜丨/·,，;；:：\[\]【】()（）<>〈〉《》_+\-—]"
_COLON = r"[ \u3000]{0,2}[：:丨|][ \u3000]{0,2}"
_COLONS = regex.compile(_COLON)
#: What a metadata line holds and running text lacks, or at least seldom has in so short a line.
_HINT = regex.compile(rf"{DAY}|{CHINESE_DAY}|[:：丨|]")
#: 2022-06-10, 08:15; a masthead and a notice print 2022年6月10日.
_NUMERIC = regex.compile(r"\d[-./:：时]\d")
#: 时间：2022年5月6日 is an item of a notice as well.
_ALSO_IN_TEXT = ("时间", "日期")
#: Units of a counter that has no number: 浏览次数： 次.
_UNITS = frozenset("次人条")


@per_lexicons
def _token() -> regex.Pattern[str]:
    before = [word for word, cue in byline_cues().items() if cue.place != "after" and (len(word) > 1 or word in "文图")]
    spaced = "|".join(r"[ \u3000]?".join(word) for word in sorted(before, key=len, reverse=True)) or NEVER
    return regex.compile(
        rf"""{_SEPARATOR}+
        | (?P<date>(?:{DAY}|{CHINESE_DAY})(?![\d\p{{Han}}])|{CLOCK}|\d{{1,2}}时\d\d分(?:\d\d秒)?)
        | (?P<cue>(?:{spaced}){_COLON})
        | (?P<key>(?:{any_of(web_words("key"))}){{1,4}}+(?:{_COLON}|[ \u3000]?(?=\d)))
        | (?P<number>\d[\d,.]{{0,12}}[ ]?[次人条字个篇万+]?(?![\d\p{{Han}}]))
        | (?P<word>(?:(?!{_SEPARATOR}).){{1,20}})""",
        regex.VERBOSE,
    )


def metadata_fields(text: str) -> list[Field]:
    """The fields of a metadata line, in order; nothing if the line holds anything else.

    >>> line = "2022-06-10 08:15 来源: 平原新闻网 点击：56"
    >>> [(field.kind, line[field.start : field.end]) for field in metadata_fields(line)]
    [('date', '2022-06-10 08:15'), ('signed', '来源: 平原新闻网'), ('meta', '点击：56')]
    >>> metadata_fields("时间：6月8日上午"), metadata_fields("2022年6月10日，县里下了雨")
    ([], [])
    """
    if len(text) > _LONGEST or not _HINT.search(text):
        return []
    found: list[Field] = []
    before: str | None = None
    at = 0
    while at < len(text):
        token = _token().match(text, at)
        if token is None:
            return []
        at = token.end()
        group = token.lastgroup
        if group is None:
            continue
        last = found[-1] if found else None
        kind = _field_kind(group, token.group(), last.kind if last else None, before)
        if kind is None:
            return []
        if last is not None and group not in ("cue", "key") and (last.kind == kind or before == "source"):
            found[-1] = Field(kind, last.start, at)  # 来源：本站 names nobody
        else:
            found.append(Field(kind, token.start(), at))
        source = group == "cue" and byline_cues()["".join(_COLONS.sub("", token.group()).split())].role == "source"
        before = "source" if source else group
    return found if _is_metadata(text, found) else []


def _field_kind(group: str, token: str, last: FieldKind | None, before: str | None) -> FieldKind | None:
    """The kind of field that a token begins or goes on with, None if it stands in no metadata line.

    `last` is the kind of the field before it, `before` the group of the token before it (`source` for such a cue).
    """
    if group == "date":
        return "meta" if before == "key" else "date"
    if group in ("cue", "key"):
        return "signed" if group == "cue" else "meta"
    if group == "number":
        return "meta" if last == "meta" else None
    if token in web_words("size") or (last == "meta" and (token.isascii() or token in _UNITS)):
        return "meta"
    kind = kind_of(token)
    if before == "source" and kind == "remark":
        return "meta"
    if before == "source" or is_paper(token) or (last == "signed" and kind in ("name", "org", "cue", "remark")):
        return "signed"
    return None


def _is_metadata(text: str, found: list[Field]) -> bool:
    """Whether the fields are more than a signature, a masthead's date, or 时间：2022年5月6日."""
    if all(field.kind == "signed" for field in found):
        return False
    if len(found) > 1:
        return True
    only = text[found[0].start : found[0].end]
    may_be_text = found[0].kind == "date" or only.startswith(_ALSO_IN_TEXT)
    return not may_be_text or _NUMERIC.search(only) is not None


_DAY = regex.compile(r"((?:19|20)\d\d)[-./年](\d{1,2})[-./月](\d{1,2})")


def metadata_day(text: str) -> str | None:
    """The day of a metadata line as `2022-06-10`, None if it has none.

    >>> metadata_day("2022/6/10 08:15"), metadata_day("点击：56")
    ('2022-06-10', None)
    """
    found = _DAY.search(text)
    if found is None:
        return None
    year, month, day = map(int, found.groups())
    return f"{year}-{month:02d}-{day:02d}" if 1 <= month <= 12 and 1 <= day <= 31 else None
