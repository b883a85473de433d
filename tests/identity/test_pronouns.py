"""Pronouns that clearly stand for a person: marked sentences. Persons in square brackets, pronouns in braces with whom
they stand for."""

import re

import pytest

import bulletinnlp
from bulletinnlp.identity.pronouns import Mention, find_pronouns

MARK = re.compile(r"\[([^\]]+)\]|\{([^=}]+)=([^}]+)\}")

CASES = [
    "网格员[李秀兰]六点就到了岗。{她=李秀兰}挨户敲门，把药送到老人手里。",
    "[王建国]，1965年生，{他=王建国}当村医三十年。",
    "[王建国]种了三十年苹果。果园在山坡上。今年{他=王建国}又添了十亩。",
    "“我不累。”[赵敏]说。{她=赵敏}的手套磨破了两双。",
    "[刘芳]当护士十年。“我不累。”{她=刘芳}说。",
    "村支书[孙乐文]说：“他们都来了。”{他=孙乐文}记下名字。",
    "[周强]把[马芳]拉上岸，他浑身湿透。",
    "[韦玉]养了三头牛。技术员[罗炳明]教{她=韦玉}搭棚。",
    "警方抓获了[张大力]。{此人=张大力}已被刑拘。",
    "民警[何军]控制了嫌疑人。此人已被刑拘。",
    "[老郭]跑邮路二十八年，[郭宝江]的车磨坏三辆。{他=郭宝江}说，还能再跑。",
    "[陈静]回到家。{她=陈静}把灯点上，[陈静]的母亲睡了，{她=陈静}没有出声。",
    "[张伟]与[李强]结伴。他走在前面。",
    "[张伟]登台领奖，其他人鼓掌，他们为他乡的生活干杯。",
    "昨日下大雨，他没有来。",
]


def unmarked(marked: str) -> tuple[str, list[Mention], list[tuple[str, int, str]]]:
    """The text of a case, its persons, and its pronouns with their places and persons."""
    text, names, wanted, at = "", [], [], 0
    for match in MARK.finditer(marked):
        text += marked[at : match.start()]
        name, pronoun, person = match.groups()
        if name:
            names.append(Mention("PER", name, len(text), len(text) + len(name)))
        else:
            wanted.append((pronoun, len(text), person))
        text += name or pronoun
        at = match.end()
    return text + marked[at:], names, wanted


@pytest.mark.parametrize("marked", CASES)
def test_a_pronoun_stands_for_the_only_person_near(marked: str) -> None:
    text, names, wanted = unmarked(marked)
    assert [(ref.text, ref.start, ref.antecedent) for ref in find_pronouns(text, names)] == wanted


def test_the_stage_takes_pronouns_up_when_asked() -> None:
    nlp = bulletinnlp.load(exclude=["references", "roles", "quotes", "events"])
    nlp.add_pipe("bulletin_references", config={"pronouns": True})
    doc = nlp("东昌府区居民孙乐文当上了志愿者。他挨户敲门，该区有五千名志愿者。")
    assert [(ref.text, ref.antecedent) for ref in doc._.references] == [("他", "孙乐文"), ("该区", "东昌府区")]
