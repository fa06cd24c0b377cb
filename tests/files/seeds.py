"""Report files for the fuzzer, a few of each format and small, so that many can be read."""

from __future__ import annotations

from functools import cache
from io import BytesIO

from assistant.domain.report import EditionId, Report, TableId
from assistant.files.reading import read_report
from assistant.files.writers import ExportOptions, report_bytes
from assistant.files.writers.blocks import Paragraph, PrintedTable, export_document
from tests.files.pages import TABLES, numbered, page, report_page, table
from tests.files.pdfs import LEFT, WIDTHS, Sheet, draw, form_cells, pdf

_HEADINGS: dict[TableId, str] = {
    "t2": "二、主动公开政府信息情况",
    "t3": "三、收到和处理政府信息公开申请情况",
    "t4": "四、政府信息公开行政复议、行政诉讼情况",
}


def seeds(reader: str) -> list[bytes]:
    """The files for a reader, by the suffix of its format."""
    reports = [_report("2021"), _report("2019")]
    match reader:
        case "html":
            return [report_page("2021"), report_page("2019"), report_bytes(reports[0], ".html", options=ExportOptions())]
        case "txt" | "md":
            return [_text(reports[0], "\t"), _text(reports[1], "\t"), _text(reports[0], " "), _text(reports[0], "   ")]
        case "pdf":
            return [_drawn("2021", "t2"), _drawn("2019", "t2"), _drawn("2021", "t4")]
        case "docx":
            review = ExportOptions(review_copy=True)
            changed = report_bytes(reports[0], ".docx", options=review, previous=reports[0].replace(sections=reports[1].sections))
            return [*(report_bytes(report, ".docx", options=ExportOptions()) for report in reports), changed]
        case "doc" | "wps" | "ole":
            from assistant.files.office import convert

            return [convert(report_bytes(reports[0], ".docx", options=ExportOptions()), "docx", "doc")]
        case "png" | "jpg":
            return [_image(reader)]
    return [report_bytes(report, f".{reader}", options=ExportOptions()) for report in reports]


@cache
def _report(edition: EditionId) -> Report:
    return read_report(page(table(edition, name, numbered(edition)) for name in TABLES), "x.html").report


def _text(report: Report, gap: str) -> bytes:
    """The report as copied: a paragraph a line, a row of a table a line."""
    lines: list[str] = []
    for part in export_document(report).parts:
        if isinstance(part, Paragraph):
            lines.append("".join(run.text for run in part.runs))
        elif isinstance(part, PrintedTable):
            lines += [gap.join(cell.text for cell in part.cells if cell.row == row) for row in range(part.height)]
    return "\n".join(lines).encode()


def _drawn(edition: EditionId, name: TableId) -> bytes:
    """A single table on a page, without compression, so that changes reach the drawing itself."""
    sheet = Sheet()
    sheet.text(LEFT, 40, "某某市统计局2023年政府信息公开工作年度报告", 14)
    sheet.text(LEFT, 70, _HEADINGS[name], 12)
    cells, texts = form_cells(edition, name, numbered(edition))
    columns = max(cell.column + cell.column_span for cell in cells)
    draw(sheet, cells, texts, WIDTHS[name] if columns == len(WIDTHS[name]) else [460.0 / columns] * columns, 90)
    return pdf([sheet])


def _image(kind: str) -> bytes:
    import pypdfium2

    out = BytesIO()
    pypdfium2.PdfDocument(_drawn("2021", "t2"))[0].render(scale=1.5).to_pil().save(out, "PNG" if kind == "png" else "JPEG")
    return out.getvalue()
