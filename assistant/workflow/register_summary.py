"""What the checks want to know of a register."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.domain.report import Report

if TYPE_CHECKING:
    from assistant.checks import RegisterSummary
    from assistant.settings import Settings


def register_summary(path: Path, report: Report, settings: Settings, today: date | None = None) -> RegisterSummary:
    """Counted cells, rows nobody could place, late and overdue replies, duplicates, and the names that must not stand in the report; with
    the columns and decisions remembered for the unit. Deadlines are judged as of `today`, else the end of the report year."""
    from assistant.checks import RegisterSummary
    from assistant.files.register import applicant_names
    from assistant.tables.fill import fill_tables
    from assistant.workflow.due import due_report
    from assistant.workflow.fill_run import Sources, read_sources

    if report.year is None:
        return RegisterSummary()
    read, decided = read_sources(report.unit or "", report.year, Sources(registers=(path,)), settings.data_dir)
    result = fill_tables(report.year, unit=report.unit, registers=read.registers, decisions=decided)
    applications = next((one for one in read.registers if one.kind == "applications"), None)
    state = due_report(applications, today or date(report.year, 12, 31), settings) if applications else None
    return RegisterSummary(
        counted={cell.id: cell.value for cell in result.report.cells if cell.value is not None},
        persons=tuple(sorted(applicant_names(path))),
        late=tuple(item.locator for item in state.late) if state else (),
        overdue=tuple(item.locator for item in state.overdue) if state else (),
        duplicates=tuple(row for group in state.duplicates for row in group.rows) if state else (),
        unplaced=tuple(row for needed in result.decisions_needed for row in needed.rows),
    )
