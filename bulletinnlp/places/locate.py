"""Where the names of one article lie: each in the light of the others and of the paper's home.

A name that says enough by itself (聊城市, 道口铺街道陈化屯村) is looked up first. Towns that the home does not have
are then searched in the counties that the article names; villages in the towns that it names. What stays open gets
no code: never a wrong one.

>>> names = [Mention("PLACE", "高唐县", 0, 3), Mention("PLACE", "梁村镇", 4, 7), Mention("PLACE", "仙庄村", 9, 12)]
>>> [found.region for found in locate(names, "山东省聊城市东昌府区")]
['山东省聊城市高唐县', '山东省聊城市高唐县梁村镇', None]
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import chain, islice

from bulletinnlp.places.divisions import Division, divisions
from bulletinnlp.places.lookup import NOWHERE, Place, best_parse, home_code, parses, place_of, villages_like
from bulletinnlp.places.name_forms import kind, stem, village_name, without_blanks
from bulletinnlp.text.mentions import Mention

#: What may stand between a unit and a site in it: 新区街道辖区的阿尔卡迪亚小区.
_BETWEEN = frozenset({"", "的", "辖区", "辖区的", "辖区内", "辖区内的", "境内", "境内的", "内的", "内"})

#: An anaphor for a unit just before a site: 该镇|阳光新城, 我区|香江市场.
_ANAPHOR = re.compile(r"(?:该|我们?|本)(镇|乡|街道|苏木|社区|村|区|县|市|旗)(?:的|辖区内?的?|境内的?)?$")

#: So many units around a name are searched for a town or village.
MOST_NEAR = 24


def locate(names: Sequence[Mention], home: str | None, text: str = "") -> list[Place]:
    """The place of each name of an article, in order. `text` is the article, for what stands between two names."""
    plain_names = [name._replace(name=without_blanks(name.name)) for name in names]
    return _Article(plain_names, home_code(home), text).places()


def home_unit(home: str, ending: str) -> Division | None:
    """The unit of the home's chain whose name ends so, the lowest first: 区 → 东昌府区, 市 → 聊城市.

    >>> home_unit("371502", "市").name, home_unit("371502", "省").name
    ('聊城市', '山东省')
    """
    units = divisions().chain(home[:6]) if home else []
    return next((unit for unit in reversed(units) if unit.name.endswith(ending)), None)


_LEVEL = re.compile(r"(?:市(?!政(?!府|协|法|务|研)|民热线|民服务)|[省州县区]|旗(?!舰|帜|袍))(?![场区域级内外上直里])")


def level_before(text: str) -> str | None:
    """The bare level that an organisation's name begins with: 区市场监管局 → 区, but not 市场监管总局.

    >>> level_before("区市场监管局"), level_before("市场监管总局"), level_before("道口铺街道党工委")
    ('区', None, None)
    """
    match = _LEVEL.match(text) if len(text) > 1 else None
    return match[0] if match else None


class _Article:
    """The names of one article and their places, as far as they are found."""

    def __init__(self, names: Sequence[Mention], home: str, text: str) -> None:
        self.names = sorted(names, key=lambda name: name.start)
        self.order = {name: i for i, name in enumerate(self.names)}
        self.in_order = names
        self.home = home
        self.text = text
        self.found: dict[int, Place] = {}
        self.codes: dict[int, str] = {}  # the codes of the units named, by the name's position
        self.cities = {home[:4]}
        self.elsewhere = False  # whether a unit of another county is named
        #: Every proper suffix of a place name → (rank among `codes`, position of the first name with it).
        self.ending: dict[str, tuple[int, int]] = {}
        #: The same for the stems of exact counties.
        self.counties: dict[str, tuple[int, int]] = {}

    def places(self) -> list[Place]:
        for i, name in enumerate(self.names):
            self._take(i, self._by_itself(name))
        for level, length in (("town", 6), ("village", 9), ("any", 2)):
            near = _Near(self.codes, len(self.names), length)
            for i, name in enumerate(self.names):
                if i not in self.found and name.label == "PLACE" and level in (kind(name.name), "any"):
                    self._take(i, self._in_context(i, name, level, near))
                near.pass_by(i)
        return [self.found.get(self.order[name], NOWHERE) for name in self.in_order]

    def _take(self, i: int, found: Place | None) -> None:
        if found is None:
            return
        self.found[i] = found
        if not found.adcode:
            return
        code = self.codes[i] = divisions()[found.adcode].code
        if len(code) >= 4:
            self.cities.add(code[:4])
        self.elsewhere |= len(code) >= 6 and code[:6] != self.home[:6]
        name = self.names[i]
        if name.label == "PLACE":
            at = (len(self.codes), i)
            for begin in range(1, len(name.name) - 1):
                self.ending.setdefault(name.name[begin:], at)
            if found.exact and len(code) == 6:
                short = stem(divisions()[code].name, "county")
                if len(short) < len(name.name):
                    self.counties.setdefault(short, at)

    def _by_itself(self, name: Mention) -> Place | None:
        """What the name says alone or at home; villages named without their town wait for the context."""
        if name.label == "ORG":
            return self._organisation(name.name)
        if kind(name.name) == "village" and not self._chained(name.name):
            return None
        parse = best_parse(parses(name.name, self.home), self.home)
        if parse is None or (kind(name.name) == "village" and len(parse.code) < 12 and parse.rest):
            return place_of(parse.code, exact=False) if parse else None  # the table lacks the village of the chain
        return place_of(parse.code, exact=not parse.rest)

    def _chained(self, text: str) -> bool:
        """Whether a village is printed with a unit before it: 姜楼镇魏庄村."""
        return any(len(parse.code) < 12 or parse.units > 1 for parse in parses(text, self.home))

    def _organisation(self, text: str) -> Place | None:
        """An organisation lies in the unit that its name begins with: 道口铺街道党工委, 区市场监管局."""
        parse = best_parse(parses(text, self.home), self.home)
        if parse and (not parse.bare or parse.units > 1 or self.home.startswith(parse.code)):
            return place_of(parse.code, exact=False)
        level = level_before(text)
        unit = home_unit(self.home, level) if level else None
        return place_of(unit.code, exact=False) if unit else self._named_after_home(text)

    def _in_context(self, i: int, name: Mention, level: str, near: _Near) -> Place | None:
        longer = self._longer(name.name)
        if longer:
            return longer
        if level == "town":
            return self._town(name.name, near.codes(i))
        if level == "village":
            return self._village(name.name, near.codes(i))
        return self._site(i, name, near) or self._candidates(name.name)

    def _longer(self, text: str) -> Place | None:
        """Where the article names the same place in full: 安溪 after 福建省安溪县, 魏庄村 after 姜楼镇魏庄村."""
        found = [self.ending.get(text) if kind(text) else None, self.counties.get(text) if len(text) > 1 else None]
        first = min(filter(None, found), default=None)
        return self.found[first[1]] if first else None

    def _town(self, text: str, near: Sequence[str]) -> Place | None:
        """A town that the home lacks: in the county named last before it, else in the only other one named."""
        for county in near:
            parse = best_parse([one for one in parses(text, county) if one.code.startswith(county)], county)
            if parse:
                return place_of(parse.code, exact=not parse.rest)
        china = divisions()
        anywhere = china.towns_named(text)
        neighbours = [unit for unit in anywhere if self.home and unit.code.startswith(self.home[:4])]
        if len(neighbours) == 1 or (len(anywhere) == 1 and not self.home):
            return place_of((neighbours or anywhere)[0].code)
        if not anywhere and self._at_home_only():
            return place_of(self.home, exact=False)
        return Place(None, None, False, tuple(unit.adcode for unit in anywhere))

    def _village(self, text: str, towns: Sequence[str]) -> Place | None:
        """A village: in the towns that the article names, the nearest first; else in the home county, if only once."""
        for town in towns:
            found = villages_like(text, town)
            if len(found) == 1:
                return place_of(found[0].code)
        if not self._at_home_only():
            return None
        found = villages_like(text, self.home[:6])
        exact = [unit for unit in found if village_name(unit.name) == village_name(text)]
        if len(found) == 1 and (exact or not towns):
            return place_of(found[0].code)
        if len(found) > 1:
            return Place(None, None, False, tuple(unit.adcode for unit in found))
        return place_of(towns[0] if len(towns) == 1 else self.home, exact=False)

    def _site(self, i: int, name: Mention, near: _Near) -> Place | None:
        """A site lies in the unit printed just before it, or in the home if its name holds the home's."""
        before = self.names[i - 1] if i else None
        if (
            before
            and self.text
            and before.label == "PLACE"
            and self.text[before.end : name.start] in _BETWEEN
            and i - 1 in self.codes
        ):
            return place_of(self.codes[i - 1], exact=False)
        if anaphor := _ANAPHOR.search(self.text, max(name.start - 8, 0), name.start):
            return self._antecedent(anaphor[1], near.last)
        return self._named_after_home(name.name)

    def _named_after_home(self, text: str) -> Place | None:
        """What holds the home's name or its city's lies there: 青兰高速东阿收费站, 莱商银行聊城分行."""
        for length in (6, 4):
            unit = divisions().get(self.home[:length]) if len(self.home) >= length else None
            if unit and len(short := stem(unit.name, unit.level)) > 1 and short in text[:-1]:
                return place_of(unit.code, exact=False)
        return None

    def _antecedent(self, noun: str, last: str) -> Place | None:
        """The unit that 该镇 or 我区 before a name stands for; `last` is the code named last before it."""
        if unit := home_unit(self.home, noun):
            return place_of(unit.code, exact=False)
        length = 12 if noun in ("社区", "村") else 9
        return place_of(last[:length], exact=False) if len(last) >= length else None

    def _candidates(self, text: str) -> Place | None:
        """A name of counties that nothing decides between: those that the article's other names support, or none."""
        units = divisions().named(text)
        if len(units) < 2:
            return None
        supported = [unit for unit in units if unit.code[:4] in self.cities]
        if len(supported) == 1:
            return place_of(supported[0].code)
        return Place(None, None, False, tuple(unit.adcode for unit in units))

    def _at_home_only(self) -> bool:
        """Whether the home is a county and the article names no unit of another one."""
        return len(self.home) >= 6 and not self.elsewhere


