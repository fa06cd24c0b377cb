"""The tables of two years cell by cell."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from math import log10

from assistant.domain.report import Report
from assistant.domain.review import CellChange
from assistant.forms import load_form

_COMPARABLE_ACROSS = ("t4.",)
ACROSS_EDITIONS = "两年格式版本不同，本项口径不同，不作比较"


def compare_cells(this: Report, last: Report) -> tuple[CellChange, ...]:
    """Every cell that either edition has. Across editions only 表四 and 表三's carry-over can be compared: last year's 结转下年度 stands beside this
    year's 上年结转 by the carry-over rule, so both carry rows are comparable; all else is listed as not comparable. Outliers come first."""
    forms = load_form(this.edition), load_form(last.edition)
    names = {**forms[1].names, **forms[0].names}
    order = list(dict.fromkeys((*forms[0].cell_ids, *forms[1].cell_ids)))
    same = this.edition == last.edition
    changes = [_change(cell, names[cell], this, last, comparable=same or _comparable(cell)) for cell in order]
    ranked = sorted(enumerate(changes), key=lambda pair: (-pair[1].outlier if pair[1].outlier >= 1 else 0, pair[0]))
    return tuple(change for _, change in ranked)


def _comparable(cell: str) -> bool:
    return cell.startswith(_COMPARABLE_ACROSS) or cell.startswith(("t3.carried_in.", "t3.carried_out."))


def _change(cell: str, name: str, this: Report, last: Report, *, comparable: bool) -> CellChange:
    before, now = last.value(cell), this.value(cell)
    if not comparable:
        return CellChange(cell=cell, name=name, last=before, this=now, comparable=False, note=ACROSS_EDITIONS)
    if before is None or now is None:
        return CellChange(
            cell=cell, name=name, last=before, this=now, note="" if before is None and now is None else "一年为空白或无法识别"
        )
    delta = now - before
    percent = (delta * 100 / before).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP) if before else None
    return CellChange(cell=cell, name=name, last=before, this=now, delta=delta, percent=percent, outlier=round(outlier(before, now), 3))


def outlier(before: Decimal, now: Decimal) -> float:
    """How striking a change is: the order of magnitude between the two (1 counted for 0), damped for small counts. 1 and more is an outlier:
    tenfold for large numbers, more for small ones."""
    if before == now:
        return 0.0
    ratio = abs(log10(float(abs(now)) + 1) - log10(float(abs(before)) + 1))
    size = min(1.0, log10(float(abs(now - before)) + 1) / 2)
    return ratio * size
