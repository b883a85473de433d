"""Which title an article gives a person: 仙庄村党支部书记孙乐文.

The press puts a title before the name, without a joint: *unit + title + name*. Several titles are lined up with 、,
each with or without a unit of its own (社区党委委员、居委委员、仙庄村党支部书记孙乐文), one title may hold for several
names (民警党卫民、屈婷), and a title of a few kinds may follow the name (屈海明教授说). So we read back from each name:

1. The stretch before it, back to a mark, to another name or to a time, is cut at 、 into pieces.
2. A piece is a title if its last word is one in `data/lexicons/title_heads.txt`. It reaches back over nouns, attributes
   and the verbs of `title_attributes.txt` (值班民警), not over other verbs, prepositions and 的.
3. The unit is the name or the stand-in that touches the title, 的 or a verb of sending between them allowed
   (团县委招募的大学生志愿者). A later piece without a unit takes that of the piece before (县农业农村局党组成员、
   副局长), but the head of a government never belongs to a committee of the party (县委副书记、县长).

The method and the lists are this project's own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import regex

from bulletinnlp.data import lexicon
from bulletinnlp.events.records import Role
from bulletinnlp.events.words import Word, cut

#: A stretch longer than this before a name is not looked at: titles are shorter, and the time stays linear.
_REACH = 40
#: Nobody is given more titles at once; what goes on longer is a list of something else.
_MOST = 20

_BREAK = regex.compile(r"[，。；：！？…—“”‘’\"'《》〈〉（）()【】\[\]\s,;:!?·]")
#: Heads of government and their deputies, whose post is no post of the party's committee.
_GOVERNMENT = regex.compile(r"(?:副|代|代理|常务副)?(?:省|市|州|区|县|旗|盟|镇|乡)长")
_PARTY = regex.compile(r"(?:委|党委|党工委|党组|常委会|委员会)")
_SENT = regex.compile(r"(?:派出|招募|派驻.{0,4}|选派|聘请|下派|邀请|特聘|推荐|选送|任教|就职)?的|[,，]?\d+多?岁的")
_AFTER = regex.compile(
    r"(?:总书记|总理|副?主席|副?(?:省|市|县|区|镇|乡|局|所|院|站|队|会|部|厅)长|副?教授|副?书记|副?主任|总?经理|董事长"
    r"|老师|医生|院士|博士|大夫|校长|法官|律师|教练|烈士)(?![们医员助长后])"
)
#: A title that closes a list of persons: 于洪、阙丽君等8名人大代表.
_OF_LIST = regex.compile(r"等?(?:\d+|[一二三四五六七八九十两]+)[多余]?[名位]")


#: What counts persons and ages: no part of a title.
_COUNTED = frozenset("名位个岁旬对批")
#: Verbs and adverbs of one character that are no part of a title.
_PREDICATES = frozenset(
    "带请找问叫让使给劝陪随跟拉见有是救等派到来去说看想要为做当也都还再又就才仅不未没很更最正刚已将即共仍"
)


#: Labels of names and stand-ins.
NAMES = frozenset({"PER", "ORG", "PLACE", "REF"})


class Named(NamedTuple):
    """A name or stand-in of the article: `label` is PER, ORG, PLACE, or REF; `name` what it stands for."""

    label: str
    name: str
    start: int
    end: int


class _Piece(NamedTuple):
    title: str
    start: int
    end: int
    unit: str | None


def find_roles(text: str, names: Sequence[Named], stops: Sequence[tuple[int, int]] = ()) -> list[Role]:
    """The titles of the persons among `names`.

    `names` are the names and stand-ins of the text, sorted, `stops` the spans (times) that no title crosses.

    >>> text = "仙庄村党支部书记孙乐文带队"
    >>> find_roles(text, [Named("PLACE", "仙庄村", 0, 3), Named("PER", "孙乐文", 8, 11)])
    [Role(person='孙乐文', title='党支部书记', organisation='仙庄村', start=3, end=8)]
    """
    ends = {name.end: name for name in names}
    walls = sorted([name.end for name in names] + [end for _, end in stops])
    roles: list[Role] = []
    given: dict[int, list[_Piece]] = {}
    of_list = _titles_of_lists(text, names)
    for index, name in enumerate(names):
        if name.label != "PER":
            continue
        pieces = _titles_before(text, name.start, ends, walls)
        before = names[index - 1] if index else None
        between = text[before.end : name.start] if before else ""
        if before is not None and before.label == "PER":
            if not pieces and between == "、":
                pieces = given.get(index - 1, [])
            elif pieces and between[:1] in ("、", "，", ",") and pieces[0].start == before.end + 1:
                pieces = _inherit(pieces, given.get(index - 1, []), between[0] != "、")
        given[index] = pieces
        pieces = pieces + _titles_after(text, name.end) + of_list[index]
        roles += [Role(name.name, piece.title, piece.unit, piece.start, piece.end) for piece in pieces]
    return list(dict.fromkeys(roles))


def _titles_before(text: str, at: int, ends: dict[int, Named], walls: Sequence[int]) -> list[_Piece]:
    """The titles that end where a name begins, in the order of the text."""
    found: list[_Piece] = []
    end = at
    while len(found) < _MOST:
        left = _stretch(text, end, at - _REACH * (len(found) + 1), walls)
        piece = _title(text, left, end, ends)
        if piece is None:
            break
        found.append(piece)
        begin = piece.start
        unit = ends.get(begin)
        if piece.unit is not None and unit is not None:
            begin = unit.start
        if begin == 0 or text[begin - 1] != "、":
            break
        end = begin - 1
    found.reverse()
    filled: list[_Piece] = []
    for piece in found:
        if piece.unit is None and filled:
            piece = piece._replace(unit=_pass_on(filled[-1], piece))
        filled.append(piece)
    return filled


def _stretch(text: str, end: int, floor: int, walls: Sequence[int]) -> int:
    """Where the stretch before `end` begins: after a mark, a name, a time or 、."""
    at = end
    index = bisect_right(walls, end) - 1
    floor = max(floor, walls[index] if index >= 0 else 0, 0)
    while at > floor and text[at - 1] != "、" and not _BREAK.match(text[at - 1]):
        at -= 1
    return at


def _title(text: str, start: int, end: int, ends: dict[int, Named]) -> _Piece | None:
    """The title that ends at `end` and begins no earlier than `start`."""
    if end - start < 2:
        return None
    words = cut(text, start, end)
    if not words or not _is_head(words):
        return None
    first = len(words) - 1
    while first > 0 and _joins(words[first - 1], words[first]):
        first -= 1
    while first < len(words) - 1 and _counts(words, first):
        first += 1
    begin = words[first].start
    if end - begin < 2:
        return None
    unit = ends.get(begin)
    if unit is None and (link := _SENT.fullmatch(text, _after_name(text, begin, ends), begin)):
        unit = ends.get(link.start())
    name = unit.name if unit is not None and unit.label != "PER" else None
    return _Piece(text[begin:end], begin, end, name)


def _after_name(text: str, at: int, ends: dict[int, Named]) -> int:
    """Where the nearest name before `at` ends, at most a dozen characters back; `at` if there is none."""
    return next((begin for begin in range(at, max(at - 12, 0), -1) if begin in ends), at)


def _counts(words: Sequence[Word], first: int) -> bool:
    """Is the word part of a count or an age before the title: 一位, 三名, 九旬?"""
    word, following = words[first], words[first + 1]
    return word.text in _COUNTED or (word.kind == "m" and following.text[0] in _COUNTED)


@cache
def _heads() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    return frozenset(lexicon("title_heads")), frozenset(lexicon("title_not")), frozenset(lexicon("title_attributes"))


def _is_head(words: Sequence[Word]) -> bool:
    """Does the stretch end in a title?"""
    heads, none, _ = _heads()
    tail = "".join(word.text for word in words[-3:])
    if any(tail.endswith(word) for word in none):
        return False
    last = words[-1].text
    return any(tail[-size:] in heads for size in range(min(6, len(tail)), 0, -1)) and len(last) <= len(tail)


def _joins(word: Word, following: Word) -> bool:
    """May this word stand inside a title, before `following`?"""
    _, _, attributes = _heads()
    if word.text in attributes or word.kind in "nNajbiszmqto":
        return True
    if word.kind in "vd":
        return len(word.text) == 1 and word.text not in _PREDICATES
    if word.kind == "f":
        return word.text in ("前", "后")
    return word.kind == "c" and word.text == "与"


def _pass_on(former: _Piece, piece: _Piece) -> str | None:
    """The unit of a title that has none of its own, from the title before it."""
    if former.unit and _GOVERNMENT.fullmatch(piece.title) and _PARTY.search(former.unit[-3:]):
        return None
    return former.unit


def _inherit(pieces: list[_Piece], former: list[_Piece], comma: bool) -> list[_Piece]:
    """The titles of the next person of a list: 县人大常委会主任甲，副主任乙 serve the same body."""
    if not former or pieces[0].unit:
        return pieces
    first, last = pieces[0], former[-1]
    if comma and not (first.title.startswith("副") and last.title.removeprefix("副") == first.title[1:]):
        return pieces
    return [first._replace(unit=_pass_on(last, first)), *pieces[1:]]


def _titles_after(text: str, end: int) -> list[_Piece]:
    """A title behind the name: 屈海明教授说."""
    found = _AFTER.match(text, end)
    return [_Piece(found[0], end, found.end(), None)] if found else []


def _titles_of_lists(text: str, names: Sequence[Named]) -> list[list[_Piece]]:
    """For each name the title behind the list of persons that it stands in: 于洪、阙丽君等8名人大代表."""
    titles: list[list[_Piece]] = []
    first = 0
    for index, name in enumerate(names):
        if index + 1 == len(names) or text[name.end : names[index + 1].start] != "、":
            title = _title_of_list(text, name.end) if index > first else []
            titles += [title] * (index + 1 - first)
            first = index + 1
    return titles


def _title_of_list(text: str, end: int) -> list[_Piece]:
    """The title behind a list that ends at `end`."""
    count = _OF_LIST.match(text, end)
    if count is None:
        return []
    stop = next((at for at in range(count.end(), min(count.end() + 12, len(text))) if _BREAK.match(text[at])), None)
    words = cut(text, count.end(), stop if stop is not None else min(count.end() + 12, len(text)))
    for size in range(len(words), 0, -1):
        if _is_head(words[:size]) and all(word.kind in "nNajbsz" or word.text in _heads()[2] for word in words[:size]):
            end = words[size - 1].end
            return [_Piece(text[count.end() : end], count.end(), end, None)]
    return []
