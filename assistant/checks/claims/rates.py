"""Rates with a name (维持率, 纠正比例, 办结率, 合格率): what is counted, of what."""

from __future__ import annotations

from assistant.checks.claims.judging import carry_gap
from assistant.checks.claims.lexicon import DISPUTES, lexicon
from assistant.checks.claims.naming import measure_told
from assistant.checks.claims.narrative import Paragraph
from assistant.checks.claims.recomputed import recomputed, subject_of_mention
from assistant.checks.claims.values import Valued, evaluate, expand, percent_fits
from assistant.checks.claims.wholes import Whole, quoted_whole
from assistant.checks.claims.words import percent
from assistant.checks.context import CheckContext
from assistant.checks.findings import passed, unknown
from assistant.domain.cell import plain
from assistant.domain.finding import Outcome
from assistant.expressions import regex
from assistant.text.claims import Mention

_IN_TIME = regex(r"(?:按时|按期|及时|限时|提前)[^,]{0,4}率")
_APPLIED = regex(r"申请")
_DUE: tuple[tuple[str, ...], ...] = (("t3.processed.total",), ("t3.processed.total", "t3.carried_out.total"))


def of_what_is_told(paragraph: Paragraph, mention: Mention, what: str) -> tuple[Mention, list[Whole]] | None:
    """A rate of what the number right before counts, of the numbers before that: 抽检1460组，合格1431组，合格率98.01%."""
    part = next(iter(paragraph.before(mention)), None)
    if part is None or part.index != mention.index - 1 or part.depth != mention.depth or not part.left.endswith(what):
        return None
    siblings = {index for listed in paragraph.prose.lists if part.index in listed.parts for index in listed.parts}
    wholes = [
        whole
        for m in paragraph.before(part)
        if m.numeral.unit == part.numeral.unit and m.index not in siblings
        for whole in quoted_whole(m)
    ]
    if part.left.endswith(("不" + what, "未" + what)) or not wholes or any(m.numeral.approx for m in (part, mention)):
        return None
    return part, wholes


def of_other_matter(mention: Mention) -> bool:
    """Whether the rate speaks of no matter of the tables, or of what was done in time."""
    return bool(lexicon().foreign.search(mention.lead + mention.left) or _IN_TIME.search(mention.left))


def of_what_was_due(ctx: CheckContext, paragraph: Paragraph, mention: Mention) -> Outcome | None:
    """办结率 of the applications: those handled, of those and what is carried out."""
    subject = subject_of_mention(paragraph, mention)
    if not _APPLIED.search(paragraph.block.text):
        return None
    part, whole = (evaluate(ctx.report, cells).value for cells in _DUE)
    if part is None or not whole or carry_gap(ctx.report, ctx.previous):
        return unknown("N111", subject, "表三数字不全")
    if percent_fits(mention.numeral, part, whole):
        return passed("N111", subject)
    basis = f"表三（七）总计 {plain(part)} 件、应办 {plain(whole)} 件"
    right = percent(part * 100 / whole, mention.numeral.step)
    return recomputed(
        ctx, "N111", paragraph, mention, quote=mention.left[-12:], basis=basis, right=right, cells=_DUE[1], severity="warning"
    )


def of_cases(ctx: CheckContext, paragraph: Paragraph, mention: Mention, name: str) -> Outcome:
    """维持率, 纠正比例 of a group of 表四 where the text gives neither number."""
    subject = subject_of_mention(paragraph, mention)
    told = measure_told(name, ctx.year, mention.lead + mention.left)
    if told is None or told[1] not in DISPUTES:
        return unknown("N111", subject, "看不出比率说的是哪个数")
    wholes = measure_told({"reconsideration": "行政复议", "litigation": "行政诉讼"}.get(told[1], ""), ctx.year)
    parts = [_value(ctx, cells) for cells in told[0].cells(told[1])]
    totals = [_value(ctx, cells) for cells in wholes[0].cells(wholes[1])] if wholes else []
    pairs = [(p.value, t.value, p.cells) for p, t in zip(parts, totals, strict=False) if p.value is not None and t.value]
    if not pairs:
        return unknown("N111", subject, "表四数字不全")
    if any(percent_fits(mention.numeral, part, whole) for part, whole, _ in pairs):
        return passed("N111", subject)
    part, whole, cells = pairs[0]
    right = percent(part * 100 / whole, mention.numeral.step)
    basis = f"表四{told[0].name} {plain(part)} 件、总计 {plain(whole)} 件"
    return recomputed(ctx, "N111", paragraph, mention, quote=mention.left[-16:], basis=basis, right=right, cells=cells)


def _value(ctx: CheckContext, cells: tuple[str, ...]) -> Valued:
    expanded = expand(ctx.form, cells)
    return evaluate(ctx.report, expanded) if expanded else Valued((), None)
