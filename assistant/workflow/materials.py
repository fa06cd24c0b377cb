"""The files a bureau gives for a report: how their columns are understood, what is left to decide, and filling the tables from them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from itertools import islice
from typing import TYPE_CHECKING

from assistant.domain.cell import Typed
from assistant.domain.facts import GivenFacts
from assistant.domain.register import ColumnMapping, Register, RegisterDecisions, RegisterKind
from assistant.domain.saved import SavedReport
from assistant.errors import UnreadableRegister
from assistant.forms import form_for_year

if TYPE_CHECKING:
    from assistant.domain.report import ReadResult
    from assistant.tables.register_report import RegisterReport
    from assistant.tables.result import DecisionNeeded, FillResult

File = tuple[str, bytes]  # name and content
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
HEAD = 30  # lines in which a header is looked for
REGISTERS: dict[RegisterKind, str] = {
    "applications": "申请台账",
    "disputes": "复议诉讼台账",
    "normative": "规范性文件清单",
    "decisions": "许可、处罚等决定台账",
}
KEYS = {"include": "计入", "exclude": "不计入", "in_force": "年底有效", "repealed": "已废止", "fees": "行政事业性收费"}
SOURCES = {"上年报告": "carried", "台账": "counted", "填报数": "typed"}


@dataclass(frozen=True)
class Materials:
    """Everything given for one report. `registers` are files by kind; the one of applications may hold other kinds on sheets of their own.
    `choices` maps, by kind, headers to fields; `decided` is what people decided about wordings, rows and cells."""

    previous: File | None = None
    registers: Mapping[RegisterKind, File] = field(default_factory=dict)
    facts: File | None = None
    choices: Mapping[RegisterKind, Mapping[str, str]] = field(default_factory=dict)
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
    """What was understood of a register file: per sheet the columns, the fields to choose from, how many entries, what was left out and why."""

    kind: RegisterKind
    mappings: tuple[ColumnMapping, ...]
    fields: Mapping[str, str]
    entries: int
    others: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    trouble: str = ""


def register_view(file: File, kind: RegisterKind, choices: Mapping[str, str]) -> RegisterView:
    """How a register is understood with the choices made so far. A missing column is told, with the headers to choose from. Raises `UnreadableFile`."""
    from assistant.files.register_columns import register_words

    fields = {name: one.title for name, one in register_words().form(kind).fields.items()}
    try:
        registers = _read(file, kind, choices, None)
    except UnreadableRegister as error:
        return RegisterView(kind, _headers(file, kind, choices), fields, 0, trouble=f"{error.message}{error.hint}")
    own = next((one for one in registers if one.kind == kind), registers[0])
    return RegisterView(
        kind=kind,
        mappings=own.mappings,
        fields=fields,
        entries=len(own.rows),
        others=tuple(f"{REGISTERS[one.kind]} {len(one.rows)} 条" for one in registers if one is not own),
        skipped=tuple(f"{skipped.locator}：{skipped.reason}" for skipped in own.skipped),
    )


def _read(file: File, kind: RegisterKind, choices: Mapping[str, str], year: int | None) -> tuple[Register, ...]:
    """The registers in a file. Choices about columns hold for a file of one kind."""
    from assistant.files.register import read_register, read_registers
    from assistant.files.register_limits import RegisterFile

    given = RegisterFile(*file)
    if kind != "applications":
        return (read_register(given, kind, year=year, choices=choices),)
    try:
        found = read_registers(given, year=year)
    except UnreadableRegister:
        found = ()
    if len(found) > 1 or (found and not choices):
        return found
    return (read_register(given, kind, year=year, choices=choices),)


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


def fill_from_materials(unit: str, year: int, given: Materials, *, earlier: SavedReport | None = None, who: str = "填报人") -> SavedReport:
    """A report with its tables filled from uploaded files. What was typed by hand into `earlier` stands; where a source says otherwise, that is told."""
    from assistant.workflow.filling import filled_report

    previous, registers, facts = _all_read(given, year)
    typed = typed_by_hand(earlier) if earlier else {}
    sources = given.decided.cells | dict.fromkeys(typed, "typed")
    decided = given.decided.model_copy(update={"cells": sources})
    return filled_report(unit, year, previous=previous, registers=registers, given=facts, typed=typed, decided=decided, who=who)


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
    from assistant.tables.fill import fill_tables

    previous, registers, facts = _all_read(given, year)
    last = previous.report if previous else None
    return fill_tables(year, unit=unit, registers=registers, previous=last, typed=dict(facts.tables), decisions=given.decided)


def _all_read(given: Materials, year: int) -> tuple[ReadResult | None, tuple[Register, ...], GivenFacts]:
    from assistant.drafting.facts_file import load_facts
    from assistant.workflow.checking import read_bytes

    registers: dict[RegisterKind, Register] = {}
    for kind, file in given.registers.items():  # the file given for a kind wins over a sheet of the workbook of applications
        for one in _read(file, kind, given.choices.get(kind, {}), year):
            if one.kind == kind or one.kind not in given.registers:
                registers[one.kind] = one if kind == "applications" else _named(one)
    facts = load_facts(given.facts[1].decode("utf-8-sig", errors="replace")) if given.facts else GivenFacts()
    return (read_bytes(*given.previous) if given.previous else None), tuple(registers.values()), facts


def _named(register: Register) -> Register:
    """The register with its kind before every row's place: sheets of different files may have the same name."""
    rows = tuple(row._replace(locator=f"{place_of(register.kind)}{row.locator}") for row in register.rows)
    return Register.model_validate({**dict(register), "rows": rows})


