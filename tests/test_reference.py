"""The API reference is made from the docstrings."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from bulletinnlp import reference


@pytest.mark.slow
@pytest.mark.skipif(find_spec("pdoc") is None, reason="pdoc is not installed: pip install 'bulletinnlp[docs]'")
def test_the_reference(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bulletinnlp.reference", tmp_path]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    root = (tmp_path / "bulletinnlp.html").read_text(encoding="utf-8")
    assert all(f'id="{name}"' in root for name in ("read", "load", "extract", "Page", "Article", "Extraction"))
    assert (tmp_path / "bulletinnlp" / "times" / "timex.html").exists()
    assert 'src="http' not in root
    assert "one past the last code point" in (tmp_path / "tables.html").read_text("utf-8")
    home = (tmp_path / "index.html").read_text("utf-8")
    assert "Install and run" in home
    assert 'href="guidelines_events.html"' in home
    assert "surnames.txt" in (tmp_path / "lexicons.html").read_text("utf-8")
    assert 'href="../bulletinnlp/times/timex.html"' in (tmp_path / "bulletinnlp" / "times.html").read_text("utf-8")
    for page in tmp_path.rglob("*.html"):
        hrefs = re.findall(r'href="(?!http|#|data:|\$)([^"#]+)', page.read_text("utf-8"))
        assert [href for href in hrefs if not (page.parent / href).exists()] == [], page


def test_modules_whose_extra_is_missing_are_left_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from bulletinnlp import reference

    def without_dask(name: str) -> None:
        if name == "bulletinnlp.runs.dask":
            raise ModuleNotFoundError("No module named 'dask'", name="dask")

    monkeypatch.setattr(reference, "import_module", without_dask)
    assert "bulletinnlp.runs.dask" not in reference.modules()
    assert capsys.readouterr().err == "bulletinnlp.runs.dask is left out: it needs dask\n"


def test_without_pdoc(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from bulletinnlp import reference

    monkeypatch.setattr(reference, "find_spec", lambda name: None)
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'bulletinnlp\[docs\]'"):
        reference.write(tmp_path)


def test_a_folder_of_others_is_left_alone(tmp_path: Path) -> None:
    mine = tmp_path / "index.html"
    mine.write_text("<p>mine</p>", encoding="utf-8")
    with pytest.raises(FileExistsError, match="it holds other files"):
        reference.write(tmp_path)
    assert mine.read_text(encoding="utf-8") == "<p>mine</p>"
