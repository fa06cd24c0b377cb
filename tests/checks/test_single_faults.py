"""Every single-cell fault is found at its cell, or it leads to another valid report: then nothing in the tables can show it.

The proof of blindness and the knowledge which cell the sums determine come from `tests.checks.single_faults`, which solves the form's sums
by itself and shares no code with the checks.
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from assistant.checks import CheckContext, run_checks
from assistant.domain.cell import Cell, CellState, number_cell
from assistant.domain.finding import Finding
from assistant.domain.report import EditionId, Report
from assistant.forms import load_form
from tests.checks.builder import report
from tests.checks.single_faults import repairs, rulings
from tests.strategies import report_pairs, reports

# No sum holds these cells: another count is another valid report. What is in force bounds what was issued, so some changes of them are found.
BLIND: dict[EditionId, tuple[str, ...]] = {edition: load_form(edition).t2.cell_ids for edition in ("2019", "2021")}
TEXTS = ("详见附件", "无", "三件", "1O", "-")
Pair = tuple[Report, Report | None]
PHASES = (Phase.explicit, Phase.generate)  # a report of 200 cells takes long to shrink and says no more when it is small
LARGE = list(HealthCheck)  # two reports of 200 cells are much to draw
DOES_NOT_REST_ON_THE_TABLES = frozenset("B")  # the generated narrative repeats last year's


def pairs() -> st.SearchStrategy[Pair]:
    """A valid report of either edition, alone or with last year's of either edition."""
    alone = reports().map(lambda this: (this, None))
    return st.one_of(alone, report_pairs(), report_pairs("2019", "2019"), report_pairs("2021", "2019"))


@st.composite
def faults(draw: st.DrawFn, this: Report, cells: tuple[str, ...] = ()) -> Cell:
    """One cell with something else in it: another number of any size, a negative or broken one, a blank, a dash, a text."""
    cell = draw(st.sampled_from(cells or load_form(this.edition).cell_ids))
    right = this.value(cell) or Decimal(0)
    near = st.sampled_from((-10, -2, -1, 1, 2, 10)).map(lambda step: max(Decimal(0), right + step))
    value = st.one_of(near, st.integers(0, 10**8).map(Decimal), st.integers(-500, -1).map(Decimal), st.just(right + Decimal("0.5")))
    state = draw(st.sampled_from((CellState.NUMBER, CellState.NUMBER, CellState.NUMBER, *CellState)))
    if state is CellState.NUMBER:
        return number_cell(cell, draw(value.filter(lambda number: number != this.value(cell))))
    raw = {CellState.DASH: "/", CellState.UNREADABLE: draw(st.sampled_from(TEXTS))}
    return Cell(id=cell, state=state, raw=raw.get(state, ""))


def loud(this: Report, previous: Report | None) -> dict[str, Finding]:
    """Findings at error and warning by fingerprint, those about repeated wording left out."""
    found = run_checks(CheckContext(this, previous=previous)).findings
    return {f"{f.code}{f.cells}{f.actual}": f for f in found if f.severity != "info" and f.code[0] not in DOES_NOT_REST_ON_THE_TABLES}


def judge(pair: Pair, before: dict[str, Finding], wrong: Cell) -> str:
    """`blind`, or `told` after the findings were held against what the sums alone show; `before` are those of the report without the fault."""
    this, previous = pair
    faulty = this.with_cells(wrong)
    new = [finding for key, finding in loud(faulty, previous).items() if key not in before]
    if not rulings(faulty, previous):
        assert wrong.id in BLIND[this.edition]
        assert all(finding.code == "C103" for finding in new)  # a count beyond all proportion to last year's is told all the same
        return "blind"
    assert 1 <= len(new) <= 2, [finding.message for finding in new]
    assert any(wrong.id in finding.cells for finding in new)
    right = repairs(faulty, previous)
    if len(right) == 1:
        assert right == {wrong.id: this.value(wrong.id)}
        assert new[0].cells[0] == wrong.id
        assert new[0].expected == f"{this.value(wrong.id):f}", new[0].message
        assert len(new) == 1, [finding.message for finding in new]
    return "told"


@given(pairs(), st.data())
@settings(max_examples=60, phases=PHASES, suppress_health_check=LARGE)
def test_a_single_fault_is_told_at_its_cell_or_provably_blind(pair: Pair, data: st.DataObject) -> None:
    assume(not rulings(*pair))
    before = loud(*pair)
    for _ in range(4):
        judge(pair, before, data.draw(faults(pair[0])))


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_every_cell_of_both_editions_in_one_report(edition: EditionId) -> None:
    """All 200 and 198 cells, each one too high and each left blank."""
    cells = {"t3.new.person": 9, "t3.granted.person": 7, "t3.processed.person": 7, "t3.carried_out.person": 2, "t4.direct.upheld": 2}
    totals = {"t3.new.total": 9, "t3.granted.total": 7, "t3.processed.total": 7, "t3.carried_out.total": 2, "t4.direct.total": 2}
    this = report({"edition": edition, "cells": cells | totals})
    verdicts, before = {}, loud(this, None)
    for cell in load_form(edition).cell_ids:
        assert judge((this, None), before, Cell(id=cell, state=CellState.BLANK)) == "told"
        verdicts[cell] = judge((this, None), before, number_cell(cell, (this.value(cell) or Decimal(0)) + 1))
    blind = {cell for cell, verdict in verdicts.items() if verdict == "blind"}
    assert blind <= set(BLIND[edition])
    assert blind == {cell for cell in BLIND[edition] if not cell.endswith((".issued", ".published"))}


@given(st.one_of(report_pairs(), report_pairs("2019", "2019"), report_pairs("2021", "2019")), st.data())
@settings(max_examples=30, phases=PHASES, suppress_health_check=LARGE)
def test_a_fault_in_last_years_report_is_not_blamed_on_this_year(pair: tuple[Report, Report], data: st.DataObject) -> None:
    """What last year's own sums show to be wrong there needs no change here; nothing else of 表三 and 表四 of last year is looked at."""
    this, last = pair
    assume(not rulings(this, last))
    cells = tuple(cell for cell in load_form(last.edition).cell_ids if not cell.startswith("t2."))
    wrong = last.with_cells(data.draw(faults(last, cells)))
    assert loud(this, wrong).keys() <= loud(this, last).keys()
