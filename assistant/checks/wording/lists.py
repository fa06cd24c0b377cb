"""L105: lists that announce another number of members than they hold.

A closed list (发布、解读、回应、考核三项机制, 从两方面改进：一是…三是…) contradicts itself; after 等 the rest may be left out, so that only too many members do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pydantic import TypeAdapter

from assistant.checks.context import CheckContext, span_in
from assistant.checks.data_files import load
from assistant.checks.findings import found, judged
from assistant.checks.prose import NARRATIVE, part_name
from assistant.checks.registry import rule
from assistant.domain.base import Frozen
from assistant.domain.finding import Finding, Outcome
from assistant.domain.report import Block
from assistant.expressions import matches, regex

_VALUE = {char: value for value, char in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_NUMBER = r"(?P<told>1\d|[2-9]|[二两三四五六七八九十])"
_OPEN = regex(rf"(?P<etc>等)\s*{_NUMBER}\s*(?:个|项|大|类|种|方面)")
_LIST = regex(r"(?:[^，。；：、（）“”\s]{2,14}、)+[^，。；：、（）“”\s]{2,14}$")
_MASKED = regex(r"（[^（）]*）|\([^()]*\)|(?<=“)[^“”]*(?=”)|(?<=《)[^《》]*(?=》)")
_CLAUSE = regex(r"[^，。；：:;,！？\n]*$")
_BOUND = regex(r"、|(?<=》)(?=《)|(?<=”)(?=“)")
_JOIN = regex(r"(?<=..)(?:以及|[和与及或跟并])(?=..)")
_COUNTED = regex(r"[0-9０-９]|[二两三四五六七八九十百千]+(?:个|大|项|大|类|种|份|场|件|条|次|期|篇)")
_AFTER_COUNT = regex(r".*(?:[0-9０-９]+|[二两三四五六七八九十百千]+)(?:个|项|大|类|种|份|场|件|条|次|期|篇)[\u4e00-\u9fff]{0,8}?[和与及]")
_PLACES = ("社区", "街道", "镇", "乡", "村", "县", "区", "市", "省", "州")
_AT_PLACES = regex(rf"(?<=[\u4e00-\u9fff》”）])\s*{_NUMBER}\s*处(?=[设建开布放摆挂张])")
_LONGEST = 160
_ANNOUNCED = regex(
    rf"{_NUMBER}\s*(?:个|项|点|大|类|种)?(?:主要)?(?:方面|问题|不足|短板|措施|举措|工作|任务|做法|机制)"
    r"(?:的)?(?:主要)?(?:问题|不足|短板|工作|内容|措施)?(?:着手|着力|入手|发力|改进|努力|推进|开展|予以改进|加以改进)?[：:]\s*一是"
)
_SERIES = regex(r"(?:^|[。；;，,：:、）\s])([一二三四五六七八九十])是(?!一|否|非|个|项)")
_MORE = regex(r"同时|此外|另外|还有|以及|再者")


class _Lists(Frozen):
    measures: tuple[str, ...]
    actions: tuple[str, ...]
    nouns_too: tuple[str, ...]
    before_count: tuple[str, ...]
    one_member: tuple[str, ...]
    aims: tuple[str, ...]


@dataclass(frozen=True)
class _Miscount:
    """A list at its place in a block, the number told and the number named."""

    start: int
    end: int
    told: str
    named: int

    @property
    def count(self) -> int:
        return _value(self.told)


@cache
def _words() -> tuple[_Lists, re.Pattern[str]]:
    """The word lists and the number of a closed list."""
    words = load("lists.yaml", TypeAdapter(_Lists))
    count = regex(rf"(?<=[\u4e00-\u9fff》”）])\s*{_NUMBER}\s*(?:{'|'.join(words.measures)})(?=[\u4e00-\u9fff])")
    return words, count


@rule("L105")
def list_counts(ctx: CheckContext) -> tuple[Outcome, ...]:
    """A、B、C等8个方面, where three are named, is told as info, since 等 may stand for the rest; a closed list of another number is a contradiction."""
    findings = []
    for part, block in ctx.blocks:
        if part not in NARRATIVE:
            continue
        if "等" in block.text:
            findings += [_told(ctx, part, block, miscount, "info") for miscount in _open(block.text)]
        findings += [_told(ctx, part, block, miscount) for miscount in (*_closed(block.text), *_series(block.text))]
    return judged("L105", findings)


def _told(ctx: CheckContext, part: str, block: Block, list_: _Miscount, severity: str | None = None) -> Finding:
    verb = "却列了" if list_.named > list_.count else "只列了"
    shown = block.text[list_.start : list_.end].strip()
    message = f"{part_name(ctx, part)}“{shown[-32:]}…”说有 {list_.count} 项，{verb} {list_.named} 项。"
    span = span_in(part, block, list_.start, list_.end)
    return found(
        ctx,
        "L105",
        message,
        span=span,
        expected=str(list_.count),
        actual=str(list_.named),
        severity="info" if severity == "info" else "warning",
    )


def _value(told: str) -> int:
    return int(told) if told.isdigit() else _VALUE[told]


def _open(text: str) -> Iterator[_Miscount]:
    for match in _OPEN.finditer(text):
        items = _LIST.search(text[max(0, match.start() - 120) : match.start()])
        if items is None:
            continue
        named, count = items.group().count("、") + 1, _value(match["told"])
        if named != count and named * 2 >= count:
            yield _Miscount(match.start() - len(items.group()), match.end(), match["told"], named)


def _closed(text: str) -> Iterator[_Miscount]:
    """Closed lists directly before their number."""
    _, numbers = _words()
    masked = ""
    for pattern in (numbers, _AT_PLACES):
        for match in matches(pattern, text):
            masked = masked or _masked(text)
            clause = _CLAUSE.search(masked, max(0, match.start() - _LONGEST), match.start())
            if clause is None or (pattern is _AT_PLACES and not re.search("在|于", clause.group())):
                continue
            noun = text[match.end() : match.end() + 2]
            named = _named(clause.group(), masked[: clause.start()], _value(match["told"]), noun)
            if named:
                yield _Miscount(clause.start(), match.end(), match["told"], named)


def _masked(text: str) -> str:
    """The text with what stands in brackets and quotes made unreadable, every character in its place."""
    for one in _words()[0].one_member:
        text = text.replace(one, "□" * len(one)) if one in text else text
    return _MASKED.sub(lambda match: "□" * len(match.group()), text)


def _named(clause: str, before: str, count: int, noun: str) -> int:
    """How many members the list at the end of a clause has where that surely differs from `count`; otherwise 0."""
    items = _members(clause, count)
    if len(items) < 2 or not all(items) or any(len(item) > 20 for item in items[1:]):
        return 0
    if any("等" in item or _COUNTED.search(item) for item in items) or _opens_a_count(items[-1]):
        return 0
    kind = next((place for place in _PLACES if items[-1].endswith(place)), "")
    if kind and not noun.startswith(kind[0]):
        return 0  # 在甲镇、乙镇3个村设点
    joined = _JOIN.split(items[-1])
    if len(joined) == 2 and {len(side) for side in joined} == {len(item) for item in items[1:-1]}:
        items[-1:] = joined
    named = len(items)
    most = named + sum(len(_JOIN.findall(item.strip("□"))) for item in items)
    if named <= count <= most or count == 2 * named or named * 2 < count:
        return 0
    if named > count:
        return 0 if any(item.startswith(_verbs()) and len(item) > 2 for item in items[1:]) else named
    goes_on = before.endswith(("，", ",")) and "、" in before[-40:-1].rpartition("。")[2]
    return 0 if goes_on else named  # 通过网站、微信，公示栏、大喇叭四种渠道


def _members(clause: str, count: int) -> list[str]:
    """The members as they stand; a list of its own before them is left out, and verbs before it where there are more than told."""
    items = [item.strip() for item in _BOUND.split(clause)]
    for place in range(len(items) - 1, -1, -1):
        lead = _AFTER_COUNT.match(items[place])
        if lead:  # 三大领域和价格、广告
            items[: place + 1] = [items[place][lead.end() :]]
            break
    words = _words()[0]
    while len(items) > max(count, 2) and (items[0].endswith(words.actions) or items[0] in words.nouns_too):
        del items[0]  # 健全、完善发布、解读两项制度
    return items


def _opens_a_count(item: str) -> bool:
    """Whether the last member is a verb or a word that counts what follows: 修订、完善3项制度."""
    words = _words()[0]
    return item in words.nouns_too or item.endswith((*words.actions, *words.before_count))


@cache
def _verbs() -> tuple[str, ...]:
    words = _words()[0]
    return (*words.actions, *words.nouns_too)


def _series(text: str) -> Iterator[_Miscount]:
    """从两方面改进：一是…二是…三是…; a series that is out of order is told by L104."""
    for match in _ANNOUNCED.finditer(text) if "一是" in text else ():
        sentence = text[max(text.rfind(mark, 0, match.start()) for mark in "。；\n") + 1 : match.start()]
        if any(word in sentence for word in _words()[0].aims):
            continue
        values: list[int] = []
        last = match.end()
        for number in _SERIES.finditer(text, match.end() - 3):
            value = _VALUE[number.group(1)]
            if value == 1 and values:
                break
            values.append(value)
            last = number.end()
        count = _value(match["told"])
        if values != list(range(1, len(values) + 1)) or len(values) == count or len(values) < 2:
            continue
        if len(values) < count and _MORE.search(text, last):
            continue
        yield _Miscount(match.start(), match.end(), match["told"], len(values))
