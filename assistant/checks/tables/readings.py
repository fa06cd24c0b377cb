"""How each cell enters a sum. A blank is not 0; but where a report prints its zeros as blanks throughout, sums are told "with blanks read as 0"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from assistant.checks.context import CheckContext
from assistant.domain.cell import CellState
from assistant.domain.report import TableId

ZERO = Decimal(0)
LIKE_BLANK = (CellState.BLANK, CellState.DASH)


@dataclass(frozen=True)
class TableReading:
    """One table as read. `values` holds what each cell contributes to a sum (blank and dash as 0); cells without any are `unknown`.

    `blank_rows` are cells in lines left blank as a whole, or in a report that prints no zero at all: blank stands for 0 there by custom.
    `gaps` are single blanks, `dashes` single cells with a dash, `dash_rows` lines of dashes; `empty` tells that the table holds no number at all.
    """

    table: TableId
    values: Mapping[str, Decimal]
    unknown: frozenset[str]
    blank_rows: tuple[str, ...]
    gaps: tuple[str, ...]
    dashes: tuple[str, ...]
    dash_rows: tuple[str, ...]
    empty: bool
    zero_printed: bool

    @cached_property
    def assumed(self) -> frozenset[str]:
        """Cells whose 0 is not printed."""
        return frozenset((*self.blank_rows, *self.gaps, *self.dashes, *self.dash_rows))


def read_tables(ctx: CheckContext) -> dict[TableId, TableReading]:
    """The reading of each table; computed once per run."""
    memo = ctx.memo
    if "readings" not in memo:
        zeros = any(cell.value == 0 for cell in ctx.cells)
        memo["readings"] = {table.id: _read(ctx, table.id, table.cell_ids, zeros) for table in ctx.form.tables}
    found: dict[TableId, TableReading] = memo["readings"]
    return found


def _read(ctx: CheckContext, table: TableId, cell_ids: tuple[str, ...], zeros: bool) -> TableReading:
    """`zeros` tells whether the report prints zeros: one that does leaves no single cell blank for 0."""
    values: dict[str, Decimal] = {}
    unknown: set[str] = set()
    blanks: list[str] = []
    dashes: list[str] = []
    zero_printed = numbers = False
    for cell_id in cell_ids:
        cell = ctx.report.cell(cell_id)
        if cell.value is not None:
            values[cell_id] = cell.value
            numbers = True
            zero_printed = zero_printed or cell.value == 0
        elif cell.state in LIKE_BLANK:
            values[cell_id] = ZERO
            (blanks if cell.state is CellState.BLANK else dashes).append(cell_id)
        else:
            unknown.add(cell_id)
    by_custom = set(blanks) if blanks and not zeros else _whole_lines(cell_ids, frozenset(blanks))
    dashed = _whole_lines(cell_ids, frozenset(dashes))
    return TableReading(
        table=table,
        values=values,
        unknown=frozenset(unknown),
        blank_rows=tuple(cell for cell in blanks if cell in by_custom),
        gaps=tuple(cell for cell in blanks if cell not in by_custom),
        dashes=tuple(cell for cell in dashes if cell not in dashed),
        dash_rows=tuple(cell for cell in dashes if cell in dashed),
        empty=not numbers and bool(values),
        zero_printed=zero_printed,
    )


def _whole_lines(cell_ids: tuple[str, ...], blanks: frozenset[str]) -> set[str]:
    """The blank (or dashed) cells of lines (rows of 表二 and 表三 with several cells, groups of 表四) that are blank as a whole."""
    if not blanks:
        return set()
    lines: dict[str, list[str]] = {}
    for cell in cell_ids:
        lines.setdefault(cell.rsplit(".", 1)[0], []).append(cell)
    return {cell for line in lines.values() if len(line) > 1 and blanks.issuperset(line) for cell in line}
