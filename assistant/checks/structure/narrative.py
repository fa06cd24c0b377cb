"""S030, S032–S035: what the narrative sections must hold."""

from __future__ import annotations

import re

from assistant.checks.context import CheckContext, heading_span
from assistant.checks.findings import failed, found, judged, not_applicable, passed
from assistant.checks.prose import section_text
from assistant.checks.registry import rule
from assistant.checks.structure.aspects import signs
from assistant.domain.finding import Outcome
from assistant.domain.report import SectionId
from assistant.expressions import regex

_FEE = regex(r"处理费|收费|收取.{0,6}费用")


@rule("S030")
def overview_length(ctx: CheckContext) -> tuple[Outcome, ...]:
    """一、总体情况 in principle has no more than 1,000 characters (white space not counted)."""
    form, section = ctx.form.section(SectionId.OVERVIEW), ctx.report.section(SectionId.OVERVIEW)
    if section is None or form.limit is None:
        return (not_applicable("S030", "overview", "没有字数限制或没有这一节"),)
    length = len(re.sub(r"\s+", "", section_text(ctx, "overview")))
    if length <= form.limit:
        return (passed("S030", "overview", f"{length} 字"),)
    message = f"“{form.heading}”共 {length} 字，原则上不超过 {form.limit} 字，超出 {length - form.limit} 字。"
    span = heading_span(section.id, "")
    return (failed("S030", "overview", found(ctx, "S030", message, span=span, expected=f"≤{form.limit}", actual=str(length))),)


_OF_GOVERNMENTS = {"assessment": "工作考核", "opinion": "社会评议", "accountability": "责任追究结果"}
_GOVERNMENT = regex(r"(?:政府|[省市县区州盟旗镇乡])$")


@rule("S035")
def supervision_of_governments(ctx: CheckContext) -> tuple[Outcome, ...]:
    """A government's report also tells of assessment, public opinion and accountability."""
    section, unit = ctx.report.section(SectionId.OVERVIEW), ctx.report.unit or ""
    text = section_text(ctx, "overview")
    if section is None or not text.strip() or not _GOVERNMENT.search(unit):
        return (not_applicable("S035", "overview", "没有这一节，或不是一级政府的报告"),)
    missing = [label for key, label in _OF_GOVERNMENTS.items() if not signs()[key].search(text)]
    if not missing:
        return (passed("S035", "overview"),)
    message = f"政府的年度报告在监督保障方面还应写到{'、'.join(missing)}，没有的也宜交代一句。"
    finding = found(ctx, "S035", message, span=heading_span(section.id, ""), expected="、".join(missing))
    return (failed("S035", "overview", finding),)


@rule("S032")
def empty_narrative(ctx: CheckContext) -> tuple[Outcome, ...]:
    """A narrative section with a heading and nothing below it."""
    findings = []
    for section in ctx.form.sections:
        printed = ctx.report.section(section.id)
        if section.kind == "narrative" and printed is not None and not section_text(ctx, section.id.value).strip():
            findings.append(found(ctx, "S032", f"“{section.printed}”只有标题，没有内容。", span=heading_span(section.id, "")))
    return judged("S032", findings)


@rule("S033")
def fee_stated(ctx: CheckContext) -> tuple[Outcome, ...]:
    """六 must tell about the processing fee, even when none was charged. Source: 〔2021〕30号, since report year 2021."""
    section = ctx.report.section(SectionId.OTHER)
    if section is None or (ctx.year is not None and ctx.year < 2021):
        return (not_applicable("S033", "other", "没有这一节或当年格式不要求"),)
    text = section_text(ctx, "other")
    if not text.strip() or _FEE.search(text):
        return (passed("S033", "other"),)
    elsewhere = any(re.search(r"信息处理费", block.text) for part, block in ctx.blocks if part not in ("other", "preamble"))
    where = "（别处写到了，应移到这一部分）" if elsewhere else ""
    message = f"“{section.heading}”没有写收取信息处理费的情况{where}，没有收取的也要写明。"
    return (failed("S033", "other", found(ctx, "S033", message, span=heading_span(section.id, ""), expected="信息处理费收取情况")),)


@rule("S034")
def text_in_table_section(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Narrative in a section that holds only a table."""
    findings = []
    for section in ctx.form.sections:
        text = section_text(ctx, section.id.value)
        printed = ctx.report.section(section.id)
        if section.kind == "table" and printed is not None and len(text) > 60:
            message = f"“{section.printed}”规定只列表格，另写了 {len(text)} 字的文字，宜移到“总体情况”。"
            findings.append(found(ctx, "S034", message, span=heading_span(section.id, "")))
    return judged("S034", findings)
