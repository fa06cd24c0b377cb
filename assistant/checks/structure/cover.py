"""S040–S041: title, cover lines and signature."""

from __future__ import annotations

import re

from assistant.checks.context import CheckContext, title_span
from assistant.checks.findings import failed, found, judged, passed
from assistant.checks.registry import rule
from assistant.domain.finding import Outcome, Span
from assistant.expressions import regex

_FIELD = regex(
    r"(单位名称|填报单位|编制单位|单位(?:主要)?负责人签[字名章]?|主要负责人签[字名章]?|负责人签[字名章]?|审核人|填报人|联系人|联系电话|填报日期|签发人)\s*[:：]\s*(?:[_＿\s]*)$"
)


@rule("S040")
def blank_fields(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Cover lines such as 单位名称： with nothing behind them; all of them are one finding."""
    blank: list[tuple[str, Span]] = []
    for part, block in ctx.blocks:
        if part not in ("preamble", "signature"):
            continue
        for line in re.split(r"[\n；;]|\s{2,}", block.text):
            match = _FIELD.search(line.strip())
            if match:
                start = block.text.index(match.group(1))
                span = Span(section=part, block=block.id, start=start, end=start + len(match.group(1)), text=match.group(1))
                blank.append((match.group(1), span))
    if not blank:
        return (passed("S040", "signature"),)
    message = f"“{'”“'.join(name for name, _ in blank)}”后面空着，没有填写。"
    only_signatures = all("签" in name for name, _ in blank)  # published copies often leave the signature to the paper original
    return (failed("S040", "signature", found(ctx, "S040", message, span=blank[0][1], severity="info" if only_signatures else None)),)


@rule("S041")
def title(ctx: CheckContext) -> tuple[Outcome, ...]:
    """The title names unit, year and the report."""
    text = ctx.report.title
    if not text.strip():
        return judged("S041", [found(ctx, "S041", "没有标题，应写明单位、年度和“政府信息公开工作年度报告”。")], "title")
    compact = re.sub(r"\s+", "", text)
    lacking = []
    if ctx.report.unit is None:
        lacking.append("单位名称")
    if not re.search(r"20\d{2}年|二[〇○零]", compact) and ctx.report.source is not None:
        lacking.append("年度")
    if "年度报告" not in compact and "年报" not in compact:
        lacking.append("“年度报告”字样")
    if not lacking:
        return judged("S041", [], "title")
    return judged("S041", [found(ctx, "S041", f"标题“{compact}”没有写明{'、'.join(lacking)}。", span=title_span(text))], "title")
