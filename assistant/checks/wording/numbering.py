"""L104: 一是…三是…, （一）…（三）, 一要…三要…: series that repeat or skip a number."""

from __future__ import annotations

from typing import NamedTuple

from assistant.checks.context import CheckContext, span_in
from assistant.checks.findings import found, judged
from assistant.checks.prose import NARRATIVE, part_name
from assistant.checks.registry import rule
from assistant.domain.finding import Finding, Outcome
from assistant.domain.report import Block
from assistant.expressions import matches, regex

_VALUE = {char: value for value, char in enumerate("一二三四五六七八九", 1)} | {"十": 10, "十一": 11, "十二": 12}
_CHINESE = {value: char for char, value in _VALUE.items()}
_CIRCLED = {chr(0x2460 + place): place + 1 for place in range(20)}
_NUMERAL, _OPENS, _WORD = r"(十[一二]?|[一二三四五六七八九])", r"(?:^|[。；;：:\n])\s*", r"(?=\s*[\u4e00-\u9fff“《])"
# How a series is numbered: the shape of a number as shown, and where its numbers stand.
_SERIES = (
    ("{}是", regex(rf"(?:^|[。；;，,：:、）).\s]){_NUMERAL}是(?!一|否|非|个|项)")),
    ("{}要", regex(rf"(?:^|[。；;，,：:、）).\s]){_NUMERAL}要(?![是点素闻件求务职地害领目])")),
    ("其{}", regex(rf"(?:^|[。；;：:\n])\s*其{_NUMERAL}(?=[，,、])")),
    ("（{}）", regex(rf"{_OPENS}[（(]{_NUMERAL}[）)](?!项|款|条|至)")),
    ("第{}", regex(rf"(?:^|[。；;：:，,\n])\s*第{_NUMERAL}(?=[，,、]){_WORD.replace('?=', '?=[，,、]')}")),
    ("（{}）", regex(rf"{_OPENS}[（(](\d{{1,2}})[）)](?!项|款|条|至){_WORD}")),
    ("{}.", regex(rf"{_OPENS}(\d{{1,2}})[.．、](?=\s*(?:[\u4e00-\u9fff“《]|20\d\d\s*年))")),
    ("{}", regex(rf"{_OPENS}([①-⑳])")),
)


class _Item(NamedTuple):
    """One number of a series as printed; `at_once` tells that it follows the sentence before without a lead of its own."""

    printed: str
    block: Block
    start: int
    at_once: bool

    @property
    def value(self) -> int:
        return _VALUE.get(self.printed) or _CIRCLED.get(self.printed) or int(self.printed)

    def like(self, value: int) -> str:
        """Another number in the same writing."""
        if self.printed in _VALUE:
            return _CHINESE[value]
        return chr(0x245F + value) if self.printed in _CIRCLED else str(value)


@rule("L104")
def numbering(ctx: CheckContext) -> tuple[Outcome, ...]:
    """A series that repeats or skips a number; one finding for each series."""
    findings: list[Finding] = []
    for shape, expression in _SERIES:
        if not matches(expression, ctx.whole):
            continue
        for part in NARRATIVE:
            items = [
                _Item(match.group(1), block, match.start(1), match.group()[0] in "。；;")
                for name, block in ctx.blocks
                if name == part
                for match in matches(expression, block.text)
            ]
            findings += [finding for series in _runs(items) if (finding := _broken(ctx, part, shape, series))]
    return judged("L104", findings)


def _runs(items: list[_Item]) -> list[list[_Item]]:
    """Series, each beginning with 1. A second 1 that follows at once where nothing but a 1 stood repeats it: 一是…。一是…."""
    runs: list[list[_Item]] = []
    for item in items:
        again = item.at_once and len(runs[-1]) == 1 and runs[-1][0].block.id == item.block.id if runs else False
        if not runs or (item.value == 1 and not again):
            runs.append([])
        runs[-1].append(item)
    return runs


def _broken(ctx: CheckContext, part: str, shape: str, series: list[_Item]) -> Finding | None:
    values = [item.value for item in series]
    if values[0] != 1 or values == list(range(1, len(values) + 1)):
        return None
    place = next(index for index, value in enumerate(values) if value != index + 1)
    shown = "…".join(shape.format(item.printed) for item in series)
    right = series[0].like(place + 1)
    message = f"{part_name(ctx, part)}序号为“{shown}”，第 {place + 1} 项应为“{shape.format(right)}”，序号重复或跳号。"
    named = shape.endswith(("是", "要"))
    wrong = series[place]
    span = span_in(part, wrong.block, wrong.start, wrong.start + len(wrong.printed) + named)
    return found(ctx, "L104", message, span=span, expected=right + shape[-1] if named else right, actual=wrong.printed)
