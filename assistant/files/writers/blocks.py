"""The neutral export document: what is printed, in order, before any file format is chosen.

A report becomes a title, paragraphs and the statutory tables in their printed layout. Notes (findings) hang on runs of text and on
cells; changes against last year's text are runs marked `insert` or `delete`. Every writer renders this document and nothing else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from assistant.domain.cell import Cell, CellState, plain
from assistant.domain.finding import Severity
from assistant.domain.report import Block, EditionId, GridCell, Report, TableId
from assistant.forms import load_form, printed_grid

Change = Literal["keep", "insert", "delete"]
ParagraphKind = Literal["title", "heading", "subheading", "item", "body", "signature", "note"]
CellKind = Literal["corner", "band", "header", "stub", "value"]

SUBHEADING = re.compile(r"（[一二三四五六七八九十]{1,3}）[^。；，！？]{1,28}")
ITEM = re.compile(r"\d{1,2}[.．][^。；，！？\d][^。；，！？]{0,26}")
RUN_IN = re.compile(r"（[一二三四五六七八九十]{1,3}）[^。；，：:！？]{1,28}[。：:]")
SEVERITY_LABELS: dict[Severity, str] = {"error": "错误", "warning": "警告", "info": "提示"}


@dataclass(frozen=True)
class Run:
    """A stretch of text in one manner. `lead` marks a run-in heading (`（一）主动公开。`), `notes` are numbers of notes about it. `move` numbers text
    that was deleted here to be inserted there: the same number on both sides, 0 for none."""

    text: str
    lead: bool = False
    change: Change = "keep"
    notes: tuple[int, ...] = ()
    move: int = 0


@dataclass(frozen=True)
class Paragraph:
    """A printed paragraph; `block` is the id of the report's block, or `heading.<section>` and `title`."""

    kind: ParagraphKind
    runs: tuple[Run, ...]
    block: str = ""
    change: Change = "keep"

    @property
    def text(self) -> str:
        """The text that stands after all changes."""
        return "".join(run.text for run in self.runs if run.change != "delete")


@dataclass(frozen=True)
class PrintedCell:
    """A cell of a statutory table: zero-based place, span, text, and the statutory id when it holds a value."""

    row: int
    column: int
    row_span: int
    column_span: int
    kind: CellKind
    text: str
    cell: str | None = None
    notes: tuple[int, ...] = ()


@dataclass(frozen=True)
class PrintedTable:
    """A statutory table. `weights` are the relative widths of the grid columns."""

    table: TableId
    caption: str
    weights: tuple[int, ...]
    cells: tuple[PrintedCell, ...]

    @property
    def height(self) -> int:
        """Number of grid rows."""
        return max(cell.row + cell.row_span for cell in self.cells)

    @property
    def header_rows(self) -> int:
        """Number of rows to be repeated on the next page (表三 and 表四)."""
        first = min((cell.row for cell in self.cells if cell.kind in ("value", "stub")), default=0)
        return 0 if self.table == "t2" else first


@dataclass(frozen=True)
class PlainTable:
    """A table with one header line (the evidence annex)."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    weights: tuple[int, ...]


@dataclass(frozen=True)
class Note:
    """A remark printed beside the text: a finding in words. Numbered from 1."""

    number: int
    severity: Severity
    code: str
    title: str
    text: str


Part = Paragraph | PrintedTable | PlainTable


@dataclass(frozen=True)
class ExportDocument:
    """Everything to be printed. `annex` starts on a page of its own; `watermark` is printed behind every page when not empty."""

    title: str
    unit: str
    year: int | None
    edition: EditionId
    parts: tuple[Part, ...]
    annex: tuple[Part, ...] = ()
    notes: tuple[Note, ...] = field(default=())
    watermark: str = ""

    @property
    def tables(self) -> tuple[PrintedTable, ...]:
        """The statutory tables in printed order."""
        return tuple(part for part in self.parts if isinstance(part, PrintedTable))


def export_document(report: Report, *, watermark: str = "") -> ExportDocument:
    """The report as the official form prints it: the form's own headings and labels, the report's text and values."""
    form = load_form(report.edition)
    title = report_title(report)
    parts: list[Part] = [Paragraph("title", (Run(title),), "title")]
    parts += [paragraph_of(block) for block in report.preamble]
    for section in form.sections:
        parts.append(Paragraph("heading", (Run(section.printed),), f"heading.{section.id}"))
        found = report.section(section.id)
        parts += [paragraph_of(block) for block in (found.blocks if found else ())]
        parts += [printed_table(report, table, section.heading) for table in section.tables]
    parts += [Paragraph("signature", (Run(block.text.strip()),), block.id) for block in report.signature]
    return ExportDocument(title, report.unit or "", report.year, report.edition, tuple(parts), watermark=watermark)


def report_title(report: Report) -> str:
    """The report's own title, or `<unit><year>年政府信息公开工作年度报告` when it has none."""
    year = f"{report.year}年" if report.year else ""
    return report.title.strip() or f"{report.unit or ''}{year}{load_form(report.edition).report_title}"


def paragraph_of(block: Block) -> Paragraph:
    """A paragraph of narrative; inner headings are recognised by their number, typed indentation is dropped."""
    text = block.text.strip()
    if SUBHEADING.fullmatch(text):
        return Paragraph("subheading", (Run(text),), block.id)
    if ITEM.fullmatch(text):
        return Paragraph("item", (Run(text),), block.id)
    lead = RUN_IN.match(text)
    if lead and lead.end() < len(text):
        return Paragraph("body", (Run(lead.group(), lead=True), Run(text[lead.end() :])), block.id)
    return Paragraph("body", (Run(text),), block.id)


def shown(cell: Cell) -> str:
    """What a cell prints: the number in plain notation, the dash or unreadable text as it stood, nothing for blank and absent."""
    if cell.state is CellState.NUMBER and cell.value is not None:
        return plain(cell.value)
    if cell.state is CellState.DASH:
        return cell.raw.strip() or "/"
    return cell.raw.strip() if cell.state is CellState.UNREADABLE else ""


def printed_table(report: Report, table: TableId, caption: str) -> PrintedTable:
    """A statutory table filled with the report's values."""
    grid = printed_grid(report.edition, table)
    width = max(place.column + place.column_span for place in grid)
    cells = tuple(_printed_cell(report, table, place, width) for place in grid)
    return PrintedTable(table, caption, column_weights(table, width), cells)


def column_weights(table: TableId, width: int) -> tuple[int, ...]:
    """Relative column widths of the official template (twentieths of a point there)."""
    if table == "t3":
        return (754, 921, 3271) + (685,) * (width - 3)
    return (1,) * width


def _printed_cell(report: Report, table: TableId, place: GridCell, width: int) -> PrintedCell:
    text = shown(report.cell(place.cell)) if place.cell else place.text
    kind = _kind(report.edition, table, place, width)
    return PrintedCell(place.row, place.column, place.row_span, place.column_span, kind, text, place.cell)


def _kind(edition: EditionId, table: TableId, place: GridCell, width: int) -> CellKind:
    if place.cell:
        return "value"
    if table == "t4":
        return "header"
    if table == "t3":
        corner = printed_grid(edition, "t3")[0]
        return "corner" if place is corner else "header" if place.row < corner.row_span else "stub"
    if place.column_span == width:
        return "band"
    return "stub" if place.column == 0 and place.text != load_form(edition).t2.header else "header"
