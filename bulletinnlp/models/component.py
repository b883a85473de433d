"""The stages `bulletin_hanlp`, `bulletin_spacy` and `bulletin_join`."""

from typing import Any, ClassVar

from spacy.language import Language
from spacy.tokens import Doc

from bulletinnlp.annotations import LABELS, Proposal
from bulletinnlp.models.external_model import ExternalModel, ModelOutput, checked_labels, label_of
from bulletinnlp.models.join import join
from bulletinnlp.stage_base import BatchStage, Stage
from bulletinnlp.text.docs import parts, set_names, text_of
from bulletinnlp.text.sentences import CLOSING_MARKS, sentences, trimmed

#: What a model reads at once, in characters. Encoders of 512 pieces hold this much with room for their own marks.
LIMIT = 400


def chunks(text: str, start: int, end: int, limit: int = LIMIT) -> list[tuple[int, int]]:
    """The sentences of `text[start:end]` as a model reads them, none longer than `limit`: models know no paragraphs.

    >>> text = "近日，天亮了。“好！”他说。\\n散会"
    >>> [text[a:b] for a, b in chunks(text, 0, len(text))]
    ['近日，天亮了。', '“好！”', '他说。', '散会']
    """
    found = sentences(text, start, end, limit=limit, closing=CLOSING_MARKS + '"', cuts="，,；;：:、 ")
    return [span for span in (trimmed(text, *span) for span in found) if span[0] < span[1]]


class Model(BatchStage):
    """A stage that asks a model of others: the common part of `bulletin_hanlp` and `bulletin_spacy`.

    Reads eyebrow, headline and body. Writes `doc._.proposals`, which `bulletin_join` makes names of, and
    `doc._.predications`, for the stage `bulletin_events`; where a stage before has written predications, those stay.
    The text is cut at sentences, many articles' sentences go to the model at once, and its answers come back as
    character offsets of the article.

    | the model says | it becomes |
    | --- | --- |
    | NR, PERSON, PER: 贺秋实 | a proposal PER |
    | GPE, LOC, NS: 柳林镇 | a proposal PLACE |
    | DATE, CARDINAL … | nothing: no label of ours |
    | 县残联 ARG0, 发放 PRED, 轮椅 ARG1; nsubj, dobj | predications of 发放: who 县残联, what 轮椅 |

    Parameters: `model`, a name or a folder; `labels`, more labels of the model and what each is of ours (PER, ORG,
    PLACE), beside the list `model_labels`; `score`, what its names are worth, above 0 and up to 1 (default 0.8), since
    most models give no probability.

    The model stays where it is: the stage is saved by its name alone, and loads it anew where it is unpickled.
    """

    #: What the model is called in `Proposal.source` and `Predication.source`.
    source: ClassVar[str]

    def __init__(self, nlp: Language, name: str, *, labels: dict[str, str] | None, score: float) -> None:
        super().__init__(nlp, name)
        if not 0 < score <= 1:
            raise ValueError(f"{name}: option score must be above 0 and not above 1, not {score}")
        self.label_map = checked_labels(name, labels or {})
        self.name_score = score
        self._model: ExternalModel | None = self.load()  # at once, so that what is wrong with a model is raised here

    def load(self) -> ExternalModel:
        """Load the model."""
        raise NotImplementedError

    def __reduce__(self) -> tuple[Any, ...]:
        return _with_state, (type(self), {**self.__dict__, "name": self.name, "_model": None})

    def annotate(self, docs: list[Doc]) -> None:
        """Ask the model about the sentences of the Docs together."""
        if self._model is None:
            self._model = self.load()
        cuts = [[span for part in parts(doc) for span in chunks(text_of(doc), part.start, part.end)] for doc in docs]
        texts = [text_of(doc)[start:end] for doc, row in zip(docs, cuts, strict=True) for start, end in row]
        outputs = iter(self._model.read(texts) if texts else [])
        for doc, row in zip(docs, cuts, strict=True):
            self._write(doc, [(start, next(outputs)) for start, _ in row])

    def _write(self, doc: Doc, outputs: list[tuple[int, ModelOutput]]) -> None:
        proposals = [one for one in doc._.proposals if one.source != self.source]
        predications = []
        for at, output in outputs:
            for start, end, theirs in output.names:
                if (label := label_of(theirs, self.label_map)) is not None:
                    proposals.append(Proposal(at + start, at + end, label, self.name_score, self.source))
            for one in output.predications:
                moved = one._replace(start=at + one.start, end=at + one.end)
                if one.argument_start is not None and one.argument_end is not None:
                    moved = moved._replace(argument_start=at + one.argument_start, argument_end=at + one.argument_end)
                predications.append(moved)
        doc._.proposals = proposals
        doc._.predications = doc._.predications or predications


