"""Newspaper pages as PDF, made of the articles of the corpus, with what they hold.

A page has a running head, a page number and, one under another, rows of articles. In a row each article takes some of
the columns: its headline over them, its text running through them.
"""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable
from reportlab.lib.pagesizes import A3
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont as EmbeddedFont
from reportlab.pdfgen.canvas import Canvas

CORPUS = Path(__file__).parents[1] / "corpus"
sys.path.insert(0, str(CORPUS))
from corpus import read as read_corpus  # noqa: E402
from folders import corpus  # noqa: E402

Article = dict[str, Any]

NOTO = Path(__file__).parents[2] / "bulletinnlp" / "data" / "fonts" / "NotoSansSC.otf"
#: A font that is not embedded, and that every reader knows; and the one that is.
SONG, EMBEDDED = "STSong-Light", "Noto Sans SC"
HEAD = "平原日报 综合新闻 2023年6月9日 星期五"
MARGIN, GUTTER, BODY, LEADING = 50.0, 14.0, 9.5, 14.0
#: What the header of a TrueType font counts, and reportlab does not look at.
MOST = [
    "TwilightPoints", "Storage", "FunctionDefs", "InstructionDefs", "StackElements", "SizeOfInstructions", "Points",
    "ComponentElements", "Contours", "CompositePoints", "CompositeContours", "ComponentDepth",
]  # fmt: skip
NOT_FIRST, NOT_LAST = "，。、；：？！”’）》】…—%", "“‘（《【"


@cache
def articles() -> list[Article]:
    """The articles of the corpus that have a headline, in characters that the embedded font has."""
    found = [article for path in corpus() for article in read_corpus(path)]
    there = {*map(chr, TTFont(NOTO).getBestCmap()), "\n"}
    return [a for a in found if a.get("headline_plain") and a["_body"] and there.issuperset(a["text"])]


@cache
def ready(font: str) -> str:
    """The font, made known to reportlab."""
    if font == SONG:
        pdfmetrics.registerFont(UnicodeCIDFont(SONG))
    else:
        text = "".join(article["text"] for article in articles())
        pdfmetrics.registerFont(EmbeddedFont(EMBEDDED, truetype(text + HEAD + "第版0123456789— ")))
    return font


