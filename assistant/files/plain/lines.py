"""Lines of plain text as pieces: words with their place, values told from labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Literal, NamedTuple

from assistant.expressions import regex
from assistant.files.grid.numbers import looks_like_value
from assistant.text.normalise import fold_label

Mode = Literal["tabs", "layout", "raw"]
_WORD = regex(r"\S+")
_NOT_KEY = regex(r"[\s\"'()<>《》，,。.:：;；、·\-]")
_PAGE_NUMBER = regex(r"^\s*(?:[-—–]\s*\d{1,3}\s*[-—–]|第\s*\d{1,3}\s*页(?:\s*[,，/共].{0,8})?)\s*$")
_GAP = regex(r"\S {3,}\S")
_RUN = 4
_PLACEHOLDERS = frozenset({"无"})


@lru_cache(maxsize=4096)
def skeleton(text: str) -> str:
    """A label or piece of one without spaces, brackets and punctuation, in which pieces are compared."""
    return _NOT_KEY.sub("", fold_label(text))


class Piece(NamedTuple):
    """A word: text, its skeleton, the number of its line, its first and last column; `cell` is the cell number in tabbed text."""

    text: str
    key: str
    line: int
    start: int
    end: int
    cell: int = 0

    @property
    def middle(self) -> float:
        """The column of its middle."""
        return (self.start + self.end) / 2


class Line(NamedTuple):
    """A line: its number in the file (from 1), page, text, label pieces, and the values that stand at its end (blank cells of tabbed
    text included). `width` is the number of cells in tabbed text; `room` how many half characters would still fit behind the text, where
    that is known."""

    number: int
    page: int
    text: str
    labels: tuple[Piece, ...]
    values: tuple[Piece, ...]
    width: int = 0
    place: str = ""
    room: int | None = None

    @property
    def locator(self) -> str:
        """Where the line stands: `第12行`, or `place` when the source has pages instead of lines."""
        return self.place or f"第{self.number}行"


def mode_of(text: str) -> Mode:
    """How columns are kept apart in `text`: by tabs, by position, or not at all."""
    rows = text.splitlines()
    if sum(1 for row in rows if row.count("\t") >= 3) >= 5:
        return "tabs"
    return "layout" if sum(1 for row in rows if len(_GAP.findall(row)) >= 2) >= 5 else "raw"


def split_lines(text: str, mode: Mode) -> list[Line]:
    """The lines that are not empty, without page numbers."""
    found: list[Line] = []
    number = 0
    for page, part in enumerate(text.split("\f"), 1):
        rows = part.splitlines() if page == 1 or part else []
        for row in _unclosed(rows) if mode == "tabs" else rows:
            number += 1
            if row.strip() and not _PAGE_NUMBER.match(row):
                found.append(_tabbed(row, number, page) if mode == "tabs" else _spaced(row, number, page))
    return found


def line_of(text: str, number: int, place: str) -> Line:
    """A line that stands at `place` of a source without lines: `text` with tabs between its cells, or with spaces between words."""
    return (_tabbed(text, number, 1) if "\t" in text else _spaced(text, number, 1))._replace(place=place)


def _unclosed(rows: list[str]) -> Iterator[str]:
    """The rows without the tab after the last cell, where all rows of a run have one: that tab ends the row and is no blank cell."""
    for tabbed, group in groupby(rows, key=lambda row: "\t" in row):
        run = list(group)
        closed = tabbed and len(run) >= _RUN and all(row.endswith("\t") for row in run)
        yield from (row[:-1] for row in run) if closed else run


def _is_value(text: str) -> bool:
    return text not in _PLACEHOLDERS and looks_like_value(text)


def _spaced(row: str, number: int, page: int) -> Line:
    pieces = [Piece(match[0], skeleton(match[0]), number, match.start(), match.end()) for match in _WORD.finditer(row)]
    cut = len(pieces)
    while cut and _is_value(pieces[cut - 1].text):
        cut -= 1
    return Line(number, page, row, tuple(pieces[:cut]), tuple(pieces[cut:]))


def _tabbed(row: str, number: int, page: int) -> Line:
    cells = row.split("\t")
    pieces = []
    start = 0
    for at, cell in enumerate(cells):
        pieces.append(Piece(cell.strip(), skeleton(cell), number, start, start + len(cell), at))
        start += len(cell) + 1
    last = max((at for at, piece in enumerate(pieces) if piece.text and not _is_value(piece.text)), default=-1)
    labels = tuple(piece for piece in pieces[: last + 1] if piece.text)
    return Line(number, page, row, labels, tuple(pieces[last + 1 :]), len(cells))


def usual_width(lines: Sequence[Line]) -> int:
    """The number of cells that most lines with values have."""
    counts = Counter(line.width for line in lines if any(piece.text for piece in line.values))
    return counts.most_common(1)[0][0] if counts else 0
