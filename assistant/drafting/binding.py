"""Which cells of the tables a number in the text speaks of, and what they say in a report."""

from __future__ import annotations

from decimal import Decimal

from assistant.domain.facts import Expression
from assistant.domain.report import Report
from assistant.drafting.standard import StandardFact, parse_reading, speaks_of, standard_facts


def evaluate(expression: Expression, report: Report) -> Decimal | None:
    """The sum over the report's cells, or None when any of them holds no number."""
    total = Decimal(0)
    for sign, cells in ((1, expression.plus), (-1, expression.minus)):
        for cell in cells:
            value = report.value(cell)
            if value is None:
                return None
            total += sign * value
    return total * expression.factor


def bind(clause: str, value: Decimal, report: Report) -> tuple[StandardFact, Expression] | None:
    """The first reading of the clause (`共收到申请◆件`) whose cells give `value` in the report; None when the tables do not confirm any reading."""
    for fact in standard_facts():
        if not speaks_of(fact, clause):
            continue
        for reading in fact.readings:
            expression = parse_reading(reading)
            if evaluate(expression, report) == value:
                return fact, expression
    return None


def formula(expression: Expression, names: dict[str, str]) -> str:
    """The expression in words: `表三“…”总计＋表三“…”总计`."""
    said = "＋".join(names.get(cell, cell) for cell in expression.plus)
    if expression.minus:
        said += "－" + "－".join(names.get(cell, cell) for cell in expression.minus)
    return said if expression.factor == 1 else f"（{said}）×{expression.factor}"
