"""Amounts in 万元, a calendar file of one's own, and cells whose register was exchanged."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from assistant import workflow
from assistant.workflow.due import working_calendar
from tests.sample import PREVIOUS, REGISTER, UNIT, YEAR


@pytest.mark.parametrize(
    "text",
    [
        "决定类别,决定日期,金额（万元）\n收费,2025-03-01,12.5\n",
        "单位：万元,,\n决定类别,决定日期,金额\n收费,2025-03-01,12.5\n",
        "决定类别,决定日期,金额\n收费,2025-03-01,12.5万元\n",
        "决定类别,决定日期,金额（元）\n收费,2025-03-01,125000\n",
    ],
)
def test_amounts_are_read_in_their_own_unit(tmp_path: Path, text: str) -> None:
    path = tmp_path / "收费.csv"
    path.write_text(text, encoding="utf-8-sig")
    filled = workflow.fill_from_files(UNIT, YEAR, workflow.Sources((path,)), data_dir=tmp_path / "data")
    assert filled.saved.report.value("t2.fees.amount") == Decimal("12.5")


def test_a_calendar_file_completes_an_unknown_year(tmp_path: Path) -> None:
    (tmp_path / "holidays.yaml").write_text(
        "2031:\n  source: 通知\n  complete: true\n  holidays: [2031-01-01, 2031-01-02/2031-01-03]\n", encoding="utf-8"
    )
    calendar = working_calendar(workflow.load_settings(tmp_path))
    assert not calendar.is_working_day(date(2031, 1, 2))
    assert calendar.is_working_day(date(2031, 1, 6))


def test_numbers_of_a_register_that_was_exchanged_are_told() -> None:
    old = workflow.Materials(
        previous=(PREVIOUS.name, PREVIOUS.read_bytes()), registers={"applications": (REGISTER.name, REGISTER.read_bytes())}
    )
    saved = workflow.fill_from_materials(UNIT, YEAR, old)
    assert workflow.outdated(saved, old) == ()
    new = workflow.Materials(previous=old.previous, registers={"applications": (REGISTER.name, b"another")})
    (told,) = workflow.outdated(saved, new)
    assert REGISTER.name in told
    assert "过时" in told
