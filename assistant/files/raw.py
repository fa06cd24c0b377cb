"""What every reader hands over: paragraphs and tables in reading order, before anything is understood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

from assistant.domain.report import Loss

Format = Literal["text", "docx", "doc", "html", "pdf", "xlsx", "json", "scan", "typed"]


class Paragraph(NamedTuple):
    """A paragraph as printed, without leading and trailing spaces."""

    text: str
    locator: str = ""


class RawCell(NamedTuple):
    """A cell of a table after spans were resolved: zero-based place of its top left corner, spans ≥ 1, text with line breaks."""

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    text: str = ""
    locator: str = ""

    @property
    def end(self) -> int:
        """First column to the right of the cell."""
        return self.column + self.column_span


@dataclass(frozen=True)
class RawTable:
    """A table as printed. Cells never overlap; places without a cell are holes."""

    cells: tuple[RawCell, ...]
    locator: str = ""

    @cached_property
    def rows(self) -> int:
        """Number of rows."""
        return max((cell.row + cell.row_span for cell in self.cells), default=0)

    @property
    def columns(self) -> int:
        """Number of grid columns."""
        return max((cell.end for cell in self.cells), default=0)


class RawDocument(NamedTuple):
    """A file as read. `titles` are titles found outside the text (web page title, document properties), best first. `ocr` marks texts
    recognised from an image."""

    items: tuple[Paragraph | RawTable, ...]
    titles: tuple[str, ...] = ()
    losses: tuple[Loss, ...] = ()
    ocr: bool = False


@dataclass
class Occupied:
    """Places of a table that are taken, for resolving spans row by row."""

    taken: set[tuple[int, int]] = field(default_factory=set)

    def next_free(self, row: int, column: int) -> int:
        """The first free column of `row` from `column` on."""
        while (row, column) in self.taken:
            column += 1
        return column

    def take(self, cell: RawCell) -> None:
        """Mark the places of `cell` in rows below its first as taken."""
        if cell.row_span > 1:
            self.taken.update(_places(cell))


def _places(cell: RawCell) -> Iterator[tuple[int, int]]:
    for row in range(cell.row, cell.row + cell.row_span):
        for column in range(cell.column, cell.end):
            yield row, column
