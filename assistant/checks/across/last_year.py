"""Last year's report as something to compare with."""

from __future__ import annotations

from decimal import Decimal

from assistant.checks.context import CheckContext
from assistant.checks.tables.readings import read_tables
from assistant.domain.report import Report, TableId


def comparable(ctx: CheckContext) -> bool:
    """Whether the other report is indeed that of the year before."""
    previous = ctx.previous
    return previous is not None and (previous.year is None or ctx.year is None or previous.year == ctx.year - 1)


def last_value(ctx: CheckContext, cell: str) -> Decimal | None:
    """Last year's number; a blank counts as 0 only where that report leaves whole lines or all zeros blank. 表二 of the other edition counts other
    things and gives none."""
    previous = ctx.previous
    if previous is None or (cell.startswith("t2.") and previous.edition != ctx.report.edition):
        return None
    value = previous.value(cell)
    return value if value is not None else (Decimal(0) if cell in _zeros_by_custom(ctx, previous) else None)


def _zeros_by_custom(ctx: CheckContext, previous: Report) -> frozenset[str]:
    memo = ctx.memo
    if "last-zeros" not in memo:
        readings = read_tables(CheckContext(previous))
        memo["last-zeros"] = frozenset(cell for reading in readings.values() for cell in reading.blank_rows)
    found: frozenset[str] = memo["last-zeros"]
    return found


def this_value(ctx: CheckContext, cell: str) -> Decimal | None:
    """This year's number, blank by custom read as 0; None for ill-formed numbers, which are told elsewhere."""
    value = ctx.value(cell)
    if value is not None:
        column = ctx.form.columns_by_cell.get(cell)
        whole = value == value.to_integral_value() or (column is not None and column.decimal)
        return value if value >= 0 and whole else None
    table: TableId = "t2" if cell.startswith("t2.") else "t3" if cell.startswith("t3.") else "t4"
    return Decimal(0) if cell in read_tables(ctx)[table].blank_rows else None
