"""In which organisation a title is held that stands without one: that of the title or the person before, or of the
sentence.

What may be passed on depends on the title (`data/lexicons/title_bodies.txt`): a 副局长 belongs to the 局 that was named
last, a 乡长 never to the 县残联 of the person before him, a 村民 to nothing that is not in his own words.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from bulletinnlp.roles.titles import Title, held_elsewhere, kind_of, office, organisation_endings
from bulletinnlp.text.mentions import Mention
from bulletinnlp.text.sentences import sentence_start

#: How far before a title the organisation of its sentence may stand, in characters, and past how many names.
_REACH, _NAMES = 120, 8
#: Heads of government and their deputies, whose post is no post of the party's committee.
_GOVERNMENT = regex.compile(r"(?:副|代|代理|常务副)?(?:省|市|州|区|县|旗|盟|镇|乡)长")
_PARTY = regex.compile(r"(?:委|党委|党工委|党组|常委会|委员会)")
#: A title with an organisation of its own that no committee of the party is part of: 公安局局长.
_OWN_ORGANISATION = regex.compile(
    r".*(?:局|院|中心|公司|集团|银行|中学|小学)(?:党.{1,4}|副|常务副|总)?(?:局长|院长|主任|书记|经理|校长|董事长)"
)
#: The place that a longer name begins with: 柳园街道 of 柳园街道隔离点.
_PLACE_BEFORE = regex.compile(r".+?(?:街道|镇|乡|社区|村)(?=.)")
#: Posts that are as likely to be held elsewhere.
_ELSEWHERE = ("书记", "代表", "干部", "负责人")
#: What stands before the name of a place where something happens, and behind it.
_AT = regex.compile(r"(?:在|到|进|赴|至|于|抵达)(?:了|位于)?$")
_BEHIND_PLACE = regex.compile(r"(?:的?[^，。；：、]{0,4}[里内前上中外旁])?[，,]")
#: How the names of authorities end.
_AUTHORITIES = ("局", "办", "委", "厅", "委员会", "办公室", "常委会")


def passed_on(former: Title, title: Title) -> Title:
    """The title, if it has no organisation, in that of the same person's title before it: 县农业局党组成员、副局长."""
    if title.organisation is not None or former.organisation is None:
        return title
    if _GOVERNMENT.fullmatch(title.text) or _OWN_ORGANISATION.fullmatch(title.text):
        if _PARTY.search(former.organisation[-3:]):
            return title
    elif held_elsewhere(title.text, former.organisation):
        return title
    return title._replace(organisation=former.organisation)


def inherited(title: Title, former: Sequence[Title], comma: bool) -> Title:
    """The title, in the organisation of the person before: 县人大常委会主任甲 and 副主任乙 serve the same one.

    Behind a comma only a deputy does; else who has the same post or one that the organisation gives. A condition of
    life (村民) and a post with its own level (镇长 after 区妇联主席) are nobody else's.
    """
    if title.organisation is not None or not former or former[-1].organisation is None:
        return title
    organisation, endings = former[-1].organisation, organisation_endings(title.text)
    same = office(title.text) in {office(one.text) for one in former}
    if comma:
        fits = same and title.text.startswith("副") and not former[-1].text.startswith("副")
    elif held_elsewhere(title.text, organisation):
        fits = False
    elif endings and organisation.endswith(endings):
        fits = True
    elif kind_of(title.text) != "office" or _GOVERNMENT.fullmatch(title.text):
        fits = False
    else:
        fits = same or not (endings or title.text.endswith(_ELSEWHERE))
    return title._replace(organisation=organisation) if fits else title


def organisation_of_sentence(text: str, title: Title, names: Sequence[Mention], index: int) -> Title:
    """The title of the name at `index`, in the last organisation before it in its sentence that gives such titles.

    An authority may stand anywhere before it, if nobody else is named between (县林业局召开会议，局长某某); of another
    organisation or place one speaks so only where something happens there: 在柳园街道隔离点，党工委委员某某.

    >>> text = "县林业局召开会议，局长姚某讲话"
    >>> names = [Mention("ORG", "县林业局", 0, 4), Mention("PER", "姚某", 11, 13)]
    >>> organisation_of_sentence(text, Title("局长", 9, 11, None, 9), names, 1).organisation
    '县林业局'
    """
    endings = organisation_endings(title.text)
    if not endings:
        return title
    floor = sentence_start(text, max(title.left - _REACH, 0), title.left)
    for name in reversed(names[max(index - _NAMES, 0) : index]):
        if name.start < floor or name.label == "PER":
            break
        place = _PLACE_BEFORE.match(name.name)
        found = next((one for one in (name.name, place[0] if place else "") if one.endswith(endings)), None)
        there = _BEHIND_PLACE.fullmatch(text, name.end, title.left) and _AT.search(text, floor, name.start)
        if found is not None and (there or found.endswith(_AUTHORITIES)):
            return title._replace(organisation=found)
    return title
