"""The review page: what was looked at stays marked, figures over the years, the memo."""

from __future__ import annotations

from io import BytesIO

from docx import Document

from assistant import workflow
from assistant.workspace import Workspace
from tests.ui.harness import box, button, fine, newest, opened, said


def test_what_was_looked_at_stays_marked_and_can_be_taken_back(report_id: int, workspace: Workspace) -> None:
    test = opened("review", report_id)
    assert ":green-badge[已看]" not in said(test)
    button(test, "已看，属实").click().run()
    fine(test)
    again = opened("review", report_id)
    assert said(again).count(":green-badge[已看]") == 1
    button(again, "撤回").click().run()
    assert ":green-badge[已看]" not in said(opened("review", report_id))


def test_looking_at_an_error_does_not_settle_it(report_id: int, workspace: Workspace) -> None:
    broken = workflow.set_cell(newest(workspace, report_id), "t3.new.person", "999", who="填报人", when="2026-01-15T08:00:00+00:00")
    workspace.save(report_id, workflow.dump(broken), broken.report.content_hash, who="填报人", based_on=1)
    test = opened("review", report_id)
    assert "请在核对结果处改正或说明" in said(test)
    while settle := next((one for one in test.button if one.label == "已看，属实"), None):
        settle.click().run()
    assert "不能导出正式稿" in said(opened("export", report_id))


def test_figures_are_shown_over_all_years_at_hand(report_id: int, workspace: Workspace) -> None:
    saved = newest(workspace, report_id)
    assert [report.year for report in workflow.years_known(workspace, saved)] == [2024, 2025]
    test = opened("review", report_id)
    assert len(test.get("vega_lite_chart")) == 1
    chosen = next(one for one in test.multiselect if one.label == "项目")
    assert chosen.value


def test_the_memo_holds_answers_remarks_and_open_points(report_id: int, workspace: Workspace) -> None:
    saved = newest(workspace, report_id)
    assert saved.previous is not None
    comparison = workflow.compare(saved.report, saved.previous)
    workspace.remark(report_id, version=1, anchor="t3.granted.total", text="请核对予以公开的件数", who="审核人")
    remarks = workspace.remarks(report_id)
    page = workflow.memo_bytes(comparison, saved, "html", remarks=remarks).decode()
    assert "（一）予以公开”总计）审核人：请核对予以公开的件数" in page
    assert "补正告知书改用列举式格式" in page
    text = "\n".join(
        paragraph.text for paragraph in Document(BytesIO(workflow.memo_bytes(comparison, saved, "docx", remarks=remarks))).paragraphs
    )
    assert "审核备忘" in text
    assert {"下载审核备忘（Word 文件）", "下载审核备忘（网页）"} <= {
        one.proto.label for one in opened("review", report_id).get("download_button")
    }


def test_an_explained_change_is_not_asked_about_again(report_id: int, workspace: Workspace) -> None:
    saved = newest(workspace, report_id)
    assert saved.previous is not None
    changed = workflow.set_cell(saved, "t2.licensing.decisions", "90000", who="填报人", when="2026-01-15T08:00:00+00:00")
    comparison = workflow.compare(changed.report, saved.previous)
    place = "t2.licensing.decisions"
    assert place in {item.place for item in workflow.queue(comparison, changed)}
    question = next(one for one in workflow.questions(changed) if "行政许可" in one.text)
    answered = workflow.give_answer(changed, question.key, "事项下放到本局办理。")
    assert place not in {item.place for item in workflow.queue(comparison, answered)}


def test_a_remark_on_a_cell_is_answered_and_closed(report_id: int, workspace: Workspace) -> None:
    test = opened("review", report_id)
    box(test, "对哪一处").set_value("t3.granted.person")
    box(test, "批注").set_value("请核对。")
    fine(button(test, "加批注").click().run())
    box(test, "回复内容").set_value("已核对台账，无误。").run()
    fine(button(test, "发送").click().run())
    assert "↳ 填报人：已核对台账，无误。" in said(test)
    assert "予以公开" in said(test)
    fine(button(test, "已处理").click().run())
    first, reply = workspace.remarks(report_id)
    assert (first.anchor, first.resolved, reply.parent) == ("t3.granted.person", True, first.id)
