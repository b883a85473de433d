"""The READMEs: every Python block runs, every command line is one that the command knows, and both say the same.

The blocks of a file run one after the other, as the cells of a notebook would, in a folder that holds `seeds/`. A block
after the comment `<!-- not run: reason -->` is compiled only; one that imports a package that is not installed is
skipped.
"""

from __future__ import annotations

import ast
import re
import shlex
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import click
import pytest
import typer.main
from folders import ROOT, SEEDS

from bulletinnlp.cli import app

READMES = sorted(ROOT.glob("README*.md"))
ENGLISH, CHINESE = ROOT / "README.md", ROOT / "README.zh.md"
COMMENT = re.compile(r"(^|\s+)#.*")
QUALITY = re.compile(r"^<!-- quality -->$(.*?)^<!-- /quality -->$", re.MULTILINE | re.DOTALL)
NUMBER = re.compile(r"\d*\.\d+|\d+")
FENCE = re.compile(r"(?P<mark><!--[^>]*-->\s*\n)?^```(?P<kind>\w*)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    """A fenced block: its kind, its text, the line it begins on, the comment before it."""

    kind: str
    code: str
    line: int
    mark: str


def blocks(path: Path, *kinds: str) -> Iterator[Block]:
    """The blocks of these kinds; of every kind if none is given."""
    text = path.read_text(encoding="utf-8")
    for found in FENCE.finditer(text):
        if not kinds or found["kind"] in kinds:
            line = text.count("\n", 0, found.start("code")) + 1
            yield Block(found["kind"], found["code"], line, found["mark"] or "")


def missing(code: str) -> str | None:
    """A package that the block imports and that is not installed."""
    for node in ast.walk(ast.parse(code)):
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
        for name in names:
            if find_spec(name.split(".")[0]) is None:
                return name
    return None


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_python_blocks_run(readme: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(SEEDS, tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    around: dict[str, object] = {"__name__": "readme"}
    ran = 0
    for block in blocks(readme, "python"):
        code = compile("\n" * (block.line - 1) + block.code, str(readme), "exec")  # errors name the README's line
        if "not run" not in block.mark and missing(block.code) is None:
            exec(code, around)
            ran += 1
    assert ran or not list(blocks(readme, "python"))


COMMANDS = [
    pytest.param(words, id=f"{readme.name}:{block.line} {' '.join(words[:2])}")
    for readme in READMES
    for block in blocks(readme, "bash")
    for line in block.code.replace("\\\n", " ").splitlines()
    for part in re.split(r"&&|\||;", line.partition(" #")[0])
    if (words := shlex.split(part))[:1] and words[0].rpartition("/")[2] == "bulletinnlp"
]


@pytest.mark.parametrize("words", COMMANDS)
def test_commands_exist(words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The words are parsed, not carried out; `tests/test_command.py` runs the command."""
    monkeypatch.chdir(tmp_path)
    group = typer.main.get_command(app)
    assert isinstance(group, click.Group) or hasattr(group, "commands")
    name, *arguments = words[1:]
    command = group.commands[name]
    try:
        command.make_context(name, list(arguments))
    except Exception as error:
        said = getattr(error, "message", str(error))
        assert "does not exist" in said, said  # a path of the example that is not here


def without_comments(code: str) -> list[str]:
    return [COMMENT.sub("", line) for line in code.splitlines()]


def test_the_languages_have_the_same_blocks() -> None:
    """Code and the comment before it are the same; the comments in the code may be in either language."""
    english, chinese = (list(blocks(path)) for path in (ENGLISH, CHINESE))
    assert len(english) == len(chinese)
    for one, other in zip(english, chinese, strict=True):
        where = f"README.md:{one.line}, README.zh.md:{other.line}"
        assert (one.kind, one.mark) == (other.kind, other.mark), where
        assert without_comments(one.code) == without_comments(other.code), where


def quality(path: Path) -> list[list[str]]:
    """The numbers of each row of the quality tables."""
    [tables] = QUALITY.findall(path.read_text(encoding="utf-8"))
    return [numbers for row in tables.splitlines() if row.startswith("|") and (numbers := NUMBER.findall(row))]


def test_the_languages_have_the_same_figures() -> None:
    assert quality(ENGLISH) == quality(CHINESE) != []
