"""Folding of width, spaces and punctuation, with a way back to the original offsets."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from assistant.expressions import regex

_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
_BRACKETS = str.maketrans({"〔": "(", "〕": ")", "[": "(", "]": ")", "【": "(", "】": ")", "{": "(", "}": ")", "﹙": "(", "﹚": ")"})
_QUOTES = str.maketrans(dict.fromkeys("“”„‟″＂『』「」‘’'`", '"'))
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_LEADING_NUMBER = regex(r"(?<![\d.])(\d{1,2})[.、](?!\d)")
_LEADING_CHINESE = regex(r"^(\(?)([一二三四五六七八九十]{1,3})[.、,]")


class Folded(NamedTuple):
    """`text` is the original under NFKC, character by character; `starts[i]` and `ends[i]` are the offsets in the original of the
    character that `text[i]` came from."""

    original: str
    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    @property
    def plain(self) -> bool:
        """Whether every character became exactly one, so that offsets are the same."""
        return type(self.starts) is range

    def to_original(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original that became `text[start:end]`; an empty stretch maps to the place before the next character."""
        if start >= end:
            place = self.starts[start] if start < len(self.starts) else len(self.original)
            return place, place
        return self.starts[start], self.ends[end - 1]

    def from_original(self, offset: int) -> int:
        """The first place in `text` that came from `offset` of the original or later."""
        return bisect_left(self.ends, offset + 1)


class _Table(dict[int, str]):
    """Foldings by code point, computed when first met; `odd` holds the characters that do not become exactly one."""

    def __init__(self) -> None:
        super().__init__()
        self.odd: set[str] = set()

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = "" if char in _INVISIBLE else "".join(" " if c.isspace() else c for c in unicodedata.normalize("NFKC", char))
        if char.isspace():
            folded = " "
        if len(folded) != 1:
            self.odd.add(char)
        self[code] = folded
        return folded


_TABLE = _Table()
_UNUSUAL = regex("[^\u4e00-\u9fff0-9A-Za-z、。“”《》%.-]")  # all that may be folded to something else, and little more


def _folded(text: str, unusual: set[str]) -> str:
    """`text` with the characters `unusual` folded. A folding holds no character that is folded in turn."""
    for char in unusual:
        text = text.replace(char, _TABLE[ord(char)])
    return text


@lru_cache(maxsize=1024)
def fold(text: str) -> Folded:
    """Fold full-width to half-width and compatibility characters to plain ones (NFKC), drop invisible characters, turn every
    kind of space into a plain one. Chinese punctuation that has no half-width form (、。“”《》) stays."""
    unusual = set(_UNUSUAL.findall(text))
    out = _folded(text, unusual)
    if _TABLE.odd.isdisjoint(unusual):
        return Folded(text, out, range(len(out)), range(1, len(out) + 1))
    starts: list[int] = []
    for index, char in enumerate(text):
        starts += [index] * len(_TABLE[ord(char)])
    return Folded(text, out, tuple(starts), tuple(start + 1 for start in starts))


def squeeze(text: str) -> str:
    """`text` folded and without any space."""
    return _folded(text, set(_UNUSUAL.findall(text))).replace(" ", "")


@lru_cache(maxsize=8192)
def fold_label(text: str) -> str:
    """A label in the one form in which labels are compared: NFKC, no space at all, one kind of bracket, quote and dash,
    list numbers as `1.` and `一、`. Labels that differ in spelling stay different."""
    bare = squeeze(text).translate(_BRACKETS).translate(_QUOTES).translate(_DASHES)
    bare = _LEADING_NUMBER.sub(r"\1.", bare)
    return _LEADING_CHINESE.sub(r"\1\2、", bare)
