"""The workbook: merged as the form, sums as formulas only where they hold, text never a formula."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from assistant.domain.cell import Cell, CellState, number_cell
from assistant.domain.report import EditionId, Report, TableId
from assistant.files.writers import ExportOptions, report_bytes
from assistant.forms import load_form, printed_grid
from tests.files.writers.samples import sample_findings, sample_report

TOP = 2
TABLES: tuple[TableId, ...] = ("t2", "t3", "t4")


def sheets(report: Report, *, formulas: bool, options: ExportOptions | None = None) -> dict[TableId, Worksheet]:
    content = report_bytes(report, ".xlsx", options=options or ExportOptions(), findings=sample_findings())
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=not formulas)
    return dict(zip(TABLES, book.worksheets, strict=True))


def places(edition: EditionId) -> dict[str, tuple[TableId, int, int]]:
    return {
        place.cell: (table, place.row + TOP + 1, place.column + 1)
        for table in TABLES
        for place in printed_grid(edition, table)
        if place.cell
    }


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_values_stand_in_the_merged_layout_of_the_form(edition: EditionId) -> None:
    report = sample_report(edition)
    written = sheets(report, formulas=False)
    for cell_id, (table, row, column) in places(edition).items():
        found = written[table].cell(row, column).value
        cell = report.cell(cell_id)
        assert (found if cell.value is None else Decimal(str(found))) == (cell.value if cell.value is not None else cell.raw or None)
    for table in TABLES:
        merged = {
            (r.min_row - TOP - 1, r.min_col - 1, r.max_row - r.min_row + 1, r.max_col - r.min_col + 1)
            for r in written[table].merged_cells.ranges
            if r.min_row > TOP
        }
        assert merged == {
            (g.row, g.column, g.row_span, g.column_span) for g in printed_grid(edition, table) if g.row_span * g.column_span > 1
        }


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_every_prescribed_sum_is_a_formula(edition: EditionId) -> None:
    written = sheets(sample_report(edition), formulas=True)
    at = places(edition)
    sums = {identity.left[0] for identity in load_form(edition).instances if len(identity.left) == 1}
    for cell_id in sums:
        table, row, column = at[cell_id]
        assert str(written[table].cell(row, column).value).startswith("=SUM(")


def test_a_total_that_differs_from_its_sum_stays_as_printed() -> None:
    report = sample_report().with_cells(number_cell("t4.direct.total", 13))
    table, row, column = places("2021")["t4.direct.total"]
    assert sheets(report, formulas=True)[table].cell(row, column).value == 13


def test_text_is_never_a_formula_or_a_link() -> None:
    evil = '=HYPERLINK("http://x","y")'
    report = sample_report(title=evil).with_cells(Cell(id="t4.direct.upheld", state=CellState.UNREADABLE, raw=evil))
    with zipfile.ZipFile(io.BytesIO(report_bytes(report, ".xlsx", options=ExportOptions()))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert b"HYPERLINK" in parts["xl/sharedStrings.xml"]
    assert not [
        name for name, part in parts.items() if name.startswith("xl/worksheets/") and (b"HYPERLINK" in part or b"hyperlink" in part)
    ]


def test_digits_beyond_a_spreadsheets_precision_are_kept_as_text() -> None:
    report = sample_report().with_cells(number_cell("t2.fees.amount", Decimal("12345678901234.567891")))
    table, row, column = places("2021")["t2.fees.amount"]
    assert sheets(report, formulas=False)[table].cell(row, column).value == "12345678901234.567891"


def test_review_copy_carries_findings_as_comments() -> None:
    table, row, column = places("2021")["t3.granted.total"]
    comment = sheets(sample_report(), formulas=False, options=ExportOptions(review_copy=True))[table].cell(row, column).comment
    assert comment is not None
    assert "总计与各列之和不符" in comment.text
    assert sheets(sample_report(), formulas=False)[table].cell(row, column).comment is None
