"""Ruled tables in the image of a page: where lines run, and which fields of their grid belong together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from assistant.files.pdf_grid import Box

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]

_DARK = 150
_SHORTEST = 45
_THICK = 7
_DRAWN = 0.6
_INK = 12
_MOST_LINES = 120


def ruled_cells(image: NDArray[np.uint8]) -> Iterator[list[Box]]:
    """The cells of each ruled table of a page, in pixels, tables from top to bottom."""
    dark = image.min(axis=2) < _DARK if image.ndim == 3 else image < _DARK
    across, down = _runs(dark, 1), _runs(dark, 0)
    ys = _positions(across.sum(axis=1))
    xs = _positions(down.sum(axis=0))
    if len(ys) < 2 or len(xs) < 2 or len(ys) > _MOST_LINES or len(xs) > _MOST_LINES:
        return
    lines = _Lines(across, down, xs, ys)
    start = 0
    for row in range(len(ys)):
        if row == len(ys) - 1 or not any(lines.left_of(row, column) for column in range(len(xs))):
            cells = lines.cells(start, row)
            if len(cells) > 2:
                yield cells
            start = row + 1


def has_ink(image: NDArray[np.uint8]) -> bool:
    """Whether anything is printed in a piece of an image."""
    return image.size > 0 and int((image.min(axis=-1) < _DARK).sum()) > _INK


def _runs(dark: Mask, axis: int) -> Mask:
    """Dark pixels that belong to a straight run of at least `_SHORTEST` along `axis`."""
    import numpy as np

    turned = dark if axis == 1 else dark.T
    sums = np.cumsum(np.pad(turned.astype(np.int32), ((0, 0), (1, 0))), axis=1)
    full = sums[:, _SHORTEST:] - sums[:, :-_SHORTEST] == _SHORTEST
    ends = np.cumsum(np.pad(full.astype(np.int32), ((0, 0), (_SHORTEST, _SHORTEST))), axis=1)
    covered: Mask = ends[:, _SHORTEST:] - ends[:, :-_SHORTEST] > 0
    found: Mask = covered[:, : turned.shape[1]] & turned
    return found if axis == 1 else found.T


def _positions(sums: NDArray[np.intp]) -> list[int]:
    """Middles of the stretches in which lines run."""
    found: list[list[int]] = []
    for at in (int(place) for place in (sums >= _SHORTEST).nonzero()[0]):
        if found and at - found[-1][-1] <= _THICK:
            found[-1].append(at)
        else:
            found.append([at])
    return [sum(group) // len(group) for group in found]


class _Lines:
    """Which sides of the fields between `xs` and `ys` are drawn."""

    def __init__(self, across: Mask, down: Mask, xs: Sequence[int], ys: Sequence[int]) -> None:
        self.across, self.down, self.xs, self.ys = across, down, xs, ys

    def left_of(self, row: int, column: int) -> bool:
        """Whether the field in `row` has a line at `xs[column]`."""
        x = self.xs[column]
        return self._drawn(self.down[self.ys[row] : self.ys[row + 1], max(x - _THICK, 0) : x + _THICK + 1].any(axis=1))

    def above(self, row: int, column: int) -> bool:
        """Whether the field in `column` has a line at `ys[row]`."""
        y = self.ys[row]
        return self._drawn(self.across[max(y - _THICK, 0) : y + _THICK + 1, self.xs[column] : self.xs[column + 1]].any(axis=0))

    @staticmethod
    def _drawn(pixels: np.bool_ | Mask) -> bool:
        return pixels.size > 0 and float(pixels.mean()) >= _DRAWN

    def cells(self, first: int, last: int) -> list[Box]:
        """Fields of the rows from `first` to `last` joined where no line divides them."""
        fields = [
            (row, column)
            for row in range(first, last)
            for column in range(len(self.xs) - 1)
            if any(self.left_of(row, at) for at in range(column + 1))
            and any(self.left_of(row, at) for at in range(column + 1, len(self.xs)))
        ]
        owner = {field: field for field in fields}

        def root(field: tuple[int, int]) -> tuple[int, int]:
            while owner[field] != field:
                field = owner[field]
            return field

        for row, column in fields:
            if (row, column - 1) in owner and not self.left_of(row, column):
                owner[root((row, column))] = root((row, column - 1))
            if (row - 1, column) in owner and not self.above(row, column):
                owner[root((row, column))] = root((row - 1, column))
        groups: dict[tuple[int, int], list[tuple[int, int]]] = {}
        for field in fields:
            groups.setdefault(root(field), []).append(field)
        return [self._box(group) for group in groups.values()]

    def _box(self, group: Sequence[tuple[int, int]]) -> Box:
        rows, columns = [row for row, _ in group], [column for _, column in group]
        return float(self.xs[min(columns)]), float(self.ys[min(rows)]), float(self.xs[max(columns) + 1]), float(self.ys[max(rows) + 1])
