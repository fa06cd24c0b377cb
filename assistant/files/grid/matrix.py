"""表三: rows of outcomes by columns of applicants."""

from __future__ import annotations

from itertools import pairwise

from assistant.domain.report import EditionId, LossKind
from assistant.files.grid.board import Board
from assistant.files.grid.labels import vocabulary
from assistant.files.grid.matrix_lines import ROW_LABELS, Line, lines_of
from assistant.files.grid.numbers import read_value
from assistant.files.grid.placement import Placement, name_of
from assistant.files.raw import RawCell
from assistant.forms import editions, load_form


def _row_editions() -> dict[str, tuple[EditionId, ...]]:
    found: dict[str, tuple[EditionId, ...]] = {}
    for edition in editions():
        for row in load_form(edition).t3.rows:
            found[row.id] = (*found.get(row.id, ()), edition)
    return found


_EDITIONS = _row_editions()
_ORDER = {edition: [row.id for row in load_form(edition).t3.rows] for edition in editions()}
_ORGANISATIONS = {column.id for column in load_form(editions()[-1]).t3.columns if column.group}
_COLUMN_IDS = [column.id for column in load_form(editions()[-1]).t3.columns]


def place_matrix(board: Board, placement: Placement) -> None:
    """Read 表三 from `board`."""
    lines = lines_of(board, placement)
    if not _in_line(board, lines):
        for line in lines:
            line.shifted = line.disordered = True
    kept = _kept(lines)
    present = {line.key for line in lines if line.key}
    previous: str | None = None
    for line in lines:
        if line.key is None:
            _unplaced(line, placement)
        elif kept[line.key] is not line:
            _duplicate(line, kept[line.key], previous, present, placement)
        previous = line.key or previous
    _settle_other(kept, placement)
    for key, line in kept.items():
        if line.parts:
            placement.label(f"t3.row.{key}", RawCell(0, 0, text=line.label, locator=line.locator))
        if len(_EDITIONS[key]) == 1:
            placement.vote("t3", _EDITIONS[key][0])
        _place_line(board, placement, key, line)


def _in_line(board: Board, lines: list[Line]) -> bool:
    """Whether the columns of the organisations stand below their common head and no others do; where spans were lost they do not, and heads
    and values no longer stand below one another."""
    head = next((cell for cell in board.cells if vocabulary().matrix_heads.find(cell.text) == "t3.organisations"), None)
    columns = next((line.columns.heads for line in lines if line.columns.heads), {})
    if head is None:
        return True
    beside = [cell.column for cell in board.rows[head.row] if cell.column >= head.end and cell.text.strip() and cell.text != head.text]
    end = min(beside, default=board.width)
    below = {column: head.column <= cell.column and cell.end <= end for column, cell in columns.items() if cell.row > head.row}
    return all(inside == (column in _ORGANISATIONS) for column, inside in below.items())


def _kept(lines: list[Line]) -> dict[str, Line]:
    """The line of each row; of several with one label the one that stands between its neighbours, else the first."""
    keyed = [line for line in lines if line.key]
    kept: dict[str, tuple[int, Line]] = {}
    for at, line in enumerate(keyed):
        before = keyed[at - 1].key if at else None
        after = keyed[at + 1].key if at + 1 < len(keyed) else None
        key = line.key or ""
        fit = max(_neighbours(order, key, before, after) for order in _ORDER.values())
        if key not in kept or fit > kept[key][0]:
            kept[key] = (fit, line)
    return {key: line for key, (_, line) in kept.items()}


def _neighbours(order: list[str], key: str, before: str | None, after: str | None) -> int:
    """How many of the rows before and after `key` are those of the form."""
    if key not in order:
        return 0
    at = order.index(key)
    previous, following = (order[at - 1] if at else None), (order[at + 1] if at + 1 < len(order) else None)
    return (before == previous) + (after == following)


