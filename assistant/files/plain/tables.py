"""Printed tables built from explained text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.domain.report import Loss, LossKind
from assistant.files.grid.numbers import read_value
from assistant.files.plain.doubts import beside_strangers, further_columns
from assistant.files.plain.lines import Line, Mode, Piece, usual_width
from assistant.files.plain.places import NEAR, by_column, own_columns
from assistant.files.plain.streams import Explained, Explainer, Found, Stream
from assistant.files.raw import RawCell, RawTable
from assistant.forms import Form, editions, load_form, printed_grid

_WORST = 60.0
"""An explanation that costs more says that the text is no such table."""


@dataclass(frozen=True)
class Built:
    """A table found in text, and remarks about what did not fit into it."""

    table: RawTable | None
    losses: tuple[Loss, ...] = ()


def stacked_table(lines: Sequence[Line], mode: Mode, name: str) -> Built:
    """表二 out of its lines."""
    told = _cheapest([Explainer(_stacked_stream(load_form(edition))) for edition in editions()], lines)
    if told is None:
        return Built(None)
    best = told[1]
    rows: list[list[RawCell]] = []
    head: list[Found] = []
    opened = 0  # the line with which the block or its header begins
    for found in best.labels[0]:
        kind = found.key.split(".")[1]
        at = len(rows)
        where = _where(found, lines)
        if kind == "block":
            rows.append([RawCell(at, 0, text=found.text, locator=where)])
            head, opened = [], found.pieces[0].line
        elif kind == "header":
            rows.append([RawCell(at, 0, text=found.text, locator=where)])
            opened = opened if not head else found.pieces[0].line
        elif kind == "column" and rows:
            head.append(found)
            column = found.pieces[0].cell if mode == "tabs" else len(head)
            rows[-1].append(RawCell(at - 1, max(column, 1), text=found.text, locator=where))
        elif kind == "row":
            values = _tab_cells(found, at, lines) if mode == "tabs" else _below_heads(_printed(found), at, opened, found, head, best, where)
            rows.append([RawCell(at, 0, text=found.text, locator=where), *values])
    losses = (*_remarks(best, lines, "表二"), *beside_strangers(best, load_form(editions()[told[0]])))
    return Built(RawTable(tuple(cell for row in rows for cell in row), name), losses)


def _below_heads(
    printed: Sequence[Piece], row: int, opened: int, found: Found, head: Sequence[Found], told: Explained, where: str
) -> list[RawCell]:
    """The values of a row of 表二, one below each head; all in one cell when a text in the header was not explained, since that may be a head."""
    first = found.pieces[0].line
    last = max((piece.line for label in head for piece in label.pieces), default=opened)
    unknown = any(opened <= piece.line <= last and piece.line < first for piece in told.unexplained)
    if unknown and printed:
        return [_all_in_one(printed, row, 1, len(head) + 1, where)]
    return _spaced_cells(printed, row, 1, len(head), where)


def _cheapest(explainers: Sequence[Explainer], lines: Sequence[Line]) -> tuple[int, Explained] | None:
    """The number of the explainer that explains `lines` at the least cost (of equals the first) and what it says, None when all cost too
    much. The last is tried first: the others can give up as soon as they cost more."""
    best: tuple[int, Explained] | None = None
    most = _WORST
    for at in reversed(range(len(explainers))):
        told = explainers[at].explain(lines, most)
        if told is not None:
            best, most = (at, told), told.cost
    return best


def _stacked_stream(form: Form) -> Stream:
    keys: list[str] = []
    texts: list[str] = []
    counts: list[int | None] = []

    def add(key: str, text: str, count: int) -> None:
        keys.append(key)
        texts.append(text)
        counts.append(count)

    for block in form.t2.blocks:
        add(f"t2.block.{block.id}", block.label, 0)
        add(f"t2.header.{block.id}", form.t2.header, 0)
        for column in block.columns:
            add(f"t2.column.{block.id}.{column.id}", column.label, 0)
        for row in block.rows:
            add(f"t2.row.{row.id}", row.label, len(block.columns))
    return Stream(tuple(keys), tuple(texts), tuple(counts))


def matrix_table(lines: Sequence[Line], mode: Mode, name: str) -> Built:
    """表三 out of its lines."""
    told = _cheapest([Explainer(*_matrix_streams(load_form(edition))) for edition in editions()], lines)
    if told is None:
        return Built(None)
    form, best = load_form(editions()[told[0]]), told[1]
    labels = {found.key: found for stream in best.labels[3:] for found in reversed(stream)}
    cells = list(_matrix_head(form, labels, mode, lines))
    doubts: list[Loss] = []
    width = usual_width(lines)
    places = _places(best.labels[0], lines, len(form.t3.columns)) if mode == "layout" else {}
    groups = sorted(
        (*((found, 0) for found in best.labels[1]), *((found, 1) for found in best.labels[2])), key=lambda item: _order(item[0])
    )
    for at, found in enumerate(best.labels[0], 3):
        while groups and _order(groups[0][0]) < _order(found):
            group, column = groups.pop(0)
            cells.append(RawCell(at, column, text=group.text, locator=_where(group, lines)))
        where = _where(found, lines)
        cells.append(RawCell(at, 2, text=found.text, locator=where))
        values = _matrix_values(found, at, mode, width, len(form.t3.columns), places, lines)
        texts = [cell.text for cell in values]
        doubts += unconfirmed(texts, _printed(found), found.key.replace(".row", "", 1), [column.id for column in form.t3.columns], mode)
        cells += values
    doubts += [*further_columns(best.labels[0], [column.id for column in form.t3.columns]), *beside_strangers(best, form)]
    return Built(RawTable(tuple(_apart(cells)), name), (*_remarks(best, lines, "表三"), *doubts))


def unconfirmed(texts: Sequence[str], pieces: Sequence[Piece], row: str, columns: Sequence[str], mode: Mode) -> tuple[Loss, ...]:
    """Doubt about the values of a row (`texts`, by column) that stand on several lines and whose last is not the sum of the others: a blank
    cell and a number broken in two would look the same. In tabbed text the cells themselves are known."""
    if mode == "tabs" or len(texts) != len(columns) or len({piece.line for piece in pieces}) < 2:
        return ()
    numbers = [read_value(text).value for text in texts]
    known = [number for number in numbers if number is not None]
    if len(known) == len(numbers) and sum(known[:-1]) == known[-1]:
        return ()
    shown = " ".join(piece.text for piece in pieces)
    message = f"数值（{shown[:50]}）分在几行，合计又对不上，请与原文核对。"
    return tuple(
        Loss(kind=LossKind.UNCERTAIN, message=message, cell=f"{row}.{column}", locator=f"第{pieces[0].line}行") for column in columns
    )


def _apart(cells: Iterable[RawCell]) -> Iterable[RawCell]:
    """Cells without two in one place: two group labels that begin in one row share a cell."""
    seen: dict[tuple[int, int], RawCell] = {}
    for cell in cells:
        old = seen.get((cell.row, cell.column))
        place = (cell.row, cell.column)
        seen[place] = cell if old is None else RawCell(cell.row, cell.column, 1, 1, f"{old.text} {cell.text}", old.locator)
    return seen.values()


def _matrix_streams(form: Form) -> tuple[Stream, tuple[Stream, ...]]:
    table = form.t3
    rows = Stream(
        tuple(f"t3.row.{row.id}" for row in table.rows),
        tuple(row.label for row in table.rows),
        tuple(len(table.columns) for _ in table.rows),
    )
    outer = Stream(("t3.group.results",), (table.groups["results"],))
    inner_keys = [key for key in table.groups if key != "results"]
    inner = Stream(tuple(f"t3.group.{key}" for key in inner_keys), tuple(table.groups[key] for key in inner_keys))
    heads = [("t3.corner", table.corner), ("t3.applicants", table.applicants), ("t3.organisations", table.organisations)]
    heads += [(f"t3.column.{column.id}", column.label) for column in table.columns]
    return rows, (outer, inner, *(Stream((key,), (text,), repeats=True) for key, text in heads))


def _matrix_head(form: Form, labels: dict[str, Found], mode: Mode, lines: Sequence[Line]) -> Iterable[RawCell]:
    """Header cells in the place the form gives them, when the columns stand in the form's order; none otherwise."""
    table = form.t3
    grouped = [f"t3.column.{column.id}" for column in table.columns if column.group]
    single = [f"t3.column.{column.id}" for column in table.columns if not column.group]
    for keys in (grouped, [*single[:1], "t3.organisations", *single[1:]]):
        printed = [labels[key] for key in keys if key in labels]
        order = [(found.pieces[0].middle, 0.0) if mode == "layout" else _order(found) for found in printed]
        if order != sorted(order) or len(labels) < 6:
            return
    texts = {table.corner: "t3.corner", table.applicants: "t3.applicants", table.organisations: "t3.organisations"}
    texts |= {column.label: f"t3.column.{column.id}" for column in table.columns}
    for cell in printed_grid(form.edition, "t3"):
        if cell.row < 3 and texts.get(cell.text) in labels:
            found = labels[texts[cell.text]]
            yield RawCell(cell.row, cell.column, cell.row_span, cell.column_span, found.text, _where(found, lines))


