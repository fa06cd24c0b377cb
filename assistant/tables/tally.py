"""Counting with the rows behind every number, and collecting what could not be counted."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from assistant.tables.result import DecisionKind, DecisionNeeded, VocabularyId

_SHOWN = 5


class Tally:
    """Counts per cell with row locators; undecided rows grouped by what is the matter with them."""

    def __init__(self) -> None:
        self.counts: dict[str, int | Decimal] = {}
        self.rows: dict[str, list[str]] = {}
        self.notes: list[str] = []
        self._undecided: dict[tuple[DecisionKind, VocabularyId, str, str, tuple[str, ...], bool], list[str]] = {}

    def add(self, cell: str, locator: str, amount: int | Decimal = 1) -> None:
        """Count `amount` into `cell` for the row at `locator`."""
        self.counts[cell] = self.counts.get(cell, 0) + amount
        self.rows.setdefault(cell, []).append(locator)

    def unknown(
        self, kind: DecisionKind, vocabulary: VocabularyId, found: tuple[str, str], locator: str, candidates: tuple[str, ...] = ()
    ) -> None:
        """Remember a wording that a person must decide about, as `found` = (wording, why). An empty one is decided row by row."""
        wording, why = found
        self._undecided.setdefault((kind, vocabulary, wording, why, candidates, bool(wording)), []).append(locator)

    def undecided(
        self, kind: DecisionKind, found: tuple[str, str], locator: str, candidates: tuple[str, ...] = (), vocabulary: VocabularyId = ""
    ) -> None:
        """Remember a row that a person must decide about by itself, as `found` = (what is written, why); rows with the same trouble are asked together."""
        wording, why = found
        self._undecided.setdefault((kind, vocabulary, wording, why, candidates, False), []).append(locator)

    @property
    def decisions(self) -> tuple[DecisionNeeded, ...]:
        """All open decisions, largest first, then in order of wording."""
        found = [
            DecisionNeeded(
                kind=kind,
                wording=wording,
                message=f"{why}（{place_text(rows)}）",
                rows=tuple(rows),
                candidates=candidates,
                by="wording" if by_wording else "row",
                vocabulary=vocabulary,
            )
            for (kind, vocabulary, wording, why, candidates, by_wording), rows in self._undecided.items()
        ]
        return tuple(sorted(found, key=lambda item: (-len(item.rows), item.kind, item.wording, item.rows)))


def place_text(rows: Iterable[str]) -> str:
    """`台账!A3、台账!A9 等 12 行`."""
    listed = list(rows)
    shown = "、".join(listed[:_SHOWN])
    return f"{shown} 等{len(listed)}行" if len(listed) > _SHOWN else shown
