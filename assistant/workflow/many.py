"""Many files at once: roll-up and folders."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.domain.report import Report
from assistant.domain.saved import SavedReport
from assistant.errors import AssistantError, InvalidData, UnreadableFile
from assistant.forms import load_form
from assistant.workflow.processes import shared
from assistant.workflow.readings import read, read_bytes

if TYPE_CHECKING:
    from assistant.tables.rollup import RollUp

SUFFIXES = {".docx", ".doc", ".wps", ".pdf", ".html", ".htm", ".xlsx", ".txt", ".md", ".json"}


@dataclass(frozen=True)
class RolledUp:
    """A roll-up with what people must know: `lines` in Chinese, `troubled` whether a unit is missing or has errors, `unread` files,
    `result` with the parts of every sum."""

    saved: SavedReport
    lines: tuple[str, ...]
    troubled: bool
    result: RollUp
    unread: tuple[str, ...] = ()


def roll_up(files: Sequence[Path], *, unit: str = "", year: int | None = None, expected: Path | None = None, jobs: int = 1) -> RolledUp:
    """The superior's tables as the sum of the reports in `files`, read by `jobs` processes (0: as many as the machine has). Raises
    `ConflictingInput` when a unit reports twice, `InvalidData` when the year cannot be told."""
    return _rolled(list(shared(read_part, [(str(file), file) for file in files], jobs)), unit, year, _names(expected) if expected else ())


def roll_up_parts(parts: Sequence[Part], *, unit: str = "", year: int | None = None, expected: Sequence[str] = ()) -> RolledUp:
    """The same from reports read one by one by `read_part`; `expected` names the units that have to report."""
    return _rolled(parts, unit, year, tuple(name.strip() for name in expected if name.strip()))


@dataclass(frozen=True)
class Part:
    """One report to be summed: what it holds and what is wrong with it; or why it was not read."""

    report: Report | None
    errors: tuple[str, ...] = ()
    unread: str = ""


def read_part(file: tuple[str, Path | bytes]) -> Part:
    """Read a report, given as its name and its place or content, and check it: errors are listed with the unit that has to mend them."""
    from assistant.checks import CheckContext, run_checks

    name, source = file
    try:
        result = read(source) if isinstance(source, Path) else read_bytes(name, source)
    except AssistantError as error:
        return Part(None, unread=error.message if Path(name).name in error.message else f"{name}：{error.message}")
    found = run_checks(CheckContext(report=result.report, losses=result.losses)).findings
    errors = tuple(f"{finding.code} {finding.message}" for finding in found if finding.severity == "error")
    return Part(result.report.replace(grids=(), labels=()), errors)


def _rolled(parts: Sequence[Part], unit: str, year: int | None, expected: tuple[str, ...]) -> RolledUp:
    from assistant.tables.rollup import roll_up as summed

    reports = [part.report for part in parts if part.report]
    unread = [part.unread for part in parts if part.unread]
    if not reports:
        raise UnreadableFile(f"没有一份报告读得出：{'；'.join(unread[:5])}", "请核对给出的文件。")
    years = {report.year for report in reports if report.year}
    chosen = year or (years.pop() if len(years) == 1 else None)
    if chosen is None:
        raise InvalidData("各报告的年度不一致或认不出，不能汇总。", "请指定报告年度（命令行用 --year）。")
    result = _with_errors(summed(reports, unit=unit, year=chosen, expected=expected), parts)
    lines = [f"{unit or '汇总'} {chosen} 年度：已汇总 {len(result.summed)} 个单位"]
    lines += [f"  没有读出：{item}" for item in unread]
    lines += [f"  未报：{name}" for name in result.missing]
    lines += [f"  不在名单内：{name}" for name in result.unexpected]
    lines += [
        f"  {'没有汇入' if trouble.refused else '有差错'}：{trouble.unit}：{'；'.join(trouble.messages)}" for trouble in result.troubles
    ]
    names = load_form(result.report.edition).names
    lines += [f"  有空白：{names[gap.cell]}（{'、'.join(gap.units)}）" for gap in result.gaps]
    troubled = bool(result.missing or result.unexpected or result.troubles or result.gaps)
    return RolledUp(SavedReport(report=result.report), tuple(lines), troubled, result, tuple(unread))


def _with_errors(result: RollUp, parts: Sequence[Part]) -> RollUp:
    """The roll-up with the errors that the checks found in each report summed, in place of the bare relations that do not hold."""
    from assistant.tables.rollup import UnitTrouble

    found = {part.report.unit or "未写明单位": part.errors for part in parts if part.report and part.errors}
    known = {trouble.unit: trouble for trouble in result.troubles}
    troubles = [trouble for trouble in result.troubles if trouble.refused]
    for name in result.summed:
        if name in found:
            troubles.append(UnitTrouble(unit=name, messages=found[name]))
        elif name in known:
            troubles.append(known[name])
    return result.model_copy(update={"troubles": tuple(troubles)})


def write_parts(rolled: RolledUp, path: Path) -> None:
    """Every sum with what each unit contributes, as .csv. Raises `UnknownFormat` for another suffix."""
    from assistant.files.writers import UnknownFormat, write_atomically

    if path.suffix.lower() != ".csv":
        raise UnknownFormat(f"分项不能写成“{path.suffix or '无扩展名'}”格式。", "请用 .csv。")
    sheet = StringIO()
    table = csv.DictWriter(sheet, ["项目", "合计", *rolled.result.summed], restval="0")
    table.writeheader()
    table.writerows(rolled_up_rows(rolled))
    write_atomically(path, sheet.getvalue().encode("utf-8-sig"))


def rolled_up_rows(rolled: RolledUp) -> list[dict[str, str]]:
    """The sums with what each unit contributes, a row per cell that is not zero everywhere."""
    from assistant.domain.cell import plain

    report, names = rolled.result.report, load_form(rolled.result.report.edition).names
    rows = []
    for cell, parts in rolled.result.parts.items():
        total = report.value(cell)
        if parts and total is not None:
            rows.append({"项目": names[cell], "合计": plain(total), **{part.unit: plain(part.value) for part in parts}})
    return rows


def rolled_up_bytes(rolled: RolledUp, kind: str) -> bytes:
    """The summed tables as `xlsx` or `json`."""
    from assistant.files.writers import ExportOptions, report_bytes, saved_json

    return saved_json(rolled.saved) if kind == "json" else report_bytes(rolled.saved.report, f".{kind}", options=ExportOptions())


def _names(path: Path) -> tuple[str, ...]:
    from assistant.files.limits import load_text

    return tuple(line.strip() for line in load_text(path, "应报单位名单").splitlines() if line.strip())
