"""The embedded tagger: a small recurrent network, run by ONNX Runtime on one thread.

How it was made, on what, and how well it does: `training/names` and `data/names/README.md`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from spacy.tokens import Doc

from bulletinnlp.data import resource
from bulletinnlp.names.decoding import Floats, Lattice, chain, lattices
from bulletinnlp.names.encoder import WIDTH, Dictionary, Encoder, Numbers, unpack
from bulletinnlp.text.docs import text_of

#: Characters of one batch, padding included: more do not fit the cache.
BATCH = 3072
#: Sentences whose tags are worked out side by side.
ABREAST = 128

#: The taggers that ship, and their folders in `data`: `open` was made of this project's own material alone.
SHIPPED = {"embedded": "names", "open": "names_open"}

_NOTHING: Floats = np.empty((0, 0), dtype=np.float32)


def session(file: Path | Traversable) -> Any:
    """A session of ONNX Runtime over a network, on one thread of the CPU."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(file.read_bytes(), options, providers=["CPUExecutionProvider"])


class Tagger:
    """Reads sentences and gives for each a `Lattice`.

    `folder` holds `tagger.onnx`, `vocabulary.npz`, `words.xz` and `tagger.json`.

    >>> tagger = embedded()
    >>> lattice, = tagger.read(["县教育局局长贺秋实说"])
    >>> [(name.start, name.end, name.label) for name in lattice.found()]
    [(0, 4, 'ORG'), (6, 9, 'PER')]
    """

    def __init__(self, folder: Path | Traversable) -> None:
        self.folder = folder
        with (folder / "vocabulary.npz").open("rb") as file, np.load(file) as saved:
            self.weights = chain(saved["steps"])
        shared = fingerprint(folder) == fingerprint(resource("names"))
        self.encode = vocabulary() if shared else read_vocabulary(folder)
        self.about = json.loads((folder / "tagger.json").read_text(encoding="utf-8"))
        self.session = session(folder / "tagger.onnx")

    def __reduce__(self) -> tuple[Callable[..., Tagger], tuple[Path | Traversable | str, ...]]:
        """A session of ONNX Runtime can not be pickled: a copy is loaded anew from the folder."""
        own = next((name for name, folder in SHIPPED.items() if self.folder == resource(folder)), None)
        return (shipped, (own,)) if own else (Tagger, (self.folder,))

    def read(self, texts: Sequence[str], corpus: str = "genre") -> list[Lattice]:
        """A lattice for each sentence, in order. `corpus` names the corpus whose conventions are wanted."""
        return self.read_numbers([self.encode(text) for text in texts], corpus)

    def read_numbers(self, rows: Sequence[Numbers], corpus: str = "genre") -> list[Lattice]:
        """A lattice for each sentence that `encode` has turned into numbers, in order."""
        number = self.about["corpora"].index(corpus)
        sizes = [len(chars) for chars, _, _ in rows]
        scores: list[Floats] = [_NOTHING] * len(rows)
        order: list[int] = []
        for group in groups(sizes):
            order += group
            lengths = np.array([sizes[at] for at in group])
            shape = (len(group), int(lengths.max()))
            chars, pairs = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
            words = np.zeros((*shape, WIDTH), np.uint8)
            for line, at in enumerate(group):
                chars[line, : lengths[line]], pairs[line, : lengths[line]] = rows[at][:2]
                words[line, : lengths[line]] = unpack(rows[at][2])
            feed = {
                "chars": chars,
                "pairs": pairs,
                "words": words,
                "corpus": np.full(len(group), number),
                "lengths": lengths.astype(np.int32),
            }
            for at, padded in zip(group, self.session.run(None, feed)[0], strict=True):
                scores[at] = padded[: sizes[at]]
        result: list[Lattice | None] = [None] * len(rows)
        for start in range(0, len(order), ABREAST):
            some = order[start : start + ABREAST]
            for at, lattice in zip(some, lattices([scores[at] for at in some], self.weights), strict=True):
                result[at] = lattice
        return [lattice for lattice in result if lattice is not None]


def groups(lengths: Sequence[int]) -> Iterator[list[int]]:
    """The numbers of sentences in batches: like lengths together, so that little is padded; none of length 0.

    >>> list(groups([60, 5, 61, 6]))
    [[1, 3, 0, 2]]
    """
    group: list[int] = []
    for at in sorted(range(len(lengths)), key=lengths.__getitem__):
        if not lengths[at]:
            raise ValueError("an empty sentence has no tags")
        full = (len(group) + 1) * lengths[at] > BATCH
        if group and (full or (len(group) >= 8 and lengths[at] > 1.3 * lengths[group[0]] + 6)):
            yield group
            group = []
        group.append(at)
    if group:
        yield group


_NUMBERS: WeakKeyDictionary[Doc, Numbers] = WeakKeyDictionary()


def numbers_of(doc: Doc) -> Numbers:
    """The numbers of a Doc's text in the embedded tagger's vocabulary, worked out once a Doc: two stages ask."""
    found = _NUMBERS.get(doc)
    if found is None:
        found = _NUMBERS[doc] = vocabulary()(text_of(doc))
    return found


def read_vocabulary(folder: Path | Traversable) -> Encoder:
    """The characters, pairs and words that a tagger in a folder takes."""
    with (folder / "vocabulary.npz").open("rb") as file, np.load(file) as saved:
        chars = saved["chars"].tobytes().decode("utf-32-le")
        pairs = saved["pairs"].astype(np.int64)
    return Encoder(chars, pairs, Dictionary.read(folder / "words.xz"))


def fingerprint(folder: Path | Traversable) -> str:
    """The vocabulary in a folder as a number: taggers of one vocabulary share what a text is in numbers."""
    with (folder / "vocabulary.npz").open("rb") as file, np.load(file) as saved:
        whole = hashlib.sha256(saved["chars"].tobytes())
        whole.update(saved["pairs"].tobytes())
    whole.update((folder / "words.xz").read_bytes())
    return whole.hexdigest()


@cache
def vocabulary() -> Encoder:
    """The vocabulary of the embedded tagger, which the network of events shares; loaded once a process."""
    return read_vocabulary(resource("names"))


@cache
def shipped(name: str) -> Tagger:
    """A tagger that ships with the package, `embedded` or `open`, loaded once a process."""
    return Tagger(resource(SHIPPED[name]))


def embedded() -> Tagger:
    """The tagger that reads names unless another is asked for."""
    return shipped("embedded")
