"""D112: a day or month that does not exist, wherever the text names it; what D110, D111 and D131 tell of a date is not told again."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator

from assistant.checks.context import CheckContext
from assistant.checks.dates.period import as_of, period
from assistant.checks.dates.written import number
from assistant.checks.findings import found, judged
from assistant.checks.prose import NARRATIVE, part_name, sentences
from assistant.checks.registry import rule
from assistant.domain.finding import Outcome, Span
from assistant.expressions import regex

_NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_DAY = regex(
    rf"(?<![\d.．])(?P<month>{_NUMBER})\s*月\s*(?P<day>{_NUMBER})\s*[日号]|(?<=年)\s*(?P<alone>\d{{2}}|十[三四五六七八九])\s*月(?!\s*{_NUMBER}\s*[日号])"
)
_YEAR = regex(r"(20\d{2}|二[〇零○][一二三四五六七八九〇零○]{2})\s*年\s*$")
_LEAP_YEAR = 2000


@rule("D112")
def impossible(ctx: CheckContext) -> tuple[Outcome, ...]:
    """2月30日, 11月31日, 13月; 29 February only where the text names a common year."""
    if not any(True for _ in _wrong(ctx.whole)):
        return judged("D112", [])
    findings = []
    told = [finding.span for outcome in (*period(ctx), *as_of(ctx)) for finding in outcome.findings]
    for sentence in sentences(ctx, ("preamble", *NARRATIVE)):
        for start, end in _wrong(sentence.text):
            span = sentence.span(start, end)
            if any(_overlap(span, other) for other in told if other):
                continue
            message = f"{part_name(ctx, sentence.part)}写“{span.text}”，没有这一天，请核对。"
            findings.append(found(ctx, "D112", message, span=span, actual=span.text))
    return judged("D112", findings)


def _wrong(text: str) -> Iterator[tuple[int, int]]:
    """Where a text names a day or a month that does not exist."""
    for match in _DAY.finditer(text) if "月" in text else ():
        if match["alone"]:
            if number(match["alone"]) > 12:
                yield match.start("alone"), match.end()
        elif not _exists(text, match):
            yield match.start(), match.end()


def _exists(text: str, match: re.Match[str]) -> bool:
    month, day = number(match["month"]), number(match["day"])
    if not 1 <= month <= 12:
        return False
    before = _YEAR.search(text, max(match.start() - 8, 0), match.start())
    return 1 <= day <= monthrange(number(before.group(1)) if before else _LEAP_YEAR, month)[1]


def _overlap(one: Span, other: Span) -> bool:
    return one.block == other.block and one.start < other.end and other.start < one.end
