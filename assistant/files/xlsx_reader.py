"""Workbooks (.xlsx): cells and merged ranges straight from the XML, so that a formula without a stored value is no blank."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from assistant.domain.report import Loss, LossKind
from assistant.errors import UnreadableFile
from assistant.files.limits import MOST_CELLS, Archive, parse_xml
from assistant.files.raw import Paragraph, RawCell, RawDocument, RawTable
from assistant.files.sections import heading_of
from assistant.files.titles import is_cover, is_date, parse_title

if TYPE_CHECKING:
    from lxml.etree import _Element

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_P = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_REFERENCE = re.compile(r"^\$?([A-Z]{1,3})\$?(\d{1,7})$")
_DATE_FORMATS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_DATE_CODE = re.compile(r"[ymdhs年月日]", re.IGNORECASE)
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_MOST_ROWS = 3_000
_MOST_COLUMNS = 60
_LONG = 60

Places = dict[tuple[int, int], str]


@dataclass(frozen=True)
class _Book:
    """Shared texts and the kind of number format (`date`, `percent` or empty) of each cell style."""

    texts: tuple[str, ...]
    formats: tuple[str, ...]


def read_xlsx(content: bytes) -> RawDocument:
    """Tables and single lines of every visible sheet. Raises `UnreadableFile` when it is damaged, hostile or too large."""
    archive = Archive(content)
    workbook = _part(archive, "xl/workbook.xml")
    if workbook is None:
        raise UnreadableFile("文件不是 Excel 工作簿（.xlsx）。", "请确认扩展名与内容一致，或用办公软件另存为 .xlsx。")
    book = _Book(tuple(_shared(archive)), tuple(_formats(archive)))
    items: list[Paragraph | RawTable] = []
    losses: list[Loss] = []
    if "xl/vbaProject.bin" in archive.names:
        losses.append(Loss(kind=LossKind.IGNORED, message="文件带有宏，宏没有运行，也没有读取。"))
    for name, path, hidden in _sheets(archive, workbook):
        if hidden:
            losses.append(Loss(kind=LossKind.IGNORED, message=f"工作表“{name}”是隐藏的，没有读取。", locator=name))
            continue
        sheet = _part(archive, path)
        if sheet is not None:
            items.extend(_items(name, sheet, book))
    return RawDocument(tuple(items), losses=tuple(losses))


def _part(archive: Archive, name: str) -> _Element | None:
    content = archive.read(name)
    if content is None:
        return None
    return parse_xml(content.replace(_STRICT, _S.encode()[1:-1]) if _STRICT in content[:4000] else content)


def _sheets(archive: Archive, workbook: _Element) -> Iterator[tuple[str, str, bool]]:
    """Name, part and whether hidden, of each sheet in order."""
    relations = _part(archive, "xl/_rels/workbook.xml.rels")
    targets = {item.get("Id", ""): item.get("Target", "") for item in relations.iter(f"{_P}Relationship")} if relations is not None else {}
    for sheet in workbook.iter(f"{_S}sheet"):
        target = targets.get(sheet.get(_R, ""), "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        yield sheet.get("name", "工作表"), path, sheet.get("state", "visible") != "visible"


def _shared(archive: Archive) -> Iterator[str]:
    root = _part(archive, "xl/sharedStrings.xml")
    for item in root.iter(f"{_S}si") if root is not None else ():
        yield _text(item)


def _text(item: _Element) -> str:
    """The text of a rich text element without phonetic guides."""
    return "".join(node.text or "" for node in item.iter(f"{_S}t") if (run := node.getparent()) is not None and run.tag != f"{_S}rPh")


def _formats(archive: Archive) -> Iterator[str]:
    root = _part(archive, "xl/styles.xml")
    if root is None:
        return
    codes = {item.get("numFmtId", ""): item.get("formatCode", "") for item in root.iter(f"{_S}numFmt")}
    styles = root.find(f"{_S}cellXfs")
    for style in styles if styles is not None else ():
        number = style.get("numFmtId", "0")
        code = _LITERAL.sub("", codes.get(number, ""))
        if "%" in code or number in {"9", "10"}:
            yield "percent"
        elif (number.isdigit() and int(number) in _DATE_FORMATS) or (code and code.lower() != "general" and _DATE_CODE.search(code)):
            yield "date"
        else:
            yield ""


def _items(name: str, sheet: _Element, book: _Book) -> Iterator[Paragraph | RawTable]:
    places = _places(sheet, book)
    if not places:
        return
    rows, columns = max(row for row, _ in places) + 1, max(column for _, column in places) + 1
    drawn = _drawn_rows(sheet)
    rows += rows in drawn
    if rows > _MOST_ROWS or columns > _MOST_COLUMNS or rows * columns > MOST_CELLS:
        raise UnreadableFile(f"工作表“{name}”过大（{rows} 行 × {columns} 列），不像年度报告的表格。", "请只保留三张报告表后再试。")
    spans, covered = _merged(sheet, rows, columns)
    waiting: list[list[RawCell]] = []
    for row in range(rows):
        cells = [
            RawCell(row, column, *spans.get((row, column), (1, 1)), places.get((row, column), ""), f"{name}!{_letters(column)}{row + 1}")
            for column in range(columns)
            if (row, column) not in covered
        ]
        printed = [cell for cell in cells if cell.text.strip()]
        if len(printed) == 1 and _is_text(printed[0].text):
            yield from _table(waiting, name, drawn)
            waiting = []
            yield Paragraph(printed[0].text.strip(), printed[0].locator)
        else:
            waiting.append(cells)
    yield from _table(waiting, name, drawn)


def _drawn_rows(sheet: _Element) -> set[int]:
    """Rows in which cells have a look of their own, such as borders, whether anything is written in them or not."""
    return {place[0] for cell in sheet.iter(f"{_S}c") if cell.get("s", "0") != "0" and (place := _place(cell.get("r", "")))}


def _is_text(text: str) -> bool:
    return len(text) > _LONG or bool(heading_of(text) or is_cover(text) or is_date(text) or parse_title(text))


def _table(rows: list[list[RawCell]], name: str, drawn: set[int]) -> Iterator[RawTable]:
    """The rows as one table, blank rows at either end left out; one that is drawn below the last printed row is its last row."""
    while rows and not any(cell.text.strip() for cell in rows[-1]):
        blank = rows.pop()
        if rows and blank and blank[0].row in drawn and any(cell.text.strip() for cell in rows[-1]):
            rows.append(blank)
            break
    while rows and not any(cell.text.strip() for cell in rows[0]):
        rows.pop(0)
    if rows:
        first = rows[0][0].row
        last = len(rows)
        yield RawTable(
            tuple(
                RawCell(
                    cell.row - first, cell.column, min(cell.row_span, last - cell.row + first), cell.column_span, cell.text, cell.locator
                )
                for line in rows
                for cell in line
            ),
            name,
        )


def _places(sheet: _Element, book: _Book) -> Places:
    found: Places = {}
    for cell in sheet.iter(f"{_S}c"):
        place = _place(cell.get("r", ""))
        text = _cell_text(cell, book)
        if place and text.strip():
            found[place] = text
            if len(found) > MOST_CELLS:
                raise UnreadableFile("工作表单元格过多，已拒绝读取。", "请只保留三张报告表后再试。")
    return found


def _cell_text(cell: _Element, book: _Book) -> str:
    kind, value, formula = cell.get("t", "n"), cell.findtext(f"{_S}v"), cell.find(f"{_S}f")
    if kind == "inlineStr":
        inline = cell.find(f"{_S}is")
        return _text(inline) if inline is not None else ""
    if value is None:
        return f"={formula.text or ''}（公式没有计算结果）" if formula is not None else ""
    if kind == "s":
        return book.texts[int(value)] if value.isdigit() and int(value) < len(book.texts) else ""
    if kind != "n":
        return value if kind != "b" else "逻辑值"
    return _number(value, book.formats[int(style)] if (style := cell.get("s", "0")).isdigit() and int(style) < len(book.formats) else "")


def _number(value: str, form: str) -> str:
    """A stored number as printed in full; numbers shown as dates or percentages are marked, they are no counts."""
    try:
        number = float(value)
    except ValueError:
        return value
    if form == "date":
        return f"{value}（日期格式）"
    if form == "percent":
        return f"{number * 100:g}%"
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else format(Decimal(repr(number)), "f")


def _merged(sheet: _Element, rows: int, columns: int) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    """Spans of the first cells of merged ranges, and the places the ranges cover otherwise."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for merge in sheet.iter(f"{_S}mergeCell"):
        first, _, last = merge.get("ref", "").partition(":")
        start, end = _place(first), _place(last)
        if start is None or end is None or start[0] >= rows or start[1] >= columns or end < start or start in covered:
            continue
        bottom, right = min(end[0], rows - 1), min(end[1], columns - 1)
        inside = {(row, column) for row in range(start[0], bottom + 1) for column in range(start[1], right + 1)} - {start}
        if inside & (covered | set(spans)):
            continue
        spans[start] = (bottom - start[0] + 1, right - start[1] + 1)
        covered |= inside
    return spans, covered


def _place(reference: str) -> tuple[int, int] | None:
    found = _REFERENCE.match(reference)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def _letters(column: int) -> str:
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text
