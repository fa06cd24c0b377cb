"""Real reports in every layout: every cell right, nothing silently wrong, unit, year, edition and headings found."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.domain.cell import CellState
from assistant.domain.report import LossKind, ReadResult, SectionId
from assistant.files.office import office_program
from assistant.files.reading import read_report


def truth(folder: Path) -> Iterator[dict[str, Any]]:
    for line in (folder / "reports" / "truth.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def differences(result: ReadResult, expected: dict[str, Any]) -> list[str]:
    report = result.report
    found = []
    for cell_id, value in expected["cells"].items():
        have = report.value(cell_id)
        if (have is None) != (value is None) or (have is not None and abs(float(have) - value) > 1e-9):
            found.append(f"{cell_id}: {value} 读成 {have}")
    if report.edition != expected["edition"] or report.year != expected["year"] or report.unit not in expected["unit_aliases"]:
        found.append(f"{report.unit} {report.year} {report.edition}")
    headings = ["".join(section.heading.split()) for section in report.sections]
    if not expected["tables_only"] and headings != expected.get("section_titles", headings):
        found.append(f"标题 {headings}")
    return found


@pytest.mark.parametrize("suffix", ["docx", "html", "pdf", "txt", "xlsx", "doc"])
def test_real_reports_are_read_completely(shared_data: Path, suffix: str) -> None:
    if suffix == "doc" and office_program() is None:
        pytest.skip("LibreOffice 未安装")
    files = [expected for expected in truth(shared_data) if expected["file"].endswith(f".{suffix}")]
    assert files
    wrong = {expected["file"]: differences(read_report(shared_data / "reports" / expected["file"]), expected) for expected in files}
    assert {name: found for name, found in wrong.items() if found} == {}


def test_the_seed_report_shows_every_fault_of_its_tables(shared_data: Path) -> None:
    result = read_report(shared_data / "seed" / "seed_report_2023.txt")
    report = result.report
    assert (report.unit, report.year, report.edition) == ("西宁市湟中区统计局", 2023, "2019")
    assert [block.text for block in report.signature] == ["单位名称:", "单位主要负责人签字:"]
    headings = [section.heading for section in report.sections]
    assert [heading[0] for heading in headings] == list("一二三四五五")
    assert [section.id for section in report.sections] == list(SectionId)
    doubled = [loss.cell for loss in result.losses if loss.kind is LossKind.DUPLICATED_ROW]
    assert doubled == ["t2.coercion.decisions"]
    widths = {loss.cell for loss in result.losses if loss.kind is LossKind.WIDTH_MISMATCH}
    assert {"t2.fees.previous", "t2.procurement.items"} <= widths
    printed = {label.key: label.printed for label in report.labels}
    assert "行政投诉" in printed["t4.parent.行政诉讼"]
    assert "下半年度" in printed["t3.row.carried_out"]
    assert "以获" in "".join(printed["t3.row.rejected.reissue"].split())
    assert "第二项和" in printed["t3.corner"]
    assert printed["t3.row.unavailable.not_held"] == "1.本机关 不掌握 相关政 府信息"
    assert report.value("t3.other.total") is not None
    assert {grid.table for grid in report.grids} == {"t2", "t3", "t4"}


def test_single_faults_come_out_as_states_and_losses(shared_data: Path) -> None:
    folder = shared_data / "mutations"
    cases = [json.loads(line) for line in (folder / "cases.jsonl").read_text(encoding="utf-8").splitlines()]
    states = {"slash_cell": CellState.DASH, "blank_cell": CellState.BLANK}
    seen = set()
    for case in (
        case for case in cases if case["fault_kind"] in {*states, "row_label_duplicated", "layout_2019_used", "negative", "decimal"}
    ):
        result = read_report(folder / case["file"])
        base = {cell.id: cell.value for cell in read_report(folder / case["base_file"]).report.cells}
        changed = {cell_id for cell_id, value in base.items() if result.report.value(cell_id) != value}
        seen.add(case["fault_kind"])
        if case["fault_kind"] in states:
            assert {result.report.cell(cell_id).state for cell_id in changed} == {states[case["fault_kind"]]}
            assert changed <= set(case["cells"])
        elif case["fault_kind"] == "row_label_duplicated":
            assert LossKind.DUPLICATED_ROW in {loss.kind for loss in result.losses}
            assert all(result.report.value(cell_id) is None for cell_id in changed)
        elif case["fault_kind"] == "layout_2019_used":
            assert result.report.edition == "2019"
        else:
            assert changed
            assert changed <= set(case["cells"])
    assert len(seen) == 6


def test_a_few_hundred_damaged_files_end_in_a_report_or_a_reason(shared_data: Path) -> None:
    """The full run is `python -m tests.files.fuzz`."""
    import random

    from tests.files.fuzz import attempt, mutated

    for reader, count in (("docx", 60), ("html", 60), ("xlsx", 60), ("txt", 12), ("pdf", 8)):
        files = sorted((shared_data / "reports").glob(f"pingtan_tourism_*.{reader}")) or sorted(
            (shared_data / "reports").glob(f"*.{reader}")
        )
        contents = [path.read_bytes() for path in files]
        mutants = mutated(random.Random(reader), contents, reader)
        outcomes = {attempt(content, f"x.{reader}") for content, _ in zip(mutants, range(count), strict=False)}
        assert outcomes <= {"report", "refused"}
