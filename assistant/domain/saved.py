"""The saved report: everything that belongs to one year's work and must survive a reload."""

from __future__ import annotations

from assistant.domain.base import Frozen
from assistant.domain.draft import DraftSentence
from assistant.domain.facts import FactBook, GivenFacts
from assistant.domain.report import Loss, Report


class Note(Frozen):
    """Something a person must know or decide about the filled tables; `rows` are register locators. `needs_decision` blocks nothing but is shown first."""

    message: str
    rows: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    needs_decision: bool = False


class SavedReport(Frozen):
    """A report in work. `previous` is last year's report as read, `given` what the clerk filled in, `facts` the facts with their passports,
    `sentences` the drafted sentences with sources, `notes` what filling the tables left to decide, `notices` what
    went wrong in the last draft and what took its place, `received` what a model had sent for a part when it failed."""

    report: Report
    losses: tuple[Loss, ...] = ()
    previous: Report | None = None
    given: GivenFacts = GivenFacts()
    facts: FactBook | None = None
    sentences: tuple[DraftSentence, ...] = ()
    notes: tuple[Note, ...] = ()
    drafter: str = ""
    notices: tuple[str, ...] = ()
    received: tuple[tuple[str, str], ...] = ()
