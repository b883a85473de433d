"""A quotation by its first and last words, there and back."""

from __future__ import annotations

from functools import lru_cache

from bulletinnlp.evaluation.equality import Letters, Span, letters
from bulletinnlp.evaluation.marked.grammar import WrongMarkError

#: As many characters stand for a quotation's beginning and end; one that is not longer than both is written out.
HEAD = 12


def ends_of(text: str, start: int, end: int, after: int = 0) -> tuple[str, str, str]:
    """What stands before a quotation, if that is needed to find it behind `after`, its first and its last words.

    >>> ends_of("他说：“好！”她也说：“好！”", 12, 14)
    ('也说：“', '好！', '')
    """
    page = _letters(text)
    first, last = page.at(start), page.at(end)
    words = "".join(text[at] for at in page.places)
    whole = words[first:last]
    head, tail = (whole, "") if len(whole) <= 2 * HEAD else (whole[:HEAD], whole[-HEAD:])
    before = first
    while before and page.span(*_find(page, words[before:first], head, tail, after))[0] != start:
        before -= 1
    while tail and page.span(*_find(page, words[before:first], head, tail, after))[1] != end:
        tail = whole[-len(tail) - 1 :] if len(tail) < len(whole) else ""
        head = head if tail else whole
    return words[before:first], head, tail


def place_quotation(text: str, before: str, first: str, last: str, after: int = 0) -> Span:
    """Where a quotation stands: the first behind `after`, else the first. Raises `WrongMarkError`.

    >>> place_quotation("他说：“好！”她也说：“好！”", "她也说：“", "好！", "")
    (12, 14)
    """
    page = _letters(text)
    return page.span(*_find(page, before, first, last, after))


@lru_cache(maxsize=2)
def _letters(text: str) -> Letters:
    return Letters(text)


def _find(page: Letters, before: str, first: str, last: str, after: int) -> Span:
    context, head = letters(before), letters(first)
    begin = page.at(after)
    at = page.text.find(context + head, max(begin - len(context), 0))
    at = page.text.find(context + head) if at < 0 else at
    if at < 0:
        raise WrongMarkError(
            f"“{before}{first}” is not printed in the article; expected the quotation's first words as printed"
        )
    start = at + len(context)
    if not last:
        return start, start + len(head)
    end = page.text.find(letters(last), start)
    if end < 0:
        raise WrongMarkError(
            f"“{last}” is not printed behind “{first}”; expected the quotation's last words as printed"
        )
    return start, end + len(letters(last))
