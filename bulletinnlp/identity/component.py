"""The components of the room: `bulletin_references` (anaphora) and `bulletin_entities` (entity linking)."""

from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc

from bulletinnlp.annotations import Part, Reference
from bulletinnlp.identity.article_entities import entities_of
from bulletinnlp.identity.pronouns import find_pronouns
from bulletinnlp.identity.references import Named, find_references
from bulletinnlp.lexicons import Given, lexicons_from, with_own_lexicons
from bulletinnlp.text.docs import ents_of, parts, text_of


class References:
    """Says what the definite stand-ins of an article stand for: 该镇, 该局, 我区, 全县, 本院.

    In: `doc.ents`, `doc._.home`. Out: `doc._.references`. Eyebrow, headline and body are read.

    Options: `pronouns`, whether 他, 她 and 此人 are taken up too where it is clear for whom they stand. They count as
    names for the stages behind; `lexicons`, a folder of word lists of yours, or lines by list (`bulletinnlp.lexicons`).

    >>> import spacy
    >>> doc = spacy.blank("zh")("我区各学校积极参与。")
    >>> doc._.home = "山东省聊城市东昌府区"
    >>> References()(doc)._.references
    [Reference(text='我区', start=0, end=2, antecedent='东昌府区')]
    """

    def __init__(self, pronouns: bool = False, *, lexicons: Given | None = None) -> None:
        self.pronouns = pronouns
        self.lexicons = lexicons_from(lexicons)

    @with_own_lexicons
    def __call__(self, doc: Doc) -> Doc:
        names = [Named(*name) for name in ents_of(doc)]
        found = find_references(text_of(doc), names, doc._.home)
        if self.pronouns:
            found = sorted([*found, *find_pronouns(text_of(doc), names)], key=lambda reference: reference.start)
        doc._.references = list(_inside(found, parts(doc)))
        return doc


def _inside(references: Iterable[Reference], read: Iterable[Part]) -> Iterator[Reference]:
    """The stand-ins that lie in one of the parts; both come in the order of the text."""
    todo = iter(read)
    part = next(todo, None)
    for ref in references:
        while part and part.end < ref.end:
            part = next(todo, None)
        if part and part.start <= ref.start:
            yield ref


@Language.factory(
    "bulletin_references",
    assigns=["doc._.references"],
    requires=["doc.ents"],
    default_config={"pronouns": False, "lexicons": None},
)
def make_references(
    nlp: Language, name: str, pronouns: bool, lexicons: str | dict[str, list[str]] | None = None
) -> References:
    """Make the component; see `References`."""
    return References(pronouns, lexicons=lexicons)


class Entities:
    """Says which mentions of an article mean the same person, organisation or place.

    In: `doc.ents` with the labels PER, ORG and PLACE, `doc._.home`, and where other stages have written them
    `doc._.locations`, `doc._.roles`, `doc._.appointments`; `doc._.references`, `doc._.quotes` and `doc._.arguments` say
    whether the paper's home is meant. Out: `doc._.entities`, an `Entity` each. A Doc without names has none. A stage of
    your own that writes names, places or titles stands before this one.

    | article says | entity |
    | --- | --- |
    | 区市场监督管理局 … 市场监管局 | one organisation |
    | 局长王强 … 王强 | one person |
    | 仇海生, 队长 … 仇队长 | one person |
    | 县财政局局长王伟, 县教体局局长王伟 in two articles | two persons |
    | 道口铺街道, 道口铺 | one place, by its code |
    | 我区 in a paper of 东昌府区 | 东昌府区, though no mention names it |

    >>> import spacy
    >>> doc = spacy.blank("zh")("区市场监督管理局检查市场，市场监管局执法人员参加。")
    >>> doc._.home = "山东省聊城市东昌府区"
    >>> doc.ents = [doc.char_span(0, 8, label="ORG"), doc.char_span(13, 18, label="ORG")]
    >>> [(entity.name, entity.mentions) for entity in Entities()(doc)._.entities]
    [('区市场监督管理局', (0, 13))]
    """

    def __call__(self, doc: Doc) -> Doc:
        doc._.entities = entities_of(doc)
        return doc


@Language.factory("bulletin_entities", assigns=["doc._.entities"])
def make_entities(nlp: Language, name: str) -> Entities:
    """Make the component; see `Entities`."""
    return Entities()
