"""The stage `bulletin_quotes`."""

from spacy.language import Language
from spacy.tokens import Doc

from bulletinnlp.lexicons import LexiconSource, with_own_lexicons
from bulletinnlp.quotes.quotations import find_quotes
from bulletinnlp.stage_base import Stage
from bulletinnlp.text.docs import parts, text_of
from bulletinnlp.text.mentions import names_of


@Language.factory("bulletin_quotes", assigns=["doc._.quotes"], requires=["doc.ents"], default_config={"lexicons": None})
class Quotes(Stage):
    """Finds attributed quotations and their speakers.

    Reads the body, its names (`doc.ents`) and references (`doc._.references`). Writes `doc._.quotes`, a `Quote` for
    each quotation, without its outer marks; what stands in quotation marks and nobody says (“十四五”规划) is none.

    | the article says | `speaker` | `cue` | `text` |
    | --- | --- | --- | --- |
    | 孙乐文说：“水清了。” | 孙乐文 | 说 | 水清了。 |
    | “水清了。”孙乐文告诉记者。 | 孙乐文 | 告诉 | 水清了。 |
    | 孙乐文走来。他说：“水清了。” | 孙乐文 (`speaker_text` 他) | 说 | 水清了。 |
    | 党员们表示，“一定办好。” | 党员们 | 表示 | 一定办好。 |

    Interviews and letters that are printed turn by turn, without quotation marks, are quotations too.

    Parameters: `lexicons`, a folder of word lists of yours, or their lines by list (`bulletinnlp.lexicons`).

    >>> import spacy
    >>> nlp = spacy.blank("zh")
    >>> stages = [nlp.add_pipe(f"bulletin_{stage}") for stage in ("names", "quotes")]
    >>> [(quote.speaker, quote.cue, quote.text) for quote in nlp("村民孙乐文说：“水清了。”")._.quotes]
    [('孙乐文', '说', '水清了。')]
    """

    scored = ("quotes",)

    def __init__(self, nlp: Language, name: str = "bulletin_quotes", *, lexicons: LexiconSource | None = None) -> None:
        super().__init__(nlp, name, lexicons=lexicons)

    @with_own_lexicons
    def __call__(self, doc: Doc) -> Doc:
        text, names = text_of(doc), names_of(doc)
        doc._.quotes = [
            quote for part in parts(doc, ("body",)) for quote in find_quotes(text, names, part.start, part.end)
        ]
        return doc
