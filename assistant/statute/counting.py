"""Counting working days so that a person can follow: runs of days with a running total, holidays and make-up days named."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby

from assistant.statute.calendar import WorkingCalendar


def chinese_date(day: date) -> str:
    """`2025年3月31日（周一）`."""
    return f"{day.year}年{day.month}月{day.day}日（周{'一二三四五六日'[day.weekday()]}）"


def short_date(day: date) -> str:
    """`3月31日`."""
    return f"{day.month}月{day.day}日"


def runs(days: tuple[date, ...]) -> tuple[tuple[date, date], ...]:
    """Consecutive days joined to (first, last)."""
    grouped = groupby(enumerate(days), key=lambda pair: pair[1].toordinal() - pair[0])
    stretches = [tuple(day for _, day in group) for _, group in grouped]
    return tuple((stretch[0], stretch[-1]) for stretch in stretches)


def span_text(first: date, last: date) -> str:
    """`3月4日至3月7日`, or one day."""
    return short_date(first) if first == last else f"{short_date(first)}至{short_date(last)}"


def counting_steps(start: date, end: date, calendar: WorkingCalendar, excluded: frozenset[date] = frozenset()) -> tuple[str, ...]:
    """How the working days after `start` up to `end` are counted, leaving out the `excluded` ones: one line per run, then the holidays."""
    counted = tuple(day for day in calendar.working_days(start, end) if day not in excluded)
    steps, total = [f"{short_date(start)}当日不计，自次日起算。"], 0
    for first, last in runs(counted):
        size = (last - first).days + 1
        total += size
        steps.append(f"{span_text(first, last)}计{size}个工作日，累计{total}个。")
    return tuple(steps) + _irregular_days(start, end, calendar)


def _irregular_days(start: date, end: date, calendar: WorkingCalendar) -> tuple[str, ...]:
    days = [start + timedelta(days=offset) for offset in range(1, (end - start).days + 1)]
    off = tuple(day for day in days if day.weekday() < 5 and not calendar.is_working_day(day))
    made_up = tuple(day for day in days if day.weekday() >= 5 and calendar.is_working_day(day))
    notes = []
    if off:
        notes.append(f"其间因节假日放假、不计的有：{'、'.join(span_text(*run) for run in runs(off))}。")
    if made_up:
        notes.append(f"其间调休上班、计入的周末有：{'、'.join(map(short_date, made_up))}。")
    return tuple(notes)
