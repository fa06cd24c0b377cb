"""Reading registers (台账) from .xlsx, .xls and .csv: `read_register(path)`.

Columns are recognised by curated names and shown as a mapping that a person may change; lines that are no entries are listed;
what cannot be read is kept beside the row. Names, contacts and contents are hashed at once and never leave this module in clear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any, get_args

from assistant.domain.register import AnyRow, ColumnMapping, Register, RegisterKind, Skipped
from assistant.errors import UnreadableFile, UnreadableRegister
from assistant.files.register_columns import amounts_in_ten_thousands, find_header, mapping_of, missing_fields, register_words
from assistant.files.register_limits import RegisterFile, load_file
from assistant.files.register_rows import RowBuilder
from assistant.files.register_sheets import Sheet, open_sheets

_HEADER_DEPTH = 30
_BATCH = 4096
_PERSON = re.compile(r"[\u4e00-\u9fff]{2,4}")
_YEAR = re.compile(r"(20\d{2})年")


def read_register(
    source: Path | RegisterFile, kind: RegisterKind = "applications", *, year: int | None = None, choices: Mapping[str, str] | None = None
) -> Register:
    """The register in a file, given by path or as name and bytes.

    `year` completes dates that are written without one (else a year named in the title, sheet or file). `choices` maps
    header texts to fields (or to `ignore`) and wins over recognition. Raises `UnreadableFile`, and `UnreadableRegister` when
    no sheet has the columns that counting needs.
    """
    file = load_file(source) if isinstance(source, Path) else source
    return _read(file, _opened(file), kind, year, choices or {})


def read_registers(
    source: Path | RegisterFile, *, year: int | None = None, choices: Mapping[RegisterKind, Mapping[str, str]] | None = None
) -> tuple[Register, ...]:
    """Every register in a file, one per kind: a workbook may hold applications, disputes, documents and decisions on sheets of their own.

    A sheet belongs to the kind whose columns it has; where several fit, to the one of which it has most. `choices` maps headers to
    fields, by kind. Raises as `read_register`.
    """
    file, given = load_file(source) if isinstance(source, Path) else source, choices or {}
    opened = _opened(file)
    kinds = [_kind_of(sheet, head, file.stem, given) for sheet, head in opened]
    if not any(kinds):
        chosen = given.get("applications", {})
        raise _refusal(file, "applications", [_read_sheet(sheet, head, "applications", file, year, chosen) for sheet, head in opened])
    of_kind = {kind: [pair for pair, own in zip(opened, kinds, strict=True) if own == kind] for kind in get_args(RegisterKind)}
    return tuple(_read(file, pairs, kind, year, given.get(kind, {})) for kind, pairs in of_kind.items() if pairs)


def kind_of_file(file: RegisterFile) -> RegisterKind:
    """What kind of register a file is given as: applications where it holds any, else the first kind found. Raises as `read_register`."""
    kinds = [_kind_of(sheet, head, file.stem, {}) for sheet, head in _opened(file)]
    return "applications" if "applications" in kinds else next((kind for kind in kinds if kind), "applications")


_Opened = tuple[Sheet, list[list[Any]]]  # a sheet and its first lines


def _opened(file: RegisterFile) -> list[_Opened]:
    return [(sheet, list(islice(sheet.rows, _HEADER_DEPTH))) for sheet in open_sheets(file)]


def _kind_of(
    sheet: Sheet, head: Sequence[Sequence[Any]], file_stem: str, choices: Mapping[RegisterKind, Mapping[str, str]]
) -> RegisterKind | None:
    title = " ".join(
        [sheet.name, file_stem, *(str(value) for row in head[:3] for value in row if isinstance(value, str) and len(value) > 5)]
    )
    scores: dict[RegisterKind, int] = {}
    for kind in get_args(RegisterKind):
        header = find_header(head, sheet.spread, kind, choices.get(kind, {}))
        if header is not None and not missing_fields(header, kind):
            hinted = any(hint in title for hint in register_words().form(kind).hints)
            scores[kind] = len(header.columns) + (3 if hinted else 0)
    return max(scores, key=lambda kind: scores[kind], default=None)


def _read(file: RegisterFile, opened: Sequence[_Opened], kind: RegisterKind, year: int | None, choices: Mapping[str, str]) -> Register:
    readings = [_read_sheet(sheet, head, kind, file, year, choices) for sheet, head in opened]
    accepted = [reading for reading in readings if reading.usable]
    if not accepted:
        raise _refusal(file, kind, readings)
    rows = tuple(row for reading in accepted for row in reading.rows)
    if not rows:
        raise UnreadableRegister(
            f"台账“{file.name}”只有表头，没有登记记录。", "请确认导出的是填有记录的台账；本年没有收到申请的，可以不导入台账。"
        )
    return Register(
        kind=kind,
        file=file.name,
        sha256=file.sha256,
        rows=rows,
        mappings=tuple(reading.mapping for reading in accepted if reading.mapping),
        skipped=tuple(skipped for reading in readings for skipped in reading.skipped),
        notes=tuple(dict.fromkeys(note for reading in accepted for note in reading.notes)),
    )


class _SheetReading:
    """What came out of one sheet."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.mapping: ColumnMapping | None = None
        self.missing: tuple[str, ...] = ()
        self.rows: list[AnyRow] = []
        self.skipped: list[Skipped] = []
        self.notes: list[str] = []

    @property
    def usable(self) -> bool:
        """Whether the sheet has a header with every column that counting needs."""
        return self.mapping is not None and not self.missing


