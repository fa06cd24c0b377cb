"""The tables of the form as other programs hand them over: a small model of a printed table, what may happen to it, and how it is stored."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.domain.report import EditionId, TableId
from assistant.forms import printed_grid
from tests.files.pages import TABLES, page


@dataclass(frozen=True)
class Box:
    """A printed cell: place, spans, text, the statutory cell it holds, further HTML attributes."""

    row: int
    column: int
    down: int
    across: int
    text: str
    cell: str | None = None
    attributes: str = ""


Drawn = list[Box]
Change = Callable[[TableId, Drawn, random.Random], Drawn]


def drawn(edition: EditionId, name: TableId, values: dict[str, str]) -> Drawn:
    """A table as the form prescribes it."""
    return [
        Box(cell.row, cell.column, cell.row_span, cell.column_span, values[cell.cell] if cell.cell else cell.text, cell.cell)
        for cell in printed_grid(edition, name)
    ]


def height(table: Drawn) -> int:
    """Number of rows."""
    return max(box.row + box.down for box in table)


def width(table: Drawn) -> int:
    """Number of columns."""
    return max(box.column + box.across for box in table)


def line(table: Drawn, row: int) -> Drawn:
    """The cells that begin in a row, from left to right."""
    return sorted((box for box in table if box.row == row), key=lambda box: box.column)


def without_spans(name: TableId, table: Drawn, rnd: random.Random) -> Drawn:
    """Merged cells have become single ones."""
    return [replace(box, down=1, across=1) for box in table]


def without_column_spans(name: TableId, table: Drawn, rnd: random.Random) -> Drawn:
    """Merged cells go down only."""
    return [replace(box, across=1) for box in table]


def without_row_spans(name: TableId, table: Drawn, rnd: random.Random) -> Drawn:
    """Merged cells go across only."""
    return [replace(box, down=1) for box in table]


def unmerged(name: TableId, table: Drawn, rnd: random.Random) -> Drawn:
    """Every place has a cell of its own, those that were merged are blank but for the first."""
    return [
        Box(box.row + row, box.column + column, 1, 1, "" if row or column else box.text, box.cell)
        for box in table for row in range(box.down) for column in range(box.across)
    ]  # fmt: skip


def inserted(table: Drawn, at: int, texts: Sequence[tuple[str, int]]) -> Drawn:
    """A row of texts with their widths put in before row `at`."""
    moved = [replace(box, row=box.row + (box.row >= at), down=box.down + (box.row < at < box.row + box.down)) for box in table]
    column = 0
    for text, across in texts:
        moved.append(Box(at, column, 1, across, text))
        column += across
    return moved


def numbering_row(name: TableId, table: Drawn, rnd: random.Random) -> Drawn:
    """The columns are numbered below the header."""
    if name == "t2":
        return table
    lead = [("栏次", 3)] if name == "t3" else []
    return inserted(table, 3, [*lead, *((str(number), 1) for number in range(1, width(table) - 3 * len(lead) + 1))])


def unit_row(name: TableId, table: Drawn, rnd: random.Random) -> Drawn:
    """Units stand below the header."""
    return table if name == "t2" else inserted(table, 3, [("件", 1)] * width(table))


def blank_rows(name: TableId, table: Drawn, rnd: random.Random) -> Drawn:
    """Blank rows between the others."""
    for at in sorted(rnd.sample(range(1, height(table)), 2), reverse=True):
        table = inserted(table, at, [("", width(table))])
    return table


def remark_row(name: TableId, table: Drawn, rnd: random.Random) -> Drawn:
    """A remark with a number below the table."""
    return inserted(table, height(table), [("注：另有3件不计入。", width(table))])


def header_again(name: TableId, table: Drawn, rnd: random.Random) -> Drawn:
    """The header is repeated in the middle, as on a new page."""
    if name != "t3":
        return table
    at = rnd.randrange(6, 20)
    upper = [replace(box, down=min(box.down, at - box.row)) for box in table if box.row < at]
    lower = [
        replace(box, row=max(box.row, at) + 3, down=box.down - max(at - box.row, 0), text=box.text if box.row >= at else "")
        for box in table if box.row + box.down > at
    ]  # fmt: skip
    return [*upper, *(replace(box, row=box.row + at) for box in table if box.row < 3), *lower]


def total_first(name: TableId, table: Drawn, rnd: random.Random) -> Drawn:
    """The total stands before the other columns."""
    places = {9: 3, **{column: column + 1 for column in range(3, 9)}}
    return [replace(box, column=places.get(box.column, box.column)) for box in table] if name == "t3" else table


def total_without_head(name: TableId, table: Drawn, rnd: random.Random) -> Drawn:
    """The head of the total is missing."""
    return [box for box in table if not (name == "t3" and box.row < 3 and box.text == "总计")]


def column_of_last_year(name: TableId, table: Drawn, rnd: random.Random) -> Drawn:
    """A further column behind the total."""
    if name != "t3":
        return table
    further = [Box(row, width(table), 1, 1, str(rnd.randrange(500, 900))) for row in range(3, height(table))]
    return [*table, Box(0, width(table), 3, 1, "上年总计"), *further]


def row_deleted(name: TableId, table: Drawn, rnd: random.Random) -> Drawn:
    """A row is cut out, spans shortened."""
    if name == "t4":
        return table
    gone = rnd.choice(sorted({box.row for box in table if box.cell}))
    kept = []
    for box in table:
        if box.row <= gone < box.row + box.down:
            kept += [replace(box, down=box.down - 1)] if box.down > 1 else []
        else:
            kept.append(replace(box, row=box.row - (box.row > gone)))
    return kept


def numbers_apart(name: TableId, table: Drawn, rnd: random.Random) -> Drawn:
    """List numbers of row labels stand in a column of their own."""
    if name != "t3":
        return table
    found = []
    for box in table:
        if box.column > 2:
            found.append(replace(box, column=box.column + 1))
        elif box.row > 2 and box.text[:1].isdigit():
            found += [replace(box, text=box.text[:2]), replace(box, column=3, text=box.text[2:])]
        else:
            found.append(replace(box, across=box.across + (box.column + box.across == 3)))
    return found


def hidden_cells(name: TableId, table: Drawn, rnd: random.Random) -> Drawn:
    """Cells that are not displayed before the values."""
    if name != "t3":
        return table
    moved = [replace(box, column=box.column + (box.column > 2 and box.row > 2)) for box in table]
    return [*moved, *(Box(row, 3, 1, 1, "7", attributes=' style="display:none"') for row in range(3, height(table)))]


STRUCTURES: tuple[Change, ...] = (
    without_spans, without_column_spans, without_row_spans, unmerged, numbering_row, unit_row, blank_rows, remark_row, header_again, total_first,
    total_without_head, column_of_last_year, row_deleted, numbers_apart, hidden_cells,
)  # fmt: skip


def as_table(table: Drawn, inside: Callable[[Box], str] = lambda box: box.text) -> str:
    """HTML with real tables; `inside` gives the markup of a cell."""
    rows = (
        "".join(f"<td rowspan={box.down} colspan={box.across}{box.attributes}>{inside(box)}</td>" for box in line(table, row))
        for row in range(height(table))
    )
    return "<table>" + "".join(f"<tr>{cells}</tr>" for cells in rows) + "</table>"


def as_blocks(table: Drawn) -> str:
    """A block for every cell, blank ones left out."""
    return "".join(f"<div>{box.text}</div>" for row in range(height(table)) for box in line(table, row) if box.text)


def as_lines(table: Drawn) -> str:
    """A paragraph for every row, cells parted by hard spaces."""
    return "".join("<p>" + "&nbsp;&nbsp;".join(box.text for box in line(table, row)) + "</p>" for row in range(height(table)))


def as_preformatted(table: Drawn) -> str:
    """Preformatted text, cells parted by tabs."""
    return "<pre>" + "\n".join("\t".join(box.text for box in line(table, row)) for row in range(height(table))) + "</pre>"


def web_page(edition: EditionId, values: dict[str, str], change: Change, store: Callable[[Drawn], str], rnd: random.Random) -> bytes:
    """A report whose tables were changed and stored so."""
    return page(store(change(name, drawn(edition, name, values), rnd)) for name in TABLES)
