"""Where a division lies on the map: the seat of a province, a city or a county.

Sources and licence: `data/divisions/README.txt`.

>>> coordinates("371502")
Coordinates(latitude=36.4347, longitude=115.9883, exact=True)
>>> coordinates("371502005") == coordinates("371502")._replace(exact=False)
True
"""

from __future__ import annotations

import zlib
from functools import cache
from typing import NamedTuple

from bulletinnlp.data import resource
from bulletinnlp.places.divisions import divisions


class Coordinates(NamedTuple):
    """Degrees, as Chinese maps give them (GCJ-02, some 500 m beside WGS 84).

    `exact` is False where they are those of another unit: of the county of a town or village; of the predecessor of a
    unit that is newer than the source (茌平县 of 茌平区), of the city around one that has none (a development zone).
    """

    latitude: float
    longitude: float
    exact: bool


def coordinates(code: str) -> Coordinates:
    """Where the unit of a code or adcode of the table lies.

    >>> coordinates("370000") == coordinates("37"), coordinates("371503").exact
    (True, False)
    """
    code = divisions()[code].code
    seats = _seats()
    seat = next(seats[code[:length]] for length in (6, 4, 2) if code[:length] in seats)
    return seat if len(code) <= 6 else seat._replace(exact=False)


@cache
def _seats() -> dict[str, Coordinates]:
    """Code → seat, of provinces, cities and counties; see `training/coordinates.py` for the layout."""
    lines = zlib.decompress(resource("divisions", "coordinates.bin").read_bytes()).decode().splitlines()
    rows = (line.split("\t") for line in lines)
    return {
        code: Coordinates(float(latitude), float(longitude), whose == "own")
        for code, longitude, latitude, whose in rows
    }
