"""Numbers in the wrong place of 表三: a row typed one column off, two numbers of a column exchanged. Each leaves many broken sums and one cause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import combinations
from typing import Literal, NamedTuple

from assistant.checks.tables.locate import Terms, plausible

Kind = Literal["left", "right", "exchanged"]


class Moved(NamedTuple):
    """What happened and the right value of each cell concerned, in printed order."""

    kind: Kind
    right: tuple[tuple[str, Decimal], ...]


def moved(
    lines: tuple[tuple[str, ...], ...], residuals: Mapping[str, Decimal], terms: Terms, values: Mapping[str, Decimal]
) -> Moved | None:
    """The one movement that makes every sum right, or nothing. `lines` are the rows of the table, the total last; the rest as in `locate`."""
    broken = {key: rest for key, rest in residuals.items() if rest}
    if not broken or any(cell not in values for line in lines for cell in line):
        return None
    first = next(iter(broken))  # what changes no cell of a broken sum does not mend it
    concerned = frozenset(cell for line in lines for cell in line if any(key == first for key, _ in terms.get(cell, ())))
    possible = (*_shifts(lines, concerned, values), *_exchanges(lines, concerned, values))
    fitting = [found for found in possible if _mends(found, broken, residuals, terms, values)]
    return fitting[0] if len(fitting) == 1 else None


def _shifts(lines: tuple[tuple[str, ...], ...], concerned: frozenset[str], values: Mapping[str, Decimal]) -> Iterator[Moved]:
    """Each row with a cell that is `concerned` moved back by one column; the number that fell out follows from the row's own sum."""
    for line in lines:
        printed = [values[cell] for cell in line]
        if concerned.isdisjoint(line) or not any(printed):
            continue
        parts = printed[1:]
        yield Moved("right", tuple(zip(line, [*parts, sum(parts, Decimal(0))], strict=True)))
        *rest, total = printed[:-1]
        yield Moved("left", tuple(zip(line, [total - sum(rest, Decimal(0)), *rest, total], strict=True)))


def _exchanges(lines: tuple[tuple[str, ...], ...], concerned: frozenset[str], values: Mapping[str, Decimal]) -> Iterator[Moved]:
    """Any two numbers of a column that differ, of which one is `concerned`."""
    for column in zip(*lines, strict=True):
        if concerned.isdisjoint(column):
            continue
        for one, two in combinations(column, 2):
            if (one in concerned or two in concerned) and values[one] != values[two]:
                yield Moved("exchanged", ((one, values[two]), (two, values[one])))


def _mends(
    found: Moved, broken: Mapping[str, Decimal], residuals: Mapping[str, Decimal], terms: Terms, values: Mapping[str, Decimal]
) -> bool:
    """Whether the movement changes each broken sum by what it lacks and no other sum."""
    changes: dict[str, Decimal] = {}
    for cell, right in found.right:
        if not plausible(right):
            return False
        for key, sign in terms.get(cell, ()):
            if key in residuals:
                changes[key] = changes.get(key, Decimal(0)) + sign * (right - values[cell])
    return {key: -change for key, change in changes.items() if change} == broken
