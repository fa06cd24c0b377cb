"""The sheets of a register file as plain rows: .xlsx, .xls and .csv."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from itertools import chain, islice
from typing import Any

from assistant.errors import UnreadableFile
from assistant.files.register_limits import RegisterFile, SheetScan, refuse_encrypted, refuse_size, scan_workbook

_MAX_COLUMNS = 500


@dataclass
class Sheet:
    """One sheet. `rows` can be run through once; row and column indices count from 0, `offset` is the sheet's first column.

    `spread` gives, for merged ranges, the value of the range for each of its cells; it is filled once `rows` has passed the
    range's first row.
    """

    name: str
    rows: Iterator[list[Any]]
    offset: int = 0
    scan: SheetScan = field(default_factory=SheetScan)
    spread: dict[tuple[int, int], Any] = field(default_factory=dict)


def open_sheets(file: RegisterFile) -> tuple[Sheet, ...]:
    """The sheets of a register file. Raises `UnreadableFile` with what is wrong and what to do."""
    refuse_size(file.name, len(file.data))
    if file.suffix in (".csv", ".txt", ".tsv"):
        return (_csv_sheet(file),)
    refuse_encrypted(file)
    return _workbook_sheets(file)


def _workbook_sheets(file: RegisterFile) -> tuple[Sheet, ...]:
    from python_calamine import CalamineError, CalamineWorkbook

    scans: Mapping[str, SheetScan] = scan_workbook(file) if file.data.startswith(b"PK") else {}
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(file.data))
        return tuple(_sheet(book.get_sheet_by_name(name), scans.get(name, SheetScan())) for name in book.sheet_names)
    except (CalamineError, OSError, ValueError) as error:
        raise UnreadableFile(
            f"文件“{file.name}”不能作为 Excel 工作簿读取，可能已损坏、加密，或者扩展名与内容不符。",
            "请用 Excel 或 WPS 打开后另存为 .xlsx 再导入。",
        ) from error


def _sheet(source: Any, scan: SheetScan) -> Sheet:
    offset = source.start[1] if source.start else 0
    sheet = Sheet(name=source.name, rows=iter(()), offset=offset, scan=scan)
    merges = {top: (top, bottom) for top, bottom in source.merged_cell_ranges or ()}
    sheet.rows = _spreading(source.iter_rows(), merges, sheet) if source.start else iter(())
    return sheet


def _spreading(rows: Iterable[list[Any]], merges: Mapping[tuple[int, int], Any], sheet: Sheet) -> Iterator[list[Any]]:
    starts: dict[int, list[tuple[int, tuple[int, int]]]] = {}
    for (top, left), (_, bottom) in merges.items():
        starts.setdefault(top, []).append((left - sheet.offset, bottom))
    for index, row in enumerate(rows):
        for column, (last_row, last_column) in starts.get(index, ()):
            if 0 <= column < len(row):
                cells = (
                    (r, c) for r in range(index, min(last_row, index + 5000) + 1) for c in range(column, last_column - sheet.offset + 1)
                )
                sheet.spread.update(dict.fromkeys(cells, row[column]))
        yield row


def _csv_sheet(file: RegisterFile) -> Sheet:
    text = _decode(file)
    sample = text[:20000]
    delimiter = max(",\t;|", key=sample.count)
    csv.field_size_limit(1_000_000)
    rows = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    first = list(islice(rows, 1))
    if first and len(first[0]) > _MAX_COLUMNS:
        raise UnreadableFile(f"文件“{file.name}”的列数异常（{len(first[0])}列）。", "请核对文件是否为台账。")
    return Sheet(name=file.stem, rows=_csv_rows(file, chain(first, rows)))


def _csv_rows(file: RegisterFile, rows: Iterable[list[str]]) -> Iterator[list[Any]]:
    try:
        yield from rows
    except csv.Error as error:
        raise UnreadableFile(f"文件“{file.name}”不是完整的 CSV 文件：{error}。", "请重新导出，或者另存为 .xlsx 再导入。") from error


def _decode(file: RegisterFile) -> str:
    data = file.data
    for encoding in ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise UnreadableFile(f"文件“{file.name}”的文字编码无法识别。", "请另存为 UTF-8 编码的 CSV，或者另存为 .xlsx 再导入。")
