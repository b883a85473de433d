"""The stage `bulletin_places`."""

from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc

from bulletinnlp.annotations import Location
from bulletinnlp.places.divisions import divisions
from bulletinnlp.places.locate import locate
from bulletinnlp.places.lookup import Place, home_code
from bulletinnlp.stage_base import Stage
from bulletinnlp.text.docs import ents_of, listed_as, note, text_of
from bulletinnlp.text.mentions import Mention

_SHOWN = 5


@Language.factory(
    "bulletin_places",
    assigns=["doc._.locations", "doc._.problems"],
    requires=["doc.ents"],
    default_config={"labels": ["PLACE", "ORG"]},
)
class Places(Stage):
    """Gives the places and organisations of an article their division of China: the official code and the full chain.

    Reads the names (`doc.ents`) of the labels PLACE and ORG, the text around them, and the home of the paper
    (`doc._.home`). Writes `doc._.locations`, a `Location` for each PLACE, and for each ORG whose unit is found.

    In a paper of 山东省聊城市东昌府区:

    | the article says | it becomes |
    | --- | --- |
    | 道口铺街道陈化屯村 | 371502005207, exact |
    | 道口铺街道党工委 (ORG) | the code of 道口铺街道, `exact` False: the unit that its name begins with |
    | a name of several divisions, between which nothing decides | code None; `doc._.problems` names the candidates |
    | a name to which a gazetteer gives a code | that code |

    Parameters: `labels`, the labels that get a place, of PLACE and ORG (default: both). Raises ValueError for others.

    The divisions are those of 2023-06-30; their source stands in `bulletinnlp/data/divisions/README.txt`.

    >>> import spacy
    >>> nlp = spacy.blank("zh")
    >>> doc = nlp.make_doc("道口铺街道陈化屯村")
    >>> doc._.home = "山东省聊城市东昌府区"
    >>> doc.ents = [doc.char_span(0, 9, label="PLACE")]
    >>> Places(nlp)(doc)._.locations
    [Location(start=0, end=9, adcode='371502005207', region='山东省聊城市东昌府区道口铺街道陈化屯村', exact=True)]
    """

    scored = ("locations",)

    def __init__(
        self, nlp: Language, name: str = "bulletin_places", *, labels: Sequence[str] = ("PLACE", "ORG")
    ) -> None:
        super().__init__(nlp, name)
        choices = ("PLACE", "ORG")
        wrong = [label for label in labels if label not in choices]
        if wrong or not labels:
            raise ValueError(f"{name}: labels must be some of {', '.join(choices)}; not {wrong or 'none'}")
        self._labels = tuple(labels)

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels that get a place."""
        return self._labels

    def __call__(self, doc: Doc) -> Doc:
        listed = {ent.start_char: listed_as(ent) for ent in doc.ents}
        names = [
            Mention(label, listed[start][0] or text, start, end)
            for label, text, start, end in ents_of(doc)
            if label in self._labels
        ]
        found = [
            _place_of_code(name, code) if (code := listed[name.start][1]) else place
            for name, place in zip(names, locate(names, doc._.home, text_of(doc)), strict=True)
        ]
        doc._.locations = [
            Location(name.start, name.end, place.adcode, place.region, place.exact)
            for name, place in zip(names, found, strict=True)
            if place.adcode or name.label == "PLACE"
        ]
        if doc._.home and not home_code(doc._.home):
            note(doc, "places", f"the home {doc._.home} is no division that the table knows; towns stay open")
        open_names = {name.name: place for name, place in zip(names, found, strict=True) if place.candidates}
        for text, place in open_names.items():
            note(doc, "places", _complaint(text, place))
        return doc


def _place_of_code(name: Mention, code: str) -> Place:
    """The place of a name whose code a gazetteer gives."""
    unit, region = divisions()[code], divisions().region(code)
    return Place(unit.adcode, region, name.label == "PLACE" and region.endswith(name.name))


def _complaint(text: str, place: Place) -> str:
    """新华街道 may be any of 27 divisions (…); given no code."""
    shown = [f"{code} {divisions().region(code)}" for code in place.candidates[:_SHOWN]]
    more = ", …" if len(place.candidates) > _SHOWN else ""
    if len(shown) == 1:
        return f"{text} is no place of the home; the only division of the name is {shown[0]}; given no code"
    return f"{text} may be any of {len(place.candidates)} divisions ({', '.join(shown)}{more}); given no code"
