"""N136: comparisons in words — 多于, 较上年有所减少, 与上年持平 — against the numbers and against the tables of both years."""

from __future__ import annotations

from decimal import Decimal

from assistant.checks.claims.bound import Bound
from assistant.checks.claims.changed import undisclosed
from assistant.checks.claims.directions import directions
from assistant.checks.claims.lexicon import lexicon
from assistant.checks.claims.naming import measure_told
from assistant.checks.claims.narrative import bound_numbers, sentences
from assistant.checks.claims.values import evaluate, expand
from assistant.checks.claims.wording import wording
from assistant.checks.context import CheckContext, span_in
from assistant.checks.findings import found, judged, not_applicable
from assistant.checks.registry import rule
from assistant.domain.cell import plain
from assistant.domain.finding import Finding, Outcome
from assistant.expressions import matches, regex

_BETWEEN = regex(r"^(?:件|个|份)?[）)]?(?P<word>多于|高于|超过|少于|低于|等于)")
_MORE = frozenset({"多于", "高于", "大于", "超过"})


@rule("N136")
def direction_words(ctx: CheckContext) -> tuple[Outcome, ...]:
    """制发的…多于废止的, 较上年减少, 持平: a comparison in words must hold."""
    findings, seen = _between_numbers(ctx)
    changed, compared = directions(ctx)
    named, also = _between_named(ctx)
    return judged("N136", findings + changed + named) if seen or compared or also else (not_applicable("N136"),)


def _between_named(ctx: CheckContext) -> tuple[list[Finding], bool]:
    """自然人申请多于法人申请: between two things named, whose numbers only the tables give."""
    findings: list[Finding] = []
    seen = False
    for part, block, (start, text) in sentences(ctx):
        for match in matches(wording("two_compared"), text):
            one, two = (_values(ctx, match[side], text[: match.start()] + match["one"]) for side in ("one", "two"))
            if not one or not two:
                continue
            seen = True
            more = match["word"] in _MORE
            if not any(a > b if more else a < b for a, b in zip(one, two, strict=False)):
                message = f"正文写“{match.group()}”，而前者为 {plain(one[0])}，后者为 {plain(two[0])}。请改写。"
                findings.append(found(ctx, "N136", message, span=span_in(part, block, start + match.start(), start + match.end())))
    return findings, seen


def _values(ctx: CheckContext, what: str, said: str) -> list[Decimal]:
    """What the tables give for something named, one value for each meaning."""
    told = measure_told(what, ctx.year, said)
    if told is None or undisclosed(told[1], said + what) or lexicon().picks_some(what) or lexicon().foreign.search(what):
        return []
    expanded = [cells for reading in told[0].cells(told[1]) if (cells := expand(ctx.form, reading))]
    return [value for cells in expanded if (value := evaluate(ctx.report, cells, told[0].factor).value) is not None]


def _between_numbers(ctx: CheckContext) -> tuple[list[Finding], bool]:
    """制发的（3件）多于废止的（69件）: between two numbers of the text."""
    findings: list[Finding] = []
    bounds = bound_numbers(ctx)
    behind = {(bound.block.id, bound.mention.index - 1): bound for bound in bounds}
    seen = False
    for bound in bounds:
        match = _BETWEEN.match(bound.block.text[bound.mention.numeral.end : bound.mention.numeral.end + 6])
        after = behind.get((bound.block.id, bound.mention.index)) if match else None
        if match is None or after is None or bound.verdict != "fits" or after.verdict != "fits":
            continue
        seen = True
        if not _right(match["word"], bound, after):
            message = f"正文写“{bound.mention.numeral.raw}{match['word']}{after.mention.numeral.raw}”，与数字不符。请改写。"
            span = span_in(bound.part, bound.block, bound.mention.numeral.start, after.mention.numeral.end)
            findings.append(found(ctx, "N136", message, cells=(*bound.cells, *after.cells), span=span))
    return findings, seen


def _right(word: str, bound: Bound, after: Bound) -> bool:
    one, two = bound.mention.numeral.value or Decimal(0), after.mention.numeral.value or Decimal(0)
    return one > two if word in ("多于", "高于", "超过") else one < two if word in ("少于", "低于") else one == two
