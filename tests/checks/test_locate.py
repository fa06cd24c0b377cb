"""Root causes of several faults at once; single ones are told in test_single_faults.py."""

from __future__ import annotations

from decimal import Decimal

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


def test_a_fault_that_keeps_every_identity_is_provably_blind() -> None:
    """A count, its row total, 新收 and （七）总计 with theirs, all changed alike: no identity can tell."""
    changed = {f"t3.{row}.{column}": 4 for row in ("new", "granted", "processed") for column in ("person", "total")}
    assert table_findings(report({"cells": changed})) == []
