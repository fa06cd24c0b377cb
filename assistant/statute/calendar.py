"""Working days after the State Council's holiday notices, make-up days included.

Source of the days: the `chinesecalendar` package and `data/calendar_overrides.yaml`. A year for which there is no
notice is unknown: the functions raise `UnknownCalendar` and never assume that every weekday is worked.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError, field_validator

from assistant.domain.base import Frozen
from assistant.errors import AssistantError, InvalidData
from assistant.statute.basis import load_data


class UnknownCalendar(AssistantError):
    """The working days of a year are not known yet."""

    code = "unknown-calendar"

    def __init__(self, year: int) -> None:
        super().__init__(
            f"{year}年的放假安排尚未录入，不能推算工作日。",
            f"请在国务院办公厅发布{year}年节假日安排后更新，或者在日历补充文件中录入该年的放假和调休上班日。",
        )
        self.year = year


class YearOverride(Frozen):
    """What the overrides file says about one year. `complete` declares that the whole notice is entered."""

    source: str
    complete: bool = False
    holidays: tuple[date, ...] = ()
    workdays: tuple[date, ...] = ()

    @field_validator("holidays", "workdays", mode="before")
    @classmethod
    def _expand(cls, days: Any) -> Any:
        return tuple(day for entry in days or () for day in _days_of(entry))


Overrides = Mapping[int, YearOverride]


def _days_of(entry: Any) -> Iterator[Any]:
    if not (isinstance(entry, str) and "/" in entry):
        yield date.fromisoformat(entry) if isinstance(entry, str) else entry
        return
    first, last = (date.fromisoformat(part.strip()) for part in entry.split("/", 1))
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)


def parse_overrides(text: str) -> Overrides:
    """The overrides in a YAML text (years → source, complete, holidays, workdays). Raises `InvalidData`."""
    try:
        return _overrides(yaml.safe_load(text) or {})
    except (yaml.YAMLError, ValueError) as error:
        raise InvalidData(f"日历补充文件不符合要求：{error}", "请按文件开头的示例填写年份、放假日和调休上班日。") from error


def _overrides(data: Any) -> Overrides:
    try:
        found = TypeAdapter(dict[int, YearOverride]).validate_python(data)
    except ValidationError as error:
        place = ".".join(str(step) for step in error.errors(include_url=False)[0]["loc"])
        raise ValueError(f"{place or '内容'}填写有误，应为“年份: {{source, complete, holidays, workdays}}”") from error
    for year, override in found.items():
        strays = [day for day in override.holidays + override.workdays if day.year != year]
        if strays:
            raise ValueError(f"{year}年条目中有其他年份的日期：{strays[0]:%Y-%m-%d}")
    return found


@dataclass(frozen=True)
class WorkingCalendar:
    """The working days of the known years as sorted ordinals."""

    years: frozenset[int]
    days: tuple[int, ...]

    def require(self, first: int, last: int) -> None:
        """Raises `UnknownCalendar` unless every year from `first` to `last` is known."""
        for year in range(first, last + 1):
            if year not in self.years:
                raise UnknownCalendar(year)

    def is_working_day(self, day: date) -> bool:
        """Whether public offices work on `day`."""
        self.require(day.year, day.year)
        ordinal = day.toordinal()
        place = bisect_right(self.days, ordinal)
        return place > 0 and self.days[place - 1] == ordinal

    def add(self, start: date, count: int) -> date:
        """The `count`-th working day after `start`; the starting day itself is not counted. `count` is at least 1."""
        if count < 1:
            raise ValueError("count of working days must be positive")
        self.require(start.year, start.year)
        place = bisect_right(self.days, start.toordinal()) + count - 1
        if place >= len(self.days):
            raise UnknownCalendar(self._first_unknown(start.year))
        found = date.fromordinal(self.days[place])
        self.require(start.year, found.year)
        return found

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; negative when `end` lies before `start`."""
        self.require(min(start.year, end.year), max(start.year, end.year))
        return bisect_right(self.days, end.toordinal()) - bisect_right(self.days, start.toordinal())

    def working_days(self, start: date, end: date) -> tuple[date, ...]:
        """The working days after `start` up to and including `end`."""
        self.require(start.year, max(start.year, end.year))
        ordinals = self.days[bisect_right(self.days, start.toordinal()) : bisect_right(self.days, end.toordinal())]
        return tuple(map(date.fromordinal, ordinals))

    def _first_unknown(self, year: int) -> int:
        while year in self.years:
            year += 1
        return year


def build_calendar(overrides: Overrides) -> WorkingCalendar:
    """The calendar of the package with `overrides` laid over it."""
    from chinese_calendar import constants

    off, worked = set(constants.holidays), set(constants.workdays)
    years = {day.year for day in off} | {year for year, override in overrides.items() if override.complete}
    for override in overrides.values():
        off = (off | set(override.holidays)) - set(override.workdays)
        worked = (worked | set(override.workdays)) - set(override.holidays)
    days = tuple(
        ordinal
        for year in sorted(years)
        for ordinal in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal())
        if _is_worked(date.fromordinal(ordinal), off, worked)
    )
    return WorkingCalendar(years=frozenset(years), days=days)


def _is_worked(day: date, off: set[date], worked: set[date]) -> bool:
    return day in worked or (day.weekday() < 5 and day not in off)


@cache
def official_calendar() -> WorkingCalendar:
    """The calendar with the overrides that ship with the package."""
    return build_calendar(_overrides(load_data("calendar_overrides.yaml") or {}))


def calendar_with(overrides: Overrides) -> WorkingCalendar:
    """The calendar with the shipped overrides and the user's own; the user's win."""
    return build_calendar({**_overrides(load_data("calendar_overrides.yaml") or {}), **overrides})
