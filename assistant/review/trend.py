"""Figures over several years."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.domain.report import Report
from assistant.domain.review import TrendLine
from assistant.forms import load_form


def trends(reports: Iterable[Report], cells: tuple[str, ...] = ()) -> tuple[TrendLine, ...]:
    """One line per cell over the reports, oldest year first. Without `cells`: every cell of 表二, the totals of 表三 and 表四 that is not zero in all
    years. A year in another edition has a gap where its form lacks the cell."""
    ordered = sorted((report for report in reports if report.year is not None), key=lambda report: report.year or 0)
    if not ordered:
        return ()
    names = {cell: name for report in ordered for cell, name in load_form(report.edition).names.items()}
    chosen = cells or tuple(cell for cell in load_form(ordered[-1].edition).cell_ids if cell.startswith("t2.") or cell.endswith(".total"))
    lines = (
        TrendLine(cell=cell, name=names.get(cell, cell), points=tuple((report.year or 0, report.value(cell)) for report in ordered))
        for cell in chosen
    )
    return tuple(line for line in lines if cells or any(value for _, value in line.points))
