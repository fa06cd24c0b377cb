"""Which readings a bound number admits, their values, and whether the tables agree."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.checks.claims.bound import Bound, Paragraph, Period, Verdict
from assistant.checks.claims.lexicon import Lexicon, Measure, lexicon
from assistant.checks.claims.naming import TOTALS
from assistant.checks.claims.subject import canonical, other_unit
from assistant.checks.claims.values import Valued, evaluate, expand, fits
from assistant.domain.report import Report
from assistant.expressions import regex
from assistant.forms import load_form
from assistant.text.claims import Mention
from assistant.text.normalise import squeeze

_INCLUDING = regex(r"^[,(]*(?:其中)?(?:包括|包含|含)(?:了)?(?:上年|上一年|去年|往年|年初)?.{0,6}结转")
_EXCLUDING = regex(r"^[,(]*(?:不含|不包括|不包含|不计)(?:上年|上一年|去年|往年|年初)?.{0,6}结转")
_AMONG = regex(r"(?:[件宗起](?:政府信息公开|依申请公开)?(?:申请|案件)?|申请)[中里],$")
_KIND = regex(r"^(?!(?:政府|信息|公开|依申请|申请|有关|相关|各类))[\u4e00-\u9fff]{1,6}?(?:信息公开)?申请")  # 承办的2件疑难申请
_APPLICANTS = frozenset(
    {
        "persons",
        "organisations",
        "business",
        "research",
        "public_interest",
        "legal_service",
        "other_organisations",
        "other_organisations_bare",
    }
)
_LITIGATED = frozenset({"litigation", "dispute_upheld", "dispute_corrected", "dispute_other", "dispute_pending", "dispute_concluded"})
_STOCKS = frozenset({"received", "received_new", "received_all", "processed"})
_ALL_ROWS = frozenset({"t3.new", "t3.processed"})
_AMONG_END = ("中,", "里,")
_CARRIED = frozenset({"t3.carried_in.total", "t3.carried_out.total"})
_BOTH_GROUPS = regex(r"直接(?:起诉|提起)|复议后")


def why_loose(words: Lexicon, measure: Measure, report: Report, lead: str, left: str, paragraph: Paragraph) -> str:
    """Why a difference would only be worth a note: a softened word, a looser measure, another unit's figures; empty where nothing speaks against it."""
    clause = re.split(r"[,;:。]", lead.rstrip(",;:"))[-1] + "," + left
    for pattern, why in words.softeners:
        if pattern.search(clause):
            return why
    if measure.loose:
        return "正文的说法不一定就是表中的口径"
    if other_unit(report.unit, clause):
        return "正文说的似乎是另一个单位"
    disputes = measure.domain[0] in ("reconsideration", "litigation", "disputes")
    if disputes and paragraph.topic is None and not words.disclosure.search(paragraph.block.text):
        return "正文没有说明是政府信息公开方面的案件"
    return ""


def compare(
    report: Report,
    previous: Report | None,
    paragraph: Paragraph,
    mention: Mention,
    measure: Measure,
    domain: str | None,
    period: Period,
    why: str,
) -> Bound | None:
    """The number bound to its measure and held against the tables of the year it speaks of; None when the form has no such cells."""
    sources = [report] if period == "this" else [previous] if period == "last" else [report, previous]
    readings: list[Valued] = []
    admissible = _admissible(paragraph, mention, measure, domain)
    for source in sources:
        form = load_form((source or report).edition)
        for cells in admissible:
            expanded = expand(form, cells)
            if expanded:
                readings.append(evaluate(source, expanded, measure.factor) if source else Valued(expanded, None))
    if not readings:
        return None
    match = next((i for i, r in enumerate(readings) if r.value is not None and fits(mention.numeral, r.value)), None)
    known = [r for r in readings if r.value is not None and not r.assumed]
    some = measure.id in TOTALS and bool(
        lexicon().picks_some(mention.left)
        or _among_some(paragraph, mention)
        or (mention.left.endswith("的") and _KIND.match(mention.right))
    )
    unknown = match is None and (
        some or not known or len(known) < len(readings) or period == "either" or _carry_broken(report, previous, mention, readings)
    )
    verdict: Verdict = "fits" if match is not None else "unknown" if unknown else "differs"
    return Bound(paragraph.part, paragraph.block, paragraph.prose, mention, measure, domain, period, tuple(readings), match, verdict, why)


def _among_some(paragraph: Paragraph, mention: Mention) -> bool:
    """Whether the number is said of a set told before (在…10件申请中，) that is not all applications."""
    whole = paragraph.bound.get(mention.index - 1)
    return bool(_AMONG.search(mention.lead)) and not (whole is not None and whole.measure.id in TOTALS and whole.verdict == "fits")


