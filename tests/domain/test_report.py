"""A report is changed only through validation, and its hash says what it says."""

from __future__ import annotations

from decimal import Decimal

import pytest
from pydantic import ValidationError

from assistant.domain.cell import Cell, CellState, number_cell, plain
from assistant.domain.report import Block, Grid, Report, Section, SectionId


def _report(**changes: object) -> Report:
    return Report(unit="青禾区农业农村局", year=2025, edition="2021", cells=(number_cell("t3.new.person", 3),)).replace(**changes)


def test_blank_is_not_zero() -> None:
    report = _report(cells=(Cell(id="t3.new.person", state=CellState.BLANK),))
    assert report.value("t3.new.person") is None
    assert report.cell("t3.new.business").state is CellState.ABSENT


@pytest.mark.parametrize("state", [CellState.BLANK, CellState.DASH, CellState.UNREADABLE, CellState.ABSENT])
def test_a_value_needs_the_state_number(state: CellState) -> None:
    with pytest.raises(ValidationError):
        Cell(id="t3.new.person", value=Decimal(0), state=state)


def test_replace_validates() -> None:
    with pytest.raises(ValidationError):
        _report(year="2025")


def test_changed_cells_drop_what_described_the_file() -> None:
    report = _report(grids=(Grid(table="t3", locator="表1", cells=()),))
    assert report.with_cells(number_cell("t3.new.person", 4)).grids == ()
    assert report.replace(title="题").grids == report.grids


def test_the_hash_follows_what_is_said_not_where_it_was_read() -> None:
    text = Section(id=SectionId.OVERVIEW, heading="一、总体情况", blocks=(Block(id="overview.1", text="甲。"),))
    moved = Section(id=SectionId.OVERVIEW, heading="一、总体情况", blocks=(Block(id="overview.1", text="甲。", locator="第2页"),))
    assert _report(sections=(text,)).content_hash == _report(sections=(moved,)).content_hash
    assert _report().content_hash != _report(cells=(number_cell("t3.new.person", 4),)).content_hash
    assert _report().content_hash != _report(cells=(Cell(id="t3.new.person", state=CellState.BLANK),)).content_hash


@pytest.mark.parametrize(
    ("value", "text"),
    [("96171.6", "96171.6"), ("0", "0"), ("100", "100"), ("24252.311082", "24252.311082"), ("5.00", "5"), ("1E+3", "1000")],
)
def test_plain_notation(value: str, text: str) -> None:
    assert plain(Decimal(value)) == text


@pytest.mark.parametrize("value", ["1e400000000", "1e-400000000"])
def test_a_number_that_would_fill_the_memory_when_printed_is_no_cell(value: str) -> None:
    with pytest.raises(ValidationError, match="magnitude"):
        number_cell("t3.new.person", Decimal(value), raw="x")
