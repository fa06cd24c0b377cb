"""Roll-forward over real consecutive years: from last year's report and this year's true tables and facts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.checks import CheckContext, run_checks
from assistant.domain.draft import DraftResult
from assistant.domain.facts import GivenFact, GivenFacts
from assistant.domain.report import Report
from assistant.drafting.derive import derive_facts
from assistant.drafting.draft import draft_report, prepare
from assistant.drafting.grounding import ground_blocks
from assistant.files.reading import read_report
from assistant.text.dates import find_dates

PAIRS = (
    ("suqian_2023.a_template.docx", "suqian_2024.a_template.docx"),
    ("pingtan_district_2021.a_template.docx", "pingtan_district_2022.b1_scratch.docx"),
    ("pingtan_district_2022.b1_scratch.docx", "pingtan_district_2023.a_template.docx"),
    ("pingtan_tourism_2022.b4_scratch.docx", "pingtan_tourism_2023.b3_scratch.docx"),
    ("pingtan_approval_2022.c1_cms.html", "pingtan_approval_2023.b2_scratch.docx"),
)


def true_facts(this: Report) -> GivenFacts:
    """What the real report of this year tells beside its tables, as a clerk would have given it."""
    asked = {fact.name: fact for fact in derive_facts(this).open if fact.last is not None}
    return GivenFacts(facts=tuple(GivenFact(name=fact.name, value=fact.last, unit=fact.unit, what=fact.what) for fact in asked.values()))


def drafted(shared_data: Path, names: tuple[str, str]) -> tuple[DraftResult, Report, Report, GivenFacts]:
    last, this = (read_report(shared_data / "reports" / name).report for name in names)
    facts = true_facts(this)
    empty = this.replace(sections=(), preamble=(), signature=(), title="")
    return draft_report(empty, last, facts), last, this, facts


@pytest.mark.parametrize("names", PAIRS, ids=lambda pair: pair[1].split(".")[0])
def test_every_number_is_right_and_none_is_stale(shared_data: Path, names: tuple[str, str]) -> None:
    result, last, this, facts = drafted(shared_data, names)
    text = result.report
    material = prepare(text, last, facts)
    assert result.shares["refill"] > 0
    assert not [finding for finding in result.findings if finding.severity == "error"]
    assert not [
        finding for finding in ground_blocks(text.blocks(), material) if finding.code in ("G001", "G002", "G003", "G005", "G008", "G011")
    ]
    stale = [
        date.raw
        for part, block in text.blocks()
        for date in find_dates(block.text)
        if date.year == last.year and part != "problems" and "《" not in block.text
    ]
    assert not stale
    assert f"{this.year}" in text.title


@pytest.mark.parametrize("names", PAIRS, ids=lambda pair: pair[1].split(".")[0])
def test_the_checks_find_no_number_that_the_tables_contradict(shared_data: Path, names: tuple[str, str]) -> None:
    result, last, _, _ = drafted(shared_data, names)
    findings = run_checks(CheckContext(report=result.report, previous=last)).findings
    wrong = [f for f in findings if re.match(r"N", f.code) and f.severity == "error"]
    assert not wrong, [f.message for f in wrong]


@pytest.mark.parametrize("names", PAIRS, ids=lambda pair: pair[1].split(".")[0])
def test_a_year_without_facts_tells_no_number_but_those_of_the_tables(shared_data: Path, names: tuple[str, str]) -> None:
    last, this = (read_report(shared_data / "reports" / name).report for name in names)
    result = draft_report(this.replace(sections=(), preamble=(), signature=()), last)
    told = {name for sentence in result.sentences for name in sentence.facts}
    assert all(result.facts.by_name[name].binding in ("cells", "constant", "growth", "share") for name in told)
    assert result.missing