def truetype(text: str) -> BytesIO:
    """The glyphs of a text in outlines of TrueType, which reportlab can embed."""
    font = TTFont(NOTO)
    subsetter = Subsetter(Options(layout_features=[], notdef_outline=True))
    subsetter.populate(text=text)
    subsetter.subset(font)
    names, drawn = font.getGlyphOrder(), font.getGlyphSet()
    glyphs = {}
    for name in names:
        pen = TTGlyphPen(drawn)
        drawn[name].draw(Cu2QuPen(pen, 1.0, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = names, glyphs
    for table in {"CFF ", "VORG"} & set(font.keys()):
        del font[table]
    most = font["maxp"]
    most.tableVersion = 0x00010000
    for name in MOST:
        setattr(most, f"max{name}", 0)
    most.maxZones = 1
    font["post"].formatType, font.sfntVersion = 3.0, "\x00\x01\x00\x00"
    data = BytesIO()
    font.save(data)
    return BytesIO(data.getvalue())


def wide(text: str, font: str, size: float) -> float:
    return pdfmetrics.stringWidth(text, font, size)


def wrapped(text: str, width: float, font: str, size: float, indent: float = 0.0) -> list[tuple[float, str]]:
    """A paragraph as lines of a width, each with its indent; no line begins with a closing mark."""
    lines: list[tuple[float, str]] = []
    line, left = "", indent
    for char in text:
        if line and left + wide(line + char, font, size) > width + 0.01:
            kept = len(line)
            while kept > 1 and ((line + char)[kept] in NOT_FIRST or line[kept - 1] in NOT_LAST):
                kept -= 1
            lines.append((left, line[:kept]))
            line, left = line[kept:], 0.0
        line += char
    return [*lines, (left, line)] if line else lines


@dataclass
class Sheet:
    """A page that is being set. Points are counted from its upper left corner."""

    canvas: Canvas
    font: str
    columns: int
    width: float = A3[0]
    height: float = A3[1]

    @property
    def column(self) -> float:
        return (self.width - 2 * MARGIN - (self.columns - 1) * GUTTER) / self.columns

    def left(self, column: int) -> float:
        return MARGIN + column * (self.column + GUTTER)

    def span(self, columns: int) -> float:
        return columns * self.column + (columns - 1) * GUTTER

    def write(self, x: float, top: float, text: str, size: float, spread: float | None = None) -> None:
        """A line; `spread` is the width that it is spaced out to fill."""
        words = self.canvas.beginText(x, self.height - top - 0.88 * size)
        words.setFont(self.font, size)
        left = spread - wide(text, self.font, size) if spread and self.font == SONG else 0.0
        words.setCharSpace(left / max(len(text) - 1, 1))
        words.textOut(text)
        self.canvas.drawText(words)

    def centred(self, left: float, width: float, top: float, text: str, size: float) -> None:
        self.write(left + (width - wide(text, self.font, size)) / 2, top, text, size)


def text_lines(sheet: Sheet, article: Article, signed: str) -> list[tuple[float, str, bool]]:
    """The lines of an article's text: indent, characters, whether the line is full. Its byline stands behind the last
    word, or to the `right`."""
    start, end = article["_body"]
    paragraphs = article["text"][start:end].split("\n")
    paragraphs[0] = f"{article['dateline']} {paragraphs[0]}" if article["dateline"] else paragraphs[0]
    byline = article["byline"] or ""
    if signed != "right":
        paragraphs[-1] += byline
    lines = []
    for paragraph in paragraphs:
        some = wrapped(paragraph, sheet.column, sheet.font, BODY, 2 * BODY)
        lines += [(indent, text, n < len(some)) for n, (indent, text) in enumerate(some, 1)]
    if signed == "right":
        for _, text in wrapped(byline, sheet.column, sheet.font, BODY):
            lines.append((max(sheet.column - wide(text, sheet.font, BODY), 0.0), text, False))
    return lines


def set_article(sheet: Sheet, article: Article, first: int, columns: int, top: float, rng: random.Random) -> float:
    """Set an article in some columns from `top` on; gives where it ends."""
    size = rng.choice([16, 18, 22, 26]) if columns > 1 else rng.choice([13, 14, 16])
    is_centred = rng.random() < 0.7
    over = (article.get("eyebrow_plain"), max(size * 0.6, BODY + 2)), (article["headline_plain"], size)
    for text, own in over:
        for _, line in wrapped(text or "", sheet.span(columns), sheet.font, own):
            if is_centred:
                sheet.centred(sheet.left(first), sheet.span(columns), top, line, own)
            else:
                sheet.write(sheet.left(first), top, line, own)
            top += own * 1.3
    lines = text_lines(sheet, article, rng.choice(["behind", "right"]))
    height = -(-len(lines) // columns)
    for n, (indent, text, is_full) in enumerate(lines):
        x = sheet.left(first + n // height) + indent
        sheet.write(x, top + 5 + n % height * LEADING, text, BODY, sheet.column - indent if is_full else None)
    return top + 5 + height * LEADING


def height_of(sheet: Sheet, article: Article, columns: int) -> float:
    """How high an article is over so many columns, at most."""
    return 100 + len(text_lines(sheet, article, "right")) / columns * LEADING


def set_page(sheet: Sheet, left: list[Article], number: int, rng: random.Random) -> list[Article]:
    """Set a page; takes what fits from the front of `left`, and gives it."""
    sheet.write(MARGIN, 24, HEAD, 8.5)
    sheet.write(sheet.width - MARGIN - 60, 24, f"第{number}版", 8.5)
    sheet.centred(MARGIN, sheet.width - 2 * MARGIN, sheet.height - 30, f"— {number} —", 8.5)
    found: list[Article] = []
    top, bottom = 56.0, sheet.height - 50.0
    while True:
        ends = []
        for first, columns in stretches(sheet.columns, rng):
            while left and (top if len(ends) <= first else 0) + height_of(sheet, left[0], columns) < bottom:
                found.append(left.pop(0))
                ends.append(set_article(sheet, found[-1], first, columns, top, rng))
                break
        if not ends:
            sheet.canvas.showPage()
            return found
        top = max(ends) + 24


def stretches(columns: int, rng: random.Random) -> list[tuple[int, int]]:
    """The columns of a page, cut into one to three stretches: (first column, how many)."""
    cuts = sorted(rng.sample(range(1, columns), min(rng.choice([0, 1, 1, 2]), columns - 1)))
    return [(a, b - a) for a, b in pairwise([0, *cuts, columns])]


def newspaper(path: Path, columns: list[int], seed: int = 1, font: str = SONG) -> list[list[Article]]:
    """Write a PDF with a page for each number of columns; gives the articles of its pages in order."""
    rng = random.Random(seed)
    left = list(articles())
    rng.shuffle(left)
    canvas = Canvas(str(path), pagesize=A3)
    pages = [set_page(Sheet(canvas, ready(font), many), left, n, rng) for n, many in enumerate(columns, 1)]
    canvas.save()
    return pages
