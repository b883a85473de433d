"""The outlines in the view: those around the places of events, no finer than seen, neighbours with one border."""

from itertools import accumulate, pairwise

import bulletinnlp
from bulletinnlp.report.county_outlines import packed_outlines
from bulletinnlp.report.view_data import ViewData

LIAOCHENG, LINQING, URUMQI = (36.4347, 115.9883), (36.8383, 115.7055), (43.79, 87.62)
Point = tuple[int, int]


def points(moves: list[int]) -> list[Point]:
    return list(zip(accumulate(moves[::2]), accumulate(moves[1::2]), strict=True))


def test_a_map_of_one_point_is_none() -> None:
    assert packed_outlines([]) is None
    assert packed_outlines([LIAOCHENG, LIAOCHENG]) is None


def test_near_ones_are_fine_far_ones_coarse() -> None:
    near, far = packed_outlines([LIAOCHENG, LINQING]), packed_outlines([LIAOCHENG, URUMQI])
    assert (near["steps"], len(near["rings"]) < 60, near["lines"]) == (1000, True, [])
    assert far["steps"] < 40
    assert len(far["rings"]) > 1500


def test_rings_close_and_borders_are_shared() -> None:
    made = packed_outlines([LIAOCHENG, LINQING])
    rings = [points(ring) for ring in made["rings"]]
    assert all(ring[0] == ring[-1] for ring in rings)
    pieces = [frozenset(piece) for ring in rings for piece in pairwise(ring)]
    assert len(set(pieces)) < 0.8 * len(pieces)  # most are of two counties
    assert max(pieces.count(piece) for piece in set(pieces)) == 2


def test_only_where_events_are(seeds: bulletinnlp.Extraction) -> None:
    """A place that is named but where nothing happens does not widen the map."""
    index = ViewData(seeds).index()
    assert index["ground"]["steps"] > 300
    without = ViewData(bulletinnlp.Extraction({**seeds.tables, "events": seeds.events.iloc[:0]})).index()
    assert without["ground"] is None