def _with_state(kind: type[Model], state: dict[str, Any]) -> Model:
    """A stage out of what it was pickled as. (`Pipe` pickles all that a stage holds, models too.)"""
    stage = kind.__new__(kind)
    for key, value in state.items():  # `name` is an attribute of `Pipe`, and not in `__dict__`
        setattr(stage, key, value)
    return stage


_WRITES = ["doc._.proposals", "doc._.predications"]


@Language.factory(
    "bulletin_hanlp", assigns=_WRITES, default_config={"model": "", "gpu": None, "labels": {}, "score": 0.8}
)
class Hanlp(Model):
    """Asks a HanLP model for names, semantic roles or dependencies; see `Model` for what comes of its answers.

    Parameters beside those of `Model`: `model`, a folder or one of HanLP's identifiers (`models.hanlp_model`); `gpu`,
    the number of a GPU, -1 for the CPU, None for a GPU if there is one. Raises ModuleNotFoundError without
    `bulletinnlp[hanlp]`, FileNotFoundError and ConnectionError where the model can not be found or fetched.

        nlp.add_pipe("bulletin_hanlp", config={"model": "FOLDER", "labels": {"INSTITUTE": "ORG"}})
        nlp.add_pipe("bulletin_join")
    """

    source = "hanlp"

    def __init__(
        self,
        nlp: Language,
        name: str = "bulletin_hanlp",
        *,
        model: str = "",
        gpu: int | None = None,
        labels: dict[str, str] | None = None,
        score: float = 0.8,
    ) -> None:
        self.model, self.gpu = model, gpu
        super().__init__(nlp, name, labels=labels, score=score)

    def load(self) -> ExternalModel:
        """Load the model."""
        from bulletinnlp.models.hanlp_model import load_hanlp

        return load_hanlp(self.model, self.gpu)


@Language.factory("bulletin_spacy", assigns=_WRITES, default_config={"model": "", "labels": {}, "score": 0.8})
class Spacy(Model):
    """Asks a spaCy pipeline for Chinese for names and dependencies; see `Model` for what comes of its answers.

    Parameters beside those of `Model`: `model`, a package or a folder (`models.spacy_model`). Raises ValueError and
    FileNotFoundError where there is none.

        nlp.add_pipe("bulletin_spacy", config={"model": "zh_core_web_sm"})
        nlp.add_pipe("bulletin_join")
    """

    source = "spacy"

    def __init__(
        self,
        nlp: Language,
        name: str = "bulletin_spacy",
        *,
        model: str = "",
        labels: dict[str, str] | None = None,
        score: float = 0.8,
    ) -> None:
        self.model = model
        super().__init__(nlp, name, labels=labels, score=score)

    def load(self) -> ExternalModel:
        """Load the model."""
        from bulletinnlp.models.spacy_model import load_spacy

        return load_spacy(self.model)


@Language.factory("bulletin_join", assigns=["doc.ents"], default_config={"groups": {}, "trust": {}})
class Join(Stage):
    """Makes one set of names of what several sources found; the rule stands in `bulletinnlp.models.join`.

    Reads `doc._.proposals`, `doc.ents` as a names stage before left them, and the span groups that `groups` names
    (those of spaCy's `span_ruler`, say). Writes `doc.ents`, with `span._.score`, and in `span._.source` all sources
    that agree.

    | the sources say | it becomes |
    | --- | --- |
    | PERSON 贺秋实; PER 贺秋实 in the group `mine` | PER 贺秋实, `source` spacy+mine |
    | GPE 柳林镇 | PLACE: labels that mean one of ours become it |
    | DATE 昨天 | nothing |

    So this stage also makes the names of any other component fit for the stages behind it.

    Parameters: `groups`, span groups and the score (0 to 1) that their names get; `trust`, sources and the weight (0 to
    1) of what they say (`{"hanlp": 0.9}`; default 1).

    >>> import spacy
    >>> nlp = spacy.blank("zh")
    >>> ruler = nlp.add_pipe("span_ruler", config={"spans_key": "mine"})
    >>> ruler.add_patterns([{"label": "PER", "pattern": "贺秋实"}])
    >>> stage = nlp.add_pipe("bulletin_join", config={"groups": {"mine": 0.95}})
    >>> [(ent.text, ent.label_, ent._.source) for ent in nlp("贺秋实会去").ents]
    [('贺秋实', 'PER', 'mine')]
    """

    scored = ("ents",)
    labels = LABELS

    def __init__(
        self,
        nlp: Language,
        name: str = "bulletin_join",
        *,
        groups: dict[str, float] | None = None,
        trust: dict[str, float] | None = None,
    ) -> None:
        super().__init__(nlp, name)
        self.groups, self.trust = dict(groups or {}), dict(trust or {})
        for option, values in (("groups", self.groups), ("trust", self.trust)):
            wrong = [f"{key}={value}" for key, value in values.items() if not 0 <= value <= 1]
            if wrong:
                raise ValueError(f"{name}: option {option} must be from 0 to 1, not {', '.join(wrong)}")

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
        set_names(doc, join(proposals, self.trust))
        return doc
