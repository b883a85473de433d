"""Which lists are open to users, and how a line of each is built.

What a list does, and what a user's line in it does, is said in its head (`data/lexicons/NAME.txt`).
"""

from __future__ import annotations

from typing import NamedTuple


class Field(NamedTuple):
    """A field behind the word: what it says, what it may be (anything if nothing is given), whether it may be left out.

    With `several`, it may be several of the values, or several words, between blanks.
    """

    name: str
    values: tuple[str, ...] = ()
    optional: bool = False
    several: bool = False


class LineFormat(NamedTuple):
    """How a line of a list is built: a word, then the fields. `unlisted`: a word may be taken away that ours lacks."""

    fields: tuple[Field, ...] = ()
    unlisted: bool = False

    def __str__(self) -> str:
        """What a line should be, in words: `a word, a tab, how (full or part)`."""
        fields = ["a word"]
        for field in self.fields:
            values = f" ({', '.join(field.values[:-1])} or {field.values[-1]})" if field.values else ""
            fields.append(f"{field.name}{values}{', which may be left out' if field.optional else ''}")
        return ", a tab, ".join(fields)


# The next two are those of `bulletinnlp.annotations` (`TitleKind`, `EVENT_TYPES`), written once more: importing them
# from there loads spaCy, which `bulletinnlp lexicons` need not wait for. A test compares them.
#: The kinds of title.
TITLE_KINDS = ("office", "occupation", "condition")
#: The types of events.
EVENT_TYPES = (
    "meeting", "inspection", "visit", "training", "publicity", "volunteering", "donation", "signing", "notice",
    "appointment", "honour", "contest", "performance", "construction", "enforcement", "rescue", "accident", "health",
    "teaching", "statement", "other",
)  # fmt: skip

LINE_FORMATS: dict[str, LineFormat] = {
    "titles": LineFormat((Field("kind", TITLE_KINDS, optional=True),), unlisted=True),
    "title_attributes": LineFormat(),
    "verbs": LineFormat((Field("type", EVENT_TYPES, optional=True),), unlisted=True),
    "body_suffixes": LineFormat((Field("kind", ("full", "part")),)),
    "place_suffixes": LineFormat((Field("kind", ("unit", "site")),)),
    "generic_words": LineFormat(),
    "byline_cues": LineFormat(
        (
            Field("role", ("reporter", "correspondent", "photographer", "editor", "source", "keep")),
            Field("place", ("before", "after", "both")),
        )
    ),
    "media_words": LineFormat(),
    "signing_units": LineFormat(),
    "section_names": LineFormat((Field("place", ("whole", "head", "tail", "over")),)),
    "page_furniture": LineFormat((Field("how sure", ("sure", "hint")),)),
    "web_words": LineFormat(
        (Field("class", ("key", "size", "button", "section", "list", "item", "heading", "site", "legal")),)
    ),
    "speech_cues": LineFormat(),
    "speaker_nouns": LineFormat(),
    "surnames": LineFormat(),
    "stand_in_nouns": LineFormat(
        (Field("label", ("PLACE", "ORG"), several=True), Field("endings", optional=True, several=True))
    ),
}
