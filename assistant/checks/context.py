"""What a rule looks at: the report, last year's, the losses of reading, and the settings. Derived views are computed once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from assistant.checks.years import YearEvidence, year_evidence
from assistant.domain.cell import Cell, CellState
from assistant.domain.facts import FactBook
from assistant.domain.finding import Explanation, Span
from assistant.domain.report import Block, Loss, LossKind, Report, SectionId
from assistant.forms import Form, load_form


@dataclass(frozen=True)
class CheckSettings:
    """Thresholds. `repetition` is the share of a section that may repeat last year's; `other_names` are names that must not occur
    (former names of the unit, other places); `jump` is the factor between two years that asks for a reason; `tell_unused` says that the
    explanations given belong to this report alone, so that those without a finding are told."""

    repetition: Decimal = Decimal("0.5")
    other_names: tuple[str, ...] = ()
    jump: int = 10
    tell_unused: bool = False


@dataclass(frozen=True)
class RegisterSummary:
    """What the register of applications says, without a person's data beyond names to look for: counted cells by id, names of applicants,
    row locators of late replies, duplicates and rows nobody could place."""

    counted: Mapping[str, Decimal] = field(default_factory=dict)
    persons: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    overdue: tuple[str, ...] = ()
    duplicates: tuple[str, ...] = ()
    unplaced: tuple[str, ...] = ()


@dataclass(frozen=True)
class CheckContext:
    """The input of one run. `explanations` maps fingerprints to people's decisions; `today` is None where deadlines are not to be judged."""

    report: Report
    losses: tuple[Loss, ...] = ()
    previous: Report | None = None
    previous_losses: tuple[Loss, ...] = ()
    register: RegisterSummary | None = None
    facts: FactBook | None = None
    today: date | None = None
    settings: CheckSettings = CheckSettings()
    explanations: Mapping[str, Explanation] = field(default_factory=dict)

    @cached_property
    def form(self) -> Form:
        """The form edition that the tables are laid out on."""
        return load_form(self.report.edition)

    @cached_property
    def names(self) -> dict[str, str]:
        """Chinese names of the cells."""
        return _names(self.form)

    @cached_property
    def years(self) -> YearEvidence:
        """Which year the report is about, and where that is said."""
        return year_evidence(self.report, self.previous)

    @property
    def year(self) -> int | None:
        """The report year by the weight of evidence: a stale year in the title does not change it."""
        return self.years.year

    @cached_property
    def blocks(self) -> tuple[tuple[str, Block], ...]:
        """(part, block) in reading order."""
        return self.report.blocks()

    @cached_property
    def whole(self) -> str:
        """All paragraphs joined by line breaks: one look at it tells most rules that there is nothing to see."""
        return "\n".join(block.text for _, block in self.blocks)

    @cached_property
    def memo(self) -> dict[str, Any]:
        """Results that several rules share, by name."""
        return {}

    @cached_property
    def missing_sections(self) -> tuple[SectionId, ...]:
        """Sections of the form that the report does not have."""
        have = {section.id for section in self.report.sections}
        return tuple(section.id for section in self.form.sections if section.id not in have)

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """The cells of the form that the report has, in the form's order: the order they are kept in must not show."""
        return tuple(cell for cell_id in self.form.cell_ids if (cell := self.report.cell(cell_id)).state is not CellState.ABSENT)

    @cached_property
    def absent(self) -> frozenset[str]:
        """Cells of the form that the report does not have."""
        return frozenset(self.form.cell_ids) - {cell.id for cell in self.cells}

    def losses_of(self, *kinds: LossKind) -> tuple[Loss, ...]:
        """The losses of the given kinds."""
        return tuple(loss for loss in self.losses if loss.kind in kinds)

    def cell(self, cell_id: str) -> Cell:
        """The cell, absent where the report has none."""
        return self.report.cell(cell_id)

    def value(self, cell_id: str) -> Decimal | None:
        """The number in the cell."""
        return self.report.value(cell_id)

    def state(self, cell_id: str) -> CellState:
        """The state of the cell."""
        return self.report.cell(cell_id).state

    def name(self, cell_id: str) -> str:
        """The Chinese name of the cell."""
        return self.names.get(cell_id, cell_id)


_NAMES: dict[str, dict[str, str]] = {}


def _names(form: Form) -> dict[str, str]:
    return _NAMES.setdefault(form.edition, form.names)


def span_in(part: str, block: Block, start: int, end: int) -> Span:
    """The stretch of a block from `start` to `end`."""
    return Span(section=part, block=block.id, start=start, end=end, text=block.text[start:end])


def heading_span(section: SectionId, heading: str) -> Span:
    """A section heading as a stretch of text; its block is `<section>.heading`."""
    return Span(section=section.value, block=f"{section.value}.heading", start=0, end=len(heading), text=heading)


def title_span(title: str) -> Span:
    """The title as a stretch of text."""
    return Span(section="title", block="title", start=0, end=len(title), text=title)
