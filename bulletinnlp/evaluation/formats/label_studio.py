"""Label Studio's JSON of tasks: one task an article, its marks and links as predictions to correct.

Set a project up with `CONFIGURATION`, import the file, and export as JSON. An event is the label `event` on its verb,
with its type and flags as choices, and relations to those who fill its cells. Offsets are code points, as Label Studio
stores them since October 2021 (its pull request 1559); what older versions stored, UTF-16 units, is recognised by the
text that stands beside. Sources: "Label Studio Task Format" and the manual of the tags Text, Labels and Relations,
labelstud.io.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bulletinnlp.annotations import EVENT_TYPES
from bulletinnlp.evaluation.annotated_article import ROLES, AnnotatedArticle
from bulletinnlp.evaluation.formats import linked
from bulletinnlp.evaluation.marked.grammar import FLAGS, WrongMarkError, event_type, type_words
from bulletinnlp.evaluation.marked.reading import MarkedTextError
from bulletinnlp.evaluation.new_files import write_new
from bulletinnlp.text.plain import letters_in

EVENT = "event"
_LABELS = (*linked.MARKS, linked.TITLE, linked.QUOTATION, *ROLES, EVENT, linked.WORDS)
_RELATIONS = dict.fromkeys(cell for cells in linked.CELLS.values() for cell in cells)
_NEW_LINE = "\n"
#: The labelling interface to paste into a project's settings. Spaces are kept, so that offsets stay right.
CONFIGURATION = f"""<View>
  <Style>.htx-text{{ white-space: pre-wrap; }}</Style>
  <Labels name="label" toName="text">
{_NEW_LINE.join(f'    <Label value="{label}"/>' for label in _LABELS)}
  </Labels>
  <Relations>
{_NEW_LINE.join(f'    <Relation value="{cell}"/>' for cell in _RELATIONS)}
  </Relations>
  <Text name="text" value="$text" granularity="symbol"/>
  <Choices name="type" toName="text" perRegion="true" whenTagName="label" whenLabelValue="{EVENT}" layout="select">
{_NEW_LINE.join(f'    <Choice value="{word}" alias="{kind}"/>' for kind, word in type_words().items())}
  </Choices>
  <Choices name="flags" toName="text" perRegion="true" whenTagName="label" whenLabelValue="{EVENT}" choice="multiple">
{_NEW_LINE.join(f'    <Choice value="{flag}"/>' for flag in FLAGS)}
  </Choices>
  <TextArea name="value" toName="text" perRegion="true" maxSubmissions="1"
            placeholder="TIMEX3 value, or the name that a stand-in means"/>
