"""Where places stand on a map: at the seat of their county, or of the larger unit that they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from bulletinnlp.places.divisions import divisions
from bulletinnlp.tables.rows import Row

#: Digits of the adcode of a county: what is smaller stands on the map where its county does.
COUNTY = 6


class MapPoint(NamedTuple):
    """A point of the map: the seat of a county or of a larger unit, by the adcode of the first place that is there."""

    name: str
    latitude: float
    longitude: float
    adcode: str | None


def map_points(entities: Iterable[Row]) -> tuple[list[MapPoint], list[int | None]]:
    """The points of a map, and for each entity the number of its point; None for what is no place with coordinates.

    A point goes by the name of the county; towns and villages stand where their county does.

    >>> at = {"latitude": 36.4347, "longitude": 115.9883}
    >>> street, person = {"name": "柳园街道", "label": "PLACE", "adcode": "371502002", **at}, {"label": "PER"}
    >>> map_points([street, person])
    ([MapPoint(name='东昌府区', latitude=36.4347, longitude=115.9883, adcode='371502002')], [0, None])
    """
    points: dict[tuple[float, float], MapPoint] = {}
    numbers: dict[tuple[float, float], int] = {}
    point_of: list[int | None] = []
    for entity in entities:
        latitude, longitude = entity.get("latitude"), entity.get("longitude")
        if entity["label"] != "PLACE" or latitude is None or longitude is None:
            point_of.append(None)
            continue
        at, adcode = (latitude, longitude), entity.get("adcode")
        points.setdefault(at, MapPoint(county_name(adcode) or entity["name"], *at, adcode))
        point_of.append(numbers.setdefault(at, len(numbers)))
    return list(points.values()), point_of


def county_name(adcode: str | None) -> str | None:
    """The name of the county of a code, or of the larger unit that the code is of; None for codes of no unit.

    >>> county_name("371502002"), county_name("370000"), county_name("999999")
    ('东昌府区', '山东省', None)
    """
    unit = divisions().get(adcode[:COUNTY]) if adcode else None
    return unit.name if unit else None
