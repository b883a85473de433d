"""brat's standoff format: for each article `name.txt` beside `name.ann`, and the files that set brat up.

A time's value and the name that a stand-in means stand in a note. Titles, quotations, contributors and events are
brat's events: the verb is the trigger, `who`, `what` … are its arguments. `main`, `planned` and `negative` are
attributes. Marks that a line break cuts are written as discontinuous, since the format is line-oriented. What an
article is beside its text (id, date of issue, parts) stands in `articles.jsonl`: leave it as it is. Source of the
format: the manual of brat, "Standoff format" (brat.nlplab.org/standoff.html).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import regex

from bulletinnlp.evaluation.annotated_article import AnnotatedArticle
from bulletinnlp.evaluation.formats import linked
from bulletinnlp.evaluation.marked.grammar import FLAGS, type_words
from bulletinnlp.evaluation.marked.reading import MarkedTextError
from bulletinnlp.evaluation.marked.writing import file_names
from bulletinnlp.evaluation.new_files import write_new
from bulletinnlp.text.plain import letters_in

FIELDS = "articles.jsonl"
_SEVERAL = ("who", "whom", "where")
_NUMBER = regex.compile(r"\d+$")


def write_brat(articles: Iterable[AnnotatedArticle], folder: str | Path) -> Path:
    """Write articles into a folder that brat can open. Gives the folder. Raises FileExistsError if a file is there."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    labels = [f"{kind} | {word} {kind} | {word}" for kind, word in type_words().items()]
    files = {
        "annotation.conf": "\n".join(_configuration()),
        "visual.conf": "\n".join(["[labels]", *labels, "[drawing]", ""]),
        FIELDS: "",
    }
    articles = list(articles)
    names = file_names(article.article_id.replace("#", "_") for article in articles)
    for name, article in zip(names, articles, strict=True):
        files[f"{name}.txt"] = article.text
        files[f"{name}.ann"] = "".join(line + "\n" for line in _lines(article.text, linked.nodes_of(article)))
        files[FIELDS] += json.dumps({"name": name, **linked.fields_of(article)}, ensure_ascii=False) + "\n"
    write_new((folder / name, text) for name, text in files.items())
    return folder


def _configuration() -> Iterator[str]:
    yield from ("[entities]", *linked.MARKS, linked.WORDS, "", "[relations]", "", "[events]")
    for kind, cells in linked.CELLS.items():
        how = ("" if cell == "person" else "*" if cell in _SEVERAL else "?" for cell in cells)
        yield f"{kind}\t" + ", ".join(f"{cell}{sign}:<ENTITY>" for cell, sign in zip(cells, how, strict=True))
    yield from ("", "[attributes]", *(f"{flag}\tArg:<EVENT>" for flag in FLAGS), "")


def _lines(text: str, nodes: list[linked.Node]) -> Iterator[str]:
    notes = 0
    events = {
        number: at for at, number in enumerate((n for n, x in enumerate(nodes) if x.kind in linked.CELLS), start=1)
    }
    attributes = 0
    for number, node in enumerate(nodes):
        pieces = list(_pieces(text, node.start, node.end))
        places = ";".join(f"{start} {end}" for start, end in pieces)
        yield f"T{number + 1}\t{node.kind} {places}\t{' '.join(text[start:end] for start, end in pieces)}"
        mine = f"E{events[number]}" if number in events else f"T{number + 1}"
        if number in events:
            yield f"{mine}\t" + " ".join([f"{node.kind}:T{number + 1}", *_arguments(node)])
        for flag in FLAGS:
            if flag in node.flags:
                attributes += 1
                yield f"A{attributes}\t{flag} {mine}"
        if note := linked.note_of(node):
            notes += 1
            yield f"#{notes}\tAnnotatorNotes {mine}\t{note}"


