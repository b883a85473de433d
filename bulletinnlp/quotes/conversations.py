"""What a conversation says of its speakers: who is addressed in a quotation, whose turn it is, he or she.

Whoever is addressed by name, surname or age (郭大娘, 老人家, 孩子) does not speak, and most often speaks next.
Quotations with nothing but line ends between them are turns of one conversation: its parties are named before it or
behind it.
"""

from __future__ import annotations

import regex

from bulletinnlp.quotes.passage import Quotation
from bulletinnlp.quotes.speakers import SpeakerCandidate
from bulletinnlp.roles.titles import NAMES

#: The next quotation is one of so many that follow.
_NEXT = 8
#: So many turns of a conversation before and behind a quotation count.
_TURNS = 8

#: Who is addressed where a quotation opens or ends: 郭大娘，…; …，老人家。
_VOCATIVE = regex.compile(
    r"^(?:[喂哎嗨诶欸]|您好|你好|谢谢(?:您|你|你们)?)?[，,！!…]*(?P<who>[^\s，,。！？!?：、“”‘’…]{1,7})(?=[，,！!：])"
    r"|(?:[，,]|谢谢(?:您|你|你们)?)(?P<last>[^\s，,。！？!?：、“”‘’…]{1,6})[。！!？?…]$"
)
_SENIOR = regex.compile(
    r"(?:大[爷妈娘伯叔婶爹]|[老阿]?[奶爷]{1,2}|爷爷|奶奶|阿[婆公伯妈嬷]|婆婆|公公|伯伯|老人家|老哥|大哥|大姐|大嫂|叔叔?|婶子?|姨"
    r"|爹|娘|[爸妈]{1,2}|老乡|乡亲们?|师傅|老师)$"
)
_JUNIOR = regex.compile(r"(?:孩子|娃娃?|同学们?|小伙子|姑娘|闺女|女儿|儿子|儿|孙子|宝贝|小朋友们?|丫头)$")
_OFFICIAL = regex.compile(r"(?:书记|主任|[局镇乡县区队所校院站科]长|同志们?|警官|法官|医生|大夫|护士|教授|经理|老板)$")
#: Given names of women and of men mostly end so.
_FEMALE = frozenset(
    "芳丽娟燕玲霞敏静秀英华兰红艳娜婷梅花琴凤芬珍莲香云雪娥萍芝娣妹姐婵妮雯倩颖琳瑶莉娇蓉菊翠洁芹媛娘婆姨嫂妈"
)
_MALE = frozenset("强军伟刚勇明山国建民海涛龙虎彪辉斌鹏飞峰雄武柱根富贵福财生志平东宝德成祥林汉爷伯叔爹哥")
_PRONOUN = regex.compile(r"[她他]")


def addressee(content: str) -> str | None:
    """Who is addressed in a quotation.

    >>> addressee("郭大娘，快起来！"), addressee("谢谢你，孩子。"), addressee("今年收成好。")
    ('郭大娘', '孩子', None)
    """
    for found in _VOCATIVE.finditer(content.strip()):
        who: str = found["who"] or found["last"]
        if _SENIOR.search(who) or _JUNIOR.search(who) or _OFFICIAL.search(who):
            return who
    return None


def conversation_features(quotation: Quotation, candidate: SpeakerCandidate) -> list[str]:
    """What the conversation says of a candidate."""
    passage, speaker = quotation.passage, candidate.speaker
    features: list[str] = []
    old = speaker is not None and passage.is_old(speaker)
    if (who := addressee(quotation.content)) is not None:
        features += _address("calls", who, candidate, old)
    earlier = passage.quotes[quotation.number - 1] if quotation.number else None
    if earlier is not None and quotation.left - earlier[1] < 120:
        before = quotation.text[earlier[0] + 1 : earlier[1] - 1]
        spoke = speaker is not None and speaker == quotation.last
        if (who := addressee(before)) is not None:
            features += [f"{one}|last {spoke}" for one in _address("was called", who, candidate, old)]
        if speaker is not None and len(speaker) > 1 and speaker in before:
            features.append(f"was named in the quotation before|last {spoke}")
    if candidate.start >= 0:
        features += _neighbours(quotation, candidate)
    return features + _turns(quotation, candidate) + _gender(quotation, candidate)


