"""S031: the aspects that 一、总体情况 must cover, told by its heads and its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from pydantic import TypeAdapter

from assistant.checks.context import CheckContext, heading_span
from assistant.checks.data_files import load
from assistant.checks.findings import failed, found, not_applicable, passed
from assistant.checks.prose import section_text
from assistant.checks.registry import rule
from assistant.domain.finding import Outcome
from assistant.domain.report import SectionId
from assistant.expressions import regex
from assistant.forms.model import Aspect
from assistant.text.marks import Level, mark_of

_HEAD = regex(r"在?([^。；：:，,！？\s\d]{2,24})(?:[。：:\s]|方面[，,]|$)")
_NUMBERED_HEAD = regex(r"([^。；：:，,！？\s\d]{2,24})(?:[。：:，,\s]|$)")


@rule("S031")
def aspects(ctx: CheckContext) -> tuple[Outcome, ...]:
    """The aspects that 一、总体情况 must cover, all missing ones in one finding."""
    form, section = ctx.form.section(SectionId.OVERVIEW), ctx.report.section(SectionId.OVERVIEW)
    text = section_text(ctx, "overview")
    if section is None or not text.strip() or not form.aspects:
        return (not_applicable("S031", "overview", "没有这一节"),)
    missing = [aspect.label for aspect in form.aspects if not _covers(text, aspect)] or _without_head(text, form.aspects)
    if not missing:
        return (passed("S031", "overview"),)
    message = f"“{form.heading}”没有写到{'、'.join(missing)}；应包括{'、'.join(aspect.label for aspect in form.aspects)}{len(form.aspects)}个方面。"
    span = heading_span(section.id, "")
    return (failed("S031", "overview", found(ctx, "S031", message, span=span, expected="、".join(missing))),)


@cache
def signs() -> Mapping[str, re.Pattern[str]]:
    """How a text shows that it covers an aspect, by aspect."""
    listed = load("aspects.yaml", TypeAdapter(dict[str, tuple[str, ...]]))
    return {aspect: regex("|".join(f"(?:{sign})" for sign in expressions)) for aspect, expressions in listed.items()}


def _covers(text: str, aspect: Aspect) -> bool:
    sign = signs().get(aspect.id)
    return bool(sign.search(text)) if sign else _names(text, aspect)


def _names(text: str, aspect: Aspect) -> bool:
    return any(word in text for word in (aspect.label, *aspect.synonyms))


class _Line(NamedTuple):
    """A line of the overview; `aspects` are those that its head names."""

    text: str
    level: Level
    head: str
    aspects: frozenset[str]


def _without_head(text: str, wanted: Sequence[Aspect]) -> list[str]:
    """Where heads of one level name all aspects but one, and no head is left that may name it in other words: that one, if neither its name nor,
    outside the parts of the others, its words occur. The first, 主动公开, is told all over the overview and needs no head."""
    lines = list(_lines(text, wanted))
    for level in dict.fromkeys(line.level for line in lines if line.aspects):
        heads = [line for line in lines if line.level == level and line.head]
        rest = [aspect for aspect in wanted if not any(aspect.id in head.aspects for head in heads)]
        if len(rest) == 1 and len(heads) < len(wanted) and rest[0] is not wanted[0]:
            free = "\n".join(_outside(lines, level))
            return [aspect.label for aspect in rest if not _names(text, aspect) and not _covers(free, aspect)]
    return []


def _lines(text: str, wanted: Sequence[Aspect]) -> Iterator[_Line]:
    for line in text.splitlines():
        mark = mark_of(line)
        match = (_NUMBERED_HEAD if mark.number else _HEAD).match(line, mark.end)
        head = match[1] if match else ""
        named = {aspect.id for aspect in wanted if _names(head, aspect)}
        named = named or {aspect.id for aspect in wanted if head and _covers(head, aspect)}
        yield _Line(line, mark.level, head, frozenset(named))


def _outside(lines: Sequence[_Line], level: Level) -> Iterator[str]:
    """The lines that stand under no head of `level` that names an aspect."""
    inside = False
    for line in lines:
        if line.level == level and line.head:
            inside = bool(line.aspects)
        if not inside:
            yield line.text