</View>
"""


def write_label_studio(articles: Iterable[AnnotatedArticle], path: str | Path) -> Path:
    """Write articles as tasks to import. Gives the file. Raises FileExistsError if there is one."""
    path = Path(path)
    write_new([(path, label_studio_text(articles))])
    return path


def label_studio_text(articles: Iterable[AnnotatedArticle]) -> str:
    """Articles as tasks to import."""
    tasks = [
        {"data": {"id": article.article_id, "text": article.text, "article": linked.fields_of(article)},
         "predictions": [{"model_version": "bulletinnlp", "result": list(_results(article))}]}
        for article in articles
    ]  # fmt: skip
    return json.dumps(tasks, ensure_ascii=False, indent=1)


def _results(article: AnnotatedArticle) -> Iterable[dict[str, Any]]:
    text, nodes = article.text, linked.nodes_of(article)
    for number, node in enumerate(nodes, start=1):
        place = {"start": node.start, "end": node.end, "text": text[node.start : node.end]}
        common = {"id": f"m{number}", "to_name": "text"}
        label = EVENT if node.kind in EVENT_TYPES else node.kind
        yield {**common, "from_name": "label", "type": "labels", "value": {**place, "labels": [label]}}
        for name, choices in (("type", [node.kind] if label == EVENT else []), ("flags", sorted(node.flags))):
            if choices:
                yield {**common, "from_name": name, "type": "choices", "value": {**place, "choices": choices}}
        if note := linked.note_of(node):
            yield {**common, "from_name": "value", "type": "textarea", "value": {**place, "text": [note]}}
    for number, node in enumerate(nodes, start=1):
        for cell, target in node.links:
            yield {"type": "relation", "from_id": f"m{number}", "to_id": f"m{target + 1}", "direction": "right",
                   "labels": [cell]}  # fmt: skip


def is_label_studio(data: Any) -> bool:
    """Whether the content of a JSON file is a list of tasks."""
    return isinstance(data, list) and bool(data) and all(isinstance(one, dict) and "data" in one for one in data)


def read_label_studio(path: str | Path) -> list[AnnotatedArticle]:
    """The articles of a file that Label Studio exported: their last annotation, or what was imported without one.

    Raises `MarkedTextError`, a ValueError, which names all that is wrong.
    """
    tasks = json.loads(Path(path).read_text(encoding="utf-8"))
    problems: list[str] = []
    articles = [_read(task, f"{path}: task {number}", problems) for number, task in enumerate(tasks, start=1)]
    if problems:
        raise MarkedTextError(problems)
    return articles


def _read(task: dict[str, Any], place: str, problems: list[str]) -> AnnotatedArticle:
    text = task["data"]["text"]
    done = [one for one in task.get("annotations") or [] if not one.get("was_cancelled")]
    answers = done or task.get("predictions") or [{"result": []}]
    results = answers[-1]["result"]
    nodes: dict[str, linked.Node] = {}
    for one in results:
        if one["type"] == "labels" and one["value"].get("labels"):
            try:
                span = _place(one["value"], text)
                nodes[one["id"]] = linked.Node(
                    one["value"]["labels"][0], *span, place=f"{place}: {one['value'].get('text', '')}"
                )
            except WrongMarkError as error:
                problems.append(f"{place}: {error}")
    numbers = {key: number for number, key in enumerate(nodes)}
    kinds: dict[str, list[str]] = {}
    for one in results:
        node = nodes.get(one.get("id", ""))
        if one["type"] == "choices" and node:
            kinds.setdefault(one["id"], [])
            if one["from_name"] == "flags":
                node.flags |= set(one["value"]["choices"])
            else:
                kinds[one["id"]] = one["value"]["choices"]
        elif one["type"] == "textarea" and node and one["value"].get("text"):
            linked.read_note(node, one["value"]["text"][0])
        elif one["type"] == "relation":
            _link(one, nodes, numbers, place, problems)
    for key, node in nodes.items():
        if node.kind == EVENT:
            try:
                node.kind = event_type("".join(kinds.get(key, [])[:1]))
            except WrongMarkError as error:
                node.kind = "other"
                problems.append(f"{node.place}: {error}")
    fields = task["data"].get("article") or {"id": str(task["data"].get("id") or task.get("id") or "")}
    return linked.article_of(text, fields, list(nodes.values()), problems, place)


def _link(
    one: dict[str, Any], nodes: dict[str, linked.Node], numbers: dict[str, int], place: str, problems: list[str]
) -> None:
    """A relation; one that was drawn towards the mark that has the cell is turned around."""
    start, end = one["from_id"], one["to_id"]
    labels = one.get("labels") or []
    if start not in nodes or end not in nodes:
        return  # its marks are gone
    if not labels:
        words = nodes[start].place.removeprefix(f"{place}: ")
        problems.append(f"{place}: a relation of “{words}” has no label; expected one of {', '.join(_RELATIONS)}")
        return
    plain = (*linked.MARKS, linked.WORDS)
    if one.get("direction") == "left" or (nodes[start].kind in plain and nodes[end].kind not in plain):
        start, end = end, start
    nodes[start].links.append((labels[0], numbers[end]))


def _place(value: dict[str, Any], text: str) -> tuple[int, int]:
    """Offsets in code points."""
    start, end = int(value["start"]), int(value["end"])
    words = letters_in(value.get("text", "").replace("\\n", "\n"))
    if not words or letters_in(text[start:end]) == words:
        return start, end
    units = text.encode("utf-16-le")
    first, last = (len(units[: 2 * place].decode("utf-16-le", errors="ignore")) for place in (start, end))
    if letters_in(text[first:last]) == words:
        return first, last
    raise WrongMarkError(f"“{words}” does not stand at {start} to {end}; expected the text as it was written")
