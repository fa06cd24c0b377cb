"""PDF files with a text layer: ruled tables, also across pages, and paragraphs around them."""

from __future__ import annotations

import io
import logging
import re
import struct
import time
import zlib
from collections.abc import Sequence
from typing import Any

from assistant.domain.report import Loss, LossKind
from assistant.errors import UnreadableFile
from assistant.files.grid.segments import segments
from assistant.files.limits import MOST_CELLS, MOST_PAGES, damaged
from assistant.files.pages import Page, items_of, without_running_heads
from assistant.files.pdf_grid import Box, Char, Ruled, TextLine, cell_text, chars_by_cell, edges, text_lines
from assistant.files.pdf_limits import bound_the_parser
from assistant.files.raw import RawDocument, RawTable

_PAGE_NUMBER = re.compile(r"^(?:[-—–]?\s*\d{1,3}\s*[-—–]?|第\s*\d{1,3}\s*页.{0,10}|\d{1,3}\s*/\s*\d{1,3})$")
_EDGE_OF_PAGE = 0.09
_SECONDS = 60.0
_MOST_CHARS = 40_000
_MOST_RULES = 6_000
_FEWEST_CHARS = 40
_HARMLESS = "FontBBox"


def read_pdf(content: bytes) -> RawDocument:
    """Paragraphs and tables of a PDF. Raises `UnreadableFile` when it is damaged, encrypted or too large; files without a text layer go to
    the reader of scans."""
    with _Damage() as damage:
        pages = _pages(content)
    if (
        sum(len(line.text) for page in pages for line in page.lines)
        + sum(len(text) for p in pages for t in p.tables for _, text in t.cells)
        < _FEWEST_CHARS
    ):
        from assistant.files.ocr_process import recognised

        return recognised("pdf", content)
    pages = without_running_heads(pages)
    items = items_of(pages)
    if not any(part.table for item in items if isinstance(item, RawTable) for part in segments(item)):
        unruled = _as_text(pages)
        if unruled is not None:
            return unruled
    return RawDocument(tuple(items), losses=damage.losses)


class _Damage(logging.Handler):
    """Listens to what the parser had to leave out of a damaged file, and keeps its warnings off the screen."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.count = 0
        self._logger = logging.getLogger("pdfminer")
        self._passed_on = self._logger.propagate

    def emit(self, record: logging.LogRecord) -> None:
        """Count a warning about content; font descriptions do not matter."""
        self.count += _HARMLESS not in record.getMessage()

    def __enter__(self) -> _Damage:
        self._logger.addHandler(self)
        self._logger.propagate = False
        return self

    def __exit__(self, *_: object) -> None:
        self._logger.removeHandler(self)
        self._logger.propagate = self._passed_on

    @property
    def losses(self) -> tuple[Loss, ...]:
        """A remark when anything was left out."""
        message = "PDF 部分内容已损坏，可能有文字或数字没有读到，请与原文核对。"
        return (Loss(kind=LossKind.UNCERTAIN, message=message),) if self.count else ()


def _pages(content: bytes) -> list[Page]:
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfminer.pdfexceptions import PDFException
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

    troubles = (
        PDFException, PSException, MalformedPDFException, ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError,
        RecursionError, OverflowError, ZeroDivisionError, struct.error, zlib.error, EOFError, UnicodeError, NotImplementedError, MemoryError,
    )  # fmt: skip
    bound_the_parser()
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


def _page(page: Any, number: int) -> Page:
    if len(page.chars) > _MOST_CHARS or len(page.edges) > _MOST_RULES:
        raise UnreadableFile(f"PDF 第 {number} 页内容过多，已拒绝读取。", "请用办公软件另存为较简单的 PDF，或改用 Word 文件。")
    drawn = (
        Char(char["text"], char["x0"], char["top"], char["x1"], char["bottom"], char["size"])
        for char in page.chars
        if char["text"].strip() and char["size"] > 0.5
    )
    chars = [char for char in drawn if _within(char, page.bbox)]  # what is drawn beside the page nobody sees
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
    return Page(number, lines, tuple(tables), min((line.left for line in lines), default=0.0), float(page.width))


def _within(char: Char, box: Box) -> bool:
    x, y = char.middle
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _is_page_number(line: TextLine, height: float) -> bool:
    at_edge = line.top < _EDGE_OF_PAGE * height or line.top > (1 - _EDGE_OF_PAGE - 0.02) * height
    return at_edge and bool(_PAGE_NUMBER.match(line.text))


def _as_text(pages: Sequence[Page]) -> RawDocument | None:
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


def _spread(line: TextLine, page: Page) -> str:
    return " " * max(round((line.left - page.left) / (line.size / 2)), 0) + line.text
