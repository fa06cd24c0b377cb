"""`nianbao fill` from files: columns and decisions remembered per unit, questions asked in a file, an earlier report carried on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.domain.register import Register, RegisterDecisions, RegisterKind
from assistant.domain.saved import SavedReport
from assistant.errors import ConflictingInput, InvalidData, NotAReport, UnreadableFile
from assistant.forms import form_for_year
from assistant.workflow import deciding, remembering
from assistant.workflow.filling import keep_text
from assistant.workflow.materials import REGISTERS, File, Materials, Read, fill_from_read, read_materials, undecided

if TYPE_CHECKING:
    from assistant.tables.result import FillResult
    from assistant.workspace import Workspace

_SHOWN = 20
_ROUNDS = 5  # an answer may raise the next question about the same row


@dataclass(frozen=True)
class Sources:
    """The files that a report is filled from, as paths. `columns` are `header=field` pairs, `decide` the file of questions and answers."""

    registers: tuple[Path, ...] = ()
    previous: Path | None = None
    facts: Path | None = None
    columns: tuple[str, ...] = ()
    decide: Path | None = None


@dataclass(frozen=True)
class Filled:
    """The report, what was read, what is left to decide, and how many decisions were taken from the file."""

    saved: SavedReport
    read: Read
    left: FillResult
    decided: int = 0

    @property
    def applications(self) -> Register | None:
        """The register of applications, where one was given."""
        return next((one for one in self.read.registers if one.kind == "applications"), None)


def fill_from_files(
    unit: str, year: int, sources: Sources, *, data_dir: Path, earlier: SavedReport | None = None, who: str = "填报人"
) -> Filled:
    """A report filled from files. Raises as the readers do; `ConflictingInput` when `earlier` is of another unit or year."""
    if not unit.strip():
        raise InvalidData("没有填写单位名称。", "请用 --unit 给出单位全称，与落款和公章一致。")
    form_for_year(year)
    if earlier and (earlier.report.unit, earlier.report.year) != (unit, year):
        raise ConflictingInput(
            f"要保存到的文件里已有 {earlier.report.unit} {earlier.report.year} 年度的报告，与 {unit} {year} 年度不符。",
            "请用 -o 换一个文件名。",
        )
    memory = _memory(data_dir, needed=bool(sources.columns or (sources.decide and sources.decide.exists())))
    files = _by_kind(sources.registers)
    if memory:
        for pair in sources.columns:
            _choose(memory, unit, pair)
    read = _read(unit, year, sources, files, memory)
    answered = deciding.answers_in(sources.decide) if sources.decide and sources.decide.exists() else ()
    taken = _take(memory, unit, year, read, files, answered) if memory and answered else 0
    decided = remembering.decisions_made(memory, unit, year, files) if memory else RegisterDecisions()
    saved = fill_from_read(unit, year, read, decided, earlier=earlier, who=who)
    left = undecided(unit, year, read, decided)
    if sources.decide:
        _ask(sources.decide, left, year, answered)
    return Filled(keep_text(saved, earlier) if earlier else saved, read, left, taken)


def read_sources(unit: str, year: int, sources: Sources, data_dir: Path) -> tuple[Read, RegisterDecisions]:
    """What the files hold, read with the unit's columns, and the decisions remembered about them."""
    memory, files = _memory(data_dir, needed=False), _by_kind(sources.registers)
    read = _read(unit, year, sources, files, memory)
    return read, remembering.decisions_made(memory, unit, year, files) if memory else RegisterDecisions()


def _read(unit: str, year: int, sources: Sources, files: dict[RegisterKind, File], memory: Workspace | None) -> Read:
    return read_materials(
        Materials(
            previous=_loaded(sources.previous) if sources.previous else None,
            registers=files,
            facts=_loaded(sources.facts) if sources.facts else None,
            choices=remembering.column_choices(memory, unit) if memory else {},
        ),
        year,
    )


def earlier_in(path: Path) -> SavedReport | None:
    """The report that a file to be written already holds. Raises `ConflictingInput` when it holds something else."""
    from assistant.workflow.saving import load_saved

    if not path.is_file():
        return None
    try:
        return load_saved(path)
    except (UnreadableFile, NotAReport) as error:
        raise ConflictingInput(
            f"{path} 已经存在，而且不是年报助手保存的报告，没有覆盖。", "请用 -o 换一个文件名，或先移走这个文件。"
        ) from error


def _memory(data_dir: Path, *, needed: bool) -> Workspace | None:
    if not needed and not (data_dir / "workspace.sqlite").is_file():
        return None
    from assistant.workspace import Workspace

    return Workspace(data_dir)


def _loaded(path: Path) -> File:
    from assistant.files.limits import load

    return path.name, load(path)


