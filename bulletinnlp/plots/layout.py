"""Where the names of a network stand, so that none covers another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

STEPS = 400
#: Beyond so many times the length of a spring names leave each other alone, so that groups without a tie stay near.
REACH = 2.2
#: Room around a name, in points: beside it, and its mark and label together.
BESIDE, TALL = 4.0, 31.0
#: The edge that is kept free, above and below.
ABOVE, BELOW = 12.0, 24.0


def lay_out(
    ties: Sequence[tuple[int, int]],
    halves: Sequence[float],
    width: float,
    height: float,
    extra: Sequence[float] | None = None,
) -> np.ndarray:
    """Places of nodes in points, from the upper left corner: springs along `ties`, all apart from each other.

    Fruchterman and Reingold (1991) from a spiral, the same every time; then names are moved off each other. `halves`
    is half the width of each node's label, which stands under its mark; `extra` its height beyond that of one line.

    >>> places = lay_out([(0, 1)], [20.0, 20.0, 20.0], 300, 200)
    >>> places.shape, bool(np.all((places > 0) & (places < [300, 200])))
    ((3, 2), True)
    """
    size = np.array([width, height])
    places = _springs(np.array(ties, dtype=int).reshape(-1, 2), len(halves), size)
    low, high = places.min(axis=0), places.max(axis=0)
    deeper = np.zeros(len(halves)) if extra is None else np.array(extra)
    edge = np.array([max(halves) + BESIDE, BELOW + max(deeper)])
    places = edge + (places - low) / np.maximum(high - low, 1e-9) * (size - 2 * edge)
    return _parted(places, np.array(halves) + BESIDE, deeper, size)


def _springs(ties: np.ndarray, many: int, size: np.ndarray) -> np.ndarray:
    number = np.arange(many)
    far = np.sqrt((number + 0.5) / many)
    places = (1 + np.stack([far * np.cos(number * 2.39996), far * np.sin(number * 2.39996)], axis=1)) * size / 2
    apart = 0.9 * np.sqrt(size.prod() / many)
    for step in range(STEPS):
        moves = (size / 2 - places) * [0.12, 0.16]
        between = places[:, None] - places[None]
        distance = np.maximum(np.linalg.norm(between, axis=2), 0.1)
        push = np.where(distance < REACH * apart, apart * apart / distance**2, 0.0)
        np.fill_diagonal(push, 0)
        moves += (between * push[..., None]).sum(axis=1)
        pull = between[ties[:, 0], ties[:, 1]] * (distance[ties[:, 0], ties[:, 1]] / apart)[:, None]
        np.add.at(moves, ties[:, 0], -pull)
        np.add.at(moves, ties[:, 1], pull)
        length = np.maximum(np.linalg.norm(moves, axis=1), 0.1)
        most = size[0] / 10 * (1 - step / STEPS) + 0.5
        places = places + moves / length[:, None] * np.minimum(length, most)[:, None]
    return places


def _parted(
    places: np.ndarray, halves: np.ndarray, extra: np.ndarray, size: np.ndarray, rounds: int = 200
) -> np.ndarray:
    """Names moved off each other, and into the drawing."""
    for _ in range(rounds):
        moved = False
        for a in range(len(places)):
            for b in range(a + 1, len(places)):
                over = halves[a] + halves[b] - abs(places[a, 0] - places[b, 0])
                upper = a if places[a, 1] <= places[b, 1] else b
                deep = TALL + extra[upper] - abs(places[a, 1] - places[b, 1])
                if over <= 0 or deep <= 0:
                    continue
                axis, by = (0, over) if over < deep else (1, deep)
                by = (by / 2 + 0.1) * (-1 if places[a, axis] <= places[b, axis] else 1)
                places[a, axis] += by
                places[b, axis] -= by
                moved = True
        places[:, 0] = np.clip(places[:, 0], halves, size[0] - halves)
        places[:, 1] = np.clip(places[:, 1], ABOVE, size[1] - BELOW - extra)
        if not moved:
            break
    return places
