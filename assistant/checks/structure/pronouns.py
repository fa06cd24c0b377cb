"""S052–S053: how the unit speaks of itself — 我市 in a county, 我局 in a government, names that must not occur."""

from __future__ import annotations

import re

from assistant.checks.context import CheckContext, span_in
from assistant.checks.findings import found, judged, unknown
from assistant.checks.prose import NARRATIVE, part_name, sentences
from assistant.checks.registry import rule
from assistant.checks.structure.names import former_name
from assistant.domain.finding import Finding, Outcome
from assistant.expressions import regex

_AREA = regex(r"(?<![自忘大])我(省|自治区|市|州|盟|县|旗|区|镇|乡|街道)(?![域间里内])")
_ORGAN = regex(r"(?<![自忘大])我(局|委(?!员)|厅|办(?![理好事公])|署)")
_LEVELS = {"省": 4, "自治区": 4, "市": 3, "州": 3, "盟": 3, "县": 2, "旗": 2, "区": 2, "镇": 1, "乡": 1, "街道": 1}
_SUFFIXES = regex(r"(自治区|街道|自治州|自治县|[省市州盟县旗区镇乡])")
_RENAMED = regex(r"原|前身|更名|改名|改称|组建|合并|划入|划归|撤销|机构改革")
_QUOTED = regex(r"[“《][^”》]*[”》]")


def _own_areas(unit: str) -> set[str]:
    """The area words that the unit's name holds: 西宁市湟中区统计局 → 市, 区."""
    return {word.removeprefix("自治") if word in ("自治州", "自治县") else word for word in _SUFFIXES.findall(unit)}


@rule("S052")
def pronouns(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Words such as 我县 that do not fit the unit's name; one finding for each word."""
    unit = ctx.report.unit
    if not unit:
        return (unknown("S052", "report", "单位名称不明"),)
    findings: dict[str, Finding] = {}
    for part, block in ctx.blocks:
        if part not in ("preamble", *NARRATIVE) or "我" not in block.text:
            continue
        text = _QUOTED.sub(lambda match: "□" * len(match.group()), block.text)
        for match in [*_AREA.finditer(text), *_ORGAN.finditer(text)]:
            word = match.group()
            if word in findings or not (reason := _misfit(unit, match)):
                continue
            message = f"{part_name(ctx, part)}出现“{word}”，{reason}，疑为套用其他单位的文字。"
            findings[word] = found(ctx, "S052", message, span=span_in(part, block, match.start(), match.end()), actual=word)
    return judged("S052", list(findings.values()))


def _misfit(unit: str, match: re.Match[str]) -> str:
    word = match.group(1)
    if word not in _LEVELS:
        return "" if _speaks_as(unit, word) else f"而本单位是“{unit}”"
    own = _own_areas(unit)
    if not own or word in own:
        return ""
    highest = max(_LEVELS[area] for area in own if area in _LEVELS)
    lowest = min(_LEVELS[area] for area in own if area in _LEVELS)
    if _LEVELS[word] > highest or (_LEVELS[word] > lowest and unit.endswith(("镇", "乡", "街道", "政府", "办事处"))):
        return ""  # a lower unit may speak of the city or province it belongs to
    return f"与本单位“{unit}”的层级不符"


def _speaks_as(unit: str, word: str) -> bool:
    """Whether a unit of this name may call itself 我局, 我委, 我厅, 我办, 我署."""
    endings = {
        "局": ("局", "分局", "支队", "大队"),
        "委": ("委", "委员会"),
        "厅": ("厅", "办公厅"),
        "办": ("办", "办公室", "办事处"),
        "署": ("署", "专署", "公署"),
    }
    if unit.endswith(endings[word]):
        return True
    return not unit.endswith(("局", "委员会", "委", "厅", "办公室", "市", "县", "区", "省", "政府", "镇", "乡", "街道", "办事处"))


@rule("S053")
def foreign_names(ctx: CheckContext) -> tuple[Outcome, ...]:
    """The name that last year's report gives the unit, and names that the settings forbid (former names, other places), where they are not told
    as things of the past."""
    former = former_name(ctx)
    findings = []
    for name in sorted({*ctx.settings.other_names, *([former] if former else [])}):
        for sentence in sentences(ctx, ("preamble", *NARRATIVE, "signature")):
            place = sentence.text.find(name)
            if place < 0 or _RENAMED.search(sentence.text):
                continue
            message = f"{part_name(ctx, sentence.part)}出现“{name}”，不应出现在本单位的报告中。"
            findings.append(found(ctx, "S053", message, span=sentence.span(place, place + len(name)), actual=name))
            break
    return judged("S053", findings)
