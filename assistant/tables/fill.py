"""Filling the three tables of a report year from registers, last year's report and typed values, with the source of every cell.

Counted cells name the register rows behind them, 上年结转 comes from last year's report and is held against the register,
totals are computed by the form's identities. Where two sources differ the other value stays beside the cell and is reported.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Literal

from assistant.domain.cell import Cell, CellState, Counted, Provenance, Typed, number_cell
from assistant.domain.register import DecisionRow, Register, RegisterDecisions
from assistant.domain.report import Report
from assistant.forms import Form, form_for_year
from assistant.tables.applications import count_applications
from assistant.tables.carry import carried_cells
from assistant.tables.compute import computed_cells
from assistant.tables.disclosure import count_decisions, count_documents
from assistant.tables.disputes import count_disputes
from assistant.tables.result import DecisionNeeded, Difference, FillResult, difference
from assistant.tables.tally import Tally, place_text

SourceId = Literal["carried", "counted", "typed", "computed"]
_LABELS: dict[SourceId, str] = {"carried": "上年报告", "counted": "台账", "typed": "填报数", "computed": "合计"}
_DOCUMENT_CELLS = tuple(f"t2.{row}.{column}" for row in ("rules", "normative") for column in ("issued", "repealed", "in_force"))
_DECISION_CELLS = ("t2.licensing.decisions", "t2.penalty.decisions", "t2.coercion.decisions")
_MEASURES = {"applications": "申请台账", "disputes": "复议诉讼台账", "normative": "规范性文件清单", "decisions": "决定台账"}


def fill_tables(
    year: int,
    *,
    unit: str | None = None,
    registers: Iterable[Register] = (),
    previous: Report | None = None,
    typed: Mapping[str, Decimal] | None = None,
    who: str = "",
    when: str = "",
    decisions: RegisterDecisions | None = None,
) -> FillResult:
    """The tables of `unit`'s report for `year`.

    `registers` hold at most one of each kind; `typed` are values by cell id, entered by `who` at `when` (ISO 8601).
    Cells without any source stay blank. Raises `UnsupportedYear` when no edition of the form covers the year.
    """
    filling = _Filling(year, form_for_year(year), decisions or RegisterDecisions())
    for register in registers:
        filling.count(register)
    filling.carry(previous)
    filling.type_in(typed or {}, who, when)
    return filling.result(unit)


class _Filling:
    """The candidates for every cell by source, and what was noticed on the way."""

    def __init__(self, year: int, form: Form, decisions: RegisterDecisions) -> None:
        self._year, self._form, self._decisions = year, form, decisions
        self._sources: dict[str, dict[SourceId, Cell]] = {cell: {} for cell in form.cell_ids}
        self._open: list[DecisionNeeded] = []
        self._differences: list[Difference] = []
        self._notes: list[str] = []

    def count(self, register: Register) -> None:
        """Count a register into the cells that its kind knows."""
        tally = self._tally(register)
        for cell in self._cells_known_by(register):
            rows = tuple(tally.rows.get(cell, ()))
            provenance = Counted(file=register.file, sha256=register.sha256, rows=rows, measure=_MEASURES[register.kind])
            self._sources[cell]["counted"] = number_cell(cell, tally.counts.get(cell, 0), provenance=provenance)
        self._open += tally.decisions
        self._notes += [*register.notes, *tally.notes]

    def _tally(self, register: Register) -> Tally:
        if register.kind == "applications":
            return count_applications(register, self._year, self._form.edition, self._decisions)
        if register.kind == "disputes":
            return count_disputes(register, self._year, self._decisions)
        counter = count_documents if register.kind == "normative" else count_decisions
        return counter(register, self._year, self._decisions)

    def _cells_known_by(self, register: Register) -> tuple[str, ...]:
        if register.kind == "applications":
            results = {row.id for row in self._form.t3.rows} - {"processed"}
            return tuple(f"t3.{row}.{column.id}" for row in sorted(results) for column in self._form.t3.columns if column.id != "total")
        if register.kind == "disputes":
            return tuple(cell for cell in self._form.t4.cell_ids if not cell.endswith(".total"))
        if register.kind == "normative":
            return tuple(cell for cell in _DOCUMENT_CELLS if cell in self._sources)
        with_amounts = any(isinstance(row, DecisionRow) and row.amount is not None for row in register.rows)
        wanted = _DECISION_CELLS + (("t2.fees.amount",) if with_amounts else ())
        return tuple(cell for cell in wanted if cell in self._sources)

    def carry(self, previous: Report | None) -> None:
        """Take 上年结转 from last year's report."""
        if previous is None:
            return
        if previous.year != self._year - 1:
            self._notes.append(f"所给上年报告是{previous.year or '未知'}年度的，不是{self._year - 1}年度，没有据以结转。")
            return
        cells, missing = carried_cells(previous, self._form.edition)
        for cell_id, cell in cells.items():
            self._sources[cell_id]["carried"] = cell
        if missing:
            names = "、".join(self._form.names[cell] for cell in missing)
            self._notes.append(f"上年报告的“结转下年度继续办理”有空白，未能结转：{names}。")

    def type_in(self, typed: Mapping[str, Decimal], who: str, when: str) -> None:
        """Take values typed by a person."""
        provenance = Typed(who=who, when=when)
        unknown = sorted(set(typed) - set(self._sources))
        for cell in unknown:
            self._notes.append(f"填报数中的“{cell}”不是{self._form.edition}年版格式的单元格，没有采用。")
        for cell, value in typed.items():
            if cell in self._sources:
                self._sources[cell]["typed"] = number_cell(cell, value, provenance=provenance)

    def result(self, unit: str | None) -> FillResult:
        """All cells of the form, settled."""
        settled = {cell: self._settled(cell) for cell in self._form.cell_ids}
        totals = computed_cells(self._form, {cell: found.value for cell, found in settled.items() if found.value is not None})
        for cell, total in totals.items():
            self._sources[cell]["computed"] = total
            settled[cell] = self._settled(cell)
        title = f"{unit or ''}{self._year}年{self._form.report_title}"
        report = Report(unit=unit, year=self._year, edition=self._form.edition, title=title, cells=tuple(settled.values()))
        differences = {(item.cell, item.other_from): item for item in self._differences}
        return FillResult(
            report=report,
            decisions_needed=tuple(self._open),
            differences=tuple(differences.values()),
            notes=tuple(dict.fromkeys(self._notes)),
        )

    def _settled(self, cell: str) -> Cell:
        sources = self._sources[cell]
        if not sources:
            return Cell(id=cell, state=CellState.BLANK)
        chosen = self._chosen(cell, sources)
        others = [(source, found) for source, found in sources.items() if source != chosen and found.value != sources[chosen].value]
        for source, found in others:
            self._differences.append(self._difference(cell, chosen, source, found))
        alternatives = tuple((_LABELS[source], found.value) for source, found in others if found.value is not None)
        taken = sources[chosen]
        return Cell(id=cell, value=taken.value, state=taken.state, raw=taken.raw, provenance=taken.provenance, alternatives=alternatives)

    def _chosen(self, cell: str, sources: Mapping[SourceId, Cell]) -> SourceId:
        decided = self._decisions.cells.get(cell)
        if decided in sources and decided is not None:
            return decided
        order: tuple[SourceId, ...] = ("computed", "carried", "counted", "typed")
        return next(source for source in order if source in sources)

    def _difference(self, cell: str, chosen: SourceId, source: SourceId, found: Cell) -> Difference:
        taken = self._sources[cell][chosen]
        rows = _rows(taken.provenance) + _rows(found.provenance)
        made = difference(
            cell, self._form.names[cell], (_LABELS[chosen], taken.value or Decimal(0)), (_LABELS[source], found.value or Decimal(0)), rows
        )
        if not cell.startswith("t3.carried_in.") or "counted" not in (chosen, source):
            return made
        place = f"台账中标为上年结转的是：{place_text(rows)}。" if rows else "台账中没有这一类的上年结转记录。"
        return Difference(**{**made.model_dump(), "message": f"{made.message}{place}"})


def _rows(provenance: Provenance | None) -> tuple[str, ...]:
    return provenance.rows if isinstance(provenance, Counted) else ()
