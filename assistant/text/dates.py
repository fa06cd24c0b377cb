"""Dates, years and periods in prose, with exact offsets."""

from __future__ import annotations

import re
from calendar import monthrange
from functools import lru_cache
from typing import NamedTuple

from assistant.expressions import regex
from assistant.text.chinese import parse_chinese
from assistant.text.normalise import Folded, fold

_CN = "〇零一二三四五六七八九"
_YEAR = rf"(?:(?<![0-9])(?:1[89]|2[01])[0-9]{{2}}|(?<![{_CN}十百])[一二][{_CN}]{{3}})"
_MONTH = r"(?:1[0-2]|0?[1-9]|[0-9]{1,2}|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:[0-9]{1,2}|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_DASH = r" ?[-–—~～至到] ?"
_DATE = regex(
    rf"(?=[0-9{_CN}十])(?:(?P<y>{_YEAR}) ?年(?: ?(?P<m>{_MONTH}) ?月(?: ?(?P<d>{_DAY}) ?[日号])?)?"
    rf"|(?<![0-9.])(?P<ny>(?:19|20)[0-9]{{2}})(?P<sep>[-./])(?P<nm>[0-9]{{1,2}})(?P=sep)(?P<nd>[0-9]{{1,2}})(?![0-9])"
    rf"|(?P<fy>{_YEAR})(?={_DASH}{_YEAR} ?(?:年|\)|】|」))"
    rf"|(?<=[-–—~～至到])(?P<ly>{_YEAR})(?= ?\))"
    rf"|(?<=[(])(?P<vy>{_YEAR})(?= ?(?:版|年版|年))"
    rf"|(?<![0-9年])(?P<m2>{_MONTH}) ?月 ?(?P<d2>{_DAY}) ?[日号](?!常|报|益)"
    rf"|(?<![0-9年])(?P<m3>1[0-2]|[1-9]) ?月(?!份?度?报|刊)(?=[份底初末以至前后,。、]|$))"
)
_SIGNS = frozenset("年月版-./)】」")  # one of them stands in every date or right behind it
_JOINT = regex(r" ?(?:\([^()]{0,12}\))? ?(?:起|开始)? ?(?:[-–—~～至到]|起至) ?")
_UNTIL = regex(r"(?:截至|截止到?|截止至) ?$")
_TAIL = regex(r" ?(?:止|为止)")


class TextDate(NamedTuple):
    """A date as printed: `start`–`end` in the original text. Parts that are not printed are None. `exists` is False for a day the
    calendar does not have (12月32日, 2023年2月29日)."""

    start: int
    end: int
    raw: str
    year: int | None
    month: int | None = None
    day: int | None = None

    @property
    def exists(self) -> bool:
        """Whether the calendar has this day."""
        if self.month is None:
            return True
        if not 1 <= self.month <= 12:
            return False
        return self.day is None or 1 <= self.day <= monthrange(self.year or 2024, self.month)[1]


class TextPeriod(NamedTuple):
    """From `first` to `last`, both as printed; `first` is None for `截至…`. A last day without year takes the year of the first."""

    start: int
    end: int
    raw: str
    first: TextDate | None
    last: TextDate


def _number(text: str | None) -> int | None:
    if text is None:
        return None
    if text.isdigit():
        return int(text)
    value = parse_chinese(text)
    return None if value is None else int(value)


def _date(folded: Folded, match: re.Match[str]) -> TextDate:
    group = match.groupdict()
    start, end = folded.to_original(match.start(), match.end())
    year = group["y"] or group["ny"] or group["fy"] or group["ly"] or group["vy"]
    month = group["m"] or group["nm"] or group["m2"] or group["m3"]
    return TextDate(
        start, end, folded.original[start:end], _number(year), _number(month), _number(group["d"] or group["nd"] or group["d2"])
    )


@lru_cache(maxsize=512)
def find_dates(text: str) -> tuple[TextDate, ...]:
    """Every date, month or year printed in `text` (`2024年`, `2024年1月1日`, `12月31日`, `2021-2035`, `二〇三五年`), in order."""
    folded = fold(text)
    if _SIGNS.isdisjoint(folded.text):
        return ()
    return tuple([_date(folded, match) for match in _DATE.finditer(folded.text)])


def find_years(text: str) -> tuple[TextDate, ...]:
    """The dates that print a year."""
    return tuple(date for date in find_dates(text) if date.year is not None)


@lru_cache(maxsize=512)
def find_periods(text: str) -> tuple[TextPeriod, ...]:
    """Every period (`自2024年1月1日起至2024年12月31日止`, `2021—2035年`, `截至2024年12月31日`), in order."""
    folded = fold(text)
    dates = find_dates(text)
    found: list[TextPeriod] = []
    taken = -1
    for index, date in enumerate(dates):
        if index <= taken:
            continue
        after = dates[index + 1] if index + 1 < len(dates) else None
        gap = folded.text[folded.from_original(date.end) : folded.from_original(after.start)] if after else ""
        if after and gap and _JOINT.fullmatch(gap):
            last = after if after.year is not None else TextDate(after.start, after.end, after.raw, date.year, after.month, after.day)
            found.append(_period(folded, date, last))
            taken = index + 1
        elif _UNTIL.search(folded.text[: folded.from_original(date.start)]):
            found.append(_period(folded, None, date))
    return tuple(found)


def _period(folded: Folded, first: TextDate | None, last: TextDate) -> TextPeriod:
    start = (first or last).start
    tail = _TAIL.match(folded.text, folded.from_original(last.end))
    end = folded.to_original(tail.start(), tail.end())[1] if tail else last.end
    return TextPeriod(start, end, folded.original[start:end], first, last)
