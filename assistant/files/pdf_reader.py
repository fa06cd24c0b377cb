"""PDF files with a text layer: ruled tables, also across pages, and paragraphs around them."""

from __future__ import annotations

import io
import re
import struct
import time
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assistant.domain.report import Loss, LossKind
from assistant.errors import UnreadableFile
from assistant.files.grid.breaks import join_pieces
from assistant.files.grid.segments import segments
from assistant.files.limits import MOST_CELLS, MOST_PAGES, damaged
from assistant.files.pdf_grid import Box, Char, Ruled, TextLine, cell_text, chars_by_cell, edges, same_sides, text_lines, to_table
from assistant.files.plain.lines import Line
from assistant.files.plain.paragraphs import paragraphs
from assistant.files.raw import Paragraph, RawDocument, RawTable

_PAGE_NUMBER = re.compile(r"^(?:[-—–]?\s*\d{1,3}\s*[-—–]?|第\s*\d{1,3}\s*页.{0,10}|\d{1,3}\s*/\s*\d{1,3})$")
_EDGE_OF_PAGE = 0.09
_SECONDS = 60.0
_MOST_CHARS = 40_000
_MOST_RULES = 6_000
_FEWEST_CHARS = 40


@dataclass(frozen=True)
class _Page:
    """A page: lines of text outside tables and ruled tables, both from top to bottom."""

    number: int
    lines: tuple[TextLine, ...]
    tables: tuple[Ruled, ...]
    left: float


def read_pdf(content: bytes) -> RawDocument:
    """Paragraphs and tables of a PDF. Raises `UnreadableFile` when it is damaged, encrypted or too large; files without a text layer go to
    the reader of scans."""
    pages = _pages(content)
    if sum(len(line.text) for page in pages for line in page.lines) + sum(len(text) for p in pages for t in p.tables for _, text in t.cells) < _FEWEST_CHARS:
        from assistant.files.ocr import read_scanned_pdf

        return read_scanned_pdf(content)
    pages = _without_running_heads(pages)
    items = _items(pages)
    if not any(part.table for item in items if isinstance(item, RawTable) for part in segments(item)):
        unruled = _as_text(pages)
        if unruled is not None:
            return unruled
    return RawDocument(tuple(items))


def _pages(content: bytes) -> list[_Page]:
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfminer.pdfexceptions import PDFException
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

    troubles = (
        PDFException, PSException, MalformedPDFException, ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError,
        RecursionError, OverflowError, ZeroDivisionError, struct.error, zlib.error, EOFError, UnicodeError, NotImplementedError, MemoryError,
    )  # fmt: skip
    started = time.monotonic()
    try:
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            if len(pdf.pages) > MOST_PAGES:
                raise UnreadableFile(f"PDF 共 {len(pdf.pages)} 页，超过上限 {MOST_PAGES} 页。", "请只保留年度报告本身后再试。")
            found = []
            for number, page in enumerate(pdf.pages, 1):
                if time.monotonic() - started > _SECONDS:
                    raise UnreadableFile("PDF 内容过于复杂，读取超时。", "请用办公软件另存为较简单的 PDF，或改用 Word 文件。")
                found.append(_page(page, number))
                page.close()
            return found
    except PdfminerException as error:
        if isinstance(error.args[0] if error.args else None, PDFPasswordIncorrect):
            raise UnreadableFile("PDF 设有打开密码，无法读取。", "请取消密码后另存一份再试。") from error
        raise damaged() from error
    except troubles as error:
        raise damaged() from error


def _page(page: Any, number: int) -> _Page:
    if len(page.chars) > _MOST_CHARS or len(page.edges) > _MOST_RULES:
        raise UnreadableFile(f"PDF 第 {number} 页内容过多，已拒绝读取。", "请用办公软件另存为较简单的 PDF，或改用 Word 文件。")
    chars = [
        Char(char["text"], char["x0"], char["top"], char["x1"], char["bottom"], char["size"])
        for char in page.chars
        if char["text"].strip() and char["size"] > 0.5
    ]
    tables: list[Ruled] = []
    rest = chars
    for table in sorted(page.find_tables(), key=lambda item: item.bbox[1]) if page.edges else []:
        boxes: list[Box] = table.cells
        if len(edges([box[0] for box in boxes])) < 2 or len(boxes) > MOST_CELLS:
            continue
        inside = [char for char in rest if _within(char, table.bbox)]
        rest = [char for char in rest if not _within(char, table.bbox)]
        texts = [cell_text(group, box) for group, box in zip(chars_by_cell(inside, boxes), boxes, strict=True)]
        tables.append(Ruled(number, table.bbox, tuple(zip(boxes, texts, strict=True))))
    lines = tuple(line for line in text_lines(rest) if not _is_page_number(line, page.height))
    return _Page(number, lines, tuple(tables), min((line.left for line in lines), default=0.0))


