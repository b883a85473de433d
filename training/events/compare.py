"""The designs that were compared for the card: `python -m training.events.compare CORPORA …`.

Takes what `__main__.py` takes, and reads its scratch folder. Every design is trained for the same number of steps
without `p?d` and a twelfth of the other articles, and measured on those.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from bulletinnlp.events.character_marks import MARKS
from bulletinnlp.finetune.events.examples import Example, example
from bulletinnlp.finetune.events.reader_network import Encoder, Reader
from bulletinnlp.names.tagger import embedded as names_tagger
from training.events.__main__ import CHOSEN, articles, held_out, reading, taught_encoder
from training.events.fit import fit, measure
from training.events.material import Swaps
from training.names.__main__ import persons, shelf
from training.names.augmentation import Swapper


class Recurrent(Encoder):
    """Two layers of BiLSTM, 128 to each side, in the place of the convolutions."""

    def __init__(self, chars: int, pairs: int) -> None:
        super().__init__(chars, pairs, CHOSEN)
        self.lstm = nn.LSTM(CHOSEN.wide, CHOSEN.wide // 2, 2, bidirectional=True, batch_first=True, dropout=0.3)

    def forward(self, chars: Tensor, pairs: Tensor, words: Tensor, marks: Tensor) -> Tensor:
        """One passage a row: a recurrent network reads on across a gap."""
        x, filled = self.entered(chars, pairs, words, marks)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.training):
            y, _ = self.lstm(x)
        return y.float() * filled


class Attending(Encoder):
    """A small transformer: three layers, four heads, in the place of the convolutions."""

    def __init__(self, chars: int, pairs: int) -> None:
        super().__init__(chars, pairs, CHOSEN)
        layer = nn.TransformerEncoderLayer(CHOSEN.wide, 4, 2 * CHOSEN.wide, CHOSEN.dropout / 3, batch_first=True)
        self.transformer = nn.TransformerEncoder(layer, 3, enable_nested_tensor=False)
        self.place = nn.Embedding(512, CHOSEN.wide)

    def forward(self, chars: Tensor, pairs: Tensor, words: Tensor, marks: Tensor) -> Tensor:
        """One passage a row."""
        x, filled = self.entered(chars, pairs, words, marks)
        x = x + self.place(torch.arange(x.shape[1]))
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.training):
            y = self.transformer(x, src_key_padding_mask=filled[..., 0] == 0)
        return y.float() * filled


class Blind(Encoder):
    """The convolutions without the marks of names, stand-ins, times and titles."""

    def __init__(self, chars: int, pairs: int) -> None:
        super().__init__(chars, pairs, CHOSEN)
        seen = [float(mark[:2] not in ("B-", "I-")) for mark in MARKS]
        self.seen = torch.tensor(seen)

    def forward(self, chars: Tensor, pairs: Tensor, words: Tensor, marks: Tensor) -> Tensor:
        return super().forward(chars, pairs, words, marks * self.seen)


@dataclass(frozen=True)
class Trial:
    """A design: how its encoder is made, how wide a row is (0: a passage a row), whether it was taught on plain text,
    whether names are swapped."""

    name: str
    encoder: Callable[[int, int], Encoder]
    width: int = 400
    taught: bool = False
    swapped: bool = True


def _convolutions(chars: int, pairs: int) -> Encoder:
    return Encoder(chars, pairs, CHOSEN)


TRIALS = (
    Trial("dilated CNN", _convolutions),
    Trial("dilated CNN, taught on plain text", _convolutions, taught=True),
    Trial("dilated CNN, no swapping", _convolutions, swapped=False),
    Trial("dilated CNN without marks of names and times", Blind),
    Trial("BiLSTM", Recurrent, width=0),
    Trial("transformer", Attending, width=0),
)


def main() -> None:
    """Train and measure every design."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path, metavar="CORPORA")
    parser.add_argument("--divisions", type=Path, required=True)
    parser.add_argument("--scratch", type=Path, default=Path("events-training"))
    parser.add_argument("--plain", type=int, default=1800)
    parser.add_argument("--steps", type=int, default=500)
    options = parser.parse_args()
    torch.set_num_threads(1)
    encode = names_tagger().encode
    material = shelf(options.corpora, options.divisions)
    samples = articles()
    swaps = Swaps(Swapper(material.divisions, persons(material, encode)))
    held = held_out(samples)
    names = {sample.name for sample in held}
    learnt = [sample for sample in samples if sample.name not in names]
    tests = [example(sample, encode) for sample in held]
    sizes = len(encode.chars) + 2, len(encode.pairs) + 2
    for trial in TRIALS:
        torch.manual_seed(1)
        model = Reader(*sizes, CHOSEN)
        model.encoder = trial.encoder(*sizes)
        if trial.taught:
            model.encoder.load_state_dict(taught_encoder(samples, material.general, encode, options))
        epoch: Callable[[random.Random], list[Example]] = reading(learnt, swaps, encode, 0.6 if trial.swapped else 0.0)
        began = time.process_time()
        model = fit(model, epoch, options.steps, seed=1, width=trial.width)
        spent = time.process_time() - began
        print(trial.name, f"{spent:.0f} s", measure(model, tests, width=trial.width), flush=True)


if __name__ == "__main__":
    main()
