"""What is written comes back the same, in every format and both editions."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from assistant.domain.cell import CellState
from assistant.domain.report import Block, Report
from assistant.files.reading import read_report
from assistant.files.writers import ExportOptions, report_bytes
from assistant.forms import load_form
from tests.files.pages import read_page, report_page
from tests.strategies import reports

LAYOUTS = st.builds(ExportOptions, gb9704=st.booleans())
# No shrinking: a failing report is small enough to look at, and shrinking one takes minutes.
HURRIED = settings(
    max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.explicit, Phase.reuse, Phase.generate)
)
NO_GLYPH = "𠮷"  # the fonts of the PDF do not have it


def said(report: Report) -> dict[str, object]:
    """What a report says, wherever it was read."""
    return {
        "unit": report.unit,
        "year": report.year,
        "edition": report.edition,
        "title": report.title,
        "cells": {cell.id: (cell.value, cell.state) for cell in report.cells},
        "headings": [(section.id, section.heading) for section in report.sections],
        "blocks": [(block.id, block.text) for _, block in report.blocks()],
    }


def read_back(report: Report, suffix: str, options: ExportOptions) -> Report:
    result = read_report(report_bytes(report, suffix, options=options), f"report{suffix}")
    assert result.losses == ()
    return result.report


def differences(before: Report, after: Report) -> dict[str, object]:
    old, new = said(before), said(after)
    return {key: (old[key], new[key]) for key in old if old[key] != new[key]}


@pytest.mark.parametrize("suffix", [".docx", ".html", ".json"])
def test_every_word_and_number_comes_back(suffix: str) -> None:
    @HURRIED
    @given(reports(wild=True), LAYOUTS)
    def comes_back(report: Report, options: ExportOptions) -> None:
        assert differences(report, read_back(report, suffix, options)) == {}

    comes_back()


@HURRIED
@given(reports(wild=True), LAYOUTS)
def test_pdf_gives_back_every_number_and_word(report: Report, options: ExportOptions) -> None:
    """A PDF has lines, not paragraphs: the white space at the end of lines is not compared."""
    printable = report.replace(
        sections=tuple(section.model_copy(update={"blocks": tuple(map(_printable, section.blocks))}) for section in report.sections)
    )
    read = read_back(printable, ".pdf", options)
    assert {key: pair for key, pair in differences(printable, read).items() if key != "blocks"} == {}
    assert _texts(read) == _texts(printable)


def _texts(report: Report) -> list[tuple[str, str]]:
    return [(block.id, "".join(block.text.split())) for _, block in report.blocks()]


def _printable(block: Block) -> Block:
    return block.model_copy(update={"text": block.text.replace(NO_GLYPH, "")})


def _text_by_part(report: Report) -> dict[str, str]:
    parts: dict[str, str] = {}
    for part, block in report.blocks():
        parts[part] = parts.get(part, "") + "".join(block.text.split())
    return parts


@HURRIED
@given(reports())
def test_workbook_gives_back_the_tables(report: Report) -> None:
    result = read_report(report_bytes(report, ".xlsx", options=ExportOptions()), "report.xlsx")
    before, after = said(report), said(result.report)
    assert {key: after[key] for key in ("unit", "year", "edition", "title", "cells")} == {
        key: before[key] for key in ("unit", "year", "edition", "title", "cells")
    }


@pytest.mark.parametrize("suffix", [".docx", ".html", ".json", ".pdf", ".xlsx"])
def test_real_reports_come_back(suffix: str, shared_data: Path) -> None:
    """Read, written anew and read again: every cell keeps value and state, blanks and dashes included."""
    files = sorted((shared_data / "reports").glob("*.docx"))
    assert files
    for file in files:
        report = read_report(file).report
        back = read_report(report_bytes(report, suffix, options=ExportOptions()), f"again{suffix}").report
        assert _states(back) == _states(report), file.name
        assert (back.unit, back.year, back.edition) == (report.unit, report.year, report.edition), file.name
        if suffix != ".xlsx":
            assert _text_by_part(back) == _text_by_part(report), file.name


def _states(report: Report) -> dict[str, tuple[object, object]]:
    return {cell.id: (cell.value, cell.state) for cell in report.cells}


def test_a_blank_last_line_of_a_workbook_is_blank_and_not_absent() -> None:
    blanks = {f"t4.{group.id}.{column.id}": "" for group in load_form("2021").t4.groups for column in load_form("2021").t4.columns}
    report = read_page(report_page(values=blanks)).report
    assert all(report.cell(cell_id).state is CellState.BLANK for cell_id in blanks)
    back = read_report(report_bytes(report, ".xlsx", options=ExportOptions()), "again.xlsx").report
    assert _states(back) == _states(report)
