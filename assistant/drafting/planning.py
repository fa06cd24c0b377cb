"""What each section has to say: from the form's requirements, last year's text, this year's facts, passages and last year's problems."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from assistant.domain.draft import LastParagraph, Offered, SectionPlan
from assistant.domain.facts import FactBook, FactsForm
from assistant.domain.passage import Scored
from assistant.domain.report import Block, Report, SectionId
from assistant.drafting.answers import Filed, about, filed
from assistant.forms import form_for_year, load_form
from assistant.forms.model import Form

NARRATIVE: tuple[str, ...] = ("preamble", "overview", "problems", "other", "signature")
MODEL_SECTIONS: tuple[str, ...] = ("overview", "problems")


class Named(NamedTuple):
    """A fact as texts tell it from others, whatever its value."""

    name: str
    what: str
    unit: str


@dataclass(frozen=True)
class Material:
    """All that a drafter may rest on: this year's report with its tables, last year's report, the facts form and the fact book."""

    this: Report
    previous: Report | None
    asked: FactsForm
    book: FactBook

    @property
    def form(self) -> Form:
        """The form of this year's report."""
        return form_for_year(self.this.year) if self.this.year else load_form(self.this.edition)

    @cached_property
    def answers(self) -> tuple[Filed, ...]:
        """The clerk's answers, each under what it answers."""
        return filed(self.book.answers, self.asked.problems, self.form.names)

    @cached_property
    def changing(self) -> tuple[Named, ...]:
        """The facts that may differ from year to year, as texts name them."""
        return tuple(Named(fact.name, fact.what, fact.unit) for fact in self.book.facts if fact.binding != "constant")

    def answer_to(self, problem: str) -> str:
        """What the clerk says became of a problem of last year; empty when nothing was said."""
        return next((one.text for one in about("problem", self.answers, problem)), "")


def last_blocks(previous: Report | None, part: str) -> tuple[Block, ...]:
    """Last year's paragraphs of a part (`preamble`, a section id, `signature`)."""
    return tuple(block for name, block in previous.blocks() if name == part) if previous else ()


def plan_section(section: str, material: Material, passages: tuple[Scored, ...] = ()) -> SectionPlan:
    """The plan of one part of the report. `section` is `preamble`, `signature` or a section id."""
    form = material.form
    known = {part.id.value: part for part in form.sections}
    demanded = known.get(section)
    return SectionPlan(
        section=section,
        heading=demanded.printed if demanded else "",
        unit=material.this.unit,
        year=material.book.year,
        requirement=f"{form.document.title}{demanded.article}" if demanded else "",
        aspects=tuple(aspect.label for aspect in demanded.aspects) if demanded else (),
        last=tuple(LastParagraph(block=block.id, text=block.text) for block in last_blocks(material.previous, section)),
        fact_names=tuple(fact.name for fact in material.book.facts if fact.section in (section, "") and fact.binding != "constant"),
        promises=material.asked.problems if section == SectionId.PROBLEMS.value else (),
        passages=tuple(
            Offered(id=found.passage.id, document=found.document.title, article=found.passage.label, text=found.passage.quotable)
            for found in passages
        ),
        limit=demanded.limit if demanded else None,
    )
