"""Pages of lines and ruled tables, from PDF files and scans, to paragraphs and tables in reading order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.files.grid.breaks import join_pieces
from assistant.files.pdf_grid import Ruled, TextLine, edges, same_sides, to_table
from assistant.files.plain.lines import Line
from assistant.files.plain.paragraphs import paragraphs
from assistant.files.raw import Paragraph, RawTable

_INDENT = (1.4, 2.7)  # sizes of a character by which a first line is indented
_SHARED = 3
_NARROW = 8


@dataclass(frozen=True)
class Page:
    """A page: lines of text outside tables and ruled tables, both from top to bottom; `left` and `right` are the edges of the text (0: not
    known), `width` is that of the paper."""

    number: int
    lines: tuple[TextLine, ...]
    tables: tuple[Ruled, ...]
    left: float
    width: float = 0.0
    right: float = 0.0


def without_running_heads(pages: Sequence[Page]) -> list[Page]:
    """Without lines that stand first or last on most pages alike."""
    if len(pages) < 4:
        return list(pages)
    ends = Counter(line.text for page in pages for line in {id(line): line for line in (*page.lines[:1], *page.lines[-1:])}.values())
    running = {text for text, count in ends.items() if count > len(pages) * 0.6}
    if not running:
        return list(pages)
    return [replace(page, lines=tuple(line for line in page.lines if line.text not in running)) for page in pages]


def with_edges(pages: Sequence[Page]) -> list[Page]:
    """The pages with the edges of their text. On a page of single-line paragraphs all lines are indented: its left edge is that of the other
    pages. The right edge is where several lines end; a text in which none fills its line is taken to stand in the middle of the paper."""
    size = Counter(line.size for page in pages for line in page.lines).most_common(1)[0][0] if any(page.lines for page in pages) else 0.0
    lefts = sorted({page.left for page in pages if page.lines})
    found = []
    for page in pages:
        others = [left for left in lefts if _INDENT[0] * size < page.left - left < _INDENT[1] * size]
        found.append(replace(page, left=others[0] if others else page.left))
    ends = sorted((line.right for page in pages for line in page.lines), reverse=True)
    shared = next((end for end, lower in zip(ends, ends[_SHARED - 1 :], strict=False) if end - lower < 1.5 * size), 0.0)
    middle = max((page.width - page.left for page in found if page.lines and page.width), default=0.0)
    right = max(shared, middle) if shared < middle - _NARROW * size else shared
    return [replace(page, right=right) for page in found]


def items_of(pages: Sequence[Page]) -> list[Paragraph | RawTable]:
    """Paragraphs and tables in reading order; a table that ends a page and goes on at the top of the next is one."""
    pages = with_edges(pages)
    items: list[Paragraph | RawTable] = []
    waiting: list[Line] = []
    open_table: list[Ruled] = []
    tables = 0
    number = 0

    def close_table() -> None:
        nonlocal tables
        if open_table:
            tables += 1
            items.append(_joined(open_table, f"表{tables}"))
            open_table.clear()

    def close_text() -> None:
        items.extend(paragraphs(waiting, "layout"))
        waiting.clear()

    for page in pages:
        for at, part in enumerate(_in_order(page)):
            if isinstance(part, TextLine):
                close_table()
                number += 1
                waiting.append(_as_line(part, page, number))
            else:
                close_text()
                if not (at == 0 and open_table and open_table[-1].page == page.number - 1 and same_sides(open_table[-1].box, part.box)):
                    close_table()
                open_table.append(part)
    close_table()
    close_text()
    return items


def _in_order(page: Page) -> list[TextLine | Ruled]:
    parts: list[tuple[float, TextLine | Ruled]] = [(line.top, line) for line in page.lines]
    parts += [(table.box[1], table) for table in page.tables]
    return [part for _, part in sorted(parts, key=lambda item: item[0])]


def _as_line(line: TextLine, page: Page, number: int) -> Line:
    """A line with its indentation in half characters."""
    half = line.size / 2
    indent = max(round((line.left - page.left) / half), 0)
    room = max(round((page.right - line.right) / half), 0) if page.right else None
    return Line(number, page.number, " " * indent + line.text, (), (), place=f"第{page.number}页", room=room)


def _joined(pieces: Sequence[Ruled], name: str) -> RawTable:
    verticals = edges([side for piece in pieces for box, _ in piece.cells for side in (box[0], box[2])])
    table = to_table(pieces[0], verticals, name)
    for piece in pieces[1:]:
        table = join_pieces(table, to_table(piece, verticals, name))
    return table
