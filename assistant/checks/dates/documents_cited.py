"""D120: a document cited as the basis that was no longer in force at the end of the report year."""

from __future__ import annotations

import re
from functools import cache

from pydantic import TypeAdapter

from assistant.checks.context import CheckContext, span_in
from assistant.checks.data_files import load
from assistant.checks.documents import cited_documents
from assistant.checks.findings import found, judged, unknown
from assistant.checks.prose import part_name
from assistant.checks.registry import rule
from assistant.domain.base import Frozen
from assistant.domain.finding import Finding, Outcome
from assistant.domain.report import Block

_WIDE = {ord("０") + digit: str(digit) for digit in range(10)}


class Superseded(Frozen):
    """A document out of force, what replaced it, and how texts name it."""

    document: str
    replaced_by: str
    named: tuple[str, ...]


@cache
def _superseded() -> tuple[tuple[Superseded, re.Pattern[str]], ...]:
    rows = load("superseded.yaml", TypeAdapter(tuple[Superseded, ...]))
    return tuple((row, re.compile("|".join(f"(?:{expression})" for expression in row.named))) for row in rows)


@rule("D120")
def superseded(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Citations of documents out of force, one finding for each document in a paragraph."""
    if ctx.year is None:
        return (unknown("D120", "report", "报告年度不明"),)
    whole = ctx.whole.translate(_WIDE)
    if not any(expression.search(whole) for _, expression in _superseded()):
        return judged("D120", [])
    return judged("D120", [finding for part, block in ctx.blocks for finding in _in_block(ctx, part, block)])


def _in_block(ctx: CheckContext, part: str, block: Block) -> list[Finding]:
    findings = []
    text = block.text.translate(_WIDE)
    for row, expression in _superseded():
        old, new = cited_documents()[row.document], cited_documents()[row.replaced_by]
        if old.until is None or old.until >= f"{ctx.year}-12-31":
            continue
        match = expression.search(text)
        if match is None or re.search(r"废止|失效|代替|取代|不再(?:执行|适用)", block.text[match.end() : match.end() + 20]):
            continue
        message = f"{part_name(ctx, part)}引用“{match.group()}”（{old.number}），该文件{old.until}后不再适用，现行的是《{new.title}》（{new.number}）。"
        findings.append(found(ctx, "D120", message, span=span_in(part, block, match.start(), match.end()), expected=new.number, actual=old.number))
    return findings
