"""The usual table of a Word file — rows, cells, paragraphs, runs and text, each straight in the one before — read in one scan."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from assistant.files.docx_cells import ACROSS, BEFORE, DELETED_ROW, MERGE, SPAN, PrintedRow, number_in, spans_of
from assistant.files.docx_names import CELL, CELL_LOOK, ROW, ROW_LOOK, TABLE, P, R, T
from assistant.files.docx_text import PRINTED

if TYPE_CHECKING:
    from lxml.etree import _Element

_LOOKED_FOR = (ROW, CELL, SPAN, MERGE, ACROSS, BEFORE, TABLE, DELETED_ROW, *PRINTED)


def plain_rows(table: _Element) -> list[PrintedRow] | None:
    """The rows of `table`; None when something stands in it that has to be looked at more closely. Numbers of lists, text boxes and looks of
    text are not seen: only for tables without."""
    scan = _Scan(table)
    for node in table.iterdescendants(*_LOOKED_FOR):
        take = _TAKES.get(node.tag)
        if take is None or not take(scan, node):
            return None
    return scan.rows()


class _Scan:
    """Nodes in the order of the file; each is taken when it stands where it usually does, else the scan is of no use."""

    def __init__(self, table: _Element) -> None:
        self._table = table
        self._row: _Element | None = None
        self._cell: _Element | None = None
        self._paragraph: _Element | None = None
        self._marks: list[_Element] = []  # of the cell
        self._lines: list[str] = []  # its paragraphs
        self._before: list[int] = []  # by row
        self._cells: list[list[tuple[list[str], list[_Element]]]] = []

    def rows(self) -> list[PrintedRow]:
        """What was taken."""
        return [
            PrintedRow(before, [(_joined(lines), spans_of(marks)) for lines, marks in cells])
            for before, cells in zip(self._before, self._cells, strict=True)
        ]

    def begin_row(self, node: _Element) -> bool:
        """A row of the table."""
        self._row, self._cell = node, None
        self._before.append(0)
        self._cells.append([])
        return node.getparent() is self._table

    def begin_cell(self, node: _Element) -> bool:
        """A cell of the row."""
        self._cell, self._paragraph, self._lines, self._marks = node, None, [], []
        if self._row is None or node.getparent() is not self._row:
            return False
        self._cells[-1].append((self._lines, self._marks))
        return True

    def text(self, node: _Element) -> bool:
        """A text in a run of a paragraph of the cell."""
        run = node.getparent()
        paragraph = run.getparent() if run is not None and run.tag == R else None
        if paragraph is None:
            return False
        if paragraph is self._paragraph:
            self._lines[-1] += node.text or ""
            return True
        self._paragraph = paragraph
        self._lines.append(node.text or "")
        return paragraph.tag == P and self._cell is not None and paragraph.getparent() is self._cell

    def mark(self, node: _Element) -> bool:
        """What the properties of the cell say of spans."""
        look = node.getparent()
        if look is not None and look.tag == CELL_LOOK and look.getparent() is self._cell:
            self._marks.append(node)
        return True

    def free(self, node: _Element) -> bool:
        """Grid columns that the row leaves free, told before its cells."""
        look = node.getparent()
        if look is not None and look.tag == ROW_LOOK and look.getparent() is self._row:
            self._before[-1] = self._before[-1] or number_in(node, 0)
        return self._cell is None


_TAKES: dict[str, Callable[[_Scan, _Element], bool]] = {
    ROW: _Scan.begin_row, CELL: _Scan.begin_cell, T: _Scan.text, BEFORE: _Scan.free, SPAN: _Scan.mark, MERGE: _Scan.mark, ACROSS: _Scan.mark
}  # fmt: skip


def _joined(lines: list[str]) -> str:
    if len(lines) == 1:
        return "" if lines[0].isspace() else lines[0]
    return "\n".join(line for line in lines if line and not line.isspace())
