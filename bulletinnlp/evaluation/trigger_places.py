"""Which place of its sentence a trigger means that stands there several times: written, and read back."""

from __future__ import annotations

from bisect import bisect_left

from bulletinnlp.evaluation.finder import Finder

#: As much of what stands before a trigger is written at most.
MOST_BEFORE = 200


def before_of(sentence: str | Finder, at: int, trigger: str) -> str:
    """As much of what stands before a trigger as tells it from one that the sentence has earlier.

    >>> before_of("党代表接待日活动共接待群众390人次", 9, "接待")
    '共'
    """
    finder = Finder(sentence) if isinstance(sentence, str) else sentence
    text, most = finder.text, min(at, MOST_BEFORE)

    def is_told(length: int) -> bool:
        return finder.find(text[at - length : at] + trigger) + length >= at

    least, length = 0, 0  # `least` and more are to be tried; what a longer piece tells apart, a shorter one may not
    while length < most and not is_told(length):
        least, length = length + 1, min(max(2 * length, 1), most)
    length = min(length, most)
    return text[at - bisect_left(range(length), True, lo=min(least, length), key=is_told) : at]


class TriggerPlaces:
    """The places of triggers in a sentence. One that stands there twice is the first that none before has, unless what
    stands before it is given.

    >>> places = TriggerPlaces("接待日共接待群众，又接待客商")
    >>> places.take("接待"), places.take("接待"), places.take("接待", "又"), places.take("接待")
    (0, 4, 10, 10)
    """

    def __init__(self, sentence: str) -> None:
        self._finder = Finder(sentence)
        self._taken: set[int] = set()
        #: For a trigger, and a place of it that is taken, one behind it to be looked at next; by their numbers.
        self._next: dict[tuple[str, int], int] = {}

    def take(self, trigger: str, before: str = "") -> int:
        """The place of the next trigger."""
        at = self._finder.find(before + trigger) + len(before)
        if at in self._taken and (places := self._finder.every(trigger)):
            number = bisect_left(places, at)
            passed = []
            while number < len(places) - 1 and places[number] in self._taken:
                passed.append(number)
                number = self._next.get((trigger, number), number + 1)
            self._next |= dict.fromkeys(((trigger, one) for one in passed), number)
            at = places[number] if number < len(places) else at
        self._taken.add(at)
        return at
