"""Which cell is to blame. Rows and columns of 表三 are summed both ways, so one wrong cell leaves a pattern of broken sums that no other
cell leaves; two wrong cells usually do too. Only an explanation that is the only one of its size is told.

Provably blind: a fault that keeps every identity (a cell and all totals above it changed alike) leaves nothing to see, and a cell and
its row total changed alike break the column sums in a way that other rows explain as well (told as broken sums, not as a cell).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

Terms = Mapping[str, tuple[tuple[str, int], ...]]


class Root(NamedTuple):
    """A wrong cell: what is added to make all sums right, and the broken relations it explains."""

    cell: str
    delta: Decimal
    relations: tuple[str, ...]


def locate(residuals: Mapping[str, Decimal], terms: Terms, values: Mapping[str, Decimal], suspects: frozenset[str]) -> tuple[Root, ...]:
    """The wrong cells, or nothing when no unique minimal explanation exists.

    `residuals` are all evaluated relations by key (0 where they hold), `terms` the relations of each cell, `values` the cells as read,
    `suspects` cells that are doubtful on their face (blank, dash, negative, decimal): an explanation by them alone goes first.
    """
    broken = {key for key, rest in residuals.items() if rest}
    if not broken:
        return ()
    concerned = {
        cell: relevant
        for cell, mine in terms.items()
        if cell in values
        and (relevant := tuple((key, sign) for key, sign in mine if key in residuals))
        and any(key in broken for key, _ in relevant)
    }
    single = _singles(broken, residuals, concerned, values)
    chosen = [root for root in single if root.cell in suspects] or single
    if len(chosen) == 1:
        return (chosen[0],)
    if single:
        return ()
    pairs = _pairs(broken, residuals, concerned, values)
    favoured = [pair for pair in pairs if pair[0].cell in suspects and pair[1].cell in suspects] or pairs
    return favoured[0] if len(favoured) == 1 else ()


def plausible(value: Decimal) -> bool:
    """Whether a count can have this value."""
    return value >= 0 and value == value.to_integral_value()


def _singles(broken: set[str], residuals: Mapping[str, Decimal], terms: Terms, values: Mapping[str, Decimal]) -> list[Root]:
    roots = []
    for cell, mine in terms.items():
        if {key for key, _ in mine} != broken:
            continue
        deltas = {-residuals[key] * sign for key, sign in mine}
        if len(deltas) == 1 and plausible(values[cell] + (delta := deltas.pop())):
            roots.append(Root(cell, delta, tuple(key for key, _ in mine)))
    return roots


def _pairs(broken: set[str], residuals: Mapping[str, Decimal], terms: Terms, values: Mapping[str, Decimal]) -> list[tuple[Root, Root]]:
    """All pairs of cells that together make every sum right. At most 6 relations can break through two cells."""
    if len(broken) > 6:
        return []
    pairs = []
    keys = {cell: frozenset(key for key, _ in mine) for cell, mine in terms.items()}
    for one, two in combinations(terms, 2):
        if not broken <= keys[one] | keys[two]:
            continue
        pair = _solve(one, two, residuals, terms, keys)
        if pair and all(plausible(values[root.cell] + root.delta) for root in pair):
            pairs.append(pair)
    return pairs


def _solve(
    one: str, two: str, residuals: Mapping[str, Decimal], terms: Terms, keys: Mapping[str, frozenset[str]]
) -> tuple[Root, Root] | None:
    deltas: dict[str, Decimal] = {}
    for cell, other in ((one, two), (two, one)):
        own = {-residuals[key] * sign for key, sign in terms[cell] if key not in keys[other]}
        if len(own) != 1:
            return None
        deltas[cell] = own.pop()
    if not all(deltas.values()):
        return None
    signs = {cell: dict(terms[cell]) for cell in (one, two)}
    for key in keys[one] & keys[two]:
        if residuals[key] + signs[one][key] * deltas[one] + signs[two][key] * deltas[two]:
            return None
    return (Root(one, deltas[one], tuple(keys[one])), Root(two, deltas[two], tuple(keys[two])))
