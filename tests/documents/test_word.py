"""Word files as input: what stands in them, in order, and files that can not be read."""

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.shared import Pt

import bulletinnlp
from bulletinnlp.articles import split
from bulletinnlp.pages import Page, ProblemRow, scan
from bulletinnlp.runs.extract import extract_to

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)

Write = Callable[[docx.document.Document], None]


@pytest.fixture
def word(tmp_path: Path) -> Callable[[Write], Path]:
    """Makes a Word file that a function writes."""

    def make(write: Write) -> Path:
        document = docx.Document()
        write(document)
        document.save(str(tmp_path / "a.docx"))
        return tmp_path / "a.docx"

    return make


def page(path: Path) -> Page:
    (found,) = (item for item in scan(path) if isinstance(item, Page))
    return found


def error(path: Path) -> str:
    (found,) = scan(path)
    assert isinstance(found, ProblemRow)
    return found.message.removeprefix(f"{path}: ")


def add(document: docx.document.Document, xml: str) -> None:
    """Add an element in front of the settings that end the body."""
    document.element.body.insert(-1, parse_xml(xml.replace(">", f" {NAMESPACES}>", 1)))


def test_paragraphs_tables_and_line_breaks_in_order(word: Callable[[Write], Path]) -> None:
    def write(document: docx.document.Document) -> None:
        document.add_paragraph("县里开会")
        document.add_paragraph("6月8日，县里召开\n会议。")
        table = document.add_table(2, 2)
        for row, texts in zip(table.rows, [("乡镇", "面积"), ("东关", "4.2")], strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        document.add_paragraph("会后，农机手下乡。")

    assert page(word(write)).text == "县里开会\n6月8日，县里召开\n会议。\n乡镇 面积\n东关 4.2\n会后，农机手下乡。\n"


def test_articles_that_are_set_in_a_table(word: Callable[[Write], Path]) -> None:
    def write(document: docx.document.Document) -> None:
        left, right = document.add_table(1, 2).rows[0].cells
        left.text, right.text = "县里开会\n6月8日，县里召开会议。", "县一中开学\n9月1日，县一中开学。"

    assert page(word(write)).text.split("\n")[:4] == [
        "县里开会",
        "6月8日，县里召开会议。",
        "县一中开学",
        "9月1日，县一中开学。",
    ]


#: What Word wraps around 县里开会.
WRAPPED = {
    "inserted with changes tracked": "<w:p><w:ins w:id='1' w:author='a'><w:r><w:t>县里开会</w:t></w:r></w:ins></w:p>",
    "deleted with changes tracked": """<w:p><w:r><w:t>县里</w:t></w:r>
        <w:del w:id='1' w:author='a'><w:r><w:delText>不</w:delText></w:r></w:del><w:r><w:t>开会</w:t></w:r></w:p>""",
    "a field to fill in": "<w:sdt><w:sdtContent><w:p><w:r><w:t>县里开会</w:t></w:r></w:p></w:sdtContent></w:sdt>",
    "a link": "<w:p><w:hyperlink><w:r><w:t>县里</w:t></w:r></w:hyperlink><w:r><w:t>开会</w:t></w:r></w:p>",
    "a field": """<w:p><w:r><w:t>县里</w:t></w:r><w:r><w:instrText>AUTHOR</w:instrText></w:r>
        <w:r><w:t>开会</w:t></w:r></w:p>""",
    "a text box, which is saved twice": """<w:p><w:r><mc:AlternateContent>
        <mc:Choice Requires='wps'><wps:txbx><w:txbxContent>
            <w:p><w:r><w:t>县里开会</w:t></w:r></w:p>
        </w:txbxContent></wps:txbx></mc:Choice>
        <mc:Fallback><v:textbox><w:txbxContent>
            <w:p><w:r><w:t>县里开会</w:t></w:r></w:p>
        </w:txbxContent></v:textbox></mc:Fallback></mc:AlternateContent></w:r></w:p>""",
    "an old text box": """<w:p><w:r><w:pict><v:textbox><w:txbxContent>
            <w:p><w:r><w:t>县里开会</w:t></w:r></w:p>
        </w:txbxContent></v:textbox></w:pict></w:r></w:p>""",
}


@pytest.mark.parametrize("what", WRAPPED)
def test_wrapped_text(word: Callable[[Write], Path], what: str) -> None:
    assert page(word(lambda document: add(document, WRAPPED[what]))).text == "县里开会\n"


def test_headers_and_footers_are_kept_and_belong_to_no_article(word: Callable[[Write], Path]) -> None:
    def write(document: docx.document.Document) -> None:
        document.sections[0].header.paragraphs[0].text = "平原日报社"
        document.sections[0].footer.paragraphs[0].text = "内部资料"
        document.add_paragraph("县里开会")
        document.add_paragraph("本报讯 6月8日，县里召开会议，部署夏收工作。（记者 王小明）")

    found = page(word(write))
    strays = [found.text[s.start : s.end] for s in split(found).segments if s.kind == "stray"]
    assert strays == ["平原日报社", "内部资料"]


def test_larger_type_is_a_headline(word: Callable[[Write], Path]) -> None:
    def write(document: docx.document.Document) -> None:
        for headline, text in (
            ("“老把式”遇上新农机，", "6月8日，村里来了农机手，三天收割小麦五万亩，看得大家直点头。"),
            ("开学", "9月1日，县一中开学，三千名新生走进校园，开始了新的学习生活。"),
        ):
            document.add_paragraph().add_run(headline).font.size = Pt(22)
            document.add_paragraph(text)

    assert [article.headline for article in split(page(word(write))).articles] == ["“老把式”遇上新农机，", "开学"]


def test_files_that_can_not_be_read(word: Callable[[Write], Path], tmp_path: Path) -> None:
    empty = word(lambda document: None)
    assert error(empty) == "the Word file holds no text; is it a picture of a page?"
    whole = empty.read_bytes()
    for name, data, expected in (
        ("b.docx", b"", "the file is empty"),
        ("c.docx", "县里开会。".encode(), "it is no Word file but plain text; name it c.txt"),
        ("d.docx", b"\xd0\xcf\x11\xe0" + bytes(600), "it is no Word file but a file of an old Office (.doc, .xls)"),
        ("e.docx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "the Word file is locked"),
        ("f.docx", whole[: len(whole) // 2], "the Word file is damaged"),
    ):
        (tmp_path / name).write_bytes(data)
        assert error(tmp_path / name).startswith(expected)


def damaged(data: bytes, part: str, change: Callable[[bytearray, int, int], None]) -> bytes:
    """The bytes of a Word file, one part of it changed: where its packed bytes begin, and how many they are."""
    found = bytearray(data)
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        info = packed.getinfo(part)
    begin = info.header_offset + 30 + sum(struct.unpack_from("<HH", data, info.header_offset + 26))
    change(found, begin, info.compress_size)
    return bytes(found)


def overwritten(found: bytearray, begin: int, length: int) -> None:
    found[begin : begin + length] = b"\xff" * length


def one_byte(found: bytearray, begin: int, length: int) -> None:
    found[begin + length // 2] ^= 0x55


def newer(found: bytearray, begin: int, length: int) -> None:
    """The directory asks for a version of zip that does not exist."""
    at = -1
    while (at := found.find(b"PK\x01\x02", at + 1)) >= 0:
        found[at + 6] = 99


@pytest.mark.parametrize("change", [overwritten, one_byte, newer])
@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "[Content_Types].xml"])
def test_a_damaged_file_is_named_and_the_rest_goes_on(
    word: Callable[[Write], Path], part: str, change: Callable[[bytearray, int, int], None]
) -> None:
    whole = word(lambda document: document.add_paragraph("县里开会") and None)
    bad = whole.with_name("b.docx")
    bad.write_bytes(damaged(whole.read_bytes(), part, change))
    items = list(scan(whole.parent, published="2022"))
    assert [item.page_id for item in items if isinstance(item, Page)] == ["a"]
    assert [(item.severity, item.message) for item in items if isinstance(item, ProblemRow)] == [
        ("error", f"{bad}: the Word file is damaged, and was not read")
    ]


def test_a_damaged_file_and_workers(word: Callable[[Write], Path], tmp_path: Path) -> None:
    whole = word(lambda document: document.add_paragraph("县里开会") and None)
    whole.with_name("b.docx").write_bytes(damaged(whole.read_bytes(), "word/document.xml", overwritten))
    nothing = ("bylines", "times", "names", "places", "references", "roles", "quotes", "events")
    extract_to(tmp_path, tmp_path / "out", exclude=nothing, workers=2)
    found = bulletinnlp.Extraction.read(tmp_path / "out")
    assert found.pages["page_id"].tolist() == ["a"]
    assert found.problems.query("severity == 'error'")["page_id"].tolist() == ["b"]
