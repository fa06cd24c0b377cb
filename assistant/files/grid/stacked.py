"""表二: blocks one below the other, each with its own header line."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from assistant.domain.report import EditionId, LossKind
from assistant.files.grid.board import Board
from assistant.files.grid.labels import LabelSet, vocabulary
from assistant.files.grid.numbers import read_value
from assistant.files.grid.placement import Placement, name_of
from assistant.files.raw import RawCell
from assistant.forms import editions, load_form
from assistant.text.normalise import fold_label


class _Head(NamedTuple):
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
_ORDERS = [[line.id for line in block.rows] for edition in editions() for block in load_form(edition).t2.blocks]
_CELLS = {cell for edition in editions() for cell in load_form(edition).t2.cell_ids}
_HEADER = fold_label(load_form(editions()[-1]).t2.header)


@dataclass
class _Block:
    """A block as printed: header cells and the rows below them, each with its row key or None."""

    id: str | None = None
    heads: list[_Head] = field(default_factory=list)
    rows: list[tuple[str | None, list[RawCell]]] = field(default_factory=list)


def place_stacked(board: Board, placement: Placement) -> None:
    """Read 表二 from `board`."""
    blocks = _blocks(board, placement)
    kept = _kept(blocks)
    for block in blocks:
        for row, own in block.rows:
            if row is None:
                _unplaced(board, placement, own)
            elif kept[row][1] is not own:
                _duplicate(board, placement, own, block, kept[row], {name for part in blocks for name, _ in part.rows})
            else:
                placement.label(f"t2.row.{row}", own[0])
                _place_row(board, placement, row, own[0], block.heads)
                _doubt_foreign_block(placement, row, own[0], block)


def _blocks(board: Board, placement: Placement) -> list[_Block]:
    words = vocabulary()
    blocks = [_Block()]
    for index, row in enumerate(board.rows):
        own = [cell for cell in row if cell.row == index and cell.text.strip()]
        if not own:
            continue
        first = own[0]
        key = words.blocks.find(first.text) if len(own) == 1 else None
        if key:
            blocks.append(_Block(key.removeprefix("t2.block.")))
            placement.label(key, first)
            if blocks[-1].id in _ONLY:
                placement.vote("t2", _ONLY[key.removeprefix("t2.block.")])
        elif fold_label(first.text) == _HEADER or _is_header(own, words.any_stacked_column):
            if blocks[-1].rows:
                blocks.append(_Block())
            blocks[-1].heads = _read_heads(own, blocks[-1].id, placement)
        else:
            found = words.stacked_rows.match(first.text)
            blocks[-1].rows.append((found.removeprefix("t2.row.") if found else None, own))
    return blocks


def _kept(blocks: list[_Block]) -> dict[str, tuple[_Block, list[RawCell]]]:
    """The printed row that each row is read from: of several with one label the one in its own block, at its place, else the first."""
    kept: dict[str, tuple[int, _Block, list[RawCell]]] = {}
    for block in blocks:
        for position, (row, own) in enumerate(block.rows):
            if row is None:
                continue
            home = block.id is None or block.id in _homes(row)
            in_place = any(order[position : position + 1] == [row] for order in _ORDERS)
            fit = 2 * home + in_place
            if row not in kept or fit > kept[row][0]:
                kept[row] = (fit, block, own)
    return {row: (block, own) for row, (_, block, own) in kept.items()}


@cache  # of the rows of the form
def _homes(row: str) -> frozenset[str]:
    return frozenset(
        block.id for edition in editions() for block in load_form(edition).t2.blocks if row in {line.id for line in block.rows}
    )


def _doubt_foreign_block(placement: Placement, row: str, label: RawCell, block: _Block) -> None:
    """A row under the label of another block: read, but to be looked at."""
    if block.id is None or block.id in _homes(row):
        return
    for cell_id in filter(None, (_cell_id(row, head) for head in block.heads)):
        placement.lose(LossKind.UNCERTAIN, f"{name_of(cell_id)}所在的行印在别的条款之下，请核对。", cell_id, label.locator)


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


def _unplaced(board: Board, placement: Placement, own: list[RawCell]) -> None:
    printed = [cell.text.strip() for cell in _values(board, own[0]) if cell.text.strip()]
    if printed:
        message = f"表二“{_shown(own[0])}”不是规定的行，其数值（{'、'.join(printed)[:60]}）没有采用。"
        placement.lose(LossKind.UNPLACED_ROW, message, None, own[0].locator)


def _values(board: Board, label: RawCell) -> list[RawCell]:
    return [cell for cell in board.rows[label.row] if cell.column >= label.end]


def _place_row(board: Board, placement: Placement, row: str, label: RawCell, heads: list[_Head]) -> None:
    values = _values(board, label)
    if not heads:
        if any(cell.text.strip() for cell in values):
            placement.lose(LossKind.UNPLACED_VALUE, f"表二“{_shown(label)}”上方没有认出表头，其数值没有采用。", None, label.locator)
        return
    under = {id(cell): [head for head in heads if head.cell.column < cell.end and cell.column < head.cell.end] for cell in values}
    stray = [cell for cell in values if cell.text.strip() and len(under[id(cell)]) != 1]
    doubled = [head for head in heads if sum(1 for cell in values if cell.text.strip() and under[id(cell)] == [head]) > 1]
    holes = [head for head in heads if not any(under[id(cell)] == [head] for cell in values)]
    ids = {id(head): _cell_id(row, head) for head in heads}
    if stray or doubled or (holes and any(cell.text.strip() for cell in values)):
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
        target = ids[id(head)]
        if cell and target:
            placement.place(target, cell, board)
            if target in _ONLY:
                placement.vote("t2", _ONLY[target])
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


def _duplicate(
    board: Board, placement: Placement, own: list[RawCell], block: _Block, kept: tuple[_Block, list[RawCell]], present: set[str | None]
) -> None:
    """A further row with one label: its values are not taken; the row of its block that is missing may be meant, but nobody knows."""
    label, values = own[0], _values(board, own[0])
    row = next(name for name, cells in kept[0].rows if cells is kept[1]) or ""
    missing = _sibling(block, row, present)
    shown = "、".join(cell.text.strip() for cell in values if cell.text.strip())
    names = f"；缺少“{missing[0]}”一行，不能断定重复的一行就是它" if missing else ""
    message = f"表二“{_shown(label)}”重复出现，此处的数值（{shown or '空白'}）没有采用{names}。"
    placement.lose(LossKind.DUPLICATED_ROW, message, missing[1] if missing else None, label.locator)
    first = [cell for cell in _values(board, kept[1][0]) if cell.text.strip()]
    second = [cell for cell in values if cell.text.strip()]
    if [read_value(cell.text, "万元").value for cell in first] != [read_value(cell.text, "万元").value for cell in second]:
        for cell_id in filter(None, (_cell_id(row, head) for head in kept[0].heads)):
            placement.lose(LossKind.CONFLICT, f"{name_of(cell_id)}所在的行重复出现，数值不同，请核对。", cell_id, label.locator)


def _sibling(block: _Block, row: str, present: set[str | None]) -> tuple[str, str] | None:
    """Label and first cell of a row that is not printed: of the block in which the doubled row stands, else of the row's own block."""
    homes = [block.id] if block.id else []
    for home in [*homes, *sorted(_homes(row))]:
        for edition in reversed(editions()):
            for part in load_form(edition).t2.blocks:
                for line in part.rows if part.id == home else ():
                    if line.id not in present:
                        ids = [f"t2.{line.id}.{column.id}" for column in part.columns]
                        return line.label, next((cell for cell in ids if cell not in _ONLY), ids[0])
    return None


def _shown(cell: RawCell) -> str:
    return "".join(cell.text.split())[:30]
