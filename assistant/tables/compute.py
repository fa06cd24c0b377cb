"""Computed totals: the cells that an identity of the form gives as the sum of others, and whether they still agree with their inputs.

Source: the form's identities R2–R4 (（七）总计, the 总计 column, the 总计 of 表四).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from functools import lru_cache

from assistant.domain.cell import Cell, CellState, Computed, number_cell
from assistant.domain.report import Report
from assistant.forms import Form, Identity, load_form


def inputs_hash(value: Callable[[str], Decimal | None], inputs: tuple[str, ...]) -> str:
    """A fingerprint of the values of `inputs`."""
    return _fingerprint(inputs, tuple(map(value, inputs)))


@lru_cache(maxsize=1024)
def _fingerprint(inputs: tuple[str, ...], values: tuple[Decimal | None, ...]) -> str:
    """Remembered: an edit touches four of some thirty totals, and every check asks for all."""
    said = "|".join(f"{cell}={'' if number is None else number.normalize()}" for cell, number in zip(inputs, values, strict=True))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def computed_cells(form: Form, values: Mapping[str, Decimal], wanted: Collection[str] | None = None) -> dict[str, Cell]:
    """Every total (those `wanted`) whose inputs are all known, directly or as totals themselves. Values given for totals are not used as inputs."""
    targets = {rule.left[0] for rule in form.totals}
    known = {cell: value for cell, value in values.items() if cell not in targets}
    summed: dict[str, Identity] = {}
    while ready := [rule for rule in form.totals if rule.left[0] not in summed and all(cell in known for cell in rule.right)]:
        for rule in ready:
            if rule.left[0] not in summed:
                summed[rule.left[0]] = rule
                known[rule.left[0]] = sum((known[cell] for cell in rule.right), Decimal(0))
    return {cell: _computed(rule, known) for cell, rule in summed.items() if wanted is None or cell in wanted}


def _computed(rule: Identity, known: Mapping[str, Decimal]) -> Cell:
    provenance = Computed(identity=rule.key, inputs=rule.right, inputs_hash=inputs_hash(known.get, rule.right))
    return number_cell(rule.left[0], known[rule.left[0]], provenance=provenance)


def stale_cells(report: Report) -> tuple[str, ...]:
    """Cells computed by an identity of the form whose inputs have changed since."""
    rules = {rule.key for rule in load_form(report.edition).totals}
    return tuple(
        cell.id
        for cell in report.cells
        if isinstance(cell.provenance, Computed)
        and cell.provenance.identity in rules
        and cell.provenance.inputs_hash != inputs_hash(report.value, cell.provenance.inputs)
    )


def recompute(report: Report) -> Report:
    """The report with its stale totals brought up to date, and blank where an input is no longer known. A total that was typed,
    imported or counted stays as it is."""
    while stale := stale_cells(report):
        given = {cell.id: cell.value for cell in report.cells if cell.value is not None}
        fresh = computed_cells(load_form(report.edition), given, stale)
        report = report.with_cells(*(fresh.get(cell) or Cell(id=cell, state=CellState.BLANK) for cell in stale))
    return report
