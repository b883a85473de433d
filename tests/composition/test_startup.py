"""Installing an extra changes neither the start nor the results of the default."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from bulletinnlp.startup import SWITCH

PAGE = "我区开展线上教研\n\n东昌府讯 11月27日晚，区教研中心举行线上教研活动。\n(区教体局)\n"
HEAVY = ("torch", "transformers", "hanlp", "tensorflow", "dask", "pyspark", "matplotlib")
#: What reads pages and writes tables: half a second that somebody who asks for help need not wait.
NEEDED = ("onnxruntime", "spacy", "pandas", "pyarrow")
RUN = "from bulletinnlp.cli import app\ntry: app({!r})\nexcept SystemExit as end: assert not end.code"


def loaded(code: str, among: tuple[str, ...] = HEAVY, **around: str) -> set[str]:
    """Which of these packages a fresh process has loaded after the code."""
    code += f"\nimport sys; print('loaded:', *[name for name in {among!r} if name in sys.modules])"
    environment = {name: value for name, value in os.environ.items() if name != SWITCH}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env={**environment, **around}
    )
    assert "loaded:" in done.stdout, done.stderr
    return set(done.stdout.rpartition("loaded:")[2].split())


def test_the_command_loads_nothing_heavy(tmp_path: Path) -> None:
    (tmp_path / "p1.txt").write_text(PAGE, encoding="utf-8")
    code = RUN.format(["extract", str(tmp_path / "p1.txt"), "--out", str(tmp_path / "tables"), "--workers", "1"])
    assert loaded(code) == set()


def test_the_commands_of_spacy_come_when_asked_for() -> None:
    code = "import bulletinnlp; bulletinnlp.load()"
    assert loaded(code, ("spacy.cli", "requests"), **{SWITCH: "1"}) == set()
    code += "; import spacy, spacy.cli; assert callable(spacy.cli.download); assert spacy.info(silent=True)"
    assert loaded(code, ("spacy.cli",), **{SWITCH: "1"}) == {"spacy.cli"}


@pytest.mark.parametrize("arguments", [["--help"], ["extract", "--help"]], ids=" ".join)
def test_help_loads_nothing_that_reads_pages(arguments: list[str]) -> None:
    assert loaded(RUN.format(arguments), HEAVY + NEEDED) == set()


def test_the_command_lets_arrow_give_memory_back(tmp_path: Path) -> None:
    (tmp_path / "p1.txt").write_text(PAGE, encoding="utf-8")
    code = RUN.format(["extract", str(tmp_path / "p1.txt"), "--out", str(tmp_path / "tables"), "--workers", "1"])
    code += "\nimport pyarrow; assert pyarrow.default_memory_pool().backend_name == {!r}"
    loaded(code.format("system"))
    loaded(code.format("mimalloc"), ARROW_DEFAULT_MEMORY_POOL="mimalloc")


def test_the_library_loads_nothing_heavy_by_itself() -> None:
    assert loaded("import bulletinnlp; bulletinnlp.load()") <= {"torch"}  # spaCy imports torch where it is installed
    assert loaded("import bulletinnlp; bulletinnlp.load()", **{SWITCH: "1"}) == set()


@pytest.mark.skipif(find_spec("torch") is None, reason="torch is not installed")
def test_torch_is_there_for_those_who_ask_for_it() -> None:
    code = "import bulletinnlp; bulletinnlp.load(); import torch; torch.zeros(1)"
    assert "torch" in loaded(code, **{SWITCH: "1"})
