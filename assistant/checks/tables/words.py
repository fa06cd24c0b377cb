"""Naming cells and amounts in messages."""

from __future__ import annotations

from decimal import Decimal

from assistant.checks.context import CheckContext
from assistant.domain.cell import plain


def listed(ctx: CheckContext, cells: tuple[str, ...], limit: int = 6) -> str:
    """The names of cells, at most `limit` of them."""
    named = "、".join(ctx.name(cell) for cell in cells[:limit])
    return named if len(cells) <= limit else f"{named}等 {len(cells)} 格"


def gap(delta: Decimal) -> str:
    """What a figure has too much or too little: `多 10`, `少 2`. `delta` is what must be added to mend it."""
    return f"少 {plain(delta)}" if delta > 0 else f"多 {plain(-delta)}"


def printed(ctx: CheckContext, cell_id: str) -> str:
    """What stands in the cell: the number, `空白` or the text as printed."""
    cell = ctx.cell(cell_id)
    return plain(cell.value) if cell.value is not None else (cell.raw.strip() or "空白")
