"""C001 and C101: the right report to compare with, and what was carried over. Source: 〔2021〕30号 表三; the relation holds in every real pair seen."""

from __future__ import annotations

from decimal import Decimal

from assistant.checks.across.last_year import comparable, last_value, this_value
from assistant.checks.context import CheckContext
from assistant.checks.findings import failed, found, judged, not_applicable, passed, unknown
from assistant.checks.registry import rule
from assistant.checks.tables.verdict import verdict
from assistant.domain.cell import plain
from assistant.domain.finding import Finding, Outcome, SetCell


@rule("C001")
def other_report_fits(ctx: CheckContext) -> tuple[Outcome, ...]:
    """The report given as last year's must be that of the year before."""
    previous = ctx.previous
    if previous is None or comparable(ctx):
        return (passed("C001"),)
    message = f"作为上年报告提供的是 {previous.year} 年度报告，本报告为 {ctx.year} 年度，跨年各项未作比较。"
    return judged("C001", [found(ctx, "C001", message, expected=str((ctx.year or 0) - 1), actual=str(previous.year))])


@rule("C101")
def carry_over(ctx: CheckContext) -> tuple[Outcome, ...]:
    """上年结转 equals last year's 结转下年度 in every column; all differing columns are one finding."""
    if not comparable(ctx):
        return (not_applicable("C101", detail="没有可比的上年度报告"),)
    outcomes: list[Outcome] = []
    wrong: list[tuple[str, Decimal, Decimal]] = []
    for this, last in ctx.form.carried_cells:
        mine, theirs = this_value(ctx, this), last_value(ctx, last)
        if mine is None or theirs is None:
            outcomes.append(unknown("C101", this, "上年报告没有这一格" if theirs is None else "本年这一格没有数字", identity=True))
        elif mine == theirs or this in verdict(ctx).roots:
            outcomes.append(passed("C101", this, identity=True))
        else:
            wrong.append((this, mine, theirs))
    for position, (this, _, _) in enumerate(wrong):
        outcomes.append(failed("C101", this, *([_mismatch(ctx, wrong)] if position == 0 else []), identity=True))
    return tuple(outcomes)


def _mismatch(ctx: CheckContext, wrong: list[tuple[str, Decimal, Decimal]]) -> Finding:
    parts = "；".join(
        f"{ctx.form.columns_by_cell[cell].label}填 {plain(mine)}，上年结转下年度为 {plain(theirs)}" for cell, mine, theirs in wrong
    )
    message = f"表三“二、上年结转”与上年度报告“四、结转下年度继续办理”不一致：{parts}。"
    if _last_year_is_wrong(ctx, wrong):
        message += "上年度报告的这一数字与它自己的合计不平，按合计正是本年所填的数：是上年度报告有误，本年不必改。"
        return found(ctx, "C101", message, cells=tuple(cell for cell, _, _ in wrong), severity="info")
    first = wrong[0]
    return found(
        ctx,
        "C101",
        message,
        cells=tuple(cell for cell, _, _ in wrong),
        expected=plain(first[2]),
        actual=plain(first[1]),
        edits=tuple(SetCell(cell=cell, value=plain(theirs)) for cell, _, theirs in wrong),
    )


def _last_year_is_wrong(ctx: CheckContext, wrong: list[tuple[str, Decimal, Decimal]]) -> bool:
    """Whether the sums of last year's report show its own 结转下年度 to be wrong and demand this year's numbers instead."""
    assert ctx.previous is not None  # only called with last year's report at hand
    roots, last = verdict(CheckContext(ctx.previous)).roots, dict(ctx.form.carried_cells)
    return all((root := roots.get(last[cell])) is not None and theirs + root.delta == mine for cell, mine, theirs in wrong)
