"""Real reports: what is known to be wrong in them is found, and nothing else; faults put into them one at a time are found once."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from assistant.checks import CheckContext, run_checks
from assistant.domain.finding import CheckResult, Finding
from assistant.domain.report import ReadResult
from assistant.files.reading import read_report

STEP = 6  # every sixth of the single-fault reports; the scorer of the bench runs all


@cache
def read(path: Path) -> ReadResult:
    return read_report(path)


@cache
def check(path: Path, previous: Path | None = None) -> CheckResult:
    result = read(path)
    return run_checks(CheckContext(result.report, losses=result.losses, previous=read(previous).report if previous else None))


def loud(result: CheckResult) -> list[Finding]:
    return [finding for finding in result.findings if finding.severity != "info"]


SEED = {
    "S025": ["2019 年版", "（六）其他处理"],
    "D111": ["2022 年 12月28日"],
    "S020": ["行政处罚", "行政强制"],
    "S002": ["两个“五”"],
    "L108": ["依申请公开申请信息"],
    "S005": ["诉讼", "行政投诉"],
    "S040": ["单位名称", "签字"],
}


def test_each_defect_of_the_seed_is_found_once(shared_data: Path) -> None:
    findings = loud(check(shared_data / "seed" / "seed_report_2023.txt"))
    for code, words in SEED.items():
        (finding,) = [finding for finding in findings if finding.code == code]
        assert all(word in finding.message for word in words)
    labels = " ".join(finding.message for finding in findings if finding.code == "S010")
    assert all(word in labels for word in ("项和", "以获", "下半年"))
    assert labels.count("应为") == 3
    widths = [finding.message for finding in findings if finding.code == "S024"]
    assert any("行政事业性收费" in message and "政府集中采购" in message for message in widths)
    assert [finding.actual for finding in findings if finding.code == "L102" and finding.actual == ","] == [","]
    assert {finding.code for finding in findings} == {*SEED, "S010", "S024", "L102"}


@pytest.mark.parametrize("name", ["huaian_2024.txt", "huaian_2024.pdf"])
def test_a_correct_city_report_holds_all_identities_and_is_only_too_long(shared_data: Path, name: str) -> None:
    result = check(shared_data / "reports" / name)
    assert (result.identities_evaluated, result.identities_total) == (42, 42)
    assert [finding.code for finding in loud(result)] == ["S030"]


KINDS = {
    "parts_sum": "N121",
    "unit_name_wrong": "S050",
    "list_count": "L105",
    "overview_too_long": "S030",
    "halfwidth_punct": "L102",
    "cross_year_jump": "C103",
    "cross_year_valid": "C102",
    "fee_decimals": "T009",
    "doubled_chars": "L101",
    "heading_typo": "S005",
    "numbering_in_text": "L104",
    "stale_year": "D102",
    "percentage_wrong": "N112",
    "s1_copied": "B102",
    "vague": "B110",
    "extra_subsection": "S034",
}
EXPECTED_ELSEWHERE = {
    "text_table_mismatch": {"N101", "N103", "N104"},
    "element_missing": {"N134", "N135", "S031"},
    "typo": {"L101", "L106"},
}
PREVIOUS = ("suqian_2024", "pingtan_district_2022", "pingtan_district_2023", "pingtan_tourism_2023", "pingtan_approval_2023")


def known_defects(folder: Path) -> list[tuple[str, dict[str, Any]]]:
    lines = (folder / "reports" / "known_defects.jsonl").read_text(encoding="utf-8").splitlines()
    return [(row["report"], defect) for row in map(json.loads, lines) for defect in row["defects"]]


def test_what_is_known_to_be_wrong_in_real_reports_is_found(shared_data: Path) -> None:
    folder = shared_data / "mutations"
    missed = []
    for report, defect in known_defects(shared_data):
        year = int(report[-4:])
        previous = folder / f"base.{report[:-4]}{year - 1}.html" if report in PREVIOUS else None
        codes = {finding.code for finding in check(folder / f"base.{report}.html", previous).findings}
        wanted = {KINDS[defect["kind"]]} if defect["kind"] in KINDS else EXPECTED_ELSEWHERE.get(defect["kind"], set())
        if wanted and not wanted & codes:
            missed.append((report, defect["kind"], defect["quote"]))
    typos = [entry for entry in missed if entry[1] == "typo"]
    assert [entry for entry in missed if entry[1] != "typo"] == []
    assert len(typos) <= 2  # semicolons for full stops, and a title run into the text: no rule claims to see these


def test_faults_put_into_real_reports_are_found_once_and_rewordings_left_alone(shared_data: Path) -> None:
    folder = shared_data / "mutations"
    cases = [json.loads(line) for line in (folder / "cases.jsonl").read_text(encoding="utf-8").splitlines()][::STEP]
    found = single = 0
    alarms = []
    faults = [case for case in cases if case["expect"] != "clean"]
    for case in cases:
        previous = folder / case["previous"] if case.get("previous") else None
        base, mine = ({_key(f): f for f in loud(check(folder / case[name], previous))} for name in ("base_file", "file"))
        new = [finding for key, finding in mine.items() if key not in base]
        if case["expect"] == "clean":
            alarms += [(case["id"], finding.message) for finding in new]
        found += case["expect"] != "clean" and bool(new)
        single += case["expect"] != "clean" and len(new) == 1
    assert alarms == []
    assert found >= 0.98 * len(faults)
    assert single >= 0.95 * len(faults)


def _key(finding: Finding) -> tuple[str, tuple[str, ...], str]:
    return finding.code, finding.cells, finding.span.text if finding.span else ""
