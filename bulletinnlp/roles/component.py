"""The stage `bulletin_roles`."""

from spacy.language import Language
from spacy.tokens import Doc

from bulletinnlp.lexicons import LexiconSource, with_own_lexicons
from bulletinnlp.roles.appointments import find_appointments
from bulletinnlp.roles.apposition import find_roles
from bulletinnlp.stage_base import Stage
from bulletinnlp.text.docs import parts, text_of
from bulletinnlp.text.mentions import names_of


@Language.factory(
    "bulletin_roles",
    assigns=["doc._.roles", "doc._.appointments"],
    requires=["doc.ents"],
    default_config={"lexicons": None},
)
class Roles(Stage):
    """Finds the titles that an article gives persons, and whose they are.

    Reads eyebrow, headline and body, names (`doc.ents`), times and references. Writes `doc._.roles`, the titles in
    apposition, and `doc._.appointments`, those that a verb gives or takes; both are lists of `Role`.

    | the article says | it becomes |
    | --- | --- |
    | 县教育局局长王强, 王强（县教育局局长） | 王强, 局长 of 县教育局: one of `doc._.roles` |
    | 原县教育局局长王强, 代县长王强 | one of `doc._.roles` with `status` former, acting |
    | 教师王强, 患者王强 | one of `doc._.roles` with `kind` occupation, condition |
    | 任命王强为县教育局局长, 王强任局长 | one of `doc._.appointments`, appointed |
    | 王强是村支书 | one of `doc._.appointments`, held |
    | 免去王强的县教育局局长职务 | one of `doc._.appointments`, removed |

    Parameters: `lexicons`, a folder of word lists of yours, or their lines by list (`bulletinnlp.lexicons`).

    >>> import spacy
    >>> nlp = spacy.blank("zh")
    >>> stages = [nlp.add_pipe(f"bulletin_{stage}") for stage in ("names", "roles")]
    >>> [(role.person, role.title, role.organisation) for role in nlp("县教育局局长贺秋实说，会议开得好。")._.roles]
    [('贺秋实', '局长', '县教育局')]
    """

    scored = ("roles", "appointments")

    def __init__(self, nlp: Language, name: str = "bulletin_roles", *, lexicons: LexiconSource | None = None) -> None:
        super().__init__(nlp, name, lexicons=lexicons)

    @with_own_lexicons
    def __call__(self, doc: Doc) -> Doc:
        text, names = text_of(doc), names_of(doc, full=False)
        times = [(time.start, time.end) for time in doc._.times]
        roles, appointments = [], []
        for part in parts(doc):
            inside = [name for name in names if part.start <= name.start and name.end <= part.end]
            roles += find_roles(text, inside, times)
            appointments += find_appointments(text, inside)
        doc._.roles, doc._.appointments = roles, appointments
        return doc
