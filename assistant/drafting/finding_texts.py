"""Findings of the drafting room (`data/grounding.yaml`): numbers, units, directions and sources of a text."""

from __future__ import annotations

from functools import cache
from string import Template

from pydantic import TypeAdapter

from assistant.data_files import load_data
from assistant.domain.base import Frozen
from assistant.domain.finding import Finding, Fix, Severity, Span, fingerprint


class GroundingRule(Frozen):
    """One kind of finding: what it says and what to do."""

    slug: str
    severity: Severity
    title: str
    message: str
    advice: str


@cache
def grounding_rules() -> dict[str, GroundingRule]:
    """All kinds by code."""
    return load_data("assistant.drafting", "data/grounding.yaml", TypeAdapter(dict[str, GroundingRule]))


def grounding_finding(
    code: str, span: Span, *, unit: str | None = None, year: int | None = None, cells: tuple[str, ...] = (), **said: str
) -> Finding:
    """The finding `code` at `span`; `said` fills the message (`text` defaults to the text of the span)."""
    rule = grounding_rules()[code]
    values = {"text": span.text, "what": "", "now": "", "last": "", **said}
    return Finding(
        code=code,
        slug=rule.slug,
        severity=rule.severity,
        title=rule.title,
        message=Template(rule.message).safe_substitute(values),
        cells=cells,
        span=span,
        expected=said.get("now"),
        actual=span.text,
        fix=Fix(fix_class="show", advice=rule.advice),
        fingerprint=fingerprint(code, unit, year, cells, f"{span.section}{span.text}{said.get('what', '')}"),
    )