def _arguments(node: linked.Node) -> Iterator[str]:
    """The arguments; the second one of a cell is called `who2`."""
    counts: dict[str, int] = {}
    for cell, target in node.links:
        counts[cell] = counts.get(cell, 0) + 1
        yield f"{cell}{counts[cell] if counts[cell] > 1 else ''}:T{target + 1}"


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretch without its line breaks."""
    for broken, run in groupby(range(start, end), key=lambda at: text[at] in "\r\n"):
        if not broken:
            places = list(run)
            yield places[0], places[-1] + 1


def brat_files(folder: str | Path) -> list[Path]:
    """The `.ann` files of a folder beside which a text stands."""
    files = (path for path in sorted(Path(folder).glob("*.ann")) if path.is_file())
    return [path for path in files if path.with_name(f"{path.name[:-4]}.txt").is_file()]


def read_brat(folder: str | Path) -> list[AnnotatedArticle]:
    """The articles of a folder, in the order of `articles.jsonl`, else of their names. Relations are passed over.

    Raises FileNotFoundError if the folder holds no `.ann` file with its text, `MarkedTextError`, which names all
    that is wrong with file and line.
    """
    folder = Path(folder)
    files = brat_files(folder)
    if not files:
        raise FileNotFoundError(f"{folder}: no brat files here (looked for *.ann with *.txt)")
    fields: dict[str, dict[str, Any]] = {}
    if (folder / FIELDS).is_file():
        lines = (folder / FIELDS).read_text(encoding="utf-8").split("\n")  # an id may hold other breaks
        fields = {row["name"]: row for row in map(json.loads, filter(None, lines))}
    order = {name: number for number, name in enumerate(fields)}
    problems: list[str] = []
    files.sort(key=lambda path: order.get(path.name[:-4], len(order)))
    articles = [_read(path, fields.get(path.name[:-4], {"id": path.name[:-4]}), problems) for path in files]
    if problems:
        raise MarkedTextError(problems)
    return articles


def _read(path: Path, fields: dict[str, Any], problems: list[str]) -> AnnotatedArticle:
    text = path.with_name(f"{path.name[:-4]}.txt").read_bytes().decode("utf-8")
    nodes: dict[str, linked.Node] = {}
    heads: dict[str, str] = {}  # events and their triggers
    later: list[tuple[str, str, str, str]] = []
    for number, line in enumerate(path.read_bytes().decode("utf-8").replace("\r\n", "\n").split("\n"), start=1):
        key, _, rest = line.partition("\t")
        head, _, tail = rest.partition("\t")
        place = f"{path}:{number}"
        try:
            if key.startswith("T"):
                kind, places = head.split(" ", 1)
                ends = [int(place) for piece in places.split(";") for place in piece.split()]
                nodes[key] = linked.Node(kind, min(ends), max(ends), place=place)
                _check(nodes[key], text, tail)
            elif key.startswith("E"):
                heads[key] = head.split()[0].partition(":")[2]
                later.append((key, "", head, place))
            elif key.startswith(("#", "A")):
                later.append((head.split()[1], head.split()[0], tail, place))
        except (ValueError, IndexError) as error:
            problems.append(f"{place}: {error if str(error).startswith('“') else 'no line of brat'}; expected "
                            f"one such as T1<tab>PER 0 3<tab>孙乐文")  # fmt: skip
    numbers = {key: number for number, key in enumerate(nodes)}
    for key, what, rest, place in later:
        node = nodes.get(heads.get(key, key))
        if node is None:
            problems.append(f"{place}: {key} is not there; expected one of the marks above")
        elif what in FLAGS:
            node.flags |= {what}
        elif what == "AnnotatorNotes":
            linked.read_note(node, rest)
        elif not what:
            if rest.split()[0].partition(":")[0] != node.kind:
                problems.append(f"{place}: “{rest.split()[0]}”, but its mark is {node.kind}; expected the same type")
            for argument in rest.split()[1:]:
                cell, _, target = argument.partition(":")
                if heads.get(target, target) in numbers:
                    node.links.append((_NUMBER.sub("", cell), numbers[heads.get(target, target)]))
                else:
                    problems.append(f"{place}: {target} is not there; expected one of the marks above")
    return linked.article_of(text, fields, list(nodes.values()), problems, str(path))


def _check(node: linked.Node, text: str, words: str) -> None:
    here = letters_in(text[node.start : node.end])
    if words.strip() and here != letters_in(words):
        raise ValueError(f"“{words}” does not stand at {node.start} to {node.end} (“{here}” does)")
