"""N121–N123: parts that must add up to their whole, sums stated in the text, and what is left over."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

from assistant.checks.claims.lexicon import DISPUTES
from assistant.checks.claims.narrative import Paragraph, paragraphs
from assistant.checks.context import CheckContext
from assistant.checks.findings import failed, found, not_applicable, passed, unknown
from assistant.checks.registry import rule
from assistant.domain.cell import plain
from assistant.domain.finding import Finding, Outcome, Severity
from assistant.expressions import regex
from assistant.text.claims import Mention, PartList, total_of, unit_of, value_of

_SUM = regex(r"^(?:[两二三四]者|[两三四]项|[两三四]类|各项|各类|以上|上述|总共|一共|共)?(?:合计|共计|总计|累计|共)(?:为|达|达到)?$")
_DIFFERENCE = regex(r"(?:比|较|同比|净)[^,]*(?:增加|减少|增长|下降|多|少|增|减)(?:了)?$")
_REST = regex(r"^(?:其余|余下|剩余|剩下|另外)(?:的)?$")
_LITTLE = Decimal("0.1")
_MADE = regex(r"制作|产生|形成|获取|生成")
_ATTRIBUTE = regex(r"主动公开|依申请公开|不予公开|不公开")


@rule("N121")
def parts_add_up(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Parts listed after a total must add up to it when the list is complete, and never exceed it."""
    outcomes = [
        outcome
        for paragraph in paragraphs(ctx)
        for parts in paragraph.prose.lists
        if (outcome := _judge(ctx, paragraph, parts)) is not None
    ]
    outcomes += [outcome for paragraph in paragraphs(ctx) if (outcome := _attributes(ctx, paragraph)) is not None]
    return tuple(outcomes) or (not_applicable("N121", detail="正文没有分项数字"),)


def _judge(ctx: CheckContext, paragraph: Paragraph, listed: PartList) -> Outcome | None:
    total = paragraph.prose.mentions[listed.total]
    sure, every = _same_matter(paragraph, listed)
    if any(m.numeral.approx or m.numeral.value is None for m in (total, *every)) or _DIFFERENCE.search(total.left):
        return None
    subject = f"{paragraph.block.id}:{total.numeral.start}"
    if not sure or _settled_by_tables(paragraph, total, sure):
        return None
    text = paragraph.block.text
    wholes = {value_of(m) for m in _wholes(paragraph, listed, total)} - {Decimal(0)}
    if any(_tiles(text, whole, parts) for parts in _readings(total, sure, every) for whole in wholes or {Decimal(0)}):
        return passed("N121", subject)
    if paragraph.differs(total, *every):
        return unknown("N121", subject, "所依据的数字本身不符")
    if total_of(sure) < value_of(total) < total_of(every):
        return unknown("N121", subject, "所列分项是否都是其中的，看不出")
    parts, severity = sure, _severity(listed, value_of(total), sure, _coordinated(text, sure))
    if severity is None and len(every) > len(sure) and len(every) > 2 and total_of(every) < value_of(total):
        parts, severity = every, _nearly_full(value_of(total), every)
    if severity is None:
        return unknown("N121", subject, "所列分项不完整")
    return failed("N121", subject, _finding(ctx, paragraph, total, parts, severity))


def _same_matter(paragraph: Paragraph, listed: PartList) -> tuple[list[Mention], list[Mention]]:
    """The parts that are sure, and those with the doubtful ones, up to the first that speaks of something else: 行政复议 after the results of applications."""
    mentions = paragraph.prose.mentions
    whole = paragraph.bound.get(listed.total)
    every: list[Mention] = []
    for part in (mentions[index] for index in sorted((*listed.parts, *listed.doubtful))):
        bound = paragraph.bound.get(part.index)
        other = bound is not None and (bound.domain in DISPUTES) != (whole is not None and whole.domain in DISPUTES) and bool(every)
        if other or _SUM.match(part.left):
            break
        every.append(part)
    return [part for part in every if part.index in listed.parts], every


def _settled_by_tables(paragraph: Paragraph, total: Mention, parts: list[Mention]) -> bool:
    """Whether total and at least half of the parts are compared with cells anyway."""
    tied = [part for part in parts if (bound := paragraph.bound.get(part.index)) and not bound.why_loose and bound.verdict != "unknown"]
    return total.index in paragraph.bound and len(tied) * 2 >= len(parts)