def _refusal(file: RegisterFile, kind: RegisterKind, readings: Sequence[_SheetReading]) -> UnreadableRegister | UnreadableFile:
    title = register_words().form(kind).title
    headed = [reading for reading in readings if reading.mapping is not None]
    if not headed:
        return UnreadableRegister(
            f"在“{file.name}”中没有找到{title}的表头（查看了{len(readings)}个工作表各前{_HEADER_DEPTH}行）。",
            "请确认文件是台账，并且有一行列名，例如“收到日期、申请人类型、答复日期、办理结果”。",
        )
    best = min(headed, key=lambda reading: len(reading.missing))
    known = "、".join(f"{column.header}（{column.column}列）" for column in best.mapping.columns) if best.mapping else ""
    unused = f"没有用到的列：{'、'.join(best.mapping.unused)}。" if best.mapping and best.mapping.unused else ""
    missing = "、".join(f"“{title}”" for title in best.missing)
    return UnreadableRegister(
        f"台账“{file.name}”工作表“{best.name}”缺少{missing}列，不能统计。已认出：{known}。{unused}",
        f"请在台账中补上{missing}列，或者在列对应关系中指定哪一列是{missing}。",
    )


def _read_sheet(
    sheet: Sheet, head: list[list[Any]], kind: RegisterKind, file: RegisterFile, year: int | None, choices: Mapping[str, str]
) -> _SheetReading:
    reading = _SheetReading(sheet.name)
    header = find_header(head, sheet.spread, kind, choices)
    if header is None:
        if any(value != "" for row in head for value in row):
            reading.skipped.append(Skipped(locator=sheet.name, reason="没有找到表头，整个工作表未读取。"))
        return reading
    reading.mapping = mapping_of(header, sheet.name, kind, sheet.offset)
    reading.missing = missing_fields(header, kind)
    if reading.missing:
        reading.skipped.append(Skipped(locator=sheet.name, reason=f"缺少{'、'.join(reading.missing)}列，整个工作表未读取。"))
        return reading
    context_year = year or _year_named(head[: header.first], sheet.name, file.stem)
    builder = RowBuilder(kind, sheet, header, context_year, bytes.fromhex(file.sha256), amounts_in_ten_thousands(header, head))
    _collect(builder, chain(enumerate(head[header.last + 1 :], header.last + 1), enumerate(sheet.rows, len(head))), reading)
    return reading


def _year_named(rows: Sequence[Sequence[Any]], sheet_name: str, file_stem: str) -> int | None:
    texts = [str(value) for row in rows for value in row if isinstance(value, str)]
    years = {int(found) for text in [*texts, sheet_name, file_stem] for found in _YEAR.findall(text)}
    return years.pop() if len(years) == 1 else None


def _collect(builder: RowBuilder, rows: Iterator[tuple[int, list[Any]]], reading: _SheetReading) -> None:
    while batch := list(islice(rows, _BATCH)):
        for made in builder.batch(batch):
            if isinstance(made, Skipped):
                reading.skipped.append(made)
            else:
                reading.rows.append(made)
    if builder.completed:
        reading.notes.append(f"工作表“{reading.name}”有{builder.completed}个日期没有写年份，按{builder.year}年计。")
    if builder.in_ten_thousands:
        reading.notes.append(f"工作表“{reading.name}”的金额以万元为单位。")


def applicant_names(source: Path | RegisterFile) -> frozenset[str]:
    """Names of natural persons in a register of applications, only for finding them in a text before it is published.

    They are read for that moment and kept nowhere. Names that are no two to four Chinese characters are left out.
    """
    file = load_file(source) if isinstance(source, Path) else source
    found: set[str] = set()
    for sheet, head in _opened(file):
        header = find_header(head, sheet.spread, "applications", {})
        column = header.columns.get("applicant") if header else None
        if header is not None and column is not None:
            values = (row[column[0]] for row in chain(head[header.last + 1 :], sheet.rows) if column[0] < len(row))
            found |= {name for value in values if _PERSON.fullmatch(name := str(value).strip())}
    return frozenset(found)
