"""Word files (.docx): a walk over the XML that resolves merged cells, tracked changes, text boxes and automatic numbering."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.domain.report import Loss, LossKind
from assistant.errors import UnreadableFile
from assistant.files.docx_numbering import Numbering
from assistant.files.limits import MOST_CELLS, MOST_SPAN, Archive, damaged, parse_xml
from assistant.files.raw import Paragraph, RawCell, RawDocument, RawTable

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_DEEPEST_TABLE = 8


def read_docx(content: bytes) -> RawDocument:
    """Paragraphs and tables of a Word file. Raises `UnreadableFile` when it is damaged, hostile or no Word file."""
    archive = Archive(content)
    body_xml = archive.read("word/document.xml")
    if body_xml is None:
        raise UnreadableFile("文件不是 Word 文档（.docx）。", "请确认扩展名与内容一致，或用办公软件另存为 .docx。")
    if _STRICT.encode()[1:-1] in body_xml[:4000]:
        body_xml = body_xml.replace(_STRICT.encode()[1:-1], _W.encode()[1:-1])
    body = parse_xml(body_xml).find(f"{_W}body")
    if body is None:
        raise damaged()
    walk = _Walk(Numbering.of(archive))
    walk.children(body, 0)
    return RawDocument(tuple(walk.items), losses=tuple(_ignored(archive, walk)))


def _ignored(archive: Archive, walk: _Walk) -> Iterator[Loss]:
    if "word/comments.xml" in archive.names:
        yield Loss(kind=LossKind.IGNORED, message="文件带有批注，批注内容没有读取。")
    if "word/vbaProject.bin" in archive.names:
        yield Loss(kind=LossKind.IGNORED, message="文件带有宏，宏没有运行，也没有读取。")
    if walk.deletions:
        yield Loss(kind=LossKind.IGNORED, message="文件带有修订、划去或隐藏的文字，已按接受全部修订读取，删去的内容没有采用。")
    if walk.pictures:
        yield Loss(kind=LossKind.IGNORED, message=f"文件正文中有 {walk.pictures} 处图片，图片中的内容没有读取。")


class _Walk:
    """One pass over the body; `items` fill in reading order."""

    def __init__(self, numbering: Numbering) -> None:
        self.items: list[Paragraph | RawTable] = []
        self.numbering = numbering
        self.deletions = 0
        self.pictures = 0
        self.tables = 0
        self.cells = 0

    def children(self, parent: _Element, depth: int) -> None:
        """Take paragraphs and tables directly inside `parent` or inside content controls and insertions."""
        for child in parent:
            tag = child.tag
            if tag == f"{_W}p":
                self.paragraph(child, depth)
            elif tag == f"{_W}tbl":
                self.table(child, depth)
            elif tag in _TRANSPARENT:
                self.children(child, depth)

    def paragraph(self, element: _Element, depth: int) -> None:
        """A paragraph; line breaks inside it begin new ones. Text boxes anchored in it come first."""
        for box in self._boxes(element):
            if depth < _DEEPEST_TABLE:
                self.children(box, depth + 1)
        text = self.numbering.prefix(element) + self.text(element)
        for line in text.split("\n"):
            if line.strip():
                self.items.append(Paragraph(line.strip(), f"第{len(self.items) + 1}段"))

    def text(self, element: _Element) -> str:
        """The visible text of a paragraph without its text boxes."""
        parts: list[str] = []
        for node in element.iter():
            tag = node.tag
            if tag == f"{_W}t":
                if node.text and _unseen(node):
                    self.deletions += 1
                elif node.text and not _inside(node, element, _BOX):
                    parts.append(node.text.translate(_SUPERSCRIPT) if _raised(node) else node.text)
            elif tag == f"{_W}br" or tag == f"{_W}cr":
                parts.append("\n")
            elif tag == f"{_W}tab" and (run := node.getparent()) is not None and run.tag == f"{_W}r":
                parts.append(" ")
            elif tag == f"{_W}noBreakHyphen":
                parts.append("-")
            elif tag == f"{_W}delText":
                self.deletions += 1
            elif tag == f"{_W}drawing" or tag == f"{_W}pict":
                self.pictures += node.find(f".//{_BOX}") is None
        return "".join(parts)

    def _boxes(self, element: _Element) -> list[_Element]:
        found = element.findall(f".//{_BOX}")
        return [box for box in found if not _inside(box, element, _FALLBACK) or not _has_choice(box, element)] if found else []

    def table(self, element: _Element, depth: int) -> None:
        """A table with its merged cells resolved; tables inside its cells come after it."""
        if depth > _DEEPEST_TABLE:
            raise UnreadableFile("表格嵌套过深，已拒绝读取。", "请把报告的表格复制到新文件后再试。")
        self.tables += 1
        name = f"表{self.tables}"
        grid = _GridBuilder(name)
        inner: list[_Element] = []
        for row in _rows(element):
            grid.begin_row(_number(row, f"{_W}trPr/{_W}gridBefore", 0))
            for cell in _cells(row):
                inner.extend(child for child in cell if child.tag == f"{_W}tbl")
                grid.add(_span(cell), _merge(cell), self.cell_text(cell))
                self.cells += 1
                if self.cells > MOST_CELLS:
                    raise UnreadableFile("表格单元格过多，已拒绝读取。", "请只保留年度报告本身后再试。")
        self.items.append(RawTable(grid.done(), name))
        for nested in inner:
            self.table(nested, depth + 1)

    def cell_text(self, cell: _Element) -> str:
        """The paragraphs of a cell, one a line."""
        lines = []
        for child in cell.iter(f"{_W}p"):
            if not _inside(child, cell, f"{_W}tbl"):
                text = self.numbering.prefix(child) + self.text(child)
                if text.strip():
                    lines.append(text)
        return "\n".join(lines)


_BOX = f"{_W}txbxContent"
_TRANSPARENT = {f"{_W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")}


class _GridBuilder:
    """Cells with spans from gridSpan and vMerge."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.row = -1
        self.column = 0
        self.cells: list[RawCell] = []
        self.open: dict[int, int] = {}

    def begin_row(self, skipped: int) -> None:
        self.row += 1
        self.column = skipped

    def add(self, span: int, merge: str | None, text: str) -> None:
        start, self.column = self.column, self.column + span
        above = self.open.get(start) if merge == "continue" else None
        if above is not None and self._continues(above, span):
            old = self.cells[above]
            joined = f"{old.text}\n{text}".strip() if text.strip() else old.text
            self.cells[above] = RawCell(old.row, old.column, old.row_span + 1, old.column_span, joined, old.locator)
            return
        self.cells.append(RawCell(self.row, start, 1, span, text, f"{self.name} 行{self.row + 1} 列{start + 1}"))
        self.open.pop(start, None)
        if merge:
            self.open[start] = len(self.cells) - 1

    def _continues(self, above: int, span: int) -> bool:
        cell = self.cells[above]
        return cell.row + cell.row_span == self.row and cell.column_span == span

    def done(self) -> tuple[RawCell, ...]:
        return tuple(self.cells)


