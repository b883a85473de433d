"""Swapping: an article of the genre corpus moved to another county, with other people and organisations.

The corpus is small and the names of a county paper are endless: what the tagger must learn is how names stand in the
text, not which ones. So each time an article is read, its home becomes a real county drawn from the divisions; its
towns and villages become that county's, its people others, its organisations other organisations. The same name
becomes the same new one within an article.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from functools import partial
from importlib.resources import files

from bulletinnlp.data import table
from bulletinnlp.finetune.names.samples import Sample
from training.names.divisions import Divisions, short
from training.names.invention import (
    Persons,
    brand,
    company,
    county_organisation,
    leaders,
    listed,
    organisation,
    organisation_names,
    place,
    site,
    task_force,
)

LEVELS = "县区市旗州"
TOWN = re.compile(r"[\u4e00-\u9fff]{1,5}?(?:街道|镇|乡|苏木)(?![\u4e00-\u9fff]{0,1}(?:党|企))")
VILLAGE = re.compile(r"[\u4e00-\u9fff]{1,6}?(?:社区|新村|村)(?!民)")
TOWN_SUFFIX = re.compile(r"(?:街道|地区|民族乡|镇|乡|苏木)$")
COMPANY = re.compile(r"(?:公司|集团|超市|药店|合作社|酒店|厂|农场|商场)$")
SPOT = re.compile(r"(?:小区|花园|家园|公寓|广场|市场|路|街|大道|公园|站|园|点|口|桥|水库)$")


class Swapper:
    """Swaps the names of articles. `share` is the chance of each kind of swap, `invented` that of a made-up name."""

    def __init__(self, divisions: Divisions, persons: Persons, share: float = 0.75, invented: float = 0.25) -> None:
        self.divisions = divisions
        self.persons = persons
        self.share = share
        self.invented = invented
        self.levels = self._levels()

    def _levels(self) -> dict[str, str]:
        """Names of divisions from the county up, full and short, and their level."""
        levels: dict[str, str] = {}
        for level, key in (("areas", "area"), ("cities", "city"), ("provinces", "province")):
            for name in self.divisions.names[level].values():
                levels[name] = key
                if len(short(name)) >= 2:
                    levels[short(name)] = key
        return levels

    def article(self, samples: list[Sample], rng: random.Random) -> list[Sample]:
        """The samples of an article with names swapped, the same way in all of them."""
        move = Move(self, rng)
        return [rewrite(sample, lambda string, label: move(string, label)) for sample in samples]

    def persons_only(self, sample: Sample, rng: random.Random) -> Sample:
        """A sample of a general corpus with its Chinese persons swapped."""
        surnames = set(self.persons.surnames)

        def swap(string: str, label: str) -> str:
            if label == "PER" and 2 <= len(string) <= 3 and string[0] in surnames and rng.random() < 0.6:
                return self.persons.draw(rng)
            return string

        return rewrite(sample, swap)


class Move:
    """One article's move: what becomes of each name."""

    def __init__(self, swapper: Swapper, rng: random.Random) -> None:
        self.swapper = swapper
        self.rng = rng
        self.home = swapper.divisions.draw(rng)
        self.new: dict[tuple[str, str], str] = {}
        self.parts: dict[str, str] = {}
        self.level = rng.choice(LEVELS) if rng.random() < 0.5 else ""
        self.places = rng.random() < swapper.share

    def __call__(self, string: str, label: str) -> str:
        key = (string, label)
        if key not in self.new:
            make = {"PER": self.person, "ORG": self.organisation, "PLACE": self.place}[label]
            self.new[key] = make(string) or string
        return self.new[key]

    def person(self, string: str) -> str:
        """Another person of a like build."""
        rng, persons = self.rng, self.swapper.persons
        if rng.random() > self.swapper.share:
            return string
        familiar = (
            any(string.endswith(word) for word, _ in table("honorifics")) or "某" in string or string[0] in "老小"
        )
        if (familiar and rng.random() < 0.85) or rng.random() < 0.06:
            return persons.familiar(rng)
        return persons.draw(rng)

    def place(self, string: str) -> str:
        """The place moved; a site sometimes becomes another site."""
        if not self.places:
            return string
        moved = self.moved(string)
        rng = self.rng
        if rng.random() < self.swapper.invented:
            return place(rng, *self.around())
        if SPOT.search(string) and not VILLAGE.match(string) and rng.random() < 0.45:
            stem = rng.choice([short(self.home["area"]), short(self.home["city"]), self.a_town()[:-1]])
            spot = SPOT.search(string)
            made = site(rng, stem)
            return made if rng.random() < 0.6 or spot is None else made[:2] + string[max(spot.start() - 2, 0) :]
        return moved

    def organisation(self, string: str) -> str:
        """The organisation moved; sometimes another one behind the same place or level."""
        rng = self.rng
        if rng.random() > self.swapper.share:
            return string
        if rng.random() < self.swapper.invented:
            return organisation(rng, *self.around())
        if COMPANY.search(string) and rng.random() < 0.5:
            return company(rng, rng.choice([self.home["area"], short(self.home["area"]), short(self.home["city"])]))
        if string[0] in LEVELS and len(string) > 2:
            core = rng.choice(organisation_names()) if rng.random() < 0.45 else string[1:]
            return (self.level or string[0]) + core
        moved = self.moved(string)
        if moved != string and rng.random() < 0.3:
            head = self.parts.get("last", "")
            if head and moved.startswith(head) and len(moved) > len(head) + 1:
                return head + rng.choice(organisation_names())
        return moved

    def other(self) -> str:
        """A county or city elsewhere."""
        there = self.swapper.divisions.draw(self.rng)
        name = there[self.rng.choice(["area", "city", "province"])]
        return self.rng.choice([name, short(name)])

    def around(self) -> tuple[str, str, str, str]:
        """County and city of the new home, a town and a village of it."""
        suffix = self.rng.choice(["村", "村", "社区"])
        village = self.swapper.divisions.draw_village(self.rng, self.home["area_code"], suffix)
        return self.home["area"], self.home["city"], self.a_town(), village

    def a_town(self) -> str:
        return self.swapper.divisions.draw_town(self.rng, self.home["area_code"])[1]

    def a_stem(self) -> str:
        """A town without its suffix: 蔡公庄."""
        stems = (TOWN_SUFFIX.sub("", self.a_town()) for _ in range(20))
        return next((stem for stem in stems if len(stem) > 1), "城关")

    def moved(self, string: str) -> str:
        """The string with the divisions that it begins with replaced by the new home's."""
        rest, head = string, ""
        while rest:
            for size in range(min(11, len(rest)), 1, -1):
                level = self.swapper.levels.get(rest[:size])
                if level:
                    head += self.division(rest[:size], level)
                    rest = rest[size:]
                    break
            else:
                break
        town = TOWN.match(rest)
        if town and len(town[0]) > 1:
            head += self.part(town[0], "town")
            rest = rest[town.end() :]
        village = VILLAGE.match(rest)
        if village and len(village[0]) > 1:
            head += self.part(village[0], "village")
            rest = rest[village.end() :]
        self.parts["last"] = head
        return head + rest

    def division(self, name: str, level: str) -> str:
        """A county, city or province: the new home's, or another where the article has several."""
        base = short(name)
        if base not in self.parts:
            taken = set(self.parts.values())
            found = self.home[level]
            if found in taken:
                found = self.swapper.divisions.draw(self.rng)[level]
            self.parts[base] = found
        found = self.parts[base]
        return short(found) if name == base else found

    def part(self, name: str, level: str) -> str:
        """A town or village of the new home."""
        if name not in self.parts:
            if level == "town":
                self.parts[name] = self.a_town()
            else:
                suffix = "社区" if name.endswith("社区") else "村"
                self.parts[name] = self.swapper.divisions.draw_village(self.rng, self.home["area_code"], suffix)
        return self.parts[name]