def _unplaced(line: Line, placement: Placement) -> None:
    if line.has_values or not line.columns.heads:
        placement.lose(
            LossKind.UNPLACED_ROW,
            f"表三“{line.shown or '（无标签）'}”不是规定的行，其数值没有采用（{line.raw[:60]}）。",
            None,
            line.locator,
        )
    elif line.label.strip():
        placement.lose(LossKind.IGNORED, f"表三中的文字“{line.shown}”没有采用。", None, line.locator)


def _duplicate(line: Line, first: Line, previous: str | None, present: set[str], placement: Placement) -> None:
    """A second row with one label: not taken. The row that should stand there may be meant, but nobody knows."""
    expected = _next_row(previous, present)
    names = f"；按顺序此处应为“{ROW_LABELS[expected]}”，但不能断定" if expected else ""
    placement.lose(
        LossKind.DUPLICATED_ROW,
        f"表三“{line.shown}”重复出现，此处的数值没有采用（{line.raw[:60]}）{names}。",
        f"t3.{expected}.{_COLUMN_IDS[0]}" if expected else None,
        line.locator,
    )
    firsts, seconds = _value_cells(first), _value_cells(line)
    for column in _COLUMN_IDS:
        one, two = firsts[column], seconds[column]
        if one and two and read_value(one.text).value != (value := read_value(two.text).value) and value is not None:
            cell_id = f"t3.{first.key}.{column}"
            placement.lose(LossKind.CONFLICT, f"{name_of(cell_id)}所在的行出现两次，数值不同，请核对。", cell_id, two.locator)


def _next_row(previous: str | None, present: set[str]) -> str | None:
    """The form's row after `previous`, when it is missing."""
    for order in reversed(_ORDER.values()):
        if previous in order and order.index(previous) + 1 < len(order):
            following = order[order.index(previous) + 1]
            if following not in present:
                return following
    return None


def _settle_other(kept: dict[str, Line], placement: Placement) -> None:
    """（六）其他处理 is one row in the 2019 edition and a group in the 2021 edition: a row of that name beside the detailed rows is none."""
    if "other" in kept and any(key.startswith("other.") for key in kept):
        line = kept.pop("other")
        if line.has_values:
            _unplaced(line, placement)


def _value_cells(line: Line) -> dict[str, RawCell | None]:
    """For each column the first cell under its head, when that stands under this head alone."""
    found: dict[str, RawCell | None] = {}
    for cell in line.cells:
        above = line.columns.above(cell)
        for column in above:
            found.setdefault(column, cell if len(above) == 1 else None)
    return dict.fromkeys(_COLUMN_IDS) | found


def _place_line(board: Board, placement: Placement, key: str, line: Line) -> None:
    chosen: dict[str, RawCell | None] = dict.fromkeys(_COLUMN_IDS) if line.shifted else _value_cells(line)
    taken = [id(cell) for cell in chosen.values() if cell]
    stray = [cell for cell in line.cells if cell.text.strip() and id(cell) not in taken]
    holes = line.has_values and any(chosen[column] is None for column in line.columns.heads)
    if (stray or holes or len(set(taken)) != len(taken)) and not _by_count(line, chosen):
        placement.lose(
            LossKind.WIDTH_MISMATCH,
            f"表三“{line.shown}”的数值（{line.raw[:60]}）与 {len(_COLUMN_IDS)} 个栏目对应不上，没有采用。",
            f"t3.{key}.{_COLUMN_IDS[0]}",
            line.locator,
        )
        for column in _COLUMN_IDS:
            placement.doubtful(f"t3.{key}.{column}", line.raw, line.locator)
        return
    for column, cell in chosen.items():
        if cell:
            placement.place(f"t3.{key}.{column}", cell, board)


def _by_count(line: Line, chosen: dict[str, RawCell | None]) -> bool:
    """Where the grid of the row is out of line with the header but there are as many cells as heads: in order."""
    heads = sorted(line.columns.heads.items(), key=lambda item: item[1].column)
    apart = all(left.end <= right.column for (_, left), (_, right) in pairwise(heads))
    if line.disordered or not apart or len(heads) != len(_COLUMN_IDS) or len(line.cells) != len(heads):
        return False
    for (column, _), cell in zip(heads, line.cells, strict=True):
        chosen[column] = cell
    return True
