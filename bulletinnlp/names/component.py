"""The stage that finds names: spaCy component `bulletin_names`."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import minibatch

from bulletinnlp.lexicons import LexiconSource, lexicons_from, with_own_lexicons
from bulletinnlp.names.evidence import Sentence, candidates, names
from bulletinnlp.names.features import cut
from bulletinnlp.names.name import Name
from bulletinnlp.names.tagger import SHIPPED, Tagger, numbers_of, shipped, vocabulary
from bulletinnlp.text.docs import parts, text_of
from bulletinnlp.text.plain import Visible
from bulletinnlp.text.sentences import sentences


@Language.factory(
    "bulletin_names",
    assigns=["doc.ents"],
    default_config={"model": "embedded", "threshold": 0.45, "lexicons": None},
)
def make_names(
    nlp: Language, name: str, model: str, threshold: float, lexicons: str | dict[str, list[str]] | None = None
) -> "Names":
    """Make the stage; `nlp.add_pipe("bulletin_names", config={"threshold": 0.8})`."""
    return Names(name, model=model, threshold=threshold, lexicons=lexicons)


class Names:
    """Finds persons, bodies and places in eyebrow, headline and body; writes `doc.ents`.

    A tagger reads each sentence, and what it holds possible is weighed against the rest of the article and a grammar
    of names: see `bulletinnlp.names.evidence`. What counts as a name: the longest span, never nested; 区委区政府 is
    two; a person with the surname alone keeps the honorific (高女士); 我区, generic nouns and names inside 《…》 are
    none.

    | label | example |
    | --- | --- |
    | `PER` | 贺秋实, 高女士, 老张 |
    | `ORG` | 县农业农村局, 区委, 柳林镇中心小学, 鑫源果蔬有限公司 |
    | `PLACE` | 柳林镇前王村, 滨河小区, 城南高速路口 |

    Each span has `span._.score`, the probability that it is right, and `span._.source`: `embedded` (the tagger offered
    it), `grammar`, or `consistency` (it was found because the name stands elsewhere in the article).

    Sentences of several Docs are read in one batch; what is found in one does not depend on what is read beside it.

    Parameters: `model`, `"embedded"`, `"open"` (made of this project's own material alone) or a folder with another
    tagger of the same make; `threshold`, the score below which a name is left out; `lexicons`, a folder of word lists
    of yours, or lines by list (`bulletinnlp.lexicons`).

    >>> import spacy
    >>> nlp = spacy.blank("zh")
    >>> stage = nlp.add_pipe("bulletin_names")
    >>> [(ent.text, ent.label_) for ent in nlp("县市场监管局局长贺秋实说，贺秋实会去。").ents]
    [('县市场监管局', 'ORG'), ('贺秋实', 'PER'), ('贺秋实', 'PER')]
    """

    def __init__(
        self,
        name: str = "bulletin_names",
        *,
        model: str | Path = "embedded",
        threshold: float = 0.45,
        lexicons: LexiconSource | None = None,
    ) -> None:
        if not 0 <= threshold <= 1:
            raise ValueError(f"bulletin_names: threshold must lie between 0 and 1, not {threshold}")
        if model not in SHIPPED and not Path(model, "tagger.onnx").is_file():
            told = "model must be 'embedded', 'open' or a folder that holds tagger.onnx"
            raise ValueError(f"bulletin_names: {told}, not {model!r}")
        self.name = name
        self.threshold = threshold
        self.lexicons = lexicons_from(lexicons)
        self.tagger = shipped(str(model)) if model in SHIPPED else Tagger(Path(model))

    def __call__(self, doc: Doc) -> Doc:
        self._mark([doc])
        return doc

    def pipe(self, docs: Iterable[Doc], batch_size: int = 64) -> Iterator[Doc]:
        """Mark a stream of Docs; sentences of several are read together, which is faster than one by one."""
        for batch in minibatch(docs, batch_size):
            self._mark(batch)
            yield from batch

    @with_own_lexicons
    def _mark(self, docs: list[Doc]) -> None:
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
        encode = self.tagger.encode
        own = encode is vocabulary()
        whole = [
            numbers_of(doc) if own and text is text_of(doc) else encode(text)
            for doc, text in zip(docs, texts, strict=True)
        ]
        lattices = self.tagger.read_numbers([cut(whole[number], start, end, encode) for number, start, end in cuts])
        read: list[list[Sentence]] = [[] for _ in docs]
        for (number, start, end), lattice in zip(cuts, lattices, strict=True):
            read[number].append(Sentence(start, end, lattice))
        for doc, some, found, within in zip(docs, seen, read, stretches, strict=True):
            chosen = names(candidates(some.text, found, within), self.tagger.about["evidence"], self.threshold)
            spans = (some.given(name.start, name.end) for name in chosen)
            write(doc, (name._replace(start=a, end=b) for name, (a, b) in zip(chosen, spans, strict=True)))


def write(doc: Doc, found: Iterable[Name]) -> None:
    """Set `doc.ents` to the names, with score and source."""
    spans: list[Span] = []
    for name in found:
        span = doc.char_span(name.start, name.end, label=name.label)
        if span is not None:
            span._.score = name.score
            span._.source = name.source
            spans.append(span)
    doc.set_ents(spans)
