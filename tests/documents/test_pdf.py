"""PDF as input: the articles of pages in columns, what belongs to the page alone, files that can not be read."""

import random
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from newspapers import EMBEDDED, HEAD, SONG, Article, newspaper, ready
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from typer.testing import CliRunner

import bulletinnlp
from bulletinnlp.articles import split
from bulletinnlp.articles.article import Article as Found
from bulletinnlp.cli import app
from bulletinnlp.pages import Page, ProblemRow, scan
from bulletinnlp.pages.input_pages import inputs
from bulletinnlp.runs.extract import extract_to
from bulletinnlp.runs.input_records import input_of, records_of

NOTHING = ("bylines", "times", "names", "places", "references", "roles", "quotes", "events")
COLUMNS = [2, 3, 4, 5, 3, 4, 2, 5]
#: F1 of what stands in the articles of such pages, white space aside.
FLOORS = {"headline": 0.97, "eyebrow": 0.9, "byline": 0.93, "body": 0.9}


#: A file, and the articles of its pages.
Newspaper = tuple[Path, list[list[Article]]]


@pytest.fixture(scope="module", params=[SONG, EMBEDDED])
def printed(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, list[list[Article]]]:
    path = tmp_path_factory.mktemp("pdf") / "plain.pdf"
    return path, newspaper(path, COLUMNS, 3, request.param)


def bare(text: str | None) -> str:
    return "".join((text or "").split())


def told(article: Article) -> dict[str, str]:
    start, end = article["_body"]
    own = {"headline": article["headline_plain"], "eyebrow": article.get("eyebrow_plain"), "byline": article["byline"]}
    return {name: bare(text) for name, text in (own | {"body": article["text"][start:end]}).items()}


def found(article: Found) -> dict[str, str]:
    return {name: bare(getattr(article, name)) for name in FLOORS}


def test_the_articles_of_pages_in_columns(printed: Newspaper) -> None:
    path, pages = printed
    right: Counter[str] = Counter()
    both: Counter[str] = Counter()
    for page, articles in zip(read(path), pages, strict=True):
        for name in FLOORS:
            gold = Counter(filter(None, (told(article)[name] for article in articles)))
            ours = Counter(filter(None, (found(article)[name] for article in split(page).articles)))
            right[name] += (gold & ours).total()
            both[name] += gold.total() + ours.total()
    assert both["headline"] > 80
    assert {
        name: 2 * right[name] / both[name] for name, floor in FLOORS.items() if 2 * right[name] < floor * both[name]
    } == {}


def read(*sources: Path) -> list[Page]:
    return [item for item in scan(sources) if isinstance(item, Page)]


def problems(*sources: Path) -> list[str]:
    return [item.message for item in scan(sources) if isinstance(item, ProblemRow)]


def test_a_page_of_the_pdf_is_a_page(printed: Newspaper) -> None:
    pages = read(printed[0])
    assert [page.page_id for page in pages] == [f"plain#p{n}" for n in range(1, 9)]
    assert [page.leaf for page in pages] == list(range(1, 9))
    assert {page.published for page in pages} == {"2023-06-09"}  # the running head says so


def test_heads_and_numbers_are_kept_and_belong_to_no_article(printed: Newspaper) -> None:
    for number, page in enumerate(read(printed[0]), 1):
        strays = "\n".join(page.text[s.start : s.end] for s in split(page).segments if s.kind == "stray").split("\n")
        assert [line for line in strays if line] == [HEAD, f"第{number}版", f"— {number} —"]


def test_every_line_stands_in_its_box(printed: Newspaper) -> None:
    """pdfium finds the line of the text where its box says that it is printed."""
    path, _ = printed
    with pypdfium2.PdfDocument(path) as document:
        for page, sheet in zip(read(path)[:3], document, strict=False):
            letters, height = sheet.get_textpage(), sheet.get_height()
            for line in page.lines:
                x0, y0, x1, y1 = line.box
                there = letters.get_text_bounded(x0 - 1, height - y1 - 2, x1 + 1, height - y0 + 2)
                assert bare(page.text[line.start : line.end]) in bare(there)
            covered = "".join(page.text[line.start : line.end] for line in page.lines)
            assert bare(covered) == bare(page.text)


Draw = Callable[[Canvas], None]


