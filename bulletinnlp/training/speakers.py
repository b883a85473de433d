"""How the model of `bulletin_quotes` was made; run it to make it again.

    python -m bulletinnlp.training.speakers MARKED... --out bulletinnlp/data/events

`MARKED` are files of marked-up articles (see `marked.py`). Names and stand-ins are taken from the marks, so the model
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

from bulletinnlp.quotes.passage import Quotation
from bulletinnlp.quotes.quotations import attribute
from bulletinnlp.quotes.speaker_features import speaker_features
from bulletinnlp.quotes.speakers import NOBODY, Candidate, speaker_candidates
from bulletinnlp.text.mentions import names_of
from bulletinnlp.training.linear import fit_choice, without_rare
from bulletinnlp.training.marked import MarkedArticle, article_doc, read_marked

PENALTY = 2.0
#: A feature counts that so many examples have (three-fold cross-validation: the same figures, a third of the weights).
LEAST = 3


@dataclass
class Examples:
    """What the model learns from: for each quotation the features of its candidates, and which of them are right."""

    candidates: list[list[list[str]]] = field(default_factory=list)
    right: list[list[bool]] = field(default_factory=list)


def learn_speakers(article: MarkedArticle, doc: Doc, examples: Examples) -> None:
    """Add what an article teaches about the speakers of its quotations."""
    wanted: list[tuple[int, int, str | None]] = []
    for speaker, opening, closing in (row[:3] for row in article.lists["quotes"]):
        start = article.text.find(opening)
        wanted.append((start, article.text.find(closing, start) + len(closing), speaker or None))

    def choose(quotation: Quotation) -> Candidate:
        known = [w for start, end, w in wanted if start < quotation.right and quotation.left < end]
        if not known:
            return NOBODY
        candidates = speaker_candidates(quotation)
        examples.candidates.append([speaker_features(quotation, one) for one in candidates])
        examples.right.append([_is_speaker(one, known[0]) for one in candidates])
        return Candidate(known[0], "annotated")

    for part in article.parts:
        if part.kind == "body":
            attribute(doc.text, names_of(doc), part.start, part.end, choose)


def _is_speaker(candidate: Candidate, wanted: str | None) -> bool:
    """The scorer takes a speaker whose end is the annotator's, or the other way round."""
    if not candidate.speaker or not wanted:
        return candidate.speaker == wanted
    return candidate.speaker.endswith(wanted) or wanted.endswith(candidate.speaker)


def gather(articles: Iterable[MarkedArticle], nlp: Language) -> Examples:
    """The examples of many articles."""
    examples = Examples()
    for article in articles:
        learn_speakers(article, article_doc(nlp, article), examples)
    return examples


def fit(examples: Examples) -> dict[str, float]:
    """The weights of the features."""
    kept = iter(without_rare([one for candidates in examples.candidates for one in candidates], LEAST))
    chosen = [[next(kept) for _ in candidates] for candidates in examples.candidates]
    return fit_choice(chosen, examples.right, PENALTY)


def main() -> None:
    """Read marked-up files and write the model."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("marked", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    articles = [article for path in options.marked for article in read_marked(path)]
    weights = fit(gather(articles, spacy.blank("zh")))
    lines = ",\n".join(f"{json.dumps(key, ensure_ascii=False)}: {value}" for key, value in weights.items())
    (options.out / "speaker.json").write_text("{\n" + lines + "\n}\n", encoding="utf-8")
    print(f"speaker: {len(weights)} weights")


if __name__ == "__main__":
    main()
