"""On the drafting and review pages: facts of earlier years and new ones, who answered, a number's passport, the prompt of a section, stages."""

from __future__ import annotations

from datetime import date

import pytest

from assistant import workflow
from assistant.domain.report import Block, Report
from assistant.settings import load_settings
from assistant.workspace import Workspace
from tests.sample import PREVIOUS
from tests.ui.harness import box, button, fine, newest, opened, said


@pytest.fixture
def earlier(workspace: Workspace) -> Report:
    """A report of the year before last in the library; it told of visits, which last year's did not."""
    last = workflow.read(PREVIOUS).report
    sections = tuple(
        section.model_copy(update={"blocks": (*section.blocks, Block(id=f"{section.id.value}.99", text="接待来访群众85人次。"))})
        if section.id.value == "overview"
        else section
        for section in last.sections
    )
    report = last.replace(year=2023, sections=sections)
    workflow.library(load_settings().data_dir).add_report(report, today=date(2026, 1, 2))
    return report


def test_a_number_that_earlier_years_told_is_offered_and_told_again(report_id: int, workspace: Workspace, earlier: Report) -> None:
    test = opened("drafting", report_id)
    asked = next(one.label for one in test.text_input if one.label.startswith("2023年：") and "来访" in one.label)
    box(test, asked).set_value("91").run()
    fine(test)
    saved = newest(workspace, report_id)
    assert any(fact.value == 91 and fact.unit == "人次" for fact in workflow.new_facts(saved))
    assert "接待来访群众91人次。" in workflow.part_text(workflow.draft(saved, settings=load_settings()).report, "overview")


def test_a_new_fact_is_added_with_its_sentence(report_id: int, workspace: Workspace) -> None:
    test = opened("drafting", report_id)
    box(test, "新事实的名称").set_value("开放日活动")
    box(test, "数值").set_value("2")
    box(test, "单位").set_value("次")
    box(test, "例句（数字处写 {{名称}}，可不填）").set_value("面向社会举办开放日活动{{开放日活动}}。")
    fine(button(test, "加上这项事实").click().run())
    saved = newest(workspace, report_id)
    assert saved.given.signed("开放日活动")
    assert "面向社会举办开放日活动2次。" in workflow.part_text(workflow.draft(saved, settings=load_settings()).report, "overview")


def test_a_sentence_without_the_slot_is_refused_with_the_reason(report_id: int, workspace: Workspace) -> None:
    test = opened("drafting", report_id)
    box(test, "新事实的名称").set_value("开放日活动")
    box(test, "数值").set_value("2")
    box(test, "例句（数字处写 {{名称}}，可不填）").set_value("举办开放日活动两次。")
    fine(button(test, "加上这项事实").click().run())
    assert "例句里没有" in said(test)
    assert len(workspace.versions(report_id)) == 1


def test_a_number_shows_its_passport_with_earlier_years(report_id: int, earlier: Report) -> None:
    test = opened("drafting", report_id)
    box(test, "数字").set_value("收到申请").run()
    page = said(fine(test))
    for words in ("算法：表三“一、本年新收", "台账行：台账!A6", "上年：42件，增加3", "2023年：42件", "用在：全年收到政府信息公开申请45件"):
        assert words in page


def test_the_prompt_of_a_section_is_shown_beforehand(report_id: int) -> None:
    test = opened("drafting", report_id)
    box(test, "显示起草这一部分时将要发给模型的内容").set_value(True).run()
    prompt = "\n".join(code.value for code in fine(test).code)
    assert "【事实】" in prompt
    assert "389" not in prompt


def test_a_signed_report_is_visibly_unsigned_once_changed(report_id: int, workspace: Workspace) -> None:
    test = opened("review", report_id)
    fine(button(test, "审签").click().run())
    assert "现在：已审签" in said(opened("review", report_id))
    saved = workflow.set_text(newest(workspace, report_id), "other", "没有其他需要报告的事项。")
    workspace.save(report_id, workflow.dump(saved), saved.report.content_hash, who="填报人", based_on=1)
    assert "此后有改动，现在的第 2 版未审签" in said(opened("review", report_id))
    assert "未审签" in said(opened("start"))
