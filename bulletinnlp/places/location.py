"""Where a name lies in the divisions of China."""

from __future__ import annotations

from typing import NamedTuple

from bulletinnlp.doc import declare_records


class Location(NamedTuple):
    """The unit that the name at `start:end` denotes or lies in.

    `adcode` is the official code (6 digits to county, 9 to town, 12 to village), `region` the full chain
    (`山东省聊城市东昌府区道口铺街道`). `exact` is False where the table of divisions does not hold the name itself and
    the code is that of the unit around it.
    """

    start: int
    end: int
    adcode: str | None
    region: str | None
    exact: bool


declare_records("locations", Location)
