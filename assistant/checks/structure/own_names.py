"""Names that only the unit itself can be meant by: its office under the other name (办公厅 for 办公室), its place with its end left out or another
kind of organ (某市水利厅 for 某市水利局, 某区旅游局 for 某区旅游与文化体育局), and the name of a township miswritten (青山镇 for 青岭镇, 望江路街道 for 望江街道)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein

from assistant.checks.context import CheckContext, span_in
from assistant.checks.structure.divisions import places_in
from assistant.domain.finding import Span
from assistant.expressions import regex

_ENDING = regex(r"(?:委员会|局|厅)$")
_KINDS = ("局", "厅", "委员会", "委")
_OFFICES = {"政府办公室": "政府办公厅", "政府办公厅": "政府办公室"}
_TOWN = regex(r"(?P<town>[\u4e00-\u9fff]{1,5}?(?:镇|乡|街道))(?:人民政府|办事处|党工委|政府)?$")
_AT_HEAD = regex(
    r"(?:^|[。；\n]|20\d{2}年(?:度)?(?:以来)?[，,]|由)\s*(?P<town>[\u4e00-\u9fff]{1,5}?(?:镇|乡|街道))(?=人民政府|办事处|党工委|根据|按照|依据|立足|围绕|紧|坚持|深入|认真|积极|高度|始终|严格|扎实|全面|持续|切实|以|共|未|没有|主动|公开|结合|把|将)"
)
_PAST = regex(r"原|前身|更名|改名|改称|组建|合并|划入|撤销|机构改革")


def miswritten(ctx: CheckContext, unit: str) -> Iterator[Span]:
    """Where the text names the unit so, each name once."""
    yield from _of_bureau(ctx, unit)
    yield from _of_office(ctx, unit)
    yield from _of_township(ctx, unit)


def _of_bureau(ctx: CheckContext, unit: str) -> Iterator[Span]:
    place = "".join(places_in(unit))
    ending = _ENDING.search(unit)
    if not place or not ending or place not in ctx.whole:
        return
    stem = unit[len(place) : ending.start()]
    if "局" in stem:
        return  # the bureau that a branch belongs to
    others = {place + name for name in _variants(stem, ending.group())}
    told: set[str] = set()
    for part, block in ctx.blocks:
        for match in re.finditer(re.escape(place), block.text):
            name = next((other for other in others if block.text.startswith(other, match.start())), None)
            if name is None or name in told or _PAST.search(block.text, max(match.start() - 12, 0), match.end() + len(name) + 12):
                continue
            told.add(name)
            yield span_in(part, block, match.start(), match.start() + len(name))


def _of_office(ctx: CheckContext, unit: str) -> Iterator[Span]:
    """The office of the same government by the name it has at another level: a government has either a 办公厅 or a 办公室."""
    ending = next((name for name in _OFFICES if unit.endswith(name)), None)
    if ending is None:
        return
    other = unit.removesuffix(ending) + _OFFICES[ending]
    if other not in ctx.whole:
        return
    for part, block in ctx.blocks:
        if (start := block.text.find(other)) >= 0:
            yield span_in(part, block, start, start + len(other))


def _variants(stem: str, ending: str) -> Iterator[str]:
    """Another kind of organ of the same name, and the name without its end: 财政局 for 财政金融局. A stretch left out of the middle is an abbreviation."""
    if len(stem) >= 2:
        yield from (stem + kind for kind in _KINDS if kind != ending and not ending.startswith(kind))
    for end in range(2, len(stem) - 1):
        yield stem[:end] + ending


def _of_township(ctx: CheckContext, unit: str) -> Iterator[Span]:
    own = _TOWN.search(unit[len("".join(places_in(unit))) :])
    if own is None:
        return
    town = own["town"]
    told: set[str] = set()
    for part, block in ctx.blocks:
        if part == "signature" or not any(kind in block.text for kind in ("镇", "乡", "街道")):
            continue
        for match in _AT_HEAD.finditer(block.text):
            name = match["town"]
            if name in told or name == town or not _near(name, town):
                continue
            told.add(name)
            yield span_in(part, block, match.start("town"), match.end("town"))


def _near(name: str, town: str) -> bool:
    """Whether the names differ by one character and share another, or by their kind alone: 青山镇, 青岭乡 for 青岭镇."""
    bare, mine = (re.sub(r"(?:镇|乡|街道)$", "", text) for text in (name, town))
    if name[len(bare) :] != town[len(mine) :]:
        return bare == mine
    return bool(set(bare) & set(mine)) and Levenshtein.distance(bare, mine) == 1
