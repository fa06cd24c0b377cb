"""The files a bureau gives for a report: how their columns are understood, what is left to decide, and filling the tables from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256
from itertools import islice
from typing import TYPE_CHECKING

from assistant.domain.cell import Counted, Typed
from assistant.domain.facts import GivenFacts
from assistant.domain.register import ColumnMapping, Register, RegisterDecisions, RegisterKind
from assistant.domain.saved import SavedReport
from assistant.errors import UnreadableRegister

if TYPE_CHECKING:
    from assistant.domain.report import ReadResult
    from assistant.tables.result import FillResult

File = tuple[str, bytes]  # name and content
Choices = Mapping[RegisterKind, Mapping[str, str]]  # by kind of register: header → field
HEAD = 30  # lines in which a header is looked for
REGISTERS: dict[RegisterKind, str] = {
    "applications": "申请台账",
    "disputes": "复议诉讼台账",
    "normative": "规范性文件清单",
    "decisions": "许可、处罚等决定台账",
}


@dataclass(frozen=True)
class Materials:
    """Everything given for one report. `registers` are files by kind; each may hold other kinds on sheets of their own.
    `choices` maps, by kind, headers to fields; `decided` is what people decided about wordings, rows and cells."""

    previous: File | None = None
    registers: Mapping[RegisterKind, File] = field(default_factory=dict)
    facts: File | None = None
    choices: Choices = field(default_factory=dict)
    decided: RegisterDecisions = field(default_factory=RegisterDecisions)

    @property
    def fingerprint(self) -> str:
        """Equal for equal files, choices and decisions."""
        files = [*self.registers.items(), ("previous", self.previous), ("facts", self.facts)]
        parts = [f"{role}:{file[0]}:{sha256(file[1]).hexdigest()}" for role, file in files if file]
        parts += [f"{kind}:{sorted(chosen.items())}" for kind, chosen in self.choices.items()]
        return sha256("|".join([*parts, self.decided.model_dump_json()]).encode()).hexdigest()


@dataclass(frozen=True)
class RegisterView:
    """What was understood of one register: per sheet the columns, the fields to choose from, how many entries, what was left out and why."""

    kind: RegisterKind
    mappings: tuple[ColumnMapping, ...]
    fields: Mapping[str, str]
    entries: int
    skipped: tuple[str, ...] = ()
    trouble: str = ""


def register_views(file: File, kind: RegisterKind, choices: Choices) -> tuple[RegisterView, ...]:
    """How the registers of a file are understood with the choices made so far, that of `kind` first. A missing column is told, with the
    headers to choose from. Raises `UnreadableFile`."""
    try:
        registers = read_given(file, kind, choices, None)
    except UnreadableRegister as error:
        headers = _headers(file, kind, choices.get(kind, {}))
        return (RegisterView(kind, headers, _titles(kind), 0, trouble=f"{error.message}{error.hint}"),)
    views = [
        RegisterView(
            kind=one.kind,
            mappings=one.mappings,
            fields=_titles(one.kind),
            entries=len(one.rows),
            skipped=tuple(f"{skipped.locator}：{skipped.reason}" for skipped in one.skipped),
        )
        for one in registers
    ]
    return tuple(sorted(views, key=lambda view: view.kind != kind))


def _titles(kind: RegisterKind) -> dict[str, str]:
    from assistant.files.register_columns import register_words

    return {name: one.title for name, one in register_words().form(kind).fields.items()}


def read_given(file: File, kind: RegisterKind, choices: Choices, year: int | None) -> tuple[Register, ...]:
    """The registers in a file that was given as one of `kind`: every kind that it holds; only that kind where its sheets look like another.
    Raises `UnreadableFile`, `UnreadableRegister`."""
    from assistant.files.register import read_register, read_registers
    from assistant.files.register_limits import RegisterFile

    given = RegisterFile(*file)
    try:
        found = read_registers(given, year=year, choices=choices)
    except UnreadableRegister:
        found = ()
    if any(one.kind == kind for one in found) or (found and kind == "applications"):
        return found
    return (read_register(given, kind, year=year, choices=choices.get(kind, {})),)


def _headers(file: File, kind: RegisterKind, choices: Mapping[str, str]) -> tuple[ColumnMapping, ...]:
    from assistant.files.register_columns import find_header, mapping_of
    from assistant.files.register_limits import RegisterFile
    from assistant.files.register_sheets import open_sheets

    found = []
    for sheet in open_sheets(RegisterFile(*file)):
        header = find_header(list(islice(sheet.rows, HEAD)), sheet.spread, kind, choices)
        if header is not None:
            found.append(mapping_of(header, sheet.name, kind, sheet.offset))
    return tuple(found)


@dataclass(frozen=True)
class Read:
    """What was read from the materials."""

    previous: ReadResult | None
    registers: tuple[Register, ...]
    facts: GivenFacts


def read_materials(given: Materials, year: int) -> Read:
    """Read every file. The file given for a kind wins over a sheet of another workbook. Raises as the readers do."""
    from assistant.drafting.facts_file import load_facts
    from assistant.workflow.readings import read_bytes

    registers: dict[RegisterKind, Register] = {}
    for kind, file in given.registers.items():
        for one in read_given(file, kind, given.choices, year):
            if one.kind == kind or (one.kind not in given.registers and one.kind not in registers):
                registers[one.kind] = one if kind == "applications" else _named(one, kind)
    facts = load_facts(given.facts[1].decode("utf-8-sig", errors="replace")) if given.facts else GivenFacts()
    return Read(read_bytes(*given.previous) if given.previous else None, tuple(registers.values()), facts)


def fill_from_materials(unit: str, year: int, given: Materials, *, earlier: SavedReport | None = None, who: str = "填报人") -> SavedReport:
    """A report with its tables filled from the files given. What was typed by hand into `earlier` stands; where a source says otherwise, that is told."""
    return fill_from_read(unit, year, read_materials(given, year), given.decided, earlier=earlier, who=who)


def fill_from_read(
    unit: str, year: int, read: Read, decided: RegisterDecisions, *, earlier: SavedReport | None = None, who: str = "填报人"
) -> SavedReport:
    """The same from what was read."""
    from assistant.workflow.filling import filled_report

    typed = typed_by_hand(earlier) if earlier else {}
    sources = decided.cells | dict.fromkeys(typed, "typed")
    settled = decided.model_copy(update={"cells": sources})
    return filled_report(
        unit, year, previous=read.previous, registers=read.registers, given=read.facts, typed=typed, decided=settled, who=who
    )


def typed_by_hand(saved: SavedReport) -> dict[str, Decimal]:
    """The cells typed on the page, other than those of the facts file."""
    from_file = dict(saved.given.tables)
    return {
        cell.id: cell.value
        for cell in saved.report.cells
        if isinstance(cell.provenance, Typed) and cell.value is not None and from_file.get(cell.id) != cell.value
    }


def left_to_decide(unit: str, year: int, given: Materials) -> FillResult:
    """What filling would give: `decisions_needed` and `differences` are the questions for a person."""
    return undecided(unit, year, read_materials(given, year), given.decided)


def undecided(unit: str, year: int, read: Read, decided: RegisterDecisions) -> FillResult:
    """The same from what was read."""
    from assistant.tables.fill import fill_tables

    last = read.previous.report if read.previous else None
    return fill_tables(year, unit=unit, registers=read.registers, previous=last, typed=dict(read.facts.tables), decisions=decided)


def outdated(saved: SavedReport, given: Materials) -> tuple[str, ...]:
    """The materials that were exchanged after the tables were filled from them, in words: cells counted or carried over are stale then."""
    files = {sha256(file[1]).hexdigest() for file in given.registers.values()}
    old = {cell.provenance.file: 0 for cell in saved.report.cells if isinstance(cell.provenance, Counted)}
    for cell in saved.report.cells:
        if isinstance(cell.provenance, Counted) and cell.provenance.sha256 not in files:
            old[cell.provenance.file] += 1
    told = [f"表中有 {count} 格按台账“{file}”统计，这份台账后来换过或改过，这些数字已经过时。" for file, count in old.items() if count]
    return tuple(told) if files else ()


def _named(register: Register, given_as: RegisterKind) -> Register:
    """The register with the kind its file was given as before every row's place: sheets of different files may have the same name."""
    rows = tuple(row._replace(locator=f"{place_of(given_as)}{row.locator}") for row in register.rows)
    return Register.model_validate({**dict(register), "rows": rows})


def place_of(kind: RegisterKind) -> str:
    """What stands before the places of rows in a file of its own."""
    return "" if kind == "applications" else f"{REGISTERS[kind]}·"
