"""Invented names to swap in: persons of every build, places of real counties, organisations by grammar."""

from __future__ import annotations

import random
from functools import cache
from importlib.resources import files

from bulletinnlp.data import lexicon, table


@cache
def listed(file: str) -> dict[str, list[str]]:
    """A file of this folder whose lines are a kind, a tab, words."""
    rows = {}
    for line in lines(file):
        kind, _, words = line.partition("\t")
        rows[kind] = words.split(" ") if " " in words else list(words)
    return rows


def lines(file: str) -> list[str]:
    """The lines of a file of this folder, without comments."""
    text = files(__package__).joinpath(file).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def organisation_names() -> list[str]:
    """What organisations are called behind a level or a place."""
    return lines("bodies.txt")


@cache
def leaders() -> list[str]:
    """Leaders of the state."""
    return lines("leaders.txt")


class Persons:
    """Invents persons' names. `words`: words that begin with a surname and may be names (高兴, 常乐, 马上)."""

    def __init__(self, words: list[str], given: list[str]) -> None:
        single = [name for name in lexicon("surnames") if len(name) == 1]
        self.surnames = single
        self.weights = [1 / (rank + 12) for rank in range(len(single))]
        self.words = words
        self.given = given + listed("persons.txt")["given"]

    def surname(self, rng: random.Random) -> str:
        return rng.choices(self.surnames, self.weights)[0]

    def char(self, rng: random.Random) -> str:
        return rng.choice(self.given)

    def draw(self, rng: random.Random) -> str:
        """A full name."""
        lot = rng.random()
        if lot < 0.58:
            return self.surname(rng) + self.char(rng) + self.char(rng)
        if lot < 0.62:
            return self.surname(rng) + self.char(rng) * 2
        if lot < 0.80:
            return self.surname(rng) + self.char(rng)
        if lot < 0.87:
            return rng.choice(self.words)
        if lot < 0.92:
            return rng.choice(listed("persons.txt")["double"]) + "".join(
                self.char(rng) for _ in range(rng.randint(1, 2))
            )
        if lot < 0.94:
            return self.surname(rng) + self.surname(rng) + self.char(rng) + rng.choice(["", self.char(rng)])
        if lot < 0.985:
            return "".join(rng.sample(listed("persons.txt")["minority"], 2)).replace("·", "")
        return rng.choice(["", "·"]).join(rng.sample(listed("persons.txt")["foreign"], 2))

    def word(self, rng: random.Random) -> str:
        """A name that is a word, with surname or without: 高峰, 春燕."""
        return rng.choice(listed("persons.txt")["wordname"] if rng.random() < 0.8 else self.words)

    def spaced(self, rng: random.Random) -> str:
        """A name of two characters as lists print it beside those of three: 王  琳."""
        name = self.word(rng) if rng.random() < 0.4 else self.surname(rng) + self.char(rng)
        return rng.choice(["  ", "  ", "　", " "]).join(name[:2])

    def of_a_people(self, rng: random.Random) -> str:
        """A name of a people of the west or north: 居来提·吐尔地, 次仁多吉, 巴特尔."""
        kind = rng.choice(["uyghur", "uyghur", "kazakh", "tibetan", "tibetan", "mongolian", "yi"])
        first, second = rng.sample(listed("persons.txt")[kind], 2)
        if kind in ("uyghur", "kazakh"):
            return first if rng.random() < 0.12 else f"{first}·{second}"
        if kind == "mongolian" or rng.random() < 0.25:
            return first
        return first + second

    def familiar(self, rng: random.Random) -> str:
        """A name without a given one: 高女士, 老张, 简某."""
        lot, surname = rng.random(), self.surname(rng)
        if lot < 0.15:
            return surname + rng.choice(["某", "某某", "某某"])
        if lot < 0.3:
            return rng.choice("老小小大阿") + surname
        rows = [word for word, kind in table("honorifics") if lot < 0.8 or kind == "title"]
        return surname + rng.choice(rows)


def company(rng: random.Random, place: str) -> str:
    """A company or shop: 平远县鑫源果蔬有限公司."""
    stems = listed("stems.txt")
    head = (place if rng.random() < 0.5 else "") + rng.choice(stems["trade"])
    if rng.random() < 0.15:
        shop = rng.choice(["超市", "生活广场", "购物广场", "大药房", "百货", "书店", "酒店", "火锅", "母婴"])
        return (
            head + shop + rng.choice(stems["site"] + [place[:2]]) + rng.choice(["店", "店", "分店", "直营店", "路店"])
        )
    if rng.random() < 0.6:
        return head + rng.choice(stems["business"]) + rng.choice(stems["company"])
    return head + rng.choice(stems["shop"])


