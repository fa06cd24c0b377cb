"""The printed rows of 表三: which cells are label and which are values, and which row of the form each is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.files.grid.board import Board
from assistant.files.grid.labels import core, vocabulary
from assistant.files.grid.matrix_heads import Columns, head_row, note_heads
from assistant.files.grid.placement import Placement
from assistant.files.raw import RawCell
from assistant.forms import editions, load_form
from assistant.text.normalise import fold_label

ROW_LABELS = {row.id: row.label for edition in editions() for row in load_form(edition).t3.rows}


@dataclass
class Line:
    """A printed row: label cells left of the values (outermost first), the label proper, and the value cells by column."""

    index: int
    parts: list[RawCell]
    label: str
    columns: Columns
    cells: list[RawCell]
    key: str | None = None
    shifted: bool = False  # the label stands in the value columns, so that values are told by their count alone
    disordered: bool = False  # not even the order of the column heads is known

    @property
    def locator(self) -> str:
        """Where the row stands."""
        return next((cell.locator for cell in (*self.parts[-1:], *self.cells)), "")

    @property
    def has_values(self) -> bool:
        """Whether anything is printed in the value columns."""
        return any(cell.text.strip() for cell in self.cells)

    @property
    def shown(self) -> str:
        """The label for messages."""
        return "".join(self.label.split())[:30]

    @property
    def raw(self) -> str:
        """All values as printed."""
        return " ".join(cell.text.strip() or "空白" for cell in self.cells)


def lines_of(board: Board, placement: Placement) -> list[Line]:
    """The rows of `board` below the heads of the columns, with the row of the form that each is; notes printed labels of heads and groups."""
    lines = list(_lines(board, placement))
    _assign(lines)
    return lines


def _lines(board: Board, placement: Placement) -> Iterator[Line]:
    columns = Columns()
    noted: set[tuple[int, int]] = set()
    for index, row in enumerate(board.rows):
        found = head_row(row, index)
        if found is not None:
            columns = Columns({**columns.heads, **found})
            note_heads(row, index, placement, noted)
            continue
        if columns.heads:
            yield _line(row, index, columns, placement)
        elif any(cell.text.strip() for cell in row if cell.row == index) and _is_data(row):
            yield Line(index, [], " ".join(cell.text for cell in row if cell.text.strip())[:40], columns, [])


def _line(row: list[RawCell], index: int, columns: Columns, placement: Placement) -> Line:
    parts = [cell for cell in row if cell.column < columns.first]
    own = [cell for cell in parts if cell.row == index]
    for cell in own[:-1]:
        if group := vocabulary().matrix_groups.find(cell.text):
            placement.label(group, cell)
    return _moved_line(row, index, columns) or Line(index, parts, _label_text(own), columns, _own(row, index, columns.first))


def _own(row: list[RawCell], index: int, first: int) -> list[RawCell]:
    return [cell for cell in row if cell.column >= first and cell.row == index]


def _moved_line(row: list[RawCell], index: int, columns: Columns) -> Line | None:
    """A row that is pushed to the right (a deleted row whose group label still spans it): its label stands under a column head."""
    label = next(
        (cell for cell in _own(row, index, columns.first) if len(cell.text) > 3 and vocabulary().matrix_rows.find(cell.text)), None
    )
    if label is None:
        return None
    return Line(index, [label], label.text, columns, _own(row, index, label.end), shifted=True)


def _is_data(row: list[RawCell]) -> bool:
    return any(vocabulary().matrix_rows.find(cell.text) for cell in row)


def _label_text(own: list[RawCell]) -> str:
    """The text of the rightmost label cell of the row itself; empty when only group labels stand there."""
    printed = [cell for cell in own if cell.text.strip()]
    if not printed:
        return ""
    last = printed[-1]
    if last is not own[-1] and last.row_span > own[-1].row_span:
        return ""
    return last.text


def _assign(lines: list[Line]) -> None:
    """Give every line its row key: by its label, by joining a label that was cut, last by likeness."""
    words = vocabulary().matrix_rows
    for line in lines:
        key = words.find(line.label)
        line.key = key.removeprefix("t3.row.") if key else None
    _join_cut_labels(lines)
    for line in lines:
        if line.key is None and line.label.strip():
            key = words.nearest(line.label)
            line.key = key.removeprefix("t3.row.") if key else None


def _join_cut_labels(lines: list[Line]) -> None:
    """A label that a page break cut in two: beginning and end in neighbouring rows, values in one of them. The second row joins the first."""
    index = 0
    while index + 1 < len(lines):
        upper, lower = lines[index], lines[index + 1]
        if lower.key is None and not (upper.has_values and lower.has_values):
            key = _joined_key(upper, lower)
            if key:
                upper.key, upper.label = key, f"{upper.label}\n{lower.label}".strip()
                upper.cells, upper.index = (lower.cells, lower.index) if lower.has_values else (upper.cells, upper.index)
                del lines[index + 1]
                continue
        index += 1


def _joined_key(upper: Line, lower: Line) -> str | None:
    if not lower.label.strip():
        return upper.key if lower.has_values and upper.key else None
    if not upper.label.strip():
        return None
    key = vocabulary().matrix_rows.find(upper.label + lower.label)
    whole = key.removeprefix("t3.row.") if key else None
    if whole is None or (upper.key is not None and upper.key != whole):
        return None
    expected = fold_label(ROW_LABELS[whole])
    return whole if expected.startswith(fold_label(upper.label)[:2]) or core(ROW_LABELS[whole]).startswith(core(upper.label)) else None
