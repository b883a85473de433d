"""What a line looks like: its features, from its words, from the lines around it and from the size of its type.

The features of a line alone come from `headings`, `page_furniture`, `datelines`, `signatures` and `body_blocks`; what
the lines around it make of it, and larger type, change them. `line_labels` decides by them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from bulletinnlp.articles.body_blocks import bulleted, list_item, rows_and_verses, subheadings
from bulletinnlp.articles.datelines import opening
from bulletinnlp.articles.headings import banner_score, eyebrow_score, headline_score, opens_like_body
from bulletinnlp.articles.lines import Line
from bulletinnlp.articles.page_furniture import furniture_score, resumes
from bulletinnlp.articles.signatures import caption_signature, signature_score, tail_signature
from bulletinnlp.pages.page import TextLine

#: The score of what can not be.
IMPOSSIBLE = -1e9
#: A page with fewer signatures has one article, or leaves them unsigned.
FEW_SIGNATURES = 3
#: From this score on, a line belongs to the page and not to an article.
_FURNITURE = 2.5
#: From this score on, a line among verses is a signature; one among sub-headings, in brackets or not.
_SIGNED, _SIGNED_IN_BRACKETS, _SIGNED_SHORT = 2.5, 5.0, 2.0
#: What a line over the metadata of a web page gains as a headline; from which score on a line is no sub-heading.
_OVER_METADATA, _NO_SUBHEADING = 2.0, 3.0
#: A shorter item without a full stop is no brief.
_BRIEF = 12
#: A longer line is running text; so is one with a full stop that is longer than a sub-heading.
_SHORT, _SHORT_SENTENCE = 60, 16
#: Larger type makes a line a headline, or an eyebrow, where it is so much smaller than the line under it.
_LARGE, _UNDER = 3.0, 0.9
#: What a line in larger type has at least, before it gains that; one with less is a title of the page, a number.
_LEAST = -1.0


class LineFeatures(NamedTuple):
    """The features of a line. The scores are those of `headings`."""

    furniture: float
    banner: float
    eyebrow: float
    headline: float
    signature: float
    #: Where a dateline ends that it begins with, and a byline behind that (本报讯（记者 甲）); 0 for none.
    dateline_end: int
    byline_end: int
    #: Where a byline at the end of running text begins, else 0.
    tail: int
    closes: bool
    #: Whether it begins as articles begin: with a date, 近日, a quotation.
    fresh: bool
    #: Whether it is an item of a list, and whether one with a mark that is a text by itself (▲6月8日，……。).
    item: bool
    brief: bool
    #: Whether it is a row of a table, a verse or a sub-heading: body, and a paragraph.
    block: bool
    #: Whether it is the caption of a picture, signed by the photographer.
    caption: bool
    #: Whether it begins with a dash, as the second line of a headline does.
    dash: bool
    #: Whether a mark before it says that it comes from another page.
    resumes: bool
    length: int
    #: Empty lines before it.
    gap: int

    @property
    def opens(self) -> bool:
        """Whether it begins with a dateline or a byline, as the text of an article does."""
        return self.dateline_end > 0 or self.byline_end > 0

    @property
    def is_text(self) -> bool:
        """Whether it is hardly anything but the text of an article."""
        return self.opens or self.length > _SHORT or (self.closes and self.fresh)

    @property
    def is_furniture(self) -> bool:
        """Whether it belongs to the page and not to an article."""
        return self.furniture >= _FURNITURE

    def as_block(self) -> LineFeatures:
        """The features of a line that is a row, a verse or a sub-heading: nothing but body."""
        body = self._replace(closes=True, item=True, block=True)
        return body._replace(banner=IMPOSSIBLE, eyebrow=IMPOSSIBLE, headline=IMPOSSIBLE, signature=IMPOSSIBLE)


def features_of(line: Line, resumes: bool = False) -> LineFeatures:
    """The features of one line alone. `resumes` says that 上接第1版 stands before it."""
    text = line.text
    opens = opening(text)
    caption = caption_signature(text)
    tail = caption or tail_signature(text)
    closes = line.closes or tail > 0
    short = len(text) <= _SHORT and not caption
    return LineFeatures(
        furniture=furniture_score(text),
        banner=banner_score(text) if short else IMPOSSIBLE,
        eyebrow=eyebrow_score(text) if short else IMPOSSIBLE,
        headline=headline_score(text) if short else IMPOSSIBLE,
        signature=IMPOSSIBLE if caption else signature_score(text),
        dateline_end=opens.dateline_end,
        byline_end=opens.byline_end,
        tail=tail,
        closes=closes,
        fresh=opens_like_body(text),
        item=short and list_item(text),
        brief=bulleted(text) and (closes or len(text) >= _BRIEF),
        block=False,
        caption=caption > 0,
        dash=text.startswith(("——", "──", "--", "—")),
        resumes=resumes,
        length=len(text),
        gap=line.gap,
    )


def features_of_lines(
    printed: list[Line], metadata: Sequence[int] = (), in_pdf: Sequence[TextLine] = ()
) -> list[LineFeatures]:
    """The features of the lines of a page, those around each taken into account.

    `metadata` is where on the page lines with the day of a web page stood, `in_pdf` how a PDF prints its lines.
    """
    features = [
        features_of(line, above is not None and resumes(above.text))
        for above, line in zip([None, *printed], printed, strict=False)
    ]
    for i, block in enumerate(rows_and_verses(printed)):
        if block and features[i].signature < _SIGNED:
            features[i] = features[i].as_block()
    for offset in metadata:
        over = bisect_left(printed, offset, key=lambda line: line.start) - 1
        if over >= 0 and not features[over].block:
            features[over] = features[over]._replace(headline=features[over].headline + _OVER_METADATA)
    if signature_count(features) < FEW_SIGNATURES:
        texts = [seen.is_text or (seen.closes and seen.length > _SHORT_SENTENCE) for seen in features]
        others = [
            _is_no_subheading(line, seen, under)
            for line, seen, under in zip(printed, features, [*features[1:], None], strict=False)
        ]
        for i, sub in enumerate(subheadings(printed, texts, others)):
            features[i] = features[i].as_block() if sub else features[i]
    return _with_type_size(features, printed, in_pdf)


def signature_count(features: list[LineFeatures]) -> int:
    """How many lines of a page hold a signature."""
    return sum(seen.signature > 2 or seen.byline_end > 0 or seen.tail > 0 for seen in features)


def _is_no_subheading(line: Line, seen: LineFeatures, under: LineFeatures | None) -> bool:
    """Whether a line is no sub-heading but a headline, or a signature (【夜读】 may be both)."""
    signed = _SIGNED_IN_BRACKETS if line.text[0] in "【[" else _SIGNED_SHORT
    opens = seen.opens or (under is not None and under.opens)
    return seen.signature > signed or seen.headline > _NO_SUBHEADING or opens


def _with_type_size(
    features: list[LineFeatures], printed: list[Line], in_pdf: Sequence[TextLine]
) -> list[LineFeatures]:
    """Lines in larger type look more like headlines; one over a line in still larger type, like an eyebrow."""
    large = {line.start: line.size for line in in_pdf if line.is_large}
    if not large:
        return features
    sizes = [large.get(line.start, 0.0) for line in printed]
    found = []
    for seen, size, under in zip(features, sizes, [*sizes[1:], 0.0], strict=True):
        if not size or seen.block:
            found.append(seen)
        elif size < _UNDER * under:
            found.append(seen._replace(eyebrow=max(seen.eyebrow, _LEAST) + _LARGE))
        else:
            found.append(seen._replace(headline=max(seen.headline, _LEAST) + _LARGE))
    return found
