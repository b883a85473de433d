"""What a conversation says of its speakers: who is called in a quotation, whose turn it is, he or she.

Whoever is called by name, surname or age (郭大娘, 老人家, 孩子) does not speak, and most often speaks next. Quotations
with nothing but line ends between them are turns of one conversation: its parties are named before it or behind it.
"""

from __future__ import annotations

from bisect import bisect_left

import regex

from bulletinnlp.quotes.apposition import Option
from bulletinnlp.quotes.speakers import Passage, Scene, is_old
from bulletinnlp.roles.titles import NAMES

#: Where among the quotations that follow the next one is looked for.
_NEXT = 8

#: Who is called where a quotation opens or ends: 郭大娘，…; …，老人家。
_CALLED = regex.compile(
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
_TELLS = regex.compile(r"[她他]")


def called(content: str) -> str | None:
    """Who is called in a quotation.

    >>> called("郭大娘，快起来！"), called("谢谢你，孩子。"), called("今年收成好。")
    ('郭大娘', '孩子', None)
    """
    for found in _CALLED.finditer(content.strip()):
        who: str = found["who"] or found["last"]
        if _SENIOR.search(who) or _JUNIOR.search(who) or _OFFICIAL.search(who):
            return who
    return None


def _age(who: str) -> str:
    return "senior" if _SENIOR.search(who) else "junior" if _JUNIOR.search(who) else "official"


def talk_features(scene: Scene, option: Option) -> list[str]:
    """What the conversation says of an option."""
    text, passage = scene.text, scene.passage
    index = bisect_left(passage.quotes, (scene.left, 0))
    earlier = passage.quotes[index - 1] if index else None
    features: list[str] = []
    old = option.speaker is not None and is_old(scene, option.speaker)
    now = called(text[scene.left + 1 : scene.right - 1])
    if now is not None:
        features += _call("calls", now, option, old)
    if earlier is not None and scene.left - earlier[1] < 120:
        before = text[earlier[0] + 1 : earlier[1] - 1]
        spoke = option.speaker is not None and option.speaker == scene.last
        if (who := called(before)) is not None:
            features += [f"{one}|last {spoke}" for one in _call("was called", who, option, old)]
        if option.speaker is not None and len(option.speaker) > 1 and option.speaker in before:
            features.append(f"was named in the quotation before|last {spoke}")
    if option.start >= 0:
        features += _neighbours(scene, option, index)
    return features + _conversation(scene, option, index) + _gender(scene, option)


def _neighbours(scene: Scene, option: Option, index: int) -> list[str]:
    """Does the option rather belong to another quotation: ”甲说。“ to the one before, 乙说：“ to the next?"""
    text, quotes = scene.text, scene.passage.quotes
    kind = "name" if option.kind in NAMES else option.kind
    if option.start >= scene.right:
        follows = next((q for q in quotes[index + 1 : index + _NEXT] if q[0] >= option.end), None)
        if follows is None or follows[0] - option.end > 60 or scene.passage.stops_in(option.end, follows[0]):
            return [f"none behind|{kind}"]
        mark = text[follows[0] - 1]
        mark = mark if mark in "：:，," else "-"
        stops = min(scene.passage.stops_in(scene.chain[1], option.start), 1)
        return [f"leads to the next {mark}|{kind}|sentences {stops}", f"leads to the next {mark}"]
    if index and option.end <= scene.left:
        end = quotes[index - 1][1]
        if 0 <= option.start - end < 12 and not scene.passage.stops_in(end, option.start):
            stops = min(scene.passage.stops_in(option.end, scene.left), 2)
            comma = text[scene.left - 1 : scene.left] in ("，", ",", "：", ":")
            last = option.speaker == scene.last
            return [
                f"behind the one before|{kind}|sentences {stops}|{comma}|last {last}",
                f"sentences {stops}|last {last}",
            ]
    return []


def _call(label: str, who: str, option: Option, old: bool) -> list[str]:
    if option.speaker is None:
        return [f"{label} {_age(who)}|nobody"]
    same = who.startswith(option.speaker[:1]) and len(who) > 1
    kind = "name" if option.kind in ("PER", "pronoun", "last", "turn") else option.kind
    return [f"{label} {_age(who)}|old {old}|{kind}", f"{label}|surname {same}|{kind}"]


def _conversation(scene: Scene, option: Option, index: int) -> list[str]:
    """The place of a quotation among turns that only line ends part, and who takes part in them."""
    begin, end, place, size = turns_around(scene.passage, index)
    if size < 2:
        return []
    spoken = "last" if option.speaker == scene.last else "before last" if option.speaker == scene.before_last else "-"
    at = "first" if place == 0 else "second" if place == 1 else "later"
    features = [f"conversation {at}|{option.kind}", f"conversation {at}|{spoken}|{size > 2}"]
    if option.start >= 0 and option.kind != "nobody":
        side = "before" if option.end <= begin else "behind" if option.start >= end else "inside"
        reach = (option.end, begin) if side == "before" else (end, option.start)
        near = min(scene.passage.stops_in(*reach), 3)
        features.append(f"conversation {at}|{side}|{option.kind}|sentences {near}")
        low, high = (option.end, begin) if side == "before" else (end, option.start)
        people = {n.name for n in scene.passage.names_in(low, high) if n.label == "PER"} - {option.speaker}
        features.append(f"conversation {at}|{side}|{option.kind}|people {min(len(people), 2)}")
        features.append(f"conversation {at}|{side}|{spoken}|people {min(len(people), 2)}")
    return features


def turns_around(passage: Passage, index: int) -> tuple[int, int, int, int]:
    """Where the turns around quotation `index`, parted by line ends alone, begin and end; its place; their number."""
    quotes, text = passage.quotes, passage.text

    def joined(one: int) -> bool:
        gap = text[quotes[one][1] : min(quotes[one + 1][0], quotes[one][1] + 4)]
        return quotes[one + 1][0] - quotes[one][1] < 4 and not gap.strip("，,…、 \n")

    first = last = index
    while first and index - first < 8 and joined(first - 1):
        first -= 1
    while last + 1 < len(quotes) and last - index < 8 and joined(last):
        last += 1
    return quotes[first][0], quotes[last][1], index - first, last - first + 1


def gender_of(name: str) -> str:
    """Is a person a woman or a man by the last character of the name?"""
    return "she" if name[-1:] in _FEMALE else "he" if name[-1:] in _MALE else "-"


def _gender(scene: Scene, option: Option) -> list[str]:
    """Does a pronoun fit the person?"""
    if option.speaker is None or option.kind not in ("PER", "pronoun", "last", "turn"):
        return []
    gender = gender_of(option.speaker)
    if option.kind == "pronoun":
        word = scene.text[option.start : option.end]
        return [f"{word}|{gender}"] if word in ("他", "她") else []
    ahead = _TELLS.search(scene.text, scene.chain[1], min(scene.chain[1] + 8, scene.passage.end))
    if ahead is None:
        return []
    return [f"behind {ahead[0]}|{gender}"]
