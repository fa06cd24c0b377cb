"""Title, unit and year of a report, from title lines, cover lines and the preamble."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from assistant.expressions import regex
from assistant.files.sections import heading_rules

_DIGITS = str.maketrans("〇零○ＯO一二三四五六七八九０１２３４５６７８９", "000001234567890123456789")
_YEAR = r"(?P<year>(?:20\d\d|[２二][0０〇零○ＯO][0-9０-９一二三四五六七八九〇零○ＯO]{2}))"
_SUBJECT = r"(?:政府|政务)?信息公开(?:工作)?(?:情况)?(?:的)?(?:年度)?(?:工作)?(?:情况)?(?:的)?报告(?:[（(].{0,12}[）)])?$"
_TITLES = tuple(
    regex(pattern + _SUBJECT)
    for pattern in (
        rf"^(?P<unit>.*?){_YEAR}年?(?:度)?",
        rf"^{_YEAR}年?(?:度)?(?P<unit>.*?)(?:年度)?",
        r"^(?P<unit>.*?)(?:年度)?",
    )
)
_PERIOD = regex(r"(20\d\d)年1月1日(?:起)?(?:，)?[至到—–-]")
_OPENING = regex(r"^(20\d\d)年")
_ANY_YEAR = regex(r"(20\d\d)年")
_DATE = regex(
    r"(?:\d{4}|二[〇零○ＯO][一二三四五六七八九〇零○ＯO]{2})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日[）)]?$"
)
_UNIT_LINE = regex(r"^(?:单位名称|填报单位|报送单位|公开单位)[:：](.+)$")
_COMPILED_BY = regex(r"(?:本报告|报告)由([^，。（(]{2,40}?)(?:根据|按照|编制|组织编制|依据)")
_CONTACT = regex(r"请(?:直接)?(?:与|联系)([^，。（(：:]{3,40}?)(?:办公室|综合科|综合处|政务公开[^联]{0,8})?联系")
_LINES = 4
_FRONT = 120
_LONGEST = 90


class Title(NamedTuple):
    """A title: its text, the unit and the year in it, and how many paragraphs it takes from `start` on."""

    text: str
    unit: str
    year: int | None
    start: int = -1
    lines: int = 0


def squeezed(text: str) -> str:
    """`text` without any space."""
    return "".join(text.split())


def parse_title(text: str) -> Title | None:
    """The unit and year of a title line; None when `text` is no title of such a report."""
    if len(text) > 2 * _LONGEST:
        return None
    plain = squeezed(text)
    if len(plain) > _LONGEST or "，" in plain or "。" in plain:
        return None
    found = next((match for pattern in _TITLES if (match := pattern.match(plain))), None)
    if found is None:
        return None
    unit = found["unit"].strip("《“”》：:·-—_")
    spelled = found.groupdict().get("year")
    year = int(spelled.translate(_DIGITS)) if spelled else None
    return Title(plain, unit.removeprefix("关于").removesuffix("年度").removesuffix("关于"), year)


def find_title(paragraphs: Sequence[str]) -> Title | None:
    """The first complete title (unit and year) over up to four lines; else the first with either; None without any."""
    best: tuple[int, Title] | None = None
    for start in range(min(len(paragraphs), _FRONT)):
        for lines in range(1, _LINES + 1):
            part = paragraphs[start : start + lines]
            if len(part) < lines or any(is_cover(line) for line in part):
                break
            title = parse_title("".join(part))
            if title is None:
                continue
            rank = 2 * bool(title.unit) + bool(title.year)
            if best is None or rank > best[0]:
                best = (rank, Title(title.text, title.unit, title.year, start, lines))
            if rank == 3:
                return best[1]
    return best[1] if best else None


def is_cover(text: str) -> bool:
    """Whether a line belongs to the signature block on the cover (`单位名称：`, `单位主要负责人签字：`)."""
    if len(text) > 2 * _LONGEST:
        return False
    plain = squeezed(text).lstrip("（(")
    return len(plain) <= 60 and any(plain.startswith(word) for word in heading_rules().cover)


def is_date(text: str) -> bool:
    """Whether a short line ends with a date, as the last line of a report does."""
    if len(text) > 2 * _LONGEST:
        return False
    plain = squeezed(text)
    return len(plain) <= 48 and not re.search(r"[，。；]", plain) and bool(_DATE.search(plain))


def unit_of(title: Title | None, cover: Sequence[str], preamble: Sequence[str], hints: Sequence[Title]) -> str | None:
    """The unit: from the title, the cover line, a title outside the text, the preamble."""
    named = [found[1] for line in cover if (found := _UNIT_LINE.match(squeezed(line)))]
    text = squeezed("".join(preamble))
    written = [found[1] for pattern in (_COMPILED_BY, _CONTACT) if (found := pattern.search(text))]
    for unit in [title.unit if title else "", *named, *(hint.unit for hint in hints), *written]:
        if unit and unit not in {"本机关", "我局", "本局", "我单位", "本单位"}:
            return unit
    return None


def year_of(title: Title | None, preamble: Sequence[str], narrative: Sequence[str], hints: Sequence[Title]) -> int | None:
    """The report year: from the title, the period in the preamble, a title outside the text, the openings of the sections, else the
    year that the text names most."""
    if title and title.year:
        return title.year
    text = squeezed("".join(preamble))
    found = [int(year) for year in _PERIOD.findall(text)] + [hint.year for hint in hints if hint.year]
    if found:
        return found[0]
    openings = [int(match[1]) for line in narrative if (match := _OPENING.match(squeezed(line)))]
    if openings:
        return openings[0]
    named = Counter(int(year) for line in (*preamble, *narrative) for year in _ANY_YEAR.findall(squeezed(line)))
    ranked = named.most_common(2)
    return ranked[0][0] if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]) else None