def carry_gap(report: Report, previous: Report | None) -> Decimal:
    """By how much the carry-over differs from what last year's report left; 0 where it agrees or is not known."""
    this = report.value("t3.carried_in.total")
    last = previous.value("t3.carried_out.total") if previous else None
    return Decimal(0) if this is None or last is None else last - this


def _carry_broken(report: Report, previous: Report | None, mention: Mention, readings: list[Valued]) -> bool:
    """Whether the number would fit, had the carry-over from last year been taken over unchanged: then the table is at fault, not the text."""
    gap = carry_gap(report, previous)
    return gap != 0 and any(
        reading.value is not None and not _CARRIED.isdisjoint(reading.cells) and fits(mention.numeral, reading.value + gap)
        for reading in readings
    )


def _of_either(paragraph: Paragraph, mention: Mention, measure: Measure) -> bool:
    """Whether 复议 N 件、诉讼 M 件 stand right before and the words here name neither: `其中被纠正 2 件` may speak of either or both."""
    if "disputes" not in measure.domain or re.search(r"复议|诉讼|法院|判决", mention.left):
        return False
    before = [paragraph.bound.get(mention.index - 2), paragraph.bound.get(mention.index - 1)]
    same = [bound for bound in before if bound is not None and bound.mention.sentence == mention.sentence]
    return {bound.measure.id for bound in same} == {"reconsideration", "litigation"}


def _leader(paragraph: Paragraph, mention: Mention, measure: Measure, domain: str | None) -> int | None:
    """The reading that a total earlier in the sentence settled for its parts: who counts 新收 in the total counts 新收 by applicant too. What one
    kind of applicant settled holds for the kinds told beside it."""
    if domain == "litigation" and "disputes" in measure.domain and not _of_either(paragraph, mention, measure):
        wanted = _LITIGATED
    elif measure.id in _APPLICANTS:
        wanted = _STOCKS | _APPLICANTS
    else:
        return None
    for bound in reversed(paragraph.bound.values()):
        if bound.mention.sentence != mention.sentence or bound.measure.id not in wanted or bound.period != "this":
            continue
        if "disputes" in bound.measure.domain and bound.domain != domain:
            continue
        if bound.measure.id in _APPLICANTS:
            if (settled := _settled(bound)) is not None:
                return settled
            continue
        values = [reading.value for reading in bound.readings]
        if bound.match is None or values.count(values[bound.match]) > 1:
            return None
        return {"received_all": 1, "processed": 2}.get(bound.measure.id, bound.match)
    return None


def _settled(bound: Bound) -> int | None:
    """Which stock a number of applicants counts, when only one of several readings fits: 0 新收, 1 with 结转, 2 办结."""
    values = [reading.value for reading in bound.readings]
    return bound.match if len(values) == 3 and bound.match is not None and values.count(values[bound.match]) == 1 else None


def _row_told(paragraph: Paragraph, mention: Mention) -> str:
    """The row of 表三, other than those received or handled in all, whose applicants are told: 予以公开的5件中，自然人4件. Empty where there is none."""
    before = [b for b in reversed(paragraph.bound.values()) if b.mention.sentence == mention.sentence and b.measure.id not in _APPLICANTS]
    row = re.fullmatch(r"(t3\..+)\.total", before[0].cells[0]) if before and len(before[0].cells) == 1 else None
    return row[1] if row and row[1] not in _ALL_ROWS else ""


def _admissible(paragraph: Paragraph, mention: Mention, measure: Measure, domain: str | None) -> tuple[tuple[str, ...], ...]:
    """The readings of a measure here: `含上年结转` and `不含上年结转` decide what a total of applications means."""
    readings = measure.cells(domain, _of_either(paragraph, mention, measure))
    if domain == "litigation" and _BOTH_GROUPS.search(mention.sentence.text):
        return readings[:1]
    if measure.id in _APPLICANTS and (row := _row_told(paragraph, mention)):
        crossed = tuple(re.sub(r"^t3\.\w+", row, cell) for cell in readings[0])
        return (crossed,) if mention.lead.endswith(_AMONG_END) else (crossed, *readings)
    leader = _leader(paragraph, mention, measure, domain)
    if leader is not None:
        return readings[leader : leader + 1]
    if not measure.id.startswith(("received", "applications", "handled")):
        return readings
    tail = canonical(squeeze(paragraph.block.text[mention.numeral.end : mention.numeral.end + 24]), paragraph.year)
    if _EXCLUDING.search(tail):
        return (("t3.new.total",),)
    if _INCLUDING.search(tail):
        return (("t3.new.total", "t3.carried_in.total"),)
    return readings
