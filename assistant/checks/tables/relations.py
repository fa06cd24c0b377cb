"""The identities of a form as sums over cells, and what remains of each when evaluated."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from assistant.domain.report import EditionId, TableId
from assistant.forms import load_form


class Relation(NamedTuple):
    """An identity: Σ left = Σ right. `terms` are (cell, +1 left or −1 right)."""

    template: str
    key: str
    title: str
    article: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    table: TableId

    @property
    def terms(self) -> tuple[tuple[str, int], ...]:
        """All cells with their signs."""
        return tuple((cell, 1) for cell in self.left) + tuple((cell, -1) for cell in self.right)


@cache
def relations(edition: EditionId) -> tuple[Relation, ...]:
    """All identities of an edition, in the order of the form."""
    return tuple(
        Relation(i.template, i.key, i.title, i.article, i.left, i.right, "t4" if i.left[0].startswith("t4.") else "t3")
        for i in load_form(edition).instances
    )


@cache
def by_cell(edition: EditionId) -> dict[str, tuple[tuple[str, int], ...]]:
    """For each cell the relations it stands in: (relation key, sign)."""
    found: dict[str, list[tuple[str, int]]] = {}
    for relation in relations(edition):
        for cell, sign in relation.terms:
            found.setdefault(cell, []).append((relation.key, sign))
    return {cell: tuple(terms) for cell, terms in found.items()}


def residual(relation: Relation, values: Mapping[str, Decimal]) -> Decimal | None:
    """Σ left − Σ right, or None when a cell has no value."""
    total = Decimal(0)
    for cell in relation.left:
        value = values.get(cell)
        if value is None:
            return None
        total += value
    for cell in relation.right:
        value = values.get(cell)
        if value is None:
            return None
        total -= value
    return total
