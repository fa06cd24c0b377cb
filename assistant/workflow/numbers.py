"""Numbers in documents for scripts."""

from __future__ import annotations

from decimal import Decimal


def number(value: Decimal | None) -> int | float | None:
    """A count as integer, an amount as the nearest float."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
