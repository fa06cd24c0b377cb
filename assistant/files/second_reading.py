"""A second reading, by the order of the text, of tables whose cells do not stand below their heads: web pages that draw tables with plain
blocks, preformatted text, paragraphs with tabs, tables that lost their merged cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.domain.cell import CellState
from assistant.domain.report import Loss, LossKind, ReadResult, TableId
from assistant.expressions import regex
from assistant.files.grid.segments import segments
from assistant.files.plain.lines import Line, line_of
from assistant.files.raw import Paragraph, RawDocument, RawTable
from assistant.forms import load_form

_NAMES: dict[TableId, str] = {"t2": "表二", "t3": "表三", "t4": "表四"}
_BREAK = regex(r"(?<![\d,.，．])\s+|\s+(?![\d,.，．])")
_ENOUGH = 0.5
_MOST_LINES = 3_000
_READ = (CellState.NUMBER, CellState.BLANK, CellState.DASH)

_Owned = tuple[Line, int]  # a line and the number of the item that it comes from


def unread_tables(result: ReadResult) -> tuple[TableId, ...]:
    """The tables of which less than half of the cells were read."""
    report = result.report
    form = load_form(report.edition)
    tables: dict[TableId, tuple[str, ...]] = {"t2": form.t2.cell_ids, "t3": form.t3.cell_ids, "t4": form.t4.cell_ids}
    read = {cell.id for cell in report.cells if cell.state in _READ}
    return tuple(name for name, cells in tables.items() if sum(cell in read for cell in cells) < _ENOUGH * len(cells))


def numbers_read(result: ReadResult) -> int:
    """How many cells were read as numbers."""
    return sum(cell.state is CellState.NUMBER for cell in result.report.cells)


def read_again(document: RawDocument, names: Sequence[TableId]) -> RawDocument | None:
    """The document with the tables `names` taken from its text line by line; None when none of them is found in it."""
    lines = list(_lines(document, names))
    if len(lines) > _MOST_LINES:
        return None
    from assistant.files.text_reader import tables_in  # only here: most reports are read once

    found = tables_in([line for line, _ in lines], names)
    if not found:
        return None
    items: list[Paragraph | RawTable] = []
    losses = list(document.losses)
    starts = {lines[start][1]: built.table for start, _, built in found}
    taken = {lines[at][1] for start, end, _ in found for at in range(start, end)}
    for at, item in enumerate(document.items):
        table = starts.get(at)
        if table is not None:
            items.append(table)
        if at not in taken:
            items.append(item)
    for start, _, built in found:
        losses += [loss.model_copy(update={"locator": lines[start][0].locator}) for loss in built.losses]
    shown = "、".join(_NAMES[name] for name in names)
    losses.append(Loss(kind=LossKind.IGNORED, message=f"{shown}没有按格子读出，改按文字的先后读取，请核对表中数据。"))
    return document._replace(items=tuple(items), losses=tuple(losses))


def _on_one_line(text: str) -> str:
    """The text of a cell without the breaks in its label; figures that stand apart stay apart."""
    return _BREAK.sub("", text.strip()).replace("\n", " ")


def _lines(document: RawDocument, names: Sequence[TableId]) -> Iterator[_Owned]:
    """The paragraphs and the rows of tables that are not read already, as lines."""
    number = 0
    for at, item in enumerate(document.items):
        if isinstance(item, Paragraph):
            rows = [item.text]
        elif any(part.table and part.table not in names for part in segments(item)):
            continue
        else:
            rows = ["\t".join(_on_one_line(cell.text) for cell in item.cells if cell.row == row) for row in range(item.rows)]
        for row in rows:
            if row.strip():
                number += 1
                yield line_of(row, number, item.locator), at
