"""Is a page in a state in which the stages can read it? What can be seen of that from its characters alone.

The stages are made for running text in simplified Chinese. What they miss on other pages leaves no trace in the tables,
so the reader is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import regex

from bulletinnlp.pages.encodings import traditional

VISIBLE = regex.compile(r"[^\s\p{Cc}\p{Cf}]")
#: Zero-width characters, private-use characters and marks between Chinese characters: they cut words apart.
CUT = regex.compile(r"\p{Han}[\p{Cf}\p{Co}\p{M}]+(?=\p{Han})")
HAN = regex.compile(r"\p{Han}")
TAG = regex.compile(r"</?(?:html|head|body|div|p|br|span|table|t[dhr]|a|img|script|style|meta|font|li|ul|h\d)\b[^<>]*>")
QUOTATION_MARKS = (("“", "”"), ("「", "」"), ("『", "』"))
#: A share of the characters that no page in order reaches; and a number, for short pages.
SHARE, FEW = 0.01, 10
#: Of the letters of a Chinese page, more than this are Chinese; of running text in traditional characters, a quarter
#: to a third are in no simplified one.
CHINESE, TRADITIONAL = 0.1, 0.1


def is_blank(text: str) -> bool:
    """Whether nothing on a page can be seen: it holds white space, zero-width and control characters only.

    >>> is_blank("\u3000\\n\\u200b"), is_blank("\u3000我")
    (True, False)
    """
    return VISIBLE.search(text) is None


def doubts(text: str) -> Iterator[str]:
    """What makes it doubtful that the tables of a page show what it says.

    >>> list(doubts("臺北市政府昨日舉行記者會"))
    ['it is in traditional characters (33% exist in no simplified text); the stages miss much']
    >>> list(doubts("The city council met on Tuesday."))
    ['it is not in Chinese (0 of its 26 letters are); the stages read nothing else']
    """
    counts = Counter(text)
    chinese = sum(count for character, count in counts.items() if HAN.match(character))
    letters = sum(count for character, count in counts.items() if character.isalpha())
    if not letters:
        yield "it holds no letters, Chinese or others; the stages read nothing else"
    elif chinese <= CHINESE * letters:
        yield f"it is not in Chinese ({chinese:,} of its {letters:,} letters are); the stages read nothing else"
    elif (share := sum(counts[character] for character in counts.keys() & traditional()) / chinese) > TRADITIONAL:
        yield f"it is in traditional characters ({share:.0%} exist in no simplified text); the stages miss much"
    if (tags := sum(1 for _ in TAG.finditer(text))) > FEW:
        yield f"it holds {tags:,} HTML tags, which are read as text; make plain text of it first"
    if (cuts := sum(1 for _ in CUT.finditer(text))) > SHARE * len(text):
        yield f"invisible or private-use characters cut its words in {cuts:,} places; names and dates are missed there"
    unpaired = sum(abs(counts[opening] - counts[closing]) for opening, closing in QUOTATION_MARKS)
    if unpaired > max(FEW, SHARE * len(text)):
        yield f"{unpaired:,} of its quotation marks have no other half; where quotes begin and end is uncertain"
