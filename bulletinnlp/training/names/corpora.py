"""The annotated corpora: how each is read, and how its labels become ours.

Every corpus keeps conventions of its own: MSRA and the People's Daily cut 中共中央 and 北京市 in their own ways and
call the places of a chain two; Boson marks bylines and splits chains; CLUENER's 政府 are bodies, its 景点 places;
Resume's bodies swallow departments. The tagger is told which corpus a sentence comes from, so that their labels need
no mending: only the kinds are mapped. At run time it is told that the text is of the genre corpus, whose annotation
is ours (`GUIDELINES.md`): the genre corpus has the last word.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

#: The corpora in the order of their numbers. `genre` is what the tagger takes a text for at run time.
CORPORA = ("genre", "msra", "people_daily", "boson", "cluener", "resume")
FILES = {
    "msra": "msra.train.jsonl.gz",
    "people_daily": "people_daily.dev.jsonl.gz",
    "boson": "boson.half.jsonl.gz",
    "cluener": "cluener.train.jsonl.gz",
    "resume": "resume.train.jsonl.gz",
}
#: Every label of every corpus that is a name to us; all others (times, titles, products, games, books) are not.
LABEL = {
    "PER": "PER",
    "person_name": "PER",
    "name": "PER",
    "NAME": "PER",
    "ORG": "ORG",
    "org_name": "ORG",
    "company_name": "ORG",
    "organization": "ORG",
    "government": "ORG",
    "company": "ORG",
    "LOC": "PLACE",
    "location": "PLACE",
    "address": "PLACE",
    "scene": "PLACE",
}
MARK = re.compile(r"\[([POLTR]):([^\[\]=]*?)(?:=[^\[\]]*)?\]")
GENRE_LABEL = {"P": "PER", "O": "ORG", "L": "PLACE"}


class Sample(NamedTuple):
    """A text with its names: `(start, end, label)`, in order, without overlap. `head`: it is a headline or eyebrow."""

    text: str
    names: tuple[tuple[int, int, str], ...]
    corpus: str
    head: bool = False


def general(folder: Path, corpus: str) -> list[Sample]:
    """The samples of a general corpus."""
    samples = []
    with gzip.open(folder / "corpora" / FILES[corpus], "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            names: list[tuple[int, int, str]] = []
            for start, end, label in sorted(row["entities"]):
                if label in LABEL and end > start and (not names or start >= names[-1][1]):
                    names.append((start, end, LABEL[label]))
            samples.append(Sample(row["text"], tuple(names), corpus))
    return samples


def genre(paths: list[Path]) -> list[list[Sample]]:
    """The articles of the genre corpus (`FORMAT.md`): each a list of samples, one an eyebrow, headline or paragraph."""
    articles = []
    for path in paths:
        for block in re.split(r"^%%%\s*$", path.read_text(encoding="utf-8"), flags=re.M):
            if block.strip():
                articles.append([unmark(line, head) for line, head in lines_of(block)])
    return articles


def passages(path: Path) -> list[list[Sample]]:
    """A file of short passages, one a line: each an article of one paragraph."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [[unmark(line, head=False)] for line in lines if line and not line.startswith("#")]


def lines_of(block: str) -> Iterator[tuple[str, bool]]:
    """The lines of an article that carry names, and whether each is a headline or eyebrow."""
    inside = False
    for line in block.strip("\n").split("\n"):
        field = re.match(r"(eyebrow|headline):\s*(.*)$", line)
        if field and field[2] and not inside:
            yield field[2], True
        elif line.startswith("body:"):
            inside = True
        elif re.match(r"(contributors|roles|quotes|events):", line):
            return
        elif inside and line.strip():
            yield line.strip(), False


def unmark(line: str, head: bool) -> Sample:
    """A marked line as plain text with its names."""
    text, names, last = "", [], 0
    for mark in MARK.finditer(line):
        text += line[last : mark.start()]
        if mark[1] in GENRE_LABEL:
            names.append((len(text), len(text) + len(mark[2]), GENRE_LABEL[mark[1]]))
        text += mark[2]
        last = mark.end()
    return Sample(text + line[last:], tuple(names), "genre", head)


def split_off(samples: list[Sample], share: float, seed: int) -> tuple[list[Sample], list[Sample]]:
    """The samples without a random share of them, and that share."""
    order = list(range(len(samples)))
    random.Random(seed).shuffle(order)
    held = set(order[: round(len(order) * share)])
    kept = [sample for at, sample in enumerate(samples) if at not in held]
    return kept, [samples[at] for at in sorted(held)]
