"""The days that a question names, in whatever words, and how they were read where the words leave something open.

`3月2日`, `26年3月2日`, `2026/3/2`, `20260302`, `今年3月2日`, `3月最后一天`; after another day `13号`, `当月5日` and `,当天`; from today `昨天`, `上个月28号`, `上周五`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

from assistant.qa.triggers import says, triggers
from assistant.retrieval.labels import to_number
from assistant.statute.counting import chinese_date
from assistant.text.dates import find_dates

_YEARS = {"前年": -2, "去年": -1, "上年": -1, "今年": 0, "本年": 0, "明年": 1}
_RELATIVE_YEAR = re.compile(rf"({'|'.join(_YEARS)})的?(?=[0-9一二三四五六七八九十]{{1,2}}月)")
_SHORT_YEAR = re.compile(r"(?<!\d)(2\d)年(?=\d{1,2}月)")
_YEAR_APART = re.compile(r"(?<!\d)(20\d\d)年的(?=\d{1,2}月)")
_SLASHED = re.compile(r"(?<![\d/.])(1[0-2]|0?[1-9])/(3[01]|[12]\d|0?[1-9])(?![\d/])")
_PACKED = re.compile(r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])([0-3]\d)(?!\d)")
_LAST_DAY = re.compile(r"(?:(20\d\d)年)?(1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月份?的?最后(?:那)?一?[天日]")
_STATED_YEAR = re.compile(r"(?<![\d\[〔(])(20\d\d)年(?!度|的?年报|\d|修|版)|\((20\d\d)年?\)")
_BARE_DAY = re.compile(
    r"(?<![\d一二三四五六七八九十月年第期周.\-])(?P<same>[当同本]月)?(?P<day>3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
    r"[日号](?!令|文|函(?!告)|解释|通知(?![他她其我补]|申请人|对方|要求)|办法|公告|楼|线|路|院|[之以]?内|门(?!卫|岗|房|口))"
)
_MONTHS = {"上上": -2, "上": -1, "这": 0, "本": 0, "当": 0, "下": 1}
_RELATIVE_MONTH = re.compile(r"(?P<month>上上|[上这本当下])个?月的?(?P<day>3[01]|[12]\d|0?[1-9])[日号]")
_DAYS = {"大前": -3, "前": -2, "昨": -1, "今": 0, "明": 1, "后": 2, "大后": 3}
_RELATIVE_DAY = re.compile(r"(?<![以之目当最提])(?:(?P<shift>大?前|大?后|昨|今|明)天|(?P<other>[昨今明])(?:日|早|晚))(?!后|内|前)")
_WEEKS = {"上上": -2, "上": -1, "这": 0, "本": 0, "下": 1}
_WEEKDAY = re.compile(r"(?P<week>上上|[上这本下])个?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])")
_TODAY = re.compile(r"(?:今天|今日|现在|眼下|目前)(?:已经?|都)?是?(?:到了?)?$")
_FAR = 180  # days from which a date without year belongs to the year beside


@dataclass(frozen=True)
class NamedDay:
    """A day that a question names and on which something happened. `event` is a key of `data/calculators.yaml`, empty when the words do not
    tell; `said` are the words of its own clause."""

    day: date
    event: str
    said: str


@dataclass(frozen=True)
class Reading:
    """The days in the order in which they are named, the day on which it is asked, and how open wordings were read, in Chinese."""

    days: tuple[NamedDay, ...]
    today: date
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Mention:
    """Where a day is named. `resolve` gives it from the day named before, and whether something that comes before that one in the course of
    an application happened on it. `apart`: from today, not from other days."""

    start: int
    end: int
    resolve: Callable[[date | None, bool], date | None]
    open: bool = True
    apart: bool = False


@dataclass
class _Course:
    """What is known when going through the days from left to right."""

    today: date
    last: NamedDay | None = None
    found: list[NamedDay] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_days(question: str, today: date, event_of: Callable[[str, str, str], tuple[str, str]]) -> Reading:
    """The days of a folded question asked `today`. `event_of` tells from the words before and behind a day, and from what
    happened on the day before it, what happened on it, and gives its clause."""
    text = _in_figures(question, today.year)
    mentions = [one for one in _mentions(text, today) if not says(triggers().not_counted, text[one.end :])]
    course = _Course(today)
    for place, one in enumerate(mentions):
        left = mentions[place - 1].end if place else 0
        right = mentions[place + 1].start if place + 1 < len(mentions) else len(text)
        if not one.apart and _TODAY.search(text[left : one.start]):
            course.today = one.resolve(course.last.day if course.last else None, False) or today
            continue
        previous = course.last.event if course.last else ""
        _read(text, one, event_of(text[left : one.start], text[one.end : right], previous), course)
    return Reading(tuple(course.found), course.today, tuple(course.notes))


def _read(text: str, mention: _Mention, told: tuple[str, str], course: _Course) -> None:
    event, said = told
    if mention.apart and not event:  # `今天` and the like are only days of the case when something happened on them
        return
    last = course.last
    day = mention.resolve(last.day if last else None, bool(last) and _comes_before(event, last.event if last else ""))
    if day is None:
        return
    course.last = NamedDay(day, event, said)
    course.found.append(course.last)
    if mention.open:
        course.notes.append(f"“{text[mention.start : mention.end].lstrip(',，。;；、')}”按{chinese_date(day)}理解。")


def _comes_before(event: str, other: str) -> bool:
    """Whether an event lies before another one in the course of an application."""
    course = triggers().course
    return event in course and other in course and course.index(event) < course.index(other)


def _in_figures(question: str, year: int) -> str:
    """The dates of a question with figures for year, month and day where the notation alone settles them."""
    text = _YEAR_APART.sub(r"\1年", _RELATIVE_YEAR.sub(lambda found: f"{year + _YEARS[found[1]]}年", question))
    text = _SLASHED.sub(r"\1月\2日", _PACKED.sub(r"\1年\2月\3日", _SHORT_YEAR.sub(r"20\1年", text)))
    return _LAST_DAY.sub(partial(_month_end, year=year), text)


def _month_end(found: re.Match[str], year: int) -> str:
    stated, month = found[1], to_number(found[2]) or 0
    return f"{f'{stated}年' if stated else ''}{month}月{monthrange(int(stated or year), month)[1]}日"


def _mentions(text: str, today: date) -> list[_Mention]:
    """All days named in a text, in order; where two readings overlap the fuller one counts."""
    dated = list(_dated(text, today))
    taken = [(one.start, one.end) for one in dated]
    others = [
        one for one in (*_from_today(text, today), *_bare(text)) if not any(one.start < end and start < one.end for start, end in taken)
    ]
    return sorted((*dated, *others), key=lambda one: one.start)


def _dated(text: str, today: date) -> Iterator[_Mention]:
    """Days with their month. A day without year lies in the year of the one before it, or beside it when that is nearer; the first takes
    the year that the question states, else this year, and last year when it lay far ahead."""
    dates = [one for one in find_dates(text) if one.month and one.day and one.exists]
    stated = next((one.year for one in dates if one.year), None) or _stated_year(text)
    for one in dates:
        month, day = one.month or 0, one.day or 0
        yield _Mention(one.start, one.end, partial(_in_year, one.year, stated, today, (month, day)), open=not one.year and not stated)


def _stated_year(text: str) -> int | None:
    years = {int(found[1] or found[2]) for found in _STATED_YEAR.finditer(text)}
    return years.pop() if len(years) == 1 else None


def _in_year(year: int | None, stated: int | None, today: date, day: tuple[int, int], last: date | None, _earlier: bool) -> date | None:
    if year:
        return date(year, *day)
    near = last or (None if stated else today)
    found = _date(near.year if near else stated or today.year, *day)
    if found is None or near is None:
        return found
    distance = (found - near).days
    if last and distance < -_FAR:
        return _date(found.year + 1, *day)
    return _date(found.year - 1, *day) if distance > _FAR else found


def _from_today(text: str, today: date) -> Iterator[_Mention]:
    monday = today - timedelta(days=today.weekday())
    for found in _RELATIVE_MONTH.finditer(text):
        if found["month"] != "当" and not (found["month"] == "本" and any(one.end <= found.start() for one in find_dates(text))):
            month = today.year * 12 + today.month - 1 + _MONTHS[found["month"]]
            yield _fixed(found, _date(month // 12, month % 12 + 1, int(found["day"])))
    for found in _RELATIVE_DAY.finditer(text):
        yield _fixed(found, today + timedelta(days=_DAYS[found["shift"] or found["other"]]))
    for found in _WEEKDAY.finditer(text):
        weekday = "一二三四五六日".index(found["weekday"].replace("天", "日"))
        yield _fixed(found, monday + timedelta(weeks=_WEEKS[found["week"]], days=weekday))


def _fixed(found: re.Match[str], day: date | None) -> _Mention:
    return _Mention(found.start(), found.end(), lambda _last, _earlier: day, apart=True)


def _bare(text: str) -> Iterator[_Mention]:
    """`13号`, `当月5日`, `,当天` behind another day."""
    for found in _BARE_DAY.finditer(text):
        yield _Mention(found.start(), found.end(), partial(_near, to_number(found["day"]) or 0, bool(found["same"])))
    for found in re.finditer(triggers().same_day, text):
        yield _Mention(found.start() + len(found["pause"]), found.end(), lambda last, _earlier: last, open=False)


def _near(number: int, same: bool, last: date | None, earlier: bool) -> date | None:
    """The day with this number next to the day before it in the text: on or after it, or on or before it for what happened earlier."""
    if last is None:
        return None
    if same:
        return _date(last.year, last.month, number)
    steps = (last + timedelta(days=-offset if earlier else offset) for offset in range(62))
    return next((day for day in steps if day.day == number), None)


def _date(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if 1 <= day <= monthrange(year, month)[1] else None
