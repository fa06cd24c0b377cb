"""Deadlines of applications, day counting shown, the articles behind them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.statute.calendar import official_calendar
from assistant.statute.deadlines import Application, Consultation, deadline, due_date
from assistant.statute.publication import bodies_named, duties, publication_deadline
from assistant.statute.receipt import receipt_date, reply_date
from assistant.statute.terms import term_deadline

CALENDAR = official_calendar()


def due(**dates: object) -> date | None:
    return deadline(Application(**dates), CALENDAR).due  # type: ignore[arg-type]


def test_twenty_working_days_from_the_day_after_receipt() -> None:
    found = deadline(Application(received=date(2025, 3, 3)), CALENDAR)
    assert found.due == date(2025, 3, 31)
    assert found.steps[0].startswith("答复期限为20个工作日")
    assert any("累计20个" in step for step in found.steps)
    assert ("国务院令第711号", "第三十三条") in [(basis.number, basis.article) for basis in found.basis]


def test_national_day_make_up_days_and_extension() -> None:
    found = deadline(Application(received=date(2025, 9, 15), extension_days=20), CALENDAR)
    assert (found.original_due, found.due) == (date(2025, 10, 17), date(2025, 11, 14))
    assert any("9月28日、10月11日" in step for step in found.steps)


def test_extension_over_twenty_days_is_cut_and_noted() -> None:
    found = deadline(Application(received=date(2025, 3, 3), extension_days=30), CALENDAR)
    assert found.due == due(received=date(2025, 3, 3), extension_days=20)
    assert "超过法定上限" in found.notes[0]


def test_correction_restarts_the_period() -> None:
    dates = {"received": date(2025, 7, 7), "correction_notice": date(2025, 7, 16)}
    assert due(**dates, corrected=date(2025, 7, 28)) == date(2025, 8, 25)
    assert deadline(Application(**dates), CALENDAR).state == "waiting_for_correction"
    assert due_date(Application(**dates), CALENDAR) is None


def test_late_correction_notice_is_noted() -> None:
    found = deadline(Application(received=date(2025, 7, 7), correction_notice=date(2025, 7, 17), corrected=date(2025, 7, 28)), CALENDAR)
    assert "最迟应于2025年7月16日" in found.notes[0]


def test_consultation_does_not_count() -> None:
    asked = Consultation(kind="third_party", sent=date(2025, 3, 5), delivered=date(2025, 3, 6), answered=date(2025, 3, 20))
    found = deadline(Application(received=date(2025, 3, 3), consultations=(asked,)), CALENDAR)
    assert found.due == CALENDAR.add(date(2025, 3, 31), 11)
    assert any("其间11个工作日不计入" in step for step in found.steps)


def test_overlapping_consultations_count_once_and_silence_ends_after_fifteen_days() -> None:
    silent = Consultation(kind="third_party", sent=date(2025, 3, 5), delivered=date(2025, 3, 5))
    other = Consultation(kind="co_producer", sent=date(2025, 3, 6), delivered=date(2025, 3, 6), answered=date(2025, 3, 10))
    assert due(received=date(2025, 3, 3), consultations=(silent, other)) == CALENDAR.add(date(2025, 3, 3), 35)


@given(st.dates(date(2024, 1, 1), date(2025, 12, 1)), st.integers(0, 20), st.integers(0, 10), st.integers(1, 25))
def test_pauses_and_extensions_only_ever_lengthen(received: date, extension: int, sent_after: int, answered_after: int) -> None:
    sent = CALENDAR.add(received, sent_after) if sent_after else received
    asked = Consultation(kind="other_organ", sent=sent, answered=CALENDAR.add(sent, answered_after))
    plain = Application(received=received)
    paused = Application(received=received, extension_days=extension, consultations=(asked,))
    found = due_date(paused, CALENDAR)
    assert found == CALENDAR.add(received, 20 + extension + answered_after)
    assert found is not None
    assert found > due_date(plain, CALENDAR)  # type: ignore[operator]
    assert deadline(paused, CALENDAR).due == found


def test_unknown_year_is_a_state() -> None:
    found = deadline(Application(received=date(2026, 12, 20)), CALENDAR)
    assert (found.state, found.due) == ("calendar_unknown", None)
    assert "2027年" in found.steps[0]


def test_statutory_terms() -> None:
    assert term_deadline("correction_notice", date(2025, 7, 7), CALENDAR).due == date(2025, 7, 16)
    assert term_deadline("third_party", date(2025, 6, 9), CALENDAR).due == date(2025, 6, 30)
    assert "2025年6月30日（周一）" in term_deadline("third_party", date(2025, 6, 9), CALENDAR).steps[-1]


@pytest.mark.parametrize(
    ("way", "event"),
    [
        ("in_person", "submitted"),
        ("registered_mail", "signed"),
        ("ordinary_mail", "confirmed"),
        ("internet", "confirmed"),
        ("fax", "confirmed"),
    ],
)
def test_receipt_follows_the_way(way: str, event: str) -> None:
    days = {"submitted": date(2025, 3, 1), "signed": date(2025, 3, 3), "confirmed": date(2025, 3, 5)}
    assert receipt_date(way, **days).day == days[event]  # type: ignore[arg-type]
    assert receipt_date(way).day is None  # type: ignore[arg-type]


def test_mailed_replies_count_by_posting_date() -> None:
    found = reply_date("mail", signed=date(2025, 4, 3), posted=date(2025, 3, 31))
    assert found.day == date(2025, 3, 31)
    assert found.basis[0].number == "国办公开办函〔2016〕235号"


@pytest.mark.parametrize(
    ("body", "day"),
    [
        ("department", (1, 31)),
        ("township", (1, 31)),
        ("county", (2, 20)),
        ("prefecture", (3, 10)),
        ("province", (3, 31)),
        ("vertical_system", (3, 31)),
    ],
)
def test_publication_deadlines(body: str, day: tuple[int, int]) -> None:
    assert publication_deadline(body, 2025).due == date(2026, *day)  # type: ignore[arg-type]


def test_bodies_are_found_by_name() -> None:
    assert bodies_named("我们街道办什么时候交") == ("township",)
    assert bodies_named("区政府办公室汇总") == ("county",)
    assert bodies_named("什么时候交") == ()
    assert len(duties()) == 7
