"""The whole pipeline: speed by stage and whole, workers, start-up, growth, memory, and peers in the same run.

    python tests/benchmarks/pipeline.py            # some minutes
    python tests/benchmarks/pipeline.py --full     # memory and speed up to 10,000 pages; an hour

Pages are composed from `training/corpus` (`tests/corpus/compose.py`); where more are needed, they go on bringing new
names (`varied.py`). Speed by stage and of peers is processor time of one thread, models loaded before; workers, start-
up and memory are those of the command, as the clock and the operating system tell. Peers: jieba.posseg, LAC, HanLP,
JioNLP, those that are installed.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

from running import command
from varied import CORPUS, FILES, write_pages

import bulletinnlp
from bulletinnlp.articles import split
from bulletinnlp.articles.article_doc import make_doc
from bulletinnlp.pages import Page
from bulletinnlp.places import home
from bulletinnlp.runs.pipeline_config import outputs_of
from bulletinnlp.tables.frames import arrow_tables
from bulletinnlp.tables.rows import ArticleRows

DATED = ("--published", "2022")
Line = tuple[str, str, str]


def compose(folder: Path) -> list[Path]:
    """Pages of five to twelve articles, of the corpus without its held-out fifth."""
    command = [sys.executable, CORPUS / "compose.py", folder / "texts", folder / "gold", *FILES]
    subprocess.run(list(map(str, command)), check=True, capture_output=True)
    return sorted((folder / "texts").glob("*.txt"))


def timed(call: Callable[[], object]) -> float:
    began = time.process_time()
    call()
    return time.process_time() - began


def stage_seconds(pages: list[Page]) -> Counter[str]:
    """Processor time by stage."""
    nlp = bulletinnlp.load()
    spent: Counter[str] = Counter()

    def spend(what: str, began: float) -> None:
        spent[what] += time.process_time() - began

    def read(page: Page) -> None:
        began = time.process_time()
        articles = list(split(page).articles)
        spend("split", began)
        began = time.process_time()
        found = home(articles)
        spend("home", began)
        began = time.process_time()
        docs = [make_doc(nlp, replace(article, home=page.home or (found and found.name))) for article in articles]
        spend("docs", began)
        for name, stage in nlp.pipeline:
            began = time.process_time()
            docs = list(stage.pipe(docs)) if hasattr(stage, "pipe") else [stage(doc) for doc in docs]
            spend(name, began)
        began = time.process_time()
        for doc in docs:
            arrow_tables(ArticleRows(doc).build(outputs_of(nlp)))
        spend("tables", began)

    read(pages[0])
    spent.clear()
    for page in pages:
        read(page)
    return spent


def speed(pages: list[Page], seconds: float) -> str:
    """Characters and pages a second."""
    chars = sum(page.chars for page in pages)
    return f"{chars / seconds:>10,.0f} characters/s {len(pages) / seconds:>8,.1f} pages/s"


def stages(pages: list[Page]) -> Iterator[Line]:
    spent = stage_seconds(pages)
    whole = sum(spent.values())
    for name, seconds in spent.most_common():
        yield "stage", name, f"{speed(pages, seconds)} {seconds / whole:>6.0%}"
    yield "stage", "all of these", speed(pages, whole)


def extract_seconds(pages: list[Page]) -> float:
    """Processor time of `extract`, tables and entities included."""
    nlp = bulletinnlp.load()
    bulletinnlp.extract(pages[:1], nlp=nlp)
    return timed(lambda: bulletinnlp.extract(pages, nlp=nlp))


def whole(pages: list[Page]) -> Iterator[Line]:
    yield "whole", "extract, one core", speed(pages, extract_seconds(pages))


def growth(pages: list[Page]) -> Iterator[Line]:
    """Seconds for 1 to 16 times as much text on one page."""
    nlp = bulletinnlp.load()
    text = "".join(page.text for page in pages)
    bulletinnlp.extract(Page("warm", text[:10_000], published="2022"), nlp=nlp)
    for times in (1, 4, 16):
        page = Page("p", text[-10_000 * times :], published="2022")
        seconds = timed(lambda page=page: bulletinnlp.extract(page, nlp=nlp))  # type: ignore[misc]
        yield "growth", f"{times} × 10,000 characters", f"{page.chars / seconds:>10,.0f} characters/s"


def start_up(work: Path) -> Iterator[Line]:
    page = work / "one.txt"
    page.write_text("我区开展线上教研\n\n本报讯 11月27日晚，区教研中心举行线上教研活动。\n", encoding="utf-8")
    for what, arguments in {"--help": ["--help"], "one short page": ["extract", page, "--out", work / "one"]}.items():
        seconds = min(command(*arguments).seconds for _ in range(3))
        yield "start-up", what, f"{seconds:>10.2f} s"


def workers(work: Path, count: int) -> Iterator[Line]:
    pages = write_pages(count, work / "pages")
    read = bulletinnlp.read(pages, published="2022")
    first = 0.0
    for number in (1, 2):
        run = command("extract", pages, "--out", work / "out", "--workers", number, *DATED)
        first = first or run.seconds
        told = f"{speed(read, run.seconds)}, {first / run.seconds:.2f} times one"
        yield "workers", f"{number}, {count} pages", f"{told}, largest process {run.megabytes:,.0f} MB"


def memory(work: Path, counts: list[int]) -> Iterator[Line]:
    """The largest process and the speed over ever more pages with ever new names."""
    first = 0.0
    for count in counts:
        pages = write_pages(count, work / "pages")
        run = command("extract", pages, "--out", work / "out", "--workers", 2, *DATED)
        first = first or run.megabytes
        told = f"{run.megabytes:>10,.0f} MB the largest process, {run.megabytes / first - 1:+.0%}"
        yield "memory", f"{count:,} pages", f"{told}, {count / run.seconds:.1f} pages/s"


def peers(pages: list[Page]) -> Iterator[Line]:
    """What others need to segment and tag the same text, beside the stage for names and beside all of `extract`."""
    text = "".join(page.text for page in pages)
    names, everything = stage_seconds(pages)["bulletin_names"], extract_seconds(pages)
    for name, reader in {"jieba.posseg": _jieba, "LAC": _lac, "HanLP": _hanlp, "JioNLP": _jionlp}.items():
        try:
            read = reader()
        except Exception as error:
            yield "peer", name, f"{'–':>10} not here ({type(error).__name__})"
            continue
        read(text[:2000])
        seconds = timed(lambda read=read: read(text))  # type: ignore[misc]
        told = f"names are {seconds / names:.2f} times, extract {seconds / everything:.2f} times as fast"
        yield "peer", name, f"{speed(pages, seconds)}; {told}"


def _jieba() -> Callable[[str], object]:
    import jieba.posseg

    return lambda text: list(jieba.posseg.cut(text))


def _lac() -> Callable[[str], object]:
    from LAC import LAC

    lac = LAC(mode="lac")
    return lambda text: lac.run([line for line in text.splitlines() if line.strip()])


def _hanlp() -> Callable[[str], object]:
    import hanlp

    model = hanlp.load(hanlp.pretrained.mtl.CLOSE_TOK_POS_NER_SRL_DEP_SDP_CON_ELECTRA_SMALL_ZH)
    return lambda text: model([line for line in text.splitlines() if line.strip()])


def _jionlp() -> Callable[[str], object]:
    import jionlp

    return lambda text: [jionlp.ner.extract_time(line) for line in text.splitlines() if line.strip()]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--full", action="store_true", help="to thousands of pages")
    options.add_argument("--only", help="a part: stage, whole, peer, growth, start-up, workers, memory")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        files = compose(work)
        pages = bulletinnlp.read(files, manifest=work / "texts" / "manifest.csv")
        parts: dict[str, Callable[[], Iterator[Line]]] = {
            "stage": lambda: stages(pages), "whole": lambda: whole(pages), "peer": lambda: peers(pages),
            "growth": lambda: growth(bulletinnlp.read(write_pages(60, work / "pages"), published="2022")),
            "start-up": lambda: start_up(work),
            "workers": lambda: workers(work, 500 if asked.full else 100),
            "memory": lambda: memory(work, [100, 1_000, 5_000, 10_000] if asked.full else [50, 200]),
        }  # fmt: skip
        for name, part in parts.items():
            if asked.only in (None, name):
                for measure, what, value in part():
                    print(f"{measure:<10}{what:<28}{value}", flush=True)
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
