"""The date normaliser beside its open peers, on the cases of `tests/times/cases`.

    python tests/benchmarks/times.py [CASES.jsonl …]

Prints, for each that is installed: F1 of the spans (exact, and counting any overlap), how many of the dates and times
that have an interval begin at the right instant, and characters per second. JioNLP (`jionlp`) and Microsoft's
Recognizers-Text (`recognizers-text-suite`) are optional; JioNLP pulls a GPL package and is never a dependency.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

#: start, end, first instant (ISO, to the second) or None
Found = tuple[int, int, str | None]
Finder = Callable[[str, str], list[Found]]


def ours() -> Finder:
    from bulletinnlp.times import find

    return lambda text, published: [(t.start, t.end, t.begin) for t in find(text, published)]


def jionlp() -> Finder:
    import jionlp as jio

    extract = jio.ner.extract_time

    def run(text: str, published: str) -> list[Found]:
        base = time.mktime(datetime.fromisoformat(full(published)).timetuple())
        found: list[Found] = []
        for item in extract(text, time_base=base):
            detail = item.get("detail") or {}
            first = detail.get("time")
            instant = first[0].replace(" ", "T") if isinstance(first, list) and isinstance(first[0], str) else None
            found.append((*item["offset"], instant))
        return found

    return run


def recognizers() -> Finder:
    from recognizers_date_time import Culture, recognize_datetime

    def run(text: str, published: str) -> list[Found]:
        found: list[Found] = []
        for item in recognize_datetime(text, Culture.Chinese, reference=datetime.fromisoformat(full(published))):
            values = (item.resolution or {}).get("values") or [{}]
            first = values[-1].get("start") or values[-1].get("value")
            instant = None
            if first and first[:4].isdigit():
                instant = first.replace(" ", "T") if " " in first else f"{first}T00:00:00"
            found.append((item.start, item.end + 1, instant))
        return found

    return run


def full(published: str) -> str:
    """A day for those who need one: the middle of a month or of a year that is all that is known."""
    return {4: f"{published}-07-15", 7: f"{published}-15"}.get(len(published), published)


def gold(case: dict[str, Any]) -> list[Found]:
    """What the case expects; first instants are those that the expected values denote (where ours has that value)."""
    from bulletinnlp.times import find

    begins = {(t.start, t.value): t.begin for t in find(case["text"], case["published"])}
    found = []
    for span, occurrence, _, value in case["times"]:
        at = -1
        for _ in range(occurrence + 1):
            at = case["text"].index(span, at + 1)
        found.append((at, at + len(span), begins.get((at, value))))
    return found


def score(finder: Finder, cases: list[dict[str, Any]]) -> dict[str, float]:
    for case in cases:  # tables and calendars load on first use
        finder(case["text"], case["published"])
    begin = time.process_time()
    results = [finder(case["text"], case["published"]) for case in cases]
    seconds = time.process_time() - begin
    exact = near = right = dated = golden = found = 0
    for case, predicted in zip(cases, results, strict=True):
        expected = gold(case)
        golden, found = golden + len(expected), found + len(predicted)
        exact += len({x[:2] for x in expected} & {x[:2] for x in predicted})
        for start, end, instant in expected:
            over = [p for p in predicted if p[0] < end and start < p[1]]
            near += bool(over)
            dated += instant is not None
            right += instant is not None and any(p[2] == instant for p in over)
    return {
        "span F1": 2 * exact / (golden + found),
        "overlap F1": 2 * near / (golden + found),
        "first instant": right / dated,
        "chars/s": sum(len(case["text"]) for case in cases) / seconds,
    }


def main(paths: list[str]) -> None:
    folder = Path(__file__).parent.parent / "times" / "cases"
    files = [Path(path) for path in paths] or sorted(folder.glob("*.jsonl"))
    cases = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    print(f"{len(cases)} cases")
    print(f"{'':<12}{'span F1':>10}{'overlap F1':>12}{'first instant':>15}{'chars/s':>12}")
    for name, load in (("bulletinnlp", ours), ("jionlp", jionlp), ("recognizers", recognizers)):
        try:
            finder = load()
        except ImportError as error:
            print(f"{name:<12}not installed ({error.name})")
            continue
        row = score(finder, cases)
        accuracy = f"{row['span F1']:>10.3f}{row['overlap F1']:>12.3f}{row['first instant']:>15.3f}"
        print(f"{name:<12}{accuracy}{row['chars/s']:>12,.0f}")


if __name__ == "__main__":
    main(sys.argv[1:])
