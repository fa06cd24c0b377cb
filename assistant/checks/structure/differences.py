"""How two labels differ: the smallest stretch to be replaced, for messages and fixes."""

from __future__ import annotations

from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from assistant.expressions import regex

_NUMBER = regex(r"^\s*[（(]?\s*([一二三四五六七八九十]{1,3})\s*[)）]?\s*[、，,.．：: ]?\s*")
_LOOSE = regex(r"[\s、，,；;。:：（）()“”\"'《》<>〈〉]+")


class Difference(NamedTuple):
    """What is printed and what should stand there, with the characters around; `core` is the pair without them; `distance` in characters."""

    wrong: str
    right: str
    distance: int
    core: tuple[str, str]

    @property
    def words(self) -> str:
        """`“申清”应为“申请”`."""
        wrong, right = self.core if min(map(len, self.core)) > 1 else (self.wrong, self.right)
        return f"“{wrong}”应为“{right}”"


def numeral_of(heading: str) -> str:
    """The Chinese number before a heading, or an empty string."""
    match = _NUMBER.match(heading)
    return match.group(1) if match and heading[: match.end()].strip(" 　") != match.group(1) else ""


def unnumbered(heading: str) -> str:
    """A heading without its number."""
    match = _NUMBER.match(heading)
    return heading[match.end() :] if match and numeral_of(heading) else heading


def bare(heading: str) -> str:
    """A heading without number, spaces and punctuation."""
    return _LOOSE.sub("", unnumbered(heading))


def difference(printed: str, expected: str) -> Difference:
    """The differing stretch with one character on either side, so that it can be recognised."""
    left = 0
    while left < min(len(printed), len(expected)) and printed[left] == expected[left]:
        left += 1
    right = 0
    while right < min(len(printed), len(expected)) - left and printed[-1 - right] == expected[-1 - right]:
        right += 1
    start, back = max(left - 1, 0), max(right - 1, 0)
    return Difference(
        printed[start : len(printed) - back] or printed,
        expected[start : len(expected) - back] or expected,
        Levenshtein.distance(printed, expected),
        (printed[left : len(printed) - right], expected[left : len(expected) - right]),
    )
