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
from assistant.checks.structure.divisions import divisions, in_one_line, known_places
from assistant.checks.structure.own_names import miswritten
from assistant.checks.structure.self_naming import other_self
from assistant.domain.finding import Finding, Outcome, ReplaceText, Span
from assistant.expressions import regex

_CJK = regex(r"[\u4e00-\u9fff]+")
_GENERIC_PLACE = regex(r"^[全各县本我该设辖地副某每跨省城两多]|[级城直辖区县、]$")
_CLAUSE = regex(r"[，,。；;：:\n]")
_MET = regex(r"[与和同向赴到][\u4e00-\u9fff、]*$")
_TOGETHER = regex(r"[\u4e00-\u9fff、]{0,40}?(?:交流|学习|协作|会商|联合|调研|借鉴|取经|座谈|对接|合作)")
_LISTED = regex(r"(?:局|委员会|委|厅|政府|办公室|中心)、$")
_LISTS = regex(r"、[\u4e00-\u9fff]{2,24}?(?:局|委员会|委|厅|政府|办公室|中心)")
_SELF = regex(r"(?:办公室)?(?:联系|编制|负责解释|咨询)")


@cache
def organs() -> frozenset[str]:
    """Names of organs that exist side by side in one place."""
    return frozenset(load("organs.yaml", TypeAdapter(dict[str, tuple[str, ...]]))["organs"])


def _limit(name: str) -> int:
    """How many characters a misspelt name may differ by."""
    return 1 if len(name) <= 6 else 2 if len(name) <= 9 else 3


def _variants(text: str, unit: str) -> Iterator[tuple[int, str]]:
    """(place, name) of stretches that begin and end like the unit's name and differ from it a little, or not at all."""
    for place in _starts(text, unit):
        if text.startswith(unit, place):
            yield place, unit
        elif (best := _closest(text, place, unit)) and not _names_another(best, unit, text[place + len(best) :]):
            yield place, best


def _names_another(name: str, unit: str, behind: str) -> bool:
    """Whether the stretch is no misspelt name of the unit: the usual short form of a government (某县政府), the first half of 政府信息公开, or an organ of a
    place above (国家税务总局某省税务局)."""
    if name.endswith("政府") and (behind.startswith("信息") or name == unit.replace("人民政府", "政府")):
        return True
    if unit.startswith(name.removesuffix("人民政府")):
        return True  # 某县人民政府 in the report of a town of the county, the bureau of a branch
    mine, theirs = (known_places(text) for text in (unit, name))
    return bool(mine and theirs) and mine != theirs and in_one_line(mine, theirs)


def _starts(text: str, unit: str) -> list[int]:
    """Where the unit's name may begin: at its first two characters, or at one of them before the next two (平谭综合 for 平潭综合)."""
    found_at = [match.start() for match in re.finditer(re.escape(unit[:2]), text)]
    for match in re.finditer(re.escape(unit[2:4]), text):
        pair = text[max(match.start() - 2, 0) : match.start()]
        if len(pair) == 2 and pair != unit[:2] and (pair[0] == unit[0] or pair[1] == unit[1]) and _CJK.fullmatch(pair):
            found_at.append(match.start() - 2)
    return sorted(found_at)


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
    mine = {organ for organ in organs() if unit.endswith(organ) and len(organ) >= len(unit) - shared}
    theirs = {organ for organ in organs() if name.endswith(organ) and len(organ) >= len(name) - shared}
    return bool(mine) and bool(theirs - mine)


def _beside(text: str, start: int, end: int) -> bool:
    """Whether a name is that of a partner: one of several bodies named in a row, or one with which the unit exchanges, confers or learns."""
    before = _CLAUSE.split(text[max(start - 60, 0) : start])[-1]
    if _LISTED.search(before) or _LISTS.match(text, end):
        return True
    return _MET.search(before) is not None and _TOGETHER.match(text, end) is not None


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
    other = other_self(ctx, right) if right == unit else None
    if other:
        told.add(other.text)
        findings.append(_misnamed(ctx, unit, other))
    for name, span in [*((name, span) for name, span, _ in seen), *((span.text, span) for span in miswritten(ctx, right))]:
        if name not in told:
            told.add(name)
            message = f"{part_name(ctx, span.section)}写作“{name}”，本单位名称是“{right}”。"
            edits = (ReplaceText(span=span, new=right),)
            findings.append(found(ctx, "S050", message, span=span, expected=right, actual=name, edits=edits))
    return judged("S050", findings)


def _seen(ctx: CheckContext, unit: str) -> list[tuple[str, Span, bool]]:
    """(name, place, whether the report speaks of itself there) for every occurrence of the unit's name or a near miss in the text."""
    if len(unit) < 5:
        return _governments(ctx, unit)
    found_names = []
    for part, block in ctx.blocks:
        if unit[:2] not in block.text and unit[2:4] not in block.text:
            continue
        for place, name in _variants(block.text, unit):
            itself = part in ("signature", "preamble") or bool(_SELF.match(block.text, place + len(name)))
            if name == unit or itself or not (_other_organ(name, unit) or _beside(block.text, place, place + len(name))):
                found_names.append((name, Span(section=part, block=block.id, start=place, end=place + len(name), text=name), itself))
    return found_names


