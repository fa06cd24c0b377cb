"""S050–S051: the unit's name — the same in title, preamble, text and signature, and the same as last year."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from pydantic import TypeAdapter
from rapidfuzz.distance import Levenshtein

from assistant.checks.context import CheckContext
from assistant.checks.data_files import load
from assistant.checks.findings import found, judged, unknown
from assistant.checks.prose import part_name
from assistant.checks.registry import rule
from assistant.domain.finding import Finding, Outcome, ReplaceText, Span

_CJK = re.compile(r"[\u4e00-\u9fff]+")
_SELF = re.compile(r"(?:办公室)?(?:联系|编制|负责解释|咨询)")


@cache
def _organs() -> frozenset[str]:
    return frozenset(load("organs.yaml", TypeAdapter(dict[str, tuple[str, ...]]))["organs"])


def _limit(name: str) -> int:
    """How many characters a misspelt name may differ by."""
    return 1 if len(name) <= 6 else 2 if len(name) <= 9 else 3


def _variants(text: str, unit: str) -> Iterator[tuple[int, str]]:
    """(place, name) of stretches that begin and end like the unit's name and differ from it a little, or not at all."""
    place = text.find(unit[:2])
    while place >= 0:
        if text.startswith(unit, place):
            yield place, unit
        else:
            best = _closest(text, place, unit)
            if best:
                yield place, best
        place = text.find(unit[:2], place + 1)


def _closest(text: str, place: int, unit: str) -> str:
    options = []
    for length in range(max(len(unit) - 3, 4), len(unit) + 4):
        name = text[place : place + length]
        if len(name) == length and name[-1] == unit[-1] and _CJK.fullmatch(name):
            distance = Levenshtein.distance(name, unit, score_cutoff=_limit(unit))
            if distance <= _limit(unit) and unit not in name:
                options.append((distance, name))
    return min(options)[1] if options else ""


def _other_organ(name: str, unit: str) -> bool:
    """Whether the name is that of another organ which exists beside the unit: 统计局, 审计局."""
    shared = 0
    while shared < min(len(name), len(unit)) and name[shared] == unit[shared]:
        shared += 1
    mine = {organ for organ in _organs() if unit.endswith(organ) and len(organ) >= len(unit) - shared}
    theirs = {organ for organ in _organs() if name.endswith(organ) and len(organ) >= len(name) - shared}
    return bool(mine) and bool(theirs - mine)


@rule("S050")
def one_name(ctx: CheckContext) -> tuple[Outcome, ...]:
    """One name throughout. The name that most places use is taken for right; each deviating name is one finding."""
    unit = ctx.report.unit
    if not unit or len(unit) < 3:
        return (unknown("S050", "report", "单位名称不明"),)
    seen = _seen(ctx, unit)
    right = _right_name(ctx, unit, seen)
    if right != unit:
        seen = _seen(ctx, right)
    findings = []
    if right != unit and not right.endswith(unit):
        findings.append(_in_title(ctx, unit, right))
    told: set[str] = {right, unit}
    for name, span, _ in seen:
        if name not in told:
            told.add(name)
            message = f"{part_name(ctx, span.section)}写作“{name}”，本单位名称是“{right}”。"
            edits = (ReplaceText(span=span, new=right),)
            findings.append(found(ctx, "S050", message, span=span, expected=right, actual=name, edits=edits))
    return judged("S050", findings)


def _seen(ctx: CheckContext, unit: str) -> list[tuple[str, Span, bool]]:
    """(name, place, whether the report speaks of itself there) for every occurrence of the unit's name or a near miss in the text."""
    if len(unit) < 5:
        return []
    found_names = []
    for part, block in ctx.blocks:
        if unit[:2] not in block.text:
            continue
        for place, name in _variants(block.text, unit):
            itself = part in ("signature", "preamble") or bool(_SELF.match(block.text, place + len(name)))
            if name == unit or itself or not _other_organ(name, unit):
                found_names.append((name, Span(section=part, block=block.id, start=place, end=place + len(name), text=name), itself))
    return found_names


def _right_name(ctx: CheckContext, unit: str, seen: list[tuple[str, Span, bool]]) -> str:
    """The name with most weight: title 2, last year's report 2, signature 2, each occurrence in the text 1 (at most 3)."""
    weight: Counter[str] = Counter({unit: 2})
    in_text: Counter[str] = Counter()
    for name, span, _ in seen:
        if span.section == "signature":
            weight[name] += 2
        else:
            in_text[name] += 1
    for name, count in in_text.items():
        weight[name] += min(count, 3)
    last = ctx.previous.unit if ctx.previous else None
    if last and (last in weight or _near_place(last, unit)):
        weight[last] += 3 if _near_place(last, unit) else 2
    if len(unit) <= 4:
        weight.update(_places(ctx, unit))
    best = max(weight, key=lambda name: (weight[name], name == unit))
    return best if weight[best] > weight[unit] or (best == last and weight[best] >= weight[unit] and _speaks_of(ctx, best) > _speaks_of(ctx, unit)) else unit


def _near_place(last: str, unit: str) -> bool:
    """Two place names of one kind that share a character: 宿迁市, 宿豫市."""
    return len(last) == len(unit) <= 4 and last[-1] == unit[-1] and last != unit and bool(set(last[:-1]) & set(unit[:-1]))


def _places(ctx: CheckContext, unit: str) -> dict[str, int]:
    """Places of the unit's kind that the text names, where the unit's own name never occurs: weight by occurrence, at most 3."""
    text = "\n".join(block.text for _, block in ctx.blocks)
    if unit in text:
        return {}
    found_places = Counter(re.findall(rf"[\u4e00-\u9fff]{{{len(unit) - 1}}}{unit[-1]}", text))
    return {name: min(count, 3) for name, count in found_places.items() if _near_place(name, unit)}


def _speaks_of(ctx: CheckContext, name: str) -> int:
    stem = name[:-1] if len(name) <= 4 else name
    return sum(block.text.count(stem) - (block.text.count(stem + "区") if len(name) <= 4 else 0) for _, block in ctx.blocks)


def _in_title(ctx: CheckContext, unit: str, right: str) -> Finding:
    title = ctx.report.title
    start = title.find(unit)
    span = Span(section="title", block="title", start=max(start, 0), end=max(start, 0) + (len(unit) if start >= 0 else len(title)), text=unit if start >= 0 else title)
    message = f"标题写作“{unit}”，而正文、落款或上年度报告是“{right}”。"
    edits = (ReplaceText(span=span, new=right),) if start >= 0 else ()
    return found(ctx, "S050", message, span=span, expected=right, actual=unit, edits=edits)


@rule("S051")
def same_unit_as_last_year(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Last year's report is that of the same unit."""
    unit, last = ctx.report.unit, ctx.previous.unit if ctx.previous else None
    if not unit or not last:
        return (unknown("S051", "report", "有一年的单位名称不明"),)
    mine, theirs = (re.sub(r"人民政府$|\s", "", name) for name in (unit, last))
    if mine == theirs or mine.endswith(theirs) or theirs.endswith(mine):
        return judged("S051", [])
    if Levenshtein.distance(mine, theirs) <= _limit(theirs) or _near_place(theirs, mine):
        return judged("S051", [])  # told by S050 where the text decides it
    message = f"上年度报告的单位是“{last}”，本报告是“{unit}”。机构改革更名的请说明，否则请核对是否拿错了报告。"
    return judged("S051", [found(ctx, "S051", message, expected=last, actual=unit)])
