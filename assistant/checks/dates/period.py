"""D110–D111: the reporting period is 1 January to 31 December of the report year; an "as of" date is its last day."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.context import CheckContext
from assistant.checks.dates.written import number
from assistant.checks.findings import found, judged, unknown
from assistant.checks.prose import NARRATIVE, Sentence, part_name, sentences
from assistant.checks.registry import rule
from assistant.domain.finding import Finding, Outcome, ReplaceText
from assistant.expressions import matches, regex

_NUMBER = r"(\d{1,4}|[〇零○一二三四五六七八九十]{1,4})"
_DAY = rf"{_NUMBER}\s*月\s*{_NUMBER}\s*[日号]"
_PERIOD = regex(rf"{_NUMBER}\s*年\s*{_DAY}\s*(?:起|始|开始)?\s*[，,]?\s*(?:至|到|[—–―\-－~～]{{1,2}})\s*(?:{_NUMBER}\s*年)?\s*{_DAY}")
_DOTTED = regex(
    r"(20\d{2})[.．/\-](\d{1,2})[.．/\-](\d{1,2})\s*(?:至|到|[—–―\-－~～]{1,2})\s*(?:(20\d{2})[.．/\-])?(\d{1,2})[.．/\-](\d{1,2})(?!\d)"
)
_MONTHS = regex(
    rf"{_NUMBER}\s*年\s*{_NUMBER}\s*月(?:份)?\s*(?:起|始|开始)?\s*[，,]?\s*(?:至|到|[—–―\-－~～]{{1,2}})\s*(?:{_NUMBER}\s*年)?\s*{_NUMBER}\s*月(?:份)?(?!\s*[\d〇零○一二三四五六七八九十]{{1,4}}\s*[日号])"
)
_ABOUT_DATA = regex(r"统计|期限|时限|数据|报告期|时段|本报告|本年报|区间|起止")
_AS_OF = regex(rf"截[至止](?:时间|日期|日|点)?(?:到|于|为|是|[:：])?\s*{_NUMBER}\s*年\s*(?:{_DAY}|(底|末|年底))")
_OF_THE_YEAR = regex(r"(?:未|共|累计)?(?:收到|受理|接收)[^。]{0,8}申请|申请\s*\d+\s*件|统计|报告期|所列数据")


Day = tuple[int | None, int | None, int | None]


def _periods(ctx: CheckContext) -> Iterator[tuple[Sentence, re.Match[str]]]:
    for sentence in sentences(ctx, ("preamble", *NARRATIVE)):
        for match in _ranges(sentence.text):
            if sentence.part == "preamble" or _ABOUT_DATA.search(sentence.text[: match.start()][-30:]):
                yield sentence, match


def _ranges(text: str) -> Iterator[re.Match[str]]:
    """Stretches of time in either form: 2023年1月1日至12月31日, 2023.1.1-2023.12.31, 2023年1月至12月."""
    if "月" in text:
        yield from matches(_PERIOD, text)
        yield from matches(_MONTHS, text)
    yield from matches(_DOTTED, text)


def _days(match: re.Match[str]) -> tuple[Day, Day]:
    """First and last day. Months without days run from their first to their last day."""
    groups = [number(group) if group else None for group in match.groups()]
    if len(groups) == 4:
        first, last, end = groups[1], groups[3], 31 if groups[3] == 12 else 30
        return (groups[0], first, 1), (groups[2] or groups[0], last, end)
    return (groups[0], groups[1], groups[2]), (groups[3] or groups[0], groups[4], groups[5])


@rule("D110")
def period(ctx: CheckContext) -> tuple[Outcome, ...]:
    """The stated reporting period."""
    if ctx.year is None:
        return (unknown("D110", "preamble", "报告年度不明"),)
    findings = []
    for sentence, match in _periods(ctx):
        first, last = _days(match)
        if first == (ctx.year, 1, 1) and last == (ctx.year, 12, 31):
            continue
        span = sentence.span(match.start(), match.end())
        right = f"{ctx.year}年1月1日至{ctx.year}年12月31日"
        message = f"{part_name(ctx, sentence.part)}统计期限写“{match.group()}”，{_what_is_wrong(ctx.year, first, last)}，应为 {right}。"
        edits = (ReplaceText(span=span, new=right),)
        findings.append(found(ctx, "D110", message, span=span, expected=right, actual=match.group(), edits=edits))
    return judged("D110", findings, "preamble")


def _what_is_wrong(year: int, first: Day, last: Day) -> str:
    if first[0] == last[0] != year:
        return f"不是报告年度 {year} 年"
    if first[0] != last[0]:
        return "跨了两个年度" if (last[0] or 0) > (first[0] or 0) else "起止年份颠倒"
    if (last[2] or 0) > 31 or (last[1] or 0) > 12 or (first[2] or 0) > 31:
        return "没有这一天"
    return "起始日不是 1 月 1 日" if first[1:] != (1, 1) else "截止日不是 12 月 31 日"


@rule("D111")
def as_of(ctx: CheckContext) -> tuple[Outcome, ...]:
    """截至 a day before the report year's end where the year's figures are told."""
    if ctx.year is None:
        return (unknown("D111", "report", "报告年度不明"),)
    findings = [
        finding for sentence in sentences(ctx, ("preamble", *NARRATIVE)) if "截" in sentence.text for finding in _as_of(ctx, sentence)
    ]
    return judged("D111", findings)


def _as_of(ctx: CheckContext, sentence: Sentence) -> Iterator[Finding]:
    assert ctx.year is not None
    for match in matches(_AS_OF, sentence.text):
        stated = number(match.group(1))
        day = (number(match.group(2)), number(match.group(3))) if match.group(2) else (12, 31)
        stale = stated < ctx.year and str(ctx.year) not in sentence.text.replace(match.group(), "")
        early = stated == ctx.year and day != (12, 31) and bool(_OF_THE_YEAR.search(sentence.text))
        if not stale and not early:
            continue
        span = sentence.span(match.start(), match.end())
        right = f"截至{ctx.year}年12月31日"
        reason = f"早于报告年度 {ctx.year} 年，疑为上年文字未更新" if stale else "年度数据应统计到 12 月 31 日"
        edits = (ReplaceText(span=span, new=right),)
        message = f"{part_name(ctx, sentence.part)}写“{match.group()}”，{reason}，应为{right}。"
        yield found(
            ctx, "D111", message, span=span, expected=right, actual=match.group(), edits=edits, severity="error" if stale else "warning"
        )
