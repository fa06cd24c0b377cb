"""The materials page: columns that a person names, wordings that a person settles, other registers; all remembered for the unit."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from assistant import workflow
from assistant.workspace import Workspace
from tests.sample import UNIT, YEAR
from tests.ui.harness import box, button, fine, newest, opened, said

HEADER = ["编号", "收到日期", "申请人类型", "答复日期", "办理结果"]


def _book(header: list[str], *rows: list[Any], title: str = "台账") -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in (header, *rows):
        sheet.append(row)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def _row(number: str, outcome: str, category: str = "自然人") -> list[Any]:
    return [number, date(YEAR, 3, 3), category, date(YEAR, 3, 20), outcome]


@pytest.fixture
def begun(workspace: Workspace) -> int:
    return workflow.begin(workspace, UNIT, YEAR).id


def test_a_column_is_named_by_a_person_and_remembered_for_the_unit(begun: int, workspace: Workspace) -> None:
    data = _book([*HEADER[:4], "最后怎么办的"], _row("1", "予以公开"))
    workspace.attach(begun, "register", "台账.xlsx", data)
    test = opened("materials", begun)
    assert "缺少“办理结果”列" in said(test)
    box(test, "最后怎么办的").set_value("outcome").run()
    fine(test)
    assert "缺少“办理结果”列" not in said(test)
    assert workflow.column_choices(workspace, UNIT)["applications"] == {"最后怎么办的": "outcome"}
    button(test, "填三张表").click().run()
    assert newest(workspace, begun).report.value("t3.granted.person") == 1


def test_a_wording_is_settled_once_and_for_all_its_rows(begun: int, workspace: Workspace) -> None:
    workspace.attach(
        begun, "register", "台账.xlsx", _book(HEADER, _row("1", "按老规矩处理"), _row("2", "按老规矩处理"), _row("3", "予以公开"))
    )
    test = opened("materials", begun)
    assert "需要决定 1 项" in said(test)
    choice = next(one for one in test.selectbox if "按老规矩处理" in one.label)
    choice.set_value("partial").run()
    fine(test)
    assert "需要决定" not in said(test)
    button(test, "填三张表").click().run()
    assert newest(workspace, begun).report.value("t3.partial.person") == 2
    again = opened("materials", begun)
    button(again, "撤回已作的 1 项决定").click().run()
    assert "需要决定 1 项" in said(again)


def test_a_row_left_out_is_left_out_of_this_file_only(begun: int, workspace: Workspace) -> None:
    broken = ["1", "三月初", "自然人", date(YEAR, 3, 20), "予以公开"]
    workspace.attach(begun, "register", "台账.xlsx", _book(HEADER, broken, _row("2", "予以公开")))
    test = opened("materials", begun)
    next(one for one in test.selectbox if "三月初" in one.label).set_value("exclude").run()
    assert "需要决定" not in said(test)
    workspace.attach(begun, "register", "台账.xlsx", _book(HEADER, ["9", "四月初", "自然人", date(YEAR, 4, 20), "予以公开"]))
    assert "需要决定 1 项" in said(opened("materials", begun))


def test_other_registers_fill_the_other_tables(begun: int, workspace: Workspace) -> None:
    workspace.attach(begun, "register", "台账.xlsx", _book(HEADER, _row("1", "予以公开")))
    cases = _book(["案号", "案件类型", "受理日期", "审结日期", "结果"], ["甲1", "行政复议", date(YEAR, 2, 1), date(YEAR, 4, 1), "维持"])
    workspace.attach(begun, "disputes", "案件.xlsx", cases)
    test = opened("materials", begun)
    assert any("复议诉讼台账：读到 1 条记录" in one.label for one in test.expander)
    button(test, "填三张表").click().run()
    report = newest(workspace, begun).report
    assert (report.value("t3.granted.person"), report.value("t4.reconsideration.upheld")) == (1, 1)


def test_filling_again_keeps_what_was_typed_by_hand(begun: int, workspace: Workspace) -> None:
    workspace.attach(begun, "register", "台账.xlsx", _book(HEADER, _row("1", "予以公开")))
    button(opened("materials", begun), "填三张表").click().run()
    saved = workflow.set_cell(newest(workspace, begun), "t3.granted.person", "7", who="李", when="2026-01-15T08:00:00+00:00")
    saved = workflow.give_answer(saved, "改进措施", "按月更新目录。")
    workspace.save(begun, workflow.dump(saved), saved.report.content_hash, who="李", based_on=1)
    button(opened("materials", begun), "填三张表").click().run()
    again = newest(workspace, begun)
    assert again.report.value("t3.granted.person") == 7
    assert any("相差6" in note.message for note in again.notes)
    assert again.given.answer("改进措施") == "按月更新目录。"


def test_words_of_a_file_are_never_read_as_markup(begun: int, workspace: Workspace) -> None:
    workspace.attach(begun, "register", "台账.xlsx", _book(HEADER, _row("1", "![图](http://example.invalid/a.png) **粗**")))
    test = opened("materials", begun)
    for element in (*test.markdown, *test.caption, *test.warning, *test.error):
        assert "![图](" not in element.value
