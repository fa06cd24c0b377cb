"""What a register says beside the tables: due and overdue applications, late replies, fees, duplicates, rows that need attention."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from datetime import date, datetime

from assistant.domain.base import Frozen
from assistant.domain.register import Register, RegisterRow
from assistant.statute.calendar import WorkingCalendar, official_calendar
from assistant.statute.counting import chinese_date
from assistant.tables.fees_due import MonthlyFee, PageFee, monthly_fees, page_fees
from assistant.tables.tally import place_text
from assistant.tables.timeliness import LateReply, OpenApplication, late_replies, open_applications


class Duplicate(Frozen):
    """Rows that seem to be one application: the same registration number, or the same applicant asking for the same thing."""

    rows: tuple[str, ...]
    why: str


class RegisterReport(Frozen):
    """Everything about a register as of `today`."""

    today: date
    open: tuple[OpenApplication, ...]
    late: tuple[LateReply, ...]
    monthly_fees: tuple[MonthlyFee, ...]
    page_fees: tuple[PageFee, ...]
    duplicates: tuple[Duplicate, ...]
    notes: tuple[str, ...]

    @property
    def overdue(self) -> tuple[OpenApplication, ...]:
        """Applications whose deadline has passed."""
        return tuple(item for item in self.open if item.state == "overdue")


def register_report(register: Register, today: date, calendar: WorkingCalendar | None = None) -> RegisterReport:
    """The report on a register of applications as of `today`, by the official calendar unless another is given."""
    rows = tuple(row for row in register.rows if isinstance(row, RegisterRow))
    used = calendar or official_calendar()
    late, unknown = late_replies(rows, used)
    found_open = open_applications(rows, today, used)
    return RegisterReport(
        today=today,
        open=found_open,
        late=late,
        monthly_fees=monthly_fees(rows),
        page_fees=page_fees(rows),
        duplicates=duplicates(rows),
        notes=register.notes + _notes(rows, unknown, found_open),
    )


def duplicates(rows: tuple[RegisterRow, ...]) -> tuple[Duplicate, ...]:
    """Groups of rows with one number on the same sheet, or with one applicant and content. Plain serial numbers restart on every sheet."""
    numbers: dict[tuple[str, str], list[str]] = defaultdict(list)
    contents: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows:
        if row.number:
            numbers[row.locator.rpartition("!")[0], row.number].append(row.locator)
        if row.applicant and row.content:
            contents[row.applicant, row.content].append(row.locator)
    found = [Duplicate(rows=tuple(places), why=f"编号“{number}”重复") for (_, number), places in numbers.items() if len(places) > 1]
    found += [Duplicate(rows=tuple(places), why="同一申请人申请相同内容") for places in contents.values() if len(places) > 1]
    return tuple(found)


def _notes(rows: tuple[RegisterRow, ...], unknown: tuple[str, ...], still_open: tuple[OpenApplication, ...]) -> tuple[str, ...]:
    notes = []
    backwards = [row.locator for row in rows if row.received and row.answered_on and row.answered_on < row.received]
    if backwards:
        notes.append(f"答复日期早于收到日期，请核对：{place_text(backwards)}。")
    unread = [row.locator for row in rows if row.unread]
    if unread:
        notes.append(f"有日期或内容无法识别，请核对：{place_text(unread)}。")
    if unknown:
        notes.append(f"已答复而不能推算答复期限的（放假安排未录入，或者登记了补正通知却没有收到补正的日期）：{place_text(unknown)}。")
    blind = [item.locator for item in still_open if item.state == "calendar_unknown"]
    if blind:
        notes.append(f"放假安排尚未录入、不能推算期限的在办申请：{place_text(blind)}。")
    if not any(row.applicant for row in rows):
        notes.append("台账没有申请人列，不能按申请人核算信息处理费和重复申请。")
    return tuple(notes)


def to_ics(report: RegisterReport, register: Register, stamp: datetime) -> str:
    """The deadlines of open applications as an iCalendar file (RFC 5545), an all-day event each; `stamp` is the time of creation in UTC.

    Events carry the registration number and the row, no personal data.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//nianbao//register//ZH", "CALSCALE:GREGORIAN"]
    for item in report.open:
        if item.due is not None:
            lines += _event(item, item.due, register.sha256, stamp)
    return "".join(f"{folded}\r\n" for line in [*lines, "END:VCALENDAR"] for folded in _fold(line))


def _event(item: OpenApplication, due: date, sha256: str, stamp: datetime) -> list[str]:
    uid = hashlib.sha256(f"{sha256}|{item.locator}".encode()).hexdigest()[:24]
    label = f"编号{item.number}" if item.number else item.locator
    return [
        "BEGIN:VEVENT",
        f"UID:{uid}@nianbao",
        f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{due:%Y%m%d}",
        f"SUMMARY:{_escape(f'政府信息公开申请答复到期（{label}）')}",
        f"DESCRIPTION:{_escape(f'{chinese_date(item.received)}收到，最迟{chinese_date(due)}答复。台账位置：{item.locator}。')}",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "TRIGGER:-P3D",
        "DESCRIPTION:政府信息公开申请即将到期",
        "END:VALARM",
        "END:VEVENT",
    ]


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _fold(line: str) -> list[str]:
    """A content line cut to at most 75 octets, continuation lines starting with a blank."""
    pieces, size = [""], 0
    for character in line:
        width = len(character.encode())
        if size + width > 74:
            pieces.append(" ")
            size = 1
        pieces[-1] += character
        size += width
    return pieces
