"""A number of the narrative bound to what it measures, and what is carried along while a paragraph is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple

from assistant.checks.claims.lexicon import Measure, lexicon
from assistant.checks.claims.values import Valued
from assistant.domain.report import Block
from assistant.text.claims import Mention, Prose
from assistant.text.normalise import squeeze

Period = Literal["this", "last", "either"]
Verdict = Literal["fits", "differs", "unknown"]


class Bound(NamedTuple):
    """A number of the narrative bound to what it measures.

    `readings` are the admissible meanings with their values, `match` the index of the one that fits. `verdict` is `unknown` when no value is known.
    `why_loose` tells why a difference is only worth a note. `period` is the year the number speaks of, relative to the report. `aside`: a word of its
    phrase is not accounted for, so that it counts only some of them, or something else.
    """

    part: str
    block: Block
    prose: Prose
    mention: Mention
    measure: Measure
    domain: str | None
    period: Period
    readings: tuple[Valued, ...]
    match: int | None
    verdict: Verdict
    why_loose: str = ""
    aside: bool = False

    @property
    def quote(self) -> str:
        """The words around the number, as printed."""
        return self.block.text[max(self.mention.numeral.start - 24, self.mention.sentence.start) : self.mention.numeral.end]

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells of the reading that fits, else of all readings."""
        if self.match is not None:
            return self.readings[self.match].cells
        return tuple(dict.fromkeys(cell for reading in self.readings for cell in reading.cells))


@dataclass
class Paragraph:
    """What is carried along while a paragraph is read."""

    part: str
    block: Block
    prose: Prose
    topic: str | None
    year: int | None
    bound: dict[int, Bound] = field(default_factory=dict)

    def said(self, mention: Mention) -> str | None:
        """What the last bound number before speaks of, when it stands in this sentence or the one before; else what the sentence before says."""
        last = next((bound for bound in reversed(self.bound.values()) if bound.mention.index < mention.index), None)
        if last is None or self.block.text[last.mention.sentence.end : mention.sentence.start].strip():
            return self._topic_sentence(mention)
        return last.domain or ("applications" if last.cells[0].startswith("t3.") else None)

    def _topic_sentence(self, mention: Mention) -> str | None:
        """The one matter that a sentence without numbers right before speaks of: 行政规范性文件管理进一步加强。制发50件."""
        place = self.prose.sentences.index(mention.sentence)
        text = squeeze(self.prose.sentences[place - 1].text) if place else ""
        numbered = place and any(m.sentence == self.prose.sentences[place - 1] for m in self.prose.mentions[: mention.index])
        named = {name for name, _ in lexicon().domains(text)}
        return named.pop() if len(named) == 1 and not numbered and not lexicon().foreign.search(text) else None


def value_of(bound: Bound) -> Decimal | None:
    """The value the tables give: of the reading that fits, else of the first that is known."""
    if bound.match is not None:
        return bound.readings[bound.match].value
    return next((reading.value for reading in bound.readings if reading.value is not None), None)
