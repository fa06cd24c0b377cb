"""T008–T009: amounts in 万元 — a wrong unit shows in the text behind the number, in its size, or against last year."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from assistant.checks.context import CheckContext
from assistant.checks.findings import found, judged
from assistant.checks.registry import rule
from assistant.domain.cell import plain
from assistant.domain.finding import Outcome, SetCell

LARGEST = Decimal(10_000_000)  # 万元: more than any one government collects in a year
RATIO = 1000
FINEST = 4  # decimal places of 万元 that a whole 元 needs


def _amounts(ctx: CheckContext) -> list[str]:
    return [cell for cell, column in ctx.form.columns_by_cell.items() if column.unit == "万元"]


@rule("T008")
def wrong_unit(ctx: CheckContext) -> tuple[Outcome, ...]:
    """元 or 亿元 in a 万元 cell."""
    findings = []
    for cell in _amounts(ctx):
        value, why = ctx.value(cell), ""
        raw = ctx.cell(cell).raw
        stated = re.search(r"([\d.,，]+)\s*(元|亿元)\s*$", raw.strip())
        last = ctx.previous.value(cell) if ctx.previous else None
        if stated and not raw.strip().endswith("万元"):
            value, why = _number(stated.group(1)), f"带单位“{stated.group(2)}”，本栏单位为万元"
        elif value is not None and value > LARGEST:
            why = "超过任何一级政府一年的收费规模，疑以元为单位"
        elif value and last and last > 0 and value > 0 and not 1 / Decimal(RATIO) < value / last < RATIO:
            why = f"上年为 {plain(last)}，相差 {RATIO} 倍以上，疑单位不是万元"
        if not why or value is None:
            continue
        guess = _guess(value, raw, last)
        advice = f"按元折算为 {plain(guess)} 万元，请核对。" if guess is not None and guess < value else "请核对单位后按万元填写。"
        edits = (SetCell(cell=cell, value=plain(guess)),) if guess is not None else ()
        findings.append(
            found(
                ctx,
                "T008",
                f"{ctx.name(cell)}填“{raw.strip() or plain(value)}”，{why}。",
                cells=(cell,),
                edits=edits,
                expected=plain(guess) if guess is not None else None,
                actual=raw.strip() or plain(value),
                advice=advice,
            )
        )
    return judged("T008", findings)


def _guess(value: Decimal, raw: str, last: Decimal | None) -> Decimal | None:
    """The amount in 万元, where 元 (or 亿元 by the text or last year's size) explains the number."""
    if "亿" in raw or (last and value and last / value >= RATIO):
        return value * 10_000
    return value / 10_000


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", "").replace("，", ""))
    except InvalidOperation:
        return None


@rule("T009")
def too_fine(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Amounts finer than a whole 元."""
    findings = []
    for cell in _amounts(ctx):
        value = ctx.value(cell)
        places = -int(value.normalize().as_tuple().exponent) if value is not None else 0
        if value is not None and places > FINEST:
            message = f"{ctx.name(cell)}填 {plain(value)}，小数 {places} 位，已细到元以下；各年小数位数宜一致。"
            findings.append(found(ctx, "T009", message, cells=(cell,), actual=plain(value)))
    return judged("T009", findings)
