"""The notebooks run from top to bottom, and were committed with what they show."""

from pathlib import Path

import nbformat
import pytest
from folders import ROOT
from nbclient import NotebookClient

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_runs_from_top_to_bottom(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(path.parent)}}).execute()
    missing = [
        text for cell in notebook.cells for output in cell.get("outputs", []) if "Glyph" in (text := str(output))
    ]
    assert not missing, "a plot lacks glyphs"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_was_committed_with_its_outputs(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in code)
    assert sum(bool(cell.outputs) for cell in code) >= len(code) / 2


def test_there_are_eight() -> None:
    assert len(NOTEBOOKS) == 8
