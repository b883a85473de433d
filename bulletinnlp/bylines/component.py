"""The spaCy component `bulletin_bylines`."""

from spacy.language import Language
from spacy.tokens import Doc

from bulletinnlp.annotations import Contributor
from bulletinnlp.articles.signature_words import read_words
from bulletinnlp.bylines.parser import parse
from bulletinnlp.lexicons import Given, lexicons_from, with_own_lexicons
from bulletinnlp.text.docs import parts, text_of

#: A caption is not longer than this.
_CAPTION = 300


def is_caption(body: list[str]) -> bool:
    """Whether the pieces of a body are as short as the caption of a picture: one paragraph."""
    return sum(map(len, body)) <= _CAPTION and not any("\n" in piece for piece in body)


class Bylines:
    """Reads the bylines of an article into `doc._.bylines`, a list of `Contributor`.

    In: the parts `byline` of a Doc. Out: one `Contributor` for each person or body that signs, in the order of the
    text, with offsets into `doc.text`. Without parts (a Doc that the splitter did not make) nothing is found.

    Parameters: `lexicons`, a folder of word lists of yours, or lines by list (`bulletinnlp.lexicons`).

    >>> import spacy
    >>> from bulletinnlp.text.docs import Part
    >>> nlp = spacy.blank("zh")
    >>> doc = nlp.make_doc("我区开展巡课。\\n(区教体局)")
    >>> doc._.parts = [Part("body", 0, 7), Part("byline", 8, 14)]
    >>> Bylines("bulletin_bylines")(doc)._.bylines
    [Contributor(name='区教体局', role='source', outlet=None, text='区教体局', start=9, end=13)]
    """

    def __init__(self, name: str, *, lexicons: Given | None = None) -> None:
        self.name = name
        self.lexicons = lexicons_from(lexicons)

    @with_own_lexicons
    def __call__(self, doc: Doc) -> Doc:
        text = text_of(doc)
        known = list(parts(doc, ("byline", "body")))
        photo = is_caption([text[part.start : part.end] for part in known if part.kind == "body"])
        found: list[tuple[Contributor, bool]] = []
        for part in known:
            if part.kind == "byline":
                line = text[part.start : part.end]
                says_role = any(word.kind == "cue" for word in read_words(line))
                for one in parse(line, photo=photo):
                    placed = one._replace(start=one.start + part.start, end=one.end + part.start)
                    found.append((placed, says_role or one.role != "reporter"))
        doc._.bylines = _once(found)
        return doc


def _once(found: list[tuple[Contributor, bool]]) -> list[Contributor]:
    """Each contributor once in a role; with each stands whether the line says that role.

    A table may give a name (作者: 王强) that the text prints as well, and there with a role (通讯员 王强): that counts.
    """
    told = {one.name for one, says_role in found if says_role}
    kept = [one for one, says_role in found if says_role or one.name not in told]
    return list({(one.name, one.role): one for one in reversed(kept)}.values())[::-1]


@Language.factory("bulletin_bylines", assigns=["doc._.bylines"], default_config={"lexicons": None})
def make_bylines(nlp: Language, name: str, lexicons: str | dict[str, list[str]] | None = None) -> Bylines:
    """The factory of `bulletin_bylines`."""
    return Bylines(name, lexicons=lexicons)
