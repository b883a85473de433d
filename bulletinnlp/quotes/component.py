"""The spaCy component `bulletin_quotes`."""

from spacy.language import Language
from spacy.tokens import Doc

from bulletinnlp.lexicons import Given, lexicons_from, with_own_lexicons
from bulletinnlp.quotes.quotations import find_quotes
from bulletinnlp.text.docs import parts, text_of
from bulletinnlp.text.mentions import names_of


class Quotes:
    """Finds who said what in the body of an article: reads `doc.ents` and `doc._.references`, writes `doc._.quotes`.

    | the article says | it becomes: speaker, cue, text |
    | --- | --- |
    | 孙乐文说：“今年收成好。” | 孙乐文, 说, 今年收成好。 |
    | “来了！”“快走！”村民们喊道。 | 村民们, none, 来了！; 村民们, 喊道, 快走！ |
    | “有事就找我们。”区税务局相关负责人表示。 | 区税务局, 表示, 有事就找我们。; `speaker_text` 区税务局相关负责人 |
    | 吴大爷接过药。老人点点头：“吃了。” | 吴大爷, none, 吃了。; `speaker_text` 老人 |
    | 记者：您哪年来的？ (where parties take turns) | 记者, none, 您哪年来的？ |
    | 以“春风”为主题, 化身“多面手” | nothing: a name, a slogan |

    A speaker is a name of the article where one is meant, else the words of the article, else None. An indirect
    quotation (孙乐文说收成好) is none.

    Parameters: `lexicons`, a folder of word lists of yours, or lines by list (`bulletinnlp.lexicons`): `speech_cues`,
    `speaker_nouns`, `titles`, `surnames` count here.

    >>> import spacy
    >>> import bulletinnlp.annotations
    >>> doc = spacy.blank("zh")("孙乐文说：“今年收成好。”")
    >>> doc.ents = [doc.char_span(0, 3, label="PER")]
    >>> quote, = Quotes()(doc)._.quotes
    >>> quote.speaker, quote.cue, quote.text
    ('孙乐文', '说', '今年收成好。')
    """

    def __init__(self, name: str = "bulletin_quotes", *, lexicons: Given | None = None) -> None:
        self.name = name
        self.lexicons = lexicons_from(lexicons)

    @with_own_lexicons
    def __call__(self, doc: Doc) -> Doc:
        text, names = text_of(doc), names_of(doc)
        bodies = parts(doc, ("body",))
        doc._.quotes = [quote for part in bodies for quote in find_quotes(text, names, part.start, part.end)]
        return doc


@Language.factory("bulletin_quotes", assigns=["doc._.quotes"], requires=["doc.ents"], default_config={"lexicons": None})
def make_quotes(nlp: Language, name: str, lexicons: str | dict[str, list[str]] | None = None) -> Quotes:
    """Make the component that finds attributed quotations."""
    return Quotes(name, lexicons=lexicons)
