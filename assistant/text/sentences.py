"""Cutting prose into sentences."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from assistant.expressions import regex

_ENDS = "。！？!?"
_OPEN = {"“": "”", "《": "》", "（": "）", "(": ")", "〔": "〕", "【": "】", "「": "」", "『": "』", "[": "]", "〈": "〉", "‘": "’"}
_CLOSE = frozenset(_OPEN.values())
_BREAK = regex(f"[\n{_ENDS}；;]")
_MARKS = regex("[" + re.escape("\n" + _ENDS + "；;" + "".join(_OPEN) + "".join(_CLOSE)) + "]")


class Sentence(NamedTuple):
    """A sentence and where it stands in the text it was cut from."""

    start: int
    end: int
    text: str


@lru_cache(maxsize=1024)
def split_sentences(text: str, semicolons: bool = False) -> tuple[Sentence, ...]:
    """The sentences of `text`, which together are the whole text but for white space between them. A sentence ends at 。！？ or a line break
    (at ； too with `semicolons`), never inside quotes or brackets that are closed, never at a decimal point."""
    found: list[Sentence] = []
    if not _BREAK.search(text, 0, len(text) - 1):
        _cut(text, 0, len(text), found)
        return tuple(found)
    ends = _ENDS + "；;" if semicolons else _ENDS
    marks, inside, unpaired = _marked(text)
    start = 0
    for place, (index, char) in enumerate(marks):
        after_end = char in _CLOSE and place not in inside and place not in unpaired and index and text[index - 1] in _ENDS
        if char == "\n" or (char in ends and place not in inside) or after_end:
            start = _cut(text, start, index + 1, found)
    _cut(text, start, len(text), found)
    return tuple(found)


@lru_cache(maxsize=1024)
def _marked(text: str) -> tuple[list[tuple[int, str]], frozenset[int], frozenset[int]]:
    """The marks of a text with their places; which of them stand inside brackets or quotes; which close what was not opened."""
    marks = [(match.start(), match.group()) for match in _MARKS.finditer(text)]
    return marks, *_closed(marks)


def _cut(text: str, start: int, end: int, found: list[Sentence]) -> int:
    piece = text[start:end]
    bare = piece.strip()
    if bare:
        first = start + piece.index(bare[0])
        found.append(Sentence(first, first + len(bare), bare))
    return end


def _closed(marks: list[tuple[int, str]]) -> tuple[frozenset[int], frozenset[int]]:
    """Which marks stand inside brackets or quotes that are closed on the same line, and which closing marks have no partner."""
    inside: set[int] = set()
    unpaired: set[int] = set()
    stack: list[int] = []
    for place, (_, char) in enumerate(marks):
        if char == "\n":
            stack.clear()
        elif char in _OPEN:
            stack.append(place)
        elif char in _CLOSE:
            depth = len(stack) - 1
            while depth >= 0 and _OPEN[marks[stack[depth]][1]] != char:
                depth -= 1
            if depth < 0:
                unpaired.add(place)
                continue
            inside.update(range(stack[depth], place))
            del stack[depth:]
    return frozenset(inside), frozenset(unpaired)
