"""Working days follow the holiday notices; a year without a notice is unknown."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import InvalidData
from assistant.statute.calendar import (
    UnknownCalendar,
    calendar_with,
    official_calendar,
    parse_overrides,
)

DAYS = st.dates(date(2019, 1, 1), date(2026, 10, 31))


@given(DAYS)
def test_every_day_agrees_with_the_calendar_package(day: date) -> None:
    assert official_calendar().is_working_day(day) == chinese_calendar.is_workday(day)


@given(DAYS, st.integers(1, 20))
def test_adding_and_counting_are_inverse(start: date, count: int) -> None:
    end = official_calendar().add(start, count)
    assert official_calendar().between(start, end) == count
    assert official_calendar().is_working_day(end)
    assert official_calendar().between(start, end - timedelta(days=1)) == count - 1


def test_unknown_year_is_never_guessed() -> None:
    with pytest.raises(UnknownCalendar, match="2027年"):
        official_calendar().add(date(2026, 12, 25), 20)
    with pytest.raises(UnknownCalendar):
        official_calendar().is_working_day(date(2003, 6, 2))


def test_overrides_make_a_year_known_and_win() -> None:
    overrides = parse_overrides(
        "2027: {source: 通知, complete: true, holidays: [2027-01-01, 2027-02-05/2027-02-11], workdays: [2027-01-30]}\n"
        "2026: {source: 更正, holidays: [2026-12-28]}"
    )
    calendar = calendar_with(overrides)
    assert not calendar.is_working_day(date(2027, 1, 1))
    assert not calendar.is_working_day(date(2027, 2, 9))
    assert calendar.is_working_day(date(2027, 1, 30))
    assert not calendar.is_working_day(date(2026, 12, 28))
    assert calendar.add(date(2026, 12, 25), 3) == date(2026, 12, 31)


def test_incomplete_override_leaves_the_year_unknown() -> None:
    calendar = calendar_with(parse_overrides("2027: {source: 媒体报道, holidays: [2027-01-01]}"))
    with pytest.raises(UnknownCalendar):
        calendar.add(date(2026, 12, 30), 5)


def test_a_gap_between_known_years_is_noticed() -> None:
    calendar = calendar_with(parse_overrides("2028: {source: 通知, complete: true}"))
    with pytest.raises(UnknownCalendar, match="2027年"):
        calendar.add(date(2026, 12, 30), 5)


@pytest.mark.parametrize(
    "text",
    ["2027: {holidays: [2027-01-01]}", "2027: {source: x, holidays: [2026-01-01]}", "a: [", "2027: {source: x, holidays: [2027-13-01]}"],
)
def test_bad_overrides_are_refused(text: str) -> None:
    with pytest.raises(InvalidData):
        parse_overrides(text)
