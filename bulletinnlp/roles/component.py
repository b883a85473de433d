"""The spaCy component `bulletin_roles`."""

from spacy.language import Language
from spacy.tokens import Doc

from bulletinnlp.lexicons import LexiconSource, lexicons_from, with_own_lexicons
from bulletinnlp.roles.appointments import find_appointments
from bulletinnlp.roles.apposition import find_roles
from bulletinnlp.text.docs import parts, text_of
from bulletinnlp.text.mentions import names_of


class Roles:
    """Which title an article gives a person: reads names, times and references, writes `doc._.roles` and
    `doc._.appointments`.

    | the article says | it becomes |
    | --- | --- |
    | 县教育局局长王强, 王强（县教育局局长） | a row of `doc._.roles` |
    | 原县教育局局长王强, 代县长王强 | one of `doc._.roles` with `status` former, acting |
    | 任命王强为县教育局局长, 王强任局长, 王强是村支书 | one of `doc._.appointments`: appointed, held |
    | 免去王强的县教育局局长职务 | one of `doc._.appointments` with `status` removed |

    Parameters: `lexicons`, a folder of word lists of yours, or lines by list (`bulletinnlp.lexicons`).
    """

    def __init__(self, nlp: Language, name: str = "bulletin_roles", *, lexicons: LexiconSource | None = None) -> None:
        self.name = name
        self.lexicons = lexicons_from(lexicons)

    @with_own_lexicons
    def __call__(self, doc: Doc) -> Doc:
        stops = [(time.start, time.end) for time in doc._.times]
        text = text_of(doc)
        names = names_of(doc, full=False)
        roles, appointments = [], []
        for part in parts(doc):
            inside = [name for name in names if part.start <= name.start and name.end <= part.end]
            roles += find_roles(text, inside, stops)
            appointments += find_appointments(text, inside)
        doc._.roles, doc._.appointments = roles, appointments
        return doc


@Language.factory(
    "bulletin_roles",
    assigns=["doc._.roles", "doc._.appointments"],
    requires=["doc.ents"],
    default_config={"lexicons": None},
)
def make_roles(nlp: Language, name: str, lexicons: str | dict[str, list[str]] | None = None) -> Roles:
    """Make the component that finds titles."""
    return Roles(nlp, name, lexicons=lexicons)
