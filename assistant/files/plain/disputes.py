"""表四 out of plain text: three groups of the same five outcomes, whose labels may be broken over lines side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from assistant.domain.report import GridCell, Loss, LossKind
from assistant.files.grid.labels import vocabulary
from assistant.files.plain.lines import Line, Mode, Piece, skeleton
from assistant.files.plain.places import by_column, own_columns
from assistant.files.plain.streams import Explainer, Stream
from assistant.files.plain.tables import Built, unconfirmed
from assistant.files.raw import RawCell, RawTable
from assistant.forms import editions, load_form, printed_grid

_BEAM = 400
_SAME_LABEL = 0.5
_COSTLIEST = 12.0


@cache
def _grid() -> tuple[GridCell, ...]:
    """The header cells of 表四 in printed order."""
    return tuple(cell for cell in printed_grid(editions()[-1], "t4") if cell.cell is None)


def disputes_table(lines: Sequence[Line], mode: Mode, name: str) -> Built:
    """表四 out of its lines."""
    values = [piece for line in lines for piece in line.values if piece.text]
    count = len(load_form(editions()[-1]).t4.cell_ids)
    labels = _one_after_another(lines) or _side_by_side(lines, mode)
    if labels is None:
        if not values:
            return Built(None)
        shown = " ".join(piece.text for piece in values)[:60]
        return Built(
            None,
            (Loss(kind=LossKind.UNPLACED_VALUE, message=f"表四的表头没有认出，其数值（{shown}）没有采用。", locator=lines[0].locator),),
        )
    head = [
        RawCell(cell.row, cell.column, cell.row_span, cell.column_span, text, lines[0].locator)
        for cell, text in zip(_grid(), labels, strict=True)
    ]
    where = next((line.locator for line in lines if any(piece.text for piece in line.values)), lines[-1].locator)
    texts = _value_texts(lines, values, mode, count)
    if texts is None:
        return Built(RawTable((*head, RawCell(3, 0, 1, count, " ".join(piece.text for piece in values), where)), name))
    table = RawTable((*head, *(RawCell(3, at, text=text, locator=where) for at, text in enumerate(texts))), name)
    return Built(table, tuple(_doubts(texts, values, mode)))


def _doubts(texts: Sequence[str], values: Sequence[Piece], mode: Mode) -> Iterator[Loss]:
    form = load_form(editions()[-1]).t4
    columns = [column.id for column in form.columns]
    for at, group in enumerate(form.groups):
        yield from unconfirmed(texts[at * len(columns) : (at + 1) * len(columns)], values, f"t4.{group.id}", columns, mode)


def _value_texts(lines: Sequence[Line], values: Sequence[Piece], mode: Mode, count: int) -> list[str] | None:
    """The text of each value cell, None when values and columns cannot be matched."""
    if not values:
        return [""] * count
    tabbed = [
        line.values
        for line in lines
        if mode == "tabs" and len(line.values) >= count and not line.labels and any(p.text for p in line.values)
    ]
    tabbed = [row for row in tabbed if not _is_numbering(row)] or tabbed
    if len(tabbed) > 1:
        return None
    if tabbed and not any(piece.text for piece in tabbed[0][count:]):
        return [piece.text for piece in tabbed[0][:count]]
    if mode == "layout" and len({piece.line for piece in values}) > 1:
        return by_column(values, own_columns(values, count)) or None
    return [piece.text for piece in values] if len(values) == count else None


def _is_numbering(row: Sequence[Piece]) -> bool:
    """Whether a row numbers the columns."""
    return [piece.text for piece in row if piece.text] == [str(number) for number in range(1, len(row) + 1)]


def _one_after_another(lines: Sequence[Line]) -> list[str] | None:
    """Header texts when they stand in the text one after the other in one of the usual orders, misprints included."""
    grid = _grid()
    by_row = list(range(len(grid)))
    outcomes = {column.label for column in load_form(editions()[-1]).t4.columns}
    by_group = [*(at for at in by_row if grid[at].text not in outcomes), *(at for at in by_row if grid[at].text in outcomes)]
    bare = [Line(line.number, line.page, line.text, line.labels, ()) for line in lines]
    for order in (by_row, by_group):
        stream = Stream(tuple(str(at) for at in order), tuple(grid[at].text for at in order), tuple(0 for _ in order))
        told = Explainer(stream).explain(bare, _COSTLIEST)
        if told and len(told.labels[0]) == len(grid) and not told.unexplained and told.cost < _COSTLIEST:
            return [found.text for found in sorted(told.labels[0], key=lambda found: int(found.key))]
    return None


@dataclass(frozen=True, slots=True)
class _State:
    """How many characters of each outcome label have been read, how far pieces stood from their place, and which pieces went where."""

    taken: tuple[int, ...]
    cost: float
    read: tuple[tuple[int, str], ...]


def _side_by_side(lines: Sequence[Line], mode: Mode) -> list[str] | None:
    """Header texts when labels are broken over lines that run across several of them: every line must go on with the labels from left to
    right, and all labels must be complete in the end. Text without positions must also begin them from left to right within a group."""
    words = vocabulary()
    groups: dict[str, str] = {}
    states = [_State(tuple(0 for _ in _outcomes()), 0.0, ())]
    for line in lines:
        pieces = []
        for piece in line.labels:
            key = words.dispute_groups.find(piece.text) or words.dispute_parents.find(piece.text)
            if key:
                groups[key] = piece.text
            else:
                pieces.append(piece)
        if pieces:
            states = _best(child for state in states for child in _line(state, pieces, mode, 0, -1))
    labels = _outcomes()
    whole = [state for state in states if all(taken == len(skeleton(label)) for taken, label in zip(state.taken, labels, strict=True))]
    form = load_form(editions()[-1])
    order = [key.removeprefix("t4.group.") for key in groups if key.startswith("t4.group.")]
    if not whole or order != [group.id for group in form.t4.groups]:
        return None
    best = min(whole, key=lambda state: state.cost)
    printed = ["".join(text for at, text in best.read if at == slot) for slot in range(len(labels))]
    return _in_grid_order(groups, printed)


def _in_grid_order(groups: dict[str, str], outcomes: Sequence[str]) -> list[str]:
    form = load_form(editions()[-1])
    keys = {group.label: f"t4.group.{group.id}" for group in form.t4.groups} | {
        g.parent: f"t4.parent.{g.parent}" for g in form.t4.groups if g.parent
    }
    return [groups.get(keys[cell.text], "") if cell.text in keys else outcomes[cell.column] for cell in _grid()]


@cache
def _outcomes() -> tuple[str, ...]:
    """The label above each of the value columns."""
    table = load_form(editions()[-1]).t4
    return tuple(column.label for _ in table.groups for column in table.columns)


def _best(states: Iterator[_State]) -> list[_State]:
    best: dict[tuple[int, ...], _State] = {}
    for state in states:
        if state.taken not in best or state.cost < best[state.taken].cost:
            best[state.taken] = state
    return sorted(best.values(), key=lambda state: state.cost)[:_BEAM]


def _line(state: _State, pieces: Sequence[Piece], mode: Mode, first: int, last: int) -> Iterator[_State]:
    """Every way to go on with labels right of `last` by the pieces from `first` on."""
    if first == len(pieces):
        yield state
        return
    piece = pieces[first]
    width = len(load_form(editions()[-1]).t4.columns)
    for slot in range(max(last, 0), len(state.taken)):
        rest = skeleton(_outcomes()[slot])[state.taken[slot] :]
        if not rest.startswith(piece.key):
            continue
        begins = state.taken[slot] == 0
        if mode != "layout" and begins and slot % width and not state.taken[slot - 1]:
            continue
        taken = (*state.taken[:slot], state.taken[slot] + len(piece.key), *state.taken[slot + 1 :])
        apart = (abs(piece.middle / 6 - slot) if mode == "layout" else 0.1 * slot) + (_SAME_LABEL if slot == last else 0.0)
        yield from _line(_State(taken, state.cost + apart, (*state.read, (slot, piece.text))), pieces, mode, first + 1, slot)
