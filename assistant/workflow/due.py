"""Deadlines of the applications in a register: what is due, overdue and late, fees, duplicates; as lines, documents and a calendar file."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.domain.register import Register
from assistant.errors import UnreadableRegister
from assistant.workflow.materials import File, read_given

if TYPE_CHECKING:
    from assistant.settings import Settings
    from assistant.statute.calendar import WorkingCalendar
    from assistant.tables.register_report import RegisterReport

DEADLINES = "nianbao.deadlines/1"
HOLIDAYS = "holidays.yaml"
STATES = {"overdue": "已超期", "open": "办理中", "waiting_for_correction": "等待补正", "calendar_unknown": "放假安排未录入"}
_SHOWN = 20


def working_calendar(settings: Settings) -> WorkingCalendar:
    """The official calendar with the user's own overrides: the file named in the settings, else `holidays.yaml` in the data directory. Raises `InvalidData`."""
    from assistant.statute.calendar import calendar_with, official_calendar, parse_overrides

    path = holidays_file(settings)
    if path is None:
        return official_calendar()
    from assistant.files.limits import load_text

    return calendar_with(parse_overrides(load_text(path, "日历补充文件")))


def holidays_file(settings: Settings) -> Path | None:
    """The user's own overrides of the calendar, where there are any."""
    if settings.holidays:
        return Path(settings.holidays)
    path = settings.data_dir / HOLIDAYS
    return path if path.is_file() else None


def deadlines(file: File, choices: Mapping[str, str], today: date, settings: Settings) -> RegisterReport:
    """Due and overdue applications, late replies and what else a register of applications shows. Raises `UnreadableFile`, `UnreadableRegister`."""
    return due_report(_applications(file, choices), today, settings)


def due_report(register: Register, today: date, settings: Settings) -> RegisterReport:
    """The same for a register that was read."""
    from assistant.tables.register_report import register_report

    return register_report(register, today, working_calendar(settings))


def calendar_file(file: File, choices: Mapping[str, str], report: RegisterReport, stamp: datetime) -> bytes:
    """The deadlines of open applications for a calendar program; registration numbers only, no personal data."""
    from assistant.tables.register_report import to_ics

    return to_ics(report, _applications(file, choices), stamp).encode()


def _applications(file: File, choices: Mapping[str, str]) -> Register:
    found = next((one for one in read_given(file, "applications", {"applications": choices}, None) if one.kind == "applications"), None)
    if found is None:
        raise UnreadableRegister("这个文件不是申请台账。", "请在“材料与填表”里给出申请台账。")
    return found


def deadline_lines(report: RegisterReport) -> list[str]:
    """The same for people, most urgent first."""
    lines = [
        f"截至 {report.today:%Y-%m-%d}：没有办结 {len(report.open)} 件，其中已超期 {len(report.overdue)} 件；答复时已超期 {len(report.late)} 件"
    ]
    for item in report.open[:_SHOWN]:
        due = f"最迟 {item.due:%Y-%m-%d} 答复" if item.due else STATES[item.state]
        left = (
            ""
            if item.days_left is None
            else f"，还有 {item.days_left} 个工作日"
            if item.days_left >= 0
            else f"，已超期 {-item.days_left} 个工作日"
        )
        lines.append(f"  {_label(item.number, item.locator)}：{item.received:%Y-%m-%d} 收到，{due}{left}")
    lines += _more(len(report.open))
    for late in report.late[:_SHOWN]:
        lines.append(
            f"  {_label(late.number, late.locator)}：应于 {late.due:%Y-%m-%d} 前答复，{late.answered:%Y-%m-%d} 答复，超期 {late.days_late} 个工作日"
        )
    lines += _more(len(report.late))
    lines += [
        f"  可以收取信息处理费：{what} {yuan} 元（按件、按量只能选一种，是否收取由本机关决定）" for what, yuan in charges(report)[:_SHOWN]
    ]
    lines += [f"  可能重复登记：{one.why}：{'、'.join(one.rows[:5])}" for one in report.duplicates[:_SHOWN]]
    return lines + [f"  说明：{note}" for note in report.notes]


def charges(report: RegisterReport) -> list[tuple[str, str]]:
    """Fees that the register gives rise to: what for, and how much in yuan."""
    found = [
        (
            f"{fee.month}，同一申请人 {fee.items} 件（{'、'.join(fee.rows)}）{'，同名而联系方式不同，请核对是否同一人' if fee.ambiguous else ''}",
            str(fee.fee.yuan),
        )
        for fee in report.monthly_fees
    ]
    return found + [(f"{_label(fee.number, fee.locator)}，按页数", str(fee.fee.yuan)) for fee in report.page_fees]


def _label(number: str, locator: str) -> str:
    return f"{number}（{locator}）" if number else locator


def _more(count: int) -> list[str]:
    return [f"  另有 {count - _SHOWN} 件，用 --deadlines 写成文件查看"] if count > _SHOWN else []


def deadline_document(report: RegisterReport, file: str) -> dict[str, Any]:
    """`nianbao.deadlines/1`."""
    return {
        "schema": DEADLINES,
        "file": file,
        "today": report.today.isoformat(),
        "open": [
            {
                "number": item.number,
                "row": item.locator,
                "received": item.received.isoformat(),
                "state": item.state,
                "due": item.due.isoformat() if item.due else None,
                "days_left": item.days_left,
                "steps": list(item.deadline.steps),
                "notes": list(item.deadline.notes),
            }
            for item in report.open
        ],
        "late": [
            {
                "number": item.number,
                "row": item.locator,
                "received": item.received.isoformat(),
                "due": item.due.isoformat(),
                "answered": item.answered.isoformat(),
                "days_late": item.days_late,
            }
            for item in report.late
        ],
        "fees": [{"what": what, "yuan": int(yuan)} for what, yuan in charges(report)],
        "duplicates": [{"rows": list(one.rows), "why": one.why} for one in report.duplicates],
        "notes": list(report.notes),
        "error": None,
    }


def write_deadlines(report: RegisterReport, register: Register, path: Path) -> None:
    """The list as .ics (open applications for a calendar program), .csv or .json. Raises `UnknownFormat` for another suffix."""
    import json

    from assistant.files.writers import UnknownFormat, write_atomically
    from assistant.tables.register_report import to_ics

    match path.suffix.lower():
        case ".ics":
            content = to_ics(report, register, datetime.now(UTC)).encode()
        case ".csv":
            content = _table(report).encode("utf-8-sig")
        case ".json":
            content = (json.dumps(deadline_document(report, register.file), ensure_ascii=False, indent=1) + "\n").encode()
        case other:
            raise UnknownFormat(f"期限清单不能写成“{other or '无扩展名'}”格式。", "可用的格式：.ics、.csv、.json。")
    write_atomically(path, content)


def _table(report: RegisterReport) -> str:
    sheet = StringIO()
    lines = csv.writer(sheet)
    lines.writerow(("编号", "台账位置", "收到日期", "状态", "期限", "答复日期", "剩余工作日"))
    for item in report.open:
        lines.writerow(
            (
                item.number,
                item.locator,
                item.received,
                STATES[item.state],
                item.due or "",
                "",
                "" if item.days_left is None else item.days_left,
            )
        )
    for late in report.late:
        lines.writerow((late.number, late.locator, late.received, "答复时已超期", late.due, late.answered, -late.days_late))
    return sheet.getvalue()
