"""The component `bulletin_places`."""

from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc

from bulletinnlp.annotations import Location
from bulletinnlp.places.divisions import divisions
from bulletinnlp.places.locate import Name, locate
from bulletinnlp.places.lookup import Place, home_code
from bulletinnlp.text.docs import ents_of, listed_as, note, text_of

_SHOWN = 5


class Places:
    """Gives the places and bodies of a `Doc` their division: official code and full chain.

    In: `doc.ents` with the labels PLACE and ORG, `doc._.home`. Out: `doc._.locations`, a `Location` for each PLACE and
    for each ORG that lies in a known unit. A body gets the unit that its name begins with (道口铺街道党工委),
    `exact=False`. Where several divisions bear the name and nothing decides, the code is None, and
    `doc._.problems` names the candidates. A code that a gazetteer gives is taken as it is.

    Options: `labels`, the labels to look up.

    >>> import spacy
    >>> doc = spacy.blank("zh")("道口铺街道陈化屯村")
    >>> doc._.home = "山东省聊城市东昌府区"
    >>> doc.ents = [doc.char_span(0, 9, label="PLACE")]
    >>> Places()(doc)._.locations
    [Location(start=0, end=9, adcode='371502005207', region='山东省聊城市东昌府区道口铺街道陈化屯村', exact=True)]
    """

    def __init__(self, labels: Sequence[str] = ("PLACE", "ORG")) -> None:
        known = ("PLACE", "ORG")
        wrong = [label for label in labels if label not in known]
        if wrong or not labels:
            raise ValueError(f"bulletin_places: labels must be some of {', '.join(known)}; not {wrong or 'none'}")
        self.labels = frozenset(labels)

    def __call__(self, doc: Doc) -> Doc:
        known = {ent.start_char: listed_as(ent) for ent in doc.ents}
        names = [
            Name(label, known[start][0] or text, start, end)
            for label, text, start, end in ents_of(doc)
            if label in self.labels
        ]
        found = [
            _given(name, code) if (code := known[name.start][1]) else place
            for name, place in zip(names, locate(names, doc._.home, text_of(doc)), strict=True)
        ]
        doc._.locations = [
            Location(name.start, name.end, place.adcode, place.region, place.exact)
            for name, place in zip(names, found, strict=True)
            if place.adcode or name.label == "PLACE"
        ]
        if doc._.home and not home_code(doc._.home):
            note(doc, "places", f"the home {doc._.home} is no division that the table knows; towns stay open")
        open_names = {name.text: place for name, place in zip(names, found, strict=True) if place.candidates}
        for text, place in open_names.items():
            note(doc, "places", _complaint(text, place))
        return doc


def _given(name: Name, code: str) -> Place:
    """The place of a name whose code a gazetteer gives."""
    unit, region = divisions()[code], divisions().region(code)
    return Place(unit.adcode, region, name.label == "PLACE" and region.endswith(name.text))


def _complaint(text: str, place: Place) -> str:
    """新华街道 may be any of 27 divisions (…); given no code."""
    shown = [f"{code} {divisions().region(code)}" for code in place.candidates[:_SHOWN]]
    more = ", …" if len(place.candidates) > _SHOWN else ""
    if len(shown) == 1:
        return f"{text} is no place of the home; the only division of the name is {shown[0]}; given no code"
    return f"{text} may be any of {len(place.candidates)} divisions ({', '.join(shown)}{more}); given no code"


@Language.factory(
    "bulletin_places",
    assigns=["doc._.locations", "doc._.problems"],
    requires=["doc.ents"],
    default_config={"labels": ["PLACE", "ORG"]},
)
def make_places(nlp: Language, name: str, labels: list[str]) -> Places:
    """Make the component; see `Places`."""
    return Places(labels)
