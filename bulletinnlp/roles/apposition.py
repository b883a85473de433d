"""Which title an article gives a person by apposition: 仙庄村党支部书记孙乐文.

The press puts a title before the name, without a joint: *organisation + title + name*. Several titles are lined up
with 、, 兼 or ，, each with or without an organisation of its own (社区党委委员、居委委员、仙庄村党支部书记孙乐文),
one title may hold for several names (民警党卫民、屈婷), and a title may follow the name: at once (屈海明教授说), in
brackets (李明（县教育局局长）) or between commas. So we read back from each name:

1. The stretch before it, back to a mark, to another name or to a time, is cut at 、 and 兼 into pieces.
2. A piece is a title if its last word is one (`titles.py`), or if it is a noun that other titles stand before
   (县医院院长、博导李明). Marks inside it belong to it (三（2）班班主任), a remark in brackets behind it does not
   (副局长（主持工作）李明). A comma before it is crossed where a whole chain of
   *organisation + title* stands before that opens its clause: nobody else can hold it
   (县委常委、宣传部部长，县文联主席李明).
3. The organisation is the name or the anaphor that touches the title; else that of the title before, of the person
   before, or of the sentence, where it can give the title (`organisations.py`).

Titles by 任, 是 or a decision (任命王强为局长) are read by `appointments.py`. The method and the lists are this
project's own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

import regex

from bulletinnlp.annotations import Role, RoleStatus
from bulletinnlp.roles.organisations import inherited, organisation_of_sentence, passed_on
from bulletinnlp.roles.titles import Title, head_of, is_noun, is_plain_title, kind_of, own_titles, read_title
from bulletinnlp.text.mentions import Mention
from bulletinnlp.text.sentences import WIDE_CLAUSE_ENDS, WIDE_SENTENCE_ENDS
from bulletinnlp.text.words import cut

#: A stretch longer than this before a name is not read: titles are shorter, and the time stays linear.
_REACH = 40
#: Nobody has more titles at once; what goes on longer is a list of something else.
_MOST = 20

_MARKS = frozenset("，。；：！？…—“”‘’\"'《》〈〉（）()【】[] \t\n\r\u3000,;:!?·")
#: What a chain of titles or a clause may open behind.
_OPENS = frozenset(WIDE_CLAUSE_ENDS + ",;:\n“（(")
_AFTER = regex.compile(
    r"(?:总书记|总理|副?主席|副?(?:省|市|县|区|镇|乡|局|所|院|站|队|会|部|厅|村)长|副?教授|副?书记|副?主任|总?经理|董事长"
    r"|老师|医生|院士|博士|大夫|校长|法官|律师|教练|烈士|[大上中少][校尉将]|[一二三]级警[司督监])(?![们医员助长后])"
)
#: What stands in marks inside a title: 三（2）班班主任, 大学生“村官”.
_INSIDE = regex.compile(r"[（(](?:\d{1,2}|[一二三四五六七八九十]{1,2})[）)]|“\p{Han}{2,5}”")
_OPENING = {"”": "“", "）": "（", ")": "("}
#: A title that closes a list of persons: 于洪、阙丽君等8名人大代表.
_OF_LIST = regex.compile(r"等?(?:\d+|[一二三四五六七八九十两]+)[多余]?[名位]")
_BRACKET = regex.compile(r"[（(]([^（）()\n]{2,40})[）)]")
#: A remark in brackets between a title and the name: 副局长（主持工作）李明; another title may stand there.
_REMARK = regex.compile(r"[（(]([^（）()\n]{1,16}?)兼?[）)]")
#: A title between commas: 李明，县教育局局长，…
_BETWEEN_COMMAS = regex.compile(r"[，,]([^，。；！？：“”（）,;:\n]{4,30})(?=[，。；,;\n]|$)")
#: What stands before a title, or opens it, and says when it is held.
_WHEN: dict[str, RoleStatus] = {
    "时任": "former", "曾任": "former", "原任": "former", "前任": "former", "原": "former", "现任": "held",
    "新任": "held", "拟任": "proposed",
}  # fmt: skip
_WHEN_BEFORE = regex.compile(r"(?:时任|曾任|原任|前任|现任|新任|拟任|(?<![草高平太五中雪])原)$")
_WHEN_JOINED = regex.compile(r"、(?:时任|曾任|原任|前任|现任|新任|拟任|原|现)$")
_WHEN_INSIDE = regex.compile(r"(?:时任|曾任|原任|前任|现任|新任|拟任|原(?!告))(?=..)")
_ACTING = regex.compile(r"代理?(?=副?(?:省|市|州|区|县|旗|盟|镇|乡|院|检察|主席|主任|书记))")
_LATER: dict[str, RoleStatus] = {"候任": "proposed", "离任": "former", "卸任": "former", "前": "former"}
#: A verb before a title with 的 between it and the name: 时任区教育股股长的顾士铎.
_BEARING = regex.compile(r"(?:时任|现任|曾任|担任|身为|作为|身兼)$")


def find_roles(text: str, names: Sequence[Mention], stops: Sequence[tuple[int, int]] = ()) -> list[Role]:
    """The titles of the persons among `names`.

    `names` are the names and anaphors of the text, sorted, `stops` the spans (times) that no title crosses.

    >>> text = "仙庄村党支部书记孙乐文带队"
    >>> find_roles(text, [Mention("PLACE", "仙庄村", 0, 3), Mention("PER", "孙乐文", 8, 11)])
    [Role(person='孙乐文', title='党支部书记', organisation='仙庄村', start=3, end=8, status='held', kind='office')]
    """
    return _Reader(text, names, stops).roles()


class _Reader:
    """Reads the titles of a text; what it has found of the persons before is at hand for the next."""

    def __init__(self, text: str, names: Sequence[Mention], stops: Sequence[tuple[int, int]]) -> None:
        self.text, self.names = text, names
        self.ends: Mapping[int, Mention] = {name.end: name for name in names}
        self.walls = sorted([name.end for name in names] + [end for _, end in stops])
        #: The titles before the names, by the number of the name.
        self.before: dict[int, list[Title]] = {}
        #: The titles of the last line of the form 副主任：甲、乙.
        self.heading: list[Title] = []

    def roles(self) -> list[Role]:
        """All titles, in the order of the persons."""
        found: list[Role] = []
        of_list = self._titles_of_lists()
        for index, name in enumerate(self.names):
            if name.label != "PER":
                continue
            self.before[index] = titles = self._before(index)
            found += [self._role(name, title) for title in [*titles, *self._behind(index), *of_list[index]]]
        return list(dict.fromkeys(found))

    def _role(self, person: Mention, title: Title) -> Role:
        """A row: words that say when the title is held go from the title to the status."""
        text, start = title.text, title.start
        status: RoleStatus = "held"
        before = _WHEN_BEFORE.search(self.text, max(title.left - 2, 0), title.left)
        inside = _WHEN_INSIDE.match(text)
        if inside is not None and head_of(text[inside.end() :]) and head_of(text) != text:
            text, start, status = text[inside.end() :], start + inside.end(), _WHEN[inside[0]]
        elif before is not None:
            status = _WHEN[before[0]]
        elif _ACTING.match(text):
            status = "acting"
        elif head_of(text) != text:
            status = next((later for word, later in _LATER.items() if text.startswith(word)), "held")
        return Role(person.name, text, title.organisation, start, title.end, status, kind_of(text))

    def _before(self, index: int) -> list[Title]:
        """The titles before a name, each with its organisation."""
        text, name = self.text, self.names[index]
        titles = self._chain(name.start)
        before = self.names[index - 1] if index else None
        between = text[before.end : name.start] if before is not None else ""
        if before is not None and before.label == "PER":
            if not titles and between in ("、", "和", "与", "及"):
                return self.before.get(index - 1, [])
            if titles and titles[0].left == before.end + 1 and between[0] in "、，,和与及":
                former = self.before.get(index - 1, [])
                titles[0] = inherited(titles[0], former, comma=between[0] in "，,")
        if not titles and name.start:
            titles = self._before_a_joint(name.start - 1) or self._before_a_remark(name.start)
        if titles and titles[0].organisation is None and self._opens(titles[0].left):
            titles[0] = organisation_of_sentence(text, titles[0], self.names, index)
        for number, title in enumerate(titles[1:], 1):
            titles[number] = passed_on(titles[number - 1], title)
        return titles

    def _before_a_joint(self, at: int) -> list[Title]:
        """Titles before a colon (副主任：甲、乙), or before 的 behind a verb (时任股长的甲)."""
        text = self.text
        if text[at] in "：:":
            titles = self._chain(at)
            if titles and self._opens(titles[0].left) and all(kind_of(title.text) == "office" for title in titles):
                if titles[0].organisation is None and self.heading and titles[0].start - self.heading[-1].end < 200:
                    titles[0] = inherited(titles[0], self.heading, comma=False)
                self.heading = titles
                return titles
        elif text[at] == "的":
            titles = self._chain(at)
            if titles and _BEARING.search(text, max(titles[0].left - 2, 0), titles[0].left):
                return titles
        return []

    def _before_a_remark(self, end: int) -> list[Title]:
        """Titles before a remark in brackets that ends here, and those inside it: 局长（县委办公室副主任兼）李明."""
        if self.text[end - 1] not in "）)":
            return []
        opened = max(self.text.rfind("（", max(end - 20, 0), end), self.text.rfind("(", max(end - 20, 0), end))
        remark = _REMARK.fullmatch(self.text, opened, end) if opened > 0 else None
        titles = self._chain(opened) if remark is not None else []
        return [*titles, *self._listed(*remark.span(1))] if titles and remark is not None else []

    def _opens(self, at: int) -> bool:
        """Does a clause open here: behind a mark, or behind 由?"""
        return at == 0 or self.text[at - 1] in _OPENS or self.text[at - 1] == "由"

    def _chain(self, at: int) -> list[Title]:
        """The titles that end at `at`, lined up with 、, 兼 and commas, in the order of the text."""
        found: list[Title] = []
        end = at
        while len(found) < _MOST:
            left = self._stretch(end, at - _REACH * (len(found) + 1))
            title = read_title(self.text, left, end, self.ends) or self._between(left, end)
            if title is None:
                break
            found.append(title)
            joint = self._joint(title.left)
            if joint is None:
                break
            end = joint
        else:
            return found[::-1]
        if found and found[-1].left > 1 and self.text[found[-1].left - 1] in "，,":
            found += self._across_comma(found[-1].left - 1)
        found.reverse()
        return found

    def _between(self, left: int, end: int) -> Title | None:
        """A noun that fills `text[left:end]`, behind 、 and a title with its organisation, is a title whatever its last
        word: 县医院院长、博导李明."""
        if end - left < 2 or self.text[left - 1 : left] != "、" or not is_noun(cut(self.text, left, end)):
            return None
        before = read_title(self.text, self._stretch(left - 1, left - 1 - _REACH), left - 1, self.ends)
        if before is None or before.organisation is None:
            return None
        return Title(self.text[left:end], left, end, None, left)

    def _joint(self, at: int) -> int | None:
        """Where the title before ends, if 、 or 兼 joins it to one that begins at `at`, or at 原 or 现 before it."""
        when = _WHEN_JOINED.search(self.text, max(at - 3, 0), at)
        at = when.start() + 1 if when is not None else at
        for joint in ("、兼任", "、兼", "兼任", "、", "兼"):
            if self.text.endswith(joint, 0, at):
                return at - len(joint)
        return None

    def _across_comma(self, at: int) -> list[Title]:
        """The titles that end at a comma, from the last to the first, if they open their clause with an organisation
        and no person stands before them."""
        titles = self._chain(at)
        if not titles or titles[0].organisation is None or kind_of(titles[0].text) != "office":
            return []
        begin = titles[0].left
        open_before = begin == 0 or self.text[begin - 1] in WIDE_SENTENCE_ENDS + "；：\n" or begin in self.walls
        if begin and self.text[begin - 1] in "，,":
            before = self.ends.get(begin - 1)
            open_before = before is None or before.label != "PER"
        return titles[::-1] if open_before else []

    def _stretch(self, end: int, floor: int) -> int:
        """Where the stretch before `end` begins: after a mark, a name, a time, 、 or 兼."""
        text, at = self.text, end
        index = bisect_right(self.walls, end) - 1
        floor = max(floor, self.walls[index] if index >= 0 else 0, 0)
        while at > floor:
            char = text[at - 1]
            if char in _OPENING and (char != "”" or at == end):
                opened = self._opened(at, floor)
                if opened is not None:
                    at = opened
                    continue
            if char == "、" or char in _MARKS or (char == "兼" and text[at : at + 1] not in ("职", "并", "具")):
                break
            at -= 1
        return at

    def _opened(self, at: int, floor: int) -> int | None:
        """Where the marks open that close at `at`, if they stand inside a title; None if they do not."""
        opened = self.text.rfind(_OPENING[self.text[at - 1]], max(at - 7, floor), at)
        if opened <= floor or not self.text[opened - 1].isalnum() or _INSIDE.fullmatch(self.text, opened, at) is None:
            return None
        behind_a_title = self.text[at - 1] != "”" or head_of(self.text[max(opened - 6, floor) : opened]) is not None
        return opened if behind_a_title else None

    def _behind(self, index: int) -> list[Title]:
        """Titles behind a name: at once, in brackets, between commas."""
        text, end = self.text, self.names[index].end
        char = text[end : end + 1]
        if char in "（(" and char:
            found = _BRACKET.match(text, end)
            return self._listed(*found.span(1)) if found is not None else []
        if char in "，," and char:
            found = _BETWEEN_COMMAS.match(text, end)
            if found is None:
                return []
            titles = self._listed(*found.span(1))
            return titles if titles and titles[0].organisation and titles[0].left == found.start(1) else []
        after = _AFTER.match(text, end) or own_titles().match(text, end)
        return [Title(after[0], end, after.end(), None, end)] if after and head_of(after[0]) else []

    def _listed(self, start: int, end: int) -> list[Title]:
        """The titles that fill `text[start:end]` to its end, and open it or follow a comma."""
        titles = self._chain(end)
        if not titles or titles[0].left < start:
            return []
        left = titles[0].left
        if left > start and self.text[start:left] not in _WHEN and not self._opens(left):
            return []
        for number, title in enumerate(titles[1:], 1):
            titles[number] = passed_on(titles[number - 1], title)
        return titles

    def _titles_of_lists(self) -> list[list[Title]]:
        """For each name the title behind the list of persons that it stands in: 于洪、阙丽君等8名人大代表."""
        titles: list[list[Title]] = []
        first = 0
        text, names = self.text, self.names
        for index, name in enumerate(names):
            if index + 1 == len(names) or text[name.end : names[index + 1].start] != "、":
                title = self._title_of_list(name.end) if index > first or text.startswith("等", name.end) else []
                titles += [title] * (index + 1 - first)
                first = index + 1
        return titles

    def _title_of_list(self, end: int) -> list[Title]:
        """The title behind a list that ends at `end`."""
        text = self.text
        count = _OF_LIST.match(text, end)
        if count is None:
            return []
        limit = min(count.end() + 12, len(text))
        stop = next((at for at in range(count.end(), limit) if text[at] in _MARKS), limit)
        words = cut(text, count.end(), stop)
        for size in range(len(words), 0, -1):
            if is_plain_title(words[:size]) and words[size - 1].text != "同志":
                end = words[size - 1].end
                return [Title(text[count.end() : end], count.end(), end, None, count.end())]
        return []
