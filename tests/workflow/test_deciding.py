"""What a register leaves open: every question can be answered, every answer offered settles it, and it is remembered for the unit."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from assistant import workflow
from assistant.domain.register import AnyRow, DecisionRow, DisputeRow, NormativeRow, Register, RegisterKind
from assistant.errors import InvalidData
from assistant.tables.fill import fill_tables
from assistant.tables.result import DecisionNeeded
from assistant.workflow.materials import place_of
from assistant.workspace import Workspace
from tests.tables.rows import YEAR, register, row

UNIT = "云岭市青禾区农业农村局"
DAY, LATER = date(YEAR, 3, 1), date(YEAR, 5, 1)
DOUBLE = row(41, number="9", applicant="a", content="c")
OPEN: tuple[tuple[RegisterKind, tuple[AnyRow, ...]], ...] = (
    ("applications", (row(2, outcome="撤回申请"),)),
    ("applications", (row(3, outcome="另行研究"),)),
    ("applications", (row(4, outcome=""),)),
    ("applications", (row(5, outcome="办理中"),)),
    ("applications", (row(6, category="法人"),)),
    ("applications", (row(7, category=""),)),
    ("applications", (row(8, category="", outcome=""),)),
    ("applications", (row(9, received=None, unread=(("received", "三月初"),)),)),
    ("applications", (row(10, replied=None, unread=(("replied", "四月初"),)),)),
    ("applications", (row(11, replied=None), row(12))),
    ("applications", (row(13, replied=date(YEAR - 1, 3, 1)),)),
    ("applications", (row(14, carried_in=True, outcome=""),)),
    ("applications", (row(15, received=date(YEAR - 1, 12, 20), carried_in=False),)),
    ("applications", (DOUBLE, DOUBLE._replace(locator="台账!A42"))),
    ("disputes", (DisputeRow(locator="案件!A2", procedure="行政诉讼", result="驳回起诉", role="共同被告", accepted=DAY, concluded=LATER),)),
    ("disputes", (DisputeRow(locator="案件!A3", procedure="", result="", accepted=DAY, concluded=LATER),)),
    ("disputes", (DisputeRow(locator="案件!A4", procedure="行政复议", result="审理中", accepted=DAY, concluded=LATER),)),
    ("disputes", (DisputeRow(locator="案件!A5", procedure="行政复议", result="维持", unread=(("concluded", "年底"),)),)),
    ("normative", (NormativeRow(locator="清单!A2", kind="通知", issued=DAY), NormativeRow(locator="清单!A3", issued=DAY))),
    ("normative", (NormativeRow(locator="清单!A4", issued=date(2018, 1, 2), status="失效"),)),
    ("normative", (NormativeRow(locator="清单!A5", issued=date(2018, 1, 2), status="拟废止"),)),
    ("normative", (NormativeRow(locator="清单!A6", unread=(("issued", "去年"),)),)),
    ("decisions", (DecisionRow(locator="决定!A2", kind="行政检查", items=3), DecisionRow(locator="决定!A3", kind="行政处罚"))),
    ("decisions", (DecisionRow(locator="决定!A4", kind="收费"),)),
    ("decisions", (DecisionRow(locator="决定!A5", kind="收费", unread=(("amount", "若干"),)),)),
)


def _asked(workspace: Workspace, given: Register) -> tuple[DecisionNeeded, ...]:
    made = workflow.decisions_made(workspace, UNIT, YEAR, {given.kind: (given.file, b"x")})
    rows = tuple(one._replace(locator=f"{place_of(given.kind)}{one.locator}") for one in given.rows)
    named = Register.model_validate({**dict(given), "rows": rows})
    return fill_tables(YEAR, registers=[named], decisions=made).decisions_needed


@pytest.mark.parametrize(("kind", "rows"), OPEN)
def test_every_answer_offered_settles_its_question(tmp_path: Path, kind: RegisterKind, rows: tuple[AnyRow, ...]) -> None:
    given = register(*rows, kind=kind)
    first = _asked(Workspace(tmp_path / "first"), given)
    assert first
    for number, needed in enumerate(first):
        for key in workflow.options(needed, YEAR):
            workspace = Workspace(tmp_path / f"{number}-{key}")
            workflow.decide(workspace, UNIT, needed, key, {kind: (given.file, b"x")})
            assert needed not in _asked(workspace, given), key


def test_an_answer_about_one_row_is_no_answer_for_the_wording(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    files: dict[RegisterKind, tuple[str, bytes]] = {"applications": ("台账.xlsx", b"x")}
    (needed,) = _asked(workspace, register(row(2, outcome="办理中")))
    workflow.decide(workspace, UNIT, needed, "granted", files)
    assert workflow.decisions_made(workspace, UNIT, YEAR, files).outcomes == {}
    assert _asked(workspace, register(row(2, outcome="办理中"), row(3, outcome="办理中")))[0].rows == ("台账!A3",)


def test_a_wording_of_one_list_means_nothing_in_another(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    (needed,) = _asked(workspace, register(DecisionRow(locator="决定!A2", kind="其他", items=3), kind="decisions"))
    workflow.decide(workspace, UNIT, needed, "licensing", {"decisions": ("a", b"x")})
    case = DisputeRow(locator="案件!A2", procedure="行政复议", result="其他", accepted=DAY, concluded=LATER)
    made = workflow.decisions_made(workspace, UNIT, YEAR, {})
    assert fill_tables(YEAR, registers=[register(case, kind="disputes")], decisions=made).report.value("t4.reconsideration.other") == 1


REGISTER = """××局2025年政府信息公开申请台账,,,,
编号,来件时间,申请人类型,答复日期,办理结果
1,2025.3.5,自然人,2025-03-20,予以公开
2,2025-04-01,自然人,2025-04-10,申请人撤回
3,2025-05-01,法人,,
"""


def _fill(tmp_path: Path, register: str = REGISTER) -> workflow.Filled:
    path = tmp_path / "台账.csv"
    path.write_bytes(register.encode("gb18030"))
    sources = workflow.Sources(registers=(path,), columns=("来件时间=收到日期",), decide=tmp_path / "决定.yaml")
    return workflow.fill_from_files(UNIT, YEAR, sources, data_dir=tmp_path / "data")


def test_questions_are_asked_in_a_file_answered_there_and_remembered(tmp_path: Path) -> None:
    first = _fill(tmp_path)
    assert first.saved.report.value("t3.granted.person") == 1
    file = tmp_path / "决定.yaml"
    asked = yaml.safe_load(file.read_text(encoding="utf-8"))
    withdrawn = next(one for one in asked["事项"] if "撤回" in one["问题"])
    withdrawn["决定"] = "other.misc"
    file.write_text(yaml.safe_dump(asked, allow_unicode=True), encoding="utf-8")
    second = _fill(tmp_path)
    assert second.decided == 1
    assert second.saved.report.value("t3.other.misc.person") == 1
    assert [one["决定"] for one in yaml.safe_load(file.read_text(encoding="utf-8"))["事项"]] == ["other.misc", None]
    file.unlink()
    again = _fill(tmp_path, REGISTER.replace("2025-04-01", "2025-04-02"))
    assert again.saved.report.value("t3.other.misc.person") == 1
    assert [needed.wording for needed in again.left.decisions_needed] == ["法人"]


def test_an_answer_that_was_not_offered_is_refused_with_its_place(tmp_path: Path) -> None:
    _fill(tmp_path)
    file = tmp_path / "决定.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("决定: null", "决定: 随便", 1), encoding="utf-8")
    with pytest.raises(InvalidData, match="随便"):
        _fill(tmp_path)
