"""N136: more or less than last year, in words — 有所减少, 持平, 高于上年 — for what is named or for the number told right before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from assistant.checks.claims.bound import Bound
from assistant.checks.claims.changed import both_years
from assistant.checks.claims.narrative import bound_numbers, sentences
from assistant.checks.claims.values import evaluate
from assistant.checks.claims.wording import wording
from assistant.checks.context import CheckContext, span_in
from assistant.checks.findings import found
from assistant.domain.cell import plain
from assistant.domain.finding import Finding
from assistant.domain.report import Block
from assistant.expressions import regex
from assistant.text.normalise import squeeze

_WAYS = ("up", "down", "same")
_CLAUSE = regex("[^，,；;：:。！（）()]+")
_SIGN = regex("[高增升提攀多走涨变降减少回落滑低平当同致样]")
_ROUGHLY = regex("基本|大体|大致|相当")
_NEXT_AGAINST = regex("[，,](?:比|较|同比)")
_YEAR = regex("20[0-9]{2}")
_NEAR = Decimal("0.05")

Pair = tuple[Decimal, Decimal]
"""This year's figure and last year's."""


@dataclass
class _Walk:
    """What the clauses read so far leave to speak of: pairs of figures that the next may compare, whether it is compared with last year."""

    pairs: list[Pair] = field(default_factory=list)
    cells: tuple[str, ...] = ()
    numbers: list[Bound] = field(default_factory=list)
    compared: bool = False

    def forget(self) -> None:
        self.pairs, self.cells, self.numbers = [], (), []


def directions(ctx: CheckContext) -> tuple[list[Finding], bool]:
    """The comparisons with last year that do not hold, and whether there were any."""
    findings: list[Finding] = []
    seen = False
    if ctx.previous is None:
        return findings, seen
    for part, block, (start, text) in sentences(ctx):
        if not _SIGN.search(text):
            continue
        for low, high, way, roughly, walk in _compared(ctx, block, start, text):
            seen = True
            if not any(_holds(way, roughly, now, then) for now, then in walk.pairs):
                now, then = walk.pairs[0]
                message = f"正文写“{text[low:high]}”，而今年为 {plain(now)}，上年为 {plain(then)}。请改写。"
                findings.append(found(ctx, "N136", message, cells=walk.cells, span=span_in(part, block, start + low, start + high)))
    return findings, seen


def _compared(ctx: CheckContext, block: Block, start: int, text: str) -> Iterator[tuple[int, int, str, bool, _Walk]]:
    """The clauses of a sentence that compare with last year: place, way, whether only roughly, and what is compared."""
    walk = _Walk()
    bounds = [b for b in bound_numbers(ctx) if b.block.id == block.id and start <= b.mention.numeral.start < start + len(text)]
    for match in _CLAUSE.finditer(text):
        low, high = match.span()
        clause = squeeze(match.group())
        inside = [b for b in bounds if start + low <= b.mention.numeral.start < start + high]
        told = _told(ctx, walk, clause, text, low, high, inside, start)
        if told and walk.pairs:
            yield low, high, told[0], told[1], walk


def _told(
    ctx: CheckContext, walk: _Walk, clause: str, text: str, low: int, high: int, inside: list[Bound], start: int
) -> tuple[str, bool] | None:
    """(way, whether only roughly) where the clause compares; else what it leaves to be compared is noted in `walk`."""
    if wording("compared").match(clause):
        walk.compared = True
        return None
    if inside:
        return _from_number(ctx, walk, text, high, inside, start)
    match = wording("beyond_last").match(clause) or wording("trend").match(clause)
    if match is None or _other_year(ctx, clause):
        walk.forget()
        return None
    against = match.re.groupindex.get("against") is None or match["against"] or walk.compared
    if not against and not wording("going_on").search(match["more"]) and not _NEXT_AGAINST.match(text, high):
        walk.forget()
        return None
    if not wording("only_number").fullmatch(match["what"]) or (match["what"] and not walk.numbers):
        walk.forget()
        walk.pairs, walk.cells = both_years(ctx, match["what"], text[:low])
    return _way(match), bool(_ROUGHLY.search(clause))


def _from_number(ctx: CheckContext, walk: _Walk, text: str, high: int, inside: list[Bound], start: int) -> tuple[str, bool] | None:
    """A clause with numbers: 较上年的12件有所上升 compares, any other tells what the next clause may speak of."""
    last = inside[-1]
    behind = squeeze(text[last.mention.numeral.end - start : high])
    match = wording("trend_from").match(behind)
    if last.period == "last" and match and walk.numbers and last.mention.numeral.value is not None and last.verdict != "differs":
        now = walk.numbers[-1].mention.numeral.value
        walk.pairs = [(now, last.mention.numeral.value)] if now is not None else []
        return _way(match), bool(_ROUGHLY.search(behind))
    if last.period != "this" or last.verdict != "fits" or last.why_loose or len(behind) > 1:
        walk.forget()
        return None
    walk.numbers.append(last)
    walk.pairs += _years_of(ctx, last)
    walk.cells = walk.cells or last.cells
    return (_way(match), bool(_ROUGHLY.search(behind))) if match and wording("against").search(behind) else None


def _years_of(ctx: CheckContext, bound: Bound) -> list[Pair]:
    """This year's figure of a bound number and last year's, where it is known."""
    reading = bound.readings[bound.match or 0]
    then = evaluate(ctx.previous, reading.cells, bound.measure.factor) if ctx.previous else None
    if reading.value is None or then is None or then.value is None or then.assumed:
        return []
    return [(reading.value, then.value)]


def _other_year(ctx: CheckContext, clause: str) -> bool:
    """Whether the clause compares with another year than the last."""
    return any(ctx.year is not None and int(year) not in (ctx.year, ctx.year - 1) for year in _YEAR.findall(clause))


def _way(match: re.Match[str]) -> str:
    return next(way for way in _WAYS if match[way])


def _holds(way: str, roughly: bool, now: Decimal, then: Decimal) -> bool:
    if way == "up":
        return now > then
    if way == "down":
        return now < then
    return abs(now - then) <= (then * _NEAR if roughly else 0)
