"""The spaCy component `bulletin_quotes`."""

from spacy.language import Language
from spacy.tokens import Doc

from bulletinnlp.lexicons import LexiconSource, lexicons_from, with_own_lexicons
from bulletinnlp.quotes.quotations import find_quotes
from bulletinnlp.text.docs import parts, text_of
from bulletinnlp.text.mentions import names_of


class Quotes:
    """Who said what: reads names and references, writes `doc._.quotes`.

    Parameters: `lexicons`, a folder of word lists of yours, or lines by list (`bulletinnlp.lexicons`).
    """

    def __init__(self, nlp: Language, name: str = "bulletin_quotes", *, lexicons: LexiconSource | None = None) -> None:
        self.name = name
        self.lexicons = lexicons_from(lexicons)

    @with_own_lexicons
    def __call__(self, doc: Doc) -> Doc:
        text = text_of(doc)
        names = names_of(doc)
        bodies = parts(doc, ("body",))
        doc._.quotes = [quote for part in bodies for quote in find_quotes(text, names, part.start, part.end)]
        return doc


@Language.factory("bulletin_quotes", assigns=["doc._.quotes"], requires=["doc.ents"], default_config={"lexicons": None})
def make_quotes(nlp: Language, name: str, lexicons: str | dict[str, list[str]] | None = None) -> Quotes:
    """Make the component that finds attributed quotations."""
    return Quotes(nlp, name, lexicons=lexicons)
