"""Text that an OCR printed again and again.

Recognisers that write text as language models do get caught in loops: the last sentence of a column comes twice, ten
times, with and without line breaks. Such copies are set aside as `stray`, and the article they lie in is flagged. The
first one stays. A sentence counts as a copy where

- the sentence right before it is the same one, or
- it stands on the page three times or more;

short sentences (特此公告。) never do. Clauses that come four times in a row are copies as well.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

import regex

from bulletinnlp.articles.lines import Line, strip_span
from bulletinnlp.text.sentences import CLOSING_MARKS, SENTENCE_ENDS

#: Shorter sentences may come again by chance.
_SHORTEST = 12
_OFTEN = 3
#: A longer text is no page; its sentences are not kept in memory.
_LONGEST = 5_000_000
_IN_A_ROW = 4

_SENTENCE = regex.compile(rf"[^{SENTENCE_ENDS}]*+(?:[{SENTENCE_ENDS}]++[{CLOSING_MARKS}]*+)?+")
_CLAUSE = regex.compile(r"[^，,、；;]*+[，,、；;]?+")
_CLOSED = regex.compile(rf"[{SENTENCE_ENDS}][{CLOSING_MARKS}]*$")


class _Sentence(NamedTuple):
    key: str
    start: int
    end: int


def drop_repeats(page: str, printed: list[Line]) -> tuple[list[Line], list[tuple[int, int]]]:
    """The lines without copies, and where on the page the copies stand.

    >>> from bulletinnlp.articles.lines import lines
    >>> text = "居民都非常感动，纷纷表示感谢社区。居民都非常感动，纷纷表示感谢社区。\\n（记者 甲）"
    >>> kept, copies = drop_repeats(text, lines(text))
    >>> [line.text for line in kept], copies
    (['居民都非常感动，纷纷表示感谢社区。', '（记者 甲）'], [(17, 34)])
    """
    if len(page) > _LONGEST:
        return printed, []
    cut = [_sentences(line) for line in printed]
    often = Counter(hash(sentence.key) for sentences in cut for sentence in sentences if sentence.key)
    if not often or (max(often.values()) < 2 and not any(_loops(line) for line in printed)):
        return printed, []
    kept: list[Line] = []
    copies: list[tuple[int, int]] = []
    seen: set[int] = set()
    previous = 0
    for line, sentences in zip(printed, cut, strict=True):
        stay: list[tuple[int, int]] = []
        for sentence in sentences:
            key = hash(sentence.key) if sentence.key else 0
            if key and key in seen and (key == previous or often[key] >= _OFTEN):
                copies.append((sentence.start, sentence.end))
            else:
                stay += _without_loops(page, sentence, copies)
            seen.add(key)
            previous = key or previous
        kept += _rest(page, line, stay)
    return kept, copies


def _sentences(line: Line) -> list[_Sentence]:
    """The sentences of a line; the key is empty where one is too short or has no end."""
    found = []
    for match in _SENTENCE.finditer(line.text):
        text = match.group()
        if text:
            key = "".join(text.split()) if len(text) >= _SHORTEST and _CLOSED.search(text[-6:]) else ""
            found.append(_Sentence(key, line.start + match.start(), line.start + match.end()))
    return found


def _loops(line: Line) -> bool:
    """Whether a clause comes several times in a row."""
    return any(count >= _IN_A_ROW for _, _, count in _runs(line.text))


def _runs(text: str) -> list[tuple[int, int, int]]:
    """Runs of one clause: where the second copy begins, where the last one ends, how many there are."""
    runs: list[tuple[int, int, int]] = []
    last, begin, count, end = "", 0, 0, 0
    for match in _CLAUSE.finditer(text):
        clause = match.group().strip("，,、；; ")
        if clause and clause == last:
            count += 1
            begin = begin or match.start()
        elif match.group():
            if count > 1 and len(last) >= 2:
                runs.append((begin, end, count))
            last, begin, count = clause, 0, 1
        end = match.end()
    if count > 1 and len(last) >= 2:
        runs.append((begin, end, count))
    return runs


def _without_loops(page: str, sentence: _Sentence, copies: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches of a sentence that stay when clauses in a row are cut to one."""
    stay: list[tuple[int, int]] = []
    at = sentence.start
    for begin, end, count in _runs(page[sentence.start : sentence.end]):
        if count >= _IN_A_ROW:
            copies.append((sentence.start + begin, sentence.start + end))
            stay.append((at, sentence.start + begin))
            at = sentence.start + end
    if at < sentence.end:
        stay.append((at, sentence.end))
    return stay


def _rest(page: str, line: Line, stay: list[tuple[int, int]]) -> list[Line]:
    """What is left of a line, as lines."""
    if stay == [(line.start, line.end)] or sum(end - start for start, end in stay) == line.end - line.start:
        return [line]
    joined: list[tuple[int, int]] = []
    for start, end in stay:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    rest = []
    for start, end in joined:
        start, end = strip_span(page, start, end)
        if start < end:
            rest.append(Line(page[start:end], start, end, line.indent, line.gap))
    return rest
