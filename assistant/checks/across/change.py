"""C102–C105: how numbers move from one year to the next."""

from __future__ import annotations

from decimal import Decimal

from assistant.checks.across.last_year import comparable, last_value, this_value
from assistant.checks.context import CheckContext
from assistant.checks.findings import failed, found, judged, not_applicable, passed, unknown
from assistant.checks.registry import rule
from assistant.checks.tables.amounts import FINEST
from assistant.domain.cell import plain
from assistant.domain.finding import Finding, Outcome

LEAST = 100  # below this a number may jump without a question
STEEP = 100
SAME_AT_LEAST = 5
UNEVEN = 2  # decimal places by which amounts of two years may not differ


@rule("C102")
def roll_forward(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Last year's 现行有效 + 制发 − 废止 against 现行有效: a prompt to explain, never an error."""
    if not comparable(ctx):
        return (not_applicable("C102", detail="没有可比的上年度报告"),)
    outcomes: list[Outcome] = []
    for row in ("rules", "normative"):
        last = last_value(ctx, f"t2.{row}.in_force")
        issued, repealed, now = (this_value(ctx, f"t2.{row}.{column}") for column in ("issued", "repealed", "in_force"))
        if last is None or issued is None or repealed is None or now is None:
            outcomes.append(unknown("C102", f"t2.{row}", "有一项没有数字"))
            continue
        due = last + issued - repealed
        outcomes.append(
            passed("C102", f"t2.{row}") if due == now else failed("C102", f"t2.{row}", _rolled(ctx, row, (last, issued, repealed, now)))
        )
    return tuple(outcomes)


def _rolled(ctx: CheckContext, row: str, numbers: tuple[Decimal, Decimal, Decimal, Decimal]) -> Finding:
    last, issued, repealed, now = numbers
    due, cell = last + issued - repealed, f"t2.{row}.in_force"
    if due < 0:
        gone = f"t2.{row}.repealed"
        message = f"{ctx.name(gone)}填 {plain(repealed)}，多于上年现行有效 {plain(last)} 与本年制发 {plain(issued)} 之和，请核对。"
        return found(ctx, "C102", message, cells=(gone, cell), actual=plain(repealed))
    message = (
        f"{ctx.name(cell)}填 {plain(now)}；按上年现行有效 {plain(last)} ＋本年制发 {plain(issued)} −本年废止 {plain(repealed)} 推算为 {plain(due)}，"
        f"相差 {plain(abs(now - due))}。口径有变（如清理、宣布失效）的请说明。"
    )
    return found(ctx, "C102", message, cells=(cell,), expected=plain(due), actual=plain(now))


@rule("C103")
def jump(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Decision counts and applications that change beyond what a year usually brings."""
    if not comparable(ctx):
        return (not_applicable("C103", detail="没有可比的上年度报告"),)
    watched = ("t2.licensing.decisions", "t2.penalty.decisions", "t2.coercion.decisions", "t2.normative.in_force", "t3.new.total")
    outcomes: list[Outcome] = []
    for cell in watched:
        if cell not in ctx.form.columns_by_cell:
            continue
        now, last = this_value(ctx, cell), last_value(ctx, cell)
        if now is None or last is None:
            outcomes.append(unknown("C103", cell, "有一年没有数字"))
            continue
        low, high = sorted((now, last))
        steep = high >= LEAST and high >= max(low, Decimal(1)) * ctx.settings.jump
        outcomes.append(failed("C103", cell, _jumped(ctx, cell, now, last)) if steep else passed("C103", cell))
    return tuple(outcomes)


def _jumped(ctx: CheckContext, cell: str, now: Decimal, last: Decimal) -> Finding:
    low, high = sorted((now, last))
    times = high / max(low, Decimal(1))
    counted_published = "；应填全部决定数量，包括依法不公开的，不只是已公开的条数" if cell.endswith(".decisions") and now < last else ""
    message = f"{ctx.name(cell)}由上年 {plain(last)} 变为 {plain(now)}，相差约 {times:.0f} 倍，请核对口径{counted_published}。"
    severity = "warning" if times >= STEEP else "info"
    return found(ctx, "C103", message, cells=(cell,), actual=plain(now), severity="warning" if severity == "warning" else "info")


@rule("C105")
def decimals(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Amounts given to another number of decimal places than last year's; what is finer than a whole 元 is told by T009."""
    if not comparable(ctx):
        return (not_applicable("C105", detail="没有可比的上年度报告"),)
    outcomes: list[Outcome] = []
    for cell in (cell for cell, column in ctx.form.columns_by_cell.items() if column.decimal):
        now, last = this_value(ctx, cell), last_value(ctx, cell)
        if now is None or last is None:
            outcomes.append(unknown("C105", cell, "有一年没有数字"))
            continue
        mine, theirs = _places(now), _places(last)
        if not now or not last or abs(mine - theirs) < UNEVEN or max(mine, theirs) > FINEST:
            outcomes.append(passed("C105", cell))
            continue
        message = f"{ctx.name(cell)}填 {plain(now)}，小数 {mine} 位；上年 {plain(last)}，小数 {theirs} 位。各年小数位数宜一致。"
        outcomes.append(failed("C105", cell, found(ctx, "C105", message, cells=(cell,), actual=plain(now))))
    return tuple(outcomes)


def _places(value: Decimal) -> int:
    return max(0, -int(value.normalize().as_tuple().exponent))


@rule("C104")
def identical(ctx: CheckContext) -> tuple[Outcome, ...]:
    """All figures the same as last year's."""
    previous = ctx.previous
    if not comparable(ctx) or previous is None or previous.edition != ctx.report.edition:
        return (not_applicable("C104", detail="没有可比的上年度报告"),)
    mine = {cell.id: cell.value for cell in ctx.cells if cell.value}
    theirs = {cell.id: cell.value for cell in previous.cells if cell.value}
    zeros = Decimal(0)
    active = [(mine.get(cell, zeros), theirs.get(cell, zeros)) for cell in {**mine, **theirs} if cell in ctx.form.columns_by_cell]
    if len(active) < SAME_AT_LEAST:
        return (not_applicable("C104", detail="非零数字太少，不作判断"),)
    if any(now != last for now, last in active):
        return (passed("C104"),)
    message = f"三张表 {len(active)} 个非零数字与上年度报告完全相同，疑未更新。"
    return judged("C104", [found(ctx, "C104", message)])
