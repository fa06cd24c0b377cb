"""The arithmetic of 表三 and 表四 as one verdict: which identities hold, which cells are wrong, which broken sums remain unexplained."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from assistant.checks.context import CheckContext
from assistant.checks.tables.locate import Root, locate, plausible
from assistant.checks.tables.moved import Moved, moved
from assistant.checks.tables.readings import TableReading, read_tables
from assistant.checks.tables.relations import Relation, by_cell, relations, residual


class Verdict(NamedTuple):
    """`residuals` by relation key for every relation that could be evaluated; `roots` the located cells by id; `moved` numbers of 表三 that stand in
    the wrong place; `loose` broken relations that none of them explains."""

    residuals: dict[str, Decimal]
    roots: dict[str, Root]
    loose: tuple[Relation, ...]
    moved: Moved | None = None


def verdict(ctx: CheckContext) -> Verdict:
    """Evaluate once per run."""
    if "verdict" not in ctx.memo:
        ctx.memo["verdict"] = _judge(ctx)
    found: Verdict = ctx.memo["verdict"]
    return found


def _judge(ctx: CheckContext) -> Verdict:
    readings = read_tables(ctx)
    values = {**readings["t3"].values, **readings["t4"].values}
    all_relations = relations(ctx.report.edition)
    residuals = {relation.key: rest for relation in all_relations if (rest := residual(relation, values)) is not None}
    broken = [relation for relation in all_relations if residuals.get(relation.key)]
    if not broken:
        return Verdict(residuals, {}, ())
    terms = by_cell(ctx.report.edition)
    suspects = _suspects(ctx, readings["t3"]) | _suspects(ctx, readings["t4"])
    roots: dict[str, Root] = {}
    for table in ("t3", "t4"):
        keys = {relation.key for relation in all_relations if relation.table == table}
        mine = {cell: term for cell, term in terms.items() if cell.startswith(table)}
        for part in _parts({key: rest for key, rest in residuals.items() if key in keys}, table):
            roots.update({root.cell: root for root in locate(part, mine, values, suspects)})
    explained = {key for root in roots.values() for key in root.relations}
    misplaced = None if any(cell.startswith("t3") for cell in roots) else _misplaced(ctx, residuals, values)
    if misplaced:
        explained |= {relation.key for relation in broken if relation.table == "t3"}
    return Verdict(residuals, roots, tuple(relation for relation in broken if relation.key not in explained), misplaced)


def _misplaced(ctx: CheckContext, residuals: dict[str, Decimal], values: dict[str, Decimal]) -> Moved | None:
    table = ctx.form.t3
    lines = tuple(tuple(f"t3.{row.id}.{column.id}" for column in table.columns) for row in table.rows)
    mine = {relation.key for relation in relations(ctx.report.edition) if relation.table == "t3"}
    return moved(lines, {key: rest for key, rest in residuals.items() if key in mine}, by_cell(ctx.report.edition), values)


def demanded(ctx: CheckContext, cell: str) -> Decimal | None:
    """The number that every sum demands for a cell that holds none, where it is the only one lacking in them and they agree."""
    if cell not in by_cell(ctx.report.edition):
        return None
    readings = read_tables(ctx)
    values = {**readings["t3"].values, **readings["t4"].values, cell: Decimal(0)}
    rests = {
        Decimal(0) - sign * rest
        for relation in relations(ctx.report.edition)
        for other, sign in relation.terms
        if other == cell and (rest := residual(relation, values)) is not None
    }
    right = rests.pop() if len(rests) == 1 else None
    return right if right is not None and plausible(right) else None


def _parts(residuals: dict[str, Decimal], table: str) -> list[dict[str, Decimal]]:
    """表三 hangs together; the three sums of 表四 stand apart."""
    return [residuals] if table == "t3" else [{key: rest} for key, rest in residuals.items()]


def _suspects(ctx: CheckContext, reading: TableReading) -> frozenset[str]:
    odd = {cell for cell, value in reading.values.items() if value < 0 or value != value.to_integral_value()}
    return frozenset(odd) | reading.assumed
