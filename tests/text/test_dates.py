from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.dates import _DATE, _SIGNS, find_dates, find_periods, find_years


@pytest.mark.parametrize(
    "text",
    [
        "自2024年1月1日至2024年12月31日",
        "2024 年 1 月 1 日起至 2024 年 12 月 31 日止",
        "２０２４年１月１日—１２月３１日",
        "二〇二四年一月一日至二〇二四年十二月三十一日",
        "2024.1.1-2024.12.31",
    ],
)
def test_a_period_is_read_in_any_form(text: str) -> None:
    (period,) = find_periods(text)
    assert period.first is not None
    assert (period.first.year, period.first.month, period.first.day) == (2024, 1, 1)
    assert (period.last.year, period.last.month, period.last.day) == (2024, 12, 31)


def test_until_has_no_first_day() -> None:
    (period,) = find_periods("数据截至2022年12月28日。")
    assert period.first is None
    assert (period.last.year, period.last.month, period.last.day) == (2022, 12, 28)


@pytest.mark.parametrize(
    ("text", "exists"),
    [("2023年12月32日", False), ("2023年2月29日", False), ("2024年2月29日", True), ("2023年13月1日", False), ("12月31日", True)],
)
def test_impossible_days_are_recognised(text: str, exists: bool) -> None:
    (date,) = find_dates(text)
    assert date.exists is exists


def test_years_of_a_plan_are_a_period() -> None:
    (period,) = find_periods("“十四五”规划（2021—2025年）")
    assert period.first is not None
    assert (period.first.year, period.last.year) == (2021, 2025)


def test_years_are_found_in_prose() -> None:
    assert [year.year for year in find_years("2023年新收3511件，2024年新收3525件，二〇三五年远景")] == [2023, 2024, 2035]
    assert find_years("四个季度，12345热线，邮编223001") == ()


@given(st.text(alphabet="0123456789年月日至-二〇一. ，自截至", max_size=30))
def test_offsets_are_exact(text: str) -> None:
    for found in (*find_dates(text), *find_periods(text)):
        assert text[found.start : found.end] == found.raw


@given(st.from_regex(_DATE.pattern) | st.text(alphabet="12024年月日0一二〇三.-/—至(（)版】」号 ", max_size=20))
def test_a_text_without_the_signs_of_a_date_holds_none(text: str) -> None:
    if _DATE.search(text):
        assert not _SIGNS.isdisjoint(text)
