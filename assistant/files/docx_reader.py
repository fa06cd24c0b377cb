"""Word files (.docx): a walk over the XML that resolves merged cells, tracked changes, text boxes and automatic numbering."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from assistant.domain.report import Loss, LossKind
from assistant.errors import UnreadableFile
from assistant.files.docx_cells import GridBuilder, PrintedRow, cells, free_before, marks_in, paragraphs, rows, spans_of
from assistant.files.docx_names import STRICT, TABLE, TRANSPARENT, P, W
from assistant.files.docx_numbering import Numbering
from assistant.files.docx_plain_table import plain_rows
from assistant.files.docx_text import TableTexts, TextReader
from assistant.files.limits import MOST_CELLS, Archive, damaged, parse_xml
from assistant.files.raw import Paragraph, RawDocument, RawTable

if TYPE_CHECKING:
    from lxml.etree import _Element

_DEEPEST_TABLE = 8


def read_docx(content: bytes) -> RawDocument:
    """Paragraphs and tables of a Word file. Raises `UnreadableFile` when it is damaged, hostile or no Word file."""
    archive = Archive(content)
    body_xml = archive.read("word/document.xml")
    if body_xml is None:
        raise UnreadableFile("文件不是 Word 文档（.docx）。", "请确认扩展名与内容一致，或用办公软件另存为 .docx。")
    if STRICT.encode()[1:-1] in body_xml[:4000]:
        body_xml = body_xml.replace(STRICT.encode()[1:-1], W.encode()[1:-1])
    body = parse_xml(body_xml).find(f"{W}body")
    if body is None:
        raise damaged()
    walk = _Walk(Numbering.of(archive), body)
    walk.children(body, 0)
    return RawDocument(tuple(walk.items), losses=tuple(_ignored(archive, walk.reader)))


def _ignored(archive: Archive, reader: TextReader) -> Iterator[Loss]:
    if "word/comments.xml" in archive.names:
        yield Loss(kind=LossKind.IGNORED, message="文件带有批注，批注内容没有读取。")
    if "word/vbaProject.bin" in archive.names:
        yield Loss(kind=LossKind.IGNORED, message="文件带有宏，宏没有运行，也没有读取。")
    if reader.deletions:
        yield Loss(kind=LossKind.IGNORED, message="文件带有修订、划去或隐藏的文字，已按接受全部修订读取，删去的内容没有采用。")
    if reader.pictures:
        yield Loss(kind=LossKind.IGNORED, message=f"文件正文中有 {reader.pictures} 处图片，图片中的内容没有读取。")


class _Walk:
    """One pass over the body; `items` fill in reading order."""

    def __init__(self, numbering: Numbering, body: _Element) -> None:
        self.items: list[Paragraph | RawTable] = []
        self.reader = TextReader(body)
        self._numbering = numbering
        self._tables = 0
        self._cells = 0

    def children(self, parent: _Element, depth: int) -> None:
        """Take paragraphs and tables directly inside `parent` or inside content controls and insertions."""
        for child in parent:
            tag = child.tag
            if tag == P:
                self._paragraph(child, depth)
            elif tag == TABLE:
                self._table(child, depth)
            elif tag in TRANSPARENT:
                self.children(child, depth)

    def _paragraph(self, element: _Element, depth: int) -> None:
        """A paragraph; line breaks inside it begin new ones. Text boxes anchored in it come first."""
        for box in self.reader.boxes(element):
            if depth < _DEEPEST_TABLE:
                self.children(box, depth + 1)
        for line in (self._numbering.prefix(element) + self.reader.text(element)).split("\n"):
            if line.strip():
                self.items.append(Paragraph(line.strip(), f"第{len(self.items) + 1}段"))

    def _table(self, element: _Element, depth: int, texts: TableTexts | None = None) -> None:
        """A table with its merged cells resolved; tables inside its cells come after it. `texts` are those of the table around it."""
        if depth > _DEEPEST_TABLE:
            raise UnreadableFile("表格嵌套过深，已拒绝读取。", "请把报告的表格复制到新文件后再试。")
        self._tables += 1
        name = f"表{self._tables}"
        grid = GridBuilder(name)
        inner: list[_Element] = []
        printed: Iterable[PrintedRow] | None = None
        if self.reader.plain and not self._numbering.in_use(element):
            printed = plain_rows(element)
        if printed is None:
            texts = texts or TableTexts(self.reader, element)
            printed = self._rows(element, texts)
            inner = [found for row in rows(element) for cell in cells(row) for found in cell.iterchildren(TABLE)]
        for row in printed:
            grid.add(row)
            self._cells += len(row.cells)
            if self._cells > MOST_CELLS:
                raise UnreadableFile("表格单元格过多，已拒绝读取。", "请只保留年度报告本身后再试。")
        self.items.append(RawTable(grid.done(), name))
        for found in inner:
            self._table(found, depth + 1, texts)

    def _rows(self, table: _Element, texts: TableTexts) -> Iterator[PrintedRow]:
        """The rows of any table."""
        marks = marks_in(table)
        for row in rows(table):
            yield PrintedRow(free_before(row), [(self._cell_text(cell, texts), spans_of(marks.get(cell, ()))) for cell in cells(row)])

    def _cell_text(self, cell: _Element, texts: TableTexts) -> str:
        """The paragraphs of a cell, one a line."""
        found = [self._numbering.prefix(one) + texts.text(one) for one in paragraphs(cell, has_boxes=self.reader.has_boxes)]
        return "\n".join(text for text in found if text and not text.isspace())
