"""A row that goes to an engine has the id that its cells or its text give it."""

from typing import Any

import pytest

from bulletinnlp.runs.input_records import input_of

NEWS = "本报讯 11月27日晚，区教研中心举行线上教研活动。"


@pytest.mark.parametrize("more", [{}, {"page_id": "7"}])
def test_a_column_path_says_nothing_of_the_id(more: dict[str, Any]) -> None:
    """Rows of one file have one path."""
    row = {"text": NEWS, **more}
    assert input_of({**row, "path": "scans/a.txt"}).page_id == input_of(row).page_id


def test_rows_of_one_file_are_pages_of_their_own() -> None:
    rows = [{"text": f"{NEWS}{n}", "path": "a.csv"} for n in range(3)]
    assert len({input_of(row).page_id for row in rows}) == 3