@pytest.fixture
def pdf(tmp_path: Path) -> Callable[..., Path]:
    """Makes a PDF of pages, each drawn by a function."""

    def make(*pages: Draw, name: str = "a.pdf", size: tuple[float, float] = A4, **options: object) -> Path:
        canvas = Canvas(str(tmp_path / name), pagesize=size, **options)
        for draw in pages:
            draw(canvas)
            canvas.showPage()
        canvas.save()
        return tmp_path / name

    return make


def write(canvas: Canvas, x: float, y: float, text: str, size: float = 10) -> None:
    canvas.setFont(ready(SONG), size)
    canvas.drawString(x, y, text)


#: x, y, text, size.
LINES = [
    (240, 780, "县里开会", 20),
    (60, 740, "　　本报讯 6月8日，县里召开会议，部署夏", 10),
    (60, 725, "收工作。会议要求，各镇要抢抓农时，颗粒", 10),
    (60, 710, "归仓。", 10),
    (300, 740, "　　会后，县农业农村局组织农机手下乡，三", 10),
    (300, 725, "天收割小麦五万亩。（记者 王小明）", 10),
]


def in_order(canvas: Canvas) -> None:
    for line in LINES:
        write(canvas, *line)


def test_paragraphs_are_as_they_were_typed(pdf: Callable[..., Path]) -> None:
    (page,) = read(pdf(in_order))
    assert page.page_id == "a"
    assert page.text == (
        "县里开会\n\n"
        "本报讯 6月8日，县里召开会议，部署夏收工作。会议要求，各镇要抢抓农时，颗粒归仓。\n\n"
        "会后，县农业农村局组织农机手下乡，三天收割小麦五万亩。（记者 王小明）\n"
    )


def shuffled(canvas: Canvas) -> None:
    for line in random.Random(1).sample(LINES, len(LINES)):
        write(canvas, *line)


def letter_by_letter(canvas: Canvas) -> None:
    for x, y, text, size in LINES:
        for n, char in enumerate(text):
            narrow = [c for c in text[:n] if c.isascii()]
            write(
                canvas, x + size * (n - sum(0.5 if c.isdigit() else 0.793 for c in narrow if c != " ")), y, char, size
            )


def bold_by_printing_twice(canvas: Canvas) -> None:
    for x, y, text, size in LINES:
        write(canvas, x, y, text, size)
        write(canvas, x + 0.3, y, text, size)


def scaled(canvas: Canvas) -> None:
    """Type of one point, made larger by the page."""
    canvas.scale(10, 10)
    for x, y, text, size in LINES:
        write(canvas, x / 10, y / 10, text, size / 10)


def turned(canvas: Canvas) -> None:
    """A page that lies on its side, and is shown upright."""
    canvas.setPageRotation(90)
    canvas.translate(A4[0], 0)
    canvas.rotate(90)
    for x, y, text, size in LINES:
        write(canvas, x, y - 250, text, size)


@pytest.mark.parametrize("draw", [shuffled, letter_by_letter, bold_by_printing_twice, scaled, turned])
def test_the_text_does_not_depend_on_how_it_is_printed(pdf: Callable[..., Path], draw: Draw) -> None:
    (expected,), (page,) = read(pdf(in_order)), read(pdf(draw, name="b.pdf"))
    assert page.text == expected.text


def test_turned_type_is_kept_and_belongs_to_no_article(pdf: Callable[..., Path]) -> None:
    def with_margin(canvas: Canvas) -> None:
        in_order(canvas)
        canvas.rotate(90)
        write(canvas, 100, -20, "广告热线")

    (page,) = read(pdf(with_margin))
    assert page.text.endswith("\n\n广告热线\n")
    assert split(page).segments[-2].kind == "stray"


def test_a_headline_from_top_to_bottom(pdf: Callable[..., Path]) -> None:
    def upright(canvas: Canvas) -> None:
        for n, char in enumerate("山村来了法官"):
            write(canvas, 60, 780 - 24 * n, char, 20)
        for n in range(8):
            write(
                canvas,
                120,
                780 - 15 * n,
                "　　6月8日，法庭庭长进村。" if n == 0 else "庭长看望了村里的学生，大家都很高兴，",
            )

    (page,) = read(pdf(upright))
    assert page.text.startswith("山村来了法官\n\n6月8日")


