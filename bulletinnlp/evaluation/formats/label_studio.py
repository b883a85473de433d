"""Label Studio's JSON of tasks: one task a text, its marks as predictions to correct.

Set a project up with `CONFIGURATION`, import the file, and export as JSON. Offsets are code points, as Label Studio
stores them since October 2021 (its pull request 1559); what older versions stored, UTF-16 units, is recognised by the
text that stands beside. Sources: "Label Studio Task Format" and the manual of the tags Text and Labels, labelstud.io.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bulletinnlp.evaluation.formats.annotated import LABELS, Annotated, Mark

#: The labelling interface to paste into a project's settings. Spaces are kept, so that offsets stay right.
CONFIGURATION = f"""<View>
  <Style>.htx-text{{ white-space: pre-wrap; }}</Style>
  <Labels name="label" toName="text">
{chr(10).join(f'    <Label value="{label}"/>' for label in LABELS)}
  </Labels>
  <Text name="text" value="$text" granularity="symbol"/>
  <TextArea name="value" toName="text" perRegion="true" maxSubmissions="1" placeholder="TIMEX3 value"/>
</View>
"""


def write_label_studio(texts: Iterable[Annotated], path: str | Path) -> Path:
    """Write texts as tasks to import. Gives the file."""
    path = Path(path)
    tasks = [
        {"data": {"id": one.name, "text": one.text},
         "predictions": [{"model_version": "bulletinnlp", "result": list(_results(one))}]}
        for one in texts
    ]  # fmt: skip
    path.write_text(json.dumps(tasks, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def _results(one: Annotated) -> Iterable[dict[str, Any]]:
    for number, mark in enumerate(one.marks, start=1):
        place = {"start": mark.start, "end": mark.end, "text": one.text[mark.start : mark.end]}
        common = {"id": f"m{number}", "to_name": "text"}
        yield {**common, "from_name": "label", "type": "labels", "value": {**place, "labels": [mark.label]}}
        if mark.value:
            yield {**common, "from_name": "value", "type": "textarea", "value": {**place, "text": [mark.value]}}


def read_label_studio(path: str | Path) -> list[Annotated]:
    """The texts of a file that Label Studio exported: their last annotation, or what was imported where there is none.

    Raises ValueError for a mark whose text does not stand at its offsets.
    """
    tasks = json.loads(Path(path).read_text(encoding="utf-8"))
    return [_read(task, number) for number, task in enumerate(tasks, start=1)]


def _read(task: dict[str, Any], number: int) -> Annotated:
    text = task["data"]["text"]
    name = str(task["data"].get("id") or task.get("id") or number)
    done = [one for one in task.get("annotations") or [] if not one.get("was_cancelled")]
    answers = done or task.get("predictions") or [{"result": []}]
    results = answers[-1]["result"]
    values = {r["id"]: r["value"]["text"][0] for r in results if r["type"] == "textarea" and r["value"].get("text")}
    marks = [
        Mark(r["value"]["labels"][0], *_place(r["value"], text, name), values.get(r["id"]))
        for r in results
        if r["type"] == "labels" and r["value"].get("labels")
    ]
    return Annotated(name, text, tuple(sorted(marks, key=lambda m: (m.start, m.end))))


def _place(value: dict[str, Any], text: str, name: str) -> tuple[int, int]:
    """Offsets in code points."""
    start, end = int(value["start"]), int(value["end"])
    said = "".join(value.get("text", "").replace("\\n", "\n").split())
    if not said or "".join(text[start:end].split()) == said:
        return start, end
    units = text.encode("utf-16-le")
    first, last = (len(units[: 2 * place].decode("utf-16-le", errors="ignore")) for place in (start, end))
    if "".join(text[first:last].split()) == said:
        return first, last
    raise ValueError(f"{name}: '{said}' does not stand at {start} to {end}; was the text changed?")
