"""What filling returns beside the report: what a person must decide, where two sources differ, what was assumed."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from assistant.domain.base import Frozen
from assistant.domain.cell import plain
from assistant.domain.report import Report
from assistant.domain.saved import Note
from assistant.statute.choices import ListId

DecisionKind = Literal["outcome", "category", "date", "period", "wording", "duplicate"]
VocabularyId = ListId | Literal["outcome", ""]


class DecisionNeeded(Frozen):
    """Rows that were not (fully) counted because the register does not settle them.

    `wording` is what stands in the register; `candidates` are keys to choose from (result rows, applicant columns, …; empty: any of
    the vocabulary). `by` says whether a decision is about the wording wherever it stands or about these rows only; `vocabulary`
    names the list of keys (`outcome`, `category`, `procedure`, …; empty: the rows as a whole).
    """

    kind: DecisionKind
    wording: str
    message: str
    rows: tuple[str, ...]
    candidates: tuple[str, ...] = ()
    by: Literal["wording", "row"] = "row"
    vocabulary: VocabularyId = ""


class Difference(Frozen):
    """A cell for which two sources give different values; the first is in the cell, the other among its alternatives."""

    cell: str
    taken_from: str
    taken: Decimal
    other_from: str
    other: Decimal
    message: str
    rows: tuple[str, ...] = ()


class FillResult(Frozen):
    """The filled report and what remains to be looked at. `notes` are Chinese sentences about assumptions and rows outside the year."""

    report: Report
    decisions_needed: tuple[DecisionNeeded, ...] = ()
    differences: tuple[Difference, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every row was counted and no two sources differ."""
        return not self.decisions_needed and not self.differences

    def saved_notes(self) -> tuple[Note, ...]:
        """Everything to be kept with the saved report, decisions first."""
        decisions = tuple(Note(message=item.message, rows=item.rows, needs_decision=True) for item in self.decisions_needed)
        differences = tuple(
            Note(message=item.message, rows=item.rows, cells=(item.cell,), needs_decision=True) for item in self.differences
        )
        return decisions + differences + tuple(Note(message=note) for note in self.notes)


def difference(cell: str, name: str, taken: tuple[str, Decimal], other: tuple[str, Decimal], rows: tuple[str, ...] = ()) -> Difference:
    """The difference between two sources (label, value) of one cell, in words. `name` is the cell's Chinese name."""
    message = f"{name}：{taken[0]}为{plain(taken[1])}，{other[0]}为{plain(other[1])}，相差{plain(abs(taken[1] - other[1]))}。表中采用{taken[0]}，请核对。"
    return Difference(cell=cell, taken_from=taken[0], taken=taken[1], other_from=other[0], other=other[1], message=message, rows=rows)
