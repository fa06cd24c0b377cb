"""T001–T007: what stands in single cells. A fault that also breaks sums is told here once, with the right value where the sums determine it."""

from __future__ import annotations

from decimal import Decimal

from assistant.checks.context import CheckContext
from assistant.checks.findings import failed, found, judged, passed
from assistant.checks.registry import rule
from assistant.checks.tables.readings import TableReading, read_tables
from assistant.checks.tables.verdict import demanded, verdict
from assistant.checks.tables.words import listed, printed
from assistant.domain.cell import CellState, plain
from assistant.domain.finding import Finding, Outcome, SetCell
from assistant.domain.report import LossKind, TableId

TABLE_NAMES = {"t2": "表二", "t3": "表三", "t4": "表四"}


def right_value(ctx: CheckContext, cell: str) -> Decimal | None:
    """The value that the sums demand for a cell they show to be wrong."""
    root = verdict(ctx).roots.get(cell)
    return read_tables(ctx)[_table(cell)].values[cell] + root.delta if root else None


def with_totals(ctx: CheckContext, cell: str) -> tuple[str, ...]:
    """The cell and the totals of the sums that it breaks."""
    root = verdict(ctx).roots.get(cell)
    keys = set(root.relations) if root else set()
    totals = [other for key in sorted(keys) for other in _total_of(ctx, key)]
    return tuple(dict.fromkeys((cell, *totals)))


def _total_of(ctx: CheckContext, key: str) -> tuple[str, ...]:
    identity = next(i for i in ctx.form.instances if i.key == key)
    return identity.left if len(identity.left) == 1 else ()


def _table(cell: str) -> TableId:
    return "t2" if cell.startswith("t2.") else "t3" if cell.startswith("t3.") else "t4"


def _numbers(ctx: CheckContext) -> list[tuple[str, Decimal]]:
    return [(cell.id, cell.value) for cell in ctx.cells if cell.value is not None]


def _ill_formed(ctx: CheckContext, code: str, cell: str, text: str) -> Finding:
    right = right_value(ctx, cell)
    demand = f"，按横向、纵向合计应为 {plain(right)}" if right is not None else ""
    edits = (SetCell(cell=cell, value=plain(right)),) if right is not None else ()
    message = f"{ctx.name(cell)}填“{printed(ctx, cell)}”，{text}{demand}。"
    expected = plain(right) if right is not None else None
    return found(ctx, code, message, cells=with_totals(ctx, cell), expected=expected, actual=printed(ctx, cell), edits=edits)


