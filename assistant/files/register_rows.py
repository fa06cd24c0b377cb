"""Rows of a register from the raw values of a sheet: column by column where lines are plain, one by one where they are not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import repeat
from string import ascii_uppercase
from typing import Any

from assistant.domain.register import AnyRow, DecisionRow, DisputeRow, NormativeRow, RegisterKind, RegisterRow, Skipped
from assistant.files.register_columns import Header, column_letters, fold_header, register_words
from assistant.files.register_sheets import Sheet
from assistant.files.register_values import SPECIAL, ExtensionDate, Unread, Value, Yearless, masked, parsers

_ROWS: dict[RegisterKind, type[RegisterRow] | type[DisputeRow] | type[NormativeRow] | type[DecisionRow]] = {
    "applications": RegisterRow,
    "disputes": DisputeRow,
    "normative": NormativeRow,
    "decisions": DecisionRow,
}


class _Memo(dict[Any, Value]):
    """A parser that remembers: registers repeat their dates and wordings."""

    def __init__(self, parse: Callable[[Any], Value]) -> None:
        super().__init__()
        self._parse = parse

    def __missing__(self, raw: Any) -> Value:
        value = self._parse(raw)
        if len(self) < 20_000:
            self[raw] = value
        return value


class RowBuilder:
    """Turns the lines of one sheet into rows; `completed` counts the dates to which the year was added."""

    def __init__(
        self, kind: RegisterKind, sheet: Sheet, header: Header, year: int | None, salt: bytes, in_ten_thousands: bool = False
    ) -> None:
        self.kind, self.sheet, self.year, self.in_ten_thousands = kind, sheet, year, in_ten_thousands
        self.completed = 0
        words = register_words()
        fields, readers = words.form(kind).fields, parsers(salt, in_ten_thousands)
        self._plan = [(field, column, _Memo(readers[fields[field].type])) for field, (column, _, _) in header.columns.items()]
        self._dates = tuple(field for field in fields if field in header.columns and fields[field].type == "date")
        self._ticks = {field: fields[field].title for field in header.columns if "." in field}
        self._not_entries = {fold_header(word) for word in words.not_entries}
        self._labels = {(column, label) for column, label, _ in header.columns.values()}
        self._width = max(column for _, column, _ in self._plan) + 1
        self._uncomputed_rows = {int(cell.lstrip(ascii_uppercase)) - 1 for cell in sheet.scan.uncomputed}
        self._make = _ROWS[kind]

    def batch(self, lines: Sequence[tuple[int, list[Any]]]) -> Iterator[AnyRow | Skipped]:
        """The entries and the lines left out among `lines` (index from 0, values). Lines with a plain date are built column by
        column; a line that is merged, undated or has an odd value gets a closer look."""
        indices = [index for index, _ in lines]
        rows = [values if len(values) >= self._width else values + [""] * (self._width - len(values)) for _, values in lines]
        columns = {field: [parsed[row[column]] for row in rows] for field, column, parsed in self._plan}
        closer = self._needing_a_closer_look(indices, columns)
        for index, row, made in zip(indices, rows, self._plain_rows(indices, columns), strict=True):
            if index not in closer:
                yield made
            elif (found := self._line(index, row)) is not None:
                yield found

    def _needing_a_closer_look(self, indices: Sequence[int], columns: Mapping[str, Sequence[Any]]) -> set[int]:
        if self._ticks or not self._dates:
            return set(indices)
        odd = {index for index, value in zip(indices, columns[self._dates[0]], strict=True) if type(value) is not date}
        for values in columns.values():
            if not SPECIAL.isdisjoint(map(type, values)):
                odd |= {index for index, value in zip(indices, values, strict=True) if type(value) in SPECIAL}
        merged = {index for index, _ in self.sheet.spread}
        return odd | (merged | self._uncomputed_rows).intersection(indices)

    def _plain_rows(self, indices: Sequence[int], columns: Mapping[str, Sequence[Any]]) -> Iterator[AnyRow]:
        prefix = f"{self.sheet.name}!A"
        made: list[Any] = [[f"{prefix}{index + 1}" for index in indices]]
        for field in self._make._fields[1:]:
            default, values = self._make._field_defaults[field], columns.get(field)
            if values is None:
                made.append(repeat(default))
            else:
                made.append(values if default is None else [default if value is None else value for value in values])
        return map(self._make._make, zip(*made, strict=False))

    def _line(self, index: int, values: list[Any]) -> AnyRow | Skipped | None:
        if self.sheet.spread:
            values = [self.sheet.spread.get((index, column), value) if value == "" else value for column, value in enumerate(values)]
        data = {field: value for field, column, parsed in self._plan if (value := parsed[values[column]]) is not None and value != ""}
        data |= self._uncomputed(index, values)
        reason = None if any(type(data.get(field)) is date for field in self._dates) else self._not_an_entry(values, data)
        if reason is None:
            return self._row(index, data)
        return Skipped(locator=self._locator(index), reason=reason) if reason else None

    def _locator(self, index: int) -> str:
        return f"{self.sheet.name}!A{index + 1}"

    def _uncomputed(self, index: int, values: Sequence[Any]) -> dict[str, Any]:
        if index not in self._uncomputed_rows:
            return {}
        cells = {
            field: f"{column_letters(column + self.sheet.offset)}{index + 1}"
            for field, column, _ in self._plan
            if values[column] in ("", 0)
        }
        hits = [field for field, cell in cells.items() if cell in self.sheet.scan.uncomputed]
        return dict.fromkeys(hits, Unread("公式没有计算结果，请在 Excel 中打开并保存一次"))

    def _not_an_entry(self, values: Sequence[Any], data: Mapping[str, Any]) -> str | None:
        """For a line without a date: None for an entry, an empty text for an empty line, else why the line is no entry."""
        filled = [value for value in values if value != ""]
        if not filled:
            return ""
        first = str(filled[0])
        word = fold_header(re.split(r"[:：]", first, maxsplit=1)[0])
        if word in self._not_entries or fold_header(first) in self._not_entries:
            return f"“{word}”行不是登记记录。"
        if len(set(map(str, filled))) == 1 and len(self._plan) > 1 and isinstance(filled[0], str):
            return "整行只有一处文字，按标题或说明处理。"
        if sum((column, str(values[column]).strip()) in self._labels for _, column, _ in self._plan) >= 2:
            return "重复的表头。"
        told = any(value is not False for field, value in data.items() if field != "number")
        return None if told else "只有序号，没有内容。"

    def _row(self, index: int, data: dict[str, Any]) -> AnyRow:
        unread: list[tuple[str, str]] = []
        for field in [field for field, value in data.items() if type(value) in SPECIAL]:
            self._settle(data, field, data.pop(field), unread)
        ticked = [title for field, title in self._ticks.items() if data.pop(field, False)]
        if ticked and "category" not in data:
            data["category"] = "、".join(ticked)
        return self._make(locator=self._locator(index), unread=tuple(unread), **data)

    def _settle(self, data: dict[str, Any], field: str, value: Value, unread: list[tuple[str, str]]) -> None:
        if isinstance(value, ExtensionDate):
            data.setdefault("extension_notice", value.day)
        elif isinstance(value, Yearless):
            completed = self._complete(field, value, data)
            if completed is None:
                unread.append((field, f"{value.month}月{value.day}日（没有年份）"))
            else:
                data[field] = completed
        elif isinstance(value, Unread):
            unread.append((field, masked(value.text)))

    def _complete(self, field: str, value: Yearless, data: Mapping[str, Any]) -> date | None:
        """The date in the register's year; None when no year is named, or when it would lie before the receipt."""
        if self.year is None or (field == "received" and data.get("carried_in")):
            return None
        try:
            day = date(self.year, value.month, value.day)
        except ValueError:
            return None
        received = data.get("received")
        if field != "received" and isinstance(received, date) and day < received:
            return None
        self.completed += 1
        return day
