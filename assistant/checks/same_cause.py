"""Findings whose cause another finding tells better: the text that agrees with a broken sum, the balance that last year's number mends, rows of a layout that
is wrong as a whole."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from assistant.checks.across.last_year import last_value, this_value
from assistant.checks.context import CheckContext
from assistant.checks.tables.verdict import verdict
from assistant.domain.finding import Finding

_TOTALS_OF_RESULTS = "results:total"


def told_otherwise(ctx: CheckContext, findings: list[Finding]) -> frozenset[int]:
    """The findings, by `id`, that are told by another one of the same cause."""
    codes = {finding.code for finding in findings}
    return frozenset(id(finding) for finding in findings if _told(ctx, finding, findings, codes))


def _told(ctx: CheckContext, finding: Finding, findings: list[Finding], codes: set[str]) -> bool:
    match finding.code:
        case "N101":
            return "T102" in codes and _confirms_the_sum(ctx, finding)
        case "T101":
            return "C101" in codes and _mended_by_last_year(ctx)
        case "S020" | "S022":
            mixed = any(other.code == "S025" and other.actual != ctx.report.edition for other in findings)
            return mixed and bool(finding.cells) and all(cell.startswith("t2.") for cell in finding.cells)
        case "S054":
            return any(other.code == "S050" and other.span is not None and other.span.section == "title" for other in findings)
        case "S051":
            return any(other.code == "S053" and other.actual == finding.expected for other in findings)
    return False


def _confirms_the_sum(ctx: CheckContext, finding: Finding) -> bool:
    """Whether the text's number for a result differs from the table's by what the results differ from （七）总计: the row is wrong, as T102 tells."""
    if any(not cell.startswith("t3.") or not cell.endswith(".total") for cell in finding.cells):
        return False
    told, printed = _number(finding.actual), _number(finding.expected)
    rests = {rest for key, rest in verdict(ctx).residuals.items() if key == _TOTALS_OF_RESULTS and rest}
    return told is not None and printed is not None and rests == {told - printed}


def _mended_by_last_year(ctx: CheckContext) -> bool:
    """Whether every broken balance holds once last year's 结转下年度 stands for this year's 上年结转."""
    carried = dict(ctx.form.carried_cells)
    for relation in verdict(ctx).loose:
        if relation.template != "balance":
            continue
        cell = next((cell for cell in relation.left if cell in carried), None)
        mine, theirs = (this_value(ctx, cell), last_value(ctx, carried[cell])) if cell else (None, None)
        if mine is None or theirs is None or verdict(ctx).residuals[relation.key] != mine - theirs:
            return False
    return True


def _number(text: str | None) -> Decimal | None:
    try:
        return Decimal("".join(char for char in text or "" if char.isdigit() or char == "."))
    except InvalidOperation:
        return None
