"""The stage on the annotated pages: accuracy, and whether its scores mean what they say."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
import spacy


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    path = Path(__file__).parents[1] / "benchmarks" / "names.py"
    spec = importlib.util.spec_from_file_location("benchmark_names", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_accuracy_and_reliability(benchmark: ModuleType) -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("bulletin_names")
    rows = list(benchmark.passages())
    pairs, sure = [], []
    for row, doc in zip(rows, nlp.pipe(row.text for row in rows), strict=True):
        pairs.append((row.names, {(ent.label_, ent.start_char, ent.end_char) for ent in doc.ents}))
        sure += [(ent.label_, ent.start_char, ent.end_char) in row.names for ent in doc.ents if ent._.score >= 0.9]
    assert benchmark.f1(pairs) >= 0.93
    assert sum(sure) >= 0.9 * len(sure) > 0
