"""Comparing a printed number with a value: rounding and rough words honoured."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from assistant.domain.cell import CellState
from assistant.domain.report import Report
from assistant.forms import Form, load_form
from assistant.text.numerals import Numeral

_FAR = Decimal("1.5")  # what is more than a third is less than a half


class Valued(NamedTuple):
    """A reading with its value: `value` is None when a cell cannot be read; `assumed` when blanks were read as zero."""

    cells: tuple[str, ...]
    value: Decimal | None
    assumed: bool = False


class Tables:
    """The tables of this year and the last: two are equal when they hold the same values for the same unit, whatever the texts say."""

    def __init__(self, report: Report, previous: Report | None) -> None:
        self.report, self.previous = report, previous
        self._said = tuple(_said(source) for source in (report, previous) if source is not None)
        self._hash = hash(self._said)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Tables) and self._said == other._said


def _said(report: Report) -> tuple[object, ...]:
    values = [cell.value for cell in report.cells]
    return (report.unit, report.edition, *[cell.id for cell in report.cells], *values, *[cell.state for cell in report.cells])


def fits(numeral: Numeral, value: Decimal) -> bool:
    """Whether the printed number may stand for `value`: exact, or rounded to its last place, or as 约, 余, 近 allow."""
    printed = numeral.value
    if printed is None:
        return True
    if numeral.high is not None:
        return printed <= value <= numeral.high
    place = numeral.round_place
    if numeral.approx == "about":
        return abs(printed - value) <= max(place, numeral.step)
    if numeral.approx == "over":
        return printed <= value < printed + max(place, numeral.step)
    if numeral.approx == "under":
        return printed - max(place, numeral.step) <= value <= printed
    if value % numeral.step == 0:
        return printed == value
    return abs(printed - value) * 2 <= numeral.step


def percent_fits(numeral: Numeral, part: Decimal, whole: Decimal, *, below: bool = False, above: bool = False) -> bool:
    """Whether the printed percentage is `part` of `whole`, rounded to its last place; `below`: said only to be more than it (不到5%), `above`:
    less than it."""
    if numeral.value is None or whole == 0:
        return numeral.value is None
    exact = part * 100 / whole
    if above:
        return numeral.value <= exact <= numeral.value * _FAR
    if below and numeral.approx == "about":
        return numeral.value / 2 <= exact <= numeral.value
    return ratio_fits(numeral, exact) or (below and numeral.value / 2 <= exact <= numeral.value)


def ratio_fits(numeral: Numeral, exact: Decimal) -> bool:
    """Whether the printed percentage is `exact` rounded to its last place, or as 约, 超过, 近 allow."""
    printed = numeral.value
    if printed is None:
        return True
    if numeral.approx == "about":
        return abs(printed - exact) <= numeral.step
    if numeral.approx == "over":
        return printed <= exact < printed + 10 * numeral.round_place
    if numeral.approx == "under":
        return printed - numeral.round_place <= exact <= printed
    return abs(printed - exact) * 2 <= numeral.step


def expand(form: Form, cells: Iterable[str]) -> tuple[str, ...] | None:
    """The cells of a reading, `*` written out; None when the form has none of a kind asked for."""
    out: list[str] = []
    for cell in cells:
        sign, name = ("-", cell[1:]) if cell.startswith("-") else ("", cell)
        found = _members(form.edition, name)
        if not found:
            return None
        out += [sign + member for member in found]
    return tuple(out)


@lru_cache(maxsize=512)
def _members(edition: str, name: str) -> tuple[str, ...]:
    cells = load_form("2021" if edition == "2021" else "2019").cell_ids
    if "*" not in name:
        return (name,) if name in cells else ()
    pattern = re.compile(re.escape(name).replace(r"\.\*", r"(?:\.\w+)?"))
    return tuple(cell for cell in cells if pattern.fullmatch(cell))


def evaluate(report: Report, cells: tuple[str, ...], factor: int = 1) -> Valued:
    """The value of a reading. Blank cells are read as zero and said to be; dash, unreadable and absent make it unknown."""
    total, assumed = Decimal(0), False
    for term in cells:
        name = term.lstrip("-")
        cell = report.cell(name)
        if cell.value is not None:
            total += -cell.value if term.startswith("-") else cell.value
        elif cell.state is CellState.BLANK:
            assumed = True
        else:
            return Valued(tuple(t.lstrip("-") for t in cells), None)
    return Valued(tuple(t.lstrip("-") for t in cells), total * factor, assumed)
