"""A second, independent view of what makes tables valid, for proofs about single faults: it knows the form's sums from the form file and
solves them itself; nothing of `assistant.checks` is used.

`rulings(report, previous)` lists what a changed report breaks; a report that breaks nothing is valid, so a single change that leads to
it is *provably blind*: the changed report could be the true one. `repairs` lists every cell that alone, with some admissible value, makes
all sums and the carry-over right again; when it is one cell, the sums determine it.
"""

from __future__ import annotations

from decimal import Decimal

from assistant.domain.cell import CellState
from assistant.domain.report import Report
from assistant.forms import load_form

LARGEST_AMOUNT = Decimal(10_000_000)  # 万元; what no government collects in a year
FAR_FROM_LAST = 1000
Sum = tuple[dict[str, int], Decimal]  # Σ coefficient × cell = constant


def sums(report: Report, previous: Report | None) -> list[Sum]:
    """The identities of the form and, where last year's report is given, the seven columns of the carry-over as linear equations."""
    form = load_form(report.edition)
    found: list[Sum] = []
    for identity in form.instances:
        found.append(({**dict.fromkeys(identity.left, 1), **dict.fromkeys(identity.right, -1)}, Decimal(0)))
    for this, last in form.carried_cells if previous else ():
        brought = previous.value(last) if previous else None
        assert brought is not None  # last year's report of these proofs is complete
        found.append(({this: 1}, brought))
    return found


def _admissible(report: Report, cell: str, value: Decimal) -> bool:
    column = load_form(report.edition).columns_by_cell[cell]
    return (value >= 0 or column.signed) and (column.decimal or value == value.to_integral_value())


def _rest(equation: Sum, values: dict[str, Decimal]) -> Decimal | None:
    terms, constant = equation
    if not values.keys() >= terms.keys():
        return None
    return sum((factor * values[cell] for cell, factor in terms.items()), Decimal(0)) - constant


def _values(report: Report) -> dict[str, Decimal]:
    return {cell.id: cell.value for cell in report.cells if cell.value is not None}


def rulings(report: Report, previous: Report | None) -> list[str]:
    """What is broken: cells that hold no admissible number, sums, the carry-over, what is in force against what was issued, amounts."""
    values = _values(report)
    form = load_form(report.edition)
    broken = [cell for cell in form.cell_ids if report.cell(cell).state is not CellState.NUMBER]
    broken += [cell for cell, value in values.items() if not _admissible(report, cell, value)]
    broken += [str(equation[0]) for equation in sums(report, previous) if _rest(equation, values) not in (None, Decimal(0))]
    return broken + _implausible(report, previous, values)


def _implausible(report: Report, previous: Report | None, values: dict[str, Decimal]) -> list[str]:
    broken = []
    whole, part, gone = ("in_force", "issued", "repealed") if report.edition == "2021" else ("total_public", "published", None)
    for row in ("rules", "normative"):
        have, new = values.get(f"t2.{row}.{whole}"), values.get(f"t2.{row}.{part}")
        lost = values.get(f"t2.{row}.{gone}", Decimal(0)) if gone else Decimal(0)
        if have is not None and new is not None and have < new - lost:
            broken.append(f"t2.{row}.{whole}")
    for cell, column in load_form(report.edition).columns_by_cell.items():
        amount = values.get(cell)
        if column.unit == "万元" and amount is not None:
            last = previous.value(cell) if previous else None
            far = last and amount and not 1 / Decimal(FAR_FROM_LAST) < amount / last < FAR_FROM_LAST
            broken += [cell] if amount > LARGEST_AMOUNT or far else []
    return broken


def repairs(report: Report, previous: Report | None) -> dict[str, Decimal]:
    """Every cell that alone can make all sums right, with the admissible value that does so. A cell without an admissible number is the only
    one that can be mended alone where there is such a cell."""
    values = _values(report)
    equations = sums(report, previous)
    odd = [cell for cell in load_form(report.edition).cell_ids if cell not in values or not _admissible(report, cell, values[cell])]
    found: dict[str, Decimal] = {}
    for cell in odd[:1] if odd else {cell for equation in equations for cell in equation[0]}:
        right = _demanded(cell, equations, values)
        if right is not None and _admissible(report, cell, right):
            found[cell] = right
    return found


def _demanded(cell: str, equations: list[Sum], values: dict[str, Decimal]) -> Decimal | None:
    """The value of `cell` under which every equation holds, or None."""
    others = {other: value for other, value in values.items() if other != cell}
    demanded = set()
    for equation in equations:
        terms, constant = equation
        if cell in terms:
            rest = _rest(({other: factor for other, factor in terms.items() if other != cell}, constant), others)
            if rest is None:
                return None
            demanded.add(-rest / terms[cell])
        elif _rest(equation, values) not in (None, Decimal(0)):
            return None
    return demanded.pop() if len(demanded) == 1 else None