def _wholes(paragraph: Paragraph, listed: PartList, total: Mention) -> list[Mention]:
    """The numbers that may be the whole of a list: its total, what else stands there, and what is counted alike before."""
    before = [m for m in paragraph.before(total) if unit_of(m) == unit_of(total) and not m.numeral.approx]
    return [total, *(paragraph.prose.mentions[index] for index in listed.others), *before]


def _readings(total: Mention, sure: list[Mention], every: list[Mention]) -> list[list[Mention]]:
    """The ways to read a list: all numbers, those that are surely parts, those of the measure word of the whole, and all up to one that may be none."""
    alike = [m for m in sure if unit_of(m) == unit_of(total)]
    return [every, sure, alike, *(every[:place] for place, m in enumerate(every) if place and m not in sure)]


def _tiles(text: str, whole: Decimal, parts: list[Mention]) -> bool:
    """Whether the parts in order fill the whole, once or several times (two breakdowns one after the other). What follows a full breakdown
    after a semicolon does not count."""
    running = Decimal(0)
    if total_of(parts) == whole:
        return True
    for place, part in enumerate(parts):
        running += value_of(part)
        if running != whole:
            continue
        if place + 1 == len(parts) or re.search("[；;。]", text[part.numeral.end : parts[place + 1].numeral.start]):
            return True
        running = Decimal(0)
    return False


def _coordinated(text: str, parts: list[Mention]) -> bool:
    """Whether 、 joins the parts: kinds of one breakdown rather than two views of the same things."""
    return all(text[one.numeral.end : two.numeral.start].lstrip().startswith("、") for one, two in pairwise(parts))


def _severity(listed: PartList, total: Decimal, parts: list[Mention], coordinated: bool) -> Severity | None:
    """How sure it is that the parts should fill the whole; None when the list is open."""
    together = total_of(parts)
    if together > total:
        certain = listed.shared or listed.bracketed or listed.closed or coordinated
        if max(map(value_of, parts)) > total or len(parts) > 2 or (certain and len(parts) > 1):
            return "warning"
        return None if len(parts) == 1 else "info"
    if listed.open_ended or len(parts) == 1:
        return None
    if listed.closed:
        return "warning"
    if listed.shared and total - together < max(map(value_of, parts)):
        return "warning"
    severity = _nearly_full(total, parts)
    return severity if listed.marked or (severity == "warning" and len(parts) > 2) else None


