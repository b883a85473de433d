"""The figures of the model card: exact spans and labels on what training never read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bulletinnlp.annotations import LABELS
from bulletinnlp.finetune.names.samples import Sample
from bulletinnlp.names import evidence
from bulletinnlp.names.lattice import Found
from bulletinnlp.names.tagger import Tagger
from bulletinnlp.text.sentences import sentences
from training.names.calibrate import document, observe

Spans = set[tuple[int, int, str]]


def f1(pairs: Iterable[tuple[Spans, Spans]]) -> dict[str, float]:
    """Exact F1 of (gold, found) pairs: over all labels, and of each one; precision and recall over all."""
    hit, gold, found = (dict.fromkeys((*LABELS, "all"), 0) for _ in range(3))
    for wanted, got in pairs:
        for counts, which in ((hit, wanted & got), (gold, wanted), (found, got)):
            for _, _, label in which:
                counts[label] += 1
                counts["all"] += 1
    result = {label: round(2 * hit[label] / max(1, gold[label] + found[label]), 4) for label in hit}
    result["precision"] = round(hit["all"] / max(1, found["all"]), 4)
    result["recall"] = round(hit["all"] / max(1, gold["all"]), 4)
    return result


def documents(tagger: Tagger, articles: list[list[Sample]]) -> dict[str, Any]:
    """F1 of the whole stage on articles, and its reliability: how many names of each tenth of score are right."""
    pairs: list[tuple[Spans, Spans]] = []
    tenths = {at: [0, 0] for at in range(10)}
    for article, row in zip(articles, observe(tagger, articles), strict=True):
        gold = document(article)[2]
        names = evidence.names([candidate for candidate, _ in row], tagger.about["evidence"])
        pairs.append((gold, {(name.start, name.end, name.label) for name in names}))
        for name in names:
            tenth = tenths[min(9, int(name.score * 10))]
            tenth[0] += (name.start, name.end, name.label) in gold
            tenth[1] += 1
    reliability = {f"{at / 10:.1f}": {"right": right, "of": of} for at, (right, of) in tenths.items() if of}
    return {**f1(pairs), "reliability": reliability}


def sentences_of(tagger: Tagger, samples: list[Sample], corpus: str) -> dict[str, float]:
    """F1 of the tagger alone on sentences, under the conventions of their corpus."""
    texts, gold = [], []
    for sample in samples:
        for start, end in sentences(sample.text):
            texts.append(sample.text[start:end])
            gold.append({(a - start, b - start, label) for a, b, label in sample.names if start <= a and b <= end})
    read = [lattice.found() for lattice in tagger.read(texts, corpus)]
    return f1(zip(gold, map(spans, read), strict=True))


def spans(found: list[Found]) -> Spans:
    """The spans of what the tagger found."""
    return {(name.start, name.end, name.label) for name in found}
