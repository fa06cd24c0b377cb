"""Family N: the cases of tests/checks/cases/narrative, one file per rule, and the real reports."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.checks.claims.binding import bind
from assistant.checks.context import CheckContext
from assistant.checks.registry import registered
from assistant.domain.cell import Cell, CellState, number_cell
from assistant.domain.finding import Finding, Outcome, Status
from assistant.domain.report import Block, Report, Section, SectionId
from assistant.forms import load_form

FOLDER = Path(__file__).parent / "cases" / "narrative"
FILES = sorted(FOLDER.glob("N*.yaml"))


def report(cells: dict[str, Any], text: str, *, year: int = 2023, section: str = "overview", edition: Any = "2021") -> Report:
    """A report with the given cells, all others 0, and one paragraph."""
    made = []
    for cell_id in load_form(edition).cell_ids:
        value = cells.get(cell_id, 0)
        made.append(Cell(id=cell_id, state=CellState.BLANK) if value is None else number_cell(cell_id, Decimal(str(value))))
    sections = (Section(id=SectionId(section), heading="总体情况", blocks=(Block(id=f"{section}.1", text=text),)),)
    return Report(unit="某某市", year=year, edition=edition, cells=tuple(made), sections=sections)


def outcomes(code: str, this: Report, previous: Report | None = None) -> tuple[Outcome, ...]:
    """All outcomes of the function that implements `code`, those of other codes included."""
    (entry,) = [entry for entry in registered() if code in entry.codes]
    return tuple(outcome for outcome in entry.run(CheckContext(report=this, previous=previous)) if outcome.code == code)


def findings(code: str, this: Report, previous: Report | None = None) -> list[Finding]:
    """The findings of one rule."""
    return [finding for outcome in outcomes(code, this, previous) for finding in outcome.findings]


def cases(kind: str) -> list[Any]:
    """All sentences of one kind: (code, file content, sentence)."""
    found = []
    for path in FILES:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        found += [pytest.param(path.stem, data, sentence, id=f"{path.stem}-{number}") for number, sentence in enumerate(data.get(kind, []))]
    return found


def pair(data: dict[str, Any], sentence: str) -> tuple[Report, Report | None]:
    """The report of a case and last year's."""
    previous = report(data["previous"], "", year=2022) if "previous" in data else None
    return report(data["cells"], sentence, section=data.get("section", "overview")), previous


@pytest.mark.parametrize(("code", "data", "sentence"), cases("fail"))
def test_each_fault_is_one_finding_at_its_place(code: str, data: dict[str, Any], sentence: str) -> None:
    found = findings(code, *pair(data, sentence))
    assert len(found) == 1, found
    assert found[0].message
    span = found[0].span
    if span is not None:
        assert sentence[span.start : span.end] == span.text


@pytest.mark.parametrize(("code", "data", "sentence"), cases("pass") + cases("silent"))
def test_correct_wordings_are_left_alone(code: str, data: dict[str, Any], sentence: str) -> None:
    assert findings(code, *pair(data, sentence)) == []


@pytest.mark.parametrize(("code", "data", "sentence"), cases("pass"))
def test_correct_wordings_are_understood(code: str, data: dict[str, Any], sentence: str) -> None:
    assert any(outcome.status is Status.PASS for outcome in outcomes(code, *pair(data, sentence)))


@pytest.mark.parametrize(("code", "data", "sentence"), cases("silent"))
def test_other_matters_bind_nothing(code: str, data: dict[str, Any], sentence: str) -> None:
    this, previous = pair(data, sentence)
    assert all(bound.verdict != "differs" for bound in bind(this, previous))
    assert findings(code, this, previous) == []


@pytest.mark.parametrize(("code", "data", "sentence"), cases("without_previous"))
def test_without_last_year_nothing_is_blamed(code: str, data: dict[str, Any], sentence: str) -> None:
    assert findings(code, pair(data, sentence)[0]) == []


@pytest.mark.parametrize(("code", "data", "case"), cases("blank"))
def test_a_blank_cell_is_unknown(code: str, data: dict[str, Any], case: dict[str, Any]) -> None:
    this = report({**data["cells"], **case["cells"]}, case["text"])
    assert [outcome.status for outcome in outcomes(code, this)] == [Status.UNKNOWN]


def test_every_rule_of_the_family_has_cases() -> None:
    codes = {code for entry in registered() for code in entry.codes if code[0] == "N"}
    assert {path.stem for path in FILES} == codes


def test_the_older_form_has_readings_of_its_own() -> None:
    text = "全年制定行政规范性文件5件，作出行政许可决定7件，其他处理2件。"
    cells = {"t2.normative.made": 5, "t2.licensing.decisions": 7, "t3.other.total": 2}
    bounds = bind(report(cells, text, year=2020, edition="2019"))
    assert [bound.verdict for bound in bounds] == ["fits", "fits", "fits"]


def test_last_year_is_quoted_against_last_years_tables() -> None:
    this = report({"t3.new.total": 74}, "2022年新收申请70件，2023年新收74件。")
    bounds = bind(this, report({"t3.new.total": 70}, "", year=2022))
    assert [(bound.period, bound.verdict) for bound in bounds] == [("last", "fits"), ("this", "fits")]


def test_the_real_city_report_is_matched_number_by_number(shared_data: Path) -> None:
    reading = pytest.importorskip("assistant.files.reading")
    this = reading.read_report(shared_data / "reports" / "huaian_2024.txt").report
    bounds = {bound.mention.numeral.value: bound.verdict for bound in bind(this)}
    assert set(bounds.values()) == {"fits"}
    assert {3119, 3050, 34, 103, 351, 72, 64, 178, 37, 46, 25, 5, 9, 7} <= {int(value) for value in bounds if value is not None}


def test_single_faults_in_real_narratives_are_found_and_rewordings_left_alone(shared_data: Path) -> None:
    reading = pytest.importorskip("assistant.files.reading")
    folder = shared_data / "mutations"
    known: dict[str, Report] = {}

    def load(name: str | None) -> Report | None:
        if not name:
            return None
        if name not in known:
            known[name] = reading.read_report(folder / name).report
        return known[name]

    def alarms(name: str, last: str | None) -> set[tuple[str, tuple[str, ...], str, str]]:
        this = load(name)
        assert this is not None
        ctx = CheckContext(report=this, previous=load(last))
        found = [f for entry in registered() if entry.codes[0][0] == "N" for outcome in entry.run(ctx) for f in outcome.findings]
        return {(f.code, f.cells, f.span.text, f.span.section) for f in found if f.severity != "info" and f.span}

    rows = [json.loads(line) for line in (folder / "cases.jsonl").read_text(encoding="utf-8").splitlines()]
    faults = [row for row in rows if row["fault_kind"] in ("text_table_mismatch", "percentage_wrong", "parts_sum")]
    clean = [row for row in rows if row["fault_kind"] == "clean"]
    new = {row["id"]: alarms(row["file"], row["previous"]) - alarms(row["base_file"], row["previous"]) for row in faults + clean}
    single = [row for row in faults if len(new[row["id"]]) == 1 and next(iter(new[row["id"]]))[3] == row["section"]]
    assert len(single) >= 0.98 * len(faults)
    assert sum(bool(new[row["id"]]) for row in clean) <= 0.01 * len(clean)
