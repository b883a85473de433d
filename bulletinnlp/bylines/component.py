"""The stage `bulletin_bylines`."""

from spacy.language import Language
from spacy.tokens import Doc

from bulletinnlp.annotations import Contributor
from bulletinnlp.articles.signature_words import read_words
from bulletinnlp.articles.signatures import LONGEST_CAPTION
from bulletinnlp.bylines.parser import contributors
from bulletinnlp.lexicons import LexiconSource, with_own_lexicons
from bulletinnlp.stage_base import Stage
from bulletinnlp.text.docs import parts, text_of


def is_caption(body: list[str]) -> bool:
    """Whether the pieces of a body are as short as the caption of a picture: one paragraph."""
    return sum(map(len, body)) <= LONGEST_CAPTION and not any("\n" in piece for piece in body)


@Language.factory("bulletin_bylines", assigns=["doc._.bylines"], default_config={"lexicons": None})
class Bylines(Stage):
    """Reads the bylines of an article: who signs it, and as what.

    Reads the parts `byline` of a Doc, and the length of its body: below a caption of up to 300 characters, who signs
    took the picture. Writes `doc._.bylines`, a `Contributor` for each person or organisation that signs, in the order
    of the text. On a Doc without parts (one that the splitter did not make) there is none.

    | the article says | it becomes |
    | --- | --- |
    | （记者 李明 通讯员 王强） | 李明, reporter; 王强, correspondent |
    | 区教体局 | 区教体局, source |
    | （李明 摄） | 李明, photographer |
    | 责任编辑：王强 | 王强, editor |

    Parameters: `lexicons`, a folder of word lists of yours, or their lines by list (`bulletinnlp.lexicons`).

    >>> import spacy
    >>> nlp = spacy.blank("zh")
    >>> doc = nlp.make_doc("我区开展巡课。\\n(区教体局)")
    >>> doc._.parts = [("body", 0, 7), ("byline", 8, 14)]
    >>> Bylines(nlp)(doc)._.bylines
    [Contributor(name='区教体局', role='source', outlet=None, text='区教体局', start=9, end=13)]
    """

    scored = ("bylines",)

    def __init__(self, nlp: Language, name: str = "bulletin_bylines", *, lexicons: LexiconSource | None = None) -> None:
        super().__init__(nlp, name, lexicons=lexicons)

    @with_own_lexicons
    def __call__(self, doc: Doc) -> Doc:
        text = text_of(doc)
        pieces = list(parts(doc, ("byline", "body")))
        photo = is_caption([text[part.start : part.end] for part in pieces if part.kind == "body"])
        found: list[tuple[Contributor, bool]] = []
        for part in pieces:
            if part.kind == "byline":
                line = text[part.start : part.end]
                words = read_words(line)
                has_cue = any(word.kind == "cue" for word in words)
                for one in contributors(line, words, photo):
                    placed = one._replace(start=one.start + part.start, end=one.end + part.start)
                    found.append((placed, has_cue or one.role != "reporter"))
        doc._.bylines = _once(found)
        return doc


def _once(found: list[tuple[Contributor, bool]]) -> list[Contributor]:
    """Each contributor once in a role; with each stands whether the line says that role.

    A table may give a name (作者: 王强) that the text prints as well, and there with a role (通讯员 王强): that counts.
    """
    with_role = {one.name for one, says_role in found if says_role}
    kept = [one for one, says_role in found if says_role or one.name not in with_role]
    return list({(one.name, one.role): one for one in reversed(kept)}.values())[::-1]
