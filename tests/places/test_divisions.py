"""The table of divisions."""

import pytest

from bulletinnlp.data import resource
from bulletinnlp.places.divisions import _read_block, divisions, unpadded


def test_the_levels_are_whole() -> None:
    china = divisions()
    assert len(china.below("371502")) == 24
    assert len(china.villages("371502")) == 338
    assert sum(len(china.towns(county)) for county in china._towns) == 41352


def test_it_fits_the_wheel() -> None:
    size = sum(len(resource("divisions", name).read_bytes()) for name in ("upper.bin", "villages.bin"))
    assert size < 8 * 2**20
    assert "2023-06-30" in resource("divisions", "README.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("code", ["999999", "371502999", "371502005999", "1", ""])
def test_a_code_that_does_not_exist(code: str) -> None:
    assert divisions().get(code) is None
    with pytest.raises(KeyError, match="no division has the code"):
        divisions()[code]


@pytest.mark.parametrize(
    ("code", "region"),
    [
        ("110101", "北京市东城区"),  # 市辖区 is left out
        ("419001", "河南省济源市"),
        ("441900", "广东省东莞市"),
        ("371502005207", "山东省聊城市东昌府区道口铺街道陈化屯村"),
        ("81", "香港特别行政区"),
    ],
)
def test_regions(code: str, region: str) -> None:
    assert divisions().region(code) == region


def test_cities_without_counties_in_between() -> None:
    assert "东城区" in [unit.name for unit in divisions().below("11")]
    assert "聊城市" in [unit.name for unit in divisions().below("37")]


def test_codes_are_filled_up_and_cut() -> None:
    assert [divisions()[code].adcode for code in ("37", "3715", "371502")] == ["370000", "371500", "371502"]
    assert [unpadded(code) for code in ("370000", "371500", "371502", "371502005")] == [
        "37",
        "3715",
        "371502",
        "371502005",
    ]


def test_a_block_of_villages_is_read() -> None:
    block = "005\t200下堤村委会|2013号社区居委会|207陈化屯村委会\n006\t001嘉明社区居委会"
    assert [(unit.code, unit.name) for unit in _read_block("371502", block)] == [
        ("371502005200", "下堤村委会"),
        ("371502005201", "3号社区居委会"),
        ("371502005207", "陈化屯村委会"),
        ("371502006001", "嘉明社区居委会"),
    ]
    assert list(_read_block("110101", "")) == []
