"""S020–S024: rows and tables that are missing, doubled or foreign, and lines whose values do not fit their header."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.context import CheckContext
from assistant.checks.findings import failed, found, judged, not_applicable, passed
from assistant.checks.registry import rule
from assistant.checks.structure.sections import has_table
from assistant.domain.cell import CellState
from assistant.domain.finding import Finding, Outcome
from assistant.domain.report import LossKind
from assistant.forms import editions, load_form

_TABLE = {"t2": "表二", "t3": "表三", "t4": "表四"}


def _lines(ctx: CheckContext, table: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(row, cells) of 表二 and 表三; the three groups of 表四 stand in one line."""
    rows: dict[str, list[str]] = {}
    for cell in ctx.form.cell_ids:
        if cell.startswith(f"{table}."):
            rows.setdefault(cell.rsplit(".", 1)[0], []).append(cell)
    return ((row, tuple(cells)) for row, cells in rows.items())


def _row_label(ctx: CheckContext, cell: str) -> str:
    """The row's name as used in messages: the cell's name without its column."""
    name, column = ctx.name(cell), ctx.form.columns_by_cell[cell].label
    return name.removesuffix(column)


def _short_label(ctx: CheckContext, cell: str) -> str:
    """The row's label alone: `行政强制`."""
    return _row_label(ctx, cell).split("“", 1)[-1].rstrip("”")


@rule("S020")
def rows(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Rows printed twice and rows missing, one finding for each table."""
    outcomes: list[Outcome] = []
    for table, named in _TABLE.items():
        if not has_table(ctx, table):
            outcomes.append(not_applicable("S020", table, "没有这张表"))
            continue
        missing = [cells for _, cells in _lines(ctx, table) if ctx.absent.issuperset(cells)] if ctx.absent else []
        doubled = [
            loss for loss in ctx.losses_of(LossKind.DUPLICATED_ROW) if (loss.cell or "").startswith(f"{table}.") or named in loss.message
        ]
        if missing or doubled:
            outcomes.append(failed("S020", table, _rows(ctx, table, missing, [loss.message for loss in doubled])))
        else:
            outcomes.append(passed("S020", table))
    return tuple(outcomes)


def _rows(ctx: CheckContext, table: str, missing: list[tuple[str, ...]], doubled: list[str]) -> Finding:
    gone = "、".join(_row_label(ctx, cells[0]) for cells in missing[:4]) + (f"等 {len(missing)} 行" if len(missing) > 4 else "")
    parts = [text.rstrip("。") for text in doubled]
    if gone and not (doubled and all(any(f"“{_short_label(ctx, cells[0])}”" in text for text in doubled) for cells in missing)):
        parts.append(f"缺少{gone}")
    cells = tuple(cell for line in missing for cell in line[-1:])
    named = ctx.losses_of(LossKind.DUPLICATED_ROW)
    cells = tuple(dict.fromkeys((*cells, *(loss.cell for loss in named if loss.cell and loss.cell.startswith(table)))))
    return found(ctx, "S020", f"{'；'.join(parts)}。", cells=cells, expected="每行各一次")


@rule("S021")
def missing_table(ctx: CheckContext) -> tuple[Outcome, ...]:
    """A section that lacks its table."""
    findings = []
    for section in ctx.form.sections:
        gone = [table for table in section.tables if not has_table(ctx, table)]
        if gone and section.id not in ctx.missing_sections:
            message = f"“{section.printed}”一节没有{'、'.join(_TABLE[table] for table in gone)}，应按格式附表填报。"
            findings.append(found(ctx, "S021", message, cells=tuple(cell for cell in ctx.form.cell_ids if cell.startswith(gone[0]))[:1]))
    return judged("S021", findings, "tables")


@rule("S022")
def foreign_rows(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Rows whose label is none of the form's, and rows that only the other edition has."""
    findings = [
        found(ctx, "S022", f"{loss.locator + '：' if loss.locator else ''}{loss.message}", actual=loss.locator)
        for loss in ctx.losses_of(LossKind.UNPLACED_ROW)
    ]
    return judged("S022", findings + list(_of_another_edition(ctx)), "tables")


def _of_another_edition(ctx: CheckContext) -> Iterator[Finding]:
    """One finding for each row of the report that the other edition has and this one has not."""
    rows = {cell.rsplit(".", 1)[0] for cell in ctx.form.cell_ids}
    foreign: dict[str, list[str]] = {}
    for cell in ctx.report.cells:
        row = cell.id.rsplit(".", 1)[0]
        if row not in rows and cell.state is not CellState.ABSENT:
            foreign.setdefault(row, []).append(cell.id)
    other = next((form for edition in editions() if (form := load_form(edition)).edition != ctx.form.edition), ctx.form)
    for cells in foreign.values():
        if cells[0] in other.names:
            name = other.names[cells[0]].removesuffix(other.columns_by_cell[cells[0]].label)
            message = f"{name}是 {other.edition} 年版格式的行，{ctx.form.edition} 年版格式没有这一行，其数值没有归处。"
            yield found(ctx, "S022", message, cells=tuple(cells), actual=name)


@rule("S023")
def foreign_tables(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Tables that the form does not have."""
    return judged(
        "S023",
        [
            found(ctx, "S023", f"{loss.locator + '：' if loss.locator else ''}{loss.message}", actual=loss.locator)
            for loss in ctx.losses_of(LossKind.EXTRA_TABLE)
        ],
        "tables",
    )


@rule("S024")
def widths(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Lines with more or fewer values than their header, one finding for each table."""
    findings = []
    losses = ctx.losses_of(LossKind.WIDTH_MISMATCH)
    for table, named in _TABLE.items():
        mine = [loss for loss in losses if (loss.cell or "").startswith(f"{table}.") or (not loss.cell and named in loss.message)]
        if mine:
            told = list(dict.fromkeys(loss.message.rstrip("。") for loss in mine))
            cells = tuple(dict.fromkeys(loss.cell for loss in mine if loss.cell))
            message = f"{'；'.join(told[:2])}{f'；这样的共 {len(told)} 行' if len(told) > 2 else ''}。"
            findings.append(found(ctx, "S024", message, cells=cells))
    return judged("S024", findings, "tables")
