"""Evaluating the rules that are written in the catalogue itself (`pattern:`)."""

from __future__ import annotations

import itertools
import re
from decimal import Decimal, InvalidOperation
from functools import cache

from assistant.checks.catalogue import Rule
from assistant.checks.context import CheckContext, heading_span
from assistant.checks.findings import failed, found, judged, not_applicable, passed, unknown
from assistant.checks.patterns import Claim, Exists, Forbids, Order, Part, StaleYear, Substitutes
from assistant.domain.finding import Outcome, ReplaceText, Span
from assistant.domain.report import Block, SectionId
from assistant.expressions import matches, regex

_ANCHOR = regex(r"(?<!\[)\^|\$|\\[AZ]")


@cache
def compiled(expression: str, year: int | None) -> re.Pattern[str]:
    """The expression with the years filled in; where the year is unknown its places match nothing."""
    filled = expression.replace("{year}", str(year) if year else "(?!)").replace("{last}", str(year - 1) if year else "(?!)")
    return regex(filled)


def evaluate(rule: Rule, ctx: CheckContext) -> tuple[Outcome, ...]:
    """Run the pattern of a rule."""
    pattern = rule.pattern
    match pattern:
        case Exists():
            return _exists(rule, pattern, ctx)
        case Forbids():
            return _forbids(rule, pattern, ctx)
        case Substitutes():
            return _substitutes(rule, pattern, ctx)
        case Order():
            return _order(rule, pattern, ctx)
        case StaleYear():
            return _stale_year(rule, pattern, ctx)
        case Claim():
            return _claim(rule, pattern, ctx)
        case None:
            raise ValueError(f"{rule.code} has no pattern")


def _blocks(ctx: CheckContext, where: tuple[Part, ...]) -> list[tuple[str, Block]]:
    title = [("title", Block(id="title", text=ctx.report.title))] if ctx.report.title else []
    return [(part, block) for part, block in [*title, *ctx.blocks] if not where or part in where]


def _sentence(text: str, start: int, end: int) -> str:
    left = max(text.rfind(mark, 0, start) for mark in "。！？；\n") + 1
    rights = [place for mark in "。！？；\n" if (place := text.find(mark, end)) >= 0]
    return text[left : min(rights, default=len(text))]


def _span(part: str, block: Block, match: re.Match[str], group: str | int = 0) -> Span:
    return Span(section=part, block=block.id, start=match.start(group), end=match.end(group), text=match.group(group))


def _exists(rule: Rule, pattern: Exists, ctx: CheckContext) -> tuple[Outcome, ...]:
    outcomes: list[Outcome] = []
    wanted = [compiled(expression, ctx.year) for expression in pattern.any_of]
    for part in pattern.where:
        section = ctx.report.section(SectionId(part)) if part in set(SectionId) else None
        text = "\n".join(block.text for name, block in ctx.blocks if name == part)
        if section is None and not text:
            outcomes.append(not_applicable(rule.code, part))
        elif any(expression.search(text) for expression in wanted):
            outcomes.append(passed(rule.code, part))
        else:
            span = heading_span(section.id, section.heading) if section else Span(section=part, block=part, start=0, end=0, text="")
            outcomes.append(failed(rule.code, part, found(ctx, rule.code, pattern.message, span=span)))
    return tuple(outcomes)


def _forbids(rule: Rule, pattern: Forbids, ctx: CheckContext) -> tuple[Outcome, ...]:
    findings = []
    find = compiled(pattern.find, ctx.year)
    anchored = _ANCHOR.search(pattern.find) is not None  # such an expression must see each paragraph by itself
    for part, block in _blocks(ctx, pattern.where) if anchored or matches(find, ctx.whole) or find.search(ctx.report.title) else ():
        for match in matches(find, block.text):
            if pattern.unless and compiled(pattern.unless, ctx.year).search(_sentence(block.text, match.start(), match.end())):
                continue
            findings.append(
                found(
                    ctx,
                    rule.code,
                    pattern.message.format(text=match.group(), year=ctx.year),
                    span=_span(part, block, match),
                    actual=match.group(),
                )
            )
    return judged(rule.code, findings)