@cache
def companies() -> list[str]:
    """Companies by their bare names."""
    return " ".join(lines("companies.txt")).split(" ")


def brand(rng: random.Random) -> str:
    """A company by its bare name: 华为, 鑫源重工."""
    stems = listed("stems.txt")
    if rng.random() < 0.6:
        return rng.choice(companies())
    return rng.choice(stems["trade"]) + rng.choice(stems["line"])


def county_organisation(rng: random.Random, county: str) -> str:
    """An organisation of a county: 前郭县委."""
    return county + rng.choice(listed("stems.txt")["county"])


def task_force(rng: random.Random, place: str) -> str:
    """An organisation with quotation marks or an ordinal inside: 县“最多跑一次”办公室, 区委第五巡察组."""
    stems, level = listed("stems.txt"), rng.choice([*"县县区区市市州省", place])
    if rng.random() < 0.5:
        lord = rng.choice([level + "委"] * 4 + [level + "纪委", level + "政府", "中央", "省委"])
        return lord + "第" + rng.choice("一二三四五六七八九十") + rng.choice(stems["team"])
    return level + "“" + rng.choice(stems["campaign"]) + "”" + rng.choice(stems["task"])


def site(rng: random.Random, stem: str) -> str:
    """A named site: 滨河小区, 聊城高铁站."""
    stems = listed("stems.txt")
    return (stem if rng.random() < 0.4 else rng.choice(stems["site"])) + rng.choice(stems["spot"])


def place(rng: random.Random, county: str, city: str, town: str, village: str) -> str:
    """A place of the press: a chain of divisions, something within one, or a site."""
    lot, stems = rng.random(), listed("stems.txt")
    if lot < 0.16:
        return rng.choice([town + village, county + town + village, county + town, city + county, county + village])
    if lot < 0.28:
        return rng.choice([village, village, town + village, town]) + rng.choice(stems["deep"])
    if lot < 0.4:
        return rng.choice([town, village])
    if lot < 0.46:
        return rng.choice(["", "G", "S", "X"]) + str(rng.randint(101, 580)) + rng.choice(stems["road"][:3])
    if lot < 0.62:
        stem = rng.choice([town[:2], village[:2], county[0] + city[0], rng.choice(stems["site"]), village[:3]])
        return rng.choice(["", "", town]) + stem + rng.choice(stems["road"])
    if lot < 0.9:
        return rng.choice(["", "", county, town, county[:2]]) + site(rng, town[:2])
    return rng.choice([county[:2], city[:2], village[:-1]]) + rng.choice(
        ["", "", "县城", "老街", "古城", "新区", "城区"]
    )


def organisation(rng: random.Random, county: str, city: str, town: str, village: str) -> str:
    """An organisation by grammar: of a level or place, perhaps with a department; of a town or village; a company."""
    lot, stems = rng.random(), listed("stems.txt")
    parent = rng.choice(
        [rng.choice("县县区区市市州旗省镇"), rng.choice("县区市"), county, county[:2], city, city[:2], city + county]
    )
    if lot < 0.35:
        return parent + rng.choice(organisation_names())
    if lot < 0.5:
        return parent + rng.choice(organisation_names()) + rng.choice(stems["office"])
    if lot < 0.64:
        return rng.choice(["", "", county]) + town + rng.choice(stems["town"])
    if lot < 0.76:
        return rng.choice(["", town]) + village + rng.choice(stems["village"])
    if lot < 0.86:
        return company(rng, rng.choice([county, county[:2], city[:2]]))
    if lot < 0.9:
        inner = "“" + rng.choice(stems["site"] + stems["trade"]) + "”"
        return (
            rng.choice([county[:2], parent, county])
            + inner
            + rng.choice(["志愿服务队", "合唱团", "宣讲团", "突击队", "工作室", "车队"])
        )
    if lot < 0.915:
        school = rng.choice(["中心小学", "中心校", "中学", "小学"])
        return (
            rng.choice(["", county])
            + town
            + school
            + village.removesuffix("社区").removesuffix("村")
            + rng.choice(["教学点", "校区", "分校"])
        )
    if lot < 0.93:
        return rng.choice(["县", "市", "省", "团县", "团区", "团市"]) + "委"
    if lot < 0.96:
        unit = rng.choice(["支队", "大队", "中队", "边防连", "总队", "派出所", "执勤点", "战勤保障站"])
        return rng.choice(stems["army"]) + rng.choice([county[:2], city[:2], ""]) + unit
    return (
        rng.choice(["", county, city])
        + rng.choice(stems["trade"])
        + rng.choice(["幼儿园", "养老院", "诊所", "书店", "饭馆", "理发店", "酒厂"])
    )
