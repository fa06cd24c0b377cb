"""表四: one line of values under grouped columns."""

from __future__ import annotations

from assistant.domain.cell import CellState
from assistant.domain.report import LossKind
from assistant.files.grid.board import Board
from assistant.files.grid.labels import vocabulary
from assistant.files.grid.numbers import read_value
from assistant.files.grid.placement import Placement, name_of
from assistant.files.raw import RawCell
from assistant.forms import editions, load_form


def place_columns(board: Board, placement: Placement) -> None:
    """Read 表四 from `board`."""
    groups, outcomes, head_rows = _heads(board, placement)
    if not outcomes:
        if any(cell.text.strip() for cell in board.cells):
            placement.lose(LossKind.UNPLACED_VALUE, "表四没有认出表头，其数值没有采用。", None, board.locator)
        return
    rows = [[cell for cell in row if cell.row == index] for index, row in enumerate(board.rows) if index > head_rows]
    chosen = _row_of_values([row for row in rows if row])
    if chosen:
        _place_values(board, placement, chosen, groups, outcomes)
    others = [row for row in rows if row is not chosen and any(cell.text.strip() for cell in row)]
    for row in others:
        shown = " ".join(cell.text.strip() for cell in row if cell.text.strip())
        placement.lose(LossKind.UNPLACED_VALUE, f"表四多出一行（{shown[:60]}），没有采用。", None, row[0].locator)
    if any(_has_numbers(row) and not _is_numbering(row) for row in others):
        for cell_id in [cell_id for cell_id in placement.cells if cell_id.startswith("t4.")]:
            placement.lose(LossKind.UNCERTAIN, f"{name_of(cell_id)}不止一行数值，采用了第一行，请核对。", cell_id, board.locator)
    for cell_id, (_, cell) in _missing(placement, groups, outcomes).items():
        placement.lose(LossKind.MISSING_CELL, f"表四有“{''.join(cell.text.split())}”一栏，没有找到其数值。", cell_id, cell.locator)


def _row_of_values(rows: list[list[RawCell]]) -> list[RawCell] | None:
    """The row of values below the header: the first with numbers that is no numbering of the columns, else the first."""
    numbered = [row for row in rows if _has_numbers(row)]
    return next((row for row in numbered if not _is_numbering(row)), None) or next(iter(numbered or rows), None)


def _has_numbers(row: list[RawCell]) -> bool:
    return any(read_value(cell.text).state is CellState.NUMBER for cell in row)


def _is_numbering(row: list[RawCell]) -> bool:
    """Whether a row numbers the columns: 1, 2, 3 to the end."""
    numbers = [read_value(cell.text).value for cell in row if cell.text.strip()]
    return len(numbers) > 2 and numbers == list(range(1, len(numbers) + 1))


Heads = list[tuple[str, RawCell]]


def _heads(board: Board, placement: Placement) -> tuple[Heads, Heads, int]:
    """Group cells and outcome cells with their keys, and the last row of the header."""
    words = vocabulary()
    groups: Heads = []
    outcomes: Heads = []
    last = -1
    for cell in board.cells:
        if not cell.text.strip():
            continue
        parent = words.dispute_parents.find(cell.text)
        group = None if parent else words.dispute_groups.find(cell.text)
        outcome = None if parent or group else words.dispute_columns.match(cell.text)
        if not (parent or group or outcome):
            group = words.dispute_groups.nearest(cell.text)
            parent = None if group else words.dispute_parents.nearest(cell.text)
        if parent:
            placement.label(parent, cell)
        elif group:
            placement.label(group, cell)
            groups.append((group.removeprefix("t4.group."), cell))
        elif outcome:
            outcomes.append((outcome.removeprefix("t4.column."), cell))
        if parent or group or outcome:
            last = max(last, cell.row + cell.row_span - 1)
    for outcome, cell in outcomes:
        owner = _above(groups, cell, cell.row)
        if owner:
            placement.label(f"t4.column.{owner}.{outcome}", cell)
    return groups, outcomes, last


