"""The cases of tests/checks/cases: for each rule what it must find, what it must leave alone, and what it cannot judge."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.checks import catalogue, run_checks
from assistant.domain.finding import CheckResult, Finding, Status
from tests.checks.builder import context, report

FOLDER = Path(__file__).parent / "cases"
FILES = sorted(FOLDER.glob("*.yaml"))
TOLD_ELSEWHERE = {"E001", "P101", "P102", "P104", "P105"}  # tests/checks/test_engine.py, test_sources.py


def cases(kind: str) -> list[Any]:
    """All cases of a kind as (code, spec)."""
    found = []
    for path in FILES:
        for number, spec in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")).get(kind, [])):
            found.append(pytest.param(path.stem, spec, id=f"{path.stem}-{kind}-{number}"))
    return found


def of(result: CheckResult, code: str) -> list[Finding]:
    """The findings of one rule."""
    return [finding for finding in result.findings if finding.code == code]


def test_a_sound_report_has_no_finding() -> None:
    for spec in (
        {},
        {"edition": "2019"},
        {"previous": {"text": {"overview": ["2022年，我局新建公开专区。"], "problems": ["信息更新不及时。"]}}},
    ):
        assert run_checks(context(spec)).findings == (), spec


def test_every_rule_has_cases() -> None:
    narrative = {path.stem for path in (FOLDER / "narrative").glob("*.yaml")}
    assert {path.stem for path in FILES} | narrative | TOLD_ELSEWHERE >= set(catalogue())


@pytest.mark.parametrize(("code", "spec"), cases("bad"))
def test_the_fault_is_found_once_and_told_in_words(code: str, spec: dict[str, Any]) -> None:
    result = run_checks(context(spec))
    found = of(result, code)
    assert len(found) == spec.get("count", 1), [finding.message for finding in result.findings]
    finding = found[0]
    for words in spec.get("says", []):
        assert words in finding.message
    assert finding.severity == spec.get("severity", catalogue()[code].severity)
    for cell in spec.get("at", []):
        assert cell in finding.cells
    if "part" in spec:
        assert finding.span is not None
        assert finding.span.section == spec["part"]
    if "expected" in spec:
        assert finding.expected == spec["expected"]
    others = {other.code for other in result.findings if other.severity != "info"} - {code} - set(spec.get("also", []))
    assert not others, [finding.message for finding in result.findings]


@pytest.mark.parametrize(("code", "spec"), cases("bad"))
def test_a_span_is_the_text_at_its_place(code: str, spec: dict[str, Any]) -> None:
    this = report(spec)
    texts = {block.id: block.text for _, block in this.blocks()} | {"title": this.title}
    texts |= {f"{section.id.value}.heading": section.heading for section in this.sections}
    for finding in of(run_checks(context(spec)), code):
        if finding.span and finding.span.text:
            assert texts[finding.span.block][finding.span.start : finding.span.end] == finding.span.text


@pytest.mark.parametrize(("code", "spec"), cases("good"))
def test_what_is_right_is_left_alone(code: str, spec: dict[str, Any]) -> None:
    result = run_checks(context(spec))
    assert of(result, code) == []
    assert not any(outcome.status is Status.CRASHED for outcome in result.outcomes)


@pytest.mark.parametrize(("code", "spec"), cases("unknown"))
def test_missing_input_is_never_pass_nor_fail(code: str, spec: dict[str, Any]) -> None:
    result = run_checks(context(spec))
    assert of(result, code) == []
    states = {outcome.status for outcome in result.outcomes if outcome.code == code}
    assert states & {Status.UNKNOWN, Status.NOT_APPLICABLE}, states
