"""One label changed into another one of its table, over all tables and both editions: never a wrong value without a notice."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from assistant.domain.report import EditionId
from assistant.forms import printed_grid
from tests.files.pages import TABLES, numbered, page, read_page, table

SAMPLE = 120


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_a_label_changed_into_another_never_gives_a_wrong_value_silently(edition: EditionId) -> None:
    values = numbered(edition)
    plain = {name: table(edition, name, values) for name in TABLES}
    cases = [
        (name, cell, text)
        for name in TABLES
        for cell in printed_grid(edition, name)
        if cell.cell is None
        for text in sorted({other.text for other in printed_grid(edition, name)} - {cell.text})
    ]
    for name, cell, text in random.Random(1).sample(cases, SAMPLE):
        place, new = (cell.row, cell.column), text
        changed = table(edition, name, values, lambda other: new if (other.row, other.column) == place else None)  # noqa: B023
        result = read_page(page(changed if other == name else plain[other] for other in TABLES))
        named = {loss.cell for loss in result.losses}
        wrong = [key for key, printed in values.items() if result.report.value(key) not in (Decimal(printed), None) and key not in named]
        assert wrong == [], (name, cell.text, text)
        if any(result.report.value(key) is None for key in values):
            assert result.losses, (name, cell.text, text)
