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

from bulletinnlp.quotes.apposition import Option
from bulletinnlp.quotes.quotations import attribute
from bulletinnlp.quotes.speaker_features import speaker_features
from bulletinnlp.quotes.speakers import Scene, speaker_options
from bulletinnlp.text.mentions import names_of
from bulletinnlp.training.linear import fit_choice, without_rare
from bulletinnlp.training.marked import MarkedArticle, article_doc, read_marked

PENALTY = 2.0
#: A feature counts that so many examples have (three-fold cross-validation: the same figures, a third of the weights).
LEAST = 3


@dataclass
class Examples:
    """What the model learns from: for each quotation the features of its options, and which of them are right."""

    options: list[list[list[str]]] = field(default_factory=list)
    right: list[list[bool]] = field(default_factory=list)


def learn_speakers(article: MarkedArticle, doc: Doc, examples: Examples) -> None:
    """Add what an article teaches about the speakers of its quotations."""
    wanted: list[tuple[int, int, str | None]] = []
    for speaker, opening, closing in (row[:3] for row in article.lists["quotes"]):
        start = article.text.find(opening)
        wanted.append((start, article.text.find(closing, start) + len(closing), speaker or None))

    def choose(scene: Scene) -> Option:
        known = [w for start, end, w in wanted if start < scene.right and scene.left < end]
        if not known:
            return Option(None, "nobody", -1, -1)
        options = speaker_options(scene)
        right = [_is_speaker(option, known[0]) for option in options]
        examples.options.append([speaker_features(scene, option) for option in options])
        examples.right.append(right)
        return Option(known[0], "told", -1, -1)

    for part in article.parts:
        if part.kind == "body":
            attribute(doc.text, names_of(doc), part.start, part.end, choose)


def _is_speaker(option: Option, wanted: str | None) -> bool:
    """The scorer takes a speaker whose end is the annotator's, or the other way round."""
    if not option.speaker or not wanted:
        return option.speaker == wanted
    return option.speaker.endswith(wanted) or wanted.endswith(option.speaker)


def gather(articles: Iterable[MarkedArticle], nlp: Language) -> Examples:
    """The examples of many articles."""
    examples = Examples()
    for article in articles:
        learn_speakers(article, article_doc(nlp, article), examples)
    return examples


def fit(examples: Examples) -> dict[str, float]:
    """The weights of the features."""
    kept = iter(without_rare([option for options in examples.options for option in options], LEAST))
    return fit_choice([[next(kept) for _ in options] for options in examples.options], examples.right, PENALTY)


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
