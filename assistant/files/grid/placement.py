"""Collecting what was placed: cells, printed labels and losses of all tables of one report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from pydantic import TypeAdapter

from assistant.domain.cell import Cell, CellState, Imported
from assistant.domain.report import EditionId, GridCell, Loss, LossKind, PrintedLabel
from assistant.files.grid.board import Board
from assistant.files.grid.labels import labels_of
from assistant.files.grid.numbers import Reading, read_value
from assistant.files.raw import RawCell
from assistant.forms import Form, editions, load_form
from assistant.forms.model import LabelledColumn


class Origin(NamedTuple):
    """The file and the method of reading; OCR readings wait for confirmation."""

    provenance: Imported

    @property
    def ocr(self) -> bool:
        """Whether the text was recognised from an image."""
        return self.provenance.method == "ocr"


def known_cells() -> dict[str, LabelledColumn]:
    """Column definitions of the cells of both editions by id."""
    found: dict[str, LabelledColumn] = {}
    for edition in editions():
        found |= load_form(edition).columns_by_cell
    return found


_KNOWN = known_cells()


def name_of(cell_id: str) -> str:
    """The Chinese name of a cell for messages."""
    return next((names[cell_id] for edition in reversed(editions()) if cell_id in (names := load_form(edition).names)), cell_id)


@dataclass(slots=True)
class Placed:
    """A statutory cell as it was found; what other places say of it."""

    reading: Reading
    raw: str
    locator: str
    alternatives: tuple[tuple[str, Decimal], ...] = ()


@dataclass
class Placement:
    """What the tables gave so far. `votes` counts placed cells and rows that only one edition has."""

    origin: Origin
    cells: dict[str, Placed] = field(default_factory=dict)
    printed: list[tuple[str, str, str]] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    votes: dict[str, dict[str, int]] = field(default_factory=dict)

    def label(self, key: str, cell: RawCell) -> None:
        """Note a statutory label as printed."""
        self.printed.append((key, cell.text, cell.locator))

    def lose(self, kind: LossKind, message: str, cell: str | None = None, locator: str = "") -> None:
        """Note a loss."""
        self.losses.append(Loss(kind=kind, message=message, cell=cell, locator=locator))

    def vote(self, table: str, edition: EditionId) -> None:
        """Evidence that `table` is laid out on `edition`."""
        count = self.votes.setdefault(table, {})
        count[edition] = count.get(edition, 0) + 1

    def place(self, cell_id: str, cell: RawCell, board: Board) -> None:
        """Take `cell` as the statutory cell `cell_id`; a second reading that differs is a conflict and is not taken."""
        reading = read_value(cell.text, _KNOWN[cell_id].unit)
        if cell_id in self.cells:
            self._second(cell_id, cell, reading)
            return
        board.placed[cell.row, cell.column] = cell_id
        self.cells[cell_id] = Placed(reading, cell.text.strip(), cell.locator)
        if reading.state is CellState.UNREADABLE:
            shown = cell.text.strip().replace("\n", " ")[:40]
            self.lose(
                LossKind.UNREADABLE_CELL, f"{name_of(cell_id)}填写的“{shown}”没有读成数字（{reading.doubt}）。", cell_id, cell.locator
            )
        elif reading.doubt:
            self.lose(LossKind.UNCERTAIN, f"{name_of(cell_id)}{reading.doubt}，请核对。", cell_id, cell.locator)
        elif self.origin.ocr:
            self.lose(LossKind.UNCERTAIN, f"{name_of(cell_id)}由图像识别得到，请核对后确认。", cell_id, cell.locator)

    def doubtful(self, cell_id: str, raw: str, locator: str) -> None:
        """The cell is printed but it is not certain which text is its value; the caller reports why."""
        if cell_id not in self.cells:
            self.cells[cell_id] = Placed(Reading(CellState.UNREADABLE), raw.strip(), locator)

    def _second(self, cell_id: str, cell: RawCell, reading: Reading) -> None:
        first = self.cells[cell_id]
        if reading.value is None or reading.value == first.reading.value:
            return
        first.alternatives += ((cell.locator or "另一处", reading.value),)
        self.lose(
            LossKind.CONFLICT,
            f"{name_of(cell_id)}有两处不同的数：{first.raw or '空白'}、{cell.text.strip()}，采用了前一处，请核对。",
            cell_id,
            cell.locator,
        )


@cache
def _many_cells() -> TypeAdapter[tuple[Cell, ...]]:
    """Makes all cells of a report in one go."""
    return TypeAdapter(tuple[Cell, ...])


@cache
def _many_grid_cells() -> TypeAdapter[tuple[GridCell, ...]]:
    return TypeAdapter(tuple[GridCell, ...])


def statutory_cells(placement: Placement, cell_ids: Iterable[str]) -> tuple[Cell, ...]:
    """The cells `cell_ids` as they were placed, absent where they were not."""
    provenance = placement.origin.provenance

    def fields(cell_id: str) -> dict[str, object]:
        placed = placement.cells.get(cell_id)
        if placed is None:
            return {"id": cell_id}
        return {
            "id": cell_id,
            "value": placed.reading.value,
            "state": placed.reading.state,
            "raw": placed.raw,
            "locator": placed.locator,
            "provenance": provenance,
            "alternatives": placed.alternatives,
        }

    return _many_cells().validate_python(tuple(map(fields, cell_ids)))


def grid_cells(board: Board) -> tuple[GridCell, ...]:
    """The printed cells with what each was placed as."""
    placed = board.placed
    return _many_grid_cells().validate_python(
        tuple(
            {
                "row": cell.row,
                "column": cell.column,
                "row_span": cell.row_span,
                "column_span": cell.column_span,
                "text": cell.text,
                "cell": placed.get((cell.row, cell.column)),
            }
            for cell in board.cells
        )
    )


def printed_labels(form: Form, printed: Sequence[tuple[str, str, str]]) -> tuple[PrintedLabel, ...]:
    """Labels as printed beside what the edition prescribes; labels that only the other edition has are compared with that one."""
    own = labels_of(form.edition)
    others = [labels_of(edition) for edition in editions() if edition != form.edition]
    found: list[PrintedLabel] = []
    for key, text, locator in printed:
        label = next((labels[key] for labels in (own, *others) if key in labels), None)
        if label:
            found.append(PrintedLabel(key=key, expected=label.expected, printed=text, match=label.kind(text), locator=locator))
    return tuple(found)