def _matrix_values(
    found: Found, at: int, mode: Mode, width: int, columns: int, places: dict[int, list[float]], lines: Sequence[Line]
) -> list[RawCell]:
    where = _where(found, lines)
    if mode == "tabs":
        groups = [group for group in found.values if any(piece.text for piece in group)] or found.values[:1]
        if (
            len(groups) == 1
            and len(groups[0]) >= columns
            and _line(lines, groups[0][0]).width == width
            and _is_whole(groups[0], columns, lines)
        ):
            return _row_cells(groups[0][-columns:], at, 3, where)
    printed = _printed(found)
    if not printed:
        return [RawCell(at, 3 + column, text="", locator=where) for column in range(columns)]
    if mode == "layout" and (len(printed) != columns or len({piece.line for piece in printed}) > 1):
        middles = places.get(_line(lines, printed[0]).page, [])
        own = own_columns(printed, columns) if len(printed) == columns or not middles else []
        by_place = by_column(printed, own or middles)
        cells = [RawCell(at, 3 + column, text=text, locator=where) for column, text in enumerate(by_place)]
        return cells or [_all_in_one(printed, at, 3, columns, where)]
    return _spaced_cells(printed, at, 3, columns, where)


def _is_whole(group: Sequence[Piece], columns: int, lines: Sequence[Line]) -> bool:
    """Whether the last cells of a row are those of the last columns: not where blank cells at the end of rows may have been left out."""
    if all(piece.text for piece in group[-columns:]):
        return True
    valued = [line for line in lines if any(piece.text for piece in line.values)]
    widest = max((line.width for line in valued), default=0)
    return any(not line.values[-1].text for line in valued) or _line(lines, group[0]).width == widest


