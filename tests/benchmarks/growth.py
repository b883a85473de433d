"""How time grows with an article: families of texts (`growing.py`), stage by stage.

    python tests/benchmarks/growth.py                        # the whole path, every family
    python tests/benchmarks/growth.py --stages               # and each stage
    python tests/benchmarks/growth.py --only names --chars 5000
    python tests/benchmarks/growth.py --fuzz 200             # texts made by dice; the worst exponents

Processor seconds for an article of `--chars` characters, 4 and 16 times as many, and the exponent of growth between the
last two: 1 is linear, 2 quadratic. A stage that takes longer than `--limit` seconds is stopped (–), what it would have
found is missing further on, and no longer text is given to it.
"""

from __future__ import annotations

import argparse
import math
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

os.environ.setdefault("OMP_NUM_THREADS", "1")

from growing import FAMILIES, HOME, Family, units
from spacy.language import Language
from spacy.tokens import Doc

import bulletinnlp
from bulletinnlp.articles import article_doc, split
from bulletinnlp.articles.article import Alignment, Article
from bulletinnlp.pages import Page
from bulletinnlp.places import home
from bulletinnlp.runs.pipeline_config import outputs_of
from bulletinnlp.tables.frames import arrow_tables, packed
from bulletinnlp.tables.linking import linked
from bulletinnlp.tables.rows import ArticleRows

#: Where growth is told, less is noise; and what is told as too much.
LEAST, STEEP = 0.2, 1.35


class TooLongError(Exception):
    """A stage was stopped."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Stop what runs within after so many processor seconds."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise TooLongError

    signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def article(text: str) -> Article:
    """A text as the body of an article that stands on a page as it is."""
    return Article(
        "p#1", "p", 1, "brief", text, (), Alignment((0,), (0,)), 0, len(text), published="2022-11", home=HOME
    )


def steps(text: str, nlp: Language) -> Iterator[tuple[str, Callable[[], object]]]:
    """What is done to an article, step by step; each is to be called before the next is asked for."""
    page = Page("p", text, published="2022-11", home=HOME)
    yield "split", lambda: split(page)
    yield "home", lambda: home([article(text)])
    doc: list[Doc] = []
    yield "doc", lambda: doc.append(article_doc.make_doc(nlp, article(text)))
    for name, stage in nlp.pipeline:
        yield name.removeprefix("bulletin_"), lambda stage=stage: stage(doc[0])  # type: ignore[misc]
    rows: list[dict] = []
    yield "rows", lambda: rows.append(ArticleRows(doc[0]).build(outputs_of(nlp)))
    yield "settling", lambda: linked(packed([arrow_tables({**rows[0], "pages": [PAGE]})]))


PAGE = {"page_id": "p", "chars": 0, "home": HOME, "articles": 1, "stray_chars": 0}


def seconds(text: str, nlp: Language, limit: float, skip: set[str]) -> dict[str, float]:
    """Processor seconds by step; infinite where it was stopped. Steps to skip are not done."""
    spent: dict[str, float] = {}
    for name, step in steps(text, nlp):
        if name in skip:
            continue
        began = time.process_time()
        try:
            with at_most(limit):
                step()
            spent[name] = time.process_time() - began
        except TooLongError:
            spent[name] = math.inf
        except IndexError:  # a step that it needs was stopped
            spent[name] = math.inf
    return spent


def exponent(small: float, large: float) -> float:
    """The power of the text's length that time grows with, where the text is four times as long."""
    if math.isinf(large):
        return math.inf
    return math.log(max(large, LEAST) / max(small, LEAST / 4), 4)


def measured(family: Family, chars: int, nlp: Language, limit: float, skip: set[str]) -> dict[str, list[float]]:
    """Seconds at 1, 4 and 16 times the length, by step and of all steps together."""
    found: dict[str, list[float]] = {}
    stopped = set(skip)
    for times in (1, 4, 16):
        spent = seconds(family(chars * times), nlp, limit, stopped)
        stopped |= {name for name, took in spent.items() if math.isinf(took)}
        whole = math.inf if stopped > skip else sum(spent.values())
        found = found or {name: [] for name in (*spent, "all")}
        for name, some in found.items():
            some.append(whole if name == "all" else spent.get(name, math.inf))
    return found


def told(some: list[float]) -> str:
    """Seconds at each length and the exponent, flagged where it is steep."""
    growth = exponent(*some[-2:])
    mark = "  <<<" if growth > STEEP else ""
    return "".join(f"{took:9.2f}" if math.isfinite(took) else f"{'–':>9}" for took in some) + f"{growth:7.2f}{mark}"


def main() -> None:
    """Print a row for each family."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--chars", type=int, default=6_000)
    options.add_argument("--limit", type=float, default=20.0, help="seconds that a stage may take")
    options.add_argument("--only", help="families whose name holds this")
    options.add_argument("--stages", action="store_true", help="a row for each stage that takes time, too")
    options.add_argument("--skip", default="", help="stages to leave out: times,events")
    options.add_argument("--fuzz", type=int, default=0, help="so many families made by dice")
    options.add_argument("--seed", type=int, default=0)
    asked = options.parse_args()
    article_doc.READ_AT_MOST = 10**9  # what is measured is how the stages grow
    nlp = bulletinnlp.load()
    skip = set(filter(None, asked.skip.split(",")))
    bulletinnlp.extract(Page("warm", FAMILIES["prose"](2_000), published="2022", home=HOME), nlp=nlp)
    families = {name: family for name, family in FAMILIES.items() if not asked.only or asked.only in name}
    if asked.fuzz:
        families = {repr(family(60)): family for family, _ in zip(units(asked.seed), range(asked.fuzz), strict=False)}
    lengths = "".join(f"{asked.chars * times:9,}" for times in (1, 4, 16))
    print(f"{'':36}{lengths} growth")
    for name, family in families.items():
        found = measured(family, asked.chars, nlp, asked.limit, skip)
        whole = found.pop("all")
        if not asked.fuzz or exponent(*whole[-2:]) > STEEP:
            print(f"{name:36}{told(whole)}", flush=True)
        for stage, some in found.items():
            if max(some) >= LEAST and (asked.stages or exponent(*some[-2:]) > STEEP):
                print(f"  {stage:34}{told(some)}", flush=True)


if __name__ == "__main__":
    main()
