"""Root causes: every single wrong cell of 表三 is found as that cell with its right value, or is one of those that leave no trace."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.checks import CheckContext, run_checks
from assistant.domain.cell import number_cell
from assistant.domain.report import EditionId, Report
from assistant.forms import load_form
from tests.checks.builder import report

COLUMNS = ("person", "business", "research", "public_interest", "legal_service", "other")


@st.composite
def valid_reports(draw: st.DrawFn, edition: EditionId = "2021") -> Report:
    """A report whose tables hold all identities."""
    form = load_form(edition)
    results = [row.id for row in form.t3.rows if row.id not in ("new", "carried_in", "processed", "carried_out")]
    number = st.integers(0, 40)
    values: dict[str, int] = {}
    for column in COLUMNS:
        for row in results:
            values[f"t3.{row}.{column}"] = draw(number) if draw(st.integers(0, 3)) == 0 else 0
        processed = sum(values[f"t3.{row}.{column}"] for row in results)
        out, carried = draw(number), draw(number)
        values |= {
            f"t3.processed.{column}": processed,
            f"t3.carried_out.{column}": out,
            f"t3.carried_in.{column}": min(carried, processed + out),
        }
        values[f"t3.new.{column}"] = processed + out - values[f"t3.carried_in.{column}"]
    for row in form.t3.rows:
        values[f"t3.{row.id}.total"] = sum(values[f"t3.{row.id}.{column}"] for column in COLUMNS)
    for group in form.t4.groups:
        parts = [draw(number) for _ in range(4)]
        values |= {
            f"t4.{group.id}.{column}": value for column, value in zip(("upheld", "corrected", "other", "pending"), parts, strict=True)
        }
        values[f"t4.{group.id}.total"] = sum(parts)
    return report({"edition": edition, "cells": values})


def table_findings(this: Report) -> list:  # type: ignore[type-arg]
    """Findings of family T at error or warning."""
    return [finding for finding in run_checks(CheckContext(this)).findings if finding.code[0] == "T" and finding.severity != "info"]


@given(valid_reports())
@settings(max_examples=25, deadline=None)
def test_a_valid_report_has_no_error_in_its_tables(this: Report) -> None:
    assert table_findings(this) == []
    assert run_checks(CheckContext(this)).identities_evaluated == 42


@given(valid_reports(), st.data())
@settings(max_examples=60, deadline=None)
def test_a_single_wrong_cell_is_named_with_its_right_value(this: Report, data: st.DataObject) -> None:
    cell = data.draw(st.sampled_from(load_form("2021").t3.cell_ids))
    right = this.value(cell)
    assert right is not None
    wrong = data.draw(st.integers(0, 400).filter(lambda value: value != right))
    (finding,) = table_findings(this.with_cells(number_cell(cell, wrong)))
    assert finding.code == "T110"
    assert finding.cells[0] == cell
    assert finding.expected == f"{right:f}"


@given(valid_reports("2019"), st.data())
@settings(max_examples=20, deadline=None)
def test_the_trial_form_is_located_as_well(this: Report, data: st.DataObject) -> None:
    cell = data.draw(st.sampled_from(load_form("2019").t3.cell_ids))
    right = this.value(cell)
    assert right is not None
    (finding,) = table_findings(this.with_cells(number_cell(cell, right + 1)))
    assert (finding.code, finding.cells[0]) == ("T110", cell)


def test_every_cell_of_table_three_is_located_in_one_report() -> None:
    this = report(
        {
            "cells": {
                "t3.new.person": 9,
                "t3.new.total": 9,
                "t3.granted.person": 7,
                "t3.granted.total": 7,
                "t3.processed.person": 7,
                "t3.processed.total": 7,
                "t3.carried_out.person": 2,
                "t3.carried_out.total": 2,
            }
        }
    )
    for cell, delta in product(load_form("2021").t3.cell_ids, (1, 5)):
        right = this.value(cell) or Decimal(0)
        (finding,) = table_findings(this.with_cells(number_cell(cell, right + delta)))
        assert finding.cells[0] == cell, cell
        assert finding.expected == f"{right:f}"


@given(valid_reports(), st.data())
@settings(max_examples=25, deadline=None)
def test_two_wrong_cells_in_different_lines_are_explained_or_told_as_broken_sums(this: Report, data: st.DataObject) -> None:
    rows = data.draw(st.permutations([row.id for row in load_form("2021").t3.rows]))[:2]
    columns = data.draw(st.permutations(COLUMNS))[:2]
    cells = [f"t3.{row}.{column}" for row, column in zip(rows, columns, strict=True)]
    values = [this.value(cell) or Decimal(0) for cell in cells]
    faulty = this.with_cells(number_cell(cells[0], values[0] + 1), number_cell(cells[1], values[1] + 3))
    findings = table_findings(faulty)
    assert {finding.cells[0] for finding in findings if finding.code == "T110"} in (set(cells), set())
    assert 1 <= len(findings) <= 3


@given(valid_reports(), st.data())
@settings(max_examples=20, deadline=None)
def test_a_wrong_cell_of_table_four_breaks_its_sum_once(this: Report, data: st.DataObject) -> None:
    cell = data.draw(st.sampled_from(load_form("2021").t4.cell_ids))
    (finding,) = table_findings(this.with_cells(number_cell(cell, (this.value(cell) or Decimal(0)) + 1)))
    assert finding.code == "T104"
    assert cell in finding.cells


def test_a_fault_that_keeps_every_identity_is_provably_blind() -> None:
    """A count, its row total, 新收 and （七）总计 with theirs, all changed alike: no identity can tell."""
    changed = {f"t3.{row}.{column}": 4 for row in ("new", "granted", "processed") for column in ("person", "total")}
    assert table_findings(report({"cells": changed})) == []
