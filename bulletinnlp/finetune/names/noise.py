"""Noise: samples as a page may print them, and as a scanner and a layout may damage them.

Half-width marks and lost quotation marks; wrong characters, lost marks, spaces, a clause printed twice.
"""

from __future__ import annotations

import random
import re
from functools import cache
from importlib.resources import files

from bulletinnlp.finetune.names.samples import Sample

#: The share of samples that are damaged.
DAMAGED = 1 / 8
HALF = str.maketrans("，：；（）？！", ",:;()?!")
QUOTES = str.maketrans("“”", '""')
CLAUSE = re.compile(r"[^，。；：！？、\s]{3,}[，。；！？]")
MARKS = "，。、；："


def roughen(sample: Sample, rng: random.Random) -> Sample:
    """The sample as a page may print it: half-width marks, quotes lost, a space in a headline where a line ended.

    One of eight is damaged as a scanner does it (`damaged`).
    """
    if rng.random() < DAMAGED:
        sample = damaged(sample, rng)
    text = sample.text
    lot = rng.random()
    if lot < 0.25:
        text = text.translate(HALF)
    if lot < 0.06:
        text = text.translate(QUOTES)
    sample = sample._replace(text=text)
    if sample.head and len(text) > 10 and rng.random() < 0.3:
        at = rng.randint(4, len(text) - 4)
        if " " not in text[at - 2 : at + 2]:
            names = tuple((s + (s >= at), e + (e > at), label) for s, e, label in sample.names)
            sample = sample._replace(text=text[:at] + " " + text[at:], names=names)
    if sample.head and rng.random() < 0.1:  # a headline's space lost
        at = sample.text.find(" ")
        if at > 0 and not any(s <= at < e for s, e, _ in sample.names):
            names = tuple((s - (s > at), e - (e > at), label) for s, e, label in sample.names)
            sample = sample._replace(text=sample.text[:at] + sample.text[at + 1 :], names=names)
    return sample


@cache
def lookalikes() -> dict[str, str]:
    """What a scanner may print for a character."""
    found: dict[str, str] = {}
    for group in files(__package__).joinpath("lookalikes.txt").read_text(encoding="utf-8").splitlines():
        for char in "" if group.startswith("#") else group:
            found[char] = found.get(char, "") + group.replace(char, "")
    return found


def damaged(sample: Sample, rng: random.Random) -> Sample:
    """The sample with damage of one or two kinds; the names keep their extent.

    >>> sample = Sample("县教育局局长贺秋实到会，讲了话。", ((0, 4, "ORG"), (6, 9, "PER")), "genre")
    >>> [label for _, _, label in damaged(sample, random.Random(3)).names][:2]
    ['ORG', 'PER']
    """
    for kind in rng.sample([misread, unmarked, spaced, repeated], rng.choice([1, 1, 2])):
        sample = kind(sample, rng)
    return sample


def misread(sample: Sample, rng: random.Random, share: float = 0.06) -> Sample:
    """Some characters taken for others."""
    known = lookalikes()
    text = "".join(rng.choice(known[c]) if c in known and rng.random() < share else c for c in sample.text)
    return sample._replace(text=text)


def unmarked(sample: Sample, rng: random.Random, share: float = 0.3) -> Sample:
    """Some marks lost; those inside a name stay."""
    held = {at for start, end, _ in sample.names for at in range(start, end)}
    return drawn(
        sample, [at for at, c in enumerate(sample.text) if c not in MARKS or at in held or rng.random() > share]
    )


def spaced(sample: Sample, rng: random.Random) -> Sample:
    """Spaces between some characters, or between all."""
    share = 1.0 if rng.random() < 0.2 else rng.choice([0.02, 0.05, 0.1])
    order: list[int] = []
    for at in range(len(sample.text)):
        if at and rng.random() < share and sample.text[at - 1] != " " != sample.text[at]:
            order.append(-1)
        order.append(at)
    return drawn(sample, order)


def repeated(sample: Sample, rng: random.Random) -> Sample:
    """A clause printed twice."""
    clauses = [m.span() for m in CLAUSE.finditer(sample.text) if whole(sample, *m.span())]
    if not clauses:
        return sample
    start, end = rng.choice(clauses)
    return drawn(sample, [*range(end), *range(start, len(sample.text))])


def whole(sample: Sample, start: int, end: int) -> bool:
    """Whether no name of the sample crosses a border of this stretch."""
    return not any(left < border < right for left, right, _ in sample.names for border in (start, end))


def drawn(sample: Sample, order: list[int]) -> Sample:
    """The characters of a sample in this order, -1 for a space, with the names that are there whole.

    >>> drawn(Sample("甲说", ((0, 1, "PER"),), "genre"), [0, -1, 1, 0]).names
    ((0, 1, 'PER'), (3, 4, 'PER'))
    """
    first = {start: (end, label) for start, end, label in sample.names}
    text = "".join(sample.text[at] if at >= 0 else " " for at in order)
    names = []
    for at, origin in enumerate(order):
        if origin in first:
            end, label = first[origin]
            last = next((to for to in range(at, len(order)) if order[to] == end - 1), None)
            if last is not None:
                names.append((at, last + 1, label))
    return sample._replace(text=text, names=tuple(names))