def _substitutes(rule: Rule, pattern: Substitutes, ctx: CheckContext) -> tuple[Outcome, ...]:
    findings = []
    wanted = _alternation(tuple(pattern.words))
    for part, block in _blocks(ctx, pattern.where):
        for match in wanted.finditer(block.text):
            span, right = _span(part, block, match), pattern.words[match.group()]
            message = pattern.message.format(text=match.group(), right=right)
            edits = (ReplaceText(span=span, new=right),)
            findings.append(found(ctx, rule.code, message, span=span, expected=right, actual=match.group(), edits=edits))
    return judged(rule.code, findings)


@cache
def _alternation(words: tuple[str, ...]) -> re.Pattern[str]:
    return regex("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))


def _order(rule: Rule, pattern: Order, ctx: CheckContext) -> tuple[Outcome, ...]:
    findings = []
    for part in pattern.where:
        seen: list[tuple[int, int, Span]] = []
        for position, (name, block) in enumerate(ctx.blocks):
            if name == part:
                seen += [
                    (position, rank, _span(part, block, match))
                    for rank, expression in enumerate(pattern.sequence)
                    for match in compiled(expression, ctx.year).finditer(block.text)
                ]
        seen.sort(key=lambda entry: (entry[0], entry[2].start))
        for before, after in itertools.pairwise(seen):
            if after[1] < before[1]:
                findings.append(
                    found(
                        ctx,
                        rule.code,
                        pattern.message.format(text=after[2].text, before=before[2].text),
                        span=after[2],
                        actual=after[2].text,
                    )
                )
                break
    return judged(rule.code, findings)


def _stale_year(rule: Rule, pattern: StaleYear, ctx: CheckContext) -> tuple[Outcome, ...]:
    if ctx.year is None:
        return (unknown(rule.code, "report", "报告年度不明"),)
    findings = []
    right = [ctx.year + offset for offset in pattern.offsets]
    for part, block in _blocks(ctx, pattern.where):
        for match in compiled(pattern.find, ctx.year).finditer(block.text):
            if int(match.group("year")) in right:
                continue
            if pattern.unless and compiled(pattern.unless, ctx.year).search(_sentence(block.text, match.start(), match.end())):
                continue
            message = pattern.message.format(text=match.group(), year=ctx.year, right="、".join(map(str, right)))
            findings.append(
                found(ctx, rule.code, message, span=_span(part, block, match), expected=str(right[0]), actual=match.group("year"))
            )
    return judged(rule.code, findings)


def _claim(rule: Rule, pattern: Claim, ctx: CheckContext) -> tuple[Outcome, ...]:
    plus, minus = [ctx.value(cell) for cell in pattern.cells], [ctx.value(cell) for cell in pattern.minus]
    outcomes: list[Outcome] = []
    for part, block in _blocks(ctx, pattern.where):
        for match in compiled(pattern.find, ctx.year).finditer(block.text):
            if any(value is None for value in plus + minus):
                outcomes.append(unknown(rule.code, block.id, "所涉单元格没有数字"))
                continue
            expected = sum((value for value in plus if value is not None), Decimal(0)) - sum(
                (value for value in minus if value is not None), Decimal(0)
            )
            actual = _number(match.group("number"))
            if actual is None:
                outcomes.append(unknown(rule.code, block.id, f"“{match.group('number')}”不是数字"))
            elif actual == expected:
                outcomes.append(passed(rule.code, block.id))
            else:
                message = pattern.message.format(text=match.group(), actual=match.group("number"), expected=f"{expected:f}")
                finding = found(
                    ctx,
                    rule.code,
                    message,
                    cells=pattern.cells + pattern.minus,
                    span=_span(part, block, match),
                    expected=f"{expected:f}",
                    actual=match.group("number"),
                )
                outcomes.append(failed(rule.code, block.id, finding))
    return tuple(outcomes) or (not_applicable(rule.code),)


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", "").replace("，", "").strip())
    except InvalidOperation:
        return None
