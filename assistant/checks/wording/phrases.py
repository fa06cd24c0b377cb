"""L109: a character missing from a set phrase, or another in its place — 中华人民和国, 政府信公开工作, 习近平新时代中特色社会主义思想 (data/phrases.yaml)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from pydantic import TypeAdapter

from assistant.checks.context import CheckContext, span_in
from assistant.checks.data_files import load
from assistant.checks.findings import found, judged
from assistant.checks.prose import part_name
from assistant.checks.registry import rule
from assistant.checks.wording.doubled import known_word
from assistant.domain.base import Frozen
from assistant.domain.finding import Outcome, ReplaceText
from assistant.domain.report import Block
from assistant.expressions import regex

_LEAST_EXCHANGED = 8  # characters of a phrase in which another character may be told from another wording


class _Phrases(Frozen):
    phrases: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True)
class _Phrase:
    """A set phrase cut into words. One fault leaves its first or its second half whole: looking for that is fast."""

    words: tuple[str, ...]

    @cached_property
    def text(self) -> str:
        return "".join(self.words)

    def faults(self, text: str) -> Iterator[tuple[int, int]]:
        """Where `text` holds the phrase with one fault, from where to where: what has its first half whole, then what has its second."""
        size, middle = len(self.text), len(self.text) // 2
        head, tail = self.text[:middle], self.text[middle:]
        for start in _places(text, head):
            end = start + size
            if tail[-1] in text[end - 2 : end] and not text.startswith(tail, start + middle):
                yield from self._faulty(text, ((start, end - 1), (start, end)))
        for place in _places(text, tail):
            start, end = max(place - middle, 0), place - middle + size
            if head[0] in text[start : start + 2] and not text.startswith(head, start):
                yield from self._faulty(text, ((start, end), (end - size + 1, end)))

    def _faulty(self, text: str, stretches: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """The first of `stretches` that is the phrase without one of its characters or with another in its place. First and last character of the
        phrase stay (府|信息公开 begins anywhere)."""
        for start, end in stretches:
            stretch = text[start:end]
            place = _first_difference(stretch, self.text)
            missing = len(stretch) < len(self.text)
            exchanged = not missing and len(self.text) >= _LEAST_EXCHANGED and "\u4e00" <= stretch[place] <= "\u9fff"
            if 0 < place < len(self.text) - 1 and (missing or exchanged) and stretch[place + exchanged :] == self.text[place + 1 :]:
                yield start, end
                return

    def word_at(self, place: int) -> tuple[int, str]:
        """Where the word begins that holds the character at a place of the phrase, and the word."""
        start = 0
        for word in self.words:
            if place < start + len(word):
                return start, word
            start += len(word)
        raise IndexError(place)


@cache
def _phrases() -> tuple[tuple[_Phrase, ...], re.Pattern[str]]:
    data = load("phrases.yaml", TypeAdapter(_Phrases))
    phrases = sorted((_Phrase(tuple(phrase.split())) for phrase in data.phrases), key=lambda phrase: -len(phrase.text))
    return tuple(phrases), regex("|".join(data.right))


@rule("L109")
def set_phrases(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Each faulty phrase is one finding, told of the longest phrase that it may be."""
    live = [phrase for phrase in _phrases()[0] if any(phrase.faults(ctx.whole))]
    findings = []
    for part, block in ctx.blocks if live else ():
        taken: list[tuple[int, int]] = []
        for start, end, right in _faults(block, live):
            if any(start < other_end and other_start < end for other_start, other_end in taken):
                continue
            taken.append((start, end))
            span = span_in(part, block, start, end)
            message = f"{part_name(ctx, part)}“{span.text}”疑为“{right}”之误，{_what_is_wrong(span.text, right)}。"
            edits = (ReplaceText(span=span, new=right),)
            findings.append(found(ctx, "L109", message, span=span, expected=right, actual=span.text, edits=edits))
    return judged("L109", findings)


def _faults(block: Block, live: Iterable[_Phrase]) -> Iterator[tuple[int, int, str]]:
    """(start, end, right form) of the faulty phrases of a paragraph, of longer phrases first."""
    right = _phrases()[1]
    allowed = [match.span() for match in right.finditer(block.text)]
    for phrase in live:
        for start, end in phrase.faults(block.text):
            if any(a < end and start < b for a, b in allowed):
                continue
            if not _reads_otherwise(block.text, start, block.text[start:end], phrase):
                yield start, end, phrase.text


def _reads_otherwise(text: str, start: int, stretch: str, phrase: _Phrase) -> bool:
    """Whether what is left of the faulty word is right where it stands: 财政信息公开工作 is not 政[府]信息公开工作, 政府信息公示工作 has a word of its own."""
    place = _first_difference(stretch, phrase.text)
    begins, word = phrase.word_at(place)
    shift = len(stretch) - len(phrase.text)
    left = stretch[begins : begins + len(word) + shift]
    end = start + len(stretch)
    if shift and phrase.text[place] in text[max(start - 1, 0) : start] + text[end : end + 1]:
        return True  # 转结下年度: two characters exchanged, none missing
    if shift == 0:
        return any(known_word(left[at : at + 2]) for at in range(len(left) - 1) if at <= place - begins <= at + 1)
    if begins == 0:
        return known_word(text[start - 1 : start] + left[:1])
    if begins + len(word) == len(phrase.text):
        return known_word(left[-1:] + text[end : end + 1])
    return False


def _places(text: str, part: str) -> Iterator[int]:
    place = text.find(part)
    while place >= 0:
        yield place
        place = text.find(part, place + 1)


def _first_difference(stretch: str, right: str) -> int:
    """The first place at which the characters differ, 0 where none do."""
    return next((place for place, (char, other) in enumerate(zip(stretch, right, strict=False)) if char != other), 0)


def _what_is_wrong(stretch: str, right: str) -> str:
    place = _first_difference(stretch, right)
    return f"漏了“{right[place]}”字" if len(stretch) < len(right) else f"“{stretch[place]}”应为“{right[place]}”"
