"""The outlines of counties: where they lie, and which there are."""

import numpy as np
import pytest

from bulletinnlp.places.coordinates import coordinates
from bulletinnlp.places.divisions import divisions
from bulletinnlp.places.outlines import Box, outlines

COUNTIES = [unit for unit in divisions().units() if unit.level == "county"]


def holds(ring: np.ndarray, x: float, y: float) -> bool:
    """Whether a ring holds a point, by the crossings of a line to the east."""
    (x0, y0), (x1, y1) = ring[:-1].T, ring[1:].T
    crossed = (y0 > y) != (y1 > y)
    return bool(np.sum(crossed & (x < x0 + (y - y0) * (x1 - x0) / np.where(y1 == y0, 1, y1 - y0))) % 2)


def area(ring: np.ndarray) -> float:
    (x, y), (x1, y1) = ring[:-1].T, ring[1:].T
    return float(np.sum(x * y1 - x1 * y) / 2)


def test_which_are_missing() -> None:
    """Development zones have no outline; of other counties hardly any."""
    missing = [unit for unit in COUNTIES if not outlines().holds(unit.adcode)]
    real = [unit for unit in missing if unit.code[4] != "7"]
    assert len(missing) == 129
    assert {unit.name for unit in real} == {"加格达奇区", "松岭区", "新林区", "呼中区", "中沙群岛的岛礁及其海域"}


def test_seats_lie_in_their_outlines() -> None:
    seats = {unit.adcode: coordinates(unit.code) for unit in COUNTIES if outlines().holds(unit.adcode)}
    own = {adcode: seat for adcode, seat in seats.items() if seat.exact}
    within = [
        any(holds(ring, seat.longitude, seat.latitude) for ring in outlines().rings(adcode))
        for adcode, seat in own.items()
    ]
    assert len(within) > 2700
    assert np.mean(within) > 0.96


@pytest.mark.parametrize(
    ("adcode", "square_kilometres"),
    [("371526", 947), ("371581", 950), ("110101", 42), ("652824", 200_000)],  # 高唐县, 临清市, 东城区, 若羌县
)
def test_areas(adcode: str, square_kilometres: float) -> None:
    """As official figures have them, to a tenth; holes count against their ring."""
    rings = outlines().rings(adcode)
    middle = np.radians(np.concatenate(rings)[:, 1].mean())
    assert sum(area(ring) for ring in rings) * 111.32**2 * np.cos(middle) == pytest.approx(square_kilometres, rel=0.12)


def test_rings_are_closed() -> None:
    rings = [ring for code in outlines().codes() for ring in outlines().rings(code)]
    assert all(np.array_equal(ring[0], ring[-1]) and len(ring) > 3 for ring in rings)


def test_what_is_seen() -> None:
    liaocheng = Box(115.9, 36.4, 116.0, 36.5)
    assert outlines().within(liaocheng) == ["371502", "371503"]
    assert outlines().lines(liaocheng) == []
    assert len(outlines().lines(Box(105, 3, 123, 25))) > 5  # the source's lines in the sea
    assert outlines().rings("371502005")[0].shape == outlines().rings("371502")[0].shape  # a town stands for its county


def test_borders_between() -> None:
    """临清市 meets 临西县 in another province, 东昌府区 does not."""
    assert len(outlines().borders(["371581", "130535"], 2)) > 3
    assert len(outlines().borders(["371502", "130535"], 2)) == 0
    assert len(outlines().borders(["371502", "371581"], 4)) == 0  # both of 聊城市
    assert len(outlines().borders(["371502", "371581"], 6)) > 3
    assert outlines().borders([], 2).shape == (0, 2, 2)


def test_no_outline() -> None:
    with pytest.raises(KeyError):
        outlines().rings("999999")
