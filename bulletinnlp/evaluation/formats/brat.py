"""brat's standoff format: `name.txt` beside `name.ann`, and `annotation.conf` with the labels.

A time's value stands in a note. Names that a line break cuts are written as discontinuous, since the format is
line-oriented. Source of the format: the manual of brat, "Standoff format" (brat.nlplab.org/standoff.html).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from bulletinnlp.evaluation.formats.annotated import LABELS, Annotated, Mark


def write_brat(texts: Iterable[Annotated], folder: str | Path) -> Path:
    """Write texts into a folder that brat can open. Gives the folder."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    configuration = "\n".join(["[entities]", *LABELS, "", "[relations]", "", "[events]", "", "[attributes]", ""])
    (folder / "annotation.conf").write_text(configuration, encoding="utf-8")
    for one in texts:
        (folder / f"{one.name}.txt").write_bytes(one.text.encode("utf-8"))
        lines = "".join(line + "\n" for n, mark in enumerate(one.marks, start=1) for line in _lines(n, mark, one.text))
        (folder / f"{one.name}.ann").write_bytes(lines.encode("utf-8"))
    return folder


def _lines(number: int, mark: Mark, text: str) -> Iterator[str]:
    pieces = list(_pieces(text, mark.start, mark.end))
    places = ";".join(f"{start} {end}" for start, end in pieces)
    yield f"T{number}\t{mark.label} {places}\t{' '.join(text[start:end] for start, end in pieces)}"
    if mark.value:
        yield f"#{number}\tAnnotatorNotes T{number}\t{mark.value}"


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretch without its line breaks."""
    for broken, run in groupby(range(start, end), key=lambda at: text[at] in "\r\n"):
        if not broken:
            places = list(run)
            yield places[0], places[-1] + 1


def read_brat(folder: str | Path) -> list[Annotated]:
    """The texts of a folder, in the order of their names. Relations, events and attributes are passed over.

    Raises FileNotFoundError if the folder holds no `.ann` file.
    """
    files = sorted(Path(folder).glob("*.ann"))
    if not files:
        raise FileNotFoundError(f"{folder}: no brat files here (looked for *.ann)")
    return [_read(path) for path in files]


def _read(path: Path) -> Annotated:
    text = path.with_name(f"{path.name.removesuffix('.ann')}.txt").read_bytes().decode("utf-8")
    spans: dict[str, tuple[str, int, int]] = {}
    values: dict[str, str] = {}
    for line in path.read_bytes().decode("utf-8").splitlines():
        key, _, rest = line.partition("\t")
        head, _, tail = rest.partition("\t")
        if key.startswith("T"):
            label, places = head.split(" ", 1)
            ends = [int(place) for piece in places.split(";") for place in piece.split()]
            spans[key] = (label, min(ends), max(ends))
        elif key.startswith("#"):
            values[head.split()[-1]] = tail.strip()
    marks = [Mark(*span, values.get(key)) for key, span in spans.items()]
    return Annotated(path.name.removesuffix(".ann"), text, tuple(sorted(marks, key=lambda m: (m.start, m.end))))