def _by_kind(paths: Sequence[Path]) -> dict[RegisterKind, File]:
    """The register files by the kind that they are given for; a single file may hold any."""
    from assistant.files.register import kind_of_file
    from assistant.files.register_limits import load_file

    loaded = [load_file(path) for path in paths]
    files: dict[RegisterKind, File] = {}
    for file in loaded:
        kind: RegisterKind = kind_of_file(file) if len(loaded) > 1 else "applications"
        if kind in files:
            raise ConflictingInput(
                f"“{files[kind][0]}”和“{file.name}”都是{REGISTERS[kind]}。",
                "同一种台账请合并在一个工作簿里（可以分工作表），再给出一个文件。",
            )
        files[kind] = (file.name, file.data)
    return files


def _choose(memory: Workspace, unit: str, pair: str) -> None:
    """Remember `header=field` for every kind of register that has such a field, by its Chinese name or its id; `header=` forgets, `header=不用` ignores."""
    from assistant.files.register_columns import IGNORE, register_words

    header, sign, wanted = pair.rpartition("=")
    header, wanted = header.strip(), wanted.strip()
    if not sign or not header:
        raise InvalidData(f"列的指定“{pair}”不符合要求。", "写作 --column 列名=含义，例如 --column 来件时间=收到日期。")
    names = {kind: {name: one.title for name, one in register_words().form(kind).fields.items()} for kind in REGISTERS}
    found = {kind: next((name for name, title in fields.items() if wanted in (name, title)), "") for kind, fields in names.items()}
    if wanted in ("", "不用", IGNORE):
        found = dict.fromkeys(REGISTERS, IGNORE if wanted else "")
    elif not any(found.values()):
        known = "、".join(dict.fromkeys(title for fields in names.values() for title in fields.values()))
        raise InvalidData(f"没有“{wanted}”这一项。", f"可用的含义：{known}、不用。")
    for kind, field in found.items():
        if field or not wanted:
            remembering.choose_column(memory, unit, kind, header, field)


def _take(
    memory: Workspace, unit: str, year: int, read: Read, files: dict[RegisterKind, File], answered: tuple[dict[str, Any], ...]
) -> int:
    """Remember the answers to the questions that arise; how many were new."""
    answers, taken = deciding.answer_by_id(answered), 0
    for _ in range(_ROUNDS):
        decided = remembering.decisions_made(memory, unit, year, files)
        left = undecided(unit, year, read, decided)
        fresh = [(needed, answers[key]) for needed in left.decisions_needed if (key := deciding.question_id(needed)) in answers]
        for needed, answer in fresh:
            remembering.decide(memory, unit, needed, answer, files)
        cells = [
            (one.cell, answers[key])
            for one in left.differences
            if (key := deciding.question_id(one)) in answers and decided.cells.get(one.cell) != answers[key]
        ]
        for cell, answer in cells:
            remembering.decide_cell(memory, unit, year, cell, answer)
        taken += len(fresh) + len(cells)
        if not fresh and not cells:
            break
    return taken


def _ask(path: Path, left: FillResult, year: int, answered: tuple[dict[str, Any], ...]) -> None:
    from assistant.files.writers import write_atomically

    settled = deciding.answer_by_id(answered)
    needed = tuple(one for one in left.decisions_needed if deciding.question_id(one) not in settled)
    differing = tuple(one for one in left.differences if deciding.question_id(one) not in settled)
    open_ones = left.model_copy(update={"decisions_needed": needed, "differences": differing})
    write_atomically(path, deciding.questions_text(open_ones, year, answered).encode())


def register_lines(filled: Filled) -> list[str]:
    """How the registers were understood: sheets, columns, lines that are no entries; and the decisions taken from the file."""
    lines = []
    for register in filled.read.registers:
        lines.append(f"{REGISTERS[register.kind]}“{register.file}”：{len(register.rows)} 条记录")
        for mapping in register.mappings:
            columns = "，".join(f"{column.header}（{column.column} 列）→{column.title}" for column in mapping.columns)
            unused = f"；没有用到：{'、'.join(mapping.unused)}" if mapping.unused else ""
            lines.append(f"  工作表“{mapping.sheet}”第 {mapping.header_rows[1]} 行是列名：{columns}{unused}")
        lines += [f"  没有作为记录：{skipped.locator}：{skipped.reason}" for skipped in register.skipped[:_SHOWN]]
        if len(register.skipped) > _SHOWN:
            lines.append(f"  另有 {len(register.skipped) - _SHOWN} 行没有作为记录")
    if filled.decided:
        lines.append(f"照决定文件处理 {filled.decided} 项，已记住")
    return lines
