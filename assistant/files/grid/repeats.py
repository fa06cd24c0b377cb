"""Merged cells whose text was repeated in every place they covered (by converters, or on the way through a text table), as one cell again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.files.grid.labels import vocabulary
from assistant.files.grid.numbers import looks_like_value
from assistant.files.raw import RawCell, RawTable

_LONGEST_VALUE = 16

_Run = tuple[int, int]  # first column, first column to the right


def unrepeated(table: RawTable) -> RawTable:
    """`table` with equal labels side by side as one label, and with the values below a label of 表二 that was repeated likewise. Below one
    another only labels of the heads are one, and only where labels were repeated side by side as well: equal rows are two rows."""
    rows: list[list[RawCell]] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        rows[cell.row].append(cell)
    if not any(_same_label(left, right) for row in rows for left, right in pairwise(row)):
        return table
    merged: list[list[RawCell]] = []
    heads: list[_Run] = []
    for row in rows:
        joined = _joined(row, heads)
        found = [(cell.column, cell.end) for cell in joined if vocabulary().any_stacked_column.find(cell.text) and cell not in row]
        heads = found if found or _is_head(joined) else heads
        merged.append(joined)
    return RawTable(tuple(_below_one_another(merged)), table.locator)


def _is_label(text: str) -> bool:
    return bool(text) and not (len(text) < _LONGEST_VALUE and looks_like_value(text))


def _same_label(left: RawCell, right: RawCell) -> bool:
    return left.text == right.text and left.end == right.column and left.row_span == right.row_span and _is_label(left.text.strip())


def _joined(row: Sequence[RawCell], heads: Sequence[_Run]) -> list[RawCell]:
    """A row with equal labels side by side joined, and the equal values that fill the columns of one repeated head."""
    found: list[RawCell] = []
    for cell in row:
        if found and _same_label(found[-1], cell):
            found[-1] = found[-1]._replace(column_span=cell.end - found[-1].column)
        else:
            found.append(cell)
    for start, end in heads:
        below = [cell for cell in found if start <= cell.column and cell.end <= end]
        if (
            len(below) > 1
            and len({(cell.text, cell.row_span) for cell in below}) == 1
            and sum(cell.column_span for cell in below) == end - start
        ):
            at = found.index(below[0])
            found[at : at + len(below)] = [below[0]._replace(column_span=end - start)]
    return found


def _is_head(row: Sequence[RawCell]) -> bool:
    words = vocabulary()
    return any(words.any_stacked_column.find(cell.text) or words.blocks.find(cell.text) for cell in row)


def _below_one_another(rows: Sequence[Sequence[RawCell]]) -> Iterator[RawCell]:
    """All cells, with a head label that is printed again straight below itself as one cell."""
    open_heads: dict[_Run, RawCell] = {}
    for row in rows:
        still: dict[_Run, RawCell] = {}
        for cell in row:
            place = (cell.column, cell.end)
            above = open_heads.pop(place, None)
            if above is not None and above.text == cell.text and above.row + above.row_span == cell.row:
                still[place] = above._replace(row_span=above.row_span + cell.row_span)
                continue
            if above is not None:
                yield above
            if _is_head_label(cell.text):
                still[place] = cell
            else:
                yield cell
        yield from (cell for place, cell in open_heads.items() if not _spans_on(cell, row))
        open_heads = still | {place: cell for place, cell in open_heads.items() if _spans_on(cell, row)}
    yield from open_heads.values()


def _spans_on(cell: RawCell, row: Sequence[RawCell]) -> bool:
    """Whether a head covers places of this row, so that the next row may go on with it."""
    return bool(row) and cell.row + cell.row_span > row[0].row + 1


def _is_head_label(text: str) -> bool:
    words = vocabulary()
    sets = (words.matrix_heads, words.matrix_columns, words.dispute_columns, words.dispute_groups, words.dispute_parents)
    return any(labels.find(text) for labels in sets)
