"""Pages of lines and ruled tables, from PDF files and scans, to paragraphs and tables in reading order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.files.grid.breaks import join_pieces
from assistant.files.pdf_grid import Ruled, TextLine, edges, same_sides, to_table
from assistant.files.plain.lines import Line
from assistant.files.plain.paragraphs import paragraphs
from assistant.files.raw import Paragraph, RawTable


@dataclass(frozen=True)
class Page:
    """A page: lines of text outside tables and ruled tables, both from top to bottom; `left` is the left edge of the text."""

    number: int
    lines: tuple[TextLine, ...]
    tables: tuple[Ruled, ...]
    left: float


def without_running_heads(pages: Sequence[Page]) -> list[Page]:
    """Without lines that stand first or last on most pages alike."""
    if len(pages) < 4:
        return list(pages)
    ends = Counter(line.text for page in pages for line in {id(line): line for line in (*page.lines[:1], *page.lines[-1:])}.values())
    running = {text for text, count in ends.items() if count > len(pages) * 0.6}
    if not running:
        return list(pages)
    return [Page(page.number, tuple(line for line in page.lines if line.text not in running), page.tables, page.left) for page in pages]


def items_of(pages: Sequence[Page]) -> list[Paragraph | RawTable]:
    """Paragraphs and tables in reading order; a table that ends a page and goes on at the top of the next is one."""
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
    indent = max(round((line.left - page.left) / (line.size / 2)), 0)
    return Line(number, page.number, " " * indent + line.text, (), (), place=f"第{page.number}页")


def _joined(pieces: Sequence[Ruled], name: str) -> RawTable:
    verticals = edges([side for piece in pieces for box, _ in piece.cells for side in (box[0], box[2])])
    table = to_table(pieces[0], verticals, name)
    for piece in pieces[1:]:
        table = join_pieces(table, to_table(piece, verticals, name))
    return table
