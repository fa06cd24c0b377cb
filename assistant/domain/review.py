"""Review values: this year against last, the queue by risk, trends and the memo."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from assistant.domain.base import Frozen
from assistant.domain.finding import Finding

RedlineKind = Literal["keep", "delete", "insert", "move"]


class RedlinePiece(Frozen):
    """A stretch of a redline: keep + delete is last year's text, keep + insert + move this year's. `moved` marks text that stands elsewhere now."""

    op: RedlineKind
    text: str
    moved: bool = False


class CopiedSentence(Frozen):
    """A sentence of this year that stands in last year's text too, figures aside."""

    text: str
    last: str
    ratio: float


class SectionChange(Frozen):
    """One part of the report (`preamble`, a section id, `signature`) beside last year's. `similarity` is 0–1, symmetric, figures folded."""

    id: str
    heading: str
    similarity: float
    redline: tuple[RedlinePiece, ...] = ()
    copied: tuple[CopiedSentence, ...] = ()
    state: Literal["both", "only_this", "only_last", "neither"] = "both"


class CellChange(Frozen):
    """One statutory cell in two years. `percent` is the change in per cent of last year's value (None where that is 0 or unknown);
    `comparable` is False where the two editions do not mean the same, with `note` saying so."""

    cell: str
    name: str
    last: Decimal | None
    this: Decimal | None
    delta: Decimal | None = None
    percent: Decimal | None = None
    comparable: bool = True
    outlier: float = 0.0
    note: str = ""


class ProblemFate(Frozen):
    """A problem reported last year and what this year's section 五 says of it: `told` (a sentence speaks of it as mended or being mended), `again`
    (reported again), or `silent`."""

    problem: str
    fate: Literal["told", "again", "silent"]
    sentence: str = ""


class Comparison(Frozen):
    """This year's report against last year's. `cells` lists outliers first, then the rest in printed order."""

    unit: str | None
    this_year: int | None
    last_year: int | None
    sections: tuple[SectionChange, ...]
    cells: tuple[CellChange, ...]
    problems: tuple[ProblemFate, ...] = ()
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def changed(self) -> tuple[CellChange, ...]:
        """Cells whose value differs."""
        return tuple(cell for cell in self.cells if cell.delta)


class QueueItem(Frozen):
    """One thing for the reviewer to look at. `risk` orders the queue (0 first): errors, unsupported sentences, changed numbers without explanation,
    copied sections, the rest."""

    risk: Literal[0, 1, 2, 3, 4]
    kind: Literal["error", "unsupported", "change", "copied", "rest"]
    title: str
    detail: str
    place: str
    fingerprint: str
    decided: bool = False


class TrendLine(Frozen):
    """One figure over the years: (year, value) in order; None where the year has no number."""

    cell: str
    name: str
    points: tuple[tuple[int, Decimal | None], ...]


class MemoBlock(Frozen):
    """A neutral block of the review memo, for any writer."""

    kind: Literal["heading", "paragraph", "item", "table"]
    text: str = ""
    level: int = 1
    rows: tuple[tuple[str, ...], ...] = ()
