"""L106: slips of the pen from a curated list (data/typos.yaml)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from pydantic import TypeAdapter

from assistant.checks.context import CheckContext, span_in
from assistant.checks.data_files import load
from assistant.checks.findings import found, judged
from assistant.checks.prose import part_name
from assistant.checks.registry import rule
from assistant.checks.wording.doubled import two_words_meet
from assistant.domain.base import Frozen
from assistant.domain.finding import Outcome, ReplaceText
from assistant.domain.report import Block
from assistant.expressions import regex


class _Typos(Frozen):
    words: dict[str, str]
    expressions: dict[str, str]


@cache
def _typos() -> tuple[dict[str, str], tuple[tuple[re.Pattern[str], str], ...]]:
    data = load("typos.yaml", TypeAdapter(_Typos))
    return data.words, tuple((regex(expression), right) for expression, right in data.expressions.items())


@rule("L106")
def typos(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Each slip is one finding; a longer entry goes before one it contains."""
    words, _ = _typos()
    present, live = _occurring(ctx.whole)
    findings = []
    for part, block in ctx.blocks if present or live else ():
        for start, end, right in _slips(block, present, words, live):
            span = span_in(part, block, start, end)
            near = block.text[max(0, start - 6) : end + 6].replace("\n", "")
            message = f"{part_name(ctx, part)}“{near}”中“{span.text}”疑为“{right}”之误。"
            edits = (ReplaceText(span=span, new=right),)
            findings.append(found(ctx, "L106", message, span=span, expected=right, actual=span.text, edits=edits))
    return judged("L106", findings)


@lru_cache(maxsize=64)
def _occurring(whole: str) -> tuple[tuple[str, ...], tuple[tuple[re.Pattern[str], str], ...]]:
    """The entries that occur in a text at all, longer words first."""
    words, expressions = _typos()
    letters = set(whole)
    present = sorted((word for word in words if letters.issuperset(word) and word in whole), key=len, reverse=True)
    return tuple(present), tuple((expression, right) for expression, right in expressions if expression.search(whole))


def _slips(
    block: Block, present: tuple[str, ...], words: dict[str, str], live: tuple[tuple[re.Pattern[str], str], ...]
) -> Iterator[tuple[int, int, str]]:
    taken: list[tuple[int, int]] = []
    for word in present:
        place = block.text.find(word)
        while place >= 0:
            free = not any(start < place + len(word) and place < end for start, end in taken)
            if free and not (len(word) == 2 and two_words_meet(block.text, place)):
                taken.append((place, place + len(word)))
                yield place, place + len(word), words[word]
            place = block.text.find(word, place + 1)
    for expression, right in live:
        for match in expression.finditer(block.text):
            yield match.start(), match.end(), right
