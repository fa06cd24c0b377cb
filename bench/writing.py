"""Writing: the sample bureau's report in every format, beside the nearest library where one can be run on the same material."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

from assistant.checks import CheckContext, run_checks
from assistant.domain.report import Report
from assistant.files.writers import ExportOptions, report_bytes
from assistant.files.writers.blocks import ExportDocument, Paragraph, export_document
from assistant.files.writers.findings_page import annotated_html
from bench.harness import Measure, Note
from bench.sample import sample_report


def suite() -> Iterator[Measure | Note]:
    """The figures of the writers. The issues set no target here."""
    this, last = sample_report(2024), sample_report(2023)
    document = export_document(this)
    for suffix, name, baseline in (
        (".docx", "python-docx, cell by cell", lambda: _python_docx(document)),
        (".xlsx", "openpyxl, cell by cell", lambda: _openpyxl(document)),
        (".html", "", None),
        (".pdf", "", None),
        (".json", "", None),
    ):
        yield Measure(f"write {suffix}", _writing(this, suffix), None, name, baseline, 5, 3)
        yield Note(f"size of {suffix}", f"{len(_writing(this, suffix)()) / 1024:.0f} KB")
    found = run_checks(CheckContext(report=this, previous=last)).findings
    options = ExportOptions(review_copy=True)
    yield Measure(
        "write the review copy, .docx", lambda: report_bytes(this, ".docx", options=options, findings=found, previous=last), repeat=5
    )
    yield Measure(
        "write the evidence annex, .docx", lambda: report_bytes(this, ".docx", options=ExportOptions(evidence_annex=True)), repeat=5
    )
    yield Measure("write the report with its findings, .html", lambda: annotated_html(this, found), repeat=5)


def _writing(report: Report, suffix: str) -> Callable[[], bytes]:
    return lambda: report_bytes(report, suffix, options=ExportOptions())


def _python_docx(document: ExportDocument) -> int:
    """The same paragraphs and tables, merged cells included, without any layout."""
    from docx import Document

    word = Document()
    for part in document.parts:
        if isinstance(part, Paragraph):
            word.add_paragraph("".join(run.text for run in part.runs))
    for printed in document.tables:
        table = word.add_table(printed.height, len(printed.weights))
        for cell in printed.cells:
            corner = table.cell(cell.row, cell.column)
            corner.merge(table.cell(cell.row + cell.row_span - 1, cell.column + cell.column_span - 1)).text = cell.text
    stream = io.BytesIO()
    word.save(stream)
    return len(stream.getvalue())


def _openpyxl(document: ExportDocument) -> int:
    """The same tables, merged cells included, without formats and formulas."""
    from openpyxl import Workbook

    book = Workbook()
    for printed in document.tables:
        sheet = book.create_sheet(printed.caption[:31])
        for cell in printed.cells:
            sheet.cell(cell.row + 1, cell.column + 1, cell.text)
            sheet.merge_cells(None, cell.row + 1, cell.column + 1, cell.row + cell.row_span, cell.column + cell.column_span)
    stream = io.BytesIO()
    book.save(stream)
    return len(stream.getvalue())
