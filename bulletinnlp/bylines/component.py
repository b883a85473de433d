"""The spaCy component `bulletin_bylines`."""

from spacy.language import Language
from spacy.tokens import Doc

from bulletinnlp.annotations import Contributor
from bulletinnlp.articles.signature_words import read_words
from bulletinnlp.articles.signatures import LONGEST_CAPTION
from bulletinnlp.bylines.parser import contributors
from bulletinnlp.lexicons import Given, lexicons_from, with_own_lexicons
from bulletinnlp.text.docs import parts, text_of


def is_caption(body: list[str]) -> bool:
    """Whether the pieces of a body are as short as the caption of a picture: one paragraph."""
    return sum(map(len, body)) <= LONGEST_CAPTION and not any("\n" in piece for piece in body)


class Bylines:
    """Reads the bylines of an article into `doc._.bylines`, a list of `Contributor`.

    In: the parts `byline` of a Doc. Out: one `Contributor` for each person or organisation that signs, in the order of
    the text, with offsets into `doc.text`. Without parts (a Doc that the splitter did not make) nothing is found.

    | byline | contributors |
    | --- | --- |
    | (融媒体 全兴社 通讯员 苏敏) | 全兴社 reporter 融媒体 · 苏敏 correspondent |
    | (县公安局 邸雪 李想) | 邸雪, 李想 correspondent 县公安局 |
    | (区教体局) · 区教体局宣 | 区教体局 source |
    | 融媒体 徐振鑫 通讯员 张振祥 摄 | 徐振鑫 photographer 融媒体 · 张振祥 photographer |
    | （记者 甲 文 乙 图） | 甲 reporter · 乙 photographer |
    | 甲 乙（县教育局） | 甲, 乙 correspondent 县教育局 |
    | 来源：某某发布 编辑：甲 审核：乙 | 某某发布 source · 甲, 乙 editor |

    Parameters: `lexicons`, a folder of word lists of yours, or lines by list (`bulletinnlp.lexicons`).

    >>> import spacy
    >>> from bulletinnlp.annotations import Part
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
        read = list(parts(doc, ("byline", "body")))
        photo = is_caption([text[part.start : part.end] for part in read if part.kind == "body"])
        found: list[tuple[Contributor, bool]] = []
        for part in read:
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
    """Each contributor once in a role; with each stands whether the line states that role.

    A table may give a name (作者: 王强) that the text prints as well, and there with a role (通讯员 王强): that counts.
    """
    stated = {one.name for one, states_role in found if states_role}
    kept = [one for one, states_role in found if states_role or one.name not in stated]
    return list({(one.name, one.role): one for one in reversed(kept)}.values())[::-1]


@Language.factory("bulletin_bylines", assigns=["doc._.bylines"], default_config={"lexicons": None})
def make_bylines(nlp: Language, name: str, lexicons: str | dict[str, list[str]] | None = None) -> Bylines:
    """The factory of `bulletin_bylines`."""
    return Bylines(name, lexicons=lexicons)
