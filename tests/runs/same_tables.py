"""Whether two runs gave the same tables."""

from pathlib import Path

import pandas as pd

import bulletinnlp


def assert_same(found: bulletinnlp.Extraction, expected: bulletinnlp.Extraction, *, ordered: bool = True) -> None:
    """The same tables with the same rows, in the same order or in any."""
    assert list(found.tables) == list(expected.tables)
    for name, table in expected.tables.items():
        other = found.tables[name]
        if not ordered:
            table, other = (_sorted(data) for data in (table, other))
        if "path" in table:  # engines are given absolute paths
            table, other = (data.assign(path=data["path"].map(lambda path: Path(path).name)) for data in (table, other))
        pd.testing.assert_frame_equal(other, table)


def _sorted(data: pd.DataFrame) -> pd.DataFrame:
    order = data.astype(str).sort_values(list(data.columns)).index
    return data.loc[order].reset_index(drop=True)
