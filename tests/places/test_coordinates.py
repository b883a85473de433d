"""Where divisions lie: every province, city and county has coordinates; what is not its own says so."""

import pytest

from bulletinnlp.identity.canonical import entity_row
from bulletinnlp.identity.profile import EntityKey, EntityProfile
from bulletinnlp.places.coordinates import coordinates
from bulletinnlp.places.divisions import divisions


def test_every_unit_down_to_the_county_has_coordinates_in_china() -> None:
    for unit in divisions().units():
        at = coordinates(unit.code)
        assert 3 < at.latitude < 54, unit
        assert 73 < at.longitude < 136, unit


@pytest.mark.parametrize(
    ("code", "latitude", "longitude", "exact"),
    [
        ("110000", 39.9, 116.4, True),
        ("371502", 36.4, 116.0, True),
        ("650100", 43.8, 87.6, True),
        ("81", 22.3, 114.2, True),
        ("441900", 23.0, 113.8, True),  # a city without counties
        ("371503", 36.6, 116.3, False),  # 茌平区: of 茌平县
        ("610118", 34.1, 108.6, False),  # 鄠邑区: of 户县
        ("659005", 47.8, 88.1, False),  # 北屯市: of 阿勒泰市, which it was made of
        ("320576", 31.3, 120.6, False),  # 苏州工业园区: of 苏州市
        ("371502005", 36.4, 116.0, False),  # a town: of its county
        ("371502005207", 36.4, 116.0, False),
    ],
)
def test_where_a_unit_lies(code: str, latitude: float, longitude: float, exact: bool) -> None:
    at = coordinates(code)
    assert (round(at.latitude, 1), round(at.longitude, 1), at.exact) == (latitude, longitude, exact)


def test_every_county_lies_near_its_city() -> None:
    """The widest are the islands of 三沙市 and 巴音郭楞, some 10 degrees."""
    for unit in divisions().units():
        above = divisions().chain(unit.code)[:-1]
        if unit.level == "county" and above[-1].level == "city":
            at, city = coordinates(unit.code), coordinates(above[-1].code)
            assert abs(at.latitude - city.latitude) + abs(at.longitude - city.longitude) < 10, unit


@pytest.mark.parametrize(
    ("label", "where", "core", "exact"),
    [("PLACE", "371502", "", True), ("PLACE", "371502", "香江市场", False), ("ORG", "371502", "公安局", False)],
)
def test_only_a_division_is_where_its_code_is(label: str, where: str, core: str, exact: bool) -> None:
    row = entity_row("1f", EntityProfile(EntityKey(label, where, core), {core or "东昌府区": 1}, 1, {"371502": 1}))
    assert (row.latitude, row.longitude, row.exact) == (*coordinates("371502")[:2], exact)


def test_without_a_code_there_are_no_coordinates() -> None:
    row = entity_row("1f", EntityProfile(EntityKey("PER", "", "王强"), {"王强": 1}, 1, {}))
    assert (row.adcode, row.latitude, row.longitude, row.exact) == (None, None, None, None)
