"""CoNLL columns with BIO tags, one character a line: `孙<tab>B-PER`.

White space is no token, and an empty line ends each line of the text, so that a tagger is trained on lines. A comment
holds the name of each text, another its characters as JSON, so that reading gives the white space back; files of
others, without these comments, give a text of their tokens. Values of times are not in the format.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from bulletinnlp.evaluation.annotated_article import Mark
from bulletinnlp.evaluation.formats.annotated import Annotated, apart
from bulletinnlp.evaluation.marked.grammar import in_a_line, out_of_a_line
from bulletinnlp.evaluation.new_files import write_new

_NAME, _TEXT = "# id = ", "# text = "


def write_conll(texts: Iterable[Annotated], path: str | Path) -> Path:
    """Write texts into one file. Of marks that overlap, the longer is written. Gives the file.

    Raises FileExistsError if there is one.
    """
    path = Path(path)
    write_new([(path, "".join(line + "\n" for one in texts for line in _lines(one)))])
    return path


def _lines(one: Annotated) -> Iterator[str]:
    yield _NAME + in_a_line(one.name)
    yield _TEXT + json.dumps(one.text, ensure_ascii=False)
    tags = ["O"] * len(one.text)
    for mark in apart(one.marks):
        tags[mark.start : mark.end] = [f"I-{mark.label}"] * (mark.end - mark.start)
        tags[mark.start] = f"B-{mark.label}"
    for char, tag in zip(one.text, tags, strict=True):
        if not char.isspace():
            yield f"{char}\t{tag}"
        elif char == "\n" and tag == "O":
            yield ""
    yield ""


def read_conll(path: str | Path) -> list[Annotated]:
    """The texts of a file. Raises ValueError for a token that its text does not hold."""
    found: list[Annotated] = []
    name, text, tokens = None, None, []  # type: ignore[var-annotated]
    for line in [*Path(path).read_text(encoding="utf-8").split("\n"), _NAME]:
        if line.startswith(_NAME):
            if tokens or text is not None:
                found.append(_annotated(name or str(len(found) + 1), text, tokens))
            name, text, tokens = out_of_a_line(line.removeprefix(_NAME).strip()), None, []
        elif line.startswith(_TEXT):
            text = json.loads(line.removeprefix(_TEXT))
        elif line.strip() and not line.startswith("# "):
            columns = line.split()
            tokens.append((columns[0], columns[-1]))
    return found


def _annotated(name: str, text: str | None, tokens: list[tuple[str, str]]) -> Annotated:
    text = "".join(token for token, _ in tokens) if text is None else text
    marks: list[Mark] = []
    at, before = 0, "O"
    for token, tag in tokens:
        start = text.find(token, at)
        if start < 0:
            raise ValueError(f"{name}: the token '{token}' is not in the text after character {at}")
        at = start + len(token)
        kind, _, label = tag.partition("-")
        if kind == "B" or (kind == "I" and before[2:] != label):
            marks.append(Mark(label, start, at))
        elif kind == "I":
            marks[-1] = marks[-1]._replace(end=at)
        before = tag
    return Annotated(name, text, tuple(marks))
