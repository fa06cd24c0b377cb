"""P101–P103: numbers whose sources disagree, computed numbers whose inputs changed, readings nobody has confirmed."""

from __future__ import annotations

from decimal import Decimal

from assistant.checks.context import CheckContext
from assistant.checks.findings import found, judged
from assistant.checks.registry import rule
from assistant.checks.tables.words import listed
from assistant.domain.cell import Computed, Imported, plain
from assistant.domain.finding import Finding, Outcome, SetCell
from assistant.tables.compute import stale_cells


@rule("P101")
def sources_disagree(ctx: CheckContext) -> tuple[Outcome, ...]:
    """A value that differs from what another source gave for the same cell."""
    findings = []
    for cell in ctx.cells:
        others = [(source, value) for source, value in cell.alternatives if value != cell.value]
        if others and cell.value is not None:
            told = "、".join(f"{source} {plain(value)}" for source, value in others)
            message = f"{ctx.name(cell.id)}采用 {plain(cell.value)}，另有来源不同：{told}。"
            findings.append(found(ctx, "P101", message, cells=(cell.id,), expected=plain(others[0][1]), actual=plain(cell.value)))
    return judged("P101", findings, "sources")


@rule("P102")
def stale(ctx: CheckContext) -> tuple[Outcome, ...]:
    """A computed cell whose inputs have changed since."""
    return judged("P102", [_stale(ctx, cell) for cell in stale_cells(ctx.report)], "sources")


def _stale(ctx: CheckContext, cell_id: str) -> Finding:
    cell = ctx.cell(cell_id)
    assert isinstance(cell.provenance, Computed)  # stale cells are computed ones
    inputs = [ctx.value(name) for name in cell.provenance.inputs]
    known = [value for value in inputs if value is not None]
    right = plain(sum(known, Decimal(0))) if len(known) == len(inputs) else None
    message = f"{ctx.name(cell_id)}是算出来的，所依据的单元格后来改过，需要重新计算{f'，应为 {right}' if right else ''}。"
    edits = (SetCell(cell=cell_id, value=right),)
    return found(
        ctx, "P102", message, cells=(cell_id,), expected=right, actual=plain(cell.value) if cell.value is not None else None, edits=edits
    )


@rule("P103")
def unconfirmed(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Cells read by OCR that nobody has confirmed, all in one finding."""
    cells = tuple(cell.id for cell in ctx.cells if isinstance(cell.provenance, Imported) and not cell.provenance.confirmed)
    if not cells:
        return judged("P103", [], "sources")
    return judged("P103", [found(ctx, "P103", f"{listed(ctx, cells, 3)}由扫描件识别得来，尚未人工确认。", cells=cells)], "sources")
