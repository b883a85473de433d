"""Pages of type drawn with letters, so that a test shows what it is about.

    AAAAAA
    a b c*

Every word is a run, a letter 10 points wide, a line 12 high. A capital stands for the type of a headline, an
asterisk for somewhat larger type.
"""

from __future__ import annotations

import re

from bulletinnlp.pages.documents.text_runs import TextRun

WORD = re.compile(r"\S+")


def drawn(picture: str) -> list[TextRun]:
    """The text runs of a picture, in no order that could help."""
    found = []
    for row, line in enumerate(picture.strip("\n").split("\n")):
        for word in WORD.finditer(line):
            size = 20.0 if word[0][0].isupper() else 12.0 if word[0].endswith("*") else 10.0
            y1 = 12.0 * row + 10
            found.append(TextRun(word[0], 10.0 * word.start(), y1 - 10, 10.0 * word.end(), y1, size))
    return found[::-1]
