"""Which rows of which printed tables belong to 表二, 表三 and 表四."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from assistant.domain.report import TableId
from assistant.files.grid.labels import vocabulary
from assistant.files.grid.numbers import looks_like_value
from assistant.files.raw import RawCell, RawTable
from assistant.forms import editions, load_form
from assistant.text.normalise import fold_label

_HEADER = fold_label(load_form(editions()[-1]).t2.header)
_LONGEST_LABEL = 60


class Segment(NamedTuple):
    """Rows of one table that belong together. `strong` counts labels that only this statutory table has."""

    table: TableId | None
    piece: RawTable
    strong: int
    opens: bool


class _RowTag(NamedTuple):
    table: TableId | None
    strong: int
    opens: bool


def segments(table: RawTable) -> list[Segment]:
    """Cut a printed table where rows of one statutory table end and those of another begin. A table without any statutory label is one
    segment of no table."""
    tags = [_tag(row) for row in _own_rows(table)]
    owner = next((tag.table for tag in tags if tag.table), None)
    if owner is None:
        return [Segment(None, table, 0, False)]
    owners: list[TableId] = []
    for tag in tags:
        owner = tag.table or owner
        owners.append(owner)
    found: list[Segment] = []
    start = 0
    for index in range(1, len(tags) + 1):
        if index == len(tags) or owners[index] != owners[start]:
            found.append(_segment(table, owners[start], start, index, tags[start:index]))
            start = index
    return found


def _segment(table: RawTable, owner: TableId | None, start: int, end: int, tags: Sequence[_RowTag]) -> Segment:
    strong = sum(tag.strong for tag in tags)
    piece = table if (start, end) == (0, table.rows) else _cut(table, start, end)
    enough = strong >= 2
    return Segment(owner if enough else None, piece, strong, any(tag.opens for tag in tags))


def _cut(table: RawTable, start: int, end: int) -> RawTable:
    kept = [
        cell._replace(row=cell.row - start, row_span=min(cell.row + cell.row_span, end) - cell.row)
        for cell in table.cells
        if start <= cell.row < end
    ]
    return RawTable(tuple(kept), table.locator)


def _own_rows(table: RawTable) -> list[list[RawCell]]:
    rows: list[list[RawCell]] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        if cell.text and not cell.text.isspace():
            rows[cell.row].append(cell)
    return rows


def _tag(row: Sequence[RawCell]) -> _RowTag:
    """The table whose labels stand in the row, how many of them it alone has, and whether it is the row that opens the table."""
    votes: dict[TableId, int] = {}
    opens = False
    for cell in row:
        text = cell.text
        if len(text) > _LONGEST_LABEL or (len(text) < 8 and looks_like_value(text)):
            continue
        owner, first, weight = _owner(text)
        if owner:
            votes[owner] = votes.get(owner, 0) + weight
            opens = opens or first
    if not votes:
        return _RowTag(None, 0, False)
    best = max(votes, key=lambda name: votes[name])
    return _RowTag(best, votes[best], opens)


@lru_cache(maxsize=4096)
def _owner(text: str) -> tuple[TableId | None, bool, int]:
    """The table whose label a text is, whether it opens the table, and how much it tells."""
    words = vocabulary()
    if key := words.blocks.find(text):
        return "t2", key == "t2.block.one", 2
    if fold_label(text) == _HEADER or words.any_stacked_column.find(text) or words.stacked_rows.find(text):
        return "t2", False, 1
    if key := words.matrix_rows.find(text):
        return ("t3", key == "t3.row.new", 1) if key not in {"t3.row.other.misc", "t3.row.processed"} else (None, False, 0)
    column = words.matrix_columns.find(text)
    if (column and column not in {"t3.column.total", "t3.column.other"}) or words.matrix_heads.find(text) or words.matrix_groups.find(text):
        return "t3", False, 1
    if key := words.dispute_groups.find(text):
        return "t4", key == "t4.group.reconsideration", 1
    if words.dispute_parents.find(text) or ((column := words.dispute_columns.find(text)) and column != "t4.column.total"):
        return "t4", False, 1
    return None, False, 0
