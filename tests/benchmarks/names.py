"""Names on the annotated pages: this package beside offline peers, accuracy and speed in one run.

    python tests/benchmarks/names.py

The stage of this package is always measured; jieba.posseg and LAC where they are installed (`pip install jieba`, `pip
install lac paddlepaddle==2.6.2`). Exact spans and labels of eyebrow, headline and body, from `tests/gold`; the text is
the page's with the line breaks inside it removed. Speed is processor time of one thread, over all of `seeds/`, models
loaded before.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

os.environ.setdefault("OMP_NUM_THREADS", "1")

ROOT = Path(__file__).parents[2]
LABELS = ("PER", "ORG", "PLACE")
Spans = set[tuple[str, int, int]]
Reader = Callable[[str], Spans]
#: Tags of the peers.
TAGS = {"nr": "PER", "nt": "ORG", "ns": "PLACE", "PER": "PER", "ORG": "ORG", "LOC": "PLACE"}


class Passage(NamedTuple):
    """An eyebrow, headline or body as one text, with its names."""

    text: str
    names: Spans


def passages() -> Iterator[Passage]:
    """The annotated passages of `tests/gold`."""
    for path in sorted((ROOT / "tests" / "gold").glob("*.json")):
        page = json.loads(path.read_text(encoding="utf-8"))
        raw = (ROOT / "seeds" / f"{page['page']}.txt").read_bytes().decode("utf-8")
        for article in page["articles"]:
            for part in ("_eyebrow", "_headline", "_body"):
                if article.get(part):
                    yield passage(raw, article, *article[part], keep_breaks=part == "_headline")


def passage(raw: str, article: dict[str, list], start: int, end: int, keep_breaks: bool) -> Passage:
    """`raw[start:end]` without its line breaks; a headline's become a space."""
    text, place = "", {}
    for at in range(start, end):
        if raw[at] in "\r\n":
            if keep_breaks and not text.endswith(" "):
                text += " "
            continue
        place[at] = len(text)
        text += raw[at]
    spans = zip(article["entities"], article["_entities"], strict=True)
    return Passage(
        text,
        {
            (entity[0], place[s[0]], place[s[1] - 1] + 1)
            for entity, s in spans
            if s and s[0] in place and s[1] - 1 in place
        },
    )


def ours() -> Reader:
    """This package's stage."""
    import spacy

    import bulletinnlp.names.component  # noqa: F401  (registers the stage where the package is not installed)

    nlp = spacy.blank("zh")
    nlp.add_pipe("bulletin_names")
    return lambda text: {(ent.label_, ent.start_char, ent.end_char) for ent in nlp(text).ents}


def jieba_posseg() -> Reader:
    """jieba's part-of-speech tagger: nr, nt, ns."""
    from jieba import posseg

    list(posseg.cut("预热"))
    return lambda text: spans((word, tag) for word, tag in posseg.cut(text))


def lac() -> Reader:
    """Baidu's LAC: PER, ORG, LOC."""
    import sys

    import paddle

    # LAC asks for a module that paddlepaddle 2.6 renamed.
    sys.modules.setdefault("paddle.fluid", paddle.base)
    sys.modules.setdefault("paddle.fluid.core", paddle.base.core)
    from LAC import LAC

    model = LAC(mode="lac")
    return lambda text: spans(pair for line in text.splitlines() if line for pair in zip(*model.run(line), strict=True))


def spans(tagged: Iterator[tuple[str, str]]) -> Spans:
    """The names among tagged words."""
    found, at = set(), 0
    for word, tag in tagged:
        if tag in TAGS:
            found.add((TAGS[tag], at, at + len(word)))
        at += len(word)
    return found


def f1(pairs: list[tuple[Spans, Spans]], label: str | None = None) -> float:
    """Exact F1 of (gold, found), over one label or all."""
    kept = [tuple({x for x in side if label in (None, x[0])} for side in pair) for pair in pairs]
    hit = sum(len(gold & found) for gold, found in kept)
    return 2 * hit / max(1, sum(len(gold) + len(found) for gold, found in kept))


def main() -> None:
    """Print a row for each system."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
    size = sum(map(len, texts))
    gold = list(passages())
    print(f"{'':16}{'F1':>8}" + "".join(f"{label:>8}" for label in LABELS) + f"{'chars/s':>10}")
    for name, make in (("bulletinnlp", ours), ("jieba.posseg", jieba_posseg), ("LAC", lac)):
        try:
            read = make()
        except ImportError as missing:
            print(f"{name:16}  not installed ({missing.name})")
            continue
        pairs = [(row.names, read(row.text)) for row in gold]
        begun = time.process_time()
        for text in texts:
            read(text)
        speed = size / (time.process_time() - begun)
        print(
            f"{name:16}{f1(pairs):8.3f}" + "".join(f"{f1(pairs, label):8.3f}" for label in LABELS) + f"{speed:10,.0f}"
        )


if __name__ == "__main__":
    main()
