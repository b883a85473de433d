"""The stage `bulletin_names`."""

from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from bulletinnlp.annotations import LABELS
from bulletinnlp.lexicons import LexiconSource
from bulletinnlp.names.candidates import TaggedSentence, candidates, names
from bulletinnlp.names.encoder import cut
from bulletinnlp.names.tagger import SHIPPED, Tagger, numbers_of, shipped, vocabulary
from bulletinnlp.stage_base import NetworkStage
from bulletinnlp.text.docs import parts, set_names, text_of
from bulletinnlp.text.plain import Visible
from bulletinnlp.text.sentences import sentences


@Language.factory(
    "bulletin_names",
    assigns=["doc.ents"],
    default_config={"model": "embedded", "threshold": 0.45, "lexicons": None},
)
class Names(NetworkStage):
    """Finds the names of persons, organisations and places.

    Reads eyebrow, headline and body. Writes `doc.ents`; each span has `span._.score`, the probability that it is right,
    and `span._.source`: `embedded` (the tagger offered it), `grammar`, or `consistency` (the name stands elsewhere in
    the article). A tagger reads each sentence, and what it holds possible is weighed against the rest of the article
    and a grammar of names (`bulletinnlp.names.candidates`).

    A name is the longest span, never nested.

    | the article says | it becomes |
    | --- | --- |
    | 贺秋实, 老张, 高女士 | PER; the honorific belongs to a surname that stands alone |
    | 县农业农村局, 区委, 柳林镇中心小学, 鑫源果蔬有限公司 | ORG |
    | 区委区政府 | 区委, 区政府: two ORG |
    | 柳林镇前王村, 滨河小区, 城南高速路口 | PLACE |
    | 我区, 学校, 《东昌府区的春天》 | none: references, generic nouns, names inside titles of works |

    Parameters: `model`, `"embedded"`, `"open"` (made of this project's own material alone) or a folder with another
    tagger of the same make; `threshold`, the score below which a name is left out, from 0 to 1 (default 0.45);
    `lexicons`, a folder of word lists of yours, or their lines by list (`bulletinnlp.lexicons`). Raises ValueError for
    others.

    How the tagger was made, and how well it does: `bulletinnlp/data/names/README.md`.

    >>> import spacy
    >>> nlp = spacy.blank("zh")
    >>> stage = nlp.add_pipe("bulletin_names")
    >>> [(ent.text, ent.label_) for ent in nlp("县市场监管局局长贺秋实说，贺秋实会去。").ents]
    [('县市场监管局', 'ORG'), ('贺秋实', 'PER'), ('贺秋实', 'PER')]
    """

    scored = ("ents",)
    labels = LABELS
    networks = tuple(SHIPPED)
    network_files = ("tagger.onnx", "tagger.json", "vocabulary.npz", "words.xz")

    def __init__(
        self,
        nlp: Language,
        name: str = "bulletin_names",
        *,
        model: str = "embedded",
        threshold: float = 0.45,
        lexicons: LexiconSource | None = None,
    ) -> None:
        super().__init__(nlp, name, model=model, threshold=threshold, lexicons=lexicons)

    def network_of(self, model: Any) -> Tagger:
        """The tagger of this name, or of a folder."""
        return shipped(model) if model in SHIPPED else Tagger(Path(model) if isinstance(model, str) else model)

    def annotate(self, docs: list[Doc]) -> None:
        """Set the names of the Docs, whose sentences go through the tagger together."""
        tagger: Tagger = self.network
        seen = [Visible(text_of(doc)) for doc in docs]
        texts = [some.text for some in seen]
        stretches = [
            [(some.inside(part.start), some.inside(part.end)) for part in parts(doc)]
            for doc, some in zip(docs, seen, strict=True)
        ]
        cuts = [
            (number, start, end)
            for number, text in enumerate(texts)
            for left, right in stretches[number]
            for start, end in sentences(text, left, right)
        ]
        encode = tagger.encode
        own = encode is vocabulary()
        whole = [
            numbers_of(doc) if own and text is text_of(doc) else encode(text)
            for doc, text in zip(docs, texts, strict=True)
        ]
        lattices = tagger.read_numbers([cut(whole[number], start, end, encode) for number, start, end in cuts])
        read: list[list[TaggedSentence]] = [[] for _ in docs]
        for (number, start, end), lattice in zip(cuts, lattices, strict=True):
            read[number].append(TaggedSentence(start, end, lattice))
        for doc, some, found, within in zip(docs, seen, read, stretches, strict=True):
            chosen = names(candidates(some.text, found, within), tagger.about["evidence"], self.threshold)
            spans = (some.original(name.start, name.end) for name in chosen)
            set_names(doc, (name._replace(start=a, end=b) for name, (a, b) in zip(chosen, spans, strict=True)))
