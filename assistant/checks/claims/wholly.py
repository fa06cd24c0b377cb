"""N132: what is said of all of them (均获维持, 无一被纠正, 均由自然人提出, 均予以公开) against the tables."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.checks.claims.lexicon import lexicon
from assistant.checks.claims.naming import TOTALS, measure_of
from assistant.checks.claims.narrative import sentences
from assistant.checks.claims.values import expand
from assistant.checks.claims.wording import wording
from assistant.checks.context import CheckContext, span_in
from assistant.checks.findings import found, judged, not_applicable
from assistant.checks.registry import rule
from assistant.domain.cell import plain
from assistant.domain.finding import Finding, Outcome
from assistant.text.normalise import squeeze
from assistant.text.numerals import quantities

_COLUMNS = {
    "维持": ("corrected", "other", "pending"), "支持": ("corrected",), "胜诉": ("corrected",),
    "纠正": ("upheld", "other", "pending"), "纠错": ("upheld", "other", "pending"), "败诉": ("upheld", "pending"), "撤销": ("upheld", "pending"),
    "其他结果": ("upheld", "corrected", "pending"), "未审结": ("upheld", "corrected", "other"), "尚未审结": ("upheld", "corrected", "other"),
}  # fmt: skip
_STOCKS = TOTALS | {"received_all", "upon_request"}
_UNCOUNTED = frozenset({"new", "carried_in", "processed", "carried_out"})

Claim = tuple[int, int, tuple[str, ...]]
"""Where the words stand in the sentence, and the cells that must be 0 when they are true."""


@rule("N132")
def outcomes_claimed(ctx: CheckContext) -> tuple[Outcome, ...]:
    """均获维持, 均已审结: no case of another outcome, none pending. 均由自然人提出: no applicant of another kind."""
    findings: list[Finding] = []
    seen = False
    for part, block, (start, text) in sentences(ctx):
        for low, high, cells in (*_of_disputes(ctx, text), *_of_applications(ctx, text)):
            seen = True
            wrong = [(cell, value) for cell in cells if (value := ctx.value(cell)) is not None and value > 0]
            if wrong:
                told = "、".join(f"{ctx.name(cell)} {plain(value)} 件" for cell, value in wrong[:4])
                message = f"正文写“{text[max(low - 16, 0) : high].strip()}”，而{told}。请改正文或改表。"
                span = span_in(part, block, start + low, start + high)
                found_cells = tuple(cell for cell, _ in wrong)
                findings.append(found(ctx, "N132", message, cells=found_cells, span=span, expected="0", actual=plain(wrong[0][1])))
    return judged("N132", findings) if seen else (not_applicable("N132", detail="正文没有“均获维持”一类说法"),)


def _of_disputes(ctx: CheckContext, text: str) -> list[Claim]:
    claims: list[Claim] = []
    for match in (
        *wording("all_of_cases").finditer(text),
        *wording("not_one_case").finditer(text),
        *wording("result_behind").finditer(text),
    ):
        before = text[: match.start()]
        alone = match.re.pattern == wording("result_behind").pattern
        groups = _groups(re.split("[，,；;。]", before)[-1] if alone else before + match[0])
        if not groups or lexicon().foreign_disputes.search(text[: match.end()]) or "备案" in before or wording("all_but").search(before):
            continue
        if not _of_the_whole(ctx, before, *_stock(groups, bool(wording("concluded_before").search(before)))):
            continue
        result = "维持" if match["result"] == "支持" and wording("upheld_behind").match(text, match.end()) else match["result"]
        columns = ("corrected",) if match.re.pattern == wording("not_one_case").pattern else _COLUMNS.get(result, ("pending",))
        if wording("concluded_before").search(before):
            columns = tuple(column for column in columns if column != "pending")
        claims.append((match.start(), match.end(), tuple(f"t4.{group}.{column}" for group in groups for column in columns)))
    return claims


def _groups(before: str) -> tuple[str, ...]:
    """The dispute groups the nearest clauses speak of."""
    groups: list[str] = []
    tail = before[-60:]
    if "复议" in re.sub(r"复议后|未经复议|不经复议|复议机关", "", tail):
        groups.append("reconsideration")
    if "诉讼" in tail or "应诉" in tail:
        groups += ["direct", "after_reconsideration"]
    return tuple(groups)


def _of_applications(ctx: CheckContext, text: str) -> list[Claim]:
    claims: list[Claim] = []
    for match in wording("all_of_applications").finditer(text):
        before = text[: match.start()]
        named = [name for name, _ in lexicon().domains(before)]
        measure = measure_of(match["what"]) if named and named[-1] == "applications" and not wording("all_but").search(before) else None
        clause = next((clause for clause in reversed(re.split("[，,。；;：:]", before)) if clause), "")
        subject = measure_of(squeeze(clause))
        if (
            measure is None
            or measure.id in TOTALS
            or (subject is not None and subject.id not in _STOCKS)
            or lexicon().picks_some(before)
            or lexicon().foreign.search(before)
        ):
            continue
        cells = expand(ctx.form, measure.readings[0]) or ()
        rows = {cell.split(".")[1] for cell in cells}
        if not cells or not cells[0].startswith("t3.") or rows & {"carried_in", "carried_out"}:
            continue
        others = _other_cells(ctx, rows)
        whole = ("t3.new.total",) if rows == {"new"} else ("t3.processed.total",)
        if _of_the_whole(ctx, before, whole, ()):
            claims.append((match.start(), match.end(), tuple(cell for cell in others if cell not in cells)))
    return claims


def _other_cells(ctx: CheckContext, rows: set[str]) -> list[str]:
    """The cells of which those named are some: the applicants of 新收, or the totals of all results."""
    if rows == {"new"}:
        return [cell for cell in ctx.form.cell_ids if cell.startswith("t3.new.") and not cell.endswith(".total")]
    return [c for c in ctx.form.cell_ids if c.startswith("t3.") and c.endswith(".total") and c.split(".")[1] not in _UNCOUNTED]


def _stock(groups: tuple[str, ...], concluded: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The totals of the groups, and what is taken off where only those concluded are meant."""
    pending = tuple(f"t4.{group}.pending" for group in groups) if concluded else ()
    return tuple(f"t4.{group}.total" for group in groups), pending


def _of_the_whole(ctx: CheckContext, before: str, totals: tuple[str, ...], less: tuple[str, ...]) -> bool:
    """Whether the number last given for what is spoken of, if any, is that of the whole: 其中2件均获维持 speaks of some."""
    numbers = [n.value for n in quantities(before) if n.kind == "count" and n.unit]
    values = [ctx.value(cell) or Decimal(0) for cell in totals]
    whole = sum(values) - sum(ctx.value(cell) or Decimal(0) for cell in less)
    return not numbers or numbers[-1] in (*values, whole)
