"""Makes the sample files of notebook 07: articles.xlsx and page.pdf, of articles that were written for this project.

usage: python make.py
"""

import random
import sys
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook

HERE, ROOT = Path(__file__).parent, Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "documents")]
import newspapers as press  # noqa: E402

CORPUS = ROOT / "training" / "corpus"
ARTICLES = ROOT / "training" / "articles"

#: The subject of each row: an article of a file of the corpus, by its number there.
ROWS = {
    "农业": [("p1a", 0), ("p2a", 0), ("p3a", 2), ("p4a", 0)],
    "应急": [("p1a", 1), ("p1a", 7), ("p4a", 4), ("p5a", 5)],
    "法治": [("p1a", 5), ("p2a", 8), ("p3a", 4)],
    "经济": [("p1a", 3), ("p1a", 4), ("p2a", 5), ("p2a", 7)],
    "民生": [("p2a", 3), ("p4a", 3), ("p5a", 7)],
    "文体": [("p4a", 7), ("p5a", 3)],
}
HEAD = "平原日报 县域新闻 2022年7月29日 星期五"
#: The rows of the page: article of institutional.txt, its byline, first column, how many columns.
LAYOUT = [
    [(8, "（记者 王强）", 0, 3)],
    [(30, "（通讯员 李淑芬）", 0, 1), (24, "（记者 赵明）", 1, 1), (26, "（陈建军）", 2, 1)],
    [(9, "（通讯员 孙立）", 0, 3)],
    [(11, "（记者 刘海燕）", 0, 3)],
]


def article(path: Path, number: int) -> dict[str, Any]:
    return list(press.read_corpus(path))[number]


def body(of: dict[str, Any]) -> str:
    start, end = of["_body"]
    return of["text"][start:end]


def sheet(path: Path) -> None:
    """A row an article; dates as people write them, one of them none, and one row without a text."""
    book = Workbook()
    rows = book.active
    rows.append(["标题", "正文", "日期", "来源", "作者", "栏目"])
    chosen = [(subject, article(CORPUS / f"{file}.txt", n)) for subject, some in ROWS.items() for file, n in some]
    chosen.sort(key=lambda one: one[1]["published"])
    for n, (subject, one) in enumerate(chosen):
        day = date.fromisoformat(one["published"])
        written = [day, f"{day.year}年{day.month}月{day.day}日", int(day.strftime("%Y%m%d")), "不详"]
        text = f"{one['dateline']} {body(one)}" if one["dateline"] else body(one)
        way = 3 if n == 12 else n % 3
        rows.append([one["headline_plain"], text, written[way], one["paper"], one["byline"], subject])
    rows.append(["图片新闻：秋收", None, date(2023, 10, 27), "茌平新闻", None, "农业"])
    book.save(path)


def page(path: Path) -> None:
    """A page in three columns."""
    rows = [
        [({**article(ARTICLES / "institutional.txt", n), "byline": byline}, *where) for n, byline, *where in row]
        for row in LAYOUT
    ]
    used = "".join(one["text"] + one["byline"] for row in rows for one, *_ in row)
    press.pdfmetrics.registerFont(press.EmbeddedFont("Sample", press.truetype(used + HEAD + "第2版— ")))
    width, height = 560.0, 720.0
    canvas = press.Canvas(str(path), pagesize=(width, height), invariant=1)
    paper = press.Sheet(canvas, "Sample", 3, width, height)
    paper.write(press.MARGIN, 24, HEAD, 8.5)
    paper.write(width - press.MARGIN - 25, 24, "第2版", 8.5)
    top = 50.0
    for row in rows:
        top = 22 + max(press.set_article(paper, *one, top, random.Random(1)) for one in row)
    canvas.showPage()
    canvas.save()


if __name__ == "__main__":
    sheet(HERE / "articles.xlsx")
    page(HERE / "page.pdf")
