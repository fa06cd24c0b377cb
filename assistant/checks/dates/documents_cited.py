"""D120: a document cited as the basis that was no longer in force at the end of the report year."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pydantic import TypeAdapter

from assistant.checks.context import CheckContext, span_in
from assistant.checks.data_files import load
from assistant.checks.dates.written import spelled
from assistant.checks.documents import cited_documents
from assistant.checks.findings import found, judged, unknown
from assistant.checks.prose import part_name
from assistant.checks.registry import rule
from assistant.domain.base import Frozen
from assistant.domain.finding import Finding, Outcome
from assistant.domain.report import Block
from assistant.expressions import regex

_WIDE = {ord("０") + digit: str(digit) for digit in range(10)}


_OPEN, _SHUT = r"[〔\[（(【［〈<]", r"[〕\]）)】］〉>]"


class OfficialNumber(Frozen):
    """An official number: who issued it (a regular expression), the year where the number has one, the number in digits and spelled out."""

    issuer: str
    year: int | None = None
    number: int
    spelled: str

    @property
    def pattern(self) -> str:
        """A regular expression for every way to write it."""
        number = rf"(?:令)?\s*{_OPEN}?\s*第?\s*(?:{self.number}|{self.spelled})\s*号\s*{_SHUT}?"
        if self.year is None:
            return self.issuer + r"\s*" + number
        in_words = spelled(self.year).replace("〇", "[〇零Ｏ○O0]")
        return rf"{self.issuer}\s*{_OPEN}?\s*(?:{self.year}|{in_words})\s*年?\s*{_SHUT}?\s*[-—–]?\s*" + number


class Superseded(Frozen):
    """A document out of force, what replaced it, and how texts name it."""

    document: str
    replaced_by: str
    numbers: tuple[OfficialNumber, ...] = ()
    named: tuple[str, ...] = ()

    @property
    def expression(self) -> re.Pattern[str]:
        """All its names."""
        return regex("|".join(f"(?:{name})" for name in (*(number.pattern for number in self.numbers), *self.named)))


_STOP = regex(r"[。！？；\n]")
_NO_LONGER = regex(
    r"废止|失效|停止(?:执行|使用|适用)|不再(?:执行|适用|使用|沿用|有效|施行)|(?:被|由|为|已|经)[^。；]{0,24}(?:代替|取代|替代|修订|修改|替换)|(?<!年)修订|修改(?:后|为)|(?:更新|调整|升级|改)为"
)
_REPLACES = regex(
    r"(?:代替|取代|替代|替换|废止|修订|停止(?:执行|使用|适用)|不再(?:执行|适用|使用|沿用))(?:了|原|原有的?|的是|旧的?)*[^。；，,]{0,16}$"
)
_FORMER = regex(r"(?:原来?的?|旧的?|此前的?|过去的?|以往的?|已(?:废止|失效)的)[《〈“（(]?[^。；，,]{0,24}$")


def _as_history(text: str, match: re.Match[str]) -> bool:
    """Whether the document is named as one of the past: 原…号, …号已废止, …取代了…号. The rest of the sentence says so, or the words before."""
    start = max((stop.end() for stop in _STOP.finditer(text, 0, match.start())), default=0)
    stop = _STOP.search(text, match.end())
    before, behind = text[start : match.start()], text[match.end() : stop.start() if stop else len(text)]
    return bool(_NO_LONGER.search(behind) or _REPLACES.search(before) or _FORMER.search(before))


@cache
def _superseded() -> tuple[tuple[Superseded, re.Pattern[str]], ...]:
    rows = load("superseded.yaml", TypeAdapter(tuple[Superseded, ...]))
    return tuple((row, row.expression) for row in rows)


@lru_cache(maxsize=64)
def _any_cited(whole: str) -> bool:
    """Whether a text names a document out of force at all."""
    folded = whole.translate(_WIDE)
    return any(expression.search(folded) for _, expression in _superseded())


@rule("D120")
def superseded(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Citations of documents out of force, one finding for each document in a paragraph."""
    if ctx.year is None:
        return (unknown("D120", "report", "报告年度不明"),)
    if not _any_cited(ctx.whole):
        return judged("D120", [])
    return judged("D120", [finding for part, block in ctx.blocks for finding in _in_block(ctx, part, block)])


def _in_block(ctx: CheckContext, part: str, block: Block) -> list[Finding]:
    findings = []
    text = block.text.translate(_WIDE)
    for row, expression in _superseded():
        old, new = cited_documents()[row.document], cited_documents()[row.replaced_by]
        if old.until is None or old.until >= f"{ctx.year}-12-31":
            continue
        match = next((match for match in expression.finditer(text) if not _as_history(text, match)), None)
        if match is None:
            continue
        message = f"{part_name(ctx, part)}引用“{match.group()}”（{old.number}），该文件{old.until}后不再适用，现行的是《{new.title}》（{new.number}）。"
        findings.append(
            found(ctx, "D120", message, span=span_in(part, block, match.start(), match.end()), expected=new.number, actual=old.number)
        )
    return findings
