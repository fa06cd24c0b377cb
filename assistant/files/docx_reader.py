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
_SCRIPTS = {"superscript": str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"), "subscript": str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")}
_SYMBOL_PRINTED = "□"  # a character of a symbol font: what it shows is not known
_DEEPEST_TABLE = 8
_P, _R, _T, _BR, _CR, _TAB = (f"{_W}{name}" for name in ("p", "r", "t", "br", "cr", "tab"))
_HYPHEN, _DELETED, _DRAWING, _PICTURE = (f"{_W}{name}" for name in ("noBreakHyphen", "delText", "drawing", "pict"))
_SYMBOL = f"{_W}sym"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_PRINTED = (_T, _BR, _CR, _TAB, _HYPHEN, _DELETED, _DRAWING, _PICTURE, _SYMBOL, _MATH)
_TBL, _TR, _TC = (f"{_W}{name}" for name in ("tbl", "tr", "tc"))
_ROW_LOOK, _BEFORE, _DELETED_ROW = (f"{_W}{name}" for name in ("trPr", "gridBefore", "del"))
_CELL_LOOK, _SPAN, _MERGE, _ACROSS, _VALUE = (f"{_W}{name}" for name in ("tcPr", "gridSpan", "vMerge", "hMerge", "val"))
_LOOK, _VERTICAL, _MOVED = (f"{_W}{name}" for name in ("rPr", "vertAlign", "moveFrom"))
_HIDDEN_LOOKS = tuple(f"{_W}{name}" for name in ("strike", "dstrike", "vanish"))
_BOX = f"{_W}txbxContent"
_TRANSPARENT = frozenset(f"{_W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))


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
    walk = _Walk(Numbering.of(archive), body)
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

    def __init__(self, numbering: Numbering, body: _Element) -> None:
        self.items: list[Paragraph | RawTable] = []
        self.numbering = numbering
        # What a file has nowhere need not be looked for at every run.
        self.has_boxes = _has(body, _BOX)
        self.has_fallbacks = _has(body, _FALLBACK)
        self.has_looks = _has(body, *_HIDDEN_LOOKS, _VERTICAL, _MOVED)
        self.deletions = 0
        self.pictures = 0
        self.tables = 0
        self.cells = 0

    def children(self, parent: _Element, depth: int) -> None:
        """Take paragraphs and tables directly inside `parent` or inside content controls and insertions."""
        for child in parent:
            tag = child.tag
            if tag == _P:
                self.paragraph(child, depth)
            elif tag == _TBL:
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
        for node in element.iter(*_PRINTED):
            tag = node.tag
            if tag == _T or tag == _MATH:  # noqa: SIM109 - the first is nearly always right
                if node.text:
                    parts.append(self._printed(node, element))
            elif tag in (_BR, _CR):
                parts.append("\n")
            elif tag == _TAB:
                if (run := node.getparent()) is not None and run.tag == _R:
                    parts.append(" ")
            elif tag == _HYPHEN:
                parts.append("-")
            elif tag == _SYMBOL:
                parts.append(_SYMBOL_PRINTED)
            elif tag == _DELETED:
                self.deletions += 1
            else:
                self.pictures += not self.has_boxes or node.find(f".//{_BOX}") is None
        return "".join(parts)

    def _printed(self, node: _Element, paragraph: _Element) -> str:
        """A text node as readers see it: nothing when it is unseen or stands in a text box, raised digits recognisably raised."""
        text = node.text or ""
        script = None
        if self.has_looks:
            unseen, script = _look(node)
            if unseen:
                self.deletions += 1
                return ""
        if self.has_boxes and _inside(node, paragraph, _BOX):
            return ""
        if self.has_fallbacks and _inside(node, paragraph, _FALLBACK):
            return ""
        return text.translate(_SCRIPTS[script]) if script in _SCRIPTS else text

    def _boxes(self, element: _Element) -> list[_Element]:
        found = list(element.iter(_BOX)) if self.has_boxes else []
        return [box for box in found if not _inside(box, element, _FALLBACK) or not _has_choice(box, element)] if found else []

    def table(self, element: _Element, depth: int) -> None:
        """A table with its merged cells resolved; tables inside its cells come after it."""
        if depth > _DEEPEST_TABLE:
            raise UnreadableFile("表格嵌套过深，已拒绝读取。", "请把报告的表格复制到新文件后再试。")
        self.tables += 1
        name = f"表{self.tables}"
        grid = _GridBuilder(name)
        inner: list[_Element] = []
        nested = _has_inside(element, _TBL)
        for row in _rows(element):
            grid.begin_row(_skipped(row))
            for cell in _cells(row):
                if nested:
                    inner.extend(cell.iterchildren(_TBL))
                span, merge, goes_on = _spans(cell)
                if goes_on:
                    grid.widen(span, self.cell_text(cell, nested))
                else:
                    grid.add(span, merge, self.cell_text(cell, nested))
                self.cells += 1
                if self.cells > MOST_CELLS:
                    raise UnreadableFile("表格单元格过多，已拒绝读取。", "请只保留年度报告本身后再试。")
        self.items.append(RawTable(grid.done(), name))
        for found in inner:
            self.table(found, depth + 1)

    def cell_text(self, cell: _Element, nested: bool) -> str:
        """The paragraphs of a cell, one a line; `nested` says that there may be tables in it."""
        lines = []
        for child in cell.iter(_P):
            if not (nested and _inside(child, cell, _TBL)):
                text = self.numbering.prefix(child) + self.text(child)
                if text and not text.isspace():
                    lines.append(text)
        return "\n".join(lines)


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

    def widen(self, span: int, text: str) -> None:
        """A cell that only continues the one to its left (as old versions of Word store merged cells)."""
        self.column += span
        left = self.cells[-1] if self.cells else None
        if left is None or left.end != self.column - span or left.row + left.row_span - 1 != self.row:
            self.column -= span
            self.add(span, None, text)
            return
        joined = f"{left.text}\n{text}".strip() if text.strip() else left.text
        self.cells[-1] = RawCell(left.row, left.column, left.row_span, left.column_span + span, joined, left.locator)

    def _continues(self, above: int, span: int) -> bool:
        cell = self.cells[above]
        return cell.row + cell.row_span == self.row and cell.column_span == span

    def done(self) -> tuple[RawCell, ...]:
        return tuple(self.cells)


def _rows(table: _Element) -> Iterator[_Element]:
    for child in table:
        tag = child.tag
        if tag == _TR:
            if _property(child, _ROW_LOOK, _DELETED_ROW) is None:
                yield child
        elif tag in _TRANSPARENT:
            yield from _rows(child)


def _cells(row: _Element) -> Iterator[_Element]:
    for child in row:
        tag = child.tag
        if tag == _TC:
            yield child
        elif tag in _TRANSPARENT:
            yield from _cells(child)


def _property(element: _Element, look: str, name: str) -> _Element | None:
    """The first element `name` in the children `look` of an element."""
    for properties in element.iterchildren(look):
        for found in properties.iterchildren(name):
            return found
    return None


def _skipped(row: _Element) -> int:
    """The grid columns left free before the first cell of a row."""
    return _number(_property(row, _ROW_LOOK, _BEFORE), 0)


def _spans(cell: _Element) -> tuple[int, str | None, bool]:
    """The columns a cell takes, `restart`, `continue` or None for merging down, and whether it continues the cell to its left."""
    across = False
    span: _Element | None = None
    merge: _Element | None = None
    for look in cell.iterchildren(_CELL_LOOK):
        for found in look.iterchildren(_SPAN, _MERGE, _ACROSS):
            if found.tag == _SPAN:
                span = found if span is None else span
            elif found.tag == _ACROSS:
                across = across or (found.get(_VALUE) or "continue") == "continue"
            else:
                merge = found if merge is None else merge
    return max(_number(span, 1), 1), None if merge is None else merge.get(_VALUE) or "continue", across


def _number(element: _Element | None, default: int) -> int:
    value = element.get(_VALUE, "") if element is not None else ""
    return min(int(value), MOST_SPAN) if value.isascii() and value.isdigit() and len(value) < 6 else default


def _has(top: _Element, *tags: str) -> bool:
    return next(top.iter(*tags), None) is not None


def _has_inside(top: _Element, tag: str) -> bool:
    return next(top.iterdescendants(tag), None) is not None


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


def _look(node: _Element) -> tuple[bool, str | None]:
    """Whether a text node is struck out, hidden, or moved elsewhere as a tracked change; whether its run is `superscript` or `subscript`."""
    run = node.getparent()
    if run is None:
        return False, None
    unseen = False
    look = next(run.iterchildren(_LOOK), None)
    for mark in look.iterchildren(*_HIDDEN_LOOKS) if look is not None else ():
        unseen = unseen or mark.get(_VALUE, "true") not in ("0", "false", "off")
    found = _property(run, _LOOK, _VERTICAL)
    owner = run.getparent()
    return unseen or (owner is not None and owner.tag == _MOVED), found.get(_VALUE) if found is not None else None
