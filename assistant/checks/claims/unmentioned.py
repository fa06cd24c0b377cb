"""N134, N135: what the tables hold and the overview leaves unsaid."""

from __future__ import annotations

from decimal import Decimal

from assistant.checks.claims.narrative import bound_numbers
from assistant.checks.claims.wording import wording
from assistant.checks.context import CheckContext, heading_span
from assistant.checks.findings import failed, found, not_applicable, passed
from assistant.checks.registry import rule
from assistant.domain.cell import plain
from assistant.domain.finding import Outcome
from assistant.domain.report import SectionId

_RECONSIDERATION = ("t4.reconsideration.total",)
_LITIGATION = ("t4.direct.total", "t4.after_reconsideration.total")


@rule("N134")
def disputes_unmentioned(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Cases in 表四 of which the overview says nothing."""
    cells = tuple(cell for cell in (*_RECONSIDERATION, *_LITIGATION) if (ctx.value(cell) or 0) > 0)
    overview = ctx.report.section(SectionId.OVERVIEW)
    if not cells or overview is None or not overview.blocks:
        return (not_applicable("N134"),)
    if any(bound.domain in ("reconsideration", "litigation", "direct", "after_reconsideration") for bound in bound_numbers(ctx)):
        return (passed("N134"),)
    if all(wording("reconsideration_named" if cell in _RECONSIDERATION else "litigation_named").search(overview.text) for cell in cells):
        return (passed("N134"),)
    told = "、".join(f"{ctx.name(cell)} {plain(ctx.value(cell) or Decimal(0))} 件" for cell in cells)
    message = f"{told}，“总体情况”没有提到行政复议、行政诉讼。建议补写一句。"
    return (failed("N134", "report", found(ctx, "N134", message, cells=cells, span=heading_span(overview.id, ""))),)


@rule("N135")
def applications_unmentioned(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Applications in 表三 of which the overview gives no number."""
    new = ctx.value("t3.new.total")
    overview = ctx.report.section(SectionId.OVERVIEW)
    if not new or overview is None or not overview.blocks:
        return (not_applicable("N135"),)
    told = any(cell.startswith("t3.") for bound in bound_numbers(ctx) if bound.part == "overview" for cell in bound.cells)
    if told or wording("applications_told").search(overview.text):
        return (passed("N135"),)
    message = f"表三本年新收申请 {plain(new)} 件，“总体情况”没有写收到和办理申请的情况。建议补写。"
    return (failed("N135", "report", found(ctx, "N135", message, cells=("t3.new.total",), span=heading_span(overview.id, ""))),)