@rule("T001")
def negative(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Counts and amounts are never negative (columns of change in the 2019 form excepted)."""
    wrong = [cell for cell, value in _numbers(ctx) if value < 0 and not ctx.form.columns_by_cell[cell].signed]
    return judged("T001", [_ill_formed(ctx, "T001", cell, "数量、金额不能为负数") for cell in wrong])


@rule("T002")
def decimal_count(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Counts are whole numbers."""
    wrong = [cell for cell, value in _numbers(ctx) if value != value.to_integral_value() and not ctx.form.columns_by_cell[cell].decimal]
    return judged("T002", [_ill_formed(ctx, "T002", cell, "件数应为整数") for cell in wrong])


@rule("T003", "T004")
def gaps_and_dashes(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Dashes and single blanks. The sums show a lost number as such; otherwise 0 is asked for."""
    outcomes: list[Outcome] = []
    for reading in read_tables(ctx).values():
        for code, cells in (("T003", reading.dashes), ("T004", () if reading.empty else reading.gaps)):
            outcomes += _unnumbered(ctx, code, reading, cells)
        if reading.dash_rows:
            outcomes.append(failed("T003", f"{reading.table} lines", _dashed_lines(ctx, reading)))
    if not reading_lost(ctx):
        return tuple(outcomes)
    lost = [cell for cell in reading_lost(ctx) if cell in verdict(ctx).roots]
    return tuple(outcomes) + tuple(failed("T004", cell, _lost(ctx, "T004", cell)) for cell in lost)


def reading_lost(ctx: CheckContext) -> tuple[str, ...]:
    """Cells in lines left blank by custom."""
    return tuple(cell for reading in read_tables(ctx).values() for cell in reading.blank_rows)


def _unnumbered(ctx: CheckContext, code: str, reading: TableReading, cells: tuple[str, ...]) -> list[Outcome]:
    if not cells:
        return [passed(code, reading.table)]
    roots = verdict(ctx).roots
    lost, zero = [cell for cell in cells if cell in roots], tuple(cell for cell in cells if cell not in roots)
    findings = [_lost(ctx, code, cell) for cell in lost]
    if zero:
        what = f"填“{printed(ctx, zero[0])}”" if code == "T003" else "空着"
        edits = tuple(SetCell(cell=cell, value="0") for cell in zero)
        one = len(zero) == 1
        message = f"{listed(ctx, zero)}{what}：空白和“/”都不是数字，没有发生的应填 0{'' if one else '，逐格补齐'}。"
        findings.append(found(ctx, code, message, cells=zero, expected="0", actual=printed(ctx, zero[0]), edits=edits))
    return [failed(code, reading.table, *findings)]


def _dashed_lines(ctx: CheckContext, reading: TableReading) -> Finding:
    """A line of dashes reads as "does not apply to us": the form asks for 0."""
    cells = reading.dash_rows
    message = f"{listed(ctx, cells, 3)}整行填“{printed(ctx, cells[0])}”，表示不适用的也应填 0，汇总时才能相加。"
    edits = tuple(SetCell(cell=cell, value="0") for cell in cells)
    return found(ctx, "T003", message, cells=cells, expected="0", actual=printed(ctx, cells[0]), edits=edits, severity="info")


def _lost(ctx: CheckContext, code: str, cell: str) -> Finding:
    right = right_value(ctx, cell)
    assert right is not None  # only cells that the sums determine come here
    message = (
        f"{ctx.name(cell)}{'填“' + printed(ctx, cell) + '”' if code == 'T003' else '空着'}，按横向、纵向合计应为 {plain(right)}，数字漏填。"
    )
    edits = (SetCell(cell=cell, value=plain(right)),)
    return found(
        ctx, code, message, cells=with_totals(ctx, cell), expected=plain(right), actual=printed(ctx, cell), edits=edits, severity="error"
    )


def _blank_means_zero(ctx: CheckContext) -> bool:
    """Whether the report prints numbers but never a zero, leaving blanks instead."""
    readings = read_tables(ctx).values()
    filled = [reading for reading in readings if not reading.empty and reading.values]
    return bool(filled) and all(reading.blank_rows and not reading.zero_printed for reading in filled)


@rule("T005")
def zeros_left_blank(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Whole lines, or all zeros of a table, left blank: told once. A table without any number counts where the others leave their zeros blank too."""
    tables = [reading for reading in read_tables(ctx).values() if reading.blank_rows and (not reading.empty or _blank_means_zero(ctx))]
    if not tables:
        return (passed("T005"),)
    where = "、".join(f"{TABLE_NAMES[reading.table]} {len(reading.blank_rows)} 格" for reading in tables)
    cells = tuple(cell for reading in tables for cell in reading.blank_rows)
    edits = tuple(SetCell(cell=cell, value="0") for cell in cells)
    message = f"{where}以空白代替 0，合计按空白为 0 验算。建议补填 0，免得与漏填混淆。"
    return (failed("T005", "report", found(ctx, "T005", message, cells=cells, expected="0", actual="空白", edits=edits)),)


@rule("T006")
def unreadable(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Text where a number belongs. Amounts with a unit behind them are told by T008, rows that do not fit their header by S024."""
    misfit = {_row(loss.cell) for loss in ctx.losses_of(LossKind.WIDTH_MISMATCH) if loss.cell}
    unreadable_cells = [cell.id for cell in ctx.cells if cell.state is CellState.UNREADABLE]
    wrong = [cell for cell in unreadable_cells if _row(cell) not in misfit and not _amount_with_unit(ctx, cell)]
    return judged("T006", [_no_number(ctx, cell) for cell in wrong])


def _no_number(ctx: CheckContext, cell: str) -> Finding:
    right = demanded(ctx, cell)
    expected = plain(right) if right is not None else None
    told = f"，按各项合计应为 {expected}" if expected else "，无法验算"
    edits = (SetCell(cell=cell, value=expected),) if expected else ()
    message = f"{ctx.name(cell)}填“{printed(ctx, cell)}”，不是数字{told}。"
    return found(ctx, "T006", message, cells=(cell,), expected=expected, actual=printed(ctx, cell), edits=edits)


def _row(cell: str) -> str:
    return cell.rsplit(".", 1)[0]


def _amount_with_unit(ctx: CheckContext, cell: str) -> bool:
    column = ctx.form.columns_by_cell.get(cell)
    return bool(column and column.unit == "万元" and "元" in ctx.cell(cell).raw)


@rule("T007")
def empty_table(ctx: CheckContext) -> tuple[Outcome, ...]:
    """A table without a single number, in a report that prints its zeros elsewhere or holds no number at all."""
    empty = [] if _blank_means_zero(ctx) else [reading for reading in read_tables(ctx).values() if reading.empty]
    return judged(
        "T007",
        [
            found(ctx, "T007", f"{TABLE_NAMES[reading.table]}没有填任何数字，没有发生的各项应填 0。", cells=tuple(reading.values)[:1])
            for reading in empty
        ],
    )
