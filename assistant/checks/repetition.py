"""Family B: sections that repeat last year's. Figures and years are folded, boilerplate is left out (`assistant.text.similarity`)."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from assistant.checks.across.last_year import comparable
from assistant.checks.context import CheckContext, heading_span
from assistant.checks.findings import failed, found, not_applicable, passed
from assistant.checks.prose import section_text
from assistant.checks.registry import rule
from assistant.domain.finding import Finding, Outcome
from assistant.domain.report import SectionId
from assistant.expressions import regex
from assistant.text.similarity import Repetition, repetition

_GRAM = 4
_FAR = 0.25  # share of common four-character stretches below which no half of a text can repeat the other
_SHOWN = 2
_PLAIN = regex(r"[\d０-９\s，。；：、！？“”（）《》,.;:()%％]+")


@rule("B101")
def problems_copied(ctx: CheckContext) -> tuple[Outcome, ...]:
    """五、存在的主要问题及改进情况 against last year's."""
    return _section(ctx, "B101", SectionId.PROBLEMS)


@rule("B102")
def overview_copied(ctx: CheckContext) -> tuple[Outcome, ...]:
    """一、总体情况 against last year's."""
    return _section(ctx, "B102", SectionId.OVERVIEW)


def _section(ctx: CheckContext, code: str, section: SectionId) -> tuple[Outcome, ...]:
    previous = ctx.previous
    if previous is None or not comparable(ctx):
        return (not_applicable(code, section.value, "没有可比的上年度报告"),)
    mine = section_text(ctx, section.value)
    last = "\n".join(block.text for part, block in previous.blocks() if part == section.value)
    if not mine.strip() or not last.strip():
        return (not_applicable(code, section.value, "有一年没有这一节"),)
    if _common(mine, last) < _FAR:
        return (passed(code, section.value, "与上年文字不同"),)
    measured = repetition(mine, last)
    share = f"{measured.score:.0%}"
    if Decimal(str(measured.score)) <= ctx.settings.repetition:
        return (passed(code, section.value, f"与上年重复 {share}"),)
    return (failed(code, section.value, _copied(ctx, code, section, measured), detail=share),)


@lru_cache(maxsize=64)
def _common(mine: str, last: str) -> float:
    """A cheap upper view of what two texts share: common stretches of four characters in the shorter one, figures and marks disregarded."""
    one, two = _stretches(mine), _stretches(last)
    return len(one & two) / max(min(len(one), len(two)), 1)


@lru_cache(maxsize=64)
def _stretches(text: str) -> frozenset[str]:
    plain = _PLAIN.sub("", text)
    return frozenset([plain[place : place + _GRAM] for place in range(max(len(plain) - _GRAM + 1, 1))])


def _copied(ctx: CheckContext, code: str, section: SectionId, measured: Repetition) -> Finding:
    heading = ctx.form.section(section).heading
    limit = f"{ctx.settings.repetition:.0%}"
    quotes = "；".join(f"“{match.sentence.text.strip()[:30]}…”" for match in measured.copied[:_SHOWN])
    count = len(measured.copied)
    told = f"，其中 {count} 句与上年相同（数字、年份不计）：{quotes}{'等' if count > _SHOWN else ''}" if quotes else ""
    message = f"“{heading}”与上年度报告重复 {measured.score:.0%}，超过 {limit}{told}。"
    return found(ctx, code, message, span=heading_span(section, ""), expected=f"≤{limit}", actual=f"{measured.score:.0%}")
