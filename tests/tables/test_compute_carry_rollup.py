"""Computed totals and their staleness, comparability across editions, and roll-up."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain.cell import Cell, CellState, Computed, number_cell
from assistant.domain.report import Report
from assistant.errors import ConflictingInput
from assistant.forms import load_form
from assistant.tables.carry import carried_cells, comparable
from assistant.tables.compute import computed_cells, recompute, stale_cells
from assistant.tables.rollup import broken_identities, roll_up
from tests.strategies import reports

FORM = load_form("2021")


@given(reports())
def test_totals_of_a_valid_report_are_found_again(report: Report) -> None:
    form = load_form(report.edition)
    targets = {rule.left[0] for rule in form.totals}
    numbers = {cell.id: cell.value for cell in report.cells if cell.value is not None}
    made = computed_cells(form, {cell: value for cell, value in numbers.items() if cell not in targets})
    assert {cell: found.value for cell, found in made.items()} == {cell: numbers[cell] for cell in targets}


def test_a_total_with_an_unknown_input_is_not_computed() -> None:
    values = {cell: Decimal(0) for cell in FORM.cell_ids if cell != "t3.granted.person"}
    made = computed_cells(FORM, values)
    assert "t3.granted.total" not in made
    assert "t3.processed.person" not in made
    assert "t3.processed.total" not in made
    assert "t3.partial.total" in made


def report_of(values: dict[str, Decimal]) -> Report:
    plain = {cell: number_cell(cell, value) for cell, value in values.items()}
    return Report(unit="甲局", year=2025, edition="2021", cells=tuple((plain | computed_cells(FORM, values)).values()))


ZEROS = {cell: Decimal(0) for cell in FORM.cell_ids}


def test_changed_inputs_make_a_total_stale_and_recomputing_mends_it() -> None:
    report = report_of(ZEROS)
    assert stale_cells(report) == ()
    changed = report.with_cells(number_cell("t3.granted.person", 3))
    assert set(stale_cells(changed)) == {"t3.granted.total", "t3.processed.person"}
    mended = recompute(changed)
    assert stale_cells(mended) == ()
    assert [mended.value(cell) for cell in ("t3.granted.total", "t3.processed.person", "t3.processed.total")] == [3, 3, 3]


def test_a_total_whose_input_is_gone_becomes_blank() -> None:
    mended = recompute(report_of(ZEROS).with_cells(Cell(id="t3.granted.person", state=CellState.BLANK)))
    assert mended.cell("t3.granted.total").state is CellState.BLANK
    assert mended.value("t3.partial.total") == 0


def test_only_carry_over_and_disputes_compare_across_editions() -> None:
    assert comparable("t3.carried_in.person", "2021", "2019").last == "t3.carried_in.person"
    assert comparable("t4.direct.total", "2021", "2019").last == "t4.direct.total"
    for cell in ("t2.licensing.decisions", "t3.other.misc.person", "t3.granted.total"):
        found = comparable(cell, "2021", "2019")
        assert found.last is None
        assert "口径不一致" in found.why
    assert comparable("t2.licensing.decisions", "2021", "2021").last == "t2.licensing.decisions"
    assert comparable("t2.procurement.items", "2021", "2019").last is None


def test_carry_over_from_a_2020_report_into_the_2021_form() -> None:
    last = Report(
        unit="甲局",
        year=2020,
        edition="2019",
        cells=(number_cell("t3.carried_out.person", 4), Cell(id="t3.carried_out.business", state=CellState.BLANK)),
    )
    cells, missing = carried_cells(last, "2021")
    assert {cell: found.value for cell, found in cells.items()} == {"t3.carried_in.person": 4}
    assert "t3.carried_in.business" in missing
    assert "t3.carried_in.total" not in missing


@settings(max_examples=25)
@given(st.lists(reports(edition="2021"), min_size=1, max_size=4))
def test_roll_up_is_the_sum_of_its_parts_and_keeps_the_identities(found: list[Report]) -> None:
    parts = [report.replace(unit=f"单位{index}", year=2024) for index, report in enumerate(found)]
    rolled = roll_up(parts, unit="某区", year=2024)
    for cell in FORM.cell_ids:
        assert rolled.report.value(cell) == sum((report.value(cell) or Decimal(0) for report in parts), Decimal(0))
        assert sum((part.value for part in rolled.parts[cell]), Decimal(0)) == rolled.report.value(cell)
    assert broken_identities(rolled.report, FORM) == ()
    assert rolled.troubles == ()
    assert stale_cells(rolled.report) == ()
    backwards = roll_up(parts[::-1], unit="某区", year=2024)
    assert [cell.value for cell in backwards.report.cells] == [cell.value for cell in rolled.report.cells]


def test_roll_up_says_who_is_missing_and_who_has_errors() -> None:
    good = report_of({**ZEROS, "t3.new.person": Decimal(1), "t3.granted.person": Decimal(1)})
    broken = good.replace(unit="乙局").with_cells(number_cell("t3.granted.total", 9))
    blank = report_of(ZEROS).replace(unit="丙局").with_cells(Cell(id="t2.fees.amount", state=CellState.BLANK))
    old = good.replace(unit="丁局", year=2024)
    rolled = roll_up([good, broken, blank, old], unit="某区", year=2025, expected=["甲局", "乙局", "丙局", "丁局", "戊镇"])
    assert rolled.missing == ("戊镇",)
    assert rolled.summed == ("甲局", "乙局", "丙局")
    assert {trouble.unit: trouble.refused for trouble in rolled.troubles} == {"丁局": True, "乙局": False}
    assert any("总计" in message for trouble in rolled.troubles for message in trouble.messages if trouble.unit == "乙局")
    assert [(gap.cell, gap.units) for gap in rolled.gaps] == [("t2.fees.amount", ("丙局",))]
    assert rolled.report.value("t3.new.person") == 2
    provenance = rolled.report.cell("t3.new.person").provenance
    assert isinstance(provenance, Computed)
    assert provenance.inputs == ("甲局", "乙局")


def test_two_reports_of_one_unit_are_a_conflict() -> None:
    with pytest.raises(ConflictingInput, match="甲局"):
        roll_up([report_of(ZEROS), report_of(ZEROS)], unit="某区", year=2025)


def test_unexpected_units_are_named() -> None:
    assert roll_up([report_of(ZEROS)], unit="某区", year=2025, expected=["乙局"]).unexpected == ("甲局",)
