"""Which column of a sheet is what: header rows are found and their labels matched by curated names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from assistant.data_files import load_data
from assistant.domain.base import Frozen
from assistant.domain.register import ColumnMapping, FieldColumn, RegisterKind

IGNORE = "ignore"  # a person's choice for a column that means nothing to us
_BRACKETS = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]")
_IN_TEN_THOUSANDS = re.compile(r"单位\s*[:：]?\s*(?:人民币)?\s*万元")
_NOISE = re.compile(r"[\s:：、,，.。*/／\-—]+")
FieldType = Literal["date", "text", "number", "yes_no", "count", "amount", "days", "hash", "delivery", "tick"]


class Field(Frozen):
    """One field of a register: its Chinese name, how its values are read, and the headers under which it is found."""

    title: str
    type: FieldType
    names: tuple[str, ...]
    like: tuple[str, ...] = ()


class RegisterForm(Frozen):
    """The fields of one kind of register, those without which counting is impossible, and words that give the kind away."""

    hints: tuple[str, ...]
    title: str
    required: tuple[str, ...]
    fields: dict[str, Field]


class RegisterWords(Frozen):
    """Everything in the column file."""

    affirmative: tuple[str, ...]
    negative: tuple[str, ...]
    blank: tuple[str, ...]
    not_entries: tuple[str, ...]
    delivery_ways: dict[str, tuple[str, ...]]
    applications: RegisterForm
    disputes: RegisterForm
    normative: RegisterForm
    decisions: RegisterForm

    def form(self, kind: RegisterKind) -> RegisterForm:
        """The form of one kind of register."""
        found: RegisterForm = getattr(self, kind)
        return found


@cache
def register_words() -> RegisterWords:
    """The shipped column names and words."""
    return load_data("assistant.files", "data/register_columns.yaml", RegisterWords)


def fold_header(text: Any) -> str:
    """A header without width differences, blanks, bracketed remarks and punctuation; 时间 reads as 日期."""
    folded = _BRACKETS.sub("", unicodedata.normalize("NFKC", str(text)))
    return _NOISE.sub("", folded).lower().replace("时间", "日期")


@cache
def _names(kind: RegisterKind) -> dict[str, tuple[int, str]]:
    """Folded header → (rank among the names of its field, field)."""
    found: dict[str, tuple[int, str]] = {}
    for field_id, field in register_words().form(kind).fields.items():
        for rank, name in enumerate(field.names):
            found.setdefault(fold_header(name), (rank, field_id))
    return found


@cache
def _patterns(kind: RegisterKind) -> tuple[tuple[re.Pattern[str], str], ...]:
    form = register_words().form(kind)
    return tuple((re.compile(pattern), field_id) for field_id, field in form.fields.items() for pattern in field.like)


@dataclass(frozen=True)
class Header:
    """A recognised header: its first and last row (from 0), the labels by column, and field → (column, header text, how)."""

    first: int
    last: int
    labels: tuple[str, ...]
    columns: Mapping[str, tuple[int, str, Literal["name", "pattern", "choice"]]]


def find_header(
    rows: Sequence[Sequence[Any]], spread: Mapping[tuple[int, int], Any], kind: RegisterKind, choices: Mapping[str, str]
) -> Header | None:
    """The header among the first rows of a sheet: the row, or pair of rows, in which most fields are recognised.

    `spread` gives the value of a merged range for every cell in it. None when no row names at least two fields.
    """
    labels = [_labels(rows, spread, index) for index in range(len(rows))]
    single = [_match(index, index, [[label] for label in line], kind, choices) for index, line in enumerate(labels)]
    double = [
        _match(index, index + 1, [_readings(*pair) for pair in zip(labels[index], labels[index + 1], strict=False)], kind, choices)
        for index in range(len(rows) - 1)
        if _may_continue(rows[index + 1])
    ]
    best = max(single + double, key=lambda header: len(header.columns), default=None)  # of equals the first: one line before two
    return best if best is not None and len(best.columns) >= 2 else None


def _may_continue(row: Sequence[Any]) -> bool:
    return all(isinstance(value, str) for value in row) and not any(re.search(r"\d{4}", value) for value in row if value)


def _labels(rows: Sequence[Sequence[Any]], spread: Mapping[tuple[int, int], Any], index: int) -> list[str]:
    return [str(spread.get((index, column), value)).strip() for column, value in enumerate(rows[index])]


def _readings(upper: str, lower: str) -> list[str]:
    """What a column under two header lines may be called, most specific first."""
    return [upper] if upper == lower or not lower else [f"{upper}{lower}", lower, upper] if upper else [lower]


def _match(first: int, last: int, readings: Sequence[Sequence[str]], kind: RegisterKind, choices: Mapping[str, str]) -> Header:
    claims: dict[str, tuple[tuple[int, int], int, str, Literal["name", "pattern", "choice"]]] = {}
    for column, labels in enumerate(readings):
        hit = _recognise(labels, kind, choices)
        if hit is None:
            continue
        field, rank, how = hit
        priority = ({"choice": 0, "name": 1, "pattern": 2}[how], rank)
        if field not in claims or priority < claims[field][0]:
            claims[field] = (priority, column, labels[0], how)
    columns = {field: (column, label, how) for field, (_, column, label, how) in claims.items()}
    return Header(first=first, last=last, labels=tuple(labels[0] for labels in readings), columns=columns)


def _recognise(
    labels: Sequence[str], kind: RegisterKind, choices: Mapping[str, str]
) -> tuple[str, int, Literal["name", "pattern", "choice"]] | None:
    chosen = next((choices[label] for label in labels if label in choices), None)
    if chosen is not None:
        return None if chosen == IGNORE else (chosen, 0, "choice")
    folded = [fold_header(label) for label in labels if label]
    for label in folded:
        if label in _names(kind):
            rank, field = _names(kind)[label]
            return field, rank, "name"
    for label in folded:
        fields = {field for pattern, field in _patterns(kind) if pattern.search(label)}
        if len(fields) == 1:
            return fields.pop(), 0, "pattern"
    return None


def mapping_of(header: Header, sheet: str, kind: RegisterKind, offset: int) -> ColumnMapping:
    """The header as shown to a person; `offset` is the sheet's first column."""
    form, used = register_words().form(kind), {column for column, _, _ in header.columns.values()}
    columns = tuple(
        FieldColumn(field=field, title=form.fields[field].title, header=label, column=column_letters(column + offset), by=how)
        for field, (column, label, how) in sorted(header.columns.items(), key=lambda item: item[1][0])
    )
    unused = tuple(label for column, label in enumerate(header.labels) if label and column not in used)
    return ColumnMapping(sheet=sheet, header_rows=(header.first + 1, header.last + 1), columns=columns, unused=unused)


def missing_fields(header: Header, kind: RegisterKind) -> tuple[str, ...]:
    """Titles of required fields without a column; tick columns stand for the applicant category."""
    form = register_words().form(kind)
    present = {field.split(".")[0] for field in header.columns}
    return tuple(form.fields[field].title for field in form.required if field not in present)


def amounts_in_ten_thousands(header: Header, head: Sequence[Sequence[Any]]) -> bool:
    """Whether amounts are told in 万元: by the header of their column, else by a line above the header (`单位：万元`)."""
    _, label, _ = header.columns.get("amount", (0, "", ""))
    if "元" in label:
        return "万元" in label
    return bool(label) and any(_IN_TEN_THOUSANDS.search(str(value)) for row in head[: header.first] for value in row)


def column_letters(column: int) -> str:
    """`A` for 0, `AA` for 26."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
