"""The outlines of counties, as the source draws them: for maps, not for saying where a point lies.

Source, licence, and what it says of borders: `data/outlines/README.md`. Nothing is decided here about any border.

>>> outlines().holds("371502"), outlines().holds("130171")  # 东昌府区; a development zone has none
(True, False)
"""

from __future__ import annotations

import io
import lzma
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import numpy as np

from bulletinnlp.data import resource

#: Steps a degree, in which the points are stored: about 100 m.
STEPS = 1000
#: Digits of the adcode of a county.
COUNTY = 6


class Box(NamedTuple):
    """A stretch of the map, in degrees."""

    west: float
    south: float
    east: float
    north: float


class Outlines:
    """The outlines by adcode; longitudes and latitudes in degrees (CGCS2000, within a metre of WGS 84).

    The source has simplified them: an outline may lie some hundred metres beside the border.
    """

    def __init__(self, codes: list[str], counts: np.ndarray, rings: list[np.ndarray]) -> None:
        ends = np.cumsum(counts)
        self._rings = rings
        self._of = {code: range(end - n, end) for code, n, end in zip(codes, counts, ends, strict=True) if code}
        self._lines = [ring for code, n, end in zip(codes, counts, ends, strict=True) if not code
                       for ring in rings[end - n : end]]  # fmt: skip
        self._boxes = {code: _box([rings[n] for n in mine]) for code, mine in self._of.items()}

    def codes(self) -> list[str]:
        """The adcodes of all counties that have an outline."""
        return list(self._of)

    def holds(self, adcode: str) -> bool:
        """Whether there is an outline of the county of an adcode."""
        return adcode[:COUNTY] in self._of

    def rings(self, adcode: str) -> list[np.ndarray]:
        """The rings of the county of an adcode: arrays of longitude and latitude, whose last point is the first.

        Outer rings run counter-clockwise, holes clockwise. Raises KeyError for a county without an outline.

        >>> [ring.shape for ring in outlines().rings("371502")]
        [(159, 2)]
        """
        return [self._rings[n] for n in self._of[adcode[:COUNTY]]]

    def box(self, adcode: str) -> Box:
        """The smallest box around a county. Raises KeyError for a county without an outline."""
        return self._boxes[adcode[:COUNTY]]

    def within(self, box: Box) -> list[str]:
        """The adcodes of the counties that may be seen in a box."""
        return [code for code, mine in self._boxes.items() if _meet(mine, box)]

    def lines(self, box: Box) -> list[np.ndarray]:
        """The source's lines that bound no county (境界线) and may be seen in a box."""
        return [line for line in self._lines if _meet(_box([line]), box)]

    def borders(self, adcodes: Iterable[str], digits: int) -> np.ndarray:
        """The pieces of border between counties whose adcodes differ in their first digits: 2 provinces, 4 cities.

        An array of pairs of points. The outer edge of all is no border between two of them.

        >>> outlines().borders(["371502", "371503"], 4).shape, outlines().borders(["371502", "130535"], 2).shape[1:]
        ((0, 2, 2), (2, 2))
        """
        pieces, units = [], []
        number: dict[str, int] = {}
        for code in adcodes:
            for ring in self.rings(code):
                pieces.append(np.stack([ring[:-1], ring[1:]], axis=1))
                units.append(np.full(len(ring) - 1, number.setdefault(code[:digits], len(number))))
        if not pieces:
            return np.empty((0, 2, 2))
        return _shared(np.concatenate(pieces), np.concatenate(units))


def _shared(pieces: np.ndarray, units: np.ndarray) -> np.ndarray:
    """The pieces that two units have, once each."""
    steps = np.round(pieces * STEPS).astype(np.int64)
    points = steps[..., 0] * (1 << 20) + steps[..., 1]
    _, first, number = np.unique(np.sort(points, axis=1), axis=0, return_index=True, return_inverse=True)
    number = number.ravel()
    low, high = np.full(len(first), units.max() + 1), np.full(len(first), -1)
    np.minimum.at(low, number, units)
    np.maximum.at(high, number, units)
    return pieces[first[low != high]]


def _box(rings: list[np.ndarray]) -> Box:
    points = np.concatenate(rings)
    return Box(*points.min(axis=0).tolist(), *points.max(axis=0).tolist())


def _meet(one: Box, other: Box) -> bool:
    return one.west <= other.east and one.east >= other.west and one.south <= other.north and one.north >= other.south


@cache
def outlines() -> Outlines:
    """The outlines that ship with the package; see `training/outlines.py` for the layout of the file."""
    with np.load(io.BytesIO(lzma.decompress(resource("outlines", "counties.npz.xz").read_bytes()))) as file:
        codes, counts, sizes, first, steps = (file[name] for name in ("codes", "rings", "points", "first", "steps"))
    starts = np.cumsum(sizes) - sizes
    moves = np.zeros((int(sizes.sum()), 2), dtype=np.int64)
    moves[np.delete(np.arange(len(moves)), starts)] = steps.T
    places = np.cumsum(moves, axis=0)
    places += np.repeat(first - places[starts], sizes, axis=0)
    rings = np.split(places / STEPS, starts[1:])
    return Outlines([code.decode() for code in codes], counts, rings)
