"""The date of issue: as people write it, and as a page prints it."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime, timedelta, timezone
from typing import Any, SupportsInt
from unicodedata import normalize

from dateutil.relativedelta import relativedelta

# 2022-11-29, 2022年11月, 2022, 20221129, 202211; behind a day its weekday and the hour (2022-11-29T08:15:00+08:00).
WRITTEN = re.compile(
    r"""^\s*(?P<year>(?:18|19|20)\d\d)
         (?: \.0+(?=\s*$) | \s*[-–—/.年]\s*(?P<month>\d{1,2})
             (?: \s*[-–—/.月]\s*(?P<day>\d{1,2}) (?!\d) \s*[日号]?
                 [\s,，(（]*(?:(?:星期|周|礼拜)[一二三四五六日天])?[)）]?
                 (?: (?:\s*T|\s+|(?<=日)) (?P<hour>\d{1,2})
                     (?:[:：时点](?P<minute>\d{0,2}) (?:[:：分]\d{0,2}(?:\.\d+)?秒?)?)?
                     \s*(?P<zone>Z|UTC|[+-]\d\d:?\d\d)? )? )?
           | (?P<month2>\d\d) (?P<day2>\d\d)? (?:\.0+)? )?
         \s*[年月]?\s*$""",
    re.VERBOSE,
)
#: A spreadsheet's days are counted from here; the days of 1950 to 2099.
_EXCEL_ZERO, _EXCEL_DAYS = date(1899, 12, 30), range(18_264, 73_051)
#: JSON holds times as milliseconds or seconds since 1970, of 1990 to 2099; a day of the press begins in China.
_MILLISECONDS, _SECONDS = range(631_152_000_000, 4_102_444_800_000), range(631_152_000, 4_102_444_800)
_CHINA = timezone(timedelta(hours=8))
_NUMBER = re.compile(r"\s*\d{5,13}(?:\.\d+)?\s*")
#: A date is not longer.
LONGEST = 60
CHINESE_NUMBER = re.compile("(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九〇零○]+)(?=[年月日])")
_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
# 2022年11月29日 星期二; a masthead's date often carries the weekday, the lunar date or the issue's number.
PRINTED = re.compile(r"((?:19|20)\d\d)\s*(?:年|[-./])\s*(\d{1,2})\s*(?:月|[-./])\s*(\d{1,2})\s*(?:日|\b)")
# 2022-11-29_02, 20221129A3: dates in the names of files.
IN_NAME = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:[-_.年]?(0[1-9]|1[0-2]|(?<=[-_.年])[1-9])(?:[-_.月]?(\d\d|(?<=[-_.月])\d))?)(?!\d)"
)
#: A masthead stands in the first or the last lines of a page, on a line of its own.
MASTHEAD_LINES = 8
MASTHEAD_CHARS = 60


def parse_published(written: str) -> str:
    """A date of issue as `2022-11-29`, `2022-11` or `2022`.

    Raises ValueError if it is no date.

    >>> parse_published("2022/11/9"), parse_published("2022年11月"), parse_published("2022")
    ('2022-11-09', '2022-11', '2022')
    >>> parse_published("20221109"), parse_published("2022年11月9日 星期三 08:15"), parse_published("二〇二二年十一月")
    ('2022-11-09', '2022-11-09', '2022-11')

    A moment of another time zone is one of a Chinese day, as the press counts them.

    >>> parse_published("2022-11-28T16:00:00Z"), parse_published("2022-11-28T23:00:00+08:00")
    ('2022-11-29', '2022-11-28')
    """
    short = written if len(written) <= LONGEST else ""
    match = WRITTEN.match(CHINESE_NUMBER.sub(_number, normalize("NFKC", short)))
    if not match:
        raise ValueError(f"'{written:.100}' is no date of issue; write 2022-11-29, 2022-11 or 2022")
    year, month, day = match["year"], match["month"] or match["month2"], match["day"] or match["day2"]
    try:
        written_day = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise ValueError(f"'{written:.100}' is no day of the calendar") from None
    if match["zone"]:
        return _in_china(written_day, int(match["hour"]), int(match["minute"] or 0), match["zone"])
    return "-".join([year, *(f"{int(unit):02d}" for unit in (month, day) if unit)])


def _in_china(day: date, hour: int, minute: int, zone: str) -> str:
    """The Chinese day of a moment in a time zone: Z, UTC, +08:00."""
    ahead = 0
    if zone[0] in "+-":
        ahead = (int(zone[1:3]) * 60 + int(zone[-2:])) * (-1 if zone[0] == "-" else 1)
    moment = datetime(day.year, day.month, day.day) + timedelta(hours=hour, minutes=minute - ahead)
    return (moment + timedelta(hours=8)).date().isoformat()


def _number(match: re.Match[str]) -> str:
    """A number in Chinese characters as digits: 二〇二二, 十一, 二十九."""
    tens, mark, ones = match[0].partition("十")
    if mark:
        return str(10 * int(tens.translate(_DIGITS) or 1) + int(ones.translate(_DIGITS) or 0))
    return match[0].translate(_DIGITS)


def is_missing(value: object) -> bool:
    """Whether a value is none: None, NaN, NaT, NA, which are not equal to themselves.

    >>> is_missing(float("nan")), is_missing("")
    (True, False)
    """
    try:
        return value is None or bool(value != value)
    except (TypeError, ValueError):  # NA is neither; an array is many
        return type(value).__module__.startswith("pandas")


def stated_date(value: Any) -> str | None:
    """A date of issue as a program holds it: text, a `date` or timestamp, a year; None for what is missing.

    Raises ValueError if it is no date.

    >>> stated_date(date(2022, 11, 29)), stated_date(20221129), stated_date(2022.0), stated_date(None)
    ('2022-11-29', '2022-11-29', '2022', None)
    """
    if is_missing(value) or value == "":
        return None
    if isinstance(value, datetime) and value.tzinfo:
        with suppress(OverflowError):
            return value.astimezone(_CHINA).date().isoformat()
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, str):
        return parse_published(value)
    if type(value).__name__ in _CALENDAR:
        return parse_published(str(value))
    if isinstance(value, bool) or not isinstance(value, SupportsInt) or not _is_whole(value):
        raise ValueError(f"{value!r:.100} is no date of issue; write 2022-11-29, 2022-11 or 2022")
    return parse_published(str(int(value)))


def _is_whole(number: SupportsInt) -> bool:
    """Whether a number is a whole one."""
    try:
        return int(number) == number
    except OverflowError:  # it is infinite
        return False


#: What NumPy and pandas call a date, a month or a year; printed, it is one.
_CALENDAR = ("datetime64", "Period")


def day_of_number(cell: Any) -> str | None:
    """The day that a number counts in a spreadsheet or in JSON, None for what is none.

    >>> day_of_number(44894), day_of_number("1669680000000"), day_of_number(20221129)
    ('2022-11-29', '2022-11-29', None)
    """
    if isinstance(cell, bool) or not isinstance(cell, (str, int, float)) or not _NUMBER.fullmatch(str(cell)):
        return None
    number = int(float(cell))
    if number in _EXCEL_DAYS:
        return (_EXCEL_ZERO + timedelta(number)).isoformat()
    if number in _SECONDS or number in _MILLISECONDS:
        seconds = number if number in _SECONDS else number // 1000
        return datetime.fromtimestamp(seconds, _CHINA).date().isoformat()
    return None


def asked_date(value: Any) -> str | None:
    """The date of issue that is asked for, None for None. Raises ValueError for what is no date, NaT among it.

    >>> asked_date("2022/11/9")
    '2022-11-09'
    """
    found = stated_date(value)
    if found is None and value is not None:
        raise ValueError(f"{value!r} is no date of issue; write 2022-11-29, 2022-11 or 2022")
    return found


def printed_date(text: str) -> str | None:
    """The date of issue that the page's masthead prints, None if it prints none or several.

    >>> printed_date("02版 要闻 2022年11月29日 责任编辑：张敏\\n\\n我区全面开展线上巡课工作")
    '2022-11-29'
    """
    lines = _edge_lines(text)
    found = {
        day
        for line in lines
        if len(line) <= MASTHEAD_CHARS and not line.endswith(("。", "！", "？"))
        for match in PRINTED.finditer(line)
        if (day := _day(*match.groups()))
    }
    return found.pop() if len(found) == 1 else None


def date_in_name(name: str) -> str | None:
    """The date in the name of a file, None if there is none.

    >>> date_in_name("2022-11-29_02"), date_in_name("dcf20221129A3"), date_in_name("000_06986f19817cff91")
    ('2022-11-29', '2022-11-29', None)
    """
    found = {
        "-".join([year, *(f"{int(unit):02d}" for unit in (month, day) if unit)])
        for year, month, day in IN_NAME.findall(name)
        if _day(year, month, day or "1")
    }
    return found.pop() if len(found) == 1 else None


def issue_interval(published: str | None) -> dict[str, datetime | None]:
    """The interval of a day, a month or a year, as in the columns of the tables; None and None for what is none.

    >>> [str(moment) for moment in issue_interval("2022-11").values()]
    ['2022-11-01 00:00:00', '2022-12-01 00:00:00']
    """
    begin = until = None
    with suppress(ValueError):
        units = [int(unit) for unit in parse_published(published or "").split("-")]
        year, month, day = (*units, 1, 1)[:3]
        begin = datetime(year, month, day)
        until = begin + relativedelta(**{("years", "months", "days")[len(units) - 1]: 1})
    return {"published_begin": begin, "published_until": until}


def _edge_lines(text: str) -> list[str]:
    """The first and the last lines that are not blank; looks at the edges of the text only."""
    head = [line.strip() for line in text[:2000].splitlines() if line.strip()]
    tail = [line.strip() for line in text[-1000:].splitlines() if line.strip()]
    return head[:MASTHEAD_LINES] + tail[-2:]


def _day(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
