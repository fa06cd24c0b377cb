"""How numbers and readings are told in messages."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.checks.claims.bound import Bound
from assistant.checks.claims.values import Valued
from assistant.checks.context import CheckContext
from assistant.domain.cell import plain
from assistant.text.claims import Mention


def quoted(mention: Mention) -> str:
    """The words right before the number, and the number: enough to find it in the text."""
    left = mention.left or re.split("[,;:。]", mention.lead.rstrip(",;:。、("))[-1]
    left = re.sub(r"^.*[，,。；;：]", "", left)
    return f"“{left[-22:]}{mention.numeral.raw.strip()}{mention.right[:10] if len(left) < 4 else ''}”"


def percent(value: Decimal, like: Decimal) -> str:
    """A percentage with as many places as the printed one, at least one: `1.08%`."""
    return f"{value.quantize(min(like, Decimal('0.1')))}%"


def amount(value: Decimal, bound: Bound) -> str:
    """A value in the unit of the text; amounts in 万元 as in the table."""
    if bound.measure.factor != 1:
        return f"{plain(value / bound.measure.factor)}万元"
    return f"{plain(value)}{bound.mention.numeral.unit}"


def reading(ctx: CheckContext, bound: Bound, valued: Valued) -> str:
    """What a reading adds up: the names of up to two cells, else the name of the measure."""
    if len(valued.cells) <= 3:
        names = "加".join(ctx.name(cell) for cell in valued.cells)
        return f"{names}{'（空白按0计）' if valued.assumed else ''}"
    return f"“{bound.measure.name}”{len(valued.cells)}栏之和"


def readings(ctx: CheckContext, bound: Bound) -> str:
    """All readings with their values, each value once: `“…”为 74件；“…”加“…”为 75件`."""
    told: dict[Decimal, str] = {}
    for valued in bound.readings:
        if valued.value is not None:
            told.setdefault(valued.value, f"{reading(ctx, bound, valued)}为 {amount(valued.value, bound)}")
    return "；".join(told.values())