def rewrite(sample: Sample, swap: Callable[[str, str], str]) -> Sample:
    """The sample with each name replaced by `swap(name, label)`."""
    text, names, last = "", [], 0
    for start, end, label in sample.names:
        text += sample.text[last:start]
        string = swap(sample.text[start:end], label)
        names.append((len(text), len(text) + len(string), label))
        text += string
        last = end
    return sample._replace(text=text + sample.text[last:], names=tuple(names))


SLOT = re.compile(r"\{([A-Z])([^}]*)\}")
SLOT_LABEL = {
    **dict.fromkeys("PHNWSU", "PER"),
    **dict.fromkeys("OBCDGAFXYZKEQI", "ORG"),
    **dict.fromkeys("TVLRJM", "PLACE"),
}


def write(template: str, swapper: Swapper, rng: random.Random) -> Sample:
    """A template's sentence with invented names in its slots."""
    move = Move(swapper, rng)
    county, city, town, village = move.around()
    level = rng.choice(LEVELS)
    make: dict[str, Callable[[], str]] = {
        "P": lambda: swapper.persons.draw(rng),
        "H": lambda: swapper.persons.familiar(rng),
        "O": lambda: organisation(rng, county, city, town, village),
        "B": lambda: rng.choice([level, level, county, short(county)]) + rng.choice(organisation_names()),
        "C": lambda: company(rng, rng.choice([county, short(county), short(city)])),
        "T": move.a_town,
        "V": lambda: move.around()[3],
        "L": lambda: place(rng, county, city, town, village),
        "R": lambda: rng.choice([county, short(county), city, short(city)]) if rng.random() < 0.6 else move.other(),
        "D": lambda: level + "委",
        "G": lambda: level + "政府",
        "A": lambda: move.a_town() + rng.choice(["党委", "党工委", "政府", "人民政府"]),
        "F": lambda: move.around()[3] + rng.choice(["党支部", "党总支", "村委会", "党委"]),
        **{slot: partial(rng.choice, names) for slot, names in listed("nation.txt").items()},
        "K": lambda: rng.choice([name for name in organisation_names() if len(name) > 3]),
        "N": lambda: rng.choice(leaders()),
        "W": lambda: swapper.persons.word(rng),
        "S": lambda: swapper.persons.spaced(rng),
        "U": lambda: swapper.persons.of_a_people(rng),
        "E": lambda: brand(rng),
        "Q": lambda: task_force(rng, rng.choice([county, short(county)])),
        "J": lambda: rng.choice(swapper.divisions.colloquial),
        "I": lambda: county_organisation(rng, rng.choice([county, rng.choice(swapper.divisions.colloquial)])),
        "M": move.a_stem,
    }
    head = template.startswith("# ")
    text, names, last = "", [], 2 if head else 0
    for slot in SLOT.finditer(template):
        text += template[last : slot.start()]
        string = slot[2] if slot[1] == "X" and slot[2] else make[slot[1]]() + slot[2]
        names.append((len(text), len(text) + len(string), SLOT_LABEL[slot[1]]))
        text += string
        last = slot.end()
    joined = merge(text + template[last:], names)
    return Sample(joined[0], tuple(joined[1]), "genre", head)


def merge(text: str, names: list[tuple[int, int, str]]) -> tuple[str, list[tuple[int, int, str]]]:
    """Chains as one name: a place followed at once by a place or organisation (柳林镇 + 前王村) is one span."""
    merged: list[tuple[int, int, str]] = []
    for start, end, label in names:
        if merged and merged[-1][1] == start and merged[-1][2] == "PLACE" and label in ("PLACE", "ORG"):
            merged[-1] = (merged[-1][0], end, label)
        else:
            merged.append((start, end, label))
    return text, merged


def templates() -> list[str]:
    """The sentences with slots of `templates.txt`."""
    lines = files(__package__).joinpath("templates.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("##")]
