"""The conventions, sentence by sentence (`conventions.txt`), the kinds that other tools fail on (`kinds.txt`), and the
frame of an article (`frames.txt`)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bulletinnlp.times import find

#: Lines that fail, by their text, and why.
KNOWN: dict[str, str] = {}


def lines() -> list[Any]:
    folder = Path(__file__).parent
    texts = [(folder / name).read_text("utf-8") for name in ("conventions.txt", "kinds.txt", "frames.txt")]
    both = [line for text in texts for line in text.split("\n")]
    found = []
    group = ""
    for number, line in enumerate(both, 1):
        if line.startswith("##"):
            group = line.strip("# ")
        elif line and not line.startswith("#"):
            text, published, times = line.split("\t")
            expected = [] if times == "none" else [tuple(time.split("=")) for time in times.split("|")]
            marks = [pytest.mark.xfail(reason=KNOWN[text], strict=True)] if text in KNOWN else []
            found.append(pytest.param(text, published, expected, id=f"{group}-{number}", marks=marks))
    return found


@pytest.mark.parametrize(("text", "published", "expected"), lines())
def test_line(text: str, published: str, expected: list[tuple[str, str, str]]) -> None:
    found = [(t.text, t.type, t.value) for part in text.split(" / ") for t in find(part, published)]
    assert found == expected
