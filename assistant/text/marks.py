"""The number that a line begins with: 一、 （一） 1. （1） 第一部分."""

from __future__ import annotations

from typing import Literal, NamedTuple

from assistant.expressions import regex

Level = Literal["part", "chinese", "bracketed", "digit", "bracketed digit", "none"]

_NUMERAL = "一二三四五六七八九"
_UNMARKED = frozenset("一二三四五六123456")  # as many as the report has sections
_CHINESE = r"[一二三四五六七八九十]{1,2}"
_WRITTEN: tuple[tuple[Level, str], ...] = (
    ("part", rf"第\s*({_CHINESE})\s*(?:部分|章)[、.．,，:：\s]*"),
    ("chinese", rf"第?\s*({_CHINESE})\s*[、丶.．,，:：\s]\s*"),
    ("bracketed", rf"[（(]\s*({_CHINESE})\s*[）)]\s*"),
    ("digit", r"(\d{1,2})(?:\s*[、丶.．](?!\d)\s*|\s+(?=[^\d\s]))"),
    ("bracketed digit", r"[（(]\s*(\d{1,2})\s*[）)]\s*"),
)
_MARK = regex(r"\s*(?:" + "|".join(expression for _, expression in _WRITTEN) + ")")


class Mark(NamedTuple):
    """How the number before a line is written, its value (0 without any), and where the words begin."""

    level: Level
    number: int
    end: int


_NONE = Mark("none", 0, 0)


def mark_of(text: str) -> Mark:
    """The number that a line begins with."""
    found = _MARK.match(text)
    if found is None or not found.lastindex:
        return _NONE
    numeral = found[found.lastindex]
    return Mark(_WRITTEN[found.lastindex - 1][0], int(numeral) if numeral.isdecimal() else _value(numeral), found.end())


def _value(numeral: str) -> int:
    tens, ten, ones = numeral.rpartition("十")
    return (10 * (_NUMERAL.find(tens) + 1 if tens else 1) if ten else 0) + (_NUMERAL.find(ones) + 1 if ones else 0)


def behind_number(text: str) -> str:
    """The words of a line behind its number, also where the mark is missing: 总体情况 in 一总体情况. Without a number the line itself."""
    mark = mark_of(text)
    if mark.number:
        return text[mark.end :]
    return text[1:] if text[:1] in _UNMARKED else text
