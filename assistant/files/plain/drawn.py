"""Tables drawn in text with a separator between the cells: bars (Markdown, frames), commas, semicolons, tabs.

A run of such lines whose cells keep their places is a table as any other. One whose lines have different numbers of cells because merged
cells were dropped is handed back as tabbed text, which is explained by the order of its labels.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from assistant.expressions import regex
from assistant.files.grid.labels import vocabulary
from assistant.files.grid.numbers import looks_like_value, read_value
from assistant.files.grid.repeats import unrepeated
from assistant.files.grid.segments import segments
from assistant.files.raw import RawCell, RawTable

Mark = Literal["|", ",", ";", "\t"]
_BARS = str.maketrans("│┃║｜¦", "|||||")
_BORDER = regex(r"^[\s|+:*=\-─━┄┈═┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝╞╪╡╟╫╢]+$")
_RULE = regex(r"[-=─━┄┈═]{2}|:-|-:|\|\s*-\s*\|")
_BREAK = regex(r"<br\s*/?>", re.IGNORECASE)
_BOLD = regex(r"^(\*\*|__|`)(.+)\1$")
_SPLIT_BARS = regex(r"(?<!\\)\|")
_THOUSANDS = regex(r"[1-9]\d{0,2}"), regex(r"\d{3}")
_PLAIN_THOUSAND = regex(r"[1-9]\d{3,}(?:\.\d+)?")
_FEWEST = 2
_GROUPED = 4
_LONGEST_CELL = 90


@dataclass(frozen=True)
class Drawn:
    """A run of lines (indices from, up to) and what it is: a table, or the same lines with tabs between their cells."""

    start: int
    end: int
    table: RawTable | None
    tabbed: tuple[str, ...] = ()


def drawn_tables(rows: Sequence[str]) -> list[Drawn]:
    """The runs of drawn lines among the lines of a text that belong to the statutory tables."""
    marks = [_mark(row) for row in rows]
    if not any(marks):
        return []
    found: list[Drawn] = []
    at = 0
    while at < len(rows):
        mark = marks[at]
        end = at + 1
        if mark is not None:
            end = _end(rows, marks, at, mark)
            drawn = _drawn(rows, at, end, mark)
            if drawn is not None:
                found.append(drawn)
        at = end
    return found


def _mark(row: str) -> Mark | None:
    """The separator of a line that could belong to a drawn table."""
    if "|" in (plain := row.translate(_BARS)) or (_BORDER.match(row) and _RULE.search(row)):
        return "|" if "|" in plain or "+" in plain or _is_border(row) else None
    if "\t" in row:
        return "\t"
    if "。" in row:
        return None
    if ";" in row:
        return ";"
    return "," if "," in row else None


def _is_border(row: str) -> bool:
    return bool(_BORDER.match(row) and _RULE.search(row))


def _end(rows: Sequence[str], marks: Sequence[Mark | None], start: int, mark: Mark) -> int:
    """Past the last line of the run that begins at `start`. Blank lines do not end it, nor do labels that stand alone in a row."""
    last = start
    for at in range(start + 1, len(rows)):
        if marks[at] == mark:
            last = at
        elif rows[at].strip() and not _is_alone(rows[at]):
            break
    return last + 1


def _is_alone(row: str) -> bool:
    words = vocabulary()
    return any(labels.find(row) for labels in (words.blocks, words.matrix_groups, words.dispute_groups))


def _drawn(rows: Sequence[str], start: int, end: int, mark: Mark) -> Drawn | None:
    while mark in ",;" and start and _is_alone(rows[start - 1]):
        start -= 1
    lines = [(at, rows[at]) for at in range(start, end) if rows[at].strip()]
    if sum(1 for _, row in lines if not _is_border(row)) < _FEWEST:
        return None
    read = {"|": _barred, "\t": _tabbed, ",": _separated(","), ";": _separated(";")}[mark]
    cells = read(lines)
    if not cells or max(len(row) for _, row in cells) < _FEWEST or any(len(text) > _LONGEST_CELL for _, row in cells for text, _, _ in row):
        return None
    table = _table(cells, start)
    if not any(part.table for part in segments(table)):
        return None
    repeated = unrepeated(table) is not table  # the places of merged cells are kept
    if mark == "\t":
        return Drawn(start, end, table) if repeated else None
    if mark == ",":
        cells = _undivided(cells)
        table = _table(cells, start)
    if repeated or _keeps_places(cells):
        return Drawn(start, end, table)
    lines_by_row = {at: "\t".join(" ".join(text.split()) for text, _, _ in row) for at, row in cells}
    return Drawn(start, end, None, tuple(lines_by_row.get(at, "") for at in range(start, end)))


_Cell = tuple[str, int, int]  # text, column, columns it takes
_Row = tuple[int, list[_Cell]]  # index of its line, cells
_Lines = Sequence[tuple[int, str]]


def _table(rows: Sequence[_Row], start: int) -> RawTable:
    cells = [RawCell(number, column, 1, span, text, f"第{at + 1}行") for number, (at, row) in enumerate(rows) for text, column, span in row]
    return RawTable(tuple(cells), f"第{start + 1}行起的表")


def _keeps_places(rows: Sequence[_Row]) -> bool:
    """Whether every cell stands in its column: all rows have as many, or blank cells keep the places of merged ones in rows without
    values, so that at most blank cells at the end of a row were left out."""
    widths = {max(column + span for _, column, span in row) for _, row in rows if len(row) > 1}
    if len(widths) == 1:
        return True
    heads = [row for _, row in rows if not any(text and looks_like_value(text) for text, _, _ in row)]
    return any(not left[0] and right[0] for row in heads for left, right in pairwise(row))


def _whole(texts: Sequence[str]) -> list[_Cell]:
    return [(text, column, 1) for column, text in enumerate(texts)]


def _tabbed(lines: _Lines) -> list[_Row]:
    rows = [(at, row.split("\t")) for at, row in lines]
    closed = all(len(cells) > 1 and not cells[-1].strip() for _, cells in rows)
    return [(at, _whole([cell.strip() for cell in (cells[:-1] if closed else cells)])) for at, cells in rows]


def _separated(mark: str) -> Callable[[_Lines], list[_Row]]:
    def read(lines: _Lines) -> list[_Row]:
        found: list[_Row] = []
        for at, row in lines:
            try:
                texts = next(csv.reader([row], delimiter=mark, skipinitialspace=True), [])
            except csv.Error:
                return []
            found.append((at, _whole([text.strip() for text in texts])))
        return found

    return read


def _undivided(rows: list[_Row]) -> list[_Row]:
    """Where rows have different numbers of cells, a comma may be a thousands separator too: the values of a row in which it may stand
    together in one cell, which nothing is placed from, unless the row adds up or the text writes large numbers without separators."""
    if len({len(row) for _, row in rows if len(row) > 1}) == 1:
        return rows
    usual = Counter(len(row) for _, row in rows).most_common(1)[0][0]
    plain = any(_PLAIN_THOUSAND.fullmatch(text) for _, row in rows for text, _, _ in row)
    return [(at, row if _is_clear(row, usual, plain) else _together(row)) for at, row in rows]


def _is_clear(row: Sequence[_Cell], usual: int, plain: bool) -> bool:
    texts = [text for text, _, _ in row]
    divided = any(_THOUSANDS[0].fullmatch(left) and _THOUSANDS[1].fullmatch(right) for left, right in pairwise(texts))
    return not divided or (len(row) <= usual and (plain or _adds_up(texts)))


def _adds_up(texts: Sequence[str]) -> bool:
    """Whether the values of a row of 表三 (seven) or 表四 (three times five) add up to their totals."""
    numbers = [read_value(text).value for text in texts if looks_like_value(text)]
    size = {7: 7, 15: 5}.get(len(numbers))
    if size is None or None in numbers:
        return False
    known = [number for number in numbers if number is not None]
    return all(sum(known[at : at + size - 1]) == known[at + size - 1] for at in range(0, len(known), size))


def _together(row: Sequence[_Cell]) -> list[_Cell]:
    first = next(at for at, (text, _, _) in enumerate(row) if looks_like_value(text))
    values = row[first:]
    return [*row[:first], (" ".join(text for text, _, _ in values if text), values[0][1], len(values))]


def _barred(lines: _Lines) -> list[_Row]:
    """Rows of a table with bars. In a frame with a rule between all rows the lines between two rules are one row."""
    bars = [(at, row.translate(_BARS).strip()) for at, row in lines]
    content = [row for at, row in bars if "|" in row and not _is_border(row)]
    left, right = all(row.startswith("|") for row in content), all(row.endswith("|") and not row.endswith("\\|") for row in content)
    placed = left and right and len({_width(row) for row in content}) == 1 and len({row.count("|") for row in content}) > 1
    groups: list[list[tuple[int, str]]] = [[]]
    for at, row in bars:
        if _is_border(row):
            groups.append([])
        else:
            groups[-1].append((at, row))
    groups = [group for group in groups if group]
    if len(groups) < _GROUPED:
        groups = [[line] for group in groups for line in group]
    edges = sorted({edge for row in content for edge in _edges(row)}) if placed else []
    return [(group[0][0], _grouped([_cells(row, left, right, edges) for _, row in group])) for group in groups]


def _grouped(lines: Sequence[list[_Cell]]) -> list[_Cell]:
    """One row out of its lines: the text of each cell from top to bottom."""
    texts: dict[tuple[int, int], list[str]] = {}
    for line in lines:
        for text, column, span in line:
            texts.setdefault((column, span), []).append(text)
    return [("\n".join(part for part in parts if part), column, span) for (column, span), parts in sorted(texts.items())]


def _cells(row: str, left: bool, right: bool, edges: Sequence[int]) -> list[_Cell]:
    if "|" not in row:
        return _whole([_cell_text(row)])
    body = row[1 if left else 0 : -1 if right else None]
    texts = [_cell_text(text) for text in _SPLIT_BARS.split(body)]
    if not edges:
        return _whole(texts)
    own = _edges(row)
    return [
        (text, edges.index(start), edges.index(end) - edges.index(start)) for text, (start, end) in zip(texts, pairwise(own), strict=False)
    ]


def _cell_text(text: str) -> str:
    plain = _BREAK.sub("\n", text).replace("\\|", "|").replace("&nbsp;", " ").strip()
    bold = _BOLD.match(plain)
    return bold[2].strip() if bold else plain


def _edges(row: str) -> list[int]:
    """The printed places of the bars of a line; Chinese characters take two."""
    found: list[int] = []
    place = 0
    for before, char in zip(" " + row, row, strict=False):
        if char == "|" and before != "\\":
            found.append(place)
        place += 1 if char.isascii() else 2
    return found


def _width(row: str) -> int:
    return sum(1 if char.isascii() else 2 for char in row)


def tabbed_again(rows: Sequence[str], runs: Sequence[Drawn]) -> Iterator[str]:
    """The lines of a text without those that became tables, and with tabs in those that did not keep their places."""
    kept = list(rows)
    for run in runs:
        kept[run.start : run.end] = run.tabbed or [""] * (run.end - run.start)
    return iter(kept)
