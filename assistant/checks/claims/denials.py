"""N131: that there was nothing — no application, no case, nothing carried over — against the tables."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from assistant.checks.claims.lexicon import DISPUTES, lexicon
from assistant.checks.claims.named import Named, names_told
from assistant.checks.claims.naming import TOTALS
from assistant.checks.claims.narrative import sentences
from assistant.checks.claims.values import evaluate, expand
from assistant.checks.claims.wording import wording
from assistant.checks.context import CheckContext, span_in
from assistant.checks.findings import found, judged, not_applicable
from assistant.checks.registry import rule
from assistant.domain.cell import plain
from assistant.domain.finding import Finding, Outcome
from assistant.domain.report import Block
from assistant.expressions import regex
from assistant.text.numerals import quantities

_BREATH = regex("[、，,和与及也且]{0,3}")
_SIGN = regex("[未无零]|没有|不存在")
_OCCURS = regex("发生|案件|受理|申请|新收")
_BOTH = regex(r"复议.{0,4}诉讼|诉讼.{0,4}复议")
_RECONSIDERATION = ("reconsideration",)
_LITIGATION = ("direct", "after_reconsideration")
_NEAR = 12  # characters before a denial that may limit it to a time
_CLAUSES = ("denied_clause", "denied_after", "denied_of", "denied_nought")


Denial = tuple[int, int, tuple[str, ...]]
"""Where a denial stands in its sentence, and the cells that must be zero."""


@rule("N131")
def nothing_said(ctx: CheckContext) -> tuple[Outcome, ...]:
    """未收到申请, 无复议诉讼: the tables must be zero."""
    findings: list[Finding] = []
    seen = False
    for part, block, (start, text) in sentences(ctx):
        said = _said(ctx, text) if _SIGN.search(text) else []
        seen = seen or bool(said)
        findings += [_finding(ctx, part, block, start, text, low, high, cells) for low, high, cells in _wrong(ctx, text, said)]
    return judged("N131", findings) if seen else (not_applicable("N131", detail="正文没有“未收到”一类说法"),)


def _said(ctx: CheckContext, text: str) -> list[Denial]:
    """The denials of a sentence that speak of cells."""
    matches = [match for match in _denials(text) if not _limited(text, match)]
    return [(match.start(), match.end(), cells) for match in matches if (cells := _denied(ctx, match, text[: match.start()]))]


def _wrong(ctx: CheckContext, text: str, said: list[Denial]) -> list[Denial]:
    """The denials that the tables contradict, with the cells that do; those told in one breath as one, each cell once."""
    out: list[Denial] = []
    for low, high, cells in said:
        before = out[-1] if out else (0, 0, ())
        wrong = tuple(cell for cell in cells if (ctx.value(cell) or 0) > 0 and cell not in before[2])
        if wrong and out and _BREATH.fullmatch(text[before[1] : low]):
            out[-1] = (before[0], high, before[2] + wrong)
        elif wrong:
            out.append((low, high, wrong))
    return out


def _finding(ctx: CheckContext, part: str, block: Block, start: int, text: str, low: int, high: int, cells: tuple[str, ...]) -> Finding:
    values = [(cell, plain(ctx.value(cell) or Decimal(0))) for cell in cells]
    told = "、".join(f"{ctx.name(cell)}为 {value}{'' if cell.startswith('t2.fees') else ' 件'}" for cell, value in values)
    message = f"正文写“{text[low:high]}”，而{told}。请改正文或改表。"
    return found(
        ctx, "N131", message, cells=cells, span=span_in(part, block, start + low, start + high), expected="0", actual=values[0][1]
    )  # fmt: skip


@lru_cache(maxsize=2048)
def _denials(text: str) -> tuple[re.Match[str], ...]:
    """Statements that there was nothing, none overlapping another; a clause with a number of its own is a label: 没有现成信息2件."""
    found: list[re.Match[str]] = []
    for name in ("denied_matter", "denied_carry", *_CLAUSES):
        for match in wording(name).finditer(text):
            free = not any(other.start() < match.end() and match.start() < other.end() for other in found)
            if free and (name not in _CLAUSES or not quantities(match["what"])):
                found.append(match)
    return tuple(sorted(found, key=lambda match: match.start()))


def _limited(text: str, match: re.Match[str]) -> bool:
    """Whether the denial is of another time, another place, or of all cases of a reviewing body."""
    before = text[max(match.start() - _NEAR, 0) : match.end()]
    own = re.split("[，,；;。]", text[: match.start()])[-1] + match.group()
    return bool(
        wording("other_time").search(text[max(match.start() - _NEAR, 0) : match.start()])
        or wording("other_place").search(own)
        or lexicon().foreign_disputes.search(before[-len(match.group()) :])
    )


def _denied(ctx: CheckContext, match: re.Match[str], said: str) -> tuple[str, ...]:
    """The cells that must be zero when the statement is true; `said`: the words before it in its clause."""
    group = match.groupdict()
    if group.get("way"):
        return ("t3.carried_in.total",) if "上" in group["way"] else ("t3.carried_out.total",)
    what, whose = wording("again").sub("", wording("nothing_more").sub("", match["what"])), group.get("whose") or ""
    if wording("accused").search(what):
        return tuple(f"t4.{name}.total" for name in _groups(what))
    if wording("set_aside").search(what) and (groups := _groups(what)):
        return tuple(f"t4.{name}.corrected" for name in groups)
    alone = whose if _OCCURS.fullmatch(what) else ""
    for phrase, before in ((whose + what, said), (what, said + whose), (alone, said)):
        named = names_told(phrase, ctx.year, before) if phrase else ()
        if named and not any(one.measure.id in TOTALS for one in named):
            return tuple(dict.fromkeys(cell for one in named for cell in _zero(ctx, one)))
        if phrase == whose + what and "noun" in group:
            break
    if group.get("whose") is not None and what == "结转":
        return ("t3.carried_in.total",) if "上年" in whose else ("t3.carried_out.total",)  # 零结转
    return _of_matter(what + (group.get("end") or "")) if "noun" in group or group.get("end") else ()


def _groups(what: str) -> tuple[str, ...]:
    """The groups of 表四 that the words speak of: reconsideration, litigation or both."""
    groups = _RECONSIDERATION if wording("by_reconsideration").search(what) else ()
    return groups + (_LITIGATION if wording("by_court").search(what) else ())


def _zero(ctx: CheckContext, one: Named) -> tuple[str, ...]:
    """The cells of the reading that is zero, else of the first; 没有行政诉讼 is said of both groups."""
    readings = [expanded for cells in one.readings if (expanded := expand(ctx.form, cells))]
    if one.domain in DISPUTES:
        readings = readings[:1]
    return next((cells for cells in readings if evaluate(ctx.report, cells).value == 0), readings[0] if readings else ())


def _of_matter(what: str) -> tuple[str, ...]:
    """All cases of a kind, or all applications, where nothing picks out some of them."""
    if wording("some_only").search(what) or not wording("anyone").fullmatch(what):
        return ()
    if _BOTH.search(what):
        return tuple(f"t4.{name}.total" for name in _RECONSIDERATION + _LITIGATION)
    if "复议" in what:
        return tuple(f"t4.{name}.total" for name in _RECONSIDERATION)
    if "诉讼" in what:
        return tuple(f"t4.{name}.total" for name in _LITIGATION)
    return ("t3.new.total",) if "申请" in what or "公开" in what else ()
