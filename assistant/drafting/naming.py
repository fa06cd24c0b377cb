"""A short Chinese name and description for a number from the words around it."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from assistant.drafting.standard import MARK
from assistant.text.numerals import quantities

_CLAUSE_STOPS = "，。；：！？,;:!?\n"
_ITEM_STOPS = _CLAUSE_STOPS + "、（）()"
_LEADS = re.compile(
    r"^(?:[一二三四五六七八九十]+是|[（(][一二三四五六七八九十\d]+[)）]|第[一二三四五六七八九十]+[，、]?|\d{4}年(?:度|以来)?|其中|全年|年内|今年|本年度?|"
    r"全市|全区|全县|全省|我市|我区|我县|我局|我委|全局|先后|累计|总计|总共|共计|共|已|还|并|均|约|达|达到|为|了|的|有|等渠道|等|、|，)+"
)
_TAILS = re.compile(r"(?:共计|总计|累计|共|约|近|达到|达|为|了|有|各|数量|超过|超|逾|，|、|：|:)+$")
_NOT_NAME = re.compile(r"[^一-龥A-Za-z]+")
_MAX_WHAT = 24


@dataclass(frozen=True)
class Surroundings:
    """The clause of a number with `◆` in its place, the words of its list item before and after it, and whether it is a part of a number
    told before (after 其中 or in brackets)."""

    clause: str
    before: str
    after: str
    is_part: bool


@lru_cache(maxsize=2048)
def surroundings(sentence: str, start: int, end: int) -> Surroundings:
    """The words around `sentence[start:end]` (the number with its measure word)."""
    left = _last(sentence, start, _CLAUSE_STOPS)
    right = _next(sentence, end, _CLAUSE_STOPS)
    segment = sentence[sentence.rfind("；", 0, start) + 1 : start]
    return Surroundings(
        clause=f"{sentence[left:start]}{MARK}{sentence[end:right]}",
        before=sentence[_last(sentence, start, _ITEM_STOPS) : start],
        after="" if sentence[end : end + 1] == "、" else sentence[end:right],
        is_part="其中" in segment or segment.count("（") > segment.count("）"),
    )


def _last(sentence: str, place: int, stops: str) -> int:
    return max((sentence.rfind(mark, 0, place) for mark in stops), default=-1) + 1


def _next(sentence: str, place: int, stops: str) -> int:
    return min((found for mark in stops if (found := sentence.find(mark, place)) >= 0), default=len(sentence))


def describe(around: Surroundings, parent: str, previous: str) -> str:
    """What the number counts: `主动公开政府信息`, `政策简明问答（市级）`. `parent` describes the number of which this one is a part, `previous` the number
    told just before; both may be empty."""
    before = _TAILS.sub("", _LEADS.sub("", _without_numbers(around.before).strip()))
    after = _without_numbers(around.after).strip().removeprefix("的")
    what = before[-_MAX_WHAT:] if len(before) >= 4 or not after else (before + after)[:_MAX_WHAT]
    what = _balanced(what.strip("“”\"' ，、"))
    if around.is_part and parent:
        return f"{parent}（{what or '其他'}）"
    if len(what) < 4 and previous:
        return (previous + what)[-_MAX_WHAT:]
    return what or "数量"


def _without_numbers(text: str) -> str:
    for numeral in reversed(quantities(text)):
        text = text[: numeral.start] + text[numeral.end :]
    return text


def _balanced(text: str) -> str:
    for opening, closing in ("《》", "“”", "（）"):
        if text.count(opening) != text.count(closing):
            text = text.replace(opening, "").replace(closing, "")
    return text


def slot_name(what: str, taken: Collection[str]) -> str:
    """A slot name from a description: letters and Chinese characters only, unique among `taken`."""
    base = _NOT_NAME.sub("", what) or "数量"
    ordinal = iter("乙丙丁戊己庚辛壬癸")
    name = base
    while name in taken:
        if (mark := next(ordinal, "")) == "":
            base, ordinal = base + "又", iter("甲乙丙丁戊己庚辛壬癸")
            continue
        name = base + mark
    return name
