"""Years and their parts, decades and centuries: 2021年, 年底, 一季度, 去冬今春, 上学期, 上世纪九十年代."""

from __future__ import annotations

from dataclasses import replace

from bulletinnlp.times.reading import Reading
from bulletinnlp.times.resolved import AHEAD, Anchor, Resolved, named_year, turned, year_anchor
from bulletinnlp.times.thread import Thread
from bulletinnlp.times.when import SEASONS, When, date_in


def of_year(r: Reading, thread: Thread, look: int) -> Resolved | None:
    """A year or a part of it: seasons, halves, quarters, 年底."""
    issue = thread.issue
    named = named_year(r, thread)
    anchor = year_anchor(r)
    if r.names_year:
        year = named
    else:
        year = thread.year if thread.year is not None and not r.entered and look != 2 else issue.year
        anchor = "context" if thread.year is not None else "published"
    free = not r.names_year and thread.year is None
    if r.hop:  # 上一个冬天: the last that is over
        years = range((issue.year or 2000) - 2, (issue.year or 2000) + 3)
        whole = [
            (season, season.last if r.hop < 0 else season.first)
            for season in (When("season", y, nth=r.seasons[0][1]) for y in years)
        ]
        side = [season for season, edge in whole if edge and (edge - issue.around).days * r.hop > 0]
        return Resolved(side[-1 if r.hop < 0 else 0])
    if r.seasons:
        return seasons_of(r, thread, year, anchor)
    if r.half is not None:
        return Resolved(When("half", year, nth=r.half), None, anchor)
    if r.quarter_shift is not None:
        if issue.year is None or issue.month is None:
            return Resolved(When("quarter", nth=1)) if issue.year is None else None
        quarters = 4 * issue.year + (issue.month - 1) // 3 + r.quarter_shift
        return Resolved(When("quarter", quarters // 4, nth=quarters % 4 + 1))
    if r.quarter is not None:
        if free and 1 <= r.quarter <= 4:
            year = turned(thread, date_in(year, 3 * r.quarter - 2, 1), look, year)
        last = When("quarter", year, nth=r.quarter)
        return Resolved(replace(last, nth=1), last, anchor) if r.up_to else Resolved(last, None, anchor)
    if r.term is not None:
        return Resolved(_school_term(thread, r.term))
    if r.year_part == "岁":
        turn = issue.year if issue.year is not None and (issue.month or 12) > 6 else (issue.year or 1) - 1
        return Resolved(When("quarter", turn, nth=4), When("quarter", turn + 1, nth=1))
    if r.year_part in ("Q1", "Q4"):
        if free and r.year_part == "Q4" and look <= 0 and (issue.month or 12) <= 2 and year is not None:
            year -= 1
        return Resolved(When("quarter", year, nth=int(r.year_part[1])), None, anchor)
    return Resolved(When("year", year), None, anchor)


def seasons_of(r: Reading, thread: Thread, year: int | None, anchor: Anchor) -> Resolved:
    issue = thread.issue
    found: list[When] = []
    for count, season in r.seasons:
        of = year
        winter_goes_on = season == "WI" and issue.month is not None and issue.month <= 2
        if count is not None and not r.names_year:
            of = None if issue.year is None else issue.year + count
        if of is not None and not r.names_year and thread.year is None and winter_goes_on and not (count and count < 0):
            of -= 1
        first = When("season", of, nth=season).first
        if of is not None and r.entered and count == 0 and first and (first - issue.around).days > AHEAD:
            of -= 1  # 入冬以来 in March
        if of is not None and found and count is None and SEASONS[season] < SEASONS[str(found[-1].nth)]:
            of += 1
        found.append(When("season", of, nth=season))
    return Resolved(found[0], found[1] if len(found) > 1 else None, anchor)


def _school_term(thread: Thread, count: int) -> When:
    """上学期, 本学期, 下学期: the spring term runs from February to July."""
    year, month = thread.issue.year, thread.issue.month
    if year is None or month is None:
        return When("season", year, nth="SP")
    terms = 2 * (year - (month == 1)) + (month == 1 or month >= 8) + count
    return When("season", terms // 2, nth="FA" if terms % 2 else "SP")


def of_age(r: Reading, thread: Thread) -> Resolved:
    this = thread.issue.year or 2000
    if r.decades and r.decades[0] >= 1000:  # 1990年代
        return Resolved(When("decade", r.decades[0]), None, "explicit")
    if r.century is not None:
        century = r.century - 1
    elif r.century_shift is not None:
        century = this // 100 + r.century_shift
    else:
        century = (
            this // 100
            if r.decades[0] <= this % 100 and r.decades[0] < 20
            else this // 100 - (r.decades[0] > this % 100)
        )
    anchor: Anchor = "explicit" if r.century is not None else "published"
    if not r.decades:
        return Resolved(When("century", 100 * century), None, anchor)
    ends = [When("decade", 100 * century + decade) for decade in r.decades]
    return Resolved(ends[0], ends[1] if len(ends) > 1 else None, anchor)
