"""The header of 表三: which cells are column heads."""

from __future__ import annotations

from assistant.files.grid.labels import vocabulary
from assistant.files.grid.numbers import looks_like_value
from assistant.files.grid.placement import Placement
from assistant.files.raw import RawCell

Columns = dict[str, RawCell]
"""Head cells by column of the form."""

_LONGEST_VALUE = 16
_DISTINCT = {"t3.column.person", "t3.column.business", "t3.column.research", "t3.column.public_interest", "t3.column.legal_service"}


def head_row(row: list[RawCell], index: int) -> Columns | None:
    """The column heads that begin in this row, or None when it is no header row."""
    words = vocabulary()
    own = [cell for cell in row if cell.row == index and cell.text.strip()]
    keys = {id(cell): words.matrix_columns.find(cell.text) for cell in own}
    heads = {id(cell): words.matrix_heads.find(cell.text) for cell in own}
    if not any(key in _DISTINCT for key in keys.values()) and not any(heads.values()):
        return None
    if any(len(cell.text) < _LONGEST_VALUE and looks_like_value(cell.text) for cell in own):
        return None  # a row of values whose label happens to be that of a column
    found: Columns = {}
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