def _rows(table: _Element) -> Iterator[_Element]:
    for child in table:
        if child.tag == f"{_W}tr":
            if child.find(f"{_W}trPr/{_W}del") is None:
                yield child
        elif child.tag in _TRANSPARENT:
            yield from _rows(child)


def _cells(row: _Element) -> Iterator[_Element]:
    for child in row:
        if child.tag == f"{_W}tc":
            yield child
        elif child.tag in _TRANSPARENT:
            yield from _cells(child)


def _span(cell: _Element) -> int:
    return min(max(_number(cell, f"{_W}tcPr/{_W}gridSpan", 1), 1), MOST_SPAN)


def _number(element: _Element, path: str, default: int) -> int:
    found = element.find(path)
    value = found.get(f"{_W}val", "") if found is not None else ""
    return min(int(value), MOST_SPAN) if value.isascii() and value.isdigit() and len(value) < 6 else default


def _merge(cell: _Element) -> str | None:
    """`restart`, `continue` or None."""
    found = cell.find(f"{_W}tcPr/{_W}vMerge")
    return None if found is None else found.get(f"{_W}val") or "continue"


def _inside(node: _Element, top: _Element, tag: str) -> bool:
    """Whether an element with `tag` stands between `node` and `top`."""
    parent = node.getparent()
    while parent is not None and parent is not top:
        if parent.tag == tag:
            return True
        parent = parent.getparent()
    return False


def _has_choice(box: _Element, top: _Element) -> bool:
    """Whether the alternative beside a fallback holds a text box, too."""
    parent = box.getparent()
    while parent is not None and parent is not top and parent.tag != _FALLBACK:
        parent = parent.getparent()
    owner = parent.getparent() if parent is not None else None
    return owner is not None and len(owner.findall(f".//{_BOX}")) > 1


def _unseen(node: _Element) -> bool:
    """Whether a text node is struck out, hidden, or moved elsewhere as a tracked change."""
    run = node.getparent()
    if run is None:
        return False
    look = run.find(f"{_W}rPr")
    marks = () if look is None else tuple(mark for name in ("strike", "dstrike", "vanish") for mark in look.iterfind(f"{_W}{name}"))
    if any(mark.get(f"{_W}val", "true") not in ("0", "false", "off") for mark in marks):
        return True
    owner = run.getparent()
    return owner is not None and owner.tag == f"{_W}moveFrom"


def _raised(node: _Element) -> bool:
    """Whether a text node belongs to a superscript run."""
    run = node.getparent()
    found = run.find(f"{_W}rPr/{_W}vertAlign") if run is not None else None
    return found is not None and found.get(f"{_W}val") == "superscript"
