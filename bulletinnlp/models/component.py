"""The stages `bulletin_hanlp`, `bulletin_spacy` and `bulletin_join`."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import minibatch

from bulletinnlp.annotations import Proposal
from bulletinnlp.models.join import join
from bulletinnlp.models.labels import checked, label_of
from bulletinnlp.models.reader import Reader, Reading
from bulletinnlp.models.stretches import stretches
from bulletinnlp.text.docs import parts, text_of

_WRITES = ["doc._.proposals", "doc._.predications"]


class Model:
    """A model of others as a stage: reads eyebrow, headline and body; writes `doc._.proposals`, `doc._.predications`.

    The text is cut at sentences, many articles' sentences go to the model at once, and what it says comes back as
    character offsets of the article. Its labels become ours (`models/labels.py`; `labels` adds to them), names with
    other labels are dropped. `score` is what its names are worth: most models give no probability. Where a stage before
    has written predications, those stay.

    The stage is saved by the name of its model alone, and loads the model anew where it is unpickled.
    """

    def __init__(
        self, name: str, source: str, load: Callable[[], Reader], *, labels: dict[str, str] | None = None,
        score: float = 0.8,
    ) -> None:  # fmt: skip
        if not 0 < score <= 1:
            raise ValueError(f"{name}: option score must be above 0 and not above 1, not {score}")
        self.name = name
        self.source = source
        self.labels = checked(name, labels or {})
        self.score = score
        self._load = load
        self._reader: Reader | None = load()  # now, so that what is wrong with a model is said at once

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_reader": None}

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable[Doc], batch_size: int = 64) -> Iterator[Doc]:
        """The Docs, read `batch_size` at a time."""
        if self._reader is None:
            self._reader = self._load()
        for batch in minibatch(docs, batch_size):
            cuts = [[s for part in parts(doc) for s in stretches(text_of(doc), part.start, part.end)] for doc in batch]
            texts = [text_of(doc)[start:end] for doc, row in zip(batch, cuts, strict=True) for start, end in row]
            readings = iter(self._reader.read(texts) if texts else [])
            for doc, row in zip(batch, cuts, strict=True):
                yield self._write(doc, [(start, next(readings)) for start, _ in row])

    def _write(self, doc: Doc, readings: list[tuple[int, Reading]]) -> Doc:
        proposals = [one for one in doc._.proposals if one.source != self.source]
        predications = []
        for at, reading in readings:
            for start, end, theirs in reading.names:
                label = label_of(theirs, self.labels)
                if label is not None:
                    proposals.append(Proposal(at + start, at + end, label, self.score, self.source))
            for one in reading.predications:
                moved = one._replace(start=at + one.start, end=at + one.end)
                if one.argument_start is not None and one.argument_end is not None:
                    moved = moved._replace(argument_start=at + one.argument_start, argument_end=at + one.argument_end)
                predications.append(moved)
        doc._.proposals = proposals
        doc._.predications = doc._.predications or predications
        return doc


class _Hanlp:
    """Loads a HanLP model; a class, since a stage must be picklable."""

    def __init__(self, model: str, gpu: int | None) -> None:
        self.model, self.gpu = model, gpu

    def __call__(self) -> Reader:
        from bulletinnlp.models.hanlp_model import load_hanlp

        return load_hanlp(self.model, self.gpu)


class _Spacy:
    """Loads a spaCy pipeline."""

    def __init__(self, model: str) -> None:
        self.model = model

    def __call__(self) -> Reader:
        from bulletinnlp.models.spacy_model import load_spacy

        return load_spacy(self.model)


@Language.factory(
    "bulletin_hanlp", assigns=_WRITES, default_config={"model": "", "gpu": None, "labels": {}, "score": 0.8}
)
def make_hanlp(nlp: Language, name: str, model: str, gpu: int | None, labels: dict[str, str], score: float) -> Model:
    """A HanLP model: `model` is a folder or one of HanLP's identifiers, see `models.hanlp_model.load_hanlp`."""
    return Model(name, "hanlp", _Hanlp(model, gpu), labels=labels, score=score)


@Language.factory("bulletin_spacy", assigns=_WRITES, default_config={"model": "", "labels": {}, "score": 0.8})
def make_spacy(nlp: Language, name: str, model: str, labels: dict[str, str], score: float) -> Model:
    """A spaCy pipeline for Chinese: `model` is a package or a folder, see `models.spacy_model.load_spacy`."""
    return Model(name, "spacy", _Spacy(model), labels=labels, score=score)


class Join:
    """Makes one of what several sources say of the names; the rule stands in `bulletinnlp.models.join`.

    In: `doc._.proposals`; `doc.ents` as a names stage before left them; the span groups that `groups` names (those of
    spaCy's `span_ruler`, say) with the score that their names get. Out: `doc.ents`, with `span._.score`, and in
    `span._.source` all sources that agree.

    `trust` weighs sources: `{"hanlp": 0.9}`. Labels that mean one of ours become it (GPE is PLACE), so this stage also
    makes the names of any other component fit for the stages behind it; names with other labels are dropped.

    >>> import spacy
    >>> nlp = spacy.blank("zh")
    >>> ruler = nlp.add_pipe("span_ruler", config={"spans_key": "mine"})
    >>> ruler.add_patterns([{"label": "PER", "pattern": "贺秋实"}])
    >>> stage = nlp.add_pipe("bulletin_join", config={"groups": {"mine": 0.95}})
    >>> [(ent.text, ent.label_, ent._.source) for ent in nlp("贺秋实会去").ents]
    [('贺秋实', 'PER', 'mine')]
    """

    def __init__(self, name: str, groups: Mapping[str, float], trust: Mapping[str, float]) -> None:
        for option, values in (("groups", groups), ("trust", trust)):
            wrong = [f"{key}={value}" for key, value in values.items() if not 0 <= value <= 1]
            if wrong:
                raise ValueError(f"{name}: option {option} must be from 0 to 1, not {', '.join(wrong)}")
        self.name = name
        self.groups = dict(groups)
        self.trust = dict(trust)

    def __call__(self, doc: Doc) -> Doc:
        said = list(doc._.proposals)
        for ent in doc.ents:
            if (label := label_of(ent.label_)) is not None:
                said.append(
                    Proposal(ent.start_char, ent.end_char, label, ent._.score, ent._.source or "ents", ent.kb_id_)
                )
        for group, score in self.groups.items():
            for span in doc.spans.get(group, ()):
                if (label := label_of(span.label_)) is not None:
                    said.append(Proposal(span.start_char, span.end_char, label, score, group, span.id_))
        spans = []
        for one in join(said, self.trust):
            span = doc.char_span(one.start, one.end, label=one.label, kb_id=one.known_as)
            if span is not None:
                span._.score = one.score
                span._.source = one.source
                spans.append(span)
        doc.set_ents(spans)
        return doc


@Language.factory("bulletin_join", assigns=["doc.ents"], default_config={"groups": {}, "trust": {}})
def make_join(nlp: Language, name: str, groups: dict[str, float], trust: dict[str, float]) -> Join:
    """Joins the names of several sources; see `Join`."""
    return Join(name, groups, trust)
