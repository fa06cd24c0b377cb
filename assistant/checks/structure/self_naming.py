"""Where a report names the unit that gives it — signature, 由…编制, 请与…联系, 做好…政府信息公开工作 — and whether the name there is that of another unit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.context import CheckContext, span_in
from assistant.checks.structure.divisions import in_one_line, known_places, places_in
from assistant.domain.finding import Span
from assistant.expressions import regex

_ORGAN = r"(?:局|委员会|委|办公室|厅|政府|中心|院|处|社|站|馆|公司)"
_NAME = rf"(?P<name>[\u4e00-\u9fff]{{4,24}}?{_ORGAN})"
_OFFICE = r"(?:[\u4e00-\u9fff]{0,6}(?:办公室|科|室|股|处))?(?:[（(][^（）()]{0,120}[）)])?"
_SIGNED = regex(rf"^\s*{_NAME}(?=\s|$|[0-9２])")
_SPEAKING = (
    regex(rf"[与由向]{_NAME}{_OFFICE}\s*(?=联系|编制|负责解释|咨询)"),
    regex(rf"(?:请联系|联系单位|联系部门)[:：]?\s*{_NAME}"),
    regex(rf"(?:做好|公布|编制|形成|《){_NAME}(?=(?:20\d{{2}}年(?:度)?)?政府信息公开(?:工作)?(?:年度|工作|$))"),
    regex(rf"(?:^|[。；，\n])\s*{_NAME}(?=结合(?:本单位|单位|我局|本局)?(?:的)?实际|编制(?:了|本|完成|而成|20)|现(?:将|向社会)?公布)"),
)
_WITH_ORGAN = 3  # characters by which two names must end alike to be of one kind: 财政局
_MARKS = ("联系", "编制", "公布", "做好", "结合", "形成", "咨询", "解释", "《")


def other_self(ctx: CheckContext, unit: str) -> Span | None:
    """The first place where the report signs or names itself as another unit."""
    for part, block in ctx.blocks:
        for match in _self_names(part, block.text):
            if not _is_own(match["name"], unit) or (part == "signature" and _signs_for_another(match["name"], unit)):
                return span_in(part, block, match.start("name"), match.end("name"))
    return None


def _self_names(part: str, text: str) -> Iterator[re.Match[str]]:
    if part == "signature":
        yield from _SIGNED.finditer(text)
    elif part == "preamble" and any(mark in text for mark in _MARKS):
        for expression in _SPEAKING:
            yield from expression.finditer(text)


def _signs_for_another(name: str, unit: str) -> bool:
    """Whether a signature is that of a bureau though the unit is a government or a bureau of another name: a report bears the name of its unit or of an office."""
    mine = name in unit or unit in name or abbreviates(name, unit) or name.endswith(unit[2:]) or unit.endswith(name[2:])
    return not mine and name.endswith(("局", "委员会", "厅"))


def _is_own(name: str, unit: str) -> bool:
    """Whether the name may mean the unit: equal, an office of it, the place in front or left out, an abbreviation — or whether that cannot be told."""
    if name in unit or unit in name or abbreviates(name, unit):
        return True
    theirs, mine = known_places(name), known_places(unit)
    if theirs and mine and not in_one_line(theirs, mine):
        return False
    place, other = ("".join(places_in(text)) for text in (unit, name))
    if name.startswith(place or unit[:4]):  # another organ of the same place; a government is reached through its offices
        stem = unit[len(place) :]
        return name.endswith(stem) or unit.endswith(("政府", "省", "市", "县", "区", "旗", "镇", "乡", "办事处")) or not stem
    alike = name[len(other) :] == unit[len(place) :] and len(name) - len(other) >= _WITH_ORGAN
    return not (alike and place and other)  # the same organ of another place, as far as both places are named


def abbreviates(name: str, unit: str) -> bool:
    """Whether one of the names is the other with characters left out: 某区旅文局."""
    short, long = sorted((name, unit), key=len)
    rest = iter(long)
    return all(char in rest for char in short)
