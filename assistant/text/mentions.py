"""Numbers of a paragraph with the words around them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from assistant.expressions import regex
from assistant.text.dates import find_years
from assistant.text.normalise import squeeze
from assistant.text.numerals import Numeral, quantities
from assistant.text.sentences import Sentence

_STRONG = frozenset("，,；;：:。！？!?\n")
_REACH = 60  # dates of a sentence that may date a number
_LEAD = 300  # characters before a number that matter
_TAIL = 24  # characters after its phrase that may say what became of a number
_CLAUSE_STARTS = _STRONG | frozenset("（( 、")
OPEN, SHUT = "（(", "）)"
_BRACKETS = regex(r"[（(）)\n]")
_CONNECTS = regex(r"[\s为是共达约计均有:：]*")  # what may stand between a remark in brackets and the number: 办结率（含延期）为
_IN_WORD = regex(r"[\u4e00-\u9fff][（(][\u4e00-\u9fff][）)]")  # 县（区）: the bracket is part of a word
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


def mentions_of(text: str, sentences: tuple[Sentence, ...]) -> tuple[Mention, ...]:
    """The quantities of a paragraph in order, durations left out, each with its surroundings."""
    numerals = [numeral for numeral in quantities(text) if numeral.kind != "duration"]
    depths = _depths(text, [numeral.start for numeral in numerals]) if numerals else []
    starts = [sentence.start for sentence in sentences]
    return tuple(
        _mention(text, index, numerals, sentences[bisect_right(starts, numeral.start) - 1], depths[index])
        for index, numeral in enumerate(numerals)
    )


def _depths(text: str, places: list[int]) -> list[int]:
    """How many brackets are open at each of the places, which rise."""
    depths: list[int] = []
    depth, done = 0, 0
    for match in _BRACKETS.finditer(text):
        while done < len(places) and places[done] < match.start():
            depths.append(depth)
            done += 1
        char = match.group()
        depth = 0 if char == "\n" else depth + 1 if char in OPEN else max(depth - 1, 0)
    return depths + [depth] * (len(places) - done)


def _mention(text: str, index: int, numerals: list[Numeral], sentence: Sentence, depth: int) -> Mention:
    numeral = numerals[index]
    before = numerals[index - 1] if index and numerals[index - 1].end > sentence.start else None
    after = numerals[index + 1] if index + 1 < len(numerals) and numerals[index + 1].start < sentence.end else None
    low = max(sentence.start, before.end if before else 0)
    start = _back(text, low, numeral.start, before is not None)
    outer: int | None = None
    left = text[max(start, numeral.start - _LEAD) : numeral.start]
    if start > sentence.start and text[start - 1] in OPEN:
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
    opening = max(sentence.rfind(char, 0, place) for char in OPEN)
    shut = [found for char in SHUT if (found := sentence.find(char, max(opening, 0), later)) >= 0]
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
        within = char in SHUT and (
            _CONNECTS.fullmatch(text[position + 1 : place]) or _IN_WORD.fullmatch(text[max(position - 3, low) : position + 1])
        )
        opening = _opening(text, position, low) if within else None
        if opening is not None:  # 其他处理（含申请人撤回）341件: the remark belongs to the phrase
            position = opening - 1
            continue
        if char in _STRONG or char in OPEN or char in SHUT:
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
        if text[position] in _STRONG or text[position] in OPEN or text[position] in SHUT or text[position] == "、":
            return position
    return high
