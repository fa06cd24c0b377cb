"""What the checks' lexicon makes of the numbers in last year's text: the cells that a number speaks of."""

from __future__ import annotations

from assistant.checks.claims.binding import bind
from assistant.checks.claims.bound import Bound
from assistant.domain.facts import Expression
from assistant.domain.report import Report
from assistant.drafting.standard import parse_reading, standard_facts

Place = tuple[str, int]


def claimed_cells(report: Report) -> dict[Place, tuple[str, Expression]]:
    """For every number that last year's tables confirm, by block and place of its first character: a name and the cells."""
    found = {}
    for bound in bind(report):
        if bound.match is None or bound.period != "this" or bound.why_loose or bound.readings[bound.match].assumed:
            continue
        found[bound.block.id, bound.mention.numeral.start] = _named(bound)
    return found


def _named(bound: Bound) -> tuple[str, Expression]:
    assert bound.match is not None
    cells = bound.readings[bound.match].cells
    expression = Expression(
        plus=tuple(cell for cell in cells if not cell.startswith("-")),
        minus=tuple(cell[1:] for cell in cells if cell.startswith("-")),
        factor=int(bound.measure.factor),
    )
    for fact in standard_facts():
        if any(_same(parse_reading(reading), expression) for reading in fact.readings) and _speaks_alike(fact.name, bound.measure.name):
            return fact.name, expression
    named = next((fact.name for fact in standard_facts() if _same(parse_reading(fact.readings[0]), expression)), "")
    return named or bound.measure.name, expression


def _same(one: Expression, other: Expression) -> bool:
    return set(one.plus) == set(other.plus) and set(one.minus) == set(other.minus) and one.factor == other.factor


def _speaks_alike(one: str, other: str) -> bool:
    return len(set(one) & set(other)) >= 2
