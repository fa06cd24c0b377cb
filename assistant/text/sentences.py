"""Cutting prose into sentences."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

_ENDS = "。！？!?"
_OPEN = {"“": "”", "《": "》", "（": "）", "(": ")", "〔": "〕", "【": "】", "「": "」", "『": "』", "[": "]", "〈": "〉", "‘": "’"}
_CLOSE = frozenset(_OPEN.values())


@dataclass(frozen=True)
class Sentence:
    """A sentence and where it stands in the text it was cut from."""

    start: int
    end: int
    text: str


@lru_cache(maxsize=1024)
def split_sentences(text: str, semicolons: bool = False) -> tuple[Sentence, ...]:
    """The sentences of `text`, which together are the whole text but for white space between them. A sentence ends at 。！？ or a line break
    (at ； too with `semicolons`), never inside quotes or brackets that are closed, never at a decimal point."""
    ends = _ENDS + "；;" if semicolons else _ENDS
    closed = _closed(text)
    found: list[Sentence] = []
    start = 0
    for index, char in enumerate(text):
        if char == "\n" or (char in ends and not closed[index]) or (char in _CLOSE and not closed[index] and index and text[index - 1] in _ENDS):
            start = _cut(text, start, index + 1, found)
    _cut(text, start, len(text), found)
    return tuple(found)


def _cut(text: str, start: int, end: int, found: list[Sentence]) -> int:
    piece = text[start:end]
    first = start + len(piece) - len(piece.lstrip())
    last = start + len(piece.rstrip())
    if first < last:
        found.append(Sentence(first, last, text[first:last]))
    return end


def _closed(text: str) -> list[bool]:
    """For each character whether it stands inside brackets or quotes that are closed on the same line."""
    inside = [False] * len(text)
    stack: list[int] = []
    for index, char in enumerate(text):
        if char == "\n":
            stack.clear()
        elif char in _OPEN:
            stack.append(index)
        elif char in _CLOSE:
            place = next((i for i in range(len(stack) - 1, -1, -1) if _OPEN[text[stack[i]]] == char), None)
            if place is not None:
                inside[stack[place] : index] = [True] * (index - stack[place])
                del stack[place:]
    return inside
