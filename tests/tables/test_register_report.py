"""Due and overdue applications, late replies, fees, duplicates, the calendar file."""

from __future__ import annotations

from datetime import UTC, date, datetime

from assistant.domain.register import RegisterRow
from assistant.tables.register_report import RegisterReport, register_report, to_ics
from tests.tables.rows import register, row

TODAY = date(2025, 4, 2)


def report_on(*rows: RegisterRow) -> RegisterReport:
    return register_report(register(*rows), TODAY)


def waiting(line: int, received: date, **fields: object) -> RegisterRow:
    return row(line, received=received, replied=None, outcome="", **fields)


def test_open_applications_by_urgency() -> None:
    found = report_on(
        waiting(2, date(2025, 3, 25)),
        waiting(3, date(2025, 3, 3)),
        waiting(4, date(2025, 3, 5)),
        waiting(5, date(2025, 3, 3), correction_notice=date(2025, 3, 6)),
        row(6),
    )
    assert [(item.locator, item.state, item.due, item.days_left) for item in found.open] == [
        ("台账!A3", "overdue", date(2025, 3, 31), -2),
        ("台账!A4", "open", date(2025, 4, 2), 0),
        ("台账!A2", "open", date(2025, 4, 23), 14),
        ("台账!A5", "waiting_for_correction", None, None),
    ]
    assert [item.locator for item in found.overdue] == ["台账!A3"]
    assert any("累计20个" in step for step in found.open[0].deadline.steps)


def test_late_replies_count_by_posting_and_respect_extension_and_consultation() -> None:
    late = {"received": date(2025, 3, 3), "replied": date(2025, 4, 2)}
    found = report_on(
        row(2, **late),
        row(3, **late, posted=date(2025, 3, 31)),
        row(4, **late, extension_days=20),
        row(5, **late, third_party_sent=date(2025, 3, 5), third_party_answered=date(2025, 3, 20)),
        row(6, received=date(2025, 3, 3), replied=date(2025, 3, 31)),
    )
    assert [(item.locator, item.due, item.days_late) for item in found.late] == [("台账!A2", date(2025, 3, 31), 2)]


def test_unknown_calendar_is_said_not_guessed() -> None:
    found = register_report(
        register(waiting(2, date(2026, 12, 20)), row(3, received=date(2026, 12, 20), replied=date(2027, 3, 1))), date(2026, 12, 31)
    )
    assert [(item.state, item.due) for item in found.open] == [("calendar_unknown", None)]
    assert found.late == ()
    assert sum("放假安排" in note for note in found.notes) == 2


def test_fees_by_applicant_and_month() -> None:
    rows = [row(number, applicant="aa", contact="1") for number in range(2, 39)]
    rows += [row(number, applicant="aa", received=date(2025, 4, 1), replied=date(2025, 4, 2)) for number in range(50, 60)]
    found = report_on(*rows, row(90, pages=165), row(91, pages=30))
    assert [(fee.month, fee.items, fee.fee.yuan, fee.ambiguous) for fee in found.monthly_fees] == [("2025-03", 37, 3400, False)]
    assert [(fee.locator, fee.fee.yuan) for fee in found.page_fees] == [("台账!A90", 2000)]


def test_same_name_with_different_contacts_is_flagged() -> None:
    rows = [row(number, applicant="aa", contact=str(number % 2)) for number in range(2, 14)]
    assert report_on(*rows).monthly_fees[0].ambiguous


def test_duplicates_by_number_and_by_content() -> None:
    found = report_on(row(2, number="1", applicant="a", content="x"), row(3, number="1"), row(4, number="2", applicant="a", content="x"))
    assert [(item.rows, item.why) for item in found.duplicates] == [
        (("台账!A2", "台账!A3"), "编号“1”重复"),
        (("台账!A2", "台账!A4"), "同一申请人申请相同内容"),
    ]


def test_odd_rows_are_noted() -> None:
    found = report_on(row(2, replied=date(2025, 3, 1)), row(3, unread=(("corrected", "?"),)))
    assert any("早于收到日期" in note and "台账!A2" in note for note in found.notes)
    assert any("无法识别" in note and "台账!A3" in note for note in found.notes)


def test_calendar_file() -> None:
    source = register(waiting(2, date(2025, 3, 25), number="2025-07"), waiting(3, date(2025, 3, 3), correction_notice=date(2025, 3, 6)))
    text = to_ics(register_report(source, TODAY), source, datetime(2025, 4, 2, 8, tzinfo=UTC))
    lines = text.split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert text.count("BEGIN:VEVENT") == 1
    assert "DTSTART;VALUE=DATE:20250423" in lines
    assert "DTSTAMP:20250402T080000Z" in lines
    assert all(len(line.encode()) <= 75 for line in lines)
    assert "编号2025-07" in text.replace("\r\n ", "")
    assert to_ics(register_report(source, TODAY), source, datetime(2025, 4, 2, 8, tzinfo=UTC)) == text
