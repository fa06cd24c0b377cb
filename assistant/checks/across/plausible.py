"""X001–X004: what one table makes unlikely in another, or one column in its neighbour."""

from __future__ import annotations

from decimal import Decimal

from assistant.checks.across.last_year import last_value, this_value
from assistant.checks.context import CheckContext
from assistant.checks.findings import failed, found, judged, not_applicable, passed, unknown
from assistant.checks.registry import rule
from assistant.domain.cell import plain
from assistant.domain.finding import Outcome


@rule("X001")
def in_force_covers_issued(ctx: CheckContext) -> tuple[Outcome, ...]:
    """What was issued this year and not repealed is in force."""
    outcomes: list[Outcome] = []
    for row in ("rules", "normative"):
        issued, repealed, now = (this_value(ctx, f"t2.{row}.{column}") for column in ("issued", "repealed", "in_force"))
        if issued is None or repealed is None or now is None:
            outcomes.append(unknown("X001", f"t2.{row}", "有一项没有数字"))
        elif now >= issued - repealed:
            outcomes.append(passed("X001", f"t2.{row}"))
        else:
            message = f"{ctx.name(f't2.{row}.in_force')}填 {plain(now)}，少于本年制发 {plain(issued)} 减本年废止 {plain(repealed)}：本年制发而未废止的应计入现行有效。"
            cells = (f"t2.{row}.in_force", f"t2.{row}.issued", f"t2.{row}.repealed")
            outcomes.append(failed("X001", f"t2.{row}", found(ctx, "X001", message, cells=cells, actual=plain(now))))
    return tuple(outcomes)


@rule("X004")
def published_total_covers_new(ctx: CheckContext) -> tuple[Outcome, ...]:
    """On the trial form: what was published this year is part of all that is published."""
    outcomes: list[Outcome] = []
    for row in ("rules", "normative"):
        new, total = (this_value(ctx, f"t2.{row}.{column}") for column in ("published", "total_public"))
        if new is None or total is None:
            outcomes.append(unknown("X004", f"t2.{row}", "有一项没有数字"))
        elif total >= new:
            outcomes.append(passed("X004", f"t2.{row}"))
        else:
            cell = f"t2.{row}.total_public"
            message = f"{ctx.name(cell)}填 {plain(total)}，少于本年新公开 {plain(new)}：本年新公开的应计入对外公开总数量。"
            outcomes.append(
                failed("X004", f"t2.{row}", found(ctx, "X004", message, cells=(cell, f"t2.{row}.published"), actual=plain(total)))
            )
    return tuple(outcomes)


@rule("X002")
def disputes_without_applications(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Reconsideration and litigation presuppose applications, this year's or last year's."""
    disputes = [this_value(ctx, f"t4.{group}.total") for group in ("reconsideration", "direct", "after_reconsideration")]
    handled = [this_value(ctx, "t3.new.total"), this_value(ctx, "t3.carried_in.total")]
    if any(value is None for value in disputes + handled):
        return (unknown("X002", "t4", "有一项没有数字"),)
    cases = sum((value for value in disputes if value is not None), Decimal(0))
    last = last_value(ctx, "t3.new.total")
    if not cases:
        return (not_applicable("X002", "t4", "没有复议、诉讼"),)
    if any(handled) or last is None or last:
        return (passed("X002", "t4"),)
    message = f"表四有行政复议、行政诉讼 {plain(cases)} 件，而表三本年和上年都没有申请，请核对案件是否因政府信息公开引起。"
    return judged("X002", [found(ctx, "X002", message, cells=("t4.reconsideration.total", "t3.new.total"), actual=plain(cases))], "t4")


@rule("X003")
def carried_out_not_more_than_new(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Twenty to forty working days bound what can still be open at the end of a year."""
    new, carried = this_value(ctx, "t3.new.total"), this_value(ctx, "t3.carried_out.total")
    if new is None or carried is None:
        return (unknown("X003", "t3", "有一项没有数字"),)
    if carried <= 20 or carried * 2 <= new:
        return (passed("X003", "t3"),)
    message = f"结转下年度 {plain(carried)} 件，超过本年新收 {plain(new)} 件的一半；答复期限为 20 个工作日，请核对是否有逾期未答复的申请。"
    return judged("X003", [found(ctx, "X003", message, cells=("t3.carried_out.total", "t3.new.total"), actual=plain(carried))], "t3")
