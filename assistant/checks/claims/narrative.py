"""The narrative as the rules of this family see it: paragraphs, their numbers and what those are bound to. Read once per run."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from assistant.checks.claims.binding import PARTS, bind
from assistant.checks.claims.bound import Bound, value_of
from assistant.checks.context import CheckContext, span_in
from assistant.domain.finding import Span
from assistant.domain.report import Block
from assistant.text.claims import Mention, Prose, read_prose
from assistant.text.sentences import split_sentences

_REACH = 60  # numbers looked back at


class Paragraph(NamedTuple):
    """A paragraph with its numbers; `bound` maps the index of a mention to what it is bound to."""

    part: str
    block: Block
    prose: Prose
    bound: dict[int, Bound]

    def span(self, mention: Mention) -> Span:
        """The number at its place."""
        return span_in(self.part, self.block, mention.numeral.start, mention.numeral.end)

    def values(self, mention: Mention) -> tuple[Decimal, ...]:
        """What the number may be: as printed first, then as the tables have it where it is bound."""
        found = [] if mention.numeral.value is None else [mention.numeral.value]
        bound = self.bound.get(mention.index)
        if bound and bound.verdict == "differs":
            found += [reading.value for reading in bound.readings if reading.value is not None]
        return tuple(dict.fromkeys(found))

    def differs(self, *mentions: Mention) -> bool:
        """Whether one of the numbers is already known to be wrong: what rests on it is not judged a second time."""
        return any((bound := self.bound.get(m.index)) is not None and bound.verdict == "differs" and not bound.why_loose for m in mentions)

    def before(self, mention: Mention) -> tuple[Mention, ...]:
        """The counts before this number in its sentence, nearest first."""
        near = self.prose.mentions[max(mention.index - _REACH, 0) : mention.index]
        return tuple(m for m in reversed(near) if m.sentence == mention.sentence and m.numeral.kind == "count")


def bound_numbers(ctx: CheckContext) -> tuple[Bound, ...]:
    """All bound numbers of the report."""
    found: tuple[Bound, ...] | None = ctx.memo.get("claims")
    if found is None:
        found = ctx.memo["claims"] = bind(ctx.report, ctx.previous, ctx.year)
    return found


def paragraphs(ctx: CheckContext) -> tuple[Paragraph, ...]:
    """The paragraphs of sections 一 to 六 that contain numbers."""
    found: tuple[Paragraph, ...] | None = ctx.memo.get("claim-paragraphs")
    if found is None:
        places: dict[tuple[str, str], dict[int, Bound]] = {}
        for bound in bound_numbers(ctx):
            places.setdefault((bound.part, bound.block.id), {})[bound.mention.index] = bound
        found = tuple(
            Paragraph(part, block, prose, places.get((part, block.id), {}))
            for part, block in ctx.blocks
            if part in PARTS and (prose := read_prose(block.text)).mentions
        )
        ctx.memo["claim-paragraphs"] = found
    return found


def sentences(ctx: CheckContext) -> list[tuple[str, Block, tuple[int, str]]]:
    """The sentences of sections 一 to 六 with their place in the block; a semicolon ends one."""
    return [
        (part, block, (sentence.start, sentence.text))
        for part, block in ctx.blocks
        if part in PARTS
        for sentence in split_sentences(block.text, True)
    ]


def known(bound: Bound | None) -> Decimal | None:
    """The table value of a bound number, if any."""
    return value_of(bound) if bound else None
