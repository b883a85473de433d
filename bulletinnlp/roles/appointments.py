"""Titles that a verb gives or takes: 任命王强为县教育局局长, 免去李明的县水利局副局长职务, 王强现任村支书.

These are no appositions, so they stand apart (`doc._.appointments`); the table `roles` holds both. We read on from
each person, or from the last of a list of persons (任命甲、乙为审判员): a verb, then titles up to the clause's end,
each with its own organisation or that of the title before. What somebody *is* counts where it is an office
(王强是县税务局干部); that he is a teacher or a villager is no appointment. In a list of appointments
the verb stands once (任命：甲为…；乙为…), and what it does holds for the whole sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import regex

from bulletinnlp.annotations import Role, RoleStatus
from bulletinnlp.roles.organisations import inherited, passed_on
from bulletinnlp.roles.titles import Title, kind_of, read_title
from bulletinnlp.text.mentions import Mention
from bulletinnlp.text.sentences import WIDE_SENTENCE_ENDS, sentence_start

#: Verbs behind a person, and what they do with the title that follows.
_VERBS: dict[RoleStatus, str] = {
    "removed": "(?:已|已经)?(?:不再(?:担任|兼任|任)|辞去|卸任|被免去|被罢免|被撤销)",
    "former": "(?:曾|曾经|此前|先后|原|时|历)(?:担任|任)|历任",
    "proposed": "(?:拟|拟提名)(?:任|担任|为)",
    "appointed": (
        "(?:[^，。；：、]{0,6})?(?:当选为?|被(?:任命|聘任|聘请|推选|选举|选|聘|推举)为|受聘(?:为|担任)?|出任|就任|升任|接任)"
    ),
    "held": "(?:现任|现为|兼任|担任|任|是|系)",
}
_BEHIND = regex.compile(
    r"(?:同志|，男|，女|，|,)*(?:" + "|".join(f"(?P<{status}>{verbs})" for status, verbs in _VERBS.items()) + ")"
)
#: A life before its posts: 王强，男，1975年生，现任….
_LIFE = regex.compile(r"(?:[，,][^，。；：、,\n]{1,14}){1,8}?[，,](?=现任|拟任|曾任|历任)")
_AS = regex.compile(r"(?:同志)?(?:为|任|担任)")
#: What comes before 甲为局长 in its sentence, and what it makes of it.
_GIVES = regex.compile(r"任命|聘任|聘请|选举|推选|推举|补选|增补|决定|通过|提名|推荐|建议")
_PROPOSES = ("提名", "推荐", "建议")
#: Who is taken a title from: 免去甲、乙的局长职务.
_TAKES = regex.compile(r"(?:免去|免除|撤销|罢免)[^。；]{0,60}$")
_MAY_TAKE = regex.compile(r"免去|免除|撤销|罢免")
#: What no deed with a title goes without, near behind the person.
_MAY_GIVE = regex.compile(r"[任为选聘是系辞免]")
_OF = regex.compile(r"(?:等?(?:同志)?的)?")
#: Where a title ends that is named behind a verb.
_END = regex.compile(r"(?:一职|职务|职位|期间|以来|后(?=[，,]))|[，。；：！？…”（(,;\n]")
_COUNTS = regex.compile(r"(?:一|首批|首任|新)?[名位个]")
#: How much of its sentence is read before a person, and of its clause behind a verb, in characters.
_BEFORE, _AFTER = 160, 60
#: Within so many characters behind a person a verb gives or takes his title; behind a life, so many.
_NEAR, _LIFETIME = 16, 60
_SENTENCE_END = re.compile(f"[{WIDE_SENTENCE_ENDS}\n]")


def find_appointments(text: str, names: Sequence[Mention]) -> list[Role]:
    """The titles that verbs give to the persons among `names` or take from them; `names` are sorted.

    >>> text = "任命王强为县教育局局长"
    >>> found = find_appointments(text, [Mention("PER", "王强", 2, 4), Mention("ORG", "县教育局", 5, 9)])
    >>> [(role.person, role.title, role.organisation, role.status) for role in found]
    [('王强', '局长', '县教育局', 'appointed')]
    """
    ends: dict[int, Mention] = {}
    takes = _MAY_TAKE.search(text) is not None
    found: list[Role] = []
    former: list[Title] = []
    first = 0
    for index, name in enumerate(names):
        if name.label != "PER":
            first = index + 1
            continue
        near = _LIFETIME if text[name.end : name.end + 1] in ("，", ",") else _NEAR
        if not takes and _MAY_GIVE.search(text, name.end, name.end + near) is None:
            first = first if text.startswith("、", name.end) else index + 1
            continue
        following = names[index + 1] if index + 1 < len(names) else None
        if following is not None and following.label == "PER" and text[name.end : following.start] in "、和与":
            continue
        ends = ends or {name.end: name for name in names}
        for status, start in _deeds(text, name, names[first].start):
            titles = _titles_from(text, start, ends)
            if text[start - 1] in "是系":
                titles = [title for title in titles if kind_of(title.text) == "office"]
            if titles and former and not _SENTENCE_END.search(text, former[-1].end, start):
                titles[0] = inherited(titles[0], former, comma=False)
            for title in titles:
                found += [_role(one, title, status) for one in names[first : index + 1]]
            former = titles or former
        first = index + 1
    return list(dict.fromkeys(found))


def _role(person: Mention, title: Title, status: RoleStatus) -> Role:
    return Role(person.name, title.text, title.organisation, title.start, title.end, status, kind_of(title.text))


def _deeds(text: str, name: Mention, begin: int) -> list[tuple[RoleStatus, int]]:
    """What is done with the titles of the persons whose list begins at `begin` and ends with `name`, and where the
    titles begin."""
    at = name.end
    if text[at : at + 1] in "为任担同" and (verb := _AS.match(text, at)):
        before = text[sentence_start(text, max(begin - _BEFORE, 0), begin, _SENTENCE_END) : begin]
        if gives := _GIVES.findall(before):
            return [("proposed" if gives[-1] in _PROPOSES else "appointed", verb.end())]
    if _TAKES.search(text, max(begin - 70, 0), begin):
        of = _OF.match(text, at)
        return [("removed", of.end() if of else at)]
    deeds: list[tuple[RoleStatus, int]] = []
    if text[at : at + 1] in ("，", ",") and (life := _LIFE.match(text, at)):
        at = life.end()
    while (verb := _BEHIND.match(text, at)) is not None:
        deeds.append((next(status for status in _VERBS if verb[status]), verb.end()))
        at = _clause_end(text, verb.end())
        if text[at : at + 1] not in ("，", ","):
            break
    return deeds


def _clause_end(text: str, start: int) -> int:
    found = _END.search(text, start, start + _AFTER)
    return found.start() if found else min(start + _AFTER, len(text))


def _titles_from(text: str, start: int, ends: dict[int, Mention]) -> list[Title]:
    """The titles from `start` to the end of the clause; none if the clause says something else."""
    count = _COUNTS.match(text, start)
    start = count.end() if count else start
    end = _clause_end(text, start)
    titles: list[Title] = []
    while start < end:
        stop = min((at for at in (text.find(joint, start, end) for joint in "、兼") if at > start), default=end)
        left = next((at for at in range(stop - 1, start, -1) if at in ends), start)
        title = read_title(text, left, stop, ends)
        if title is None or title.left > start + 1:
            return []
        titles.append(passed_on(titles[-1], title) if titles else title)
        start = stop + 1
    return titles