def _within(char: Char, box: Box) -> bool:
    x, y = char.middle
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _is_page_number(line: TextLine, height: float) -> bool:
    at_edge = line.top < _EDGE_OF_PAGE * height or line.top > (1 - _EDGE_OF_PAGE - 0.02) * height
    return at_edge and bool(_PAGE_NUMBER.match(line.text))


def _without_running_heads(pages: Sequence[_Page]) -> list[_Page]:
    """Without lines that stand first or last on most pages alike."""
    if len(pages) < 4:
        return list(pages)
    ends = Counter(line.text for page in pages for line in {id(line): line for line in (*page.lines[:1], *page.lines[-1:])}.values())
    running = {text for text, count in ends.items() if count > len(pages) * 0.6}
    if not running:
        return list(pages)
    return [_Page(page.number, tuple(line for line in page.lines if line.text not in running), page.tables, page.left) for page in pages]


def _items(pages: Sequence[_Page]) -> list[Paragraph | RawTable]:
    """Paragraphs and tables in reading order; a table that ends a page and goes on at the top of the next is one."""
    items: list[Paragraph | RawTable] = []
    waiting: list[Line] = []
    open_table: list[Ruled] = []
    tables = 0
    number = 0

    def close_table() -> None:
        nonlocal tables
        if open_table:
            tables += 1
            items.append(_joined(open_table, f"表{tables}"))
            open_table.clear()

    def close_text() -> None:
        items.extend(paragraphs(waiting, "layout"))
        waiting.clear()

    for page in pages:
        for at, part in enumerate(_in_order(page)):
            if isinstance(part, TextLine):
                close_table()
                number += 1
                waiting.append(_as_line(part, page, number))
            else:
                close_text()
                if not (at == 0 and open_table and open_table[-1].page == page.number - 1 and same_sides(open_table[-1].box, part.box)):
                    close_table()
                open_table.append(part)
    close_table()
    close_text()
    return items


def _in_order(page: _Page) -> list[TextLine | Ruled]:
    parts: list[tuple[float, TextLine | Ruled]] = [(line.top, line) for line in page.lines]
    parts += [(table.box[1], table) for table in page.tables]
    return [part for _, part in sorted(parts, key=lambda item: item[0])]


def _as_line(line: TextLine, page: _Page, number: int) -> Line:
    """A line with its indentation in half characters."""
    indent = max(round((line.left - page.left) / (line.size / 2)), 0)
    return Line(number, page.number, " " * indent + line.text, (), (), place=f"第{page.number}页")


def _joined(pieces: Sequence[Ruled], name: str) -> RawTable:
    verticals = edges([side for piece in pieces for box, _ in piece.cells for side in (box[0], box[2])])
    table = to_table(pieces[0], verticals, name)
    for piece in pieces[1:]:
        table = join_pieces(table, to_table(piece, verticals, name))
    return table


def _as_text(pages: Sequence[_Page]) -> RawDocument | None:
    """A PDF whose tables have no rules, read like laid-out text; None when that gives no table either."""
    from assistant.files.text_reader import read_lines

    rows = []
    for page in pages:
        rows.append("\n".join(_spread(line, page) for line in page.lines))
    document = read_lines("\f".join(rows))
    if not any(isinstance(item, RawTable) for item in document.items):
        return None
    note = Loss(kind=LossKind.IGNORED, message="PDF 的表格没有框线，按文字位置读取，请核对表中数据。")
    return RawDocument(document.items, losses=(*document.losses, note))


def _spread(line: TextLine, page: _Page) -> str:
    return " " * max(round((line.left - page.left) / (line.size / 2)), 0) + line.text
