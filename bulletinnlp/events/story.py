"""An article as the later steps of event extraction see it: sentences, and who is named where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from bulletinnlp.events.clauses import NAMES, Sentence
from bulletinnlp.events.roles import Named
from bulletinnlp.events.types import event_type
from bulletinnlp.events.words import Word


class Story:
    """The sentences of an article and the names in them."""

    def __init__(
        self, text: str, rows: Sequence[Sentence], names: Sequence[Named], titles: Iterable[tuple[int, int]] = ()
    ) -> None:
        self.text = text
        #: Where the titles of persons begin.
        self.titles = frozenset(start for start, _ in titles)
        self.rows = rows
        self.by_start = {name.start: name for name in names}
        #: What later steps have worked out about the article and need again.
        self.memo: dict[str, Any] = {}

    def name(self, word: Word) -> str:
        """What a name or stand-in is called in the tables: 该镇 is 斗虎屯镇."""
        found = self.by_start.get(word.start)
        return found.name if found is not None else word.text

    @cached_property
    def headline(self) -> str:
        """Eyebrow and headline, stand-ins resolved."""
        return "".join(
            self.name(word) if word.kind in NAMES else word.text
            for row in self.rows
            if row.part != "body"
            for word in row.words
        )

    @cached_property
    def headline_words(self) -> frozenset[str]:
        """The words of eyebrow and headline that are longer than a character."""
        rows = (row for row in self.rows if row.part != "body")
        return frozenset(word.text for row in rows for word in row.words if len(word.text) > 1)

    @cached_property
    def headline_characters(self) -> frozenset[str]:
        """The characters of eyebrow and headline outside names."""
        rows = (row for row in self.rows if row.part != "body")
        return frozenset(char for row in rows for word in row.words if word.kind not in NAMES for char in word.text)

    @cached_property
    def headline_types(self) -> frozenset[str]:
        """The types of event that the verbs of the headline name."""
        verbs = (word for row in self.rows if row.part != "body" for word in row.words if word.kind in "vN")
        return frozenset(event_type(word.text) for word in verbs) - {"other"}

    @cached_property
    def counts(self) -> dict[str, int]:
        """How often each name stands in the article."""
        found: dict[str, int] = {}
        for row in self.rows:
            for word in row.words:
                if word.kind in NAMES:
                    name = self.name(word)
                    found[name] = found.get(name, 0) + 1
        return found

    @cached_property
    def mentions(self) -> dict[str, list[tuple[int, int]]]:
        """Where each name stands in the body: sentence and word, in order."""
        found: dict[str, list[tuple[int, int]]] = {}
        for number, row in enumerate(self.rows):
            for index, word in enumerate(row.words) if row.part == "body" else ():
                if word.kind in NAMES:
                    found.setdefault(self.name(word), []).append((number, index))
        return found

    @cached_property
    def body_first(self) -> int:
        """The number of the first sentence of the body."""
        return sum(row.part != "body" for row in self.rows)

    def offset(self, sentence: int, word: int) -> tuple[int, int]:
        """Where a word stands in the text."""
        found = self.rows[sentence].words[word]
        return found.start, found.end
