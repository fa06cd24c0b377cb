"""Which year a report is about, by the weight of what it says: a stale year in one place does not carry the whole report with it."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from assistant.domain.report import Report
from assistant.expressions import regex

_TITLE_YEAR = regex(r"(20\d{2})\s*年?")
_OPENING = regex(
    r"(?:^|[，。；：）)\n]|[一二三四五六七八九]是)\s*(20\d{2})\s*年(?!\s*(?:度?(?:预|决)算|同期|度?(?:的)?(?:政府|部门)(?:预|决)算))"
)
_PERIOD = regex(r"(20\d{2})\s*年\s*1\s*月\s*1\s*日.{0,12}?(20\d{2})\s*年\s*12\s*月\s*31\s*日")
_OWN_REPORT = regex(r"(20\d{2})\s*年(?:度)?政府信息公开(?:工作)?年度报告")


class YearEvidence(NamedTuple):
    """`year` is the report year that most evidence supports; `title` the year printed in the title; `votes` the weight per year."""

    year: int | None
    title: int | None
    votes: tuple[tuple[int, int], ...] = ()


def _told(part: str, text: str) -> str:
    """What tells of the year itself: of the problems only the opening, for plans name the next year."""
    return text[:40] if part == "problems" else text


def year_evidence(report: Report, previous: Report | None) -> YearEvidence:
    """Weigh the title (3), the reporting period (3), clauses that begin with a year, such as `2023年，我局` (1 each, at most 3), the naming of the report in the
    preamble (1) and last year's report (2). A tie goes to the title."""
    votes: Counter[int] = Counter()
    in_title = _TITLE_YEAR.search(report.title)
    title = int(in_title.group(1)) if in_title else report.year
    if title:
        votes[title] += 3
    openings: Counter[int] = Counter()
    for part, block in report.blocks():
        if "20" not in block.text:
            continue
        if part == "preamble":
            votes.update({int(match.group(2)): 3 for match in _PERIOD.finditer(block.text) if match.group(1) == match.group(2)})
            votes.update({int(year): 1 for year in _OWN_REPORT.findall(block.text)})
        if part in ("overview", "disclosure", "other", "problems"):
            openings.update(int(year) for year in _OPENING.findall(_told(part, block.text)))
    for year, count in openings.items():
        votes[year] += min(count, 3)
    if previous is not None and previous.year is not None:
        votes[previous.year + 1] += 2
    best = max(votes, key=lambda year: (votes[year], year == title, year), default=None)
    return YearEvidence(best, title, tuple(sorted(votes.items())))
