"""From all printed tables of a file to cells, grids, labels and losses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from assistant.domain.cell import Cell
from assistant.domain.report import EditionId, Grid, LossKind, TableId
from assistant.files.grid.board import Board, board_of
from assistant.files.grid.columns import place_columns
from assistant.files.grid.crossed import is_crossed, is_turned, place_crossed, place_turned
from assistant.files.grid.matrix import place_matrix
from assistant.files.grid.placement import Origin, Placement, grid_cells, statutory_cells
from assistant.files.grid.repeats import unrepeated
from assistant.files.grid.segments import Segment, segments
from assistant.files.grid.stacked import place_stacked
from assistant.files.raw import RawTable
from assistant.forms import Form, form_for_year, load_form


def _place_disputes(board: Board, placement: Placement) -> None:
    if is_turned(board):
        place_turned(board, placement)
    elif is_crossed(board):
        place_crossed(board, placement)
    else:
        place_columns(board, placement)


_PLACERS: dict[TableId, Callable[[Board, Placement], None]] = {"t2": place_stacked, "t3": place_matrix, "t4": _place_disputes}
_NAMES: dict[TableId, str] = {"t2": "表二", "t3": "表三", "t4": "表四"}
_TABLES: tuple[TableId, ...] = ("t2", "t3", "t4")


class TablesRead(NamedTuple):
    """Everything the tables gave; cells are settled by `settle`, once the edition is known."""

    placement: Placement
    grids: tuple[Grid, ...]


def read_tables(tables: Sequence[RawTable], origin: Origin) -> TablesRead:
    """Recognise the three statutory tables among `tables` and place their cells. Pieces of one table in a row are one table."""
    placement = Placement(origin)
    grids: list[Grid] = []
    for name, pieces in _gathered([segment for table in tables for segment in segments(table)]):
        board = board_of([unrepeated(piece) for piece in pieces] if name else pieces)
        if name is None:
            if any(cell.text.strip() for cell in board.cells):
                placement.lose(LossKind.EXTRA_TABLE, "不是年度报告规定的表格，没有采用其中的数。", None, board.locator)
        else:
            if any(grid.table == name for grid in grids):
                placement.lose(LossKind.EXTRA_TABLE, f"{_NAMES[name]}出现不止一次，以第一次为准。", None, board.locator)
            _PLACERS[name](board, placement)
        grids.append(Grid(table=name, locator=board.locator, cells=grid_cells(board)))
    return TablesRead(placement, tuple(grids))


def _gathered(found: Sequence[Segment]) -> list[tuple[TableId | None, list[RawTable]]]:
    """Neighbouring segments of one table together; a segment that opens the table anew begins another one."""
    groups: list[tuple[TableId | None, list[RawTable]]] = []
    opened: set[TableId] = set()
    for segment in found:
        name = segment.table
        again = segment.opens and name in opened
        last = next((group for group in reversed(groups) if group[0] == name), None)
        if name is None or last is None or again:
            groups.append((name, [segment.piece]))
        else:
            last[1].append(segment.piece)
        if name and segment.opens:
            opened.add(name)
    return groups


def edition_of(placement: Placement, year: int | None) -> EditionId:
    """The edition whose labels the tables bear. Where 表二 and 表三 disagree, the one of the report year; where neither tells, too."""
    votes = [max(count, key=lambda edition: count[edition]) for count in (placement.votes.get("t3"), placement.votes.get("t2")) if count]
    prescribed: EditionId = form_for_year(year).edition if year and year >= load_form("2019").years.first else "2021"
    found = [edition for edition in (load_form("2019").edition, load_form("2021").edition) if edition in votes]
    return found[0] if len(found) == 1 else prescribed


def settle(read: TablesRead, form: Form) -> tuple[Cell, ...]:
    """The cells of `form` in order, absent ones included, then cells that only the other edition has; adds losses for what is missing."""
    for name in _TABLES:
        _missing(read, form, name)
    known = set(form.cell_ids)
    return statutory_cells(read.placement, (*form.cell_ids, *(cell_id for cell_id in read.placement.cells if cell_id not in known)))


def _missing(read: TablesRead, form: Form, name: TableId) -> None:
    placement = read.placement
    ids = {"t2": form.t2.cell_ids, "t3": form.t3.cell_ids, "t4": form.t4.cell_ids}[name]
    absent = [cell_id for cell_id in ids if cell_id not in placement.cells]
    named = {loss.cell for loss in placement.losses}
    if not any(grid.table == name for grid in read.grids):
        placement.lose(LossKind.MISSING_TABLE, f"没有找到{_NAMES[name]}。")
        return
    for row, cells in _by_row(absent).items():
        first = cells[0]
        if named.isdisjoint(cells):
            whole = all(cell_id not in placement.cells for cell_id in ids if cell_id.rpartition(".")[0] == row)
            what = form.names[first] if not whole or len(cells) == 1 else form.names[first].rpartition("”")[0] + "”一行"
            placement.lose(LossKind.MISSING_CELL, f"没有找到{what}。", first)


def _by_row(cells: Sequence[str]) -> dict[str, list[str]]:
    rows: dict[str, list[str]] = {}
    for cell_id in cells:
        rows.setdefault(cell_id.rpartition(".")[0], []).append(cell_id)
    return rows
