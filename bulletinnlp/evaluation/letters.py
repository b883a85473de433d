"""The letters of a page: its text without white space, in which sentences and triggers are looked for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping

from bulletinnlp.evaluation.equality import Span, letters


class Letters:
    """A page's text, or the text of some stretches of it, without white space.

    >>> page = Letters("本报讯\\n\\n区委 召开会议。")
    >>> page.text, page.at(8), page.span(5, 7)
    ('本报讯区委召开会议。', 5, (8, 10))
    """

    def __init__(self, text: str, stretches: Iterable[Span] | None = None) -> None:
        stretches = [(0, len(text))] if stretches is None else list(stretches)
        self.text = "".join(letters(text[start:end]) for start, end in stretches)
        self.places = [at for start, end in stretches for at in range(start, end) if not text[at].isspace()]

    def at(self, offset: int) -> int:
        """How many letters stand before an offset of the page."""
        return bisect_left(self.places, offset)

    def span(self, start: int, end: int) -> Span:
        """A stretch of letters as offsets of the page."""
        return self.places[start], self.places[end - 1] + 1


def stretches_of(sentences: Mapping[int, str], text: str) -> dict[int, Span]:
    """Where numbered sentences stand among letters, each after the one before if it can; those that do.

    >>> stretches_of({1: "区委 开会。", 2: "区委讨论。", 3: "散会。"}, "讯区委开会。区委讨论。")
    {1: (1, 6), 2: (6, 11)}
    """
    found: dict[int, Span] = {}
    after = 0
    for number, sentence in sorted(sentences.items()):
        wanted = letters(sentence)
        at = text.find(wanted, after)
        at = text.find(wanted) if at < 0 else at
        if at >= 0:
            after = at + len(wanted)
            found[number] = (at, after)
    return found
