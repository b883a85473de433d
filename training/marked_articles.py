"""Where the annotated articles stand that the recipes read: what teaches here, what only measures under `tests`."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent
HELD_OUT = HERE.parent / "tests" / "corpus"
#: Annotated events of the articles, by the name of the file and the number of the article in it.
EVENTS = HERE / "events_gold"


def corpus(letters: str = "abcd") -> list[Path]:
    """Files of the corpus by the letter of their part: `a` to `d` teach, `e` only measures."""
    return sorted(path for folder in (HERE / "corpus", HELD_OUT) for path in folder.glob(f"p?[{letters}].txt"))


def articles() -> list[Path]:
    """Files of the articles in further manners, all of which teach."""
    return sorted((HERE / "articles").glob("*.txt"))


def taught() -> list[Path]:
    """All files that teach."""
    return [*corpus(), *articles()]
