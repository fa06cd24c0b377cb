"""The header of 表三: which cells are column heads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from assistant.files.grid.labels import vocabulary
from assistant.files.grid.numbers import looks_like_value
from assistant.files.grid.placement import Placement
from assistant.files.raw import RawCell

_LONGEST_VALUE = 16
_DISTINCT = {"t3.column.person", "t3.column.business", "t3.column.research", "t3.column.public_interest", "t3.column.legal_service"}


@dataclass(frozen=True)
class Columns:
    """The head cells that hold for a row, by column of the form."""

    heads: Mapping[str, RawCell] = field(default_factory=dict)
    _above: dict[tuple[int, int], tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def first(self) -> int:
        """Where the value columns begin."""
        return min(cell.column for cell in self.heads.values())

    def above(self, cell: RawCell) -> tuple[str, ...]:
        """The columns whose heads stand above any part of `cell`; the rows of a table share a few places."""
        place = (cell.column, cell.end)
        found = self._above.get(place)
        if found is None:
            found = tuple(key for key, head in self.heads.items() if cell.column < head.end and head.column < cell.end)
            self._above[place] = found
        return found


def head_row(row: list[RawCell], index: int) -> dict[str, RawCell] | None:
    """The column heads that begin in this row, or None when it is no header row."""
    words = vocabulary()
    own = [cell for cell in row if cell.row == index and cell.text.strip()]
    keys = {id(cell): words.matrix_columns.find(cell.text) for cell in own}
    heads = {id(cell): words.matrix_heads.find(cell.text) for cell in own}
    if not any(key in _DISTINCT for key in keys.values()) and not any(heads.values()):
        return None
    if any(len(cell.text) < _LONGEST_VALUE and looks_like_value(cell.text) for cell in own):
        return None  # a row of values whose label happens to be that of a column
    found: dict[str, RawCell] = {}
    for cell in own:
        key = keys[id(cell)]
        if key is None and not heads[id(cell)] and cell.column_span == 1:
            key = words.matrix_columns.nearest(cell.text)
        column = key.removeprefix("t3.column.") if key else ""
        if key and (column not in found or cell.column_span < found[column].column_span):
            found[column] = cell
    return found


def note_heads(row: list[RawCell], index: int, placement: Placement, noted: set[tuple[int, int]]) -> None:
    """Note the labels of a header row as printed, each cell once."""
    words = vocabulary()
    for cell in row:
        if cell.row != index or not cell.text.strip() or (cell.row, cell.column) in noted:
            continue
        noted.add((cell.row, cell.column))
        key = words.matrix_columns.find(cell.text) or words.matrix_heads.match(cell.text) or words.matrix_columns.nearest(cell.text)
        if key:
            placement.label(key, cell)
