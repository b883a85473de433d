"""The home of a paper, worked out from a page when nobody says it.

Evidence, strongest first: the dateline (东阿讯), the paper's name (今日东阿), and the text: counties by name, their
towns, the cities and provinces around them, and of which kind the home is (我县, 全县, 县农业农村局). A county is taken
only where the evidence is clear; else there is none.

>>> home_of_text("东阿讯 6月6日，县农业农村局到姜楼镇督导三夏生产。")
Home(name='山东省聊城市东阿县', code='371524', source='dateline')
>>> home_of_text("近日，各地积极开展志愿服务。") is None
True
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from bulletinnlp.articles.article import Article
from bulletinnlp.articles.datelines import dateline_place
from bulletinnlp.data import lexicon
from bulletinnlp.lexicons import listed_set
from bulletinnlp.places.divisions import divisions
from bulletinnlp.places.name_forms import kind
from bulletinnlp.text.plain import plain
from bulletinnlp.text.words import neighbours


class Home(NamedTuple):
    """A paper's home: the full chain down to the county (or the city, of a city's paper), its code, and what says so
    (`dateline`, `paper`, `text`)."""

    name: str
    code: str
    source: str


#: What a piece of evidence weighs: a dateline or a paper's name, a county by its full or short name, another mention
#: of it, a town that no other county has, the city or the province around it, the kind of unit that 县委 speaks of.
_DATELINE, _PAPER, _FULL, _SHORT, _AGAIN, _TOWN, _CITY, _PROVINCE, _KIND = 8.0, 6.0, 3.0, 1.0, 0.5, 3.0, 1.5, 0.75, 2.0
#: A county printed after its city or province (四川省通江县) is mostly a foreign one.
_CHAINED = 0.25
#: What the best county must have, and by how much it must lead.
_ENOUGH, _AHEAD = 3.0, 1.5

_TOWN_END = re.compile(r"街道|镇|乡|苏木")
#: A short name before one of these is part of another name: 来凤|山, 南阳|湖, 东风|路, 鄂温克|族.
_OTHER_NAME = re.compile(r"[山湖江河岛路街镇乡村巷桥庄屯族]|民族|大道|社区|街道")
#: Before a short name these make another name: 二|龙山, 小|金山.
_NUMBER_OR_SIZE = frozenset("一二三四五六七八九十百千万两双大小老新")
#: 我县, 全区; 县委, 区农业农村局, 市口岸办. Names of units are masked before, so that 上海■公安局 does not count.
_KIND_OF_HOME = re.compile(
    r"""[我全本]([县区市旗])(?![场域])
    | (?<![■各乡社小地辖景园城校片库灾超集都牧山郊开矿厂院病街自特我全本该])([县区市旗])
      (?:委|政府|人大|政协|[一-鿿]{1,10}?(?:局|办|院|中心|大队|公司|联|联合会|站|部|学校))""",
    re.VERBOSE,
)


def home(articles: Sequence[Article]) -> Home | None:
    """The home of the paper that a page's articles are from, None where they do not say it clearly.

    No stage of the pipeline is needed before it; a manifest or the page itself, where they say it, go first.
    """
    texts = [(article.dateline and plain(article.dateline), article.paper, plain(article.text)) for article in articles]
    return _decide(texts)


def home_of_text(text: str, paper: str | None = None) -> Home | None:
    """The same for one text that may begin with a dateline."""
    return _decide([(text[:20], paper, text)])


def _decide(texts: Iterable[tuple[str | None, str | None, str]]) -> Home | None:
    found = list(texts)
    scores = _of_text("\n".join(text for _, _, text in found))
    begun = _beginnings(scores)
    datelines = Counter(code for line, _, _ in found for code in set(_of_dateline(line, begun)))
    papers = {paper for _, paper, _ in found if paper}
    named = Counter(code for paper in papers for code in set(_in_name(paper)))
    for code, count in datelines.items():
        scores[code] += _DATELINE * min(count, 3)
    for code in named:
        scores[code] += _PAPER
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or ranked[0][1] < _ENOUGH:
        return None
    (code, best), *others = ranked
    if others and others[0][1] * _AHEAD > best:
        return None
    source = "dateline" if code in datelines else "paper" if code in named else "text"
    return Home(divisions().region(code), code, source)


def _homes(name: str) -> list[str]:
    """Codes of the counties and cities of this name: papers have either for a home."""
    return [unit.code for unit in divisions().named(name) if unit.level in ("county", "city")]


def _beginnings(codes: Iterable[str]) -> dict[str, list[str]]:
    """What the names of counties begin with, two characters and more → the counties."""
    found: dict[str, list[str]] = defaultdict(list)
    for code in codes:
        name = divisions()[code].name
        for length in range(2, len(name) + 1):
            found[name[:length]].append(code)
    return found


def _of_dateline(line: str | None, begun: Mapping[str, list[str]]) -> list[str]:
    """东昌府讯, 本报台山2月8日讯, 监利融媒讯. An agency's dateline says where the agency was.

    A beginning of a name does (东昌讯) if the text speaks of that county: `begun` are those of such counties.
    """
    place = dateline_place(line.strip()) if line else None
    return [*_homes(place), *begun.get(place, ())] if place else []


def _in_name(paper: str) -> list[str]:
    """今日东阿, 茌平新闻, 聊城日报: the longest name of a county or a city in it."""
    china = divisions()
    names = [(-n, start) for start in range(len(paper) - 1) for n in china.lengths(paper[start : start + 2])]
    for length, start in sorted(names):
        if start - length <= len(paper) and (found := _homes(paper[start : start - length])):
            return found
    return []


def _of_text(text: str) -> dict[str, float]:
    """County → what the text says for it."""
    china = divisions()
    scores: dict[str, float] = defaultdict(float)
    above: set[str] = set()
    for name, (weight, count) in _named(text).items():
        units = china.named(name)
        higher = [unit.code for unit in units if unit.level != "county"]
        above.update(higher)
        for unit in units:
            # A name that a city has too (长沙) speaks of the city.
            if unit.level == "county" and not any(unit.code[:4] != code[:4] or name != unit.name for code in higher):
                scores[unit.code] += weight + min(count - 1, 3) * _AGAIN
    for code, weight in _towns(text).items():
        scores[code] += weight
    kinds = Counter(match[1] or match[2] for match in _KIND_OF_HOME.finditer(_masked(text)))
    usual = kinds.most_common(1)[0][0] if kinds else ""
    for code, weight in scores.items():
        fits = _KIND if weight >= _SHORT and divisions()[code].name.endswith(usual) else -_KIND
        scores[code] += _CITY * (code[:4] in above) + _PROVINCE * (code[:2] in above) + fits * bool(usual)
    return scores


def _named(text: str) -> dict[str, tuple[float, int]]:
    """Names of provinces, cities and counties in a text → the best weight of a mention, how many mentions."""
    found: dict[str, tuple[float, int]] = {}
    last = (0, "")
    for start, name in _names(text):
        end = start + len(name)
        rest = text[end : end + 2]
        if name in listed_set("division_words") or (kind(name) is None and _OTHER_NAME.match(rest)):
            continue
        full = kind(name) is not None or rest[:1] in ("县", "旗")  # 腾冲县 is 腾冲市 now, so only 腾冲 is in the table
        weight = _FULL if full else _SHORT
        if last[0] == start and kind(last[1]) in ("province", "county"):
            weight *= _CHAINED
        best, count = found.get(name, (0.0, 0))
        found[name] = max(best, weight), count + 1
        last = (end, name)
    return found


def _masked(text: str) -> str:
    """The text with a block for each name of a unit: 上海市公安局 is none of the home's."""
    pieces = []
    last = 0
    for start, name in _names(text):
        pieces += [text[last:start], "■"]
        last = start + len(name)
    return "".join([*pieces, text[last:]])


