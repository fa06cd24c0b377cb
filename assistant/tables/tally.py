"""Counting with the rows behind every number, and collecting what could not be counted."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from assistant.tables.result import DecisionKind, DecisionNeeded

_SHOWN = 5


class Tally:
    """Counts per cell with row locators; undecided rows grouped by what is the matter with them."""

    def __init__(self) -> None:
        self.counts: dict[str, int | Decimal] = {}
        self.rows: dict[str, list[str]] = {}
        self.notes: list[str] = []
        self._undecided: dict[tuple[DecisionKind, str, str, tuple[str, ...]], list[str]] = {}

    def add(self, cell: str, locator: str, amount: int | Decimal = 1) -> None:
        """Count `amount` into `cell` for the row at `locator`."""
        self.counts[cell] = self.counts.get(cell, 0) + amount
        self.rows.setdefault(cell, []).append(locator)

    def undecided(self, kind: DecisionKind, wording: str, why: str, locator: str, candidates: tuple[str, ...] = ()) -> None:
        """Remember a row that a person must decide about; rows with the same trouble make one decision."""
        self._undecided.setdefault((kind, wording, why, candidates), []).append(locator)

    @property
    def decisions(self) -> tuple[DecisionNeeded, ...]:
        """All open decisions, largest first, then in order of wording."""
        found = [
            DecisionNeeded(kind=kind, wording=wording, message=f"{why}（{place_text(rows)}）", rows=tuple(rows), candidates=candidates)
            for (kind, wording, why, candidates), rows in self._undecided.items()
        ]
        return tuple(sorted(found, key=lambda item: (-len(item.rows), item.kind, item.wording, item.rows)))


def place_text(rows: Iterable[str]) -> str:
    """`台账!A3、台账!A9 等 12 行`."""
    listed = list(rows)
    shown = "、".join(listed[:_SHOWN])
    return f"{shown} 等{len(listed)}行" if len(listed) > _SHOWN else shown
