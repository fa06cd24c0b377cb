"""N133: that no fee was charged for processing, against the applications whose fee was not paid in time."""

from __future__ import annotations

from assistant.checks.claims.narrative import sentences
from assistant.checks.claims.wording import wording
from assistant.checks.context import CheckContext, span_in
from assistant.checks.findings import failed, found, not_applicable, passed
from assistant.checks.registry import rule
from assistant.domain.cell import plain
from assistant.domain.finding import Outcome
from assistant.expressions import regex

_UNPAID = "t3.other.unpaid.total"
_AROUND = 6  # characters behind that say what of the fee is denied: 未发生信息处理费收取事项
_SIGN = regex("费")


@rule("N133")
def fee_denied(ctx: CheckContext) -> tuple[Outcome, ...]:
    """No processing fee said to be charged, while applicants let the time to pay run out: fee notices were sent."""
    unpaid = ctx.value(_UNPAID)
    for part, block, (start, text) in sentences(ctx):
        match = wording("no_fee").search(text) if _SIGN.search(text) and wording("fee_matter").search(text) else None
        if match is None:
            continue
        notices = wording("fee_notice").finditer(block.text)
        if not unpaid or any(wording("denied_before").search(block.text[: told.start()]) is None for told in notices):
            return (passed("N133"),)
        message = f"正文写“{match.group()}”，而表三“（六）2.逾期未按收费通知要求缴纳费用”为 {plain(unpaid)} 件，说明发过收费通知。建议写明收费通知和缴纳情况。"
        span = span_in(part, block, start + match.start(), start + match.end())
        due = wording("fee_not_due").search(match.group() + text[match.end() : match.end() + _AROUND])
        return (failed("N133", "report", found(ctx, "N133", message, cells=(_UNPAID,), span=span, severity="warning" if due else None)),)
    return (not_applicable("N133", detail="正文没有未收取信息处理费的说法"),)
