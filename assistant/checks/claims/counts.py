"""N101–N104: numbers of the narrative against the cells they speak of."""

from __future__ import annotations

from assistant.checks.claims.bound import Bound
from assistant.checks.claims.narrative import bound_numbers
from assistant.checks.claims.words import amount, quoted, readings
from assistant.checks.context import CheckContext, span_in
from assistant.checks.findings import failed, found, not_applicable, passed, unknown
from assistant.checks.registry import rule
from assistant.domain.cell import plain
from assistant.domain.finding import Edit, Finding, Outcome, ReplaceText, Severity, Span
from assistant.text.normalise import squeeze

_STRICT_NEW = ("收到", "新收")


@rule("N101", "N102", "N103")
def counts_agree(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Each number bound to cells must fit one of its readings."""
    bounds = bound_numbers(ctx)
    outcomes = [_judge(ctx, bound) for bound in bounds]
    for code in ("N101", "N102", "N103"):
        if not any(outcome.code == code for outcome in outcomes):
            outcomes.append(not_applicable(code, detail="正文没有这类数字"))
    return tuple(outcomes)


def _judge(ctx: CheckContext, bound: Bound) -> Outcome:
    code = "N102" if bound.period == "last" else "N103" if bound.why_loose else "N101"
    subject = f"{bound.block.id}:{bound.mention.numeral.start}"
    if bound.verdict == "fits":
        return passed(code, subject, readings(ctx, bound))
    if bound.verdict == "unknown":
        return unknown(code, subject, readings(ctx, bound) or "所涉单元格没有可用的数字")
    return failed(code, subject, _finding(ctx, bound, code))


def _finding(ctx: CheckContext, bound: Bound, code: str) -> Finding:
    span = _span(bound)
    quote = quoted(bound.mention)
    told = readings(ctx, bound)
    if code == "N102":
        message = f"正文写{quote}，而上年度报告表中{told}。请核对引用的上年数字。"
    elif code == "N103":
        message = f"正文写{quote}，而{told}；{bound.why_loose}，请核对并在正文说明口径。"
    else:
        message = f"正文写{quote}，与表中数字不符：{told}。请核对后改正文或改表。"
    first = next((reading.value for reading in bound.readings if reading.value is not None), None)
    expected = None if first is None else amount(first, bound)
    severity: Severity | None = "info" if bound.why_loose else None
    return found(
        ctx, code, message, cells=bound.cells, span=span, expected=expected, actual=bound.mention.numeral.raw.strip(), severity=severity,
        edits=_edits(bound, span),
    )  # fmt: skip


def _span(bound: Bound) -> Span:
    return span_in(bound.part, bound.block, bound.mention.numeral.start, bound.mention.numeral.end)


def _edits(bound: Bound, span: Span) -> tuple[Edit, ...]:
    """The number replaced by the table's, when only one value is possible and the number is printed in full."""
    numeral = bound.mention.numeral
    values = {reading.value for reading in bound.readings}
    value = next(iter(values))
    if len(values) != 1 or value is None or numeral.approx or numeral.step != 1 or bound.measure.factor != 1 or bound.why_loose:
        return ()
    number = span.model_copy(update={"end": numeral.number_end, "text": bound.block.text[numeral.start : numeral.number_end]})
    return (ReplaceText(span=number, new=plain(value)),)


@rule("N104")
def carried_in_left_unsaid(ctx: CheckContext) -> tuple[Outcome, ...]:
    """收到 with a number that includes what came over from last year, and the text does not say so."""
    outcomes = [
        failed("N104", f"{bound.block.id}:{bound.mention.numeral.start}", _unsaid(ctx, bound))
        for bound in bound_numbers(ctx)
        if _leaves_unsaid(bound)
    ]
    return tuple(outcomes) or (passed("N104"),)


def _leaves_unsaid(bound: Bound) -> bool:
    """The total fits only together with what was carried in, the verb says 收到, and the paragraph never mentions a carry-over."""
    if bound.measure.id != "received" or bound.match != 1 or bound.readings[0].value is None:
        return False
    return any(word in bound.mention.left for word in _STRICT_NEW) and "结转" not in squeeze(bound.block.text)


def _unsaid(ctx: CheckContext, bound: Bound) -> Finding:
    new = bound.readings[0].value
    message = f"正文写{quoted(bound.mention)}，只有把上年结转一并计入才与表三相符（{readings(ctx, bound)}）。建议写明其中含上年结转。"
    return found(
        ctx,
        "N104",
        message,
        cells=bound.readings[1].cells,
        span=_span(bound),
        expected=None if new is None else amount(new, bound),
        actual=bound.mention.numeral.raw,
    )
