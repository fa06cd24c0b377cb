"""The three statutory tables as a workbook, one sheet each, in their merged layout.

Sums that the form prescribes are formulas with cached values, but only where the printed total equals the sum: a formula would silently
replace a total that differs. Text never becomes a formula.
"""

from __future__ import annotations

import io
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from assistant.domain.report import Report, TableId
from assistant.files.writers.blocks import SEVERITY_LABELS, ExportDocument, Note, PrintedCell, PrintedTable
from assistant.files.writers.xml import clean
from assistant.forms import load_form

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_TOP = 2  # lines above the table: the report's title, the section's heading
_EPOCH = datetime(1980, 1, 1)
_FIRST = {"t2": (26,), "t3": (7, 9, 34), "t4": ()}
_OTHERS = {"t2": 22, "t3": 9, "t4": 8}
_FILLS = {"error": "#FBD5D1", "warning": "#FFE9C2", "info": "#DCEBF9"}


def xlsx_bytes(report: Report, document: ExportDocument) -> bytes:
    """The tables of `document`, which prints `report`, as the bytes of an .xlsx file."""
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, options) as workbook:
        workbook.set_properties({"title": clean(document.title), "author": "年报助手", "created": _EPOCH})
        sheets = _Sheets(workbook, report, document)
        for table in document.tables:
            sheets.add(table)
    return stream.getvalue()


class _Sheets:
    """Writes one sheet per table; formats are shared."""

    def __init__(self, workbook: Any, report: Report, document: ExportDocument) -> None:
        self._workbook = workbook
        self._report = report
        self._document = document
        self._notes = {note.number: note for note in document.notes}
        self._formats: dict[tuple[str, str, str], Format] = {}

    def add(self, table: PrintedTable) -> None:
        """A sheet with title, heading and the table."""
        sheet: Worksheet = self._workbook.add_worksheet(table.caption[:31])
        section = next(section for section in load_form(self._report.edition).sections if table.table in section.tables)
        width = len(table.weights)
        title = self._workbook.add_format({"bold": True, "font_size": 14, "align": "center", "valign": "vcenter", "font_name": "宋体"})
        heading = self._workbook.add_format({"bold": True, "font_size": 12, "align": "left", "valign": "vcenter", "font_name": "宋体"})
        mark = f"（{self._document.watermark}）" if self._document.watermark else ""
        sheet.merge_range(0, 0, 0, width - 1, clean(self._document.title) + mark, title)
        sheet.merge_range(1, 0, 1, width - 1, section.printed, heading)
        _page(sheet, table)
        places = {cell.cell: cell for cell in table.cells if cell.cell}
        for cell in table.cells:
            self._write(sheet, cell, self._format(table.table, cell), places)

    def _format(self, table: TableId, cell: PrintedCell) -> Format:
        severity = min((self._notes[note].severity for note in cell.notes), key=list(_FILLS).index) if cell.notes else ""
        left = cell.kind in ("corner", "band") or (cell.kind == "stub" and table == "t3" and cell.row_span == 1)
        fill = "#C6D9F1" if cell.kind == "band" else _FILLS.get(severity, "")
        key = ("left" if left else "center", fill, _number_format(cell))
        if key not in self._formats:
            properties = {
                "border": 1,
                "text_wrap": True,
                "valign": "vcenter",
                "align": key[0],
                "font_name": "宋体",
                "font_size": 10,
                "num_format": key[2],
            }
            self._formats[key] = self._workbook.add_format(properties | ({"bg_color": fill} if fill else {}))
        return self._formats[key]

    def _write(self, sheet: Worksheet, cell: PrintedCell, style: Format, places: dict[str, PrintedCell]) -> None:
        row, column = cell.row + _TOP, cell.column
        if cell.row_span * cell.column_span > 1:
            sheet.merge_range(row, column, row + cell.row_span - 1, column + cell.column_span - 1, "", style)
        value = _number(cell)
        formula = self._sum(cell, value, places) if value is not None else ""
        if value is None:
            sheet.write_string(row, column, clean(cell.text), style) if cell.text else sheet.write_blank(row, column, None, style)
        elif formula:
            sheet.write_formula(row, column, formula, style, float(value))
        else:
            sheet.write_number(row, column, float(value), style)
        if cell.notes:
            sheet.write_comment(row, column, "\n".join(_said(self._notes[note]) for note in cell.notes), {"x_scale": 2})

    def _sum(self, cell: PrintedCell, value: Decimal, places: dict[str, PrintedCell]) -> str:
        """The formula of the identity that gives this cell, or an empty string where it does not hold."""
        for identity in load_form(self._report.edition).instances:
            if identity.left == (cell.cell,) and all(part in places for part in identity.right):
                parts = [self._report.value(part) for part in identity.right]
                if sum((part for part in parts if part is not None), Decimal(0)) == value:
                    return "=" + _ranges([places[part] for part in identity.right])
        return ""


def _number(cell: PrintedCell) -> Decimal | None:
    """The value as a number, unless a spreadsheet would lose digits of it (it keeps fifteen)."""
    if cell.kind != "value" or not cell.text:
        return None
    try:
        value = Decimal(cell.text)
    except InvalidOperation:
        return None
    return value if value.is_finite() and len(value.as_tuple().digits) <= 15 and cell.text.isascii() else None


def _number_format(cell: PrintedCell) -> str:
    """Plain notation with the decimals that the value has."""
    value = _number(cell)
    places = -int(value.as_tuple().exponent) if value is not None else 0
    return "0." + "0" * places if places > 0 else "0"


def _ranges(cells: list[PrintedCell]) -> str:
    """`SUM` over the cells, neighbours drawn together into ranges."""
    from xlsxwriter.utility import xl_rowcol_to_cell

    places = [(cell.row + _TOP, cell.column) for cell in cells]
    groups: list[list[tuple[int, int]]] = []
    for place in places:
        last = groups[-1][-1] if groups else None
        if last and place in ((last[0], last[1] + 1), (last[0] + 1, last[1])) and (len(groups[-1]) == 1 or _straight(groups[-1], place)):
            groups[-1].append(place)
        else:
            groups.append([place])
    parts = [xl_rowcol_to_cell(*group[0]) + (f":{xl_rowcol_to_cell(*group[-1])}" if len(group) > 1 else "") for group in groups]
    return f"SUM({','.join(parts)})"


def _straight(group: list[tuple[int, int]], place: tuple[int, int]) -> bool:
    first = group[0]
    return (first[0] == group[-1][0] == place[0]) or (first[1] == group[-1][1] == place[1])


def _page(sheet: Worksheet, table: PrintedTable) -> None:
    first = _FIRST[table.table]
    widths = [first[column] if column < len(first) else _OTHERS[table.table] for column in range(len(table.weights))]
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.set_row(0, 26)
    sheet.set_row(1, 20)
    for row in range(table.height):  # merged cells do not grow by themselves
        sheet.set_row(row + _TOP, 4 + 14 * max(_lines(cell, widths) for cell in table.cells if cell.row == row))
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    if table.table == "t4":
        sheet.set_landscape()


def _lines(cell: PrintedCell, widths: list[int]) -> int:
    """Lines that a label needs; a Chinese character is as wide as two of the units in which columns are measured."""
    room = sum(widths[cell.column : cell.column + cell.column_span]) - 1
    return 1 if cell.row_span > 1 or cell.kind == "value" else max(1, -(-2 * len(cell.text) // room))


def _said(note: Note) -> str:
    return f"【{SEVERITY_LABELS[note.severity]}】{note.code} {note.title}：{note.text}"