@lru_cache(maxsize=1)
def _names(text: str) -> tuple[tuple[int, str], ...]:
    """Where the text has a name down to the county, full or short, and which; the longest at each place.

    Asked twice for the same page.
    """
    china = divisions()
    found = []
    at = end = 0
    while at < len(text) - 1:
        lengths = china.lengths(text[at : at + 2])
        name = next((text[at : at + n] for n in lengths if china.named(text[at : at + n])), "")
        if name and _stands_alone(text, at, name, end):
            end = at + len(name)
            found.append((at, name))
            at = end
        else:
            at += 1
    return tuple(found)


def _stands_alone(text: str, at: int, name: str, last: int) -> bool:
    """Whether a name is none within a word (召|开县|委), a person (牟|金堂) or another place (二|龙山).

    The full name of a county is long enough to say so itself; so is what stands behind another unit's name, which ends
    at `last`.
    """
    end = at + len(name)
    if kind(name) is None and text[end - 1 : end + 1] in neighbours():
        return False
    if (kind(name) and len(name) > 2) or at == last or at == 0:
        return True
    before = text[at - 1]
    if before + name[0] in neighbours() or before in _surnames() or before in _NUMBER_OR_SIZE:
        return False
    return not (name[0] in _surnames() and text[max(at - 2, 0) : at].endswith(lexicon("titles")))


@cache
def _surnames() -> frozenset[str]:
    """Surnames that are no words before a place: 于东阿, 和东阿."""
    return frozenset(lexicon("surnames")) - frozenset(lexicon("oblique_before")) - {"于"}


def _towns(text: str) -> dict[str, float]:
    """County → weight of its towns in the text. A town's name that many counties have weighs little for each."""
    weights: dict[str, float] = defaultdict(float)
    china = divisions()
    seen: set[str] = set()
    for match in _TOWN_END.finditer(text):
        for length in range(6, 0, -1):
            if length > match.start():
                continue
            name = text[match.start() - length : match.end()]
            counties = {unit.code[:6] for unit in china.towns_named(name)}
            if counties and name not in seen:
                seen.add(name)
                for county in counties:
                    weights[county] += _TOWN / len(counties)
            if counties:
                break
    return weights
