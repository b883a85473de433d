"""The spaCy component `bulletin_times`."""

import re

from spacy.language import Language
from spacy.tokens import Doc

from bulletinnlp.annotations import Problem, Time
from bulletinnlp.text.docs import parts, printed_of
from bulletinnlp.times.context import PublicationDate
from bulletinnlp.times.finder import find_in


class TimesTagger:
    """Finds the time expressions of an article and says what they denote.

    Reads the eyebrow, headline and body (`doc._.parts`) and the date of publication (`doc._.published`, else
    `published`). Writes `doc._.times` (`Time` records) and `doc.spans["times"]`, labelled DATE, TIME, DURATION or SET.
    What no calendar has (2月30日, 25时) is tagged with value None and complained of.

    >>> import spacy
    >>> nlp = spacy.blank("zh")
    >>> tagger = nlp.add_pipe("bulletin_times", config={"published": "2022-11-29"})
    >>> [(t.text, t.value) for t in nlp("昨天上午，区里召开会议。")._.times]
    [('昨天上午', '2022-11-28TMO')]
    """

    def __init__(self, nlp: Language, name: str = "bulletin_times", *, published: str | None = None) -> None:
        PublicationDate.parse(published)
        self.name, self.published = name, published

    def __call__(self, doc: Doc) -> Doc:
        text = printed_of(doc)
        published = doc._.published or self.published
        stretches = [(part.start, part.end) for part in parts(doc)] if doc._.parts else [(0, len(text))]
        dateline = next(((part.start, part.end) for part in parts(doc, ("dateline",))), None)
        times = find_in(text, stretches, published, dateline)
        spans = (doc.char_span(time.start, time.end, label=time.type, alignment_mode="expand") for time in times)
        doc.spans["times"] = [span for span in spans if span is not None]
        doc._.times = times
        doubts = (Problem("times", "warning", doubt) for time in times if (doubt := _doubt(time, published)))
        doc._.problems = [*doc._.problems, *doubts]
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


@Language.factory(
    "bulletin_times",
    assigns=["doc.spans", "doc._.times"],
    default_config={"published": None},
)
def make_times(nlp: Language, name: str, published: str | None) -> TimesTagger:
    """Make the component. `published`: publication date of the Docs that carry none (2022-11-29, 2022-11 or 2022)."""
    return TimesTagger(nlp, name, published=published)
