"""The cells of a table of a Word file with merged cells resolved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from assistant.files.docx_names import CELL, CELL_LOOK, ROW, ROW_LOOK, TABLE, TRANSPARENT, VALUE, P, W
from assistant.files.docx_text import first_in, inside
from assistant.files.limits import MOST_SPAN
from assistant.files.raw import RawCell

if TYPE_CHECKING:
    from lxml.etree import _Element

BEFORE, DELETED_ROW = f"{W}gridBefore", f"{W}del"
SPAN, MERGE, ACROSS = (f"{W}{name}" for name in ("gridSpan", "vMerge", "hMerge"))


class Spans(NamedTuple):
    """The columns a cell takes, `restart`, `continue` or None for merging down, and whether it continues the cell to its left."""

    columns: int = 1
    merge: str | None = None
    across: bool = False


class PrintedRow(NamedTuple):
    """A row as it stands in the file: the grid columns that it leaves free, its cells with what their properties say of spans."""

    before: int
    cells: list[tuple[str, Spans]]


_ALONE = Spans()


class GridBuilder:
    """Cells with spans from gridSpan and vMerge."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._row = -1
        self._column = 0
        self._cells: list[RawCell] = []
        self._open: dict[int, int] = {}

    def add(self, row: PrintedRow) -> None:
        """The next row; its cells are new ones or go on with the one above or to their left."""
        self._row += 1
        self._column = row.before
        for text, (span, merge, across) in row.cells:
            if across:
                self._widen(span, text)
            else:
                self._add(span, merge, text)

    def _add(self, span: int, merge: str | None, text: str) -> None:
        start, self._column = self._column, self._column + span
        above = self._open.get(start) if merge == "continue" else None
        if above is not None and self._continues(above, span):
            old = self._cells[above]
            self._cells[above] = RawCell(old.row, old.column, old.row_span + 1, old.column_span, _joined(old.text, text), old.locator)
            return
        self._cells.append(RawCell(self._row, start, 1, span, text, f"{self._name} 行{self._row + 1} 列{start + 1}"))
        self._open.pop(start, None)
        if merge:
            self._open[start] = len(self._cells) - 1

    def _widen(self, span: int, text: str) -> None:
        """A cell that only continues the one to its left (as old versions of Word store merged cells)."""
        left = self._cells[-1] if self._cells else None
        if left is None or left.end != self._column or left.row + left.row_span - 1 != self._row:
            self._add(span, None, text)
            return
        self._column += span
        self._cells[-1] = RawCell(left.row, left.column, left.row_span, left.column_span + span, _joined(left.text, text), left.locator)

    def _continues(self, above: int, span: int) -> bool:
        cell = self._cells[above]
        return cell.row + cell.row_span == self._row and cell.column_span == span

    def done(self) -> tuple[RawCell, ...]:
        """Every cell of the table."""
        return tuple(self._cells)


def _joined(text: str, more: str) -> str:
    return f"{text}\n{more}".strip() if more.strip() else text


def rows(table: _Element) -> Iterator[_Element]:
    """The rows of a table that were not deleted."""
    for child in table:
        tag = child.tag
        if tag == ROW:
            if first_in(child, ROW_LOOK, DELETED_ROW) is None:
                yield child
        elif tag in TRANSPARENT:
            yield from rows(child)


def cells(row: _Element) -> Iterator[_Element]:
    """The cells of a row."""
    for child in row:
        tag = child.tag
        if tag == CELL:
            yield child
        elif tag in TRANSPARENT:
            yield from cells(child)


def paragraphs(cell: _Element, *, has_boxes: bool) -> Iterator[_Element]:
    """The paragraphs of a cell without those of tables inside it; those of text boxes come after the one they are anchored in."""
    for child in cell:
        tag = child.tag
        if tag == P and not has_boxes:
            yield child
        elif tag not in (TABLE, CELL_LOOK):
            yield from (found for found in child.iter(P) if not inside(found, cell, TABLE))


def free_before(row: _Element) -> int:
    """The grid columns that a row leaves free before its first cell."""
    return number_in(first_in(row, ROW_LOOK, BEFORE), 0)


def marks_in(table: _Element) -> dict[_Element, list[_Element]]:
    """What the properties of the cells below `table` say of spans; most cells span nothing and are not in it."""
    found: dict[_Element, list[_Element]] = {}
    for mark in table.iter(SPAN, MERGE, ACROSS):
        look = mark.getparent()
        cell = look.getparent() if look is not None and look.tag == CELL_LOOK else None
        if cell is not None:
            found.setdefault(cell, []).append(mark)
    return found


def spans_of(marks: Iterable[_Element]) -> Spans:
    """What the marks of one cell say. The first of several of one kind counts."""
    if not marks:
        return _ALONE
    across = False
    span: _Element | None = None
    merge: _Element | None = None
    for mark in marks:
        if mark.tag == SPAN:
            span = mark if span is None else span
        elif mark.tag == MERGE:
            merge = mark if merge is None else merge
        else:
            across = across or (mark.get(VALUE) or "continue") == "continue"
    return Spans(max(number_in(span, 1), 1), None if merge is None else merge.get(VALUE) or "continue", across)


def number_in(element: _Element | None, default: int) -> int:
    """The whole number that an element bears."""
    if element is None:
        return default
    value = element.get(VALUE, "")
    return min(int(value), MOST_SPAN) if value.isascii() and value.isdigit() and len(value) < 6 else default
