"""汇总: the tables of a superior body as the sum of the reports below it, every sum traceable to its parts.

Source: 国办公开办函〔2021〕30号 二（二）. A blank is not counted as zero silently: cells with blanks are listed with their units.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from assistant.domain.base import Frozen
from assistant.domain.cell import Cell, CellState, Computed, number_cell, plain
from assistant.domain.report import Report
from assistant.errors import ConflictingInput
from assistant.forms import Form, form_for_year

IDENTITY = "roll-up"


class UnitTrouble(Frozen):
    """What is wrong with the report of one unit: relations that do not hold, or why it was not summed (`refused`)."""

    unit: str
    messages: tuple[str, ...]
    refused: bool = False


class Gap(Frozen):
    """A cell that some units left without a number; the sum leaves them out."""

    cell: str
    units: tuple[str, ...]


class Part(Frozen):
    """What one unit contributes to a cell."""

    unit: str
    value: Decimal


class RollUp(Frozen):
    """The superior's tables. `parts` gives for every cell the units that contribute something other than zero, `summed` all units summed."""

    report: Report
    summed: tuple[str, ...]
    parts: dict[str, tuple[Part, ...]]
    missing: tuple[str, ...] = ()
    unexpected: tuple[str, ...] = ()
    troubles: tuple[UnitTrouble, ...] = ()
    gaps: tuple[Gap, ...] = ()


def roll_up(reports: Sequence[Report], *, unit: str, year: int, expected: Sequence[str] = ()) -> RollUp:
    """The sum of `reports` as the tables of `unit` for `year`; `expected` names the units that have to report.

    Reports of another year or edition are refused and listed. Raises `ConflictingInput` when a unit reports twice and
    `UnsupportedYear` when no edition covers the year.
    """
    form = form_for_year(year)
    _refuse_doubles(reports)
    refused = [(report, reason) for report in reports if (reason := _unfit(report, year, form))]
    fit = [report for report in reports if not _unfit(report, year, form)]
    parts = {cell: _parts(cell, fit) for cell in form.cell_ids}
    broken = [UnitTrouble(unit=_name(report), messages=found) for report in fit if (found := broken_identities(report, form))]
    have = {_name(report) for report in reports}
    return RollUp(
        report=_summed(unit, year, form, parts, fit),
        summed=tuple(_name(report) for report in fit),
        parts=parts,
        missing=tuple(name for name in dict.fromkeys(expected) if name not in have),
        unexpected=tuple(name for report in reports if (name := _name(report)) not in set(expected)) if expected else (),
        troubles=tuple(UnitTrouble(unit=_name(report), messages=(reason,), refused=True) for report, reason in refused) + tuple(broken),
        gaps=_gaps(form, fit),
    )


def broken_identities(report: Report, form: Form) -> tuple[str, ...]:
    """The relations of the form that the report's numbers contradict, in words; relations with a cell left blank are not judged."""
    found = []
    for identity in form.instances:
        left, right = ([report.value(cell) for cell in side] for side in (identity.left, identity.right))
        if None in left or None in right:
            continue
        sums = [sum((value for value in side if value is not None), Decimal(0)) for side in (left, right)]
        if sums[0] != sums[1]:
            found.append(f"{form.names[identity.left[0]]}：“{identity.title}”不成立，{plain(sums[0])}不等于{plain(sums[1])}。")
    return tuple(found)


def _name(report: Report) -> str:
    return (report.unit or "未写明单位").strip()


def _refuse_doubles(reports: Sequence[Report]) -> None:
    counted = Counter((_name(report), report.year) for report in reports)
    for (name, year), count in counted.items():
        if count > 1:
            raise ConflictingInput(f"“{name}”{year}年度报告有{count}份。", "请只保留一份后再汇总。")


def _unfit(report: Report, year: int, form: Form) -> str:
    if report.year != year:
        return f"是{report.year or '未写明年份的'}年度报告，不是{year}年度，没有汇总。"
    if report.edition != form.edition:
        return f"使用{report.edition}年版格式，与{year}年度应使用的{form.edition}年版不同，没有汇总。"
    return ""


def _parts(cell: str, reports: Sequence[Report]) -> tuple[Part, ...]:
    return tuple(Part(unit=_name(report), value=value) for report in reports if (value := report.value(cell)))


def _summed(unit: str, year: int, form: Form, parts: dict[str, tuple[Part, ...]], reports: Sequence[Report]) -> Report:
    cells = []
    for cell in form.cell_ids:
        if all(report.value(cell) is None for report in reports):
            cells.append(Cell(id=cell, state=CellState.BLANK))
            continue
        provenance = Computed(identity=IDENTITY, inputs=tuple(part.unit for part in parts[cell]))
        cells.append(number_cell(cell, sum((part.value for part in parts[cell]), Decimal(0)), provenance=provenance))
    return Report(unit=unit, year=year, edition=form.edition, title=f"{unit}{year}年{form.report_title}", cells=tuple(cells))


def _gaps(form: Form, reports: Sequence[Report]) -> tuple[Gap, ...]:
    without = {cell: tuple(_name(report) for report in reports if report.value(cell) is None) for cell in form.cell_ids}
    return tuple(Gap(cell=cell, units=units) for cell, units in without.items() if units)
