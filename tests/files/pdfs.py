"""Small PDF files drawn by hand, uncompressed, in a font that every reader knows: pages of text and ruled tables, as tests need them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from assistant.domain.report import EditionId, GridCell, TableId
from assistant.forms import printed_grid

WIDTH, HEIGHT = 595.0, 842.0
LEFT, SIZE = 60.0, 8.0
_FONT = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
    "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >>"
    " /DW 1000 /W [1 95 500] /FontDescriptor 5 0 R >>",
    "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120"
    " /CapHeight 880 /StemV 93 >>",
)


@dataclass
class Sheet:
    """A page. Places are in points from its top left corner."""

    drawn: list[str] = field(default_factory=list)

    def text(self, x: float, y: float, text: str, size: float = SIZE, turned: bool = False) -> None:
        """A line of text whose top is at `y`; `turned` draws it from bottom to top, its beginning at (x, y)."""
        matrix = f"0 1 -1 0 {x:.2f} {HEIGHT - y:.2f}" if turned else f"1 0 0 1 {x:.2f} {HEIGHT - y - 0.88 * size:.2f}"
        self.drawn.append(f"BT /F1 {size:g} Tf {matrix} Tm <{text.encode('utf-16-be').hex().upper()}> Tj ET")

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A thin line."""
        self.drawn.append(f"0.5 w {x0:.2f} {HEIGHT - y0:.2f} m {x1:.2f} {HEIGHT - y1:.2f} l S")


def pdf(sheets: Sequence[Sheet]) -> bytes:
    """The file."""
    pages = range(6, 6 + 2 * len(sheets), 2)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(sheets)} /Kids [{' '.join(f'{number} 0 R' for number in pages)}] >>",
        *_FONT,
    ]
    for number, sheet in zip(pages, sheets, strict=True):
        content = "\n".join(sheet.drawn)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH:g} {HEIGHT:g}] /Resources << /Font << /F1 3 0 R >> >> /Contents {number + 1} 0 R >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("ascii")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    return (
        out
        + f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n".encode(
            "ascii"
        )
    )


def wrapped(text: str, width: float, size: float) -> list[str]:
    """`text` in lines no wider than `width`, however words run."""
    lines = [""]
    used = 0.0
    for char in text:
        step = size / 2 if char.isascii() else size
        if used + step > width and lines[-1]:
            lines.append("")
            used = 0.0
        lines[-1] += char
        used += step
    return lines


def draw(
    sheet: Sheet,
    cells: Sequence[GridCell],
    texts: Sequence[str],
    widths: Sequence[float],
    top: float,
    *,
    rules: Iterable[str] = ("across", "down"),
    turned: Iterable[int] = (),
) -> float:
    """Draw a table with its upper left corner at (LEFT, top) and return where it ends. `texts` are printed in the order of `cells`, those
    numbered in `turned` from bottom to top."""
    lines = [wrapped(text, _span(widths, cell.column, cell.column_span) - 4, SIZE) for cell, text in zip(cells, texts, strict=True)]
    rows = max(cell.row + cell.row_span for cell in cells)
    heights = [SIZE + 6.0] * rows
    for cell, printed in zip(cells, lines, strict=True):
        short = len(printed) * (SIZE + 1) + 5 - sum(heights[cell.row : cell.row + cell.row_span])
        if short > 0:
            heights[cell.row + cell.row_span - 1] += short
    lefts = [LEFT, *(LEFT + at for at in accumulate(widths))]
    tops = [top, *(top + at for at in accumulate(heights))]
    for number, (cell, printed) in enumerate(zip(cells, lines, strict=True)):
        x0, x1 = lefts[cell.column], lefts[cell.column + cell.column_span]
        y0, y1 = tops[cell.row], tops[cell.row + cell.row_span]
        if "across" in rules:
            sheet.rule(x0, y0, x1, y0)
            sheet.rule(x0, y1, x1, y1)
        if "down" in rules:
            sheet.rule(x0, y0, x0, y1)
            sheet.rule(x1, y0, x1, y1)
        for at, line in enumerate(printed):
            if number in set(turned):
                sheet.text(x0 + 9 + 9 * at, y1 - 2, line, turned=True)
            else:
                sheet.text(x0 + 2, y0 + 2 + at * (SIZE + 1), line)
    return tops[-1]


def _span(widths: Sequence[float], column: int, span: int) -> float:
    return sum(widths[column : column + span])


WIDTHS: dict[TableId, tuple[float, ...]] = {
    "t2": (160.0, 100.0, 100.0, 100.0),
    "t3": (34.0, 50.0, 130.0, *(38.0 for _ in range(7))),
    "t4": tuple(31.0 for _ in range(15)),
}


def form_cells(edition: EditionId, name: TableId, values: dict[str, str]) -> tuple[tuple[GridCell, ...], list[str]]:
    """The cells of a table of the form and what is printed in them."""
    cells = printed_grid(edition, name)
    return cells, [values[cell.cell] if cell.cell else cell.text for cell in cells]
