"""The annotated corpora: how each is read, and how its labels become ours.

Every corpus keeps conventions of its own: MSRA and the People's Daily cut 中共中央 and 北京市 in their own ways and
call the places of a chain two; Boson marks bylines and splits chains; CLUENER's 政府 are organisations, its 景点
places; Resume's organisations hold their departments. The tagger reads with each sentence which corpus it comes from,
so that their labels stay and only the kinds are mapped. At run time every text is read as one of the genre corpus,
whose annotation is ours (`GUIDELINES.md`).
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterable
from pathlib import Path

from bulletinnlp.evaluation.marked import parse_marked, read_marked
from bulletinnlp.finetune.names.samples import Sample, samples_of

FILES = {
    "msra": "msra.train.jsonl.gz",
    "people_daily": "people_daily.dev.jsonl.gz",
    "boson": "boson.half.jsonl.gz",
    "cluener": "cluener.train.jsonl.gz",
    "resume": "resume.train.jsonl.gz",
}
#: Every label of every corpus that is a name to us; all others (times, titles, products, games, books) are not.
LABEL = {
    **dict.fromkeys(("PER", "person_name", "name", "NAME"), "PER"),
    **dict.fromkeys(("ORG", "org_name", "company_name", "organization", "government", "company"), "ORG"),
    **dict.fromkeys(("LOC", "location", "address", "scene"), "PLACE"),
}


def general(folder: Path, corpus: str) -> list[Sample]:
    """The samples of a general corpus."""
    samples = []
    with gzip.open(folder / FILES[corpus], "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            names: list[tuple[int, int, str]] = []
            for start, end, label in sorted(row["entities"]):
                if label in LABEL and end > start and (not names or start >= names[-1][1]):
                    names.append((start, end, LABEL[label]))
            samples.append(Sample(row["text"], tuple(names), corpus))
    return samples


def genre(paths: Iterable[Path]) -> list[list[Sample]]:
    """The articles of files of marked text: each a list of samples, one an eyebrow, headline or paragraph."""
    return [list(samples_of(article)) for path in paths for article in read_marked(path)]


def passages(path: Path) -> list[list[Sample]]:
    """A file of short passages, one a line: each an article of one paragraph."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [list(samples_of(parse_marked(f"body:\n{line}"))) for line in lines if line and not line.startswith("#")]


def split_off(samples: list[Sample], share: float, seed: int) -> tuple[list[Sample], list[Sample]]:
    """The samples without a random share of them, and that share."""
    order = list(range(len(samples)))
    random.Random(seed).shuffle(order)
    held = set(order[: round(len(order) * share)])
    kept = [sample for at, sample in enumerate(samples) if at not in held]
    return kept, [samples[at] for at in sorted(held)]
