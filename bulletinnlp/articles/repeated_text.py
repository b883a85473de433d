"""Text that an OCR printed again and again.

Recognisers that write text as language models do get caught in loops: the last sentence of a column comes twice, ten
times, with and without line breaks. Such copies become `stray`, and the article they lie in is flagged. The
first one stays. A sentence counts as a copy where

- the sentence right before it is the same one, or
- it stands on the page three times or more;

short sentences (特此公告。) never do. Clauses that come four times in a row are copies as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

import regex

from bulletinnlp.articles.lines import Line
from bulletinnlp.text.sentences import CLOSING_MARKS, SENTENCE_ENDS, Span

#: Shorter sentences may come again by chance.
_SHORTEST = 12
_OFTEN = 3
#: A longer text is no page; its sentences are not kept in memory.
_LONGEST = 5_000_000
_IN_A_ROW = 4

_SENTENCE = regex.compile(rf"[^{SENTENCE_ENDS}]*+(?:[{SENTENCE_ENDS}]++[{CLOSING_MARKS}]*+)?+")
_CLAUSE = regex.compile(r"[^，,、；;]*+[，,、；;]?+")
_CLOSED = regex.compile(rf"[{SENTENCE_ENDS}][{CLOSING_MARKS}]*$")


def without_repeats(printed: list[Line]) -> tuple[list[Line], list[Span]]:
    """The lines without copies, and where on the page the copies stand.

    >>> from bulletinnlp.articles.lines import lines
    >>> text = "居民都非常感动，纷纷表示感谢社区。居民都非常感动，纷纷表示感谢社区。\\n（记者 甲）"
    >>> kept, copies = without_repeats(lines(text))
    >>> [line.text for line in kept], copies
    (['居民都非常感动，纷纷表示感谢社区。', '（记者 甲）'], [(17, 34)])
    """
    if not printed or printed[-1].end > _LONGEST:
        return printed, []
    sentences = [_sentences(line.text) for line in printed]
    often = Counter(key for some in sentences for _, key in some if key)
    if not often or (max(often.values()) < 2 and not any(list(_loops(line.text)) for line in printed)):
        return printed, []
    kept: list[Line] = []
    copies: list[Span] = []
    seen: set[str] = set()
    previous = ""
    for line, some in zip(printed, sentences, strict=True):
        gone: list[Span] = []
        for (start, end), key in some:
            if key and key in seen and (key == previous or often[key] >= _OFTEN):
                gone.append((start, end))
            else:
                gone += [(start + first, start + last) for first, last in _loops(line.text[start:end])]
            seen.add(key)
            previous = key or previous
        if gone:
            starts, ends = zip(*gone, strict=True)
            kept += line.cut_out(zip((0, *ends), (*starts, len(line.text)), strict=True))
            copies += [(line.start + start, line.start + end) for start, end in gone]
        else:
            kept.append(line)
    return kept, copies


def _sentences(text: str) -> list[tuple[Span, str]]:
    """The sentences of a line, each with the key that its copies share; "" where it is too short or has no end."""
    found = []
    for match in _SENTENCE.finditer(text):
        if sentence := match.group():
            has_key = len(sentence) >= _SHORTEST and _CLOSED.search(sentence[-6:])
            found.append((match.span(), "".join(sentence.split()) if has_key else ""))
    return found


def _loops(text: str) -> Iterator[Span]:
    """Where clauses in a row are copies of the one before them."""
    clauses = [(match.group().strip("，,、；; "), match) for match in _CLAUSE.finditer(text) if match.group()]
    for clause, group in groupby(clauses, key=lambda one: one[0]):
        matches = [match for _, match in group]
        if len(matches) >= _IN_A_ROW and len(clause) >= 2:
            yield matches[1].start(), matches[-1].end()
