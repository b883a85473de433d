"""The stage `bulletin_times`."""

import re
from typing import get_args

from spacy.language import Language
from spacy.tokens import Doc

from bulletinnlp.annotations import Time, TimeKind
from bulletinnlp.stage_base import Stage
from bulletinnlp.text.docs import note, parts, printed_of
from bulletinnlp.times.discourse import PublicationDate
from bulletinnlp.times.timex import find_in


@Language.factory("bulletin_times", assigns=["doc.spans", "doc._.times"], default_config={"published": None})
class Times(Stage):
    """Finds the time expressions of an article and says what they denote.

    Reads eyebrow, headline and body (`doc._.parts`), the dateline, and the date of issue (`doc._.published`). Writes
    `doc._.times` (`Time` records: TIMEX3 value, bounds of the interval, grain, anchor) and `doc.spans["times"]`. What
    no calendar and no clock has (2月30日, 25时) gets no value, and a warning in `doc._.problems`.

    Printed on 29 November 2022:

    | the article says | `type` | `value` |
    | --- | --- | --- |
    | 11月27日, 昨天, 上周五, 农历十月初一, 冬至 | DATE | 2022-11-27, 2022-11-28, 2022-11-25, 2022-10-25, 2022-12-22 |
    | 11月13日至15日 | DATE | 2022-11-13/2022-11-15 |
    | 11月27日晚, 昨天下午3点 | TIME | 2022-11-27TEV, 2022-11-28T15:00 |
    | 24小时, 三年 | DURATION | PT24H, P3Y |
    | 每天, 每周一 | SET | P1D, P1W |
    | 近日, 目前 | DATE | PAST_REF, PRESENT_REF |
    | 十一个人, 三月三路 | | none |

    Parameters: `published`, the date of issue of Docs that carry none: a day, a month or a year (2022-11-29, 2022-11,
    2022). Raises ValueError for another.

    Values and types are those of TIMEX3 (ISO-TimeML, ISO 24617-1); the calendar's are `lunar_python`'s and
    `chinesecalendar`'s.

    >>> import spacy
    >>> nlp = spacy.blank("zh")
    >>> stage = nlp.add_pipe("bulletin_times", config={"published": "2022-11-29"})
    >>> [(time.text, time.value) for time in nlp("昨天上午，区里召开会议。")._.times]
    [('昨天上午', '2022-11-28TMO')]
    """

    scored = ("times",)
    labels = get_args(TimeKind)

    def __init__(self, nlp: Language, name: str = "bulletin_times", *, published: str | None = None) -> None:
        super().__init__(nlp, name)
        PublicationDate.parse(published)
        self.published = published

    def __call__(self, doc: Doc) -> Doc:
        text = printed_of(doc)
        published = doc._.published or self.published
        dateline = next(((part.start, part.end) for part in parts(doc, ("dateline",))), None)
        times = find_in(text, [(part.start, part.end) for part in parts(doc)], published, dateline)
        spans = (doc.char_span(time.start, time.end, label=time.type, alignment_mode="expand") for time in times)
        doc.spans["times"] = [span for span in spans if span is not None]
        doc._.times = times
        for time in times:
            if doubt := _doubt(time, published):
                note(doc, "times", doubt)
        return doc


#: A year of two digits: 到25年底.
_SHORT_YEAR = re.compile(r"(?<!\d)\d\d年")


def _doubt(time: Time, published: str | None) -> str | None:
    """What the reader of a time should know."""
    if time.value is None:
        return f"{time.text}: no calendar and no clock has it; it was given no value"
    year = time.value[:4]
    if published and year.isdigit() and _SHORT_YEAR.match(time.text) and published[:4] < year:
        return f"{time.text}: read as {year}; it may be a year of the century before"
    return None