def place_of(kind: RegisterKind) -> str:
    """What stands before the places of rows in a file of its own."""
    return "" if kind == "applications" else f"{REGISTERS[kind]}·"


def options(needed: DecisionNeeded, year: int) -> dict[str, str]:
    """What a person may choose: key → label. A row can always be left out."""
    names = key_names(year, needed.kind)
    if needed.candidates:
        keys = needed.candidates
    elif needed.kind in ("outcome", "category", "wording"):
        keys = tuple(names)
    else:
        keys = ("include",) if _ISO_DAY.fullmatch(needed.wording) else ()
    return {key: names.get(key, KEYS.get(key, key)) for key in dict.fromkeys((*keys, "exclude"))}


def key_names(year: int, kind: str) -> dict[str, str]:
    """The keys among which a decision of a kind (`outcome`, `category`, `wording`) is made, with their printed labels."""
    form = form_for_year(year)
    if kind == "outcome":
        return {row.id: row.label for row in form.t3.rows if row.id not in ("new", "carried_in", "processed")}
    if kind == "category":
        return {column.id: column.label for column in form.t3.columns if column.id != "total"}
    if kind == "date":
        return {row.id: row.label for row in form.t3.rows}
    rows = {row.id: row.label for block in form.t2.blocks for row in block.rows}
    return (
        rows
        | {group.id: group.label for group in form.t4.groups}
        | {one.id: one.label for one in form.t4.columns if one.id != "total"}
        | KEYS
    )


def deadlines(file: File, choices: Mapping[str, str], today: date) -> RegisterReport:
    """Due and overdue applications, late replies and what else a register of applications shows. Raises `UnreadableFile`, `UnreadableRegister`."""
    from assistant.tables.register_report import register_report

    return register_report(_applications(file, choices), today)


def calendar_file(file: File, choices: Mapping[str, str], report: RegisterReport, stamp: datetime) -> bytes:
    """The deadlines of open applications for a calendar program; registration numbers only, no personal data."""
    from assistant.tables.register_report import to_ics

    return to_ics(report, _applications(file, choices), stamp).encode()


def _applications(file: File, choices: Mapping[str, str]) -> Register:
    found = next((one for one in _read(file, "applications", choices, None) if one.kind == "applications"), None)
    if found is None:
        raise UnreadableRegister("这个文件不是申请台账。", "请在“材料与填表”里给出申请台账。")
    return found
