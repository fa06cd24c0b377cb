"""Years and dates of last year's text: which move on by themselves, and which belong to their year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistant.drafting.slots import slot
from assistant.text.dates import TextDate, find_dates, find_periods

_OWN_TITLE = re.compile(r"度?政府信息公开(?:工作)?年度报告")
_TITLE = re.compile(r"《[^《》]*》")


@dataclass(frozen=True)
class Edit:
    """Replace `start`–`end` of a sentence by `new` (template text)."""

    start: int
    end: int
    new: str


@dataclass(frozen=True)
class YearReading:
    """`edits` move years on; `events` are dates of last year that cannot move (`2022年10月`); `titles` are named documents of last year."""

    edits: tuple[Edit, ...] = ()
    events: tuple[str, ...] = ()
    titles: tuple[tuple[int, int], ...] = ()


def read_years(sentence: str, last_year: int) -> YearReading:
    """What becomes of every year in a sentence of the report for `last_year`."""
    titles = [match.span() for match in _TITLE.finditer(sentence)]
    periods = find_periods(sentence)
    edits: list[Edit] = []
    events: list[str] = []
    dated_titles: list[tuple[int, int]] = []
    for date in find_dates(sentence):
        kind = _kind(date, last_year)
        inside = next((span for span in titles if span[0] < date.start < span[1]), None)
        if kind == "other":
            continue
        if inside:
            if kind in ("本年", "下年"):
                dated_titles.append(inside)
            continue
        frame = next((period for period in periods if period.start <= date.start and date.end <= period.end), None)
        if frame and (frame.last.year or 0) > last_year + 1:
            continue
        if sentence.startswith(("版", "年版", "修订"), date.end):
            events.append(date.raw + "版")  # an edition of a document is named by its year and does not move on
            continue
        if kind == "下年" and _OWN_TITLE.match(sentence, date.end):
            kind = "本年"  # last year's own slip: a report names its own year
        if date.month is None or (date.month, date.day) in ((1, 1), (12, 31)):
            if date.year is not None:
                edits.append(_moved(sentence, date, kind))
        else:
            events.append(date.raw)
    return YearReading(tuple(edits), tuple(events), tuple(dict.fromkeys(dated_titles)))


def _kind(date: TextDate, last_year: int) -> Literal["本年", "上年", "下年", "other", "event"]:
    if date.year is None:
        return "event" if (date.month, date.day) not in ((1, 1), (12, 31)) else "other"
    steps: dict[int, Literal["本年", "上年", "下年"]] = {0: "本年", -1: "上年", 1: "下年"}
    return steps.get(date.year - last_year, "other")


def _moved(sentence: str, date: TextDate, kind: str) -> Edit:
    """The year of a date replaced by its slot; month and day stay."""
    year_end = sentence.find("年", date.start, date.end)
    if year_end < 0:
        return Edit(date.start, min(date.start + 4, date.end), slot(kind + "数"))
    return Edit(date.start, year_end + 1, slot(kind))
