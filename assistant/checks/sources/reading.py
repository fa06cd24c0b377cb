"""E010–E012: input that was not taken over as it stands, so that a check cannot speak of it."""

from __future__ import annotations

from assistant.checks.context import CheckContext
from assistant.checks.findings import found, judged
from assistant.checks.registry import rule
from assistant.checks.structure.sections import has_table
from assistant.checks.tables.verdict import demanded
from assistant.domain.cell import CellState, plain
from assistant.domain.finding import Finding, Outcome
from assistant.domain.report import Loss, LossKind


def _grouped(ctx: CheckContext, code: str, losses: list[Loss]) -> list[Finding]:
    if not losses:
        return []
    told = list(dict.fromkeys(f"{loss.locator + '：' if loss.locator else ''}{loss.message.rstrip('。')}" for loss in losses))
    cells = tuple(dict.fromkeys(loss.cell for loss in losses if loss.cell))
    message = "；".join(told[:3]) + (f"等 {len(told)} 处" if len(told) > 3 else "") + "。"
    return [found(ctx, code, message, cells=cells)]


@rule("E010")
def unplaced_values(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Values that no label determines."""
    return judged("E010", _grouped(ctx, "E010", list(ctx.losses_of(LossKind.UNPLACED_VALUE))), "reading")


@rule("E011")
def conflicts(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Two readings of one cell. Those that come from a row printed twice are told by S020."""
    doubled = {(loss.cell or "").split(".", 1)[0] for loss in ctx.losses_of(LossKind.DUPLICATED_ROW)}
    losses = [loss for loss in ctx.losses_of(LossKind.CONFLICT) if (loss.cell or "").split(".", 1)[0] not in doubled]
    return judged("E011", _grouped(ctx, "E011", losses), "reading")


@rule("E012")
def missing_cells(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Single cells that were not found in a line that is otherwise there. Whole lines are told by S020, whole tables by S001 and S021."""
    if not ctx.absent:
        return judged("E012", [], "reading")
    lines: dict[str, list[str]] = {}
    for cell in ctx.form.cell_ids:
        lines.setdefault(cell.rsplit(".", 1)[0], []).append(cell)
    told_by_width = {loss.cell for loss in ctx.losses_of(LossKind.WIDTH_MISMATCH)}
    gone = [
        cell
        for line, cells in lines.items()
        if has_table(ctx, line.split(".", 1)[0]) and not all(ctx.state(cell) is CellState.ABSENT for cell in cells)
        for cell in cells
        if ctx.state(cell) is CellState.ABSENT and cell not in told_by_width
    ]
    if not gone:
        return judged("E012", [], "reading")
    names = "、".join(ctx.name(cell) for cell in gone[:4]) + (f"等 {len(gone)} 格" if len(gone) > 4 else "")
    right = demanded(ctx, gone[0]) if len(gone) == 1 else None
    expected = plain(right) if right is not None else None
    by_sums = f"，按各项合计应为 {expected}" if expected else ""
    return judged(
        "E012", [found(ctx, "E012", f"没有读到{names}{by_sums}，请核对原件是否缺格。", cells=tuple(gone), expected=expected)], "reading"
    )
