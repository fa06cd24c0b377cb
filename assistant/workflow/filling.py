"""Filling the three tables from what the bureau has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from assistant.domain.cell import CellState
from assistant.domain.facts import GivenFacts
from assistant.domain.report import ReadResult, Section
from assistant.domain.saved import SavedReport
from assistant.errors import ConflictingInput, UnreadableFile
from assistant.forms import form_for_year

if TYPE_CHECKING:
    from assistant.domain.register import Register, RegisterDecisions

SOURCES = {"counted": "台账计数", "computed": "合计", "carried": "上年结转", "typed": "填报", "imported": "文件读入", None: "无来源"}


def fill(
    unit: str, year: int, *, register: Path | None = None, previous: Path | None = None, facts: Path | None = None, who: str = "填报人"
) -> SavedReport:
    """A report with its tables filled. `register` may hold several registers on sheets of their own (applications, disputes, documents,
    decisions); `facts` may hold typed cells and the numbers of the narrative."""
    from assistant.drafting.facts_file import load_facts
    from assistant.files.register import read_registers
    from assistant.workflow.readings import read

    return filled_report(
        unit,
        year,
        previous=read(previous) if previous else None,
        registers=read_registers(register, year=year) if register else (),
        given=load_facts(facts) if facts else GivenFacts(),
        who=who,
    )


def filled_report(
    unit: str,
    year: int,
    *,
    previous: ReadResult | None,
    registers: tuple[Register, ...],
    given: GivenFacts,
    typed: Mapping[str, Decimal] = MappingProxyType({}),
    decided: RegisterDecisions | None = None,
    who: str,
) -> SavedReport:
    """The report filled from what was read. `typed` are cells typed by hand beside those of the facts file; `decided` is what people decided."""
    from assistant.drafting.draft import prepare
    from assistant.tables.fill import fill_tables

    last = previous.report if previous else None
    if last and last.year == year:
        raise ConflictingInput(f"给出的上年报告是 {year} 年度的，与要编写的报告同一年度。", f"请给出 {year - 1} 年度的报告。")
    when = datetime.now(UTC).isoformat(timespec="seconds")
    result = fill_tables(
        year,
        unit=unit,
        registers=registers,
        previous=last,
        typed={**dict(given.tables), **typed},
        who=who,
        when=when,
        decisions=decided,
    )
    given = given.given_by(who, when)
    book = prepare(result.report, last, given).book
    kept = last.replace(grids=(), labels=()) if last else None
    sections = tuple(Section(id=section.id, heading=section.printed) for section in form_for_year(year).sections)
    return SavedReport(report=result.report.replace(sections=sections), previous=kept, given=given, facts=book, notes=result.saved_notes())


def keep_text(filled: SavedReport, earlier: SavedReport) -> SavedReport:
    """Newly filled tables with the text, sentences and facts that were there before, so that filling again loses nothing typed."""
    has_text = any(block.text for _, block in earlier.report.blocks())
    known = {fact.name for fact in filled.given.facts if fact.value is not None}
    given = GivenFacts(
        facts=filled.given.facts + tuple(fact for fact in earlier.given.facts if fact.name not in known),
        tables=filled.given.tables or earlier.given.tables,
        answers=tuple((dict(earlier.given.answers) | dict(filled.given.answers)).items()),
        told=tuple({one.key: one for one in (*earlier.given.told, *filled.given.told)}.values()),
    )
    report = filled.report
    if has_text:
        report = report.replace(sections=earlier.report.sections, preamble=earlier.report.preamble, signature=earlier.report.signature)
    return SavedReport.model_validate(
        {**dict(filled), "report": report, "given": given, "sentences": earlier.sentences, "previous": filled.previous or earlier.previous}
    )


def fill_lines(saved: SavedReport) -> list[str]:
    """What was filled, from where, and what is left to decide, in lines for people."""
    cells = saved.report.cells
    counted = Counter(cell.provenance.kind if cell.provenance else None for cell in cells if cell.state is CellState.NUMBER)
    blank = sum(cell.state is not CellState.NUMBER for cell in cells)
    sources = "，".join(f"{SOURCES[kind]} {count} 格" for kind, count in counted.most_common())
    lines = [f"{saved.report.unit} {saved.report.year} 年度：{sources or '没有填入'}；空白 {blank} 格"]
    lines += [f"  {'待决定' if note.needs_decision else '说明'}：{note.message}" for note in saved.notes]
    return lines


def register_names(name: str, data: bytes) -> frozenset[str]:
    """The names of natural persons in a register, for keeping them out of prompts; kept nowhere. Empty when it cannot be read."""
    from assistant.files.register import applicant_names
    from assistant.files.register_limits import RegisterFile

    try:
        return applicant_names(RegisterFile(name, data))
    except UnreadableFile:
        return frozenset()
