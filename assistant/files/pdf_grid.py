"""Geometry of a PDF page: characters to lines of text, and ruled rectangles to tables with merged cells."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.files.raw import RawCell, RawTable

Box = tuple[float, float, float, float]  # left, top, right, bottom in points from the top left corner
_SAME_EDGE = 3.2
_SAME_LINE = 0.5
_SPACE = 0.28
_SMALL = 0.72
_ROOM = 2.4
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_DIGITS = re.compile(r"[\d,.，．０-９]+")


@dataclass(frozen=True, slots=True)
class Char:
    """A printed character: its box and size in points."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float

    @property
    def middle(self) -> tuple[float, float]:
        """Centre of the box."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text with its box."""

    text: str
    left: float
    top: float
    right: float
    size: float


@dataclass(frozen=True)
class Ruled:
    """A ruled table of one page: its box and the boxes and texts of its cells."""

    page: int
    box: Box
    cells: tuple[tuple[Box, str], ...]


def text_lines(chars: Iterable[Char]) -> list[TextLine]:
    """Characters gathered into lines, top to bottom, left to right; gaps between characters are spaces."""
    rows: list[list[Char]] = []
    for char in sorted(chars, key=lambda item: (item.middle[1], item.left)):
        middle = char.middle[1]
        if rows and abs(rows[-1][0].middle[1] - middle) <= _SAME_LINE * max(rows[-1][0].size, char.size):
            rows[-1].append(char)
        else:
            rows.append([char])
    return [line for row in rows if (line := _line(sorted(row, key=lambda item: item.left))).text.strip()]


def _line(row: list[Char]) -> TextLine:
    size = max(char.size for char in row)
    parts: list[str] = []
    for at, char in enumerate(row):
        if at and char.left - row[at - 1].right > _SPACE * size:
            parts.append(" ")
        raised = char.size < _SMALL * size and char.text.isdigit() and any(other.text.isdigit() and other.size > char.size for other in row)
        parts.append(char.text.translate(_SUPERSCRIPT) if raised else char.text)
    return TextLine("".join(parts).strip(), row[0].left, min(char.top for char in row), row[-1].right, size)


def cell_text(chars: Sequence[Char], box: Box) -> str:
    """The text of a cell, line by line. A number that was broken because the cell is too narrow for it is one number."""
    lines = text_lines(chars)
    if len(lines) > 1 and all(_DIGITS.fullmatch(line.text) for line in lines):
        room = min((box[2] - box[0]) - (line.right - line.left) for line in lines[:-1])
        if room < _ROOM * lines[0].size:
            return "".join(line.text for line in lines)
    return "\n".join(line.text for line in lines)


def chars_by_cell(chars: Iterable[Char], boxes: Sequence[Box]) -> list[list[Char]]:
    """The characters whose centre lies in each box."""
    found: list[list[Char]] = [[] for _ in boxes]
    order = sorted(range(len(boxes)), key=lambda at: boxes[at][1])
    tops = [boxes[at][1] for at in order]
    for char in chars:
        x, y = char.middle
        for at in reversed(order[: bisect_right(tops, y)]):
            left, _, right, bottom = boxes[at]
            if left <= x <= right and y <= bottom:
                found[at].append(char)
                break
    return found


def edges(values: Iterable[float]) -> list[float]:
    """Positions with those closer than a border's width taken as one."""
    merged: list[list[float]] = []
    for value in sorted(values):
        if merged and value - merged[-1][-1] <= _SAME_EDGE:
            merged[-1].append(value)
        else:
            merged.append([value])
    return [sum(group) / len(group) for group in merged]


def to_table(ruled: Ruled, verticals: Sequence[float], name: str) -> RawTable:
    """A page's piece of a table on the columns `verticals`."""
    horizontals = edges([box[1] for box, _ in ruled.cells] + [box[3] for box, _ in ruled.cells])
    cells: list[RawCell] = []
    taken: set[tuple[int, int]] = set()
    for box, text in sorted(ruled.cells, key=lambda item: (round(item[0][1]), item[0][0])):
        row, column = _nearest(horizontals, box[1]), _nearest(verticals, box[0])
        row_span, column_span = max(_nearest(horizontals, box[3]) - row, 1), max(_nearest(verticals, box[2]) - column, 1)
        places = {(at, across) for at in range(row, row + row_span) for across in range(column, column + column_span)}
        if taken & places:
            continue
        taken |= places
        cells.append(RawCell(row, column, row_span, column_span, text, f"第{ruled.page}页 {name} 行{row + 1} 列{column + 1}"))
    return RawTable(tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))), f"第{ruled.page}页 {name}")


def _nearest(positions: Sequence[float], value: float) -> int:
    return min(range(len(positions)), key=lambda at: abs(positions[at] - value))


def same_sides(one: Box, two: Box) -> bool:
    """Whether two tables have the same left and right border."""
    return abs(one[0] - two[0]) < 8 and abs(one[2] - two[2]) < 8