def _places(rows: Sequence[Found], lines: Sequence[Line], columns: int) -> dict[int, list[float]]:
    """By page: the middle of each value column, from rows that have a value in every one."""
    sums: dict[int, list[list[float]]] = {}
    for found in rows:
        for group in found.values:
            if len(group) == columns:
                sums.setdefault(_line(lines, group[0]).page, []).append([piece.middle for piece in group])
    return {page: middles for page, rows_ in sums.items() if (middles := _aligned(rows_))}


def _aligned(rows: Sequence[Sequence[float]]) -> list[float]:
    """The middles of columns that stand below one another in every row; none when they do not."""
    middles = [sum(column) / len(column) for column in zip(*rows, strict=True)]
    gap = min(right - left for left, right in pairwise(middles))
    return middles if all(abs(place - middle) <= NEAR * gap for row in rows for place, middle in zip(row, middles, strict=True)) else []


def _printed(found: Found) -> list[Piece]:
    return [piece for group in found.values for piece in group if piece.text]


def _row_cells(pieces: Sequence[Piece], row: int, first: int, where: str) -> list[RawCell]:
    return [RawCell(row, first + at, text=piece.text, locator=where) for at, piece in enumerate(pieces)]


def _spaced_cells(printed: Sequence[Piece], row: int, first: int, columns: int, where: str) -> list[RawCell]:
    """One cell a value when there are as many as columns; else all in one cell across the columns, which nothing can be placed from."""
    if not printed:
        return [RawCell(row, first + at, text="", locator=where) for at in range(columns)]
    if len(printed) == columns:
        return _row_cells(printed, row, first, where)
    return [_all_in_one(printed, row, first, columns, where)]


def _all_in_one(printed: Sequence[Piece], row: int, first: int, columns: int, where: str) -> RawCell:
    return RawCell(row, first, 1, max(columns, 1), " ".join(piece.text for piece in printed), where)


def _tab_cells(found: Found, row: int, lines: Sequence[Line]) -> list[RawCell]:
    """Values in the columns of their cells; values on several lines stand in one cell."""
    groups = [group for group in found.values if any(piece.text for piece in group)] or found.values[:1]
    if len(groups) > 1:
        return _spaced_cells(_printed(found), row, 1, 1, _where(found, lines))
    return [RawCell(row, max(piece.cell, 1), text=piece.text, locator=_where(found, lines)) for piece in (groups[0] if groups else ())]


def _order(found: Found) -> tuple[float, float]:
    return found.pieces[0].line, found.pieces[0].start


def _where(found: Found, lines: Sequence[Line]) -> str:
    return _line(lines, found.pieces[0]).locator


def _line(lines: Sequence[Line], piece: Piece) -> Line:
    """The line that `piece` stands in."""
    return lines[bisect_left(lines, piece.line, key=lambda line: line.number)]


def _remarks(told: Explained, lines: Sequence[Line], table: str) -> tuple[Loss, ...]:
    found: list[Loss] = []
    rows = {id(piece) for piece, _ in told.foreign}
    for piece, values in told.foreign:
        shown = " ".join(value.text for value in values if value.text)[:60]
        message = f"{table}“{piece.text[:30]}”不是规定的行，其数值没有采用（{shown}）。"
        found.append(Loss(kind=LossKind.UNPLACED_ROW, message=message, locator=f"第{piece.line}行"))
    left = "".join(piece.text for piece in told.unexplained if id(piece) not in rows)
    if left:
        found.append(Loss(kind=LossKind.IGNORED, message=f"{table}中的文字“{left[:60]}”没有认出，没有采用。", locator=lines[0].locator))
    if told.orphans:
        shown = " ".join(piece.text for piece in told.orphans)[:60]
        found.append(
            Loss(kind=LossKind.UNPLACED_VALUE, message=f"{table}开头的数值（{shown}）前没有行名，没有采用。", locator=lines[0].locator)
        )
    return tuple(found)
