"""Columns by position in laid-out text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from assistant.files.plain.lines import Piece

NEAR = 0.35
_LEAST_GAP = 2.0


def own_columns(pieces: Sequence[Piece], columns: int) -> list[float]:
    """The middles of as many columns as there are, from pieces that stand clearly apart or below one another; empty otherwise."""
    groups: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda item: item.middle):
        if groups and piece.middle - groups[-1][-1].middle < _LEAST_GAP:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    apart = all(min(p.start for p in right) > max(p.end for p in left) for left, right in pairwise(groups))
    return [sum(piece.middle for piece in group) / len(group) for group in groups] if len(groups) == columns and apart else []


def by_column(pieces: Sequence[Piece], middles: Sequence[float]) -> list[str]:
    """The text of each column: its pieces from top to bottom, one a line; empty where nothing stands. No list at all when a piece stands
    between two columns."""
    if len(middles) < 2:
        return []
    gap = min(right - left for left, right in pairwise(middles))
    columns: list[list[Piece]] = [[] for _ in middles]
    for piece in pieces:
        nearest = min(range(len(middles)), key=lambda at: abs(middles[at] - piece.middle))
        if abs(middles[nearest] - piece.middle) > max(NEAR * gap, 1.0):
            return []
        columns[nearest].append(piece)
    return ["\n".join(piece.text for piece in sorted(column, key=lambda item: item.line)) for column in columns]
