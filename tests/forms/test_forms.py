"""The editions are complete, their identities expand as the form says, and the layout is the official one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assistant.domain.report import EditionId, SectionId
from assistant.errors import UnsupportedYear
from assistant.forms import editions, form_for_year, load_form, printed_grid


@pytest.mark.parametrize(("edition", "cells", "identities"), [("2021", 200, 42), ("2019", 198, 40)])
def test_cells_and_identities(edition: EditionId, cells: int, identities: int) -> None:
    form = load_form(edition)
    assert len(form.cell_ids) == cells
    assert len(form.instances) == identities
    assert len(form.carried_cells) == 7
    assert set(form.names) == set(form.cell_ids) == set(form.columns_by_cell)


@pytest.mark.parametrize(("year", "edition"), [(2019, "2019"), (2020, "2019"), (2021, "2021"), (2030, "2021")])
def test_the_year_chooses_the_edition(year: int, edition: str) -> None:
    assert form_for_year(year).edition == edition


def test_a_year_before_the_first_edition_is_refused_with_a_reason() -> None:
    with pytest.raises(UnsupportedYear, match="2018"):
        form_for_year(2018)


def test_only_the_2021_edition_limits_the_overview() -> None:
    assert load_form("2021").section(SectionId.OVERVIEW).limit == 1000
    assert load_form("2019").section(SectionId.OVERVIEW).limit is None


@pytest.mark.parametrize("edition", editions())
@pytest.mark.parametrize("table", ["t2", "t3", "t4"])
def test_the_printed_grid_covers_every_place_once(edition: EditionId, table: Any) -> None:
    grid = printed_grid(edition, table)
    places = [(cell.row + r, cell.column + c) for cell in grid for r in range(cell.row_span) for c in range(cell.column_span)]
    assert len(places) == len(set(places))
    rows, columns = max(r for r, _ in places) + 1, max(c for _, c in places) + 1
    assert len(places) == rows * columns
    assert [cell.cell for cell in grid if cell.cell] == [cell for cell in load_form(edition).cell_ids if cell.startswith(table)]


def _grid_of(table: Any) -> dict[tuple[int, int], tuple[int, int, str]]:
    found: dict[tuple[int, int], list[Any]] = {}
    above: dict[int, tuple[int, int]] = {}
    for row, line in enumerate(table.rows):
        column = 0
        for cell in line._tr.tc_lst:
            properties = cell.tcPr
            span = properties.gridSpan.val if properties is not None and properties.gridSpan is not None else 1
            merge = properties.vMerge.val if properties is not None and properties.vMerge is not None else None
            if merge == "continue":
                found[above[column]][0] += 1
            else:
                above[column] = (row, column)
                text = "".join(node.text or "" for node in cell.iter() if node.tag.endswith("}t"))
                found[row, column] = [1, span, text.strip("\u3000 ")]
            column += span
    return {place: (height, width, text) for place, (height, width, text) in found.items()}


def test_the_printed_grid_is_the_official_template(shared_data: Path) -> None:
    from docx import Document

    document = Document(str(shared_data / "official" / "blank_template_2021.docx"))
    for table, name in zip(document.tables, ("t2", "t3", "t4"), strict=True):
        ours = {(cell.row, cell.column): (cell.row_span, cell.column_span, cell.text) for cell in printed_grid("2021", name)}  # type: ignore[arg-type]
        assert ours == _grid_of(table)
