"""The components of the room: `bulletin_references` (anaphora) and `bulletin_entities` (entity linking)."""

from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc

from bulletinnlp.annotations import Part, Reference
from bulletinnlp.identity.anaphora import find_references
from bulletinnlp.identity.article_entities import entities_of
from bulletinnlp.identity.pronouns import find_pronouns
from bulletinnlp.lexicons import LexiconSource, with_own_lexicons
from bulletinnlp.stage_base import Stage
from bulletinnlp.text.docs import ents_of, parts, text_of
from bulletinnlp.text.mentions import Mention


@Language.factory(
    "bulletin_references",
    assigns=["doc._.references"],
    requires=["doc.ents"],
    default_config={"pronouns": False, "lexicons": None},
)
class References(Stage):
    """Finds the definite noun phrases that stand for a name (anaphors), and the name that each stands for (antecedent).

    Reads eyebrow, headline and body, the names (`doc.ents`), and the home of the paper (`doc._.home`). Writes
    `doc._.references`, a `Reference` for each, with antecedent None where nothing decides.

    | the article says | it becomes |
    | --- | --- |
    | 柳林镇召开会议，该镇… | 该镇 is 柳林镇 |
    | 县教育局发文，该局… | 该局 is 县教育局 |
    | 我区, 全区 in a paper of 东昌府区 | 东昌府区 |
    | 他, 她, 此人, with `pronouns` | the person, where it is clear who |

    Parameters: `pronouns`, whether 他, 她 and 此人 are resolved, too (default: no; the stages behind take them for
    names then); `lexicons`, a folder of word lists of yours, or their lines by list (`bulletinnlp.lexicons`).

    >>> import spacy
    >>> nlp = spacy.blank("zh")
    >>> doc = nlp.make_doc("我区各学校积极参与。")
    >>> doc._.home = "山东省聊城市东昌府区"
    >>> References(nlp)(doc)._.references
    [Reference(text='我区', start=0, end=2, antecedent='东昌府区')]
    """

    scored = ("references",)

    def __init__(
        self,
        nlp: Language,
        name: str = "bulletin_references",
        *,
        pronouns: bool = False,
        lexicons: LexiconSource | None = None,
    ) -> None:
        super().__init__(nlp, name, lexicons=lexicons)
        self.pronouns = pronouns

    @with_own_lexicons
    def __call__(self, doc: Doc) -> Doc:
        names = [Mention(*name) for name in ents_of(doc)]
        found = find_references(text_of(doc), names, doc._.home)
        if self.pronouns:
            found = sorted([*found, *find_pronouns(text_of(doc), names)], key=lambda reference: reference.start)
        doc._.references = list(_inside(found, parts(doc)))
        return doc


def _inside(references: Iterable[Reference], read: Iterable[Part]) -> Iterator[Reference]:
    """The anaphors that lie in one of the parts; both come in the order of the text."""
    todo = iter(read)
    part = next(todo, None)
    for ref in references:
        while part and part.end < ref.end:
            part = next(todo, None)
        if part and part.start <= ref.start:
            yield ref


@Language.factory("bulletin_entities", assigns=["doc._.entities"])
class Entities(Stage):
    """Finds which mentions of an article mean the same person, organisation or place (entity linking).

    Reads the names (`doc.ents` with the labels PER, ORG, PLACE), the home of the paper (`doc._.home`), and what other
    stages have written of places (`doc._.locations`) and titles (`doc._.roles`, `doc._.appointments`). Whether the home
    is meant say `doc._.references`, `doc._.quotes` and `doc._.arguments`. Writes `doc._.entities`, an `Entity` each. A
    Doc without names has none. A stage of your own that writes what this one reads stands before it.

    | the article says | it becomes |
    | --- | --- |
    | 区市场监督管理局 … 市场监管局 | one organisation |
    | 局长王强 … 王强 | one person |
    | 仇海生, 队长 … 仇队长 | one person |
    | 县财政局局长王伟, 县教体局局长王伟 in two articles | two persons |
    | 道口铺街道, 道口铺 | one place, by its code |
    | 我区 in a paper of 东昌府区 | 东昌府区, though no mention names it |

    Parameters: none. Entities of several articles are linked when tables are made (`bulletinnlp.tables.linking`).

    >>> import spacy
    >>> nlp = spacy.blank("zh")
    >>> doc = nlp.make_doc("区市场监督管理局检查市场，市场监管局执法人员参加。")
    >>> doc._.home = "山东省聊城市东昌府区"
    >>> doc.ents = [doc.char_span(0, 8, label="ORG"), doc.char_span(13, 18, label="ORG")]
    >>> [(entity.name, entity.mentions) for entity in Entities(nlp)(doc)._.entities]
    [('区市场监督管理局', (0, 13))]
    """

    scored = ("entities",)

    def __init__(self, nlp: Language, name: str = "bulletin_entities") -> None:
        super().__init__(nlp, name)

    def __call__(self, doc: Doc) -> Doc:
        doc._.entities = entities_of(doc)
        return doc