def test_a_headline_that_is_spaced_out(pdf: Callable[..., Path]) -> None:
    def spaced(canvas: Canvas) -> None:
        for n, char in enumerate("开学典礼"):
            write(canvas, 150 + 60 * n, 780, char, 24)
        for x, y, text, size in LINES[1:]:
            write(canvas, x, y, text, size)

    (page,) = read(pdf(spaced))
    assert page.text.startswith("开学典礼\n\n本报讯 6月8日")


def test_the_rows_of_a_table_are_lines(pdf: Callable[..., Path]) -> None:
    def with_table(canvas: Canvas) -> None:
        for n, row in enumerate([("乡镇", "面积", "用水"), ("东关", "4.2", "1650"), ("西关", "3.8", "1480")]):
            for m, cell in enumerate(row):
                write(canvas, 60 + 60 * m, 650 - 15 * n, cell)
        for x, y, text, size in LINES[:4]:
            write(canvas, x, y, text, size)

    (page,) = read(pdf(with_table))
    assert page.text.endswith("\n乡镇 面积 用水\n东关 4.2 1650\n西关 3.8 1480\n")


def test_engines_read_pages_of_pdf(pdf: Callable[..., Path]) -> None:
    path = pdf(in_order, in_order)
    records, _ = records_of(inputs(path))
    assert [(record["page_id"], record["leaf"]) for record in records] == [("a#p1", "1"), ("a#p2", "2")]
    assert [item.page_id for record in records for item in input_of(record).items if isinstance(item, Page)] == [
        "a#p1",
        "a#p2",
    ]
    told = f"a: {path} has 2 pages; the column leaf names one of them, from 1"
    assert input_of({"page_id": "a", "path": str(path)}).name == told


def test_bytes_that_are_no_pdf_and_the_rest_goes_on(pdf: Callable[..., Path], tmp_path: Path) -> None:
    whole = pdf(in_order, in_order)
    (tmp_path / "b.pdf").write_bytes(whole.read_bytes()[:300])
    (tmp_path / "c.pdf").write_text("县里开会。", encoding="utf-8")
    (tmp_path / "d.pdf").touch()
    (tmp_path / "e.txt").write_bytes(whole.read_bytes())
    pdf(in_order, name="f.pdf", encrypt="secret")
    found = bulletinnlp.extract(tmp_path)
    assert found.pages["page_id"].tolist() == ["a#p1", "a#p2"]
    errors = found.problems.query("severity == 'error'").set_index("page_id")["message"]
    assert errors.str.removeprefix(f"{tmp_path}/").to_dict() == {
        "b": "b.pdf: the PDF is damaged, and was not read",
        "c": "c.pdf: it is no PDF but plain text; name it c.txt",
        "d": "d.pdf: the file is empty",
        "e": "e.txt: it is no plain text but a PDF; name it e.pdf",
        "f": "f.pdf: the PDF is locked with a password; save a copy without one",
    }


def test_a_page_whose_content_is_damaged_is_not_blank(pdf: Callable[..., Path]) -> None:
    path = pdf(in_order, in_order)
    data = bytearray(path.read_bytes())
    begin = data.rindex(b"stream", 0, data.rindex(b"endstream")) + 10
    data[begin : begin + 40] = b"!" * 40
    path.write_bytes(data)
    items = list(scan(path, published="2022"))
    assert [item.page_id for item in items if isinstance(item, Page)] == ["a#p1"]
    assert [(item.severity, item.message) for item in items if isinstance(item, ProblemRow)] == [
        ("error", f"{path}, page 2: this page of the PDF shows nothing, and the file is damaged; it was not read")
    ]


def scan_of_a_page(canvas: Canvas) -> None:
    canvas.rect(50, 50, 300, 300, fill=1)


