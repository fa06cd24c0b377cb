"""Numbers said to be parts of another: in brackets behind it, after 其中, in the next sentence, or told one by one with a rest."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from decimal import Decimal

from assistant.expressions import regex
from assistant.text.lexicon import complements
from assistant.text.mentions import OPEN, SHUT, Mention
from assistant.text.sentences import Sentence

_REACH = 60  # numbers after a total that may be its parts
_PARTS_HERE = regex(r"其中|包括|包含|分别(为|是)|分为|具体(为|是)")
_PARTS_NEXT = regex(r"^[\s一二三四五六七八九十是、]{0,4}其中")
_OPEN_END = regex(r"^[^，,。；;）)]{0,8}等(?!于)")
_REST = regex(r"其他|其它|其余|剩余|余下")
_NEXT_ITEM = regex(r"[；;](?:[二三四五六七八九]是|[（(][二三四五六七八九]|另外?|此外|同时)")
_AMID = regex(r"^[^，,。；;、（(0-9]{0,12}[中里][，,：:]")
_MOST = Decimal("0.75")
_PARTLY = regex(r"其中|含|包括|包含|另|不含|不包括")


@dataclass(frozen=True)
class PartList:
    """Numbers said to be parts of another (`total`), by index of `Mention`. `open_ended` when the list ends in 等; `rest` when one part is
    其他 or 其余; `marked` when 其中, 包括 or brackets say that parts follow; `shared` when the labels are kinds of one thing; `filled` when a bracket
    or what follows a colon holds nothing but the parts."""

    total: int
    parts: tuple[int, ...]
    open_ended: bool
    rest: bool
    marked: bool
    bracketed: bool
    shared: bool
    filled: bool = False


def part_lists(text: str, sentences: tuple[Sentence, ...], mentions: tuple[Mention, ...]) -> tuple[PartList, ...]:
    """The lists of parts among the numbers of a paragraph, by their totals in reading order."""
    found: list[PartList] = []
    for mention in mentions:
        if mention.numeral.kind != "count" or not mention.numeral.unit:
            continue
        is_part = any(mention.index in known.parts for known in found)
        following = [
            m
            for m in mentions[mention.index + 1 : mention.index + 1 + _REACH]
            if m.numeral.unit == mention.numeral.unit and m.numeral.kind == "count"
        ]
        for parts, marked, bracketed in _candidates(text, sentences, mention, following, mentions):
            if marked or not is_part:
                found.append(_part_list(text, mention, parts, marked, bracketed, _to_the_end(text, mention, mentions)))
    return tuple(found)


def _candidates(
    text: str, sentences: tuple[Sentence, ...], total: Mention, following: list[Mention], mentions: tuple[Mention, ...]
) -> list[tuple[list[Mention], bool, bool]]:
    """The runs of numbers that may be parts of `total`: in brackets right after it, after 其中, in the next sentence, or unmarked with a rest."""
    out: list[tuple[list[Mention], bool, bool]] = []
    same = [m for m in following if m.sentence == total.sentence]
    inner = [m for m in same if m.depth > total.depth]
    tail = text[total.numeral.end : total.sentence.end].lstrip()
    if tail[:1] in ("（", "(") and inner:
        close = _closing(text, total.numeral.end)
        run = [m for m in inner if m.numeral.start < close and m.depth == inner[0].depth]
        if len(run) > 1:
            out.append((run, True, True))
    level = [m for m in same if m.depth == total.depth]
    if level:
        marker = _marker(text, total.numeral.end, total.sentence.end)
        if marker is None:
            marker = _colon(text, total, level[0], mentions)
        if marker is not None:
            run = _of_one_item(text, total, [m for m in level if m.numeral.start >= marker])
            nearest = [m for m in level if m.numeral.start < marker]
            if run and not nearest:
                out.append((run, True, False))
    if not out and len(level) >= 2:
        out += _unmarked(text, sentences, total, following, level)
    nexts = _next_sentence(sentences, total)
    if nexts and _PARTS_NEXT.match(nexts.text):
        later = [m for m in following if m.sentence == nexts and m.depth == 0]
        last_of_unit = not level
        if later and last_of_unit:
            out.append((later, True, False))
    return out


def _unmarked(
    text: str, sentences: tuple[Sentence, ...], total: Mention, following: list[Mention], level: list[Mention]
) -> list[tuple[list[Mention], bool, bool]]:
    """The runs of numbers that no word marks as parts: told of a set (74件申请中，…), of labels that divide a whole, or with a rest."""
    if any(m.left.endswith("各") for m in level):
        return []  # 不予处理、其他处理各3件: more than its number tells
    if _AMID.match(text[total.numeral.end : total.sentence.end]) and _fill(total, level):
        return [(level, False, False)]
    if _PARTS_HERE.search(total.lead + total.left):
        return []
    twins = _twins(total, level)
    if twins:
        return [(twins, False, False)]
    run = level + _next_rest(sentences, total, following)
    rest = len(run) >= 3 and _REST.search(run[-1].left) and _PARTS_HERE.search(text[total.numeral.end : run[-1].numeral.start]) is None
    return [(run, False, False)] if rest else []


def _of_one_item(text: str, total: Mention, run: list[Mention]) -> list[Mention]:
    """The numbers before the next item of an enumeration: …16条；二是发布解读18条."""
    start = total.numeral.end
    for place, mention in enumerate(run):
        if _NEXT_ITEM.search(text[start : mention.numeral.start]):
            return run[:place]
        start = mention.numeral.end
    return run


def _fill(total: Mention, run: list[Mention]) -> bool:
    """Whether numbers told of a set (74件申请中，…) fill it: their labels divide it, or are of one sort and leave little of it."""
    labels = [_bare(m.left) for m in run]
    if complements().divide(labels):
        return True
    together = sum((m.numeral.value or Decimal(0) for m in run), Decimal(0))
    return len(run) > 2 and _shared(labels) and total.numeral.value is not None and together >= total.numeral.value * _MOST


def _twins(total: Mention, level: list[Mention]) -> list[Mention]:
    """The numbers right behind whose labels divide a whole or name kinds of it: 上半年 986 人次、下半年 1144 人次."""
    run = [m for place, m in enumerate(level) if m.index == total.index + 1 + place]
    labels = [_bare(m.left) for m in run]
    lengths = [length for length in range(len(run), 1, -1) if complements().divide(labels[:length]) or complements().kinds(labels[:length])]
    return run[: lengths[0]] if lengths else []


def _next_sentence(sentences: tuple[Sentence, ...], mention: Mention) -> Sentence | None:
    place = bisect_left(sentences, mention.sentence.start, key=lambda sentence: sentence.start)
    return sentences[place + 1] if place + 1 < len(sentences) else None


def _next_rest(sentences: tuple[Sentence, ...], total: Mention, following: list[Mention]) -> list[Mention]:
    """A rest that stands in a sentence of its own: `…3条。其他应主动公开的政府信息24条。`"""
    nexts = _next_sentence(sentences, total)
    if nexts is None or not _REST.match(nexts.text):
        return []
    return [m for m in following if m.sentence == nexts][:1]


def _marker(text: str, start: int, end: int) -> int | None:
    """Where 其中 (or the like) ends, outside brackets, or None."""
    depth = 0
    for match in re.finditer(
        r"[（(]|[）)]|其中|包括|包含|分别为|分别是|分为|具体为|具体是|具体包括|(?<=[,，])即(?!将|可|使)", text[start:end]
    ):
        if match.group() in OPEN:
            depth += 1
        elif match.group() in SHUT:
            depth -= 1
        elif depth == 0:
            return start + match.end()
        if depth < 0:
            return None
    return None


def _colon(text: str, total: Mention, first: Mention, mentions: tuple[Mention, ...]) -> int | None:
    """Where a colon says that parts follow: right after the total, or after a number of another kind told beside it (收取1260元，涉及申请3件：…)."""
    between = [m for m in mentions[total.index + 1 : first.index] if m.depth == total.depth]
    for number in (total, *between[:1]):
        place = number.numeral.end + len(text[number.numeral.end :]) - len(text[number.numeral.end :].lstrip())
        if text[place : place + 1] in ("：", ":"):
            return number.numeral.end
    return None


def _closing(text: str, start: int) -> int:
    depth = 0
    for position in range(start, len(text)):
        if text[position] in OPEN:
            depth += 1
        elif text[position] in SHUT:
            depth -= 1
            if depth == 0:
                return position
    return len(text)


def _part_list(text: str, total: Mention, parts: list[Mention], marked: bool, bracketed: bool, listed: bool) -> PartList:
    end = parts[-1].numeral.end
    open_ended = bool(_OPEN_END.match(text[end : end + 12])) or text[end : end + 3] in ("……",)
    labels = [part.left for part in parts]
    filled = bracketed and text[end : end + 1] in tuple(SHUT) and not _PARTLY.match(parts[0].left)
    filled = filled or (listed and len(parts) > 1 and not _PARTLY.match(parts[0].left))
    rest = any(_REST.search(label) for label in labels)
    return PartList(total.index, tuple(part.index for part in parts), open_ended, rest, marked, bracketed, _shared(labels), filled)


def _to_the_end(text: str, total: Mention, mentions: tuple[Mention, ...]) -> bool:
    """Whether a colon opens a list after the total that runs to the end of the sentence, each entry with a number."""
    colon = _colon(text, total, total, ())
    after = [m for m in mentions[total.index + 1 : total.index + 1 + _REACH] if m.sentence == total.sentence]
    if colon is None and after:
        colon = _colon(text, after[0], after[0], ())
    return colon is not None and bool(after) and not text[after[-1].numeral.end : total.sentence.end].strip("。；;！ \n）)")


def _bare(label: str) -> str:
    return re.sub(r"^(?:[和与及]|其中|包括|包含|分为|分别为?)+|(共|共计|为|约|各|的)+$", "", label)


def _shared(labels: list[str]) -> bool:
    """Whether the labels are kinds of one thing: they differ and end in the same word (市级文件, 县区级文件), or are short and begin or end
    alike (线上, 线下; 市级, 县级)."""
    bare = [_bare(label) for label in labels]
    if complements().divide(bare):
        return True
    if len(set(bare)) < len(bare) or not all(bare) or complements().kinds(bare):
        return False  # 政策类, 动态类, 公告类 may be some kinds of many
    if all(len(label) > 2 for label in bare) and len({label[-2:] for label in bare}) == 1:
        return True
    return all(2 <= len(label) <= 3 for label in bare) and (
        len({label[-1] for label in bare}) == 1 or len({label[0] for label in bare}) == 1
    )
