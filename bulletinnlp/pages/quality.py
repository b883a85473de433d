"""Is a page in a state in which the stages can read it? What can be seen of that from its characters alone.

The stages are made for running text in Chinese. What they miss on other pages leaves no trace in the tables,
so a warning says what is doubtful.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from unicodedata import category

import regex

from bulletinnlp.pages.encodings import traditional

VISIBLE = regex.compile(r"[^\s\p{Cc}\p{Cf}]")
#: Private-use characters and marks between Chinese characters: they cut words apart.
CUT = regex.compile(r"\p{Han}\p{Cf}*+[\p{Co}\p{M}][\p{Cf}\p{Co}\p{M}]*+(?=\p{Han})")
HAN = regex.compile(r"\p{Han}")
TAG = regex.compile(
    r"<!doctype\b[^<>]*>|&(?:nbsp|[lg]t|amp|quot|#x?[0-9a-f]{2,6});|</?(?:html|head|body|title|div|p|br|span|table|tbody|t[dhr]"
    r"|a|img|script|style|meta|link|font|center|section|article|strong|em|li|[uo]l|h\d)\b[^<>]*>|</[biu]>",
    regex.IGNORECASE,
)
QUOTATION_MARKS = (("“", "”"), ("「", "」"), ("『", "』"))
#: A share of the characters that no page in order reaches; and a number, for short pages.
SHARE, FEW = 0.01, 10
#: Of the letters of a Chinese page, more than this are Chinese; of running text in traditional characters, a quarter
#: to a third are in no simplified one.
CHINESE, TRADITIONAL = 0.1, 0.1
#: Of characters by dice, a third and more are in neither standard set (GB 2312, Big5); of running text, hardly one.
RARE = 0.25


def is_blank(text: str) -> bool:
    """Whether nothing on a page can be seen: it holds white space, zero-width and control characters only.

    >>> is_blank("\u3000\\n\\u200b"), is_blank("\u3000我")
    (True, False)
    """
    return VISIBLE.search(text) is None


def doubts(text: str) -> Iterator[str]:
    """What makes it doubtful that the tables of a page show what it says.

    >>> list(doubts("臺北市政府昨日舉行記者會"))
    ['it is in traditional characters (33% exist in no simplified text), which are read as simplified ones']
    >>> list(doubts("The city council met on Tuesday."))
    ['it is not in Chinese (0 of its 26 letters are); the stages do not read it']
    """
    counts = Counter(text)
    if reason := _foreign(counts):
        yield f"{reason}; the stages do not read it"
    elif (share := sum(counts[char] for char in counts.keys() & traditional()) / _chinese(counts)) > TRADITIONAL:
        share_text = f"it is in traditional characters ({share:.0%} exist in no simplified text)"
        yield f"{share_text}, which are read as simplified ones"
    if (tags := sum(1 for _ in TAG.finditer(text))) > min(FEW, SHARE * len(text)):
        count = f"{tags:,} HTML tags" if tags > 1 else "an HTML tag"
        yield f"it holds {count}, which are read as text; make plain text of it first"
    if (cuts := sum(1 for _ in CUT.finditer(text))) > SHARE * len(text):
        yield f"private-use characters or marks cut its words in {cuts:,} places; names and dates are missed there"
    unpaired = sum(abs(counts[opening] - counts[closing]) for opening, closing in QUOTATION_MARKS)
    if unpaired > max(FEW, SHARE * len(text)):
        yield f"{unpaired:,} of its quotation marks have no other half; where quotes begin and end is uncertain"


def is_foreign(text: str) -> bool:
    """Whether a page is no Chinese prose: of other letters, of none (a PDF without its fonts), of letters by dice.

    >>> is_foreign("The city council met on Tuesday."), is_foreign("\ue012\ue345"), is_foreign("龘靐齉爩鱻麤龗灪")
    (True, True, True)
    >>> is_foreign("臺北市政府昨日舉行記者會"), is_foreign("本报讯 The council met")
    (False, False)
    """
    return _foreign(Counter(text)) is not None


def _foreign(counts: Counter[str]) -> str | None:
    """What a text is that is no Chinese prose."""
    chinese = _chinese(counts)
    letters = sum(count for char, count in counts.items() if char.isalpha())
    other = sum(count for char, count in counts.items() if category(char) in ("Co", "Cn", "So") or char == "\ufffd")
    rare = sum(count for char, count in counts.items() if HAN.match(char) and not _usual(char))
    if not letters:
        return "it holds no letters, Chinese or others"
    if chinese <= CHINESE * letters:
        return f"it is not in Chinese ({chinese:,} of its {letters:,} letters are)"
    if chinese <= CHINESE * other:
        return f"it is no text ({other:,} of its characters mean nothing)"
    if rare > RARE * chinese:
        return f"its characters make no text ({rare:,} of {chinese:,} Chinese ones are hardly ever printed)"
    return None


def _chinese(counts: Counter[str]) -> int:
    return sum(count for char, count in counts.items() if HAN.match(char))


@cache
def _usual(char: str) -> bool:
    """Whether the simplified or the traditional standard set has a character."""
    return any(_encodes(char, codec) for codec in ("gb2312", "big5"))


def _encodes(char: str, codec: str) -> bool:
    try:
        char.encode(codec)
    except UnicodeEncodeError:
        return False
    return True
