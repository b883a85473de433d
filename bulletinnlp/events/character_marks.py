"""What the network of events sees of a text beside its characters: names, times, quotations, titles, the headline."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import regex

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bulletinnlp.events.article_context import ArticleContext

#: The marks of a character, in the order of their bits.
MARKS = (
    *(f"{place}-{kind}" for kind in ("PER", "ORG", "PLACE", "REF", "TIME", "title") for place in "BI"),
    "quotation",
    "quoted",
    "head",
    "lead",
)
_BIT = {mark: np.uint32(1 << number) for number, mark in enumerate(MARKS)}
_QUOTED = regex.compile(r"[“\"「][^“”\"「」\n]{1,300}[”\"」]")


def marks(article: ArticleContext) -> NDArray[np.uint32]:
    """For each character of the text a number whose bits are its marks."""
    bits = np.zeros(len(article.text), dtype=np.uint32)
    spans: list[tuple[str, int, int]] = [(m.label, m.start, m.end) for m in article.mentions]
    spans += [("title", start, end) for start, end in article.titles]
    for kind, start, end in spans:
        bits[start] |= _BIT[f"B-{kind}"]
        bits[start + 1 : end] |= _BIT[f"I-{kind}"]
    for start, end in article.quotes:
        bits[start:end] |= _BIT["quotation"]
    for match in _QUOTED.finditer(article.text):
        bits[match.start() : match.end()] |= _BIT["quoted"]
    for part in article.head_parts:
        bits[part.start : part.end] |= _BIT["head"]
    first = next((sentence for sentence in article.sentences if not sentence.in_headline), None)
    if first is not None:
        bits[first.start : first.end] |= _BIT["lead"]
    return bits
