"""L104–L105: 一是…三是, （一）…（三）, and lists that announce another number of items than they hold."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.checks.context import CheckContext, span_in
from assistant.checks.findings import found, judged
from assistant.checks.prose import NARRATIVE, part_name
from assistant.checks.registry import rule
from assistant.domain.finding import Finding, Outcome, Span
from assistant.expressions import regex

_VALUE = {char: value for value, char in enumerate("一二三四五六七八九", 1)} | {"十": 10, "十一": 11, "十二": 12}
_CHINESE = {value: char for char, value in _VALUE.items()}
_CIRCLED = {chr(0x2460 + place): place + 1 for place in range(20)}
_NUMERAL, _OPENS, _WORD = r"(十[一二]?|[一二三四五六七八九])", r"(?:^|[。；;：:\n])\s*", r"(?=\s*[\u4e00-\u9fff“《])"
# How a series is numbered: the shape of a number as shown, and where its numbers stand.
_SERIES = (
    ("{}是", regex(rf"(?:^|[。；;，,：:、）).\s]){_NUMERAL}是(?!一|否|非|个|项)")),
    ("（{}）", regex(rf"{_OPENS}[（(]{_NUMERAL}[）)](?!项|款|条|至)")),
    ("第{}", regex(rf"(?:^|[。；;：:，,\n])\s*第{_NUMERAL}(?=[，,、]){_WORD.replace('?=', '?=[，,、]')}")),
    ("（{}）", regex(rf"{_OPENS}[（(](\d{{1,2}})[）)](?!项|款|条|至){_WORD}")),
    ("{}.", regex(rf"{_OPENS}(\d{{1,2}})[.．、]{_WORD}")),
    ("{}", regex(rf"{_OPENS}([①-⑳])")),
)
_ANNOUNCED = regex(r"等\s*(\d{1,2}|[一二两三四五六七八九十])\s*(?:个|项|大|类|种|方面)")
_LIST = regex(r"(?:[^，。；：、（）“”\s]{2,14}、)+[^，。；：、（）“”\s]{2,14}$")


@dataclass(frozen=True)
class _Item:
    """One number of a series as printed; `at_once` tells that it follows the sentence before without a lead of its own."""

    printed: str
    span: Span
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
        if not expression.search(ctx.whole):
            continue
        for part in NARRATIVE:
            items = [
                _Item(
                    match.group(1), span_in(part, block, match.start(1), match.end(1) + shape.endswith("是")), match.group()[0] in "。；;"
                )
                for name, block in ctx.blocks
                if name == part
                for match in expression.finditer(block.text)
            ]
            findings += [finding for series in _runs(items) if (finding := _broken(ctx, part, shape, series))]
    return judged("L104", findings)


def _runs(items: list[_Item]) -> list[list[_Item]]:
    """Series, each beginning with 1. A second 1 that follows at once where nothing but a 1 stood repeats it: 一是…。一是…."""
    runs: list[list[_Item]] = []
    for item in items:
        again = item.at_once and len(runs[-1]) == 1 and runs[-1][0].span.block == item.span.block if runs else False
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
    expected = right + "是" if shape.endswith("是") else right
    return found(ctx, "L104", message, span=series[place].span, expected=expected, actual=series[place].printed)


@rule("L105")
def list_counts(ctx: CheckContext) -> tuple[Outcome, ...]:
    """A、B、C等8个方面, where five are named: told as info, since 等 may stand for the rest; more items than announced is a contradiction."""
    findings = []
    for part, block in ctx.blocks:
        if part not in NARRATIVE or "等" not in block.text:
            continue
        for match in _ANNOUNCED.finditer(block.text):
            items = _LIST.search(block.text[max(0, match.start() - 120) : match.start()])
            if items is None:
                continue
            named, told = items.group().count("、") + 1, match.group(1)
            count = int(told) if told.isdigit() else 2 if told == "两" else _VALUE[told]
            if named == count or count < 2 or named * 2 < count:
                continue
            verb = "却列了" if named > count else "只列了"
            message = f"{part_name(ctx, part)}“{items.group()[-24:]}等{told}…”说有 {count} 项，{verb} {named} 项。"
            span = span_in(part, block, match.start() - len(items.group()), match.end())
            findings.append(found(ctx, "L105", message, span=span, expected=str(count), actual=str(named)))
    return judged("L105", findings)
