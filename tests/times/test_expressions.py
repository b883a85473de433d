"""What kind of expression a time is parsed to, before anything is known of its surroundings; the data of the room."""

from __future__ import annotations

import re
from typing import Any

import pytest

from bulletinnlp.data import table
from bulletinnlp.times import find
from bulletinnlp.times.date_expressions import Age, CalendarDate, GlossedDay, NthDay, Offset, PartOfYear, Seasons, Week
from bulletinnlp.times.discourse import YearExpression
from bulletinnlp.times.festivals import FestivalDate, LunarDate
from bulletinnlp.times.lexer import lex, vocabulary
from bulletinnlp.times.point_expressions import Clock, NthPart, PointExpression
from bulletinnlp.times.point_parser import parse
from bulletinnlp.times.time_grammar import scanner, shape

POINTS = [
    ("2022年11月25日", PointExpression(YearExpression(2022), CalendarDate(11, 25))),
    ("11月25日（星期五）", PointExpression(None, CalendarDate(11, 25, weekday=True))),
    ("17年", PointExpression(YearExpression(17, short=True))),
    ("去年", PointExpression(YearExpression(offset=-1))),
    ("次年3月", PointExpression(YearExpression(step=1), CalendarDate(3))),
    ("今天上午9时", PointExpression(None, Offset("day", 0), Clock("MO", "am", 9), deictic=True)),
    ("今（19）日", PointExpression(None, GlossedDay(Offset("day", 0), 19), deictic=True)),
    ("次日", PointExpression(None, Offset("day", 1, anaphoric=True))),
    ("上月25日", PointExpression(None, Offset("month", -1, day=25), deictic=True)),
    ("上周五", PointExpression(None, Week(-1, 5), deictic=True)),
    ("上一个周五", PointExpression(None, Week(weekday=5), occurrence=-1)),
    ("今明两天", PointExpression(None, Offset("day", 0, last=1))),
    ("第三天", PointExpression(None, NthDay(3))),
    ("年底", PointExpression(None, PartOfYear("quarter", 4, edge=True))),
    ("上半年", PointExpression(None, PartOfYear("half", 1))),
    ("今冬明春", PointExpression(None, Seasons([(0, "WI"), (1, "SP")]))),
    ("上世纪九十年代", PointExpression(None, Age([90], offset=-1))),
    ("农历十月初十", PointExpression(None, LunarDate(10, 10))),
    ("正月十五", PointExpression(None, LunarDate(1, 15))),
    ("12月第一周", PointExpression(None, NthPart(PointExpression(None, CalendarDate(12)), 1, "week"))),
    ("8点30分", PointExpression(None, None, Clock(hour=8, minute=30))),
]


@pytest.mark.parametrize(("text", "point"), POINTS)
def test_point(text: str, point: PointExpression) -> None:
    assert parse(lex(text, 0, len(text))) == point


def test_a_festival_knows_its_year_and_its_holiday() -> None:
    point = parse(lex("虎年春节假期", 0, 6))
    assert point.year == YearExpression(zodiac=6)
    assert isinstance(point.date, FestivalDate)
    assert (point.date.festival.name, point.date.holiday) == ("春节", True)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("2023年春节前，他说虎年春节过得热闹。", ["2023-01-22", "2022-02-01"]),  # the year of the tiger is 2022
        ("他翻开《平原\n今年3月，工程开工。", ["2022-03"]),  # a title ends with its line
        ("他翻开《今年3月的平原》。", []),
        ("事故次年上半年，案件审结。", ["XXXX-H1"]),
        ("本月25日（星期五）开工。", ["2022-11-25"]),
        ("6早前十月革命，", ["PAST_REF"]),  # 前 right before a number is a word by itself
        ("0月底多雨。", [None]),
        ("第三年，开工。", []),  # of nothing that was told
        ("11月，大会召开。中旬，我们开会。12月，散会。", ["2022-11", "2022-11-11/2022-11-20", "2022-12"]),
        ("一个半月后复查。", ["2023-01-13"]),
        ("1.5个月后复查。", ["2023-01-13"]),
        ("11月3日18时，1.5分钟后，", ["2022-11-03T18:00", "2022-11-03T18:01:30"]),
    ],
)
def test_values(text: str, values: list[str]) -> None:
    assert [time.value for time in find(text, "2022-11-29")] == values


@pytest.mark.parametrize(
    ("published", "text", "values"),
    [
        ("2020-06-10", "农历闰四月初八来，初十走。", ["2020-05-30", "2020-06-01"]),
        ("2020-06-10", "农历十三月初八，农历十月0日，", [None, None]),
        (None, "2021年，他在农历六月初一返乡。", ["2021", "2021-07-10"]),
        (None, "农历六月初一，次年春节，", ["XXXX-XX-XX", "XXXX-XX-XX"]),
        ("2022-11", "本季度，下学期，", ["2022-Q4", "2023-SP"]),
        ("2022", "本季度，上季度，", ["2022-QX", "XXXX-QX"]),
        ("2022", "本学期，下学期，", ["2022-XX", "XXXX-XX"]),
        (None, "本季度，上一个冬天，", ["XXXX-QX", "XXXX-WI"]),
    ],
)
def test_values_by_what_is_known_of_the_date_of_issue(published: str | None, text: str, values: list[str]) -> None:
    assert [time.value for time in find(text, published)] == values


def named(pattern: str) -> list[str]:
    return re.findall("[a-z_]{2,}", pattern)


def kinds() -> list[Any]:
    """Every kind that the data of the room names, with where it does."""
    words = [(kind, word) for word, (kind, _) in vocabulary().items() if len(kind) > 1]
    rules = [(kind, rule) for _, rule, *_ in table("time_grammar") for kind in named(rule)]
    false = [(kind, codes) for _, codes, *_ in table("time_false_positives") for kind in named(codes)]
    return [pytest.param(kind, id=kind) for kind in sorted({kind for kind, _ in (*words, *rules, *false)})]


@pytest.mark.parametrize("kind", kinds())
def test_every_kind_is_in_the_list_of_kinds(kind: str) -> None:
    assert len(shape(kind)) == 1


def test_every_branch_of_the_grammar_is_found() -> None:
    branches = {"set", "beat", "range", "ago", "lately", "compound", "same", "point", "duration", "vague"}
    assert set(scanner().groupindex) == branches
