"""How the model of `bulletin_quotes` was made; run it to make it again.

    python -m training.speakers

It learns from `training/corpus` and `training/articles`. Names and stand-ins are taken from the marks, so the model
learns from names without faults. One linear model comes out, `speaker.json`: whose is this quotation?
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from bulletinnlp.data import resource
from bulletinnlp.evaluation.annotated_article import AnnotatedArticle
from bulletinnlp.evaluation.marked import gold_doc, read_marked
from bulletinnlp.quotes.passage import Quotation
from bulletinnlp.quotes.quotations import attribute
from bulletinnlp.quotes.speaker_features import speaker_features
from bulletinnlp.quotes.speakers import NOBODY, SpeakerCandidate, speaker_candidates
from bulletinnlp.text.mentions import names_of
from training import marked_articles
from training.conditional_logit import fit_choice, without_rare

PENALTY = 2.0
#: A feature counts that so many examples have (three-fold cross-validation: the same figures, a third of the weights).
LEAST = 3


@dataclass
class Examples:
    """What the model learns from: for each quotation the features of its candidates, and which of them are right."""

    candidates: list[list[list[str]]] = field(default_factory=list)
    right: list[list[bool]] = field(default_factory=list)


def learn_speakers(article: AnnotatedArticle, doc: Doc, examples: Examples) -> None:
    """Add what an article teaches about the speakers of its quotations."""

    def choose(quotation: Quotation) -> SpeakerCandidate:
        quotes = article.quotes or ()
        annotated = [q.speaker for q in quotes if q.start < quotation.right and quotation.left < q.end]
        if not annotated:
            return NOBODY
        candidates = speaker_candidates(quotation)
        examples.candidates.append([speaker_features(quotation, one) for one in candidates])
        examples.right.append([_is_speaker(one, annotated[0]) for one in candidates])
        return SpeakerCandidate(annotated[0], "annotated")

    for part in article.parts:
        if part.kind == "body":
            attribute(doc.text, names_of(doc), part.start, part.end, choose)


def _is_speaker(candidate: SpeakerCandidate, wanted: str | None) -> bool:
    """The scorer takes a speaker whose end is the annotator's, or the other way round."""
    if not candidate.speaker or not wanted:
        return candidate.speaker == wanted
    return candidate.speaker.endswith(wanted) or wanted.endswith(candidate.speaker)


def gather(articles: Iterable[AnnotatedArticle], nlp: Language) -> Examples:
    """The examples of many articles."""
    examples = Examples()
    for article in articles:
        learn_speakers(article, gold_doc(nlp, article), examples)
    return examples


def fit(examples: Examples) -> dict[str, float]:
    """The weights of the features."""
    kept = iter(without_rare([one for candidates in examples.candidates for one in candidates], LEAST))
    chosen = [[next(kept) for _ in candidates] for candidates in examples.candidates]
    return fit_choice(chosen, examples.right, PENALTY)


def main() -> None:
    """Read the marked articles and write the model."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=Path(str(resource("events"))))
    options = parser.parse_args()
    articles = [article for path in marked_articles.taught() for article in read_marked(path)]
    weights = fit(gather(articles, spacy.blank("zh")))
    lines = ",\n".join(f"{json.dumps(key, ensure_ascii=False)}: {value}" for key, value in weights.items())
    (options.out / "speaker.json").write_text("{\n" + lines + "\n}\n", encoding="utf-8")
    print(f"speaker: {len(weights)} weights")


if __name__ == "__main__":
    main()