def _above(heads: Heads, cell: RawCell, row: int) -> str | None:
    """The key of the lowest head above `row` that covers every column of `cell`; failing that the nearest head to the left that
    stands alone in unmerged columns is not guessed at."""
    best: tuple[int, str] | None = None
    for key, head in heads:
        if head.row < row and head.column <= cell.column and cell.end <= head.end and (best is None or head.row > best[0]):
            best = (head.row, key)
    return best[1] if best else None


def _place_values(board: Board, placement: Placement, values: list[RawCell], groups: Heads, outcomes: Heads) -> None:
    by_order = _by_order(values, groups, outcomes)
    for cell in values:
        under = [(key, head) for key, head in outcomes if head.column < cell.end and cell.column < head.end and head.row < cell.row]
        if len(under) > 1 and cell.text.strip():
            _mismatch(placement, [cell], groups, under)
            return
    if not by_order and any(cell.text.strip() for cell in values) and not _one_each(values, outcomes):
        _mismatch(placement, values, groups, outcomes)
        return
    told = [(_above(groups, cell, cell.row), _above(outcomes, cell, cell.row)) for cell in values]
    if by_order and any(owner is None or outcome is None for owner, outcome in told):
        told = [*by_order]  # header and values are out of line: what seems to stand above a value may be its neighbour's
    elif any(_above(groups, head, head.row) is None for _, head in outcomes):
        _mismatch(placement, values, groups, outcomes)
        return
    for cell, (owner, outcome) in zip(values, told, strict=True):
        if outcome and owner:
            placement.place(f"t4.{owner}.{outcome}", cell, board)
        elif cell.text.strip():
            placement.lose(
                LossKind.UNPLACED_VALUE, f"表四的数值“{cell.text.strip()[:20]}”上方没有认出对应的栏目，没有采用。", None, cell.locator
            )


def _one_each(values: list[RawCell], outcomes: Heads) -> bool:
    """Whether every outcome has one cell below it, and no value stands outside."""
    lowest = [head for _, head in outcomes if not any(other.row > head.row and other.column == head.column for _, other in outcomes)]
    below = [sum(1 for cell in values if cell.column < head.end and head.column < cell.end) for head in lowest]
    outside = [
        cell for cell in values if cell.text.strip() and not any(cell.column < head.end and head.column < cell.end for head in lowest)
    ]
    return all(count == 1 for count in below) and not outside


def _mismatch(placement: Placement, values: list[RawCell], groups: Heads, under: Heads) -> None:
    """Values that cannot be told apart, or more or fewer than there are heads."""
    ids = [f"t4.{owner}.{outcome}" for outcome, head in under if (owner := _above(groups, head, head.row))]
    shown = " ".join(cell.text.strip().replace("\n", " ") or "空白" for cell in values)
    message = f"表四的数值（{shown[:60]}）与 {len(under)} 个栏目对应不上，没有采用。"
    placement.lose(LossKind.WIDTH_MISMATCH, message, ids[0] if ids else None, values[0].locator)
    for cell_id in ids:
        placement.doubtful(cell_id, shown, values[0].locator)


def _by_order(values: list[RawCell], groups: Heads, outcomes: Heads) -> list[tuple[str, str]] | None:
    """Owner and outcome of each value where headers are printed in full, in the form's order, with as many values, but are not aligned."""
    table = load_form(editions()[-1]).t4
    names = [column.id for column in table.columns] * len(table.groups)
    in_order = [key for key, _ in sorted(outcomes, key=lambda item: item[1].column)]
    owners = [key for key, _ in sorted(groups, key=lambda item: item[1].column)]
    if in_order != names or owners != [group.id for group in table.groups] or len(values) != len(names):
        return None
    return [(group.id, column.id) for group in table.groups for column in table.columns]


def _missing(placement: Placement, groups: Heads, outcomes: Heads) -> dict[str, tuple[str, RawCell]]:
    found: dict[str, tuple[str, RawCell]] = {}
    for outcome, cell in outcomes:
        owner = _above(groups, cell, cell.row)
        if owner and f"t4.{owner}.{outcome}" not in placement.cells:
            found[f"t4.{owner}.{outcome}"] = (outcome, cell)
    return found
