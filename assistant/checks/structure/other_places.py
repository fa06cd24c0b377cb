"""S054: another place or organ acts where the report's own unit should — its name was left in a text taken from elsewhere.

Named as such are only places that can be neither above nor below the unit: a city report tells what its counties do, and a county speaks of its city.
"""

from __future__ import annotations

import re
from functools import cache

from pydantic import TypeAdapter

from assistant.checks.context import CheckContext
from assistant.checks.data_files import load
from assistant.checks.findings import found, judged, unknown
from assistant.checks.prose import NARRATIVE, Sentence, part_name, sentences
from assistant.checks.registry import rule
from assistant.checks.structure.divisions import codes_of, divisions, in_one_line, namesakes, places_in
from assistant.checks.structure.names import organs
from assistant.checks.structure.self_naming import abbreviates
from assistant.domain.base import Frozen
from assistant.domain.finding import Finding, Outcome
from assistant.expressions import matches, regex

_PLACE = r"(?P<place>[\u4e00-\u9fff]{2,12}?(?:[省市州盟县旗]|(?<![社园地专校景库片街])区))"
_ORGAN = r"(?:委、[县市区]政府|委|人民政府|政府)?(?P<organ>办公室|[\u4e00-\u9fff]{2,12}?局|[\u4e00-\u9fff]{2,8}?(?:委员会|街道办事处|[镇乡]人民政府))?"
_HEAD = r"(?:^|[。；;，,：:\n）)]|年(?:度|内)?[，,]?)\s*(?:全年|年内|当年|本年度?)?"
_WHEN = r"(?:20\d{2}年(?:度)?[，,]?)?"
_WEBSITE = rf"(?:在|通过|依托|登录|利用|以|从|到|访问|进入){_PLACE}(?:人民)?政府(?:门户)?网站"


class _Words(Frozen):
    acting: tuple[str, ...]
    serving: tuple[str, ...]
    beside: tuple[str, ...]
    generic: tuple[str, ...]


@cache
def _words() -> _Words:
    return load("places.yaml", TypeAdapter(_Words))


@cache
def _expressions() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = _words()
    acting = regex(rf"{_HEAD}{_PLACE}{_ORGAN}(?={_WHEN}(?:{'|'.join(words.acting)}))")
    served = regex(rf"(?:{'|'.join(words.serving)})了?(?:全|整个)?(?P<served>[\u4e00-\u9fff]{{2,14}})")
    return acting, regex(_WEBSITE), served, regex("|".join(words.beside))


@rule("S054")
def other_places(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Each foreign place is told once, where it first acts."""
    unit = ctx.report.unit
    own = places_in(unit) if unit else ()
    if not own:
        return (unknown("S054", "report", "单位名称中没有地名"),)
    *patterns, served, beside = _expressions()
    if not any(matches(pattern, ctx.whole) for pattern in (*patterns, served)):
        return judged("S054", [])
    findings: dict[str, Finding] = {}
    for sentence in sentences(ctx, ("preamble", *NARRATIVE)):
        if matches(beside, sentence.text):
            continue
        for pattern in patterns:
            for match in matches(pattern, sentence.text):
                named = places_in(match["place"]) or (match["place"],)
                if _foreign(named[-1], named, own):
                    findings.setdefault(named[-1], _left_in(ctx, sentence, match, named[-1]))
                elif named[-1] in own and (organ := match.groupdict().get("organ")) and _other(organ, unit or "", sentence.text):
                    findings.setdefault(organ, _left_in(ctx, sentence, match, named[-1] + organ))
        for match in matches(served, sentence.text):
            place = _served(ctx, match["served"], own)
            if place and place not in findings:
                findings[place] = _left_in(ctx, sentence, match, place)
    return judged("S054", list(findings.values()))


def _foreign(place: str, named: tuple[str, ...], own: tuple[str, ...]) -> bool:
    """Whether the place can be neither the unit's own nor one above or below it."""
    stem = place[:-1]
    if (
        any(stem in part or part in place for part in own)
        or stem in _words().generic
        or stem[:1] in "全各我本该某每两多"
        or stem[-1:] in "全各我本该"
    ):
        return False
    theirs, mine = codes_of(named), codes_of(own)
    if not theirs:
        return place.endswith(("县", "旗")) and _rank(own) == 3 and len(stem) <= 3
    if mine:
        return not in_one_line(theirs, mine)
    return _rank(own) == 3 and all(len(code) == 6 for code in theirs)  # of a unit that is not in the list only counties are told apart


def _served(ctx: CheckContext, phrase: str, own: tuple[str, ...]) -> str | None:
    """The place for which or on which the unit worked, when it is another's: 为…市经济社会发展, 受到…区群众好评. Of a unit that is not in the list of
    divisions it is not known what lies above it, so a place that the report names again is taken to be its own superior."""
    named = tuple(place for place in places_in(phrase) if place in divisions())
    if not named or any(named[-1][:-1] in part or part in named[-1] for part in own):
        return None
    theirs, mine = codes_of(named), codes_of(own) or namesakes(own[0])
    if mine:
        return None if in_one_line(theirs, mine) else named[-1]
    everywhere = ctx.report.title + "\n" + ctx.whole
    return named[-1] if everywhere.count(named[-1]) == 1 and not any(len(code) == 2 for code in theirs) else None


def _other(organ: str, unit: str, text: str) -> bool:
    """Whether a bureau's report tells what another bureau of the place did, without a word of itself."""
    mine, theirs = (max((known for known in organs() if name.endswith(known)), key=len, default="") for name in (unit, organ))
    between = organ.removesuffix(theirs)
    local = "".join(places_in(between)) == between and between in unit
    return (
        bool(mine and theirs)
        and local
        and not (theirs.endswith(mine) or abbreviates(theirs, mine))
        and not re.search(rf"[我本]局|{mine}", text)
    )


def _rank(own: tuple[str, ...]) -> int:
    """3 for a county, city district or what lies below, 2 for a prefecture, 1 for a province."""
    last = own[-1]
    return (
        3
        if last.endswith(("县", "旗")) or (last.endswith("区") and not last.endswith("自治区")) or len(own) > 1
        else 1
        if last[-1] == "省"
        else 2
    )


def _left_in(ctx: CheckContext, sentence: Sentence, match: re.Match[str], place: str) -> Finding:
    start = sentence.text.index(place, match.start())
    message = f"{part_name(ctx, sentence.part)}“{sentence.text.strip()[:24]}…”说的是“{place}”，而本单位是“{ctx.report.unit}”，疑为套用其他地方或单位的文字。"
    return found(ctx, "S054", message, span=sentence.span(start, start + len(place)), actual=place)
