"""An annual report as read, filled or drafted: cells, sections, printed tables, and what could not be read."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any, Literal

from assistant.domain.base import Frozen
from assistant.domain.cell import Cell

EditionId = Literal["2019", "2021"]
TableId = Literal["t2", "t3", "t4"]


class SectionId(StrEnum):
    """The six sections of the form, in order."""

    OVERVIEW = "overview"
    DISCLOSURE = "disclosure"
    APPLICATIONS = "applications"
    DISPUTES = "disputes"
    PROBLEMS = "problems"
    OTHER = "other"


class Block(Frozen):
    """One paragraph of text. `id` is stable inside its report (`overview.3`, `preamble.1`, `signature.1`), counted from 1."""

    id: str
    text: str
    locator: str = ""


class Section(Frozen):
    """A section of the form with its heading as printed (number included) and its paragraphs; tables are kept in `Report.grids`."""

    id: SectionId
    heading: str
    blocks: tuple[Block, ...] = ()
    locator: str = ""

    @property
    def text(self) -> str:
        """The paragraphs joined by line breaks."""
        return "\n".join(block.text for block in self.blocks)


class GridCell(Frozen):
    """One printed cell of a table: zero-based row and column of its top left corner, and what it spans."""

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    text: str = ""
    cell: str | None = None  # id of the statutory cell that this one was placed as, if any


class Grid(Frozen):
    """A printed table after merged cells were resolved. `table` is None for a table of something else."""

    table: TableId | None
    locator: str
    cells: tuple[GridCell, ...]


class PrintedLabel(Frozen):
    """A statutory label as the report prints it. `key` is a row, column, group, block or heading key of the form
    (`t3.row.carried_out`, `t3.column.person`, `t4.group.direct`, `t2.block.five`, `t3.corner`, `section.disputes`)."""

    key: str
    expected: str
    printed: str
    match: Literal["exact", "folded", "synonym", "similar"]
    locator: str = ""


class LossKind(StrEnum):
    """Why something was not taken over as it stands."""

    UNREADABLE_CELL = "unreadable_cell"  # the cell is there, its text is no number
    MISSING_CELL = "missing_cell"  # the form has the cell, the table does not
    MISSING_TABLE = "missing_table"
    MISSING_SECTION = "missing_section"
    UNPLACED_ROW = "unplaced_row"  # a row whose label is not one of the form's
    UNPLACED_VALUE = "unplaced_value"  # a value that no label determines
    DUPLICATED_ROW = "duplicated_row"
    CONFLICT = "conflict"  # two readings of one cell
    WIDTH_MISMATCH = "width_mismatch"  # a row with more or fewer values than its header
    EXTRA_TABLE = "extra_table"
    IGNORED = "ignored"  # comments, headers, footers, images
    UNCERTAIN = "uncertain"  # read, but must be confirmed (OCR)


class Loss(Frozen):
    """Something that was not read, or was read with doubt. `cell` names the statutory cell where one is concerned; `message` is Chinese."""

    kind: LossKind
    message: str
    cell: str | None = None
    locator: str = ""


class Source(Frozen):
    """The file a report came from."""

    file: str
    sha256: str
    format: Literal["text", "docx", "doc", "html", "pdf", "xlsx", "json", "scan", "typed"]


class Report(Frozen):
    """One year's report of one unit. Change it only through `replace`."""

    unit: str | None
    year: int | None
    edition: EditionId
    title: str = ""
    cells: tuple[Cell, ...] = ()
    sections: tuple[Section, ...] = ()
    preamble: tuple[Block, ...] = ()
    signature: tuple[Block, ...] = ()
    grids: tuple[Grid, ...] = ()
    labels: tuple[PrintedLabel, ...] = ()
    source: Source | None = None

    @cached_property
    def _by_id(self) -> Mapping[str, Cell]:
        return {cell.id: cell for cell in self.cells}

    def cell(self, cell_id: str) -> Cell:
        """The cell with this id; an absent cell where the report has none."""
        return self._by_id.get(cell_id) or Cell(id=cell_id)

    def value(self, cell_id: str) -> Decimal | None:
        """The number in the cell, or None for blank, dash, unreadable and absent."""
        found = self._by_id.get(cell_id)
        return found.value if found else None

    def section(self, section_id: SectionId) -> Section | None:
        """The first section with this id."""
        return next((section for section in self.sections if section.id == section_id), None)

    def blocks(self) -> tuple[tuple[str, Block], ...]:
        """All paragraphs in reading order as (part, block); part is `preamble`, a section id or `signature`."""
        parts = [("preamble", block) for block in self.preamble]
        parts += [(section.id.value, block) for section in self.sections for block in section.blocks]
        return tuple(parts + [("signature", block) for block in self.signature])

    def replace(self, **changes: Any) -> Report:
        """A copy with `changes`, validated anew. Printed tables and labels describe the file that was read, so they are
        dropped when cells or sections change unless given."""
        data: dict[str, Any] = {name: getattr(self, name) for name in type(self).model_fields}
        if "cells" in changes:
            data.update(grids=(), labels=())
        return Report(**{**data, **changes})

    def with_cells(self, *cells: Cell) -> Report:
        """A copy in which the given cells replace those with the same id, others keep their order."""
        new = {cell.id: cell for cell in cells}
        kept = tuple(new.pop(cell.id, cell) for cell in self.cells)
        return self.replace(cells=kept + tuple(new.values()))

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 over what the report says (not over where it was read)."""
        said = (
            self.model_dump_json(include={"unit", "year", "edition", "title"})
            + "".join(f"|{cell.id}={cell.value if cell.value is not None else cell.state.value}" for cell in self.cells)
            + "".join(f"|{part}:{block.text}" for part, block in self.blocks())
            + "".join(f"|{s.heading}" for s in self.sections)
        )
        return hashlib.sha256(said.encode()).hexdigest()


class ReadResult(Frozen):
    """What a reader returns: the report and what was lost on the way."""

    report: Report
    losses: tuple[Loss, ...] = ()
