"""表四 drawn otherwise than prescribed: the groups as rows under one line of outcomes, or one small table for each group."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.domain.report import LossKind
from assistant.files.grid.board import Board, board_of
from assistant.files.grid.labels import vocabulary
from assistant.files.grid.numbers import looks_like_value
from assistant.files.grid.placement import Placement
from assistant.files.raw import RawCell, RawTable


@dataclass
class _Reading:
    """What holds for the rows that follow: the outcome heads, and the group named by a row of its own (`bar`)."""

    heads: list[tuple[str, RawCell]]
    bar: str | None = None
    shared: bool = False  # the heads stand above the first bar and hold for all

    @property
    def first(self) -> int:
        """The column of the first outcome."""
        return min((head.column for _, head in self.heads), default=0)


def is_crossed(board: Board) -> bool:
    """Whether every outcome stands at most once in a row and no two groups stand side by side, as they do in the prescribed form, and
    outcomes are there at all."""
    words = vocabulary()
    found = False
    for index, row in enumerate(board.rows):
        own = [cell for cell in row if cell.row == index and cell.text.strip()]
        outcomes = [key for cell in own if (key := words.dispute_columns.find(cell.text))]
        groups = [cell for cell in own if words.dispute_groups.find(cell.text) or words.dispute_parents.find(cell.text)]
        if len(outcomes) != len(set(outcomes)) or (len(groups) > 1 and not _one_path(own, groups)):
            return False
        if outcomes and groups and len(own) == len(outcomes) + len(groups):
            return False  # the first group's outcomes beside other groups: the prescribed form
        found = found or len(outcomes) > 2
    return found


def _one_path(own: list[RawCell], groups: list[RawCell]) -> bool:
    """Whether several group labels in a row are one behind the other, before values: 行政诉讼, 未经复议直接起诉, 7, 0 …"""
    parent = vocabulary().dispute_parents.find(groups[0].text)
    return (
        bool(parent) and len(groups) == 2 and len(own) > 2 and own[:2] == groups and not vocabulary().dispute_parents.find(groups[1].text)
    )


def is_turned(board: Board) -> bool:
    """Whether the outcomes stand below one another in one column, each with its own row, and the groups above the values."""
    words = vocabulary()
    places = {key: cell.column for cell in board.cells if (key := words.dispute_columns.find(cell.text))}
    rows = [cell.row for cell in board.cells if words.dispute_columns.find(cell.text)]
    return len(places) > 2 and len(set(places.values())) == 1 and len(rows) == len(set(rows)) == len(places)


def place_turned(board: Board, placement: Placement) -> None:
    """Read such a 表四: rows and columns change places."""
    turned = board_of(
        [RawTable(tuple(RawCell(c.column, c.row, c.column_span, c.row_span, c.text, c.locator) for c in board.cells), board.locator)]
    )
    if is_crossed(turned):
        place_crossed(turned, placement)
    board.placed |= {(column, row): cell_id for (row, column), cell_id in turned.placed.items()}


def place_crossed(board: Board, placement: Placement) -> None:
    """Read such a 表四 from `board`: every value by the outcome above it and the group left of it or named in a row above."""
    words = vocabulary()
    now = _Reading([])
    noted: set[str] = set()
    for index, row in enumerate(board.rows):
        own = [cell for cell in row if cell.row == index]
        printed = [cell for cell in own if cell.text.strip()]
        heads = [(key.removeprefix("t4.column."), cell) for cell in printed if (key := words.dispute_columns.match(cell.text))]
        if len(heads) > 2:
            now.heads, now.shared = heads, now.bar is None
        elif len(printed) == 1 and (group := _group(printed[0])) and not (now.heads and printed[0].end <= now.first and len(own) > 1):
            _note(group, printed[0], placement, noted)
            now.bar = group if group.startswith("t4.group.") else None
            now.heads = now.heads if now.shared or now.bar is None else []
        elif now.heads and (len(printed) > 1 or any(looks_like_value(cell.text) or _group(cell) for cell in printed)):
            _place_row(board, placement, now, own, noted)
        elif any(looks_like_value(cell.text) for cell in printed):
            _unplaced(placement, own)


def _group(cell: RawCell) -> str | None:
    words = vocabulary()
    return words.dispute_parents.find(cell.text) or words.dispute_groups.find(cell.text) or words.dispute_groups.nearest(cell.text)


def _note(key: str, cell: RawCell, placement: Placement, noted: set[str]) -> None:
    if key not in noted:
        noted.add(key)
        placement.label(key, cell)


def _place_row(board: Board, placement: Placement, now: _Reading, own: list[RawCell], noted: set[str]) -> None:
    labels = [cell for cell in own if cell.text.strip() and cell.end <= now.first]
    for cell in labels:
        if key := _group(cell):
            _note(key, cell, placement, noted)
    owner = _group(labels[-1]) if labels else now.bar
    values = [cell for cell in own if cell not in labels and (cell.text.strip() or cell.end > now.first)]
    if owner is None or not owner.startswith("t4.group."):
        _unplaced(placement, own)
        return
    group, shown, where = owner.removeprefix("t4.group."), _shown(own), own[0].locator
    under = [[key for key, head in now.heads if head.column < cell.end and cell.column < head.end] for cell in values]
    chosen = [key for keys in under for key in keys]
    if any(len(keys) != 1 for keys, cell in zip(under, values, strict=True) if keys or cell.text.strip()) or len(chosen) != len(now.heads):
        placement.lose(
            LossKind.WIDTH_MISMATCH,
            f"表四“{shown[:60]}”一行的数值与 {len(now.heads)} 个栏目对应不上，没有采用。",
            f"t4.{group}.{now.heads[0][0]}",
            where,
        )
        for key, _ in now.heads:
            placement.doubtful(f"t4.{group}.{key}", shown, where)
        return
    for key, head in now.heads:
        placement.label(f"t4.column.{group}.{key}", head)
    for keys, cell in zip(under, values, strict=True):
        if keys:
            placement.place(f"t4.{group}.{keys[0]}", cell, board)


def _unplaced(placement: Placement, own: list[RawCell]) -> None:
    placement.lose(LossKind.UNPLACED_ROW, f"表四的一行（{_shown(own)[:60]}）没有认出属于哪一类，其数值没有采用。", None, own[0].locator)


def _shown(own: list[RawCell]) -> str:
    return " ".join(cell.text.strip() for cell in own if cell.text.strip())
