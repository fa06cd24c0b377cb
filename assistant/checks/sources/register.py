"""R101–R105: the register of applications against the report. Rows are named by place, never by a person's name."""

from __future__ import annotations

from decimal import Decimal

from assistant.checks.context import CheckContext
from assistant.checks.findings import found, judged
from assistant.checks.registry import rule
from assistant.domain.cell import plain
from assistant.domain.finding import Finding, Outcome, SetCell

_SHOWN = 5


def _rows(ctx: CheckContext, code: str, rows: tuple[str, ...], what: str) -> tuple[Outcome, ...]:
    if not rows:
        return judged(code, [], "register")
    shown = "、".join(rows[:_SHOWN]) + (f"等 {len(rows)} 行" if len(rows) > _SHOWN else "")
    return judged(code, [found(ctx, code, f"{what}：{shown}。", actual=str(len(rows)))], "register")


@rule("R101")
def unplaced(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Rows that no row of 表三 fits."""
    return _rows(ctx, "R101", ctx.register.unplaced if ctx.register else (), "台账中有办理结果没有归入表三的记录")


@rule("R102")
def duplicates(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Rows that seem to be the same application twice."""
    return _rows(ctx, "R102", ctx.register.duplicates if ctx.register else (), "台账中疑似重复登记")


@rule("R103")
def late(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Replies after the statutory deadline."""
    return _rows(ctx, "R103", ctx.register.late if ctx.register else (), "台账中超过法定期限才答复的")


@rule("R104")
def overdue(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Applications that are still open after the deadline."""
    return _rows(ctx, "R104", ctx.register.overdue if ctx.register else (), "台账中已逾期尚未答复的")


@rule("R105")
def counted(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Printed numbers against those counted from the register, all differing cells in one finding."""
    if ctx.register is None:
        return judged("R105", [], "register")
    wrong = [
        (cell.id, cell.value, counted)
        for cell in ctx.cells
        if (counted := ctx.register.counted.get(cell.id)) is not None and cell.value is not None and cell.value != counted
    ]
    return judged("R105", [_differs(ctx, wrong)] if wrong else [], "register")


def _differs(ctx: CheckContext, wrong: list[tuple[str, Decimal, Decimal]]) -> Finding:
    pairs = [(cell, plain(printed), plain(value)) for cell, printed, value in wrong]
    told = "；".join(f"{ctx.name(cell)}填 {printed}，台账为 {value}" for cell, printed, value in pairs[:_SHOWN])
    more = f"等 {len(pairs)} 格" if len(pairs) > _SHOWN else ""
    edits = tuple(SetCell(cell=cell, value=value) for cell, _, value in pairs)
    return found(
        ctx,
        "R105",
        f"表中数字与台账统计不符：{told}{more}。",
        cells=tuple(cell for cell, _, _ in pairs),
        expected=pairs[0][2],
        actual=pairs[0][1],
        edits=edits,
    )
