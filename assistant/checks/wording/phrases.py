"""L109: a character missing from a set phrase, or another in its place — 中华人民和国, 政府信公开工作, 习近平新时代中特色社会主义思想 (data/phrases.yaml)."""

from __future__ import annotations

import re
from collections.abc import Iterator
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

_LEAST_EXCHANGED = 8  # characters of a phrase in which another character may be told from another wording
_CJK = r"\u4e00-\u9fff"


class _Phrases(Frozen):
    phrases: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True)
class _Phrase:
    """A set phrase cut into words; a fault leaves its first or its second half whole."""

    words: tuple[str, ...]

    @cached_property
    def text(self) -> str:
        return "".join(self.words)

    @cached_property
    def halves(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        """Each half with an expression for the phrase with one fault in the other half."""
        middle = len(self.text) // 2
        head, tail = self.text[:middle], self.text[middle:]
        return (
            (head, re.compile(head + f"(?:{'|'.join(self._faulty(middle, len(self.text)))})")),
            (tail, re.compile(f"(?:{'|'.join(self._faulty(0, middle))})" + tail)),
        )

    def _faulty(self, start: int, end: int) -> Iterator[str]:
        """The stretch without one character, and with another in its place; first and last character of the phrase stay (府|信息公开 begins anywhere)."""
        for place in range(max(start, 1), min(end, len(self.text) - 1)):
            before, after = self.text[start:place], self.text[place + 1 : end]
            yield before + after
            if len(self.text) >= _LEAST_EXCHANGED:
                yield f"{before}[{_CJK}]{after}"

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
    return tuple(phrases), re.compile("|".join(data.right))


@rule("L109")
def set_phrases(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Each faulty phrase is one finding, told of the longest phrase that it may be."""
    live = _live(ctx.whole)
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


def _live(whole: str) -> tuple[tuple[_Phrase, re.Pattern[str]], ...]:
    """Phrases that a text holds with a fault, each with its expression."""
    return tuple(
        (phrase, expression) for phrase in _phrases()[0] for half, expression in phrase.halves if half in whole and expression.search(whole)
    )


def _faults(block: Block, live: tuple[tuple[_Phrase, re.Pattern[str]], ...]) -> Iterator[tuple[int, int, str]]:
    """(start, end, right form) of the faulty phrases of a paragraph, of longer phrases first."""
    right = _phrases()[1]
    allowed = [match.span() for match in right.finditer(block.text)]
    for phrase, expression in live:
        for match in expression.finditer(block.text):
            start, end = match.span()
            if match.group() == phrase.text or any(a < end and start < b for a, b in allowed):
                continue
            if not _reads_otherwise(block.text, start, match.group(), phrase):
                yield start, end, phrase.text


def _reads_otherwise(text: str, start: int, stretch: str, phrase: _Phrase) -> bool:
    """Whether what is left of the faulty word is right where it stands: 财政信息公开工作 is not 政[府]信息公开工作, 政府信息公示工作 has a word of its own."""
    place = next(index for index, char in enumerate(stretch) if char != phrase.text[index])
    begins, word = phrase.word_at(place)
    shift = len(stretch) - len(phrase.text)
    left = stretch[begins : begins + len(word) + shift]
    end = start + len(stretch)
    if shift == 0:
        return any(known_word(left[at : at + 2]) for at in range(len(left) - 1) if at <= place - begins <= at + 1)
    if begins == 0:
        return known_word(text[start - 1 : start] + left[:1])
    if begins + len(word) == len(phrase.text):
        return known_word(left[-1:] + text[end : end + 1])
    return False


def _what_is_wrong(stretch: str, right: str) -> str:
    place = next(index for index, char in enumerate(stretch) if char != right[index])
    return f"漏了“{right[place]}”字" if len(stretch) < len(right) else f"“{stretch[place]}”应为“{right[place]}”"
