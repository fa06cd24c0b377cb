"""Joining the pieces of a table that page breaks cut, also through a row or a label."""

from __future__ import annotations

from assistant.files.grid.labels import LabelSet, vocabulary
from assistant.files.grid.numbers import looks_like_value
from assistant.files.raw import RawCell, RawTable


def join_pieces(upper: RawTable, lower: RawTable) -> RawTable:
    """One table out of two pieces on the same columns, `lower` from the top of the next page."""
    base = upper.rows
    bottom = {(cell.column, cell.column_span): cell for cell in upper.cells if cell.row + cell.row_span == base}
    top = [cell for cell in lower.cells if cell.row == 0]
    pairs = {id(cell): bottom[place] for cell in top if (place := (cell.column, cell.column_span)) in bottom}
    cut = _row_was_cut(top, pairs)
    inside = len(pairs) < len(top)
    shift = base - 1 if cut else base
    joined: dict[int, RawCell] = {}
    added: list[RawCell] = []
    for cell in lower.cells:
        above = pairs.get(id(cell))
        if above is not None and (cut or _goes_on(above, cell, inside)):
            text = f"{above.text}\n{cell.text}".strip()
            joined[id(above)] = above._replace(row_span=shift + cell.row + cell.row_span - above.row, text=text)
        else:
            added.append(cell._replace(row=cell.row + shift))
    return RawTable((*(joined.get(id(cell), cell) for cell in upper.cells), *added), upper.locator)


def _row_was_cut(top: list[RawCell], pairs: dict[int, RawCell]) -> bool:
    """Whether the break went through a row: a label goes on below, or the values of a labelled row stand alone below. Only when not both
    sides have values, and every cell below has its counterpart above."""
    above = [pairs.get(id(cell)) for cell in top]
    upper = [cell for cell in above if cell is not None]
    if len(upper) != len(top) or (_has_values(upper) and _has_values(top)):
        return False
    if any(_is_cut_label(one.text, two.text) for one, two in zip(upper, top, strict=True)):
        return True
    values = [(one, two) for one, two in zip(upper, top, strict=True) if two.text.strip()]
    return (
        bool(values)
        and all(looks_like_value(two.text) and not one.text.strip() for one, two in values)
        and any(_is_row_label(one.text) for one, two in zip(upper, top, strict=True) if not two.text.strip())
    )


def _has_values(cells: list[RawCell]) -> bool:
    return any(cell.text.strip() and looks_like_value(cell.text.strip()) for cell in cells)


def _is_row_label(text: str) -> bool:
    words = vocabulary()
    return bool(words.matrix_rows.find(text) or words.stacked_rows.find(text))


def _row_labels() -> tuple[LabelSet, ...]:
    words = vocabulary()
    return (
        words.matrix_rows,
        words.stacked_rows,
        words.any_stacked_column,
        words.matrix_columns,
        words.dispute_columns,
        words.dispute_groups,
    )


def _is_cut_label(above: str, below: str) -> bool:
    """Whether two texts are the halves of one label of a row or column."""
    if not above.strip() or not below.strip():
        return False
    return any(labels.find(above + below) and not labels.find(below) for labels in _row_labels())


def _goes_on(above: RawCell, below: RawCell, inside: bool) -> bool:
    """Whether a cell that spans rows goes on below the break: empty below, or the rest of a label. `inside` says that the break went
    through cells that span rows, since below it other cells begin."""
    groups = vocabulary().matrix_groups
    if not below.text.strip():
        return bool(above.text.strip()) and (inside or bool(groups.find(above.text)))
    if inside and _is_cut_label(above.text, below.text):
        return True
    return bool(groups.find(above.text + below.text)) and not groups.find(below.text)
