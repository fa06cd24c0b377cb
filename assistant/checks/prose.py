"""Walking through the narrative: sentences with their places, names of parts for messages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from assistant.checks.context import CheckContext, span_in
from assistant.domain.finding import Span
from assistant.domain.report import Block, SectionId
from assistant.expressions import regex

NARRATIVE = tuple(section.value for section in SectionId)
_END = regex(r"[。！？；\n]")


class Sentence(NamedTuple):
    """A sentence (or half sentence ended by a semicolon) at its place in a block; `text` excludes nothing."""

    part: str
    block: Block
    start: int
    text: str

    @property
    def opens_block(self) -> bool:
        """Whether it is the first of its paragraph."""
        return not self.block.text[: self.start].strip()

    def span(self, start: int, end: int) -> Span:
        """A stretch given by offsets inside the sentence."""
        return span_in(self.part, self.block, self.start + start, self.start + end)


def sentences(ctx: CheckContext, parts: tuple[str, ...] = NARRATIVE) -> Iterator[Sentence]:
    """The sentences of the given parts in reading order; cut once per run."""
    cut: tuple[Sentence, ...] | None = ctx.memo.get("sentences")
    if cut is None:
        cut = tuple(Sentence(part, block, start, text) for part, block in ctx.blocks for start, text in split(block.text))
        ctx.memo["sentences"] = cut
    return (sentence for sentence in cut if sentence.part in parts)


def split(text: str) -> Iterator[tuple[int, str]]:
    """(offset, sentence) with its final mark; blank pieces are left out."""
    start = 0
    for match in _END.finditer(text):
        if text[start : match.end()].strip():
            yield start, text[start : match.end()]
        start = match.end()
    if text[start:].strip():
        yield start, text[start:]


def part_name(ctx: CheckContext, part: str) -> str:
    """How a part is called in messages: `前言`, `“总体情况”部分`."""
    fixed = {"title": "标题", "preamble": "前言", "signature": "落款"}
    if part in fixed:
        return fixed[part]
    return f"“{ctx.form.section(SectionId(part)).heading}”部分"


def section_text(ctx: CheckContext, part: str) -> str:
    """The text of a part, paragraphs joined by line breaks."""
    return "\n".join(block.text for name, block in ctx.blocks if name == part)
