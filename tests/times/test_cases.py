"""Every case of `cases/*.jsonl`: spans, types and values. Known failures are listed, not hidden."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bulletinnlp.times import find

FOLDER = Path(__file__).parent / "cases"

#: Cases that fail, by their text, and why.
KNOWN: dict[str, str] = {"入园马上一年了，孩子自己会系鞋带。": "上一年 is cheaper than 马上 and 一年 together"}


def cases() -> list[Any]:
    found = []
    for path in sorted(FOLDER.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            case = json.loads(line)
            marks = [pytest.mark.xfail(reason=KNOWN[case["text"]], strict=True)] if case["text"] in KNOWN else []
            found.append(pytest.param(case, id=f"{path.stem}-{number}", marks=marks))
    return found


def gold(case: dict[str, Any]) -> list[tuple[int, str, str, str]]:
    """Start, span, type and value; the occurrence counts every position of the string in the text, from 0."""
    found = []
    for span, occurrence, kind, value in case["times"]:
        at = -1
        for _ in range(occurrence + 1):
            at = case["text"].index(span, at + 1)
        found.append((at, span, kind, value))
    return found


@pytest.mark.parametrize("case", cases())
def test_case(case: dict[str, Any]) -> None:
    assert [(t.start, t.text, t.type, t.value) for t in find(case["text"], case["published"])] == gold(case)
