"""The material for drafting, prepared once for each state of a report: pages ask for it several times per redraw, and a model's first word waits
for it."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from assistant.domain.saved import SavedReport

if TYPE_CHECKING:
    from assistant.domain.facts import FactsForm
    from assistant.domain.report import Report
    from assistant.drafting.planning import Material

_ASKED: deque[tuple[Report, FactsForm]] = deque(maxlen=8)
_KEPT: deque[tuple[SavedReport, Material]] = deque(maxlen=8)


def material(saved: SavedReport) -> Material:
    """The material of a report. Known again by the very objects it was made of: all of them are frozen."""
    for one, prepared in tuple(_KEPT):
        if one.report is saved.report and one.previous is saved.previous and one.given is saved.given:
            return prepared
    from assistant.drafting.draft import prepare

    prepared = prepare(saved.report, saved.previous, saved.given, asked=_asked(saved.previous) if saved.previous else None)
    _KEPT.append((saved, prepared))
    return prepared


def _asked(previous: Report) -> FactsForm:
    """Last year's numbers as questions: they stay while this year's report is edited."""
    for one, asked in tuple(_ASKED):
        if one is previous:
            return asked
    from assistant.drafting.derive import derive_facts

    asked = derive_facts(previous)
    _ASKED.append((previous, asked))
    return asked
