"""What many tests share: the seed pages read once, and the measure."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from folders import GOLD, SEEDS
from hypothesis import HealthCheck, settings

import bulletinnlp

#: No property fails because a machine is busy.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


@pytest.fixture(scope="session")
def seeds() -> bulletinnlp.Extraction:
    """The tables of the five seed pages."""
    return bulletinnlp.extract(SEEDS)


def module_at(path: Path) -> ModuleType:
    """A Python file that belongs to no package, as a module."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def score() -> ModuleType:
    """The measure, `tests/gold/score.py`."""
    return module_at(GOLD / "score.py")
