"""Pieces of one printed table laid one below the other, row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.files.raw import RawCell, RawTable


@dataclass
class Board:
    """Rows of cells; a cell that spans rows stands in each of them. `placed` maps a cell's
    place (row, column) to the statutory cell it was read as."""

    rows: list[list[RawCell]]
    locator: str = ""
    placed: dict[tuple[int, int], str] = field(default_factory=dict)

    @property
    def width(self) -> int:
        """Number of grid columns."""
        return max((cell.end for row in self.rows for cell in row), default=0)

    @property
    def cells(self) -> tuple[RawCell, ...]:
        """Every cell once, in reading order."""
        return tuple(cell for index, row in enumerate(self.rows) for cell in row if cell.row == index)


def board_of(pieces: Sequence[RawTable]) -> Board:
    """Stack the pieces of a table."""
    rows: list[list[RawCell]] = []
    for piece in pieces:
        base = len(rows)
        rows.extend([] for _ in range(piece.rows))
        for cell in piece.cells:
            moved = cell._replace(row=cell.row + base) if base else cell
            for row in range(moved.row, moved.row + moved.row_span):
                rows[row].append(moved)
    for line in rows:
        line.sort(key=lambda cell: cell.column)
    return Board(rows, "、".join(dict.fromkeys(piece.locator for piece in pieces)))
