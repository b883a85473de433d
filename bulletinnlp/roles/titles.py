"""What is a title: where it begins, what of its stretch is a workplace, what sort of title it is, who may give it.

A stretch of text is a title if its last word is one in `data/lexicons/titles.txt`. It reaches back over nouns,
attributes and the verbs of `title_attributes.txt` (值班民警), not over other verbs, prepositions and 的. Ages and
generations before it (95后, 七旬) and a workplace in it (都市118酒店剧院店 + 经理) are no part of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import regex

from bulletinnlp.annotations import TitleKind
from bulletinnlp.data import lexicon, table
from bulletinnlp.lexicons import added, listed, listed_set, per_lexicons, removed
from bulletinnlp.text.mentions import Mention
from bulletinnlp.text.patterns import any_of
from bulletinnlp.text.words import Word, cut

#: Labels of names and anaphors.
NAMES = frozenset({"PER", "ORG", "PLACE", "REF"})

#: What counts persons and ages: no part of a title.
_COUNTED = frozenset("名位个岁旬对批任籍")
#: Verbs and adverbs of one character that are no part of a title.
_PREDICATES = frozenset(
    "带请找问叫让使给劝陪随跟拉见有是救等派到来去说看想要为做当也都还再又就才仅不未没很更最正刚已将即共仍听记约谢完教换"
)
#: Marks that may stand inside a title: 三（2）班班主任, 大学生“村官”.
_MARKS = frozenset("“”（）()")
#: Ages and generations before a title: 95后, 七旬, 年过六旬的, 17岁的.
_AGE = regex.compile(r"(?:\d{2}后|(?:年[过近逾届])?[一二三四五六七八九]旬的?|年[过近逾]\w{1,2}的|\d+多?岁的?)+")
#: What may stand between an organisation and a title of its: verbs of sending with 的, an age, a count, 籍.
_LINK = regex.compile(
    r"(?:派出|招募|派驻.{0,4}|选派|聘请|下派|邀请|特聘|推荐|选送|任教|就职)?的|[,，]?\d+多?岁的"
    r"|的?(?:[一两三四五六七八九十]|\d+)[名位]|籍"
)
#: What stands before a place in which somebody lives, which gives no title but resident or the like, or is posted.
_LIVES, _POSTED = ("家住", "住在"), "驻"
#: A level or a generic organisation that opens a title of its own: 镇党委副书记, 村级河长, 自治区应急专家.
_OWN_LEVEL = regex.compile(r"(自治区|省|市|州|区|县|旗|镇|乡|村|街道|社区|全国|国家|企业|学校)(级?)(?!长)")
#: A town before a post of its own that no stage before has found: 平安镇 + 党委副书记.
_TOWN = regex.compile(r"(\p{Han}{2,4}(?:镇|乡|街道))(?=(?:党委|党工委|人大|政府|办事处|纪委|武装部).)")


class Title(NamedTuple):
    """A title at `text[start:end]` and the organisation or place in which it is held, which begins at `left`."""

    text: str
    start: int
    end: int
    organisation: str | None
    left: int


def read_title(text: str, start: int, end: int, ends: Mapping[int, Mention]) -> Title | None:
    """The title that ends at `end` and begins no earlier than `start`; `ends` are the names by where they end.

    >>> read_title("两名值班民警", 0, 6, {})
    Title(text='值班民警', start=2, end=6, organisation=None, left=2)
    >>> read_title("都市118酒店剧院店经理", 0, 12, {})
    Title(text='经理', start=10, end=12, organisation='都市118酒店剧院店', left=0)
    """
    last = end - (text[end - 1] == "”")
    if end - start < 2 or head_of(text[max(last - _heads()[1], start) : last]) is None:
        return None
    words = [word for word in cut(text, start, end) if word.text not in _MARKS]
    if not words or not _is_head(words):
        return None
    first = _first(words)
    begin = words[first].start
    if end - begin < 2 or (last < end and text[begin - 1] == "“"):
        return None
    before = _name_at(text, begin, end, ends)
    left = before.start if before else begin
    name = before.name if before is not None and before.label != "PER" else None
    age = _AGE.match(text, begin, end)
    if age is not None and end - age.end() >= 2:
        begin = age.end()
        while words[first].end <= begin:
            first += 1
    place = _workplace(words, first)
    if place is not None:
        title = words[place].start
        if before is not None and before.end == begin and before.label == "ORG":
            return Title(text[title:end], title, end, f"{before.name}{text[begin:title]}", left)
        if before is None and (opening := _name_opens(words, first, place)) is not None:
            return Title(text[title:end], title, end, text[opening:title], opening)
    if (
        name is None
        and (town := _TOWN.match(text, begin, end)) is not None
        and town[1] not in listed_set("generic_words")
    ):
        return Title(text[town.end() : end], town.end(), end, town[1], begin)
    return Title(text[begin:end], begin, end, name, left)


def _first(words: Sequence[Word]) -> int:
    """With which word the title begins."""
    first = len(words) - 1
    head = head_of("".join(word.text for word in words[-3:])) or ""
    while first and words[first].start > words[-1].end - len(head):
        first -= 1  # 组织委员 is one head
    if first and len(head) == 1 and words[first].text == head and words[first - 1].kind != "x":
        first -= 1  # 员 of 检定员 makes one word with what stands before it
    while first > 0 and _joins(words[first - 1], words[first]):
        first -= 1
    while first < len(words) - 1 and (_counts(words, first) or words[first].text in listed_set("title_governors")):
        first += 1
    return first


def _name_at(text: str, begin: int, end: int, ends: Mapping[int, Mention]) -> Mention | None:
    """The name that touches `text[begin:end]`, a title, from before; a link between them is allowed
    (团县委招募的大学生志愿者)."""
    name = ends.get(begin)
    if name is None:
        near = next((at for at in range(begin, max(begin - 12, 0), -1) if at in ends), begin)
        if near < begin and _LINK.fullmatch(text, near, begin):
            name = ends.get(near)
    if name is not None and text.endswith((*_LIVES, _POSTED), 0, name.start):
        lives = text.endswith(_LIVES, 0, name.start) and kind_of(text[begin:end]) == "condition"
        return name if lives else None
    return name


def _counts(words: Sequence[Word], first: int) -> bool:
    """Is the word part of a count or an age before the title: 一位, 三名, 九旬?"""
    word, following = words[first], words[first + 1]
    return word.text in _COUNTED or (word.kind == "m" and following.text[0] in _COUNTED)


@per_lexicons
def _heads() -> tuple[dict[str, bool], int]:
    """The last words of titles; those that a user has taken away are none (False); and how long the longest is."""
    heads = dict.fromkeys(listed("titles"), True) | {row[0]: False for row in removed("titles")}
    return heads, max(map(len, heads))


@cache
def _workplaces() -> frozenset[str]:
    return frozenset(word for line in lexicon("title_workplaces") for word in line.split(" "))


@per_lexicons
def own_titles() -> regex.Pattern[str]:
    """The titles that the user adds, where nothing makes another word of them (楼门掌柜们)."""
    words = (row[0] for row in added("titles") if len(row[0]) > 1)
    return regex.compile(rf"(?:{any_of(words)})(?![们长])")


def head_of(title: str) -> str | None:
    """The last word of a title, None if it is no title: 党支部书记 → 书记.

    >>> head_of("党支部书记"), head_of("检定员"), head_of("春天")
    ('书记', '员', None)
    """
    heads, longest = _heads()
    for size in range(min(longest, len(title)), 0, -1):
        head = heads.get(title[-size:])
        if head is not None:
            return title[-size:] if head else None
    return None


def _is_head(words: Sequence[Word]) -> bool:
    """Does the stretch end in a title?"""
    tail = "".join(word.text for word in words[-3:])
    return not tail.endswith(lexicon("title_not")) and head_of(tail) is not None


def is_plain_title(words: Sequence[Word]) -> bool:
    """Are the words nouns that end in a title: 人大代表?"""
    return _is_head(words) and is_noun(words)


def is_noun(words: Sequence[Word]) -> bool:
    """Are the words nouns and what stands before nouns?

    >>> is_noun(cut("老戏骨")), is_noun(cut("走进村里"))
    (True, False)
    """
    return all(word.kind in "nNajbsz" or word.text in listed_set("title_attributes") for word in words)


def _joins(word: Word, following: Word) -> bool:
    """May this word stand inside a title, before `following`?"""
    if word.text in listed_set("title_attributes") or word.kind in "nNajbiszmqto":
        return True
    if word.kind in "vd":
        return len(word.text) == 1 and word.text not in _PREDICATES
    if word.kind == "f":
        return word.text in ("前", "后")
    return word.kind == "c" and word.text == "与"


def _workplace(words: Sequence[Word], first: int) -> int | None:
    """With which word the title goes on behind a workplace that stands before it, None if there is none."""
    for index in range(len(words) - 2, first - 1, -1):
        title = words[index + 1 :]
        if words[index].text in _workplaces() and title[-1].end - title[0].start > 1 and _is_head(title):
            return index + 1
    return None


def _name_opens(words: Sequence[Word], first: int, place: int) -> int | None:
    """Where the name of the workplace before word `place` begins, None if it is a common noun: 三家企业, 突击队.

    A name has a number inside (都市118酒店), a level before it (县体育馆) or characters that make no word (维也纳酒店),
    with some of which the stretch may begin.
    """
    odd = all(len(word.text) == 1 for word in words[:first]) and first <= 3
    inside = words[0 if odd else first : place]
    if any(word.kind in "xu" for word in inside) or sum(len(word.text) for word in inside) < 4:
        return None
    number = any(word.text.isascii() for word in inside[1:-1])
    level = inside[0].text in ("县", "区", "市", "省", "镇", "乡", "州", "旗") and len(inside) > 1
    strange = odd and any(len(a.text) == len(b.text) == 1 for a, b in pairwise(inside))
    return inside[0].start if number or level or strange else None


@per_lexicons
def _kinds() -> dict[str, TitleKind]:
    own = {row[0]: row[1] for row in added("titles") if len(row) > 1}
    return {end: kind for kind, ends in table("title_kinds") for end in ends.split(" ")} | own  # type: ignore[return-value]


@per_lexicons
def kind_of(title: str) -> TitleKind:
    """Whether a title is an office, an occupation or a condition of life (`data/lexicons/title_kinds.txt`).

    >>> kind_of("党支部书记"), kind_of("教师"), kind_of("学生家长")
    ('office', 'occupation', 'condition')
    """
    kinds = _kinds()
    return next((kinds[title[at:]] for at in range(len(title)) if title[at:] in kinds), "occupation")


@cache
def _endings_by_title() -> dict[str, tuple[str, ...]]:
    return {title: tuple(ends.split(" ")) for titles, ends in table("title_bodies") for title in titles.split(" ")}


@cache
def organisation_endings(title: str) -> tuple[str, ...]:
    """The ends of the names of the organisations that give a title (`data/lexicons/title_bodies.txt`), none if any may.

    >>> organisation_endings("副镇长")
    ('镇', '镇政府', '镇人民政府')
    """
    endings = _endings_by_title()
    return next((endings[title[at:]] for at in range(len(title)) if title[at:] in endings), ())


def held_elsewhere(title: str, organisation: str) -> bool:
    """Does a title name a level of its own that is not the organisation's: 镇党委副书记 after 区民政局?

    >>> held_elsewhere("镇党委副书记", "区民政局"), held_elsewhere("村委会主任", "石桥村")
    (True, False)
    """
    level = _OWN_LEVEL.match(title)
    return level is not None and (level[2] == "级" or not organisation.endswith(level[1]))


def office(title: str) -> str | None:
    """The post that a title and its deputies share: 副局长 and 局长.

    >>> office("副局长"), office("常务副主任")
    ('局长', '主任')
    """
    head = head_of(title)
    if head is None:
        return None
    return (head if len(head) > 1 else title[-2:]).removeprefix("副")
