"""People's decisions about findings: attached by fingerprint, told when their day has passed or when nothing answers to them any more."""

from __future__ import annotations

from assistant.checks.context import CheckContext
from assistant.checks.findings import failed, found
from assistant.domain.finding import Explanation, Finding, Outcome, fingerprint


def _expired(ctx: CheckContext, explanation: Explanation) -> bool:
    return bool(ctx.today and explanation.until and explanation.until < ctx.today.isoformat())


def explained_by(ctx: CheckContext, mark: str) -> Explanation | None:
    """The decision about the finding with this fingerprint, while it is valid."""
    explanation = ctx.explanations.get(mark)
    return None if explanation is None or _expired(ctx, explanation) else explanation


def explanation_outcomes(ctx: CheckContext, findings: tuple[Finding, ...]) -> list[Outcome]:
    """P105 for decisions whose day has passed while the finding still stands; P104, where asked for, for those without a finding."""
    outcomes: list[Outcome] = []
    here = {finding.fingerprint: finding for finding in findings}
    for mark, explanation in sorted(ctx.explanations.items()):
        finding = here.get(mark)
        if finding is not None and _expired(ctx, explanation):
            message = f"“{finding.title}”的说明（{explanation.by}：{explanation.reason}）已于 {explanation.until} 到期，问题仍在。"
            outcomes.append(_told(ctx, "P105", mark, message))
        elif finding is None and ctx.settings.tell_unused:
            outcomes.append(_told(ctx, "P104", mark, f"{explanation.by}的说明“{explanation.reason}”已没有对应的问题。"))
    return outcomes


def _told(ctx: CheckContext, code: str, mark: str, message: str) -> Outcome:
    finding = found(ctx, code, message, actual=mark)
    return failed(code, mark, finding.model_copy(update={"fingerprint": fingerprint(code, ctx.report.unit, ctx.year, (), mark)}))
