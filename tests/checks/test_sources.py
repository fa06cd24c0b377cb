"""P101 and P102: numbers that know where they come from."""

from __future__ import annotations

from decimal import Decimal

from assistant.checks import CheckContext, run_checks
from assistant.domain.cell import number_cell
from assistant.forms import load_form
from assistant.tables.compute import computed_cells
from tests.checks.builder import report


def test_a_value_that_another_source_gives_differently_is_told_with_both() -> None:
    cell = number_cell("t2.licensing.decisions", 7).model_copy(update={"alternatives": (("台账统计", Decimal(5)),)})
    (finding,) = run_checks(CheckContext(report().with_cells(cell))).findings
    assert (finding.code, finding.expected, finding.actual) == ("P101", "5", "7")


def test_sources_that_agree_are_no_finding() -> None:
    cell = number_cell("t2.licensing.decisions", 7).model_copy(update={"alternatives": (("台账统计", Decimal(7)),)})
    assert run_checks(CheckContext(report().with_cells(cell))).findings == ()


def test_a_total_whose_parts_changed_is_stale_and_may_be_mended_safely() -> None:
    values = {cell.id: cell.value for cell in report().cells if cell.value is not None and cell.id != "t4.direct.total"}
    total = computed_cells(load_form("2021"), values)["t4.direct.total"]
    changed = report().with_cells(total).with_cells(number_cell("t4.direct.upheld", 2))
    findings = [finding for finding in run_checks(CheckContext(changed)).findings if finding.code == "P102"]
    assert [finding.expected for finding in findings] == ["2"]
    assert findings[0].fix is not None
    assert findings[0].fix.fix_class == "safe"