class _Near:
    """The codes that an article names around a name, while its names are passed by from the first to the last.

    `named` are the codes by the position of their names; it may be added to at the position that is passed by next.
    """

    def __init__(self, named: Mapping[int, str], size: int, length: int) -> None:
        self._named = named
        self._length = length
        self._before: dict[str, None] = {}  # the one named last is the last
        #: For each name without a code, the codes named behind it, the nearest first.
        self._behind: list[tuple[str, ...]] = [()] * size
        self.last = ""  # the code named last, in full
        behind: dict[str, None] = {}
        for at in range(size - 1, -1, -1):
            self._behind[at] = tuple(islice(reversed(behind), MOST_NEAR)) if at not in named else ()
            self._note(behind, at)

    def _note(self, codes: dict[str, None], at: int) -> None:
        code = self._named.get(at, "")
        if len(code) >= self._length:
            codes.pop(code[: self._length], None)
            codes[code[: self._length]] = None

    def pass_by(self, at: int) -> None:
        """Go on to the next name."""
        self._note(self._before, at)
        self.last = self._named.get(at, self.last)

    def codes(self, at: int) -> list[str]:
        """Codes of that length that are named (or that what is named lies in), from the nearest before on."""
        return list(islice(dict.fromkeys(chain(reversed(self._before), self._behind[at])), MOST_NEAR))
