"""The stage `bulletin_events`."""

from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from bulletinnlp.annotations import EVENT_TYPES, Part
from bulletinnlp.events.article_context import ArticleContext, without_overlap
from bulletinnlp.events.event_network import EventNetwork, embedded
from bulletinnlp.events.extractor import find_events
from bulletinnlp.events.predications import find_predicated
from bulletinnlp.lexicons import LexiconSource
from bulletinnlp.names.tagger import numbers_of
from bulletinnlp.stage_base import NetworkStage
from bulletinnlp.text.docs import text_of
from bulletinnlp.text.mentions import Mention, names_of


@Language.factory(
    "bulletin_events",
    assigns=["doc._.events", "doc._.arguments"],
    requires=["doc.ents", "doc._.times"],
    default_config={"model": "embedded", "threshold": 0.35, "lexicons": None},
)
class Events(NetworkStage):
    """Finds events: who did what, where and when.

    Reads the text, names (`doc.ents`), times, references, titles and quotations. Writes `doc._.events`, an `Event` for
    each trigger, and `doc._.arguments`, their arguments. Every concrete occurrence that the article states in its own
    voice is an event: something done, that befell somebody, or that happened. Where a stage before has written
    `doc._.predications` (semantic roles, dependencies), the triggers and what they say of their arguments come from
    there: see `bulletinnlp.events.predications`.

    | argument | what it holds |
    | --- | --- |
    | `who` | the actors: names, references resolved, subjects that are left out; else the actor's words (民警) |
    | `what` | the object as printed |
    | `whom` | names of those to whom, for whom or against whom it is done |
    | `when`, `where` | its time and its places |

    | the article says | it becomes |
    | --- | --- |
    | 5月7日，县残联为32名残疾人发放轮椅。 | donation: 发放, who 县残联, what 轮椅, when 5月7日 |
    | 县教育局将召开会议。 | meeting, `modality` planned |
    | 昨日，县教育局没有召开会议。 | meeting, `polarity` negative |
    | 王强说：“我们发放了轮椅。” | nothing: it stands in a quotation |

    Parameters: `model`, `"embedded"` or a folder with another network of the same make; `threshold`, the probability
    that a trigger is right below which it is left out, from 0 to 1 (default 0.4); `lexicons`, a folder of word lists of
    yours, or their lines by list (`bulletinnlp.lexicons`). Raises ValueError for others.

    How the network was made, and how well it does: `bulletinnlp/data/events/README.md`.

    >>> import spacy
    >>> nlp = spacy.blank("zh")
    >>> stages = [nlp.add_pipe(f"bulletin_{stage}") for stage in ("names", "times", "events")]
    >>> doc = nlp("5月7日，县残联为32名残疾人发放轮椅。")
    >>> [(event.trigger, event.type) for event in doc._.events]
    [('发放', 'donation')]
    >>> [(argument.role, argument.text) for argument in doc._.arguments]
    [('who', '县残联'), ('what', '轮椅'), ('when', '5月7日')]
    """

    scored = ("events", "arguments")
    labels = EVENT_TYPES
    networks = ("embedded",)
    network_files = ("encoder.onnx", "heads.onnx")

    def __init__(
        self,
        nlp: Language,
        name: str = "bulletin_events",
        *,
        model: str = "embedded",
        threshold: float = 0.35,
        lexicons: LexiconSource | None = None,
    ) -> None:
        super().__init__(nlp, name, model=model, threshold=threshold, lexicons=lexicons)

    def network_of(self, model: Any) -> EventNetwork:
        """The network of this name, or of a folder."""
        return embedded() if model == "embedded" else EventNetwork(Path(model) if isinstance(model, str) else model)

    def annotate(self, docs: list[Doc]) -> None:
        """Set the events of the Docs, which go through the network together."""
        parsed = [doc for doc in docs if doc._.predications]
        plain = [doc for doc in docs if not doc._.predications]
        found = find_events(self.network, [context_of(doc) for doc in plain], self.threshold)
        found += find_predicated(
            self.network, [context_of(doc) for doc in parsed], [doc._.predications for doc in parsed], self.threshold
        )
        for doc, (events, arguments) in zip(plain + parsed, found, strict=True):
            doc._.events, doc._.arguments = events, arguments


def context_of(doc: Doc) -> ArticleContext:
    """A `Doc` as the events stage reads it."""
    mentions = names_of(doc)
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
