"""Fits two linear models: which event an article is about (`main.json`), of what type events are (`types.npz`).

Types are learnt from the annotated arguments, main events from what the network that ships finds in the annotated
articles.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import nn

from bulletinnlp.annotations import EVENT_TYPES
from bulletinnlp.events.event_network import EventNetwork
from bulletinnlp.events.extractor import frames_of, meanings
from bulletinnlp.events.main_events import chances, main_features
from bulletinnlp.events.triggers import Trigger, find_triggers
from bulletinnlp.events.type_model import type_features
from bulletinnlp.finetune.events.samples import Sample
from training.conditional_logit import fit_choice, without_rare
from training.events.type_sentences import sentences

#: A feature counts that so many events have.
LEAST_MAIN, LEAST_TYPES = 3, 4
#: How often a sentence written for types counts.
OFTEN = 2
#: Of main events: the penalty, and how many parts the articles are cut into to find the bars.
PENALTY, FOLDS = 4.0, 4
#: The threshold of the stage.
THRESHOLD = 0.35
_BARS = [step / 20 for step in range(13)]


def fit_main(samples: Sequence[Sample], reader: EventNetwork, out: Path) -> float:
    """Write `main.json`; the F1 of main events by cross-validation on the events that the network finds."""
    rows, right, missed = [], [], []
    for first in range(0, len(samples), 16):
        some = [sample for sample in samples[first : first + 16] if sample.events]
        articles = [sample.context for sample in some]
        encoded = reader.encode(articles)
        triggers = [find_triggers(*one, THRESHOLD) for one in zip(articles, encoded, strict=True)]
        frames = frames_of(reader, articles, encoded, triggers)
        for sample, found, (read, _), meaning in zip(some, triggers, frames, meanings(encoded), strict=True):
            mains = _mains(sample, found)
            rows.append(main_features(sample.context, read, meaning, [trigger.score for trigger in found]))
            right.append(mains)
            missed.append(sum(event.main for event in sample.events) - sum(mains))
    judged: list[tuple[list[float], list[bool]]] = []
    for fold in range(FOLDS):
        model = _choice(
            [row for at, row in enumerate(rows) if at % FOLDS != fold],
            [row for at, row in enumerate(right) if at % FOLDS != fold],
        )
        judged += [(chances(model, rows[at]), right[at]) for at in range(fold, len(rows), FOLDS)]
    bars = max(((a, b) for a in _BARS for b in _BARS), key=lambda pair: _f1(judged, sum(missed), pair))
    model = _choice(rows, right)
    lines = ",\n".join(f"  {json.dumps(name, ensure_ascii=False)}: {weight}" for name, weight in model.items())
    text = f'{{"bars": {json.dumps(bars)}, "weights": {{\n{lines}\n}}}}\n'
    (out / "main.json").write_text(text, encoding="utf-8")
    return _f1(judged, sum(missed), bars)


def _mains(sample: Sample, found: Sequence[Trigger]) -> list[bool]:
    """Which of the triggers found are those of main events; an annotated event counts for the first that meets it."""
    free = list(sample.events)
    mains = []
    for trigger in found:
        same = next((event for event in free if event.start < trigger.end and trigger.start < event.end), None)
        if same is not None:
            free.remove(same)
        mains.append(same is not None and same.main)
    return mains


def _choice(rows: Sequence[Sequence[Sequence[str]]], right: Sequence[Sequence[bool]]) -> dict[str, float]:
    kept = iter(without_rare([features for some in rows for features in some], LEAST_MAIN))
    return fit_choice([[next(kept) for _ in some] for some in rows], right, PENALTY)


def _f1(judged: Sequence[tuple[list[float], list[bool]]], missed: int, bars: tuple[float, float]) -> float:
    hits, taken, wanted = 0, 0, missed
    for scores, right in judged:
        wanted += sum(right)
        for number, bar in zip(np.argsort(-np.array(scores), kind="stable")[:2].tolist(), bars, strict=False):
            if scores[number] > bar:
                taken += 1
                hits += right[number]
    return 2 * hits / max(1, taken + wanted)


def fit_types(samples: Sequence[Sample], out: Path, rounds: int = 4, penalty: float = 3e-6) -> None:
    """Write `types.npz`, from articles and from the sentences written for types, each of which counts `OFTEN` times."""
    rows: list[list[str]] = []
    types: list[int] = []
    for sample in [*samples, *OFTEN * list(sentences())]:
        kinds: dict[str, str] = {mention.name: mention.label for mention in sample.context.mentions}
        for event in sample.events:
            if event.type in EVENT_TYPES:
                rows.append(list(type_features(sample.context, event, kinds)))
                types.append(EVENT_TYPES.index(event.type))
    counts = Counter(feature for features in rows for feature in features)
    names = sorted(feature for feature, count in counts.items() if count >= LEAST_TYPES and "\n" not in feature)
    row = {name: number for number, name in enumerate(names)}
    numbered = [torch.tensor([row[name] for name in features if name in row]) for features in rows]
    wanted = torch.tensor(types)
    torch.manual_seed(0)
    model = nn.EmbeddingBag(len(names), len(EVENT_TYPES), mode="sum")
    nn.init.zeros_(model.weight)
    optimiser = torch.optim.Adam(model.parameters(), lr=0.02)
    for _ in range(rounds):
        for some in torch.randperm(len(rows)).split(500):
            bags = [numbered[at] for at in some.tolist()]
            offsets = torch.tensor([0] + [len(bag) for bag in bags[:-1]]).cumsum(0)
            loss = nn.functional.cross_entropy(model(torch.cat(bags), offsets), wanted[some])
            loss = loss + penalty * (model.weight**2).sum()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    weights = model.weight.detach().numpy()
    scale = np.float32(np.abs(weights).max() / 127)
    np.savez_compressed(
        out / "types.npz",
        features=np.frombuffer("\n".join(names).encode(), np.uint8),
        weights=np.round(weights / scale).astype(np.int8),
        scale=scale,
    )
