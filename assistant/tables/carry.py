"""Carry-over between years and what may be compared across editions of the form.

Between a 2020 and a 2021 report only the carry-over of 表三 and 表四 can be compared: 表二 counts other things, and the rows of
表三 were cut anew.
"""

from __future__ import annotations

from decimal import Decimal

from assistant.domain.base import Frozen
from assistant.domain.cell import Carried, Cell, number_cell
from assistant.domain.report import EditionId, Report
from assistant.forms import load_form

_ACROSS_EDITIONS = ("t3.new.", "t3.carried_in.", "t3.carried_out.", "t4.")


class Comparable(Frozen):
    """Whether a cell of this year's report can be held against last year's: `last` is the cell to compare with, else `why` says why not."""

    cell: str
    last: str | None
    why: str = ""


def comparable(cell: str, this: EditionId, last: EditionId) -> Comparable:
    """The cell of the `last` edition that means the same as `cell` in `this` edition, or the reason why there is none."""
    if cell not in load_form(this).cell_ids:
        return Comparable(cell=cell, last=None, why="本年格式没有这个单元格。")
    if this == last:
        return Comparable(cell=cell, last=cell)
    if cell in load_form(last).cell_ids and cell.startswith(_ACROSS_EDITIONS):
        return Comparable(cell=cell, last=cell)
    return Comparable(cell=cell, last=None, why="两年使用的格式版本不同，这一项口径不一致，不能比较。")


def carried_cells(previous: Report, edition: EditionId) -> tuple[dict[str, Cell], tuple[str, ...]]:
    """This year's 上年结转 from last year's 结转下年度: cells with a number, and the ids of those that last year's report left open.

    Totals are not carried; they are computed from the applicant columns.
    """
    cells, missing = {}, []
    for this, last in load_form(edition).carried_cells:
        if this.endswith(".total"):
            continue
        value = previous.value(last)
        if value is None:
            missing.append(this)
        else:
            cells[this] = _carried(this, last, value, previous)
    return cells, tuple(missing)


def _carried(this: str, last: str, value: Decimal, previous: Report) -> Cell:
    return number_cell(this, value, provenance=Carried(report_hash=previous.content_hash, cell=last, year=previous.year or 0))
