"""The pages of the site that are no modules: README, tables, lexicons, models, guidelines.

pdoc knows modules only; each page is a module that holds nothing but its text (Markdown) and its title.
"""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from types import ModuleType

import bulletinnlp
from bulletinnlp.lexicons.listing import head
from bulletinnlp.tables.schema import TABLES

PACKAGE = Path(bulletinnlp.__file__).parent
ROOT = PACKAGE.parent  # the checkout; guidelines and the Chinese README are not part of the wheel

#: Files that are pages: the page's name, its title, the file.
FILES = (
    ("readme_zh", "中文说明", ROOT / "README.zh.md"),
    ("architecture", "Architecture and glossary", ROOT / "ARCHITECTURE.md"),
    ("names_model", "The model of names", PACKAGE / "data" / "names" / "README.md"),
    ("names_open_model", "The open model of names", PACKAGE / "data" / "names_open" / "README.md"),
    ("events_model", "The models of events", PACKAGE / "data" / "events" / "README.md"),
    ("guidelines", "Guidelines of annotation", ROOT / "tests" / "gold" / "GUIDELINES.md"),
    ("guidelines_events", "Guidelines: events", ROOT / "tests" / "gold" / "events" / "EVENTS.md"),
    ("contributing", "How to contribute", ROOT / "CONTRIBUTING.md"),
    ("changelog", "Changelog", ROOT / "CHANGELOG.md"),
)
#: A link to a file, and the path of a file in backticks that no link leads to yet.
_LINK = re.compile(r"\]\((?P<path>[\w./]+\.md)\)")
_PATH = re.compile(r"(?<![\[`])`(?P<path>[\w./]+\.md)`(?![\]`])")
#: A line break inside a Chinese sentence, which a browser would show as a space.
_BROKEN = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef“”…])\n(?=[\u3000-\u9fff\uff00-\uffef“])")
_FENCED = re.compile(r"(^```.*?^```$)", re.MULTILINE | re.DOTALL)


def guide() -> list[ModuleType]:
    """The pages, in the order of the menu.

    >>> [page.title for page in guide()][:3]
    ['bulletinnlp', 'Tables and columns', 'Lexicons']
    """
    texts = [("index", "bulletinnlp", readme()), ("tables", "Tables and columns", schema())]
    texts += [("lexicons", "Lexicons", lexicons())]
    texts += [(name, title, path.read_text(encoding="utf-8")) for name, title, path in FILES if path.exists()]
    return [_page(name, title, linked(text)) for name, title, text in texts]


def readme() -> str:
    """The README: that of the checkout, else what the installed package says of itself."""
    if (ROOT / "pyproject.toml").exists():
        return (ROOT / "README.md").read_text(encoding="utf-8")
    try:
        return (distribution("bulletinnlp").read_text("METADATA") or "").partition("\n\n")[2]
    except PackageNotFoundError:
        return f"# bulletinnlp\n\n{bulletinnlp.__doc__}"


def schema() -> str:
    """The tables and their columns.

    >>> schema().splitlines()[2]
    '## `pages`'
    """
    lines = ["# Tables and columns", ""]
    for table in TABLES.values():
        lines += [
            f"## `{table.name}`",
            "",
            f"One row is {_plain(table.row)}.",
            "",
            "| column | type | meaning |",
            "| --- | --- | --- |",
        ]
        lines += [f"| `{column.name}` | {column.type} | {_cell(column.meaning)} |" for column in table.columns]
        lines.append("")
    return "\n".join(lines)


def lexicons() -> str:
    """The head of each word list, which says what it holds, its form, and where it comes from; and how it begins.

    >>> "## `surnames.txt`" in lexicons()
    True
    """
    lines = ["# Lexicons", "", "The word lists in `bulletinnlp/data/lexicons`, each with its own head.", ""]
    for path in sorted((PACKAGE / "data" / "lexicons").glob("*.txt")):
        text = path.read_text(encoding="utf-8").splitlines()
        words = [line for line in text if line and not line.startswith("#")]
        shown = "\n".join(word if len(word) < 100 else f"{word[:100]}…" for word in words[:3])
        size = "1 line" if len(words) == 1 else f"{len(words):,} lines"
        lines += [f"## `{path.name}`", "", _plain(" ".join(head(path.stem))), "", f"{size}, of which the first:", ""]
        lines += ["```text", shown, "```", ""]
    return "\n".join(lines)


def linked(text: str) -> str:
    """The text with the files that are pages as links to them; links to other files become their paths.

    >>> linked("[MIT](LICENSE.md), `tests/gold/GUIDELINES.md`")
    'MIT, [`tests/gold/GUIDELINES.md`](guidelines.html)'
    """
    pages = {path.relative_to(ROOT).as_posix(): f"{name}.html" for name, _, path in FILES if path.exists()}
    pages["README.md"] = "index.html"

    def to_page(found: re.Match[str]) -> str:
        path = found["path"]
        return f"[`{path}`]({pages[path]})" if path in pages else found[0]

    def outside(part: str) -> str:
        part = re.sub(
            r"\[([^\[\]]+)" + _LINK.pattern,
            lambda found: f"[{found[1]}]({pages[found['path']]})" if found["path"] in pages else found[1],
            part,
        )
        return _PATH.sub(to_page, _BROKEN.sub("", part))

    return "".join(part if part.startswith("```") else outside(part) for part in _FENCED.split(text))


def _page(name: str, title: str, text: str) -> ModuleType:
    page = ModuleType(name, text)
    page.title = title  # type: ignore[attr-defined]
    page.__all__ = []  # type: ignore[attr-defined]
    return page


def _cell(text: str) -> str:
    return _plain(text).replace("|", "\\|")


def _plain(text: str) -> str:
    """Text in which nothing is taken for Markdown or HTML."""
    return re.sub(r"([*_<>])", r"\\\1", text).replace("\\<", "&lt;").replace("\\>", "&gt;")