def _neighbours(quotation: Quotation, candidate: SpeakerCandidate) -> list[str]:
    """Does the candidate rather belong to another quotation: ”甲说。“ to the one before, 乙说：“ to the next?"""
    text, passage, index = quotation.text, quotation.passage, quotation.number
    kind = "name" if candidate.kind in NAMES else candidate.kind
    if candidate.start >= quotation.right:
        following = passage.quotes[index + 1 : index + _NEXT]
        follows = next((start for start, _ in following if start >= candidate.end), None)
        if follows is None or follows - candidate.end > 60 or passage.stops_in(candidate.end, follows):
            return [f"none behind|{kind}"]
        mark = text[follows - 1]
        mark = mark if mark in "：:，," else "-"
        stops = min(passage.stops_in(quotation.run[1], candidate.start), 1)
        return [f"leads to the next {mark}|{kind}|sentences {stops}", f"leads to the next {mark}"]
    if index and candidate.end <= quotation.left:
        end = passage.quotes[index - 1][1]
        if 0 <= candidate.start - end < 12 and not passage.stops_in(end, candidate.start):
            stops = min(passage.stops_in(candidate.end, quotation.left), 2)
            comma = text[quotation.left - 1 : quotation.left] in ("，", ",", "：", ":")
            last = candidate.speaker == quotation.last
            return [
                f"behind the one before|{kind}|sentences {stops}|{comma}|last {last}",
                f"sentences {stops}|last {last}",
            ]
    return []


def _address(label: str, who: str, candidate: SpeakerCandidate, old: bool) -> list[str]:
    """May it be the candidate who is addressed?"""
    age = "senior" if _SENIOR.search(who) else "junior" if _JUNIOR.search(who) else "official"
    if candidate.speaker is None:
        return [f"{label} {age}|nobody"]
    same = who.startswith(candidate.speaker[:1]) and len(who) > 1
    kind = "name" if candidate.kind in ("PER", "pronoun", "last", "turn") else candidate.kind
    return [f"{label} {age}|old {old}|{kind}", f"{label}|surname {same}|{kind}"]


def _turns(quotation: Quotation, candidate: SpeakerCandidate) -> list[str]:
    """The place of a quotation among turns that only line ends part, and who takes part in them."""
    passage, speaker, kind = quotation.passage, candidate.speaker, candidate.kind
    first, last = passage.row(quotation.number, _TURNS, "，,…、 \n", 4)
    if first == last:
        return []
    place = quotation.number - first
    spoken = "last" if speaker == quotation.last else "before last" if speaker == quotation.before_last else "-"
    at = "first" if place == 0 else "second" if place == 1 else "later"
    features = [f"conversation {at}|{kind}", f"conversation {at}|{spoken}|{last - first > 1}"]
    if candidate.start >= 0 and kind != "nobody":
        begin, end = passage.quotes[first][0], passage.quotes[last][1]
        side = "before" if candidate.end <= begin else "behind" if candidate.start >= end else "inside"
        low, high = (candidate.end, begin) if side == "before" else (end, candidate.start)
        people = {name.name for name in passage.names_in(low, high) if name.label == "PER"} - {speaker}
        features.append(f"conversation {at}|{side}|{kind}|sentences {min(passage.stops_in(low, high), 3)}")
        features.append(f"conversation {at}|{side}|{kind}|people {min(len(people), 2)}")
        features.append(f"conversation {at}|{side}|{spoken}|people {min(len(people), 2)}")
    return features


def gender_of(name: str) -> str:
    """Is a person a woman or a man by the last character of the name?

    >>> gender_of("史亚凤"), gender_of("高明"), gender_of("孙乐文")
    ('she', 'he', '-')
    """
    return "she" if name[-1:] in _FEMALE else "he" if name[-1:] in _MALE else "-"


def _gender(quotation: Quotation, candidate: SpeakerCandidate) -> list[str]:
    """Does a pronoun fit the person?"""
    if candidate.speaker is None or candidate.kind not in ("PER", "pronoun", "last", "turn"):
        return []
    gender = gender_of(candidate.speaker)
    if candidate.kind == "pronoun":
        word = quotation.text[candidate.start : candidate.end]
        return [f"{word}|{gender}"] if word in ("他", "她") else []
    behind = quotation.run[1]
    pronoun = _PRONOUN.search(quotation.text, behind, min(behind + 8, quotation.passage.end))
    return [f"behind {pronoun[0]}|{gender}"] if pronoun is not None else []
