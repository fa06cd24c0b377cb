"""S001–S004: which sections are there, in which order, under which numbers."""

from __future__ import annotations

import itertools

from assistant.checks.context import CheckContext, heading_span
from assistant.checks.findings import failed, found, judged, passed
from assistant.checks.registry import rule
from assistant.checks.structure.differences import numeral_of
from assistant.domain.finding import Finding, Outcome
from assistant.domain.report import Section, SectionId
from assistant.text.marks import behind_number

_TABLES = {"t2": "表二", "t3": "表三", "t4": "表四"}


@rule("S001")
def missing_section(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Sections of the form that the report does not have; the table that belongs there is told with it."""
    if not ctx.blocks and ctx.missing_sections:
        message = "文件中只有表格，没有正文；正文各部分没有检查。"
        return (failed("S001", "report", found(ctx, "S001", message, severity="info")),)
    outcomes: list[Outcome] = []
    for section in ctx.form.sections:
        if section.id not in ctx.missing_sections:
            outcomes.append(passed("S001", section.id.value))
            continue
        gone = [_TABLES[table] for table in section.tables if not has_table(ctx, table)]
        message = f"缺少“{section.printed}”一节{'，' + '、'.join(gone) + '也随之缺失' if gone else ''}。"
        outcomes.append(
            failed("S001", section.id.value, found(ctx, "S001", message, span=heading_span(section.id, ""), expected=section.printed))
        )
    return tuple(outcomes)


def has_table(ctx: CheckContext, table: str) -> bool:
    """Whether any cell of the table was found."""
    if "tables-there" not in ctx.memo:
        ctx.memo["tables-there"] = frozenset(cell.id[:2] for cell in ctx.cells)
    return table in ctx.memo["tables-there"]


@rule("S002")
def numbers(ctx: CheckContext) -> tuple[Outcome, ...]:
    """The numbers before the headings: none twice, none left out. A section that is missing may or may not be counted."""
    sections = ctx.report.sections
    printed = [numeral_of(section.heading) for section in sections]
    if not any(printed):
        return judged("S002", [], "headings")
    by_form = {section.id: section.number for section in ctx.form.sections}
    as_form = [by_form[section.id] for section in sections]
    in_turn = [section.number for section in ctx.form.sections][: len(sections)]
    if printed in (as_form, in_turn):
        return judged("S002", [], "headings")
    return judged("S002", [_numbering(ctx, sections, printed, as_form)], "headings")


def _numbering(ctx: CheckContext, sections: tuple[Section, ...], printed: list[str], right: list[str]) -> Finding:
    wrong = [place for place, number in enumerate(printed) if number != right[place]] or [0]
    first = wrong[0]
    twice = sorted(
        {number for number in printed if number and printed.count(number) > 1}, key=right.index if set(printed) <= set(right) else None
    )
    if twice:
        what = f"出现两个“{'”“'.join(twice)}”"
    elif not all(printed):
        otherwise = all(
            number or behind_number(section.heading) != section.heading for section, number in zip(sections, printed, strict=True)
        )
        what = "写法不一" if otherwise else "有的标题没有序号"
    else:
        what = "不连续"
    changes = "，".join(f"“{sections[place].heading}”应为“{right[place]}”" for place in wrong)
    message = f"各部分标题的序号{what}：{changes}。"
    return found(
        ctx,
        "S002",
        message,
        span=heading_span(sections[first].id, sections[first].heading),
        expected=right[first],
        actual=printed[first] or "无",
    )


@rule("S003")
def order(ctx: CheckContext) -> tuple[Outcome, ...]:
    """The sections in the order of the form."""
    places = {section.id: place for place, section in enumerate(ctx.form.sections)}
    sections = list(dict.fromkeys(section.id for section in ctx.report.sections))
    moved = [after for before, after in itertools.pairwise(sections) if places[after] < places[before]]
    return judged("S003", [_moved(ctx, section) for section in moved[:1]], "headings")


def _moved(ctx: CheckContext, section: SectionId) -> Finding:
    heading = next(entry.heading for entry in ctx.report.sections if entry.id is section)
    message = f"“{heading}”不在规定的位置，各部分应依次为：{'；'.join(entry.printed for entry in ctx.form.sections)}。"
    return found(ctx, "S003", message, span=heading_span(section, heading))


@rule("S004")
def section_twice(ctx: CheckContext) -> tuple[Outcome, ...]:
    """A section that occurs twice."""
    seen: set[SectionId] = set()
    findings = []
    for section in ctx.report.sections:
        if section.id in seen:
            message = f"“{section.heading}”重复出现，同一部分只应有一处。"
            findings.append(found(ctx, "S004", message, span=heading_span(section.id, section.heading)))
        seen.add(section.id)
    return judged("S004", findings, "headings")
