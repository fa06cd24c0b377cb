"""Running all rules over one report. A rule that crashes becomes a finding (E001) and the run goes on."""

from __future__ import annotations

from assistant.checks.catalogue import Rule, catalogue
from assistant.checks.context import CheckContext
from assistant.checks.findings import found, not_applicable
from assistant.checks.pattern_engine import evaluate
from assistant.checks.registry import Registered, registered
from assistant.checks.settle import settle
from assistant.domain.finding import CheckResult, Outcome, Status

_LACKING = {"previous": "未提供上年度报告", "register": "未提供台账", "today": "未给出检查日期", "facts": "未提供事实"}
ENGINE_CODES = frozenset({"E001", "P104", "P105"})


def run_checks(ctx: CheckContext) -> CheckResult:
    """Every active rule of the catalogue, its outcomes, and the findings by severity and place. Same input, same result."""
    outcomes: list[Outcome] = []
    for entry in registered():
        outcomes += _guarded(entry, ctx)
    for code, row in catalogue().items():
        if row.pattern is not None and row.status == "active":
            outcomes += _guarded(Registered((code,), lambda ctx, row=row: evaluate(row, ctx)), ctx)  # type: ignore[misc]
    settled = settle(ctx, tuple(outcomes))
    return CheckResult(
        outcomes=settled.outcomes,
        findings=settled.findings,
        identities_evaluated=sum(1 for outcome in settled.outcomes if outcome.identity and outcome.status in (Status.PASS, Status.FAIL)),
        identities_total=sum(1 for outcome in settled.outcomes if outcome.identity),
    )


def _guarded(entry: Registered, ctx: CheckContext) -> tuple[Outcome, ...]:
    if _why_not(catalogue()[entry.codes[0]], ctx):
        lacking = [_why_not(catalogue()[code], ctx) for code in entry.codes]
        if all(lacking):
            return tuple(not_applicable(code, detail=reason) for code, reason in zip(entry.codes, lacking, strict=True))
    try:
        return entry.run(ctx)
    except Exception as error:  # noqa: BLE001 - one broken rule must not hide what the others found
        message = f"规则 {'、'.join(entry.codes)} 运行时出错（{type(error).__name__}：{error}），其余规则照常检查。"
        finding = found(ctx, "E001", message, actual=type(error).__name__)
        return tuple(
            Outcome(code=code, subject="report", status=Status.CRASHED, detail=str(error), findings=(finding,) if position == 0 else ())
            for position, code in enumerate(entry.codes)
        )


def _why_not(row: Rule, ctx: CheckContext) -> str:
    """Why a rule cannot apply to this input, or an empty string."""
    if ctx.report.edition not in row.editions:
        return f"不适用于 {ctx.report.edition} 版格式"
    for need in row.needs:
        if getattr(ctx, need) is None:
            return _LACKING[need]
    return ""
