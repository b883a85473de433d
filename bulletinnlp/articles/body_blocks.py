"""Lines that are paragraphs of a body though they do not look so: items of lists, rows of tables, verses, sub-headings.

乡镇 面积（万亩） 用水（万方）        流过我童年的门前        一张欠条
东关 4.2 1650                       流过母亲的棒槌声        6月8日，东关法庭庭长……
西关 3.8 1480                       流过父亲的犁铧          一个书包
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

import regex

from bulletinnlp.articles.lines import Line
from bulletinnlp.articles.signature_words import looks_like_name
from bulletinnlp.text.sentences import Span

# 一、……  （二）……  3.……  ①……
_NUMBERED = regex.compile(
    r"[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:[、.．](?!\d)|[）)])|[①-⑳●▲◆■★]|第[一二三四五六七八九十]{1,3}[条章]"
)
_BULLET = regex.compile(r"[●▲△▶►◆◇■□★☆○◎]")
_LIST_MARK = regex.compile(r"[、，, \u3000]+")
_OFFICE = regex.compile(r"(?:长|主任|书记|委员|主席|代表|成员|名单|人|时间|地点|电话|单位|内容|对象|要求|范围|方式)$")
_LABELLED = regex.compile(r"(?P<label>[^：:，,。]{2,24})[：:](?P<rest>.+)")


def list_item(text: str) -> bool:
    """Whether a line is an item of a list in the text: numbered, or an office with the names of its holders.

    >>> list_item("副县长：巩固、蓝天"), list_item("里望乡：票箱进了苹果园"), list_item("二、管制路段：行政街")
    (True, False, True)
    """
    if _NUMBERED.match(text):
        return True
    found = _LABELLED.fullmatch(text) if len(text) <= 60 else None
    if found is None:
        return False
    if _OFFICE.search(found["label"]) and len(found["rest"]) <= 16:
        return True
    words = _LIST_MARK.split(found["rest"].strip())
    names = sum(looks_like_name(word) for word in words)
    return 2 * names > len(words) and all(len(word) <= 4 or "·" in word for word in words)


def bulleted(text: str) -> bool:
    """Whether a line begins with a mark of an item: ▲, ●."""
    return _BULLET.match(text) is not None


#: A cell of a table and a verse are not longer.
_LONGEST_CELL, _LONGEST_VERSE = 14, 18
#: A poem has so many lines in a row that all end with a mark; or that all have none, headline and author among them.
_MARKED_VERSES, _PLAIN_VERSES, _BEFORE = 4, 6, 2

_GAP = regex.compile(r"[ \u3000\t|｜]+")
_RUNNING = regex.compile(r"[。！？；，]")
_FIGURE = regex.compile(r"[-+]?[\d.,]+[%％‰]?\p{Han}{0,2}")


def cells(text: str) -> list[str]:
    """The cells of a line that may be a row of a table, else nothing.

    >>> cells("东关 4.2 1650"), cells("近日，县里 下了雨。")
    (['东关', '4.2', '1650'], [])
    """
    found = _GAP.split(text) if len(text) <= 100 else []
    is_row = len(found) > 1 and all(len(cell) <= _LONGEST_CELL and not _RUNNING.search(cell) for cell in found)
    return found if is_row else []


def rows_and_verses(printed: list[Line]) -> list[bool]:
    """For each line whether it is a row of a table or a verse: body, and nothing else.

    >>> from bulletinnlp.articles.lines import lines
    >>> rows_and_verses(lines("全县春灌进展\\n乡镇 面积（万亩）\\n东关 4.2\\n西关 3.8\\n6月9日，县里派出工作组。"))
    [False, True, True, True, False]
    """
    marked = [False] * len(printed)
    for start, end in _runs(printed, lambda line: len(cells(line.text))):
        rows = [cells(line.text) for line in printed[start:end]]
        figures = sum(any(_FIGURE.fullmatch(cell) for cell in row) for row in rows)
        if len(rows) > 1 and 2 * figures >= len(rows):
            marked[start:end] = [True] * len(rows)
    for start, end in _runs(printed, _verse):
        before = 0 if _verse(printed[start]) == _MARKED else _BEFORE
        if end - start >= (_PLAIN_VERSES if before else _MARKED_VERSES):
            marked[start + before : end] = [True] * (end - start - before)
    return marked


_MARKED, _PLAIN = 1, 2
_MARKS = regex.compile(r"[，。！？；、：:（(\d]")
_VERSE_END = regex.compile(r"[，。！？；、][”’]?$")


def _verse(line: Line) -> int:
    """Whether a line may be a verse: a short one that ends with a mark, or has none; 0 if not."""
    if len(line.text) > _LONGEST_VERSE:
        return 0
    if _VERSE_END.search(line.text):
        return _MARKED
    return 0 if _MARKS.search(line.text) else _PLAIN


def _runs(printed: list[Line], key: Callable[[Line], int]) -> Iterator[Span]:
    """Runs of lines with the same key, other than 0: where they begin and end."""
    at = 0
    for value, group in groupby(printed, key):
        size = sum(1 for _ in group)
        if value:
            yield at, at + size
        at += size


def subheadings(printed: list[Line], texts: list[bool], others: list[bool]) -> list[bool]:
    """For each line whether it is a sub-heading: two or more short lines of one form, each with a text under it.

    `texts` says which lines are running text, `others` which are signatures or headlines.

    >>> from bulletinnlp.articles.lines import lines
    >>> page = lines("山村来了法官\\n一张欠条\\n6月8日，法庭庭长进村。\\n一个书包\\n6月9日，庭长看望学生。")
    >>> subheadings(page, [False, False, True, False, True], [False] * 5)
    [False, True, False, True, False]
    """
    found: list[int] = []
    begun = False
    for i, line in enumerate(printed[:-1]):
        under = texts[i - 1] if begun else i > 0
        if under and not texts[i] and not others[i] and texts[i + 1] and _is_short(line.text):
            found.append(i)
        begun = begun or texts[i]
    alike = {
        i
        for n, i in enumerate(found)
        for j in found[max(n - 1, 0) : n + 2]
        if i != j and _alike(printed[i].text, printed[j].text)
    }
    return [i in alike for i in range(len(printed))]


#: A sub-heading is not longer, one in brackets or with a number excepted.
_LONGEST_SUB, _LONGEST_MARKED = 9, 18
_MARKED_SUB = regex.compile(r"[【\[■●◆▍█]|0?\d{1,2}[ 、.．]|[一二三四五六七八九十][、.．]")
_SUB = regex.compile(r"[^。，；：:！]+")


def _is_short(text: str) -> bool:
    longest = _LONGEST_MARKED if _MARKED_SUB.match(text) else _LONGEST_SUB
    return len(text) <= longest and _SUB.fullmatch(text) is not None


def _alike(text: str, other: str) -> bool:
    """Whether two lines are of one form: as long, or with the same kind of mark before them."""
    marked, other_marked = bool(_MARKED_SUB.match(text)), bool(_MARKED_SUB.match(other))
    return marked == other_marked and (marked or abs(len(text) - len(other)) <= 3)
