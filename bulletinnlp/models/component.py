"""The stages `bulletin_hanlp`, `bulletin_spacy` and `bulletin_join`."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import minibatch

from bulletinnlp.annotations import Proposal
from bulletinnlp.models.chunks import chunks
from bulletinnlp.models.external_model import ExternalModel, ModelOutput, checked_labels, label_of
from bulletinnlp.models.join import join
from bulletinnlp.text.docs import parts, text_of

_WRITES = ["doc._.proposals", "doc._.predications"]


class ExternalModelStage:
    """A model of others as a stage of the pipeline: `bulletin_hanlp`, `bulletin_spacy`.

    In: eyebrow, headline and body of the article. The text is cut into chunks at the ends of sentences, and the chunks
    of many articles go to the model at once. Out: `doc._.proposals` and `doc._.predications`, as character offsets of
    the article. Where a stage before has written predications, those stay.

    | the model says | it becomes |
    | --- | --- |
    | a name with a label that means one of ours: PERSON, nt, GPE | a `Proposal`: PER, ORG, PLACE |
    | a name with another label: DATE, MONEY | nothing |
    | a frame of semantic roles, or a verb with its dependents | a `Predication` for each argument |

    | parameter | what it is |
    | --- | --- |
    | `source` | the name of the model in `Proposal.source`: `hanlp`, `spacy` |
    | `load` | gives the model; called again where the stage is unpickled, as the model itself is not saved |
    | `labels` | the model's labels that mean one of ours, beside those of `data/lexicons/model_labels.txt` |
    | `score` | what its names are worth, above 0 and up to 1: most models give no probability |

    Raises ValueError for a score out of range and for a label that is none of ours, and what `load` raises.

    >>> from bulletinnlp.models.external_model import ModelOutput
    >>> class Surnames:
    ...     def read(self, texts):
    ...         return [ModelOutput([(text.index("贺"), text.index("贺") + 3, "PERSON")], []) for text in texts]
    >>> import spacy
    >>> stage = ExternalModelStage("mine", "surnames", Surnames, score=0.9)
    >>> stage(spacy.blank("zh")("昨日，贺秋实种下月季。"))._.proposals
    [Proposal(start=3, end=6, label='PER', score=0.9, source='surnames', known_as='')]
    """

    def __init__(
        self, name: str, source: str, load: Callable[[], ExternalModel], *, labels: dict[str, str] | None = None,
        score: float = 0.8,
    ) -> None:  # fmt: skip
        if not 0 < score <= 1:
            raise ValueError(f"{name}: option score must be above 0 and not above 1, not {score}")
        self.name = name
        self.source = source
        self.labels = checked_labels(name, labels or {})
        self.score = score
        self._load = load
        self._model: ExternalModel | None = load()  # now, so that what is wrong with a model is said at once

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_model": None}

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable[Doc], batch_size: int = 64) -> Iterator[Doc]:
        """The Docs, read `batch_size` at a time."""
        if self._model is None:
            self._model = self._load()
        for batch in minibatch(docs, batch_size):
            cuts = [[s for part in parts(doc) for s in chunks(text_of(doc), part.start, part.end)] for doc in batch]
            texts = [text_of(doc)[start:end] for doc, row in zip(batch, cuts, strict=True) for start, end in row]
            outputs = iter(self._model.read(texts) if texts else [])
            for doc, row in zip(batch, cuts, strict=True):
                yield self._write(doc, [(start, next(outputs)) for start, _ in row])

    def _write(self, doc: Doc, outputs: list[tuple[int, ModelOutput]]) -> Doc:
        proposals = [one for one in doc._.proposals if one.source != self.source]
        predications = []
        for at, output in outputs:
            for start, end, theirs in output.names:
                label = label_of(theirs, self.labels)
                if label is not None:
                    proposals.append(Proposal(at + start, at + end, label, self.score, self.source))
            for one in output.predications:
                moved = one._replace(start=at + one.start, end=at + one.end)
                if one.argument_start is not None and one.argument_end is not None:
                    moved = moved._replace(argument_start=at + one.argument_start, argument_end=at + one.argument_end)
                predications.append(moved)
        doc._.proposals = proposals
        doc._.predications = doc._.predications or predications
        return doc


def _hanlp(model: str, gpu: int | None) -> ExternalModel:
    from bulletinnlp.models.hanlp_model import load_hanlp  # not imported before a stage needs it

    return load_hanlp(model, gpu)


def _spacy(model: str) -> ExternalModel:
    from bulletinnlp.models.spacy_model import load_spacy

    return load_spacy(model)


@Language.factory(
    "bulletin_hanlp", assigns=_WRITES, default_config={"model": "", "gpu": None, "labels": {}, "score": 0.8}
)
def make_hanlp(
    nlp: Language, name: str, model: str, gpu: int | None, labels: dict[str, str], score: float
) -> ExternalModelStage:
    """A HanLP model: `model` is a folder or one of HanLP's identifiers, see `models.hanlp_model.load_hanlp`."""
    return ExternalModelStage(name, "hanlp", partial(_hanlp, model, gpu), labels=labels, score=score)


@Language.factory("bulletin_spacy", assigns=_WRITES, default_config={"model": "", "labels": {}, "score": 0.8})
def make_spacy(nlp: Language, name: str, model: str, labels: dict[str, str], score: float) -> ExternalModelStage:
    """A spaCy pipeline for Chinese: `model` is a package or a folder, see `models.spacy_model.load_spacy`."""
    return ExternalModelStage(name, "spacy", partial(_spacy, model), labels=labels, score=score)


class Join:
    """Joins the names that several sources found; the rule stands in `bulletinnlp.models.join`.

    In: `doc._.proposals`; `doc.ents` as a names stage before left them; the span groups that `groups` names. Out:
    `doc.ents` without overlap, with `span._.score`, and in `span._.source` all sources that agree.

    | the sources say | it becomes |
    | --- | --- |
    | the same characters, the same label | one name, with a higher score |
    | names that overlap | the one with the higher score |
    | a label that means one of ours (GPE) | ours (PLACE): names of any component fit for the stages behind |
    | another label (DATE) | nothing |

    | parameter | what it is |
    | --- | --- |
    | `groups` | span groups (those of spaCy's `span_ruler`, say), and the score of their names, 0–1 |
    | `trust` | what the scores of a source are multiplied by, 0–1: `{"hanlp": 0.9}` |

    Raises ValueError for a number out of range.

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
        proposals = list(doc._.proposals)
        for ent in doc.ents:
            if (label := label_of(ent.label_)) is not None:
                proposals.append(
                    Proposal(ent.start_char, ent.end_char, label, ent._.score, ent._.source or "ents", ent.kb_id_)
                )
        for group, score in self.groups.items():
            for span in doc.spans.get(group, ()):
                if (label := label_of(span.label_)) is not None:
                    proposals.append(Proposal(span.start_char, span.end_char, label, score, group, span.id_))
        spans = []
        for one in join(proposals, self.trust):
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
