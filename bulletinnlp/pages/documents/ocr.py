"""The lines of a page that is a picture (a scan), read by RapidOCR: the extra `ocr`, whose models come with it.

The result is what `runs` gives for a page with a text layer, so that the page is read in the same order.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from typing import Any

from bulletinnlp.pages.documents.layout_boxes import body_size
from bulletinnlp.pages.documents.text_runs import TextRun

EXTRA = 'pip install "bulletinnlp[ocr]"'
#: A page is looked at in this resolution (dots per inch), and not larger (dots).
_DPI, _LARGEST = 150, 4000
#: So many characters tell the size of a line's type by its width; in others it is so much of the height of their box,
#: and always between these shares.
_ENOUGH, _OF_HEIGHT, _LEAST, _MOST = 2.0, 0.7, 0.5, 1.0
#: Sizes that differ so little are meant to be the same, those of the body and of headlines. The line over one of a
#: headline is one of the last so many.
_ALIKE, _ALIKE_LARGE, _LOOKED_AT = 0.17, 0.12, 8


def is_installed() -> bool:
    """Whether the extra `ocr` is there."""
    return find_spec("rapidocr") is not None


@cache
def _engine() -> Any:
    """The engine; in a process that shares the work with others it has one thread."""
    from rapidocr import RapidOCR

    threads = os.environ.get("OMP_NUM_THREADS", "")
    return RapidOCR(
        params={
            "Global.log_level": "error",
            "Global.max_side_len": _LARGEST,
            "Global.use_cls": False,  # lines that stand on their heads are not looked for
            "EngineConfig.onnxruntime.intra_op_num_threads": int(threads) if threads.isdigit() else -1,
        }
    )


def text_runs(page: Any) -> list[TextRun]:
    """The lines that OCR reads on a `pypdfium2.PdfPage`, their boxes in points from the upper left corner."""
    picture = page.render(scale=_DPI / 72).to_numpy()
    found = _engine()(picture)
    if found.txts is None:
        return []
    return _evened(list(_lines(found.boxes, found.txts)))


def _lines(boxes: Sequence[Any], texts: Sequence[str]) -> Iterator[TextRun]:
    for box, read in zip(boxes, texts, strict=True):
        if text := " ".join(read.split()):
            xs, ys = ([float(corner[side]) * 72 / _DPI for corner in box] for side in (0, 1))
            yield _run_of(text, min(xs), min(ys), max(xs), max(ys))


def _run_of(text: str, x0: float, y0: float, x1: float, y1: float) -> TextRun:
    """A line with the size of its type: Chinese characters are as wide as high, others half as wide.

    >>> _run_of("县里召开会议", 50, 100, 110, 114).size
    10.0
    """
    wide = sum(0.5 if char.isascii() else 1.0 for char in text)
    height, middle = y1 - y0, (y0 + y1) / 2
    size = (x1 - x0) / wide if wide >= _ENOUGH else _OF_HEIGHT * height
    size = min(max(size, _LEAST * height), _MOST * height)
    return TextRun(text, x0, middle - size / 2, x1, middle + size / 2, size)


def _evened(found: list[TextRun]) -> list[TextRun]:
    """The lines, those of the body in type of one size, and so those of a headline under one another."""
    body = body_size(found)
    evened: list[TextRun] = []
    large: list[TextRun] = []
    for one in sorted(found, key=lambda f: f.y0):
        size = body
        if abs(one.size - body) >= _ALIKE * body:
            over = (other for other in reversed(large[-_LOOKED_AT:]) if _goes_on(other, one))
            size = next((other.size for other in over), one.size)
            large.append(_in_size(one, size))
        evened.append(_in_size(one, size))
    return evened


def _goes_on(over: TextRun, line: TextRun) -> bool:
    """Whether a line may be of one headline with the line over it."""
    near = line.y0 - over.y1 < over.size and over.x0 < line.x1 and over.x1 > line.x0
    return near and abs(line.size - over.size) < _ALIKE_LARGE * over.size


def _in_size(run: TextRun, size: float) -> TextRun:
    middle = (run.y0 + run.y1) / 2
    return replace(run, y0=middle - size / 2, y1=middle + size / 2, size=size)
