"""What `bulletinnlp lexicons` prints: the lists that are open, with their heads, and one of them whole."""

from __future__ import annotations

from textwrap import wrap

from bulletinnlp.data import resource
from bulletinnlp.lexicons.line_formats import LINE_FORMATS


def names() -> list[str]:
    """All lists, open or not."""
    return sorted(file.name.removesuffix(".txt") for file in resource("lexicons").iterdir())


def text_of(name: str) -> str:
    """One of our lists as it ships."""
    return resource("lexicons", f"{name}.txt").read_text(encoding="utf-8")


def head(name: str) -> list[str]:
    """The lines that open a list and say what it is, without their `#`.

    >>> head("speaker_nouns")[0]
    'Ends of noun phrases that speak and are no titles (`titles.txt`): kin, groups, voices. Compiled for this project.'
    """
    found = []
    for line in text_of(name).splitlines():
        if not line.startswith("#"):
            break
        found.append(line.removeprefix("#").strip())
    return found


def overview() -> str:
    """The open lists and their heads."""
    lines = [
        "Lists that you may change. Put a file of the same name into a folder of yours (UTF-8, NAME.txt):",
        "  词         adds an entry; what stands behind the word, after a tab, is said below",
        "  - 词       takes a word of ours away",
        "  # …        is a comment",
        "`bulletinnlp lexicons NAME` prints a list; `bulletinnlp extract … --lexicons FOLDER` reads with yours.",
    ]
    for name in LINE_FORMATS:
        lines += ["", f"{name}.txt", *(f"  {line}".rstrip() for line in head(name))]
    shut = ", ".join(name for name in names() if name not in LINE_FORMATS)
    return "\n".join([*lines, "", *wrap(f"The other lists are not open to changes: {shut}.", 120)])


def shown(name: str) -> str:
    """A list as it ships, with its head. Raises ValueError for one that does not exist or is not open."""
    name = name.removesuffix(".txt")
    if name not in LINE_FORMATS:
        raise ValueError(f"there is no list {name!r} that you may change; choose from {', '.join(LINE_FORMATS)}")
    return text_of(name).rstrip("\n")
