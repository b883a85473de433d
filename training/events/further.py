"""Trains the network of events that ships further on real news: `python -m training.events.further CORPORA`.

`CORPORA` is the folder of the general corpora, whose news is annotated (`news.py`). Begins with the weights in `--out`.
Needs torch and onnx; about 40 minutes on one core.

1. Train it on the annotated articles and the news, its own former answers beside the annotation (`distil.py`), without
   `p?d` and a twelfth of the articles: for the figures and the reliability of the scores.
2. Train it a little further with them.
3. Export it; fit the linear models again.

A part of the news only measures. What ships has learned from the first 332 of its texts, all that there were.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import torch

import bulletinnlp.data
from bulletinnlp.events.event_network import EventNetwork as Runtime
from bulletinnlp.finetune.events.batches import collate
from bulletinnlp.finetune.events.calibration import calibrated
from bulletinnlp.finetune.events.examples import example
from bulletinnlp.finetune.events.export import export
from bulletinnlp.finetune.events.reader_network import Reader
from bulletinnlp.finetune.events.restore import restore
from bulletinnlp.names.tagger import embedded as names_tagger
from training.events.__main__ import articles, held_out
from training.events.distil import OWN, fit_student, own_lessons
from training.events.fit import measure
from training.events.linear_models import fit_main, fit_types
from training.events.news import news
from training.events.teaching import DROPOUT
from training.events.type_sentences import sentences

#: The news is read so many times as often as an article, and learned from its annotation nearly alone.
OFTEN = 4
SHARES = {**OWN, "news": 0.9}
#: The rates of the two trainings.
RATE, FURTHER = 1e-3, 5e-4


def main() -> None:
    """Parse the command line; train and export."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path, metavar="CORPORA")
    parser.add_argument("--scratch", type=Path, default=Path("events-training"))
    parser.add_argument("--out", type=Path, default=Path(str(bulletinnlp.data.resource("events"))))
    parser.add_argument("--steps", type=int, default=525, help="steps of the first training")
    parser.add_argument("--more", type=int, default=175, help="steps with the articles that measured the first")
    options = parser.parse_args()
    torch.set_num_threads(1)
    options.scratch.mkdir(parents=True, exist_ok=True)
    encode = names_tagger().encode
    samples = articles()
    held = held_out(samples)
    names = {sample.name for sample in held}
    learnt = [sample for sample in samples if sample.name not in names]
    network, _ = restore(options.out)
    every = list(own_lessons(network, learnt, "articles", encode))
    read = list(news(options.corpora))
    every += OFTEN * list(own_lessons(network, read, "news", encode))
    every += own_lessons(network, sentences(), "sentences", encode)
    aside = list(own_lessons(network, held, "articles", encode))
    tests = {
        "articles": [example(sample, encode) for sample in held],
        "news": [example(sample, encode) for sample in news(options.corpora, measures=True)],
    }

    def say(model: Reader, step: int, line: str) -> None:
        if step % 75 == 0:
            print(step, line, {name: measure(model, some) for name, some in tests.items()}, flush=True)
            torch.save(model.state_dict(), options.scratch / "further.pt")

    network.design = network.encoder.design = replace(network.design, dropout=DROPOUT)
    network = fit_student(network, every, options.steps, seed=1, say=say, rate=RATE, own=SHARES)
    tuned = calibrated(network, [one for some in tests.values() for one in some])
    network = fit_student(network, [*every, *aside], options.more, seed=2, say=say, rate=FURTHER, own=SHARES)
    some = [collate([example(sample, encode) for sample in samples[at::60]]) for at in range(3)]
    export(network, some, options.out, tuned)
    print("main events:", fit_main(samples, Runtime(options.out), options.out))
    fit_types([*samples, *read], options.out)


if __name__ == "__main__":
    main()
