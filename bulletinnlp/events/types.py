"""The types of event, and which verb means which.

| type | what it is | examples |
| --- | --- | --- |
| meeting | people or bodies meet, confer, hold or attend a gathering | 召开推进会, 主持会议, 出席, 会商 |
| inspection | somebody examines, surveys, checks, supervises | 督导, 抽查, 调研, 核验 |
| visit | somebody goes to see a place or a person | 走访, 慰问, 来到, 赶赴 |
| training | training, drill, instruction outside school | 培训, 演练, 示范, 讲解 |
| publicity | the public is told, called upon, shown | 宣讲, 号召, 展出, 张贴 |
| volunteering | help and service to others | 值守, 帮助, 清扫, 护送 |
| donation | something is given or paid out | 捐赠, 送来, 发放, 资助 |
| signing | agreements, partnerships, purchases | 签订, 签约, 共建, 采购 |
| notice | an authority or body issues, decides, launches | 发布, 出台, 启动, 下达 |
| appointment | posts and bodies: elections, postings, foundations | 当选, 任命, 派出, 成立 |
| honour | prizes, titles, merits | 授予, 荣获, 入选, 表彰 |
| contest | sport and competitions | 参赛, 夺冠, 击败, 晋级 |
| performance | stage, song, festival, art | 演出, 唱起, 登台, 朗诵 |
| construction | building, setting up, farming, production, trade | 开工, 设立, 安装, 抢收 |
| enforcement | police, courts, regulators act | 查获, 立案, 审理, 责令 |
| rescue | people or goods are saved from danger | 转移, 救出, 扑灭, 抢险 |
| accident | something bad happens, death included | 坍塌, 起火, 遇难, 逝世 |
| health | care of the sick, prevention | 接种, 会诊, 手术, 流调 |
| teaching | what schools do | 开学, 开课, 支教, 巡课 |
| statement | somebody says or writes something that counts as a deed | 致信, 承诺, 写道, 上报 |
| other | none of these | 打开, 掏出 |

The verbs are in `data/lexicons/event_types.txt`, the nouns that decide where the verb is empty (举行运动会) in
`data/lexicons/event_nouns.txt`. A trigger that the list lacks is known by its longest part that the
list holds (组织召开 by 召开, 抢收完 by 抢收).
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Literal, get_args

from bulletinnlp.data import table

EventType = Literal[
    "meeting",
    "inspection",
    "visit",
    "training",
    "publicity",
    "volunteering",
    "donation",
    "signing",
    "notice",
    "appointment",
    "honour",
    "contest",
    "performance",
    "construction",
    "enforcement",
    "rescue",
    "accident",
    "health",
    "teaching",
    "statement",
    "other",
]
EVENT_TYPES: tuple[str, ...] = get_args(EventType)


@cache
def verbs() -> dict[str, str]:
    """The type of every verb of the list."""
    found: dict[str, str] = {}
    for kind, words in table("event_types"):
        for word in words.split():
            found.setdefault(word, kind)
    return found


@cache
def nouns() -> dict[str, str]:
    """The type that a noun gives an event whose verb says nothing."""
    found: dict[str, str] = {}
    for kind, words in table("event_nouns"):
        for word in words.split():
            found.setdefault(word, kind)
    return found


def event_type(trigger: str, what: str = "") -> str:
    """The type of an event by its trigger; where the trigger says little (开展, 举行, 参加), by what is done.

    >>> event_type("召开"), event_type("组织召开"), event_type("开展", "义诊活动"), event_type("掏出")
    ('meeting', 'meeting', 'volunteering', 'other')
    >>> event_type("举行", "春季运动会"), event_type("举行", "工作推进会")
    ('contest', 'meeting')
    """
    if what and trigger in _empty():
        return _noun_type(what) or _of(trigger) or "other"
    return _of(trigger) or (_noun_type(what) if what else None) or "other"


@cache
def _empty() -> frozenset[str]:
    """Verbs that take a noun of any type of event."""
    return frozenset(word for role, words in table("event_words") if role == "empty" for word in words.split())


def _noun_type(what: str) -> str | None:
    """The type by the noun that stands last in the object, the longest first; else by a verb inside."""
    known = nouns()
    best: tuple[int, int, str] | None = None
    for start in range(len(what)):
        for size in range(min(4, len(what) - start), 0, -1):
            kind = known.get(what[start : start + size])
            if kind and (best is None or (start + size, size) > best[:2]):
                best = (start + size, size, kind)
    return best[2] if best else _of(what, shortest=2)


@lru_cache(maxsize=4096)
def _of(text: str, shortest: int = 1) -> str | None:
    known = verbs()
    if kind := known.get(text) if len(text) >= shortest else None:
        return kind
    for size in range(min(len(text), 4), max(shortest, 2) - 1, -1):  # a single character says too little: 盖上大衣
        for start in range(max(len(text) - size, 0), -1, -1):
            if kind := known.get(text[start : start + size]):
                return kind
    return None
