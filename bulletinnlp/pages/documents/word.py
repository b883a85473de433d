"""The text of a Word file: its paragraphs, tables and text boxes in order, footnotes behind them.

Headers and footers are kept as running heads, which belong to no article; what was deleted with changes tracked is left
out, what was inserted is text. A paragraph in larger type than most is a headline's.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from bulletinnlp.pages.documents.document import Document, DocumentError, parsing
from bulletinnlp.pages.documents.layout_boxes import LARGE
from bulletinnlp.pages.file_types import WORD, misnamed
from bulletinnlp.pages.page import TextLine

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PARAGRAPH, _TABLE, _ROW, _CELL, _BOX = (f"{_W}{tag}" for tag in ("p", "tbl", "tr", "tc", "txbxContent"))
#: What stands for a character; what is no text of the document.
_CHARACTERS = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_NO_TEXT = {_FALLBACK, *(f"{_W}{tag}" for tag in ("del", "moveFrom", "instrText", "pPr", "rPr"))}
#: A longer row of a table is no row of figures, but text that is set in cells.
_LONGEST_ROW = 100
#: Sizes are counted in half points; this is Word's own where a file says none.
_USUAL = 21


class _Line(NamedTuple):
    """A line of the text, and the size of its type in half points."""

    text: str
    size: int
    head: bool = False


def read(path: Path) -> Document:
    """The text of a Word file. Raises DocumentError for one that can not be read or is empty, OSError."""
    import docx

    data = path.read_bytes()
    if not data:
        raise DocumentError("the file is empty")
    if not data.startswith(b"PK"):
        raise DocumentError(_locked(data) or misnamed(data, path.stem, WORD))
    try:
        with parsing("the Word file"):
            found = list(_lines(docx.Document(io.BytesIO(data))))
    except DocumentError:
        message = misnamed(data, path.stem, WORD)
        if "but" in message:
            raise DocumentError(message) from None
        raise
    if not any(not line.head for line in found):
        raise DocumentError("the Word file holds no text; is it a picture of a page?")
    return _document(found)


def _locked(data: bytes) -> str | None:
    """What to say of a Word file that a password locks: it is packed otherwise."""
    locked = "EncryptedPackage".encode("utf-16-le") in data
    return "the Word file is locked with a password; save a copy without one" if locked else None


def _document(found: list[_Line]) -> Document:
    sizes: Counter[int] = Counter()
    for line in found:
        sizes[line.size] += len(line.text) * (not line.head)
    body = sizes.most_common(1)[0][0]
    text: list[str] = []
    lines: list[TextLine] = []
    length = 0
    for line in found:
        end = length + len(line.text)
        large = line.size > LARGE * body and not line.head
        if large or line.head:
            lines.append(TextLine(length, end, None, line.size / 2, line.head, large))
        text.append(line.text)
        length = end + 1
    return Document("\n".join([*text, ""]), tuple(lines))


def _lines(document: Any) -> Iterator[_Line]:
    """The lines of a `docx.Document`."""
    styles = _Styles(document)
    heads = list(dict.fromkeys(_running(document, "header")))
    feet = list(dict.fromkeys(_running(document, "footer")))
    for text in heads:
        yield _Line(text, _USUAL, head=True)
    yield from _content(document.element.body, styles)
    for part in document.part.package.iter_parts():
        if str(part.partname) in ("/word/footnotes.xml", "/word/endnotes.xml"):
            yield from _content(_parsed(part.blob), styles)
    for text in feet:
        yield _Line(text, _USUAL, head=True)


def _parsed(blob: bytes) -> Any:
    from docx.oxml import parse_xml

    return parse_xml(blob)


def _running(document: Any, which: str) -> Iterator[str]:
    """The lines of the headers or footers of all sections."""
    for section in document.sections:
        for name in (which, f"first_page_{which}", f"even_page_{which}"):
            part = getattr(section, name)
            if not part.is_linked_to_previous:
                for paragraph in part._element.iter(_PARAGRAPH):
                    yield from filter(None, (line.strip() for line in _text(paragraph).split("\n")))


def _content(parent: Any, styles: _Styles) -> Iterator[_Line]:
    """The lines of paragraphs and tables, wherever they are wrapped."""
    for element in parent.iterchildren():
        if element.tag == _PARAGRAPH:
            yield from _paragraph(element, styles)
        elif element.tag == _TABLE:
            for row in element.iter(_ROW):
                yield from _table_row(row, styles)
        elif element.tag not in _NO_TEXT:
            yield from _content(element, styles)


def _paragraph(element: Any, styles: _Styles) -> Iterator[_Line]:
    """The lines of a paragraph, and of the text boxes that hang on it."""
    size = styles.size(element)
    for line in _text(element).split("\n"):
        if text := " ".join(line.split()):
            yield _Line(text, size)
    for box in element.iter(_BOX):
        if not any(parent.tag == _FALLBACK for parent in box.iterancestors()):
            yield from _content(box, styles)


def _table_row(row: Any, styles: _Styles) -> Iterator[_Line]:
    """A row of a table: one line of cells, or where text is set in cells, a line for each paragraph."""
    cells = [list(_content(cell, styles)) for cell in row.iterchildren(_CELL)]
    whole = " ".join(line.text for cell in cells for line in cell)
    if all(len(cell) <= 1 for cell in cells) and len(whole) <= _LONGEST_ROW:
        if whole:
            yield _Line(whole, min(line.size for cell in cells for line in cell))
        return
    for cell in cells:
        yield from cell


def _text(paragraph: Any) -> str:
    """The characters of a paragraph, those in its text boxes aside."""
    found: list[str] = []
    for element in paragraph.iterchildren():
        if element.tag == f"{_W}t":
            found.append(element.text or "")
        elif element.tag in _CHARACTERS:
            found.append(_CHARACTERS[element.tag])
        elif element.tag not in _NO_TEXT and element.tag != _BOX:
            found.append(_text(element))
    return "".join(found)


class _Styles:
    """The size of type that the styles of a file give a paragraph, in half points."""

    def __init__(self, document: Any) -> None:
        self._own: dict[str, int | None] = {}
        self._based: dict[str, str | None] = {}
        root = document.styles.element
        for style in root.iter(f"{_W}style"):
            name = style.get(f"{_W}styleId")
            based = style.find(f"{_W}basedOn")
            self._own[name] = _size(style.find(f"{_W}rPr"))
            self._based[name] = based.get(f"{_W}val") if based is not None else None
            if style.get(f"{_W}default") == "1" and style.get(f"{_W}type") == "paragraph":
                self._usual_style = name
        defaults = root.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr")
        self._usual = _size(defaults) or _USUAL

    def size(self, paragraph: Any) -> int:
        """The size of most of a paragraph."""
        named = paragraph.find(f"{_W}pPr/{_W}pStyle")
        style = self._of(named.get(f"{_W}val") if named is not None else None)
        sizes: Counter[int] = Counter()
        for run in paragraph.iter(f"{_W}r"):
            length = sum(len(text.text or "") for text in run.iterchildren(f"{_W}t"))
            sizes[_size(run.find(f"{_W}rPr")) or style] += length
        return sizes.most_common(1)[0][0] if sizes else style

    def _of(self, style: str | None) -> int:
        style = style or getattr(self, "_usual_style", None)
        for _ in range(len(self._own)):
            if style is None:
                break
            if size := self._own.get(style):
                return size
            style = self._based.get(style)
        return self._usual


def _size(properties: Any) -> int | None:
    size = properties.find(f"{_W}sz") if properties is not None else None
    value = size.get(f"{_W}val") if size is not None else None
    return int(value) if value and value.isdigit() else None
