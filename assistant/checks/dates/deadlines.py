"""D130–D132: when the report had to be out. 条例 art. 49 and 50; the form's notice names the dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from assistant.checks.context import CheckContext, span_in
from assistant.checks.findings import found, judged, not_applicable, passed, unknown
from assistant.checks.registry import rule
from assistant.domain.finding import Outcome, Span
from assistant.expressions import regex

_DATE = regex(r"(20\d{2})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")


def due(ctx: CheckContext) -> date | None:
    """The last day for this unit: departments and townships 31 January, counties 20 February, prefectures 10 March, provinces 31 March.
    Where the level cannot be told from the name the latest date is taken. None where the year is unknown."""
    if ctx.year is None:
        return None
    unit, year = ctx.report.unit or "", ctx.year + 1
    if re.search(r"(?:局|委员会|委|厅|办公室|中心|镇|乡|街道|街道办事处|镇人民政府|乡人民政府)$", unit) and "管理委员会" not in unit:
        return date(year, 1, 31)
    if re.search(r"(?:县|旗|区)(?:人民政府)?$", unit):
        return date(year, 2, 20) if "自治区" not in unit else date(year, 3, 31)
    return date(year, 3, 31)


def _signed(ctx: CheckContext) -> Iterator[tuple[date, Span]]:
    return ((day, span) for day, span in _dates(ctx) if day)


def _impossible(ctx: CheckContext) -> Iterator[Span]:
    """Days that do not exist: 1月33日, 2月29日 of a common year."""
    return (span for day, span in _dates(ctx) if day is None)


def _dates(ctx: CheckContext) -> Iterator[tuple[date | None, Span]]:
    for block in ctx.report.signature:
        for match in _DATE.finditer(block.text):
            try:
                day = date(*map(int, match.groups()))
            except ValueError:
                day = None
            yield day, span_in("signature", block, match.start(), match.end())


@rule("D130")
def signed_late(ctx: CheckContext) -> tuple[Outcome, ...]:
    """The date under the report is later than the deadline."""
    last = due(ctx)
    if last is None:
        return (unknown("D130", "signature", "报告年度不明"),)
    signed = list(_signed(ctx))
    if not signed:
        return (not_applicable("D130", "signature", "落款没有日期"),)
    late = [(day, span) for day, span in signed if day > last]
    return judged(
        "D130",
        [
            found(
                ctx,
                "D130",
                f"落款日期 {day:%Y-%m-%d} 晚于公布期限 {last:%Y-%m-%d}（晚 {(day - last).days} 天）。",
                span=span,
                expected=f"{last:%Y-%m-%d}前",
                actual=f"{day:%Y-%m-%d}",
            )
            for day, span in late
        ],
        "signature",
    )


@rule("D131")
def signed_too_early(ctx: CheckContext) -> tuple[Outcome, ...]:
    """The date under the report lies before the end of the year it reports on."""
    if ctx.year is None:
        return (unknown("D131", "signature", "报告年度不明"),)
    findings = [
        found(
            ctx,
            "D131",
            f"落款日期 {day:%Y-%m-%d} 早于报告年度结束之日，年份疑未更新。",
            span=span,
            expected=f"{ctx.year + 1}年",
            actual=f"{day:%Y-%m-%d}",
        )
        for day, span in _signed(ctx)
        if day < date(ctx.year, 12, 31)
    ]
    findings += [found(ctx, "D131", f"落款日期“{span.text}”没有这一天，请核对。", span=span, actual=span.text) for span in _impossible(ctx)]
    return judged("D131", findings, "signature")


@rule("D132")
def overdue(ctx: CheckContext) -> tuple[Outcome, ...]:
    """The deadline has passed or is near, seen from today."""
    last = due(ctx)
    if last is None or ctx.today is None:
        return (unknown("D132", "report", "报告年度或检查日期不明"),)
    left = (last - ctx.today).days
    if left < 0 or left > 7 or list(_signed(ctx)):
        return (passed("D132", detail=f"公布期限 {last:%Y-%m-%d}"),)
    return judged("D132", [found(ctx, "D132", f"公布期限为 {last:%Y-%m-%d}，还有 {left} 天。", expected=f"{last:%Y-%m-%d}")])
