"""The rooms stand in one order, and imports run one way: a module takes from its own room and from rooms before it."""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import bulletinnlp

PACKAGE = Path(bulletinnlp.__file__).parent
#: From the ground up, as ARCHITECTURE.md has them.
ROOMS = (
    *("data", "startup", "annotations", "stages", "lexicons", "scorer", "stage_base", "text", "pages", "articles"),
    *("bylines", "times", "names", "places", "identity", "roles", "quotes", "events", "models"),
    *("tables", "pipeline", "output", "summaries", "report", "plots", "extraction", "runs"),
    *("evaluation", "finetune", "terminal", "cli", "reference"),
)
MODULES = {
    ".".join(("bulletinnlp", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}
LONGEST = 400


def imports(module: str) -> set[str]:
    """The modules of the package that a module imports, wherever in its text."""
    found = set()
    for node in ast.walk(ast.parse(MODULES[module].read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("bulletinnlp"):
            inner = (f"{node.module}.{alias.name}" for alias in node.names)
            found |= {name if name in MODULES else str(node.module) for name in inner}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.startswith("bulletinnlp")}
    return found - {module, "bulletinnlp"}


def room(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


@pytest.mark.parametrize("module", [name for name in MODULES if name not in ("bulletinnlp", "bulletinnlp.__main__")])
def test_imports_run_down(module: str) -> None:
    up = {name for name in imports(module) if ROOMS.index(room(name)) > ROOMS.index(room(module))}
    assert up == set()


def test_no_circle() -> None:
    try:
        TopologicalSorter({module: imports(module) for module in MODULES if module != "bulletinnlp"}).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


def test_files_stay_short() -> None:
    lengths = {str(path.relative_to(PACKAGE)): len(path.read_text("utf-8").splitlines()) for path in MODULES.values()}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}
