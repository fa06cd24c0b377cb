"""Numbers in prose with what is said around them: the raw material of claims. What a number *means* is decided by the lexicon of the checks."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache

from assistant.expressions import regex
from assistant.text.dates import find_years
from assistant.text.lexicon import complements
from assistant.text.normalise import squeeze
from assistant.text.numerals import Numeral, quantities
from assistant.text.sentences import Sentence, split_sentences

_STRONG = frozenset("，,；;：:。！？!?\n")
_REACH = 60  # numbers after a total that may be its parts
_LEAD = 300  # characters before a number that matter
_TAIL = 24  # characters after its phrase that may say what became of a number
_CLAUSE_STARTS = _STRONG | frozenset("（( 、")
_OPEN, _SHUT = "（(", "）)"
_BRACKETS = regex(r"[（(）)\n]")
_PARTS_HERE = regex(r"其中|包括|包含|分别(为|是)|分为|具体(为|是)")
_PARTS_NEXT = regex(r"^[\s一二三四五六七八九十是、]{0,4}其中")
_OPEN_END = regex(r"^[^，,。；;）)]{0,8}等(?!于)")
_REST = regex(r"其他|其它|其余|剩余|余下")
_PARTLY = regex(r"其中|含|包括|包含|另|不含|不包括")
_CONNECTS = re.compile(r"[\s为是共达约计均有:：]*")  # what may stand between a remark in brackets and the number: 办结率（含延期）为
_JOINS_NAMES = regex(r"[、和与及]|以及")  # 件规章、规范性文件、3件: a list of names runs on


@dataclass(frozen=True)
class Mention:
    """A quantity with its surroundings, all folded and without spaces.

    `left` runs back to the last boundary (the number before, a comma, a bracket; 、 only after a number), `right` forward to the next, `lead` is the
    rest of the sentence before `left`, `tail` what follows `right` up to the next number. `outer` is the index of the number that the bracket around this one follows. `year` is the last year printed
    in the sentence before the number and `own_year` whether it stands in `left`.
    """

    index: int
    numeral: Numeral
    sentence: Sentence
    left: str
    right: str
    lead: str
    depth: int
    outer: int | None
    year: int | None
    own_year: bool
    tail: str = ""


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


@dataclass(frozen=True)
class Prose:
    """A paragraph read for its numbers."""

    text: str
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    lists: tuple[PartList, ...]


@lru_cache(maxsize=1024)
def read_prose(text: str) -> Prose:
    """The quantities of a paragraph in order, each with its surroundings, and the lists of parts among them."""
    sentences = split_sentences(text)
    numerals = [n for n in quantities(text) if n.kind not in ("duration",)]
    if not numerals:
        return Prose(text, sentences, (), ())
    depths = _depths(text, [numeral.start for numeral in numerals])
    starts = [sentence.start for sentence in sentences]
    mentions: list[Mention] = []
    for index, numeral in enumerate(numerals):
        sentence = sentences[bisect_right(starts, numeral.start) - 1]
        mentions.append(_mention(text, index, numerals, sentence, depths[index]))
    found = tuple(mentions)
    return Prose(text, sentences, found, _lists(text, sentences, found))


def _depths(text: str, places: list[int]) -> list[int]:
    """How many brackets are open at each of the places, which rise."""
    depths: list[int] = []
    depth, done = 0, 0
    for match in _BRACKETS.finditer(text):
        while done < len(places) and places[done] < match.start():
            depths.append(depth)
            done += 1
        char = match.group()
        depth = 0 if char == "\n" else depth + 1 if char in _OPEN else max(depth - 1, 0)
    return depths + [depth] * (len(places) - done)


def _mention(text: str, index: int, numerals: list[Numeral], sentence: Sentence, depth: int) -> Mention:
    numeral = numerals[index]
    before = numerals[index - 1] if index and numerals[index - 1].end > sentence.start else None
    after = numerals[index + 1] if index + 1 < len(numerals) and numerals[index + 1].start < sentence.end else None
    low = max(sentence.start, before.end if before else 0)
    start = _back(text, low, numeral.start, before is not None)
    outer: int | None = None
    left = text[max(start, numeral.start - _LEAD) : numeral.start]
    if start > sentence.start and text[start - 1] in _OPEN:
        outer = (
            index - 1
            if before and before.end >= start - 2 - len(text[before.end : start - 1]) and not text[before.end : start - 1].strip()
            else None
        )
        if not left.strip() and outer is None:
            start = _back(text, low, start - 1, before is not None)
            left = text[start : numeral.start].replace("（", "").replace("(", "")
    limit = after.start if after else sentence.end
    end = _forward(text, numeral.end, limit)
    years = [
        date
        for date in find_years(sentence.text)[:_REACH]
        if sentence.start + date.start < numeral.start
        and _is_time(sentence.text, date.start, sentence.start + date.start >= start)
        and not _aside(sentence.text, date.start, numeral.start - sentence.start)
    ]
    lead = text[max(sentence.start, start - _LEAD) : start]
    return Mention(
        index, numeral, sentence, squeeze(left), squeeze(text[numeral.end : end]), squeeze(lead), depth, outer,
        years[-1].year if years else None, bool(years) and sentence.start + years[-1].start >= start, squeeze(text[end : min(limit, end + _TAIL)]),
    )  # fmt: skip


def _is_time(sentence: str, place: int, own: bool) -> bool:
    """Whether a year tells when: it stands in the phrase of the number or opens a clause."""
    return own or place == 0 or sentence[place - 1] in _CLAUSE_STARTS or sentence[:place].endswith(("截至", "截止"))


def _aside(sentence: str, place: int, later: int) -> bool:
    """Whether a bracket that shuts before `later` holds `place`: （2023年为235件） does not date what follows."""
    opening = max(sentence.rfind(char, 0, place) for char in _OPEN)
    shut = [found for char in _SHUT if (found := sentence.find(char, max(opening, 0), later)) >= 0]
    return opening >= 0 and bool(shut) and place < min(shut)


def _back(text: str, low: int, place: int, after_number: bool) -> int:
    """Where the words that lead up to `place` begin, not before `low`. 、 bounds only what follows a number: 予以公开、部分公开共5件 is one phrase."""
    position = place - 1
    while position > low and text[position].isspace():
        position -= 1
    if position > low and text[position] in "：:" and text[position - 1] not in _STRONG:
        position -= 1  # 办结：75件: what stands before the colon names the number
    while position >= low:
        char = text[position]
        opening = _opening(text, position, low) if char in _SHUT and _CONNECTS.fullmatch(text[position + 1 : place]) else None
        if opening is not None:  # 其他处理（含申请人撤回）341件: the remark belongs to the phrase
            position = opening - 1
            continue
        if char in _STRONG or char in _OPEN or char in _SHUT:
            return position + 1
        position -= 1
    if after_number and low < place and text[low] == "、":
        return low + 1
    if after_number and place > low and text[place - 1] in "、与和及" and not _JOINS_NAMES.search(text[low : place - 1]):
        return place  # 7件行政许可决定、4件行政处罚决定: the words belong to the number before
    return low


def _opening(text: str, closing: int, low: int) -> int | None:
    """The bracket that `closing` shuts, when it stands after `low` with words before it."""
    place = max(text.rfind("（", low, closing), text.rfind("(", low, closing))
    return place if place > low else None


def _forward(text: str, place: int, high: int) -> int:
    for position in range(place, high):
        if text[position] in _STRONG or text[position] in _OPEN or text[position] in _SHUT or text[position] == "、":
            return position
    return high


def _lists(text: str, sentences: tuple[Sentence, ...], mentions: tuple[Mention, ...]) -> tuple[PartList, ...]:
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
            run = [m for m in level if m.numeral.start >= marker]
            nearest = [m for m in level if m.numeral.start < marker]
            if run and not nearest:
                out.append((run, True, False))
    if not out and len(level) >= 2 and not _PARTS_HERE.search(total.lead):
        more = _next_rest(sentences, total, following)
        run = level + more
        twins = _twins(total, level)
        if twins:
            out.append((twins, False, False))
        elif len(run) >= 3 and _REST.search(run[-1].left) and _PARTS_HERE.search(text[total.numeral.end : run[-1].numeral.start]) is None:
            out.append((run, False, False))
    nexts = _next_sentence(sentences, total)
    if nexts and _PARTS_NEXT.match(nexts.text):
        later = [m for m in following if m.sentence == nexts and m.depth == 0]
        last_of_unit = not level
        if later and last_of_unit:
            out.append((later, True, False))
    return out


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
        if match.group() in _OPEN:
            depth += 1
        elif match.group() in _SHUT:
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
        if text[position] in _OPEN:
            depth += 1
        elif text[position] in _SHUT:
            depth -= 1
            if depth == 0:
                return position
    return len(text)


def _part_list(text: str, total: Mention, parts: list[Mention], marked: bool, bracketed: bool, listed: bool) -> PartList:
    end = parts[-1].numeral.end
    open_ended = bool(_OPEN_END.match(text[end : end + 12])) or text[end : end + 3] in ("……",)
    labels = [part.left for part in parts]
    filled = bracketed and text[end : end + 1] in tuple(_SHUT) and not _PARTLY.match(parts[0].left)
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