def _nearly_full(total: Decimal, parts: list[Mention]) -> Severity | None:
    """What is left over in a list that need not be complete: told when it is little, or less than the usual part; some kinds picked out leave much."""
    sizes = sorted(map(value_of, parts))
    gap = total - sum(sizes)
    little = gap <= total * _LITTLE
    if len(sizes) == 2:
        return "warning" if little and gap < sizes[0] else None
    if little or gap <= sizes[len(sizes) // 2]:
        return "warning"
    return "info" if gap < sizes[-1] else None


def _finding(ctx: CheckContext, paragraph: Paragraph, total: Mention, parts: list[Mention], severity: Severity) -> Finding:
    together = total_of(parts)
    unit = total.numeral.unit
    gap = together - value_of(total)
    addends = "＋".join(plain(value_of(part)) for part in parts)
    message = (
        f"正文写总数“{total.left[-14:]}{total.numeral.raw.strip()}”，所列 {len(parts)} 项相加（{addends}）为 {plain(together)}{unit}，"
        f"{'多' if gap > 0 else '少'} {plain(abs(gap))}{unit}。请核对分项，或写明其余是什么。"
    )
    return found(
        ctx, "N121", message, span=paragraph.span(total), expected=plain(together), actual=plain(value_of(total)), severity=severity
    )


def _attributes(ctx: CheckContext, paragraph: Paragraph) -> Outcome | None:
    """制作政务信息 N 条, 主动公开 a 条, 依申请公开 b 条: the attributes of one stock, told over several sentences."""
    mentions = paragraph.prose.mentions
    made = next((m for m in mentions if _MADE.search(m.left) and m.numeral.unit == "条" and not m.numeral.approx), None)
    if made is None or any(made.index == listed.total for listed in paragraph.prose.lists):
        return None
    inner = {index for listed in paragraph.prose.lists for index in listed.parts}
    parts = [m for m in mentions[made.index + 1 :] if m.index not in inner and m.numeral.unit == "条" and _ATTRIBUTE.match(m.left)]
    if len(parts) < 2 or any(m.numeral.approx for m in parts):
        return None
    subject = f"{paragraph.block.id}:{made.numeral.start}"
    together = total_of(parts)
    if together == value_of(made):
        return passed("N121", subject)
    return failed("N121", subject, _finding(ctx, paragraph, made, parts, "warning"))


@rule("N122")
def stated_sums(ctx: CheckContext) -> tuple[Outcome, ...]:
    """合计 N 件 after a row of numbers must be their sum."""
    outcomes: list[Outcome] = []
    for paragraph in paragraphs(ctx):
        for mention in paragraph.prose.mentions:
            if not _SUM.match(mention.left) or mention.numeral.kind != "count" or mention.numeral.approx:
                continue
            row = [m for m in paragraph.before(mention) if m.numeral.unit == mention.numeral.unit and not m.numeral.approx]
            if len(row) < 2:
                continue
            outcomes.append(_stated(ctx, paragraph, mention, row))
    return tuple(outcomes) or (not_applicable("N122", detail="正文没有合计"),)


def _stated(ctx: CheckContext, paragraph: Paragraph, mention: Mention, row: list[Mention]) -> Outcome:
    subject = f"{paragraph.block.id}:{mention.numeral.start}"
    for options in ([value_of(m) for m in row], [paragraph.values(m)[-1] for m in row]):
        running = Decimal(0)
        for value in options:
            running += value
            if running == mention.numeral.value:
                return passed("N122", subject)
    if paragraph.differs(*row):
        return unknown("N122", subject, "所依据的数字本身不符")
    right = plain(total_of(row))
    message = f"正文写“{mention.left}{mention.numeral.raw.strip()}”，前面各数相加为 {right}{mention.numeral.unit}。请重新计算。"
    return failed(
        "N122", subject, found(ctx, "N122", message, span=paragraph.span(mention), expected=right, actual=plain(value_of(mention)))
    )


@rule("N123")
def remainders(ctx: CheckContext) -> tuple[Outcome, ...]:
    """其余 N 件 must be what the other parts leave of the total."""
    outcomes: list[Outcome] = []
    for paragraph in paragraphs(ctx):
        for mention in paragraph.prose.mentions:
            if not _REST.match(mention.left) or mention.index in paragraph.bound or mention.numeral.approx:
                continue
            row = [m for m in reversed(paragraph.before(mention)) if m.numeral.unit == mention.numeral.unit and m.depth == mention.depth]
            if len(row) < 2:
                continue
            outcomes.append(_remainder(ctx, paragraph, mention, row))
    return tuple(outcomes) or (not_applicable("N123", detail="正文没有“其余”"),)


def _remainder(ctx: CheckContext, paragraph: Paragraph, mention: Mention, row: list[Mention]) -> Outcome:
    subject = f"{paragraph.block.id}:{mention.numeral.start}"
    wanted = value_of(mention)
    if any(m.numeral.approx for m in row):
        return unknown("N123", subject, "前面的数是约数")
    for values in ([value_of(m) for m in row], [paragraph.values(m)[-1] for m in row]):
        if _leaves(values, wanted):
            return passed("N123", subject)
    if paragraph.differs(*row):
        return unknown("N123", subject, "所依据的数字本身不符")
    if value_of(row[0]) < sum((value_of(m) for m in row[1:]), Decimal(0)):
        return unknown("N123", subject, "前面没有总数")
    left = plain(value_of(row[0]) - sum((value_of(m) for m in row[1:]), Decimal(0)))
    message = f"正文写“{mention.left}{mention.numeral.raw.strip()}”，按前面的数计算应为 {left}{mention.numeral.unit}。请核对。"
    return failed("N123", subject, found(ctx, "N123", message, span=paragraph.span(mention), expected=left, actual=plain(wanted)))


def _leaves(values: list[Decimal], wanted: Decimal) -> bool:
    """Whether the last of the numbers, taken from one or more before them, leave what is wanted: 3511 and 96 less 3486 leave 121."""
    for first in range(len(values) - 1):
        for split in range(first + 1, len(values)):
            if sum(values[first:split], Decimal(0)) - sum(values[split:], Decimal(0)) == wanted:
                return True
    return False