def test_pages_without_text(pdf: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    path = pdf(in_order, scan_of_a_page, lambda canvas: None)
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    scan, blank = (message.removeprefix(f"{path}, ") for message in problems(path) if "date of" not in message)
    assert scan.startswith("page 2: the page has no text layer (a scan?) and was not read; run OCR over the PDF, ")
    assert scan.endswith('or let it be read by OCR here: pip install "bulletinnlp[ocr]"')
    assert blank == "page 3: the page is blank"


def test_a_page_that_is_a_picture(pdf: Callable[..., Path]) -> None:
    """A page of the embedded font as a picture, read by OCR: words, columns, boxes."""

    def in_embedded(canvas: Canvas) -> None:
        for x, y, text, size in LINES:
            canvas.setFont(ready(EMBEDDED), size)
            canvas.drawString(x + 20 * text.startswith("　"), y, text.strip("　"))

    with pypdfium2.PdfDocument(pdf(in_embedded)) as document:
        picture = document[0].render(scale=3).to_pil()
    path = pdf(lambda canvas: canvas.drawInlineImage(picture, 0, 0, *A4), name="b.pdf")
    (page,) = read(path)
    (article,) = split(page).articles
    assert article.headline == "县里开会"
    assert bare(article.body).startswith("6月8日，县里召开会议，部署夏收工作。会议要求，各镇要抢抓农时，颗粒归仓。会后")
    assert "王小明" in (article.byline or "")
    headline = page.lines[0]
    assert headline.box is not None
    assert [abs(a - b) < 6 for a, b in zip(headline.box, (240, 44, 320, 64), strict=True)] == [True] * 4
    assert any("read by OCR" in message for message in problems(path))


def test_without_the_extra(pdf: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    path = pdf(in_order)
    pdf(in_order, in_order, name="b.pdf")
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    assert problems(path) == [f'{path}: reading .pdf needs the extra files: pip install "bulletinnlp[files]"']
    left_out = '2 files were left out (.pdf); to read them: pip install "bulletinnlp[files]"'
    assert problems(path.parent) == [f"{path.parent}: {left_out}"]


def test_a_pdf_beside_its_text_is_passed_over(pdf: Callable[..., Path]) -> None:
    path = pdf(in_order)
    path.with_suffix(".txt").write_text("县里开会\n\n6月8日，县里召开会议。", encoding="utf-8")
    assert [page.path for page in read(path.parent)] == [str(path.with_suffix(".txt"))]
    assert f"{path}: passed over, a.txt beside it is read" in problems(path.parent)


def test_a_manifest_names_pages_or_the_whole_file(pdf: Callable[..., Path]) -> None:
    path = pdf(in_order, in_order)
    rows = "page_id,published,paper,home\na,2022-06-09,平原日报,\na#p2,2022-06-10,,山东省聊城市\n"
    (path.parent / "manifest.csv").write_text(rows, encoding="utf-8")
    assert [(page.published, page.paper, page.home) for page in read(path.parent)] == [
        ("2022-06-09", "平原日报", None),
        ("2022-06-10", None, "山东省聊城市"),
    ]


def test_workers_and_resume(printed: Newspaper, tmp_path: Path) -> None:
    path, _ = printed
    alone = bulletinnlp.extract(path, exclude=NOTHING).tables
    extract_to(path, tmp_path, exclude=NOTHING, workers=2)
    both = bulletinnlp.Extraction.read(tmp_path).tables
    assert all(alone[name].equals(both[name]) for name in alone)
    assert extract_to(path, tmp_path, exclude=NOTHING, resume=True).done_before


def test_evidence_leads_to_boxes(pdf: Callable[..., Path]) -> None:
    found = bulletinnlp.extract(pdf(in_order, in_order), published="2022-06-09")
    row = next(row for row in found.times.itertuples() if row.text == "6月8日" and row.article_id.startswith("a#p2"))
    (box,) = found.boxes_of(row).itertuples()
    assert (box.page_id, round(box.x0), round(box.y0), box.size) == ("a#p2", 80, 93, 10)
    signed = found.bylines.iloc[0]
    assert [round(x) for x in found.boxes_of(signed)["x0"]] == [300]


def test_the_command_reads_pdf(pdf: Callable[..., Path], tmp_path: Path) -> None:
    path = pdf(in_order)
    path.with_name("b.pdf").write_bytes(path.read_bytes()[:300])
    run = CliRunner().invoke(app, ["extract", str(path.parent), "--out", str(tmp_path / "out")])
    assert run.exit_code == 1  # a page was not read
    assert "b.pdf: the PDF is damaged" in run.output
    assert "1 pages · 1 articles" in run.output
