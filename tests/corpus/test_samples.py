"""The invented bureau: its tables balance, its years fit together, its text keeps to the form."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.forms import load_form
from assistant.statute.outcome_rows import match_outcome
from tests.corpus.sources import CORPUS

FOLDER: Path = CORPUS / "samples" / "qinghe-agri"
YEARS = (2022, 2023, 2024)
COLUMNS = ("person", "business", "research", "public_interest", "legal_service", "other", "total")


def _load(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return loaded


def _cells(year: int) -> dict[str, Decimal]:
    given = _load(f"report-{year}.yaml")["cells"]
    assert set(given) <= set(load_form("2021").cell_ids)
    return {cell: Decimal(str(given.get(cell, 0))) for cell in load_form("2021").cell_ids}


@pytest.mark.parametrize("year", YEARS)
def test_all_identities_of_the_form_hold(year: int) -> None:
    cells, identities = _cells(year), load_form("2021").instances
    assert len(identities) == 42
    for identity in identities:
        assert sum(cells[cell] for cell in identity.left) == sum(cells[cell] for cell in identity.right), identity


@pytest.mark.parametrize("year", YEARS[1:])
def test_what_was_open_is_carried_over(year: int) -> None:
    last, this = _cells(year - 1), _cells(year)
    assert [this[f"t3.carried_in.{column}"] for column in COLUMNS] == [last[f"t3.carried_out.{column}"] for column in COLUMNS]
    assert this["t2.normative.in_force"] == last["t2.normative.in_force"] + this["t2.normative.issued"] - this["t2.normative.repealed"]


@pytest.mark.parametrize("year", YEARS)
def test_the_overview_has_five_aspects_and_keeps_its_length(year: int) -> None:
    overview = _load(f"report-{year}.yaml")["sections"]["overview"]
    labels = ("（一）主动公开", "（二）依申请公开", "（三）政府信息管理", "（四）政府信息公开平台建设", "（五）监督保障")
    assert len(overview) == len(labels)
    assert all(text.startswith(label) for text, label in zip(overview, labels, strict=True))
    assert 500 <= len("".join(overview)) <= 900


def test_problems_differ_from_year_to_year() -> None:
    told = [set(text.split("。")) - {""} for year in YEARS for text in ["".join(_load(f"report-{year}.yaml")["sections"]["problems"])]]
    assert not told[0] & told[1]
    assert not told[1] & told[2]


def test_the_register_begins_with_what_2024_left_open() -> None:
    register = _load("register-2025.yaml")
    rows = [dict(zip(register["columns"], row, strict=True)) for row in register["rows"]]
    brought = [row["申请人类型"] for row in rows if row["是否上年结转"] == "是"]
    last = _cells(2024)
    assert brought.count("自然人") == last["t3.carried_out.person"]
    assert brought.count("商业企业") == last["t3.carried_out.business"]
    assert len(brought) == last["t3.carried_out.total"]


def test_every_outcome_of_the_register_is_settled() -> None:
    register = _load("register-2025.yaml")
    place = register["columns"].index("办理结果")
    assert [row[place] for row in register["rows"] if match_outcome(row[place]).row is None] == []


def test_the_facts_type_only_cells_of_the_form() -> None:
    typed = set(_load("facts-2025.yaml")["tables"])
    assert typed <= set(load_form("2021").cell_ids)
    assert not {cell for cell in typed if cell.startswith("t3.")}
