"""Where a text is cut before a model reads it: models take so many characters at a time and know no paragraphs."""

from __future__ import annotations

from bulletinnlp.text.sentences import CLOSING_MARKS, sentence_pattern, trimmed

#: What a model reads at once, in characters. Encoders of 512 pieces hold this much with room for their own marks.
LIMIT = 400
#: A cut is not made before this many characters if a clause ends later.
_LEAST = 40
#: What closes behind the end of a sentence; here a straight mark always closes.
_CLOSING = CLOSING_MARKS + '"'


def chunks(text: str, start: int, end: int, limit: int = LIMIT) -> list[tuple[int, int]]:
    """The sentences of `text[start:end]`, without white space at their ends, none longer than `limit`.

    A longer one is cut after its last comma, semicolon or colon within the limit, or at the limit if it has none.

    >>> text = "近日，天亮了。“好！”他说。\\n散会"
    >>> [text[a:b] for a, b in chunks(text, 0, len(text))]
    ['近日，天亮了。', '“好！”', '他说。', '散会']
    """
    found: list[tuple[int, int]] = []
    for match in sentence_pattern(_CLOSING).finditer(text, start, end):
        left, right = trimmed(text, *match.span())
        while right - left > limit:
            marks = (text.rfind(mark, left + _LEAST, left + limit) for mark in "，,；;：:、 ")
            cut = max(marks) + 1 or left + limit
            found.append(trimmed(text, left, cut))
            left, right = trimmed(text, cut, right)
        if left < right:
            found.append((left, right))
    return [span for span in found if span[0] < span[1]]
