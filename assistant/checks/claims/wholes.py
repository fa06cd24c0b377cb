"""What a percentage may be a share of: candidates for the whole, from the text and from the tables."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from assistant.checks.claims.bound import Bound
from assistant.checks.claims.lexicon import DISPUTES
from assistant.checks.claims.naming import TOTALS, measure_of
from assistant.checks.claims.narrative import Paragraph
from assistant.checks.claims.values import evaluate, expand
from assistant.checks.context import CheckContext
from assistant.domain.cell import plain
from assistant.expressions import regex
from assistant.text.claims import Mention

Readings = tuple[tuple[str, ...], ...]
_LITIGATION = (("t4.direct.total", "t4.after_reconsideration.total"),)
_NAMED: tuple[tuple[re.Pattern[str], Readings], ...] = (
    (regex(r"新收"), (("t3.new.total",),)),
    (regex(r"办结|答复|已办"), (("t3.processed.total",),)),
    (regex(r"诉讼"), _LITIGATION),
    (regex(r"复议"), (("t4.reconsideration.total",),)),
    (regex(r"收到|受理|接收|申请"), (("t3.new.total",), ("t3.new.total", "t3.carried_in.total"), ("t3.processed.total",))),
)
_ALL_APPLICATIONS: Readings = (("t3.processed.total",), ("t3.new.total",), ("t3.new.total", "t3.carried_in.total"))
_OF_NEW = regex(r"新收[^,]{0,12}中,?")
_GROUPED = frozenset(
    {"persons", "organisations", "granted_or_partial", "partial", "denied", "granted", "unavailable", "rejected", "other_result"}
)
_STOCKS = frozenset({"new", "carried_in", "processed"})
_GROUPS: dict[str, Readings] = {
    "reconsideration": (("t4.reconsideration.total",),),
    "litigation": (*_LITIGATION, ("t4.direct.total",), ("t4.after_reconsideration.total",)),
    "direct": (("t4.direct.total",),),
    "after_reconsideration": (("t4.after_reconsideration.total",),),
}


class Whole(NamedTuple):
    """A candidate for the whole: its value and where it is known from."""

    value: Decimal
    told: str
    mention: Mention | None = None
    cells: tuple[str, ...] = ()


def quoted_whole(mention: Mention) -> list[Whole]:
    """The whole that a number of the text gives."""
    return [Whole(mention.numeral.value, f"正文的 {mention.numeral.raw.strip()}", mention)] if mention.numeral.value else []


def named_readings(named: str) -> Readings | None:
    """What words for a whole mean: 办结总数, 新收申请, 行政诉讼案件."""
    label = re.sub(r"(?:的)?(?:总数|总量|数量|件数)$", "", named)
    measure = measure_of(label) if label else None
    if measure is not None and measure.id in _GROUPED and measure.readings[0][0].startswith("t3."):
        return measure.readings  # 占不予公开总数, 占法人和其他组织申请
    return next((readings for pattern, readings in _NAMED if named and pattern.search(named)), None)


def table_wholes(ctx: CheckContext, domain: str | None, named: str) -> list[Whole]:
    """The totals of the tables of which something of this domain may be a share: those named, else all that may be meant."""
    group = _GROUPS.get(domain or "")
    if group and domain in ("direct", "after_reconsideration"):
        group = _LITIGATION
    return from_cells(ctx, named_readings(named) or group or _ALL_APPLICATIONS)


def wholes_of(ctx: CheckContext, paragraph: Paragraph, part: Mention, named: str) -> list[Whole]:
    """All candidates for the whole of which the number `part` is said to be a share; `named`: the words for the whole, where there are any."""
    bound = paragraph.bound.get(part.index)
    domain = bound.domain if bound else None
    readings = named_readings(named)
    if readings is not None:
        return from_cells(ctx, readings) + _texts(paragraph, part, lambda other: _speaks_of(other, readings))
    if _OF_NEW.search(part.lead):
        return from_cells(ctx, (("t3.new.total",),))
    mentions = paragraph.prose.mentions
    wholes = [whole for listed in paragraph.prose.lists if part.index in listed.parts for whole in quoted_whole(mentions[listed.total])]
    wholes += _texts(paragraph, part, lambda _: True) or _texts(
        paragraph, part, lambda other: other is not None and other.measure.id in TOTALS | {"received_all"}, True
    )
    if bound and domain in DISPUTES:
        wholes += from_cells(ctx, _GROUPS[domain])
    elif bound and (bound.measure.id.startswith(("received", "persons", "organisations")) or "t3." in bound.cells[0]):
        wholes += from_cells(ctx, _ALL_APPLICATIONS)
    return wholes


def _speaks_of(bound: Bound | None, readings: Readings) -> bool:
    return bound is not None and any(set(cells) <= set(bound.cells) for cells in readings)


def _texts(paragraph: Paragraph, part: Mention, wanted: Callable[[Bound | None], bool], smaller: bool = False) -> list[Whole]:
    """Numbers before the part, of its unit and, unless asked for, not smaller, from this and the two sentences before."""
    starts = [sentence.start for sentence in paragraph.prose.sentences]
    place = starts.index(part.sentence.start)
    near = set(starts[max(place - 2, 0) : place + 1])
    return [
        whole
        for m in reversed(paragraph.prose.mentions[: part.index])
        if m.sentence.start in near and m.numeral.unit == part.numeral.unit and m.numeral.kind == "count" and m.numeral.value
        and (smaller or part.numeral.value is None or m.numeral.value >= part.numeral.value) and wanted(paragraph.bound.get(m.index))
        for whole in quoted_whole(m)
    ]  # fmt: skip


def from_cells(ctx: CheckContext, readings: Readings) -> list[Whole]:
    """The totals that the readings give, those that are 0 or unknown left out."""
    out = []
    for cells in readings:
        expanded = expand(ctx.form, cells)
        value = evaluate(ctx.report, expanded).value if expanded else None
        if value:
            names = [f"“{ctx.name(cell)}”" for cell in expanded or ()]
            told = "加".join(names) if len(names) <= 2 else f"{names[0]}等 {len(names)} 栏之和"
            out.append(Whole(value, f"{told} {plain(value)}", cells=cells))
    return out


def same_stock(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    """Whether part and whole count the same applications: those received, those and what was carried in, or those handled."""
    mine, theirs = ({cell.split(".")[1] for cell in cells} for cells in (part, whole))
    return mine == theirs or not theirs or not mine <= _STOCKS
