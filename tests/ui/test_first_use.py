"""What a first-time user stumbles over: two windows, text that could not be saved, files given by mistake, the way to the next step."""

from __future__ import annotations

import pytest

from assistant import workflow
from assistant.errors import StoreTrouble
from assistant.workspace import Workspace
from tests.ui.harness import box, button, fine, newest, opened, said

TEXT = "正文（段落之间换行）"


def _overview(workspace: Workspace, report_id: int) -> str:
    return workflow.part_text(newest(workspace, report_id).report, "overview")


def test_two_windows_on_one_paragraph_lose_neither_text(report_id: int, workspace: Workspace) -> None:
    first, second = opened("drafting", report_id), opened("drafting", report_id)
    box(first, TEXT).set_value("第一个窗口写的。").run()
    fine(box(second, TEXT).set_value("第二个窗口写的。").run())
    assert _overview(workspace, report_id) == "第一个窗口写的。"
    assert "已存了第 2 版" in said(second)
    again = opened("drafting", report_id)
    assert "您有一段文字没有存入报告" in said(again)
    assert [code.value for code in again.code if code.value == "第二个窗口写的。"]
    fine(button(again, "改用我的文字").click().run())
    assert _overview(workspace, report_id) == "第二个窗口写的。"
    assert "您有一段文字没有存入报告" not in said(again)
    assert [version.number for version in workspace.versions(report_id)] == [3, 2, 1]


def test_two_windows_in_different_places_both_save(report_id: int, workspace: Workspace) -> None:
    first, second = opened("drafting", report_id), opened("drafting", report_id)
    box(first, TEXT).set_value("第一个窗口写的。").run()
    question = next(one for one in second.text_input if one.key and one.key.startswith("fact_"))
    fine(question.set_value("4321").run())
    assert "已存了第" not in said(second)
    assert _overview(workspace, report_id) == "第一个窗口写的。"
    assert 4321 in {fact.value for fact in newest(workspace, report_id).given.facts}


def test_text_put_aside_is_gone(report_id: int, workspace: Workspace) -> None:
    workspace.keep(report_id, f"unsaved.text_{report_id}_overview", "没有存上的。")
    test = opened("drafting", report_id)
    fine(button(test, "不要了").click().run())
    assert "您有一段文字没有存入报告" not in said(test)
    assert len(workspace.versions(report_id)) == 1


def test_a_full_disk_leaves_the_text_in_its_box(report_id: int, workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    test = opened("drafting", report_id)

    def full(*_args: object, **_more: object) -> None:
        raise StoreTrouble("没有保存成功：database or disk is full。", "请检查磁盘空间后再试。")

    monkeypatch.setattr(Workspace, "save", full)
    fine(box(test, TEXT).set_value("磁盘满时写的。").run())
    assert "没有保存成功" in said(test)
    assert box(test, TEXT).value == "磁盘满时写的。"
    monkeypatch.undo()
    fine(box(test, TEXT).set_value("磁盘满时写的。又写一句。").run())
    assert _overview(workspace, report_id) == "磁盘满时写的。又写一句。"
    assert "没有保存成功" not in said(test)
