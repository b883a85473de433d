"""The spaCy component `bulletin_events`."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import minibatch

from bulletinnlp.annotations import Part
from bulletinnlp.events.context import ArticleContext, Mention, without_overlap
from bulletinnlp.events.events import find_events
from bulletinnlp.events.predications import find_predicated
from bulletinnlp.events.reader import Reader, embedded
from bulletinnlp.lexicons import LexiconSource, lexicons_from, with_own_lexicons
from bulletinnlp.names.tagger import numbers_of
from bulletinnlp.text.docs import text_of
from bulletinnlp.text.mentions import names_of

#: Predicates whose score is lower are no events.
THRESHOLD = 0.4


def context_of(doc: Doc) -> ArticleContext:
    """A `Doc` as the events stage reads it."""
    mentions = [Mention(name.label, name.name, name.start, name.end) for name in names_of(doc)]  # type: ignore[arg-type]
    mentions += [Mention("TIME", time.text, time.start, time.end) for time in doc._.times]
    return ArticleContext(
        text_of(doc),
        doc._.parts or [Part("body", 0, len(text_of(doc)))],
        without_overlap(mentions),
        [(quote.start, quote.end) for quote in doc._.quotes],
        sorted({(role.start, role.end) for role in doc._.roles}),
        _future(doc),
        numbers_of(doc),
    )


def _future(doc: Doc) -> frozenset[int]:
    """Where the times start that begin on a later day than the article was printed."""
    published = doc._.published
    if not published or len(published) < len("2022-11-29"):
        return frozenset()
    return frozenset(time.start for time in doc._.times if time.begin and time.begin[:10] > published[:10])


class Events:
    """Who did what, where and when: reads names, times, references, titles, quotations; writes `doc._.events` and
    `doc._.arguments`.

    Every concrete occurrence that the article tells in its own voice is an event: something done, that befell somebody,
    or that happened. Where a stage before has written `doc._.predications` (semantic roles, dependencies), the
    predicates and what they say of their arguments come from there: see `bulletinnlp.events.predications`.

    | cell | what it holds |
    | --- | --- |
    | `who` | who does it: names, stand-ins resolved, subjects that are left out; else the actor's words (民警) |
    | `what` | the object as printed |
    | `whom` | names of those to whom, for whom or against whom it is done |
    | `when`, `where` | the time and the places of the deed |

    Articles are read in batches; what is found in one does not depend on what is read beside it.

    Parameters: `model`, `"embedded"` or a folder with another network of the same make; `threshold`, the probability
    that a trigger is right below which it is left out, from 0 to 1; `lexicons`, a folder of word lists of yours, or
    lines by list (`bulletinnlp.lexicons`).

    >>> import spacy
    >>> from bulletinnlp.names.component import make_names
    >>> from bulletinnlp.times.component import make_times
    >>> nlp = spacy.blank("zh")
    >>> for name in ("bulletin_names", "bulletin_times", "bulletin_events"):
    ...     _ = nlp.add_pipe(name)
    >>> doc = nlp("5月7日，县残联为32名残疾人发放轮椅。")
    >>> [(event.trigger, event.type) for event in doc._.events]
    [('发放', 'donation')]
    >>> [(argument.role, argument.text) for argument in doc._.arguments]
    [('who', '县残联'), ('what', '轮椅'), ('when', '5月7日')]
    """

    def __init__(
        self,
        nlp: Language,
        name: str = "bulletin_events",
        *,
        model: str | Path = "embedded",
        threshold: float = THRESHOLD,
        lexicons: LexiconSource | None = None,
    ) -> None:
        if isinstance(threshold, bool) or not isinstance(threshold, int | float) or not 0 <= threshold <= 1:
            raise ValueError(f"{name}: threshold must lie between 0 and 1, not {threshold!r}")
        self.name = name
        if model != "embedded" and not Path(model, "encoder.onnx").is_file():
            raise ValueError(f"{name}: model must be 'embedded' or a folder that holds encoder.onnx, not {model!r}")
        self.threshold = threshold
        self.lexicons = lexicons_from(lexicons)
        self.reader = embedded() if model == "embedded" else Reader(Path(model))

    def __call__(self, doc: Doc) -> Doc:
        self._mark([doc])
        return doc

    def pipe(self, docs: Iterable[Doc], batch_size: int = 16) -> Iterator[Doc]:
        """Mark a stream of Docs; several are read together, which is faster than one by one."""
        for batch in minibatch(docs, batch_size):
            self._mark(batch)
            yield from batch

    @with_own_lexicons
    def _mark(self, docs: list[Doc]) -> None:
        told = [doc for doc in docs if doc._.predications]
        plain = [doc for doc in docs if not doc._.predications]
        found = find_events(self.reader, [context_of(doc) for doc in plain], self.threshold)
        found += find_predicated(
            self.reader, [context_of(doc) for doc in told], [doc._.predications for doc in told], self.threshold
        )
        for doc, (events, arguments) in zip(plain + told, found, strict=True):
            doc._.events, doc._.arguments = events, arguments


@Language.factory(
    "bulletin_events",
    assigns=["doc._.events", "doc._.arguments"],
    requires=["doc.ents", "doc._.times"],
    default_config={"model": "embedded", "threshold": THRESHOLD, "lexicons": None},
)
def make_events(
    nlp: Language,
    name: str,
    model: str = "embedded",
    threshold: float = THRESHOLD,
    lexicons: str | dict[str, list[str]] | None = None,
) -> Events:
    """Make the component that finds events."""
    return Events(nlp, name, model=model, threshold=threshold, lexicons=lexicons)
