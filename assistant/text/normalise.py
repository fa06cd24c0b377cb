"""Folding of width, spaces and punctuation, with a way back to the original offsets."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
_BRACKETS = str.maketrans({"〔": "(", "〕": ")", "[": "(", "]": ")", "【": "(", "】": ")", "{": "(", "}": ")", "﹙": "(", "﹚": ")"})
_QUOTES = str.maketrans(dict.fromkeys("“”„‟″＂『』「」‘’'`", '"'))
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_LEADING_NUMBER = re.compile(r"(?<![\d.])(\d{1,2})[.、](?!\d)")
_LEADING_CHINESE = re.compile(r"^(\(?)([一二三四五六七八九十]{1,3})[.、,]")


@dataclass(frozen=True)
class Folded:
    """`text` is the original under NFKC, character by character; `starts[i]` and `ends[i]` are the offsets in the original of the
    character that `text[i]` came from."""

    original: str
    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def to_original(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original that became `text[start:end]`; an empty stretch maps to the place before the next character."""
        if start >= end:
            place = self.starts[start] if start < len(self.starts) else len(self.original)
            return place, place
        return self.starts[start], self.ends[end - 1]

    def from_original(self, offset: int) -> int:
        """The first place in `text` that came from `offset` of the original or later."""
        return bisect_left(self.ends, offset + 1)


@lru_cache(maxsize=512)
def fold(text: str) -> Folded:
    """Fold full-width to half-width and compatibility characters to plain ones (NFKC), drop invisible characters, turn every
    kind of space into a plain one. Chinese punctuation that has no half-width form (、。“”《》) stays."""
    if text.isascii():
        whole = tuple(range(len(text)))
        return Folded(text, re.sub(r"\s", " ", text), whole, tuple(i + 1 for i in whole))
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for index, char in enumerate(text):
        for piece in _fold_char(char):
            out.append(piece)
            starts.append(index)
            ends.append(index + 1)
    return Folded(text, "".join(out), tuple(starts), tuple(ends))


@lru_cache(maxsize=8192)
def _fold_char(char: str) -> str:
    if char in _INVISIBLE:
        return ""
    if char.isspace():
        return " "
    return "".join(" " if piece.isspace() else piece for piece in unicodedata.normalize("NFKC", char))


def fold_text(text: str) -> str:
    """`text` folded, without the way back."""
    return fold(text).text


def squeeze(text: str) -> str:
    """`text` folded and without any space."""
    return fold(text).text.replace(" ", "")


@lru_cache(maxsize=8192)
def fold_label(text: str) -> str:
    """A label in the one form in which labels are compared: NFKC, no space at all, one kind of bracket, quote and dash,
    list numbers as `1.` and `一、`. Labels that differ in spelling stay different."""
    bare = squeeze(text).translate(_BRACKETS).translate(_QUOTES).translate(_DASHES)
    bare = _LEADING_NUMBER.sub(r"\1.", bare)
    return _LEADING_CHINESE.sub(r"\1\2、", bare)
