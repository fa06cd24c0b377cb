"""表二: blocks one below the other, each with its own header line."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.domain.report import EditionId, LossKind
from assistant.files.grid.board import Board
from assistant.files.grid.labels import LabelSet, vocabulary
from assistant.files.grid.numbers import read_value
from assistant.files.grid.placement import Placement, name_of
from assistant.files.raw import RawCell
from assistant.forms import editions, load_form
from assistant.text.normalise import fold_label


@dataclass(frozen=True)
class _Head:
    """A header cell: column key (`t2.column.one.issued`) or None when it is no label of the form."""

    key: str | None
    cell: RawCell


def _exclusive() -> dict[str, EditionId]:
    """Cell ids and blocks of 表二 that only one edition has."""
    ids: dict[str, set[EditionId]] = {}
    for edition in editions():
        form = load_form(edition)
        for name in [*form.t2.cell_ids, *(block.id for block in form.t2.blocks)]:
            ids.setdefault(name, set()).add(edition)
    return {name: next(iter(found)) for name, found in ids.items() if len(found) == 1}


_ONLY = _exclusive()
_CELLS = {cell for edition in editions() for cell in load_form(edition).t2.cell_ids}
_HEADER = fold_label(load_form(editions()[-1]).t2.header)


def place_stacked(board: Board, placement: Placement) -> None:
    """Read 表二 from `board`."""
    words = vocabulary()
    block: str | None = None
    heads: list[_Head] = []
    seen: dict[str, int] = {}
    for index, row in enumerate(board.rows):
        own = [cell for cell in row if cell.row == index and cell.text.strip()]
        if not own:
            continue
        first = own[0]
        key = words.blocks.find(first.text) if len(own) == 1 else None
        if key:
            block, heads = key.removeprefix("t2.block."), []
            placement.label(key, first)
            if block in _ONLY:
                placement.vote("t2", _ONLY[block])
        elif fold_label(first.text) == _HEADER or _is_header(own, words.any_stacked_column):
            heads = _read_heads(own, block, placement)
        else:
            _read_row(board, placement, own, heads, seen)


def _is_header(own: list[RawCell], columns: LabelSet) -> bool:
    return any(columns.find(cell.text) for cell in own[1:])


def _read_heads(own: list[RawCell], block: str | None, placement: Placement) -> list[_Head]:
    words = vocabulary()
    labels = words.stacked_columns[block] if block else words.any_stacked_column
    heads = []
    for cell in own:
        if fold_label(cell.text) == _HEADER:
            continue
        key = labels.match(cell.text)
        if key:
            placement.label(key, cell)
        heads.append(_Head(key, cell))
    return heads


def _read_row(board: Board, placement: Placement, own: list[RawCell], heads: list[_Head], seen: dict[str, int]) -> None:
    label = own[0]
    values = [cell for cell in board.rows[label.row] if cell.column >= label.end]
    printed = [cell for cell in values if cell.text.strip()]
    key = vocabulary().stacked_rows.match(label.text)
    if key is None:
        if printed:
            shown = "、".join(cell.text.strip() for cell in printed)[:60]
            placement.lose(LossKind.UNPLACED_ROW, f"表二“{_shown(label)}”不是规定的行，其数值（{shown}）没有采用。", None, label.locator)
        return
    row = key.removeprefix("t2.row.")
    placement.label(key, label)
    if row in seen:
        _duplicate(placement, row, label, heads, values)
        return
    seen[row] = label.row
    if not heads:
        if printed:
            placement.lose(LossKind.UNPLACED_VALUE, f"表二“{_shown(label)}”上方没有认出表头，其数值没有采用。", None, label.locator)
        return
    _place_row(board, placement, row, label, heads, values)


def _place_row(board: Board, placement: Placement, row: str, label: RawCell, heads: list[_Head], values: list[RawCell]) -> None:
    under = {id(cell): [head for head in heads if head.cell.column < cell.end and cell.column < head.cell.end] for cell in values}
    stray = [cell for cell in values if cell.text.strip() and len(under[id(cell)]) != 1]
    doubled = [head for head in heads if sum(1 for cell in values if cell.text.strip() and under[id(cell)] == [head]) > 1]
    ids = {id(head): _cell_id(row, head) for head in heads}
    if stray or doubled:
        raw = " ".join(cell.text.strip() for cell in values if cell.text.strip())
        placement.lose(
            LossKind.WIDTH_MISMATCH,
            f"表二“{_shown(label)}”有 {len(raw.split())} 个数值，表头有 {len(heads)} 列，对应不上，没有采用（{raw[:40]}）。",
            next((cell_id for cell_id in ids.values() if cell_id), None),
            label.locator,
        )
        for cell_id in filter(None, ids.values()):
            placement.doubtful(cell_id, raw, label.locator)
        return
    for head in heads:
        cell = next((cell for cell in values if under[id(cell)] == [head]), None)
        cell_id = ids[id(head)]
        if cell and cell_id:
            placement.place(cell_id, cell, board)
            if cell_id in _ONLY:
                placement.vote("t2", _ONLY[cell_id])
        elif cell and cell.text.strip():
            placement.lose(
                LossKind.UNPLACED_VALUE,
                f"表二“{_shown(label)}”“{_shown(head.cell)}”不是规定的栏目，其数值“{cell.text.strip()[:20]}”没有采用。",
                None,
                cell.locator,
            )


def _cell_id(row: str, head: _Head) -> str | None:
    if head.key is None:
        return None
    cell_id = f"t2.{row}.{head.key.rsplit('.', 1)[1]}"
    return cell_id if cell_id in _CELLS else None


def _duplicate(placement: Placement, row: str, label: RawCell, heads: list[_Head], values: list[RawCell]) -> None:
    """The second row with one label: its values are not taken; the row of the same block that is missing may be meant, but nobody knows."""
    missing = _sibling(row, placement)
    shown = "、".join(cell.text.strip() for cell in values if cell.text.strip())
    names = f"；缺少“{missing[0]}”一行，不能断定重复的一行就是它" if missing else ""
    placement.lose(
        LossKind.DUPLICATED_ROW,
        f"表二“{_shown(label)}”出现两次，第二次的数值（{shown or '空白'}）没有采用{names}。",
        missing[1] if missing else None,
        label.locator,
    )
    for head in heads:
        cell_id = _cell_id(row, head)
        first = placement.cells.get(cell_id) if cell_id else None
        cell = next((cell for cell in values if cell.column < head.cell.end and head.cell.column < cell.end), None)
        if cell_id and first and cell and read_value(cell.text, "万元").value not in (None, first.value):
            placement.lose(LossKind.CONFLICT, f"{name_of(cell_id)}所在的行出现两次，数值不同，请核对。", cell_id, cell.locator)


def _sibling(row: str, placement: Placement) -> tuple[str, str] | None:
    """Label and first cell of another row of the same block that has not been seen."""
    for edition in reversed(editions()):
        for block in load_form(edition).t2.blocks:
            rows = {line.id: line for line in block.rows}
            if row not in rows:
                continue
            for line in block.rows:
                ids = [f"t2.{line.id}.{column.id}" for column in block.columns]
                if line.id != row and not any(cell in placement.cells for cell in ids):
                    shared = [cell for cell in ids if cell not in _ONLY]
                    return line.label, (shared or ids)[0]
    return None


def _shown(cell: RawCell) -> str:
    return "".join(cell.text.split())[:30]
