"""Are the tables what they were? Of the seed pages, of composed pages (`varied.py`), and of long articles made of these
pages' text, cell by cell.

    python tests/benchmarks/unchanged.py FOLDER                 # the first time: keeps the tables in the folder
    python tests/benchmarks/unchanged.py FOLDER                 # after a change: says which rows differ

For changes that are to make a stage faster and nothing else. `--pages` composes more pages, with new names
(`varied.py`); the same number gives the same pages.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

from varied import write_pages

import bulletinnlp
from bulletinnlp.pages import Page

SEEDS = Path(__file__).parents[2] / "seeds"
#: Characters of a row that are shown.
WIDE = 300
#: So many pages' text makes a long article.
PAGES_AN_ARTICLE = 12
#: Rows of a table that are shown where it differs.
SHOWN = 3


def tables(pages: int) -> Iterator[tuple[str, str]]:
    """The tables, each as lines of JSON."""
    with tempfile.TemporaryDirectory() as folder:
        composed = write_pages(pages, Path(folder, "pages"))
        texts = [path.read_text(encoding="utf-8") for path in sorted(composed.glob("*.txt"))]
        sources = {"seeds": SEEDS, "composed": composed, "long": list(long_articles(texts))}
        for name, source in sources.items():
            for table, frame in bulletinnlp.extract(source, published="2022-11").tables.items():
                rows = frame.drop(columns="path", errors="ignore").to_dict("records")
                yield (
                    f"{name}-{table}",
                    "".join(f"{json.dumps(row, ensure_ascii=False, default=str)}\n" for row in rows),
                )


def long_articles(texts: list[str]) -> Iterator[Page]:
    """Pages of one line, so that all of it is one article."""
    for first in range(0, len(texts), PAGES_AN_ARTICLE):
        some = "".join("".join(text.split()) for text in texts[first : first + PAGES_AN_ARTICLE])
        yield Page(f"long{first}", some, home="山东省聊城市东昌府区")


def differing(before: str, now: str) -> Iterator[str]:
    """The rows that are gone and the rows that are new."""
    old, new = before.splitlines(), now.splitlines()
    known, kept = set(old), set(new)
    yield from (f"- {row}" for row in old if row not in kept)
    yield from (f"+ {row}" for row in new if row not in known)


def main() -> int:
    """Keep the tables, or compare them with those kept; 1 where some differ."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--pages", type=int, default=100)
    asked = options.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    changed = 0
    for name, now in tables(asked.pages):
        kept = asked.folder / f"{name}.jsonl"
        if not kept.exists():
            kept.write_text(now, encoding="utf-8")
        elif (before := kept.read_text(encoding="utf-8")) != now:
            rows = list(differing(before, now))
            changed += 1
            print(f"{name}: {len(rows)} rows differ" if rows else f"{name}: the same rows in another order")
            print(*(row[:WIDE] for row in rows[:SHOWN]), sep="\n")
    print(f"{changed} tables differ")
    return changed > 0


if __name__ == "__main__":
    raise SystemExit(main())