def _governments(ctx: CheckContext, place: str) -> list[tuple[str, Span, bool]]:
    """The governments that preamble and signature name as the one that reports, of places named like this one: 云溪县人民政府 for 云河县."""
    if len(place) < 3:
        return []
    expression = re.compile(rf"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{{{len(place) - 1}}}{place[-1]}(?=人民政府)")
    return [
        (name, Span(section=part, block=block.id, start=match.start(), end=match.end(), text=name), True)
        for part, block in ctx.blocks
        if part in ("preamble", "signature")
        for match in expression.finditer(block.text)
        if (name := match.group()) == place or _near_place(name, place)
    ]


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
    return (
        best
        if weight[best] > weight[unit] or (best == last and weight[best] >= weight[unit] and _speaks_of(ctx, best) > _speaks_of(ctx, unit))
        else unit
    )


def _near_place(last: str, unit: str) -> bool:
    """Two place names of one kind that share a character: 宿迁市, 宿豫市."""
    return len(last) == len(unit) <= 4 and last[-1] == unit[-1] and last != unit and bool(set(last[:-1]) & set(unit[:-1]))


def _places(ctx: CheckContext, unit: str) -> dict[str, int]:
    """Places of the unit's kind that the text names, where the unit's own name never occurs: weight by occurrence, at most 3."""
    text = "\n".join(block.text for _, block in ctx.blocks)
    if unit in text:
        return {}
    found_places = Counter(re.findall(rf"[\u4e00-\u9fff]{{{len(unit) - 1}}}{unit[-1]}", text))
    mine = text.count(unit[:-1])
    stems = {
        name: text.count(name[:-1])
        for name in found_places
        if not _GENERIC_PLACE.match(name) and (name in divisions()) >= (unit in divisions())
    }
    foreign = {name: min(stems[name], 3) for name in stems if not mine and stems[name] >= 4}
    return foreign | {name: min(count, 3) for name, count in found_places.items() if _near_place(name, unit)}


def _speaks_of(ctx: CheckContext, name: str) -> int:
    stem = name[:-1] if len(name) <= 4 else name
    return sum(block.text.count(stem) - (block.text.count(stem + "区") if len(name) <= 4 else 0) for _, block in ctx.blocks)


def _misnamed(ctx: CheckContext, unit: str, other: Span) -> Finding:
    """The finding stands in the title when the text speaks of the other organ throughout."""
    shared = next((place for place in range(len(unit)) if other.text[: place + 1] != unit[: place + 1]), len(unit))
    mine, theirs = unit[shared:], other.text[shared:]
    text = "\n".join(block.text for part, block in ctx.blocks if part != other.section)
    organ = next((theirs[-length:] for length in range(min(len(theirs), 6), 3, -1) if text.count(theirs[-length:]) >= 2), "")
    if organ and (not mine or mine[-4:] not in text) and len(mine) >= 4:
        return _in_title(ctx, unit, other.text)
    message = f"{part_name(ctx, other.section)}写作“{other.text}”，标题是“{unit}”。机构更名的，各处应当一致。"
    return found(ctx, "S050", message, span=other, expected=unit, actual=other.text)


def _in_title(ctx: CheckContext, unit: str, right: str) -> Finding:
    title = ctx.report.title
    start = title.find(unit)
    span = Span(
        section="title",
        block="title",
        start=max(start, 0),
        end=max(start, 0) + (len(unit) if start >= 0 else len(title)),
        text=unit if start >= 0 else title,
    )
    message = f"标题写作“{unit}”，而正文、落款或上年度报告是“{right}”。"
    edits = (ReplaceText(span=span, new=right),) if start >= 0 else ()
    return found(ctx, "S050", message, span=span, expected=right, actual=unit, edits=edits)


def former_name(ctx: CheckContext) -> str | None:
    """The unit of last year's report where it goes by another name: the former name, or another unit."""
    unit, last = ctx.report.unit, ctx.previous.unit if ctx.previous else None
    if not unit or not last:
        return None
    mine, theirs = (re.sub(r"人民政府$|\s", "", name) for name in (unit, last))
    if mine.endswith(theirs) or theirs.endswith(mine):
        return None
    near = Levenshtein.distance(mine, theirs) <= _limit(theirs) or _near_place(theirs, mine)
    return None if near else last  # a near miss is told by S050 where the text decides it


@rule("S051")
def same_unit_as_last_year(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Last year's report is that of the same unit."""
    unit = ctx.report.unit
    if not unit or not (ctx.previous and ctx.previous.unit):
        return (unknown("S051", "report", "有一年的单位名称不明"),)
    last = former_name(ctx)
    if last is None:
        return judged("S051", [])
    message = f"上年度报告的单位是“{last}”，本报告是“{unit}”。机构改革更名的请说明，否则请核对是否拿错了报告。"
    return judged("S051", [found(ctx, "S051", message, expected=last, actual=unit)])
