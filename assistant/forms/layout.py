"""The tables as the official template prints them, merged cells included.

Source: 国办公开办函〔2021〕30号 annex (表二 4 columns, 表三 10 columns, 表四 15 columns) and 〔2019〕60号 annex.
"""

from __future__ import annotations

from functools import cache

from assistant.domain.report import EditionId, GridCell, TableId
from assistant.forms.load import load_form
from assistant.forms.model import ColumnsTable, Form, MatrixTable, StackedTable


@cache
def printed_grid(edition: EditionId, table: TableId) -> tuple[GridCell, ...]:
    """The cells of a blank table in reading order: labels carry `text`, value cells carry the statutory id in `cell`."""
    form: Form = load_form(edition)
    if table == "t2":
        return _stacked(form.t2)
    return _matrix(form.t3) if table == "t3" else _columns(form.t4)


def _spread(width: int, parts: int) -> list[int]:
    """Widths of `parts` columns over `width` grid columns; the first takes what is left over."""
    return [width - parts + 1] + [1] * (parts - 1)


def _stacked(table: StackedTable) -> tuple[GridCell, ...]:
    width = max(len(block.columns) for block in table.blocks)
    cells: list[GridCell] = []
    row = 0
    for block in table.blocks:
        cells.append(GridCell(row=row, column=0, column_span=width + 1, text=block.label))
        spans = _spread(width, len(block.columns))
        starts = [1 + sum(spans[:index]) for index in range(len(spans))]
        cells.append(GridCell(row=row + 1, column=0, text=table.header))
        cells += [
            GridCell(row=row + 1, column=start, column_span=span, text=column.label)
            for start, span, column in zip(starts, spans, block.columns, strict=True)
        ]
        for offset, line in enumerate(block.rows):
            cells.append(GridCell(row=row + 2 + offset, column=0, text=line.label))
            cells += [
                GridCell(row=row + 2 + offset, column=start, column_span=span, cell=f"t2.{line.id}.{column.id}")
                for start, span, column in zip(starts, spans, block.columns, strict=True)
            ]
        row += 2 + len(block.rows)
    return tuple(cells)


def _matrix_header(table: MatrixTable) -> list[GridCell]:
    cells = [
        GridCell(row=0, column=0, row_span=3, column_span=3, text=table.corner),
        GridCell(row=0, column=3, column_span=len(table.columns), text=table.applicants),
    ]
    grouped = [index for index, column in enumerate(table.columns) if column.group]
    for index, column in enumerate(table.columns):
        if grouped and index == grouped[0]:
            cells.append(GridCell(row=1, column=3 + index, column_span=len(grouped), text=table.organisations))
        if not column.group:
            cells.append(GridCell(row=1, column=3 + index, row_span=2, text=column.label))
    return cells + [GridCell(row=2, column=3 + index, text=table.columns[index].label) for index in grouped]


def _matrix(table: MatrixTable) -> tuple[GridCell, ...]:
    cells = _matrix_header(table)
    seen: set[str] = set()
    for offset, line in enumerate(table.rows):
        row = 3 + offset
        for level, group in enumerate(line.groups):
            if group not in seen:
                seen.add(group)
                span = sum(1 for other in table.rows if group in other.groups)
                cells.append(GridCell(row=row, column=level, row_span=span, text=table.groups[group]))
        depth = len(line.groups)
        cells.append(GridCell(row=row, column=depth, column_span=3 - depth, text=line.label))
        cells += [GridCell(row=row, column=3 + index, cell=f"t3.{line.id}.{column.id}") for index, column in enumerate(table.columns)]
    return tuple(cells)


def _columns(table: ColumnsTable) -> tuple[GridCell, ...]:
    cells: list[GridCell] = []
    width = len(table.columns)
    parents: set[str] = set()
    for index, group in enumerate(table.groups):
        start = index * width
        if group.parent is None:
            cells.append(GridCell(row=0, column=start, column_span=width, text=group.label))
        else:
            if group.parent not in parents:
                parents.add(group.parent)
                span = width * sum(1 for other in table.groups if other.parent == group.parent)
                cells.append(GridCell(row=0, column=start, column_span=span, text=group.parent))
            cells.append(GridCell(row=1, column=start, column_span=width, text=group.label))
    for index, group in enumerate(table.groups):
        for offset, column in enumerate(table.columns):
            top, height = (1, 2) if group.parent is None else (2, 1)
            cells.append(GridCell(row=top, column=index * width + offset, row_span=height, text=column.label))
    cells += [
        GridCell(row=3, column=index * width + offset, cell=f"t4.{group.id}.{column.id}")
        for index, group in enumerate(table.groups)
        for offset, column in enumerate(table.columns)
    ]
    return tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))
