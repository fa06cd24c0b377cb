"""What a first-time user stumbles over: two windows, text that could not be saved, files given by mistake, the way to the next step."""

from __future__ import annotations

import re

import pytest

from assistant import workflow
from assistant.errors import StoreTrouble
from assistant.settings import load_settings
from assistant.workspace import Workspace
from tests.ui.browser import chromium, running_app
from tests.ui.harness import box, button, fine, newest, opened, said
from tests.ui.test_journey import FLAGS

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
        raise StoreTrouble("没有保存成功：磁盘已满。", "请检查磁盘空间后再试。")

    monkeypatch.setattr(Workspace, "save", full)
    fine(box(test, TEXT).set_value("磁盘满时写的。").run())
    assert "没有保存成功" in said(test)
    assert box(test, TEXT).value == "磁盘满时写的。"
    monkeypatch.undo()
    fine(box(test, TEXT).set_value("磁盘满时写的。又写一句。").run())
    assert _overview(workspace, report_id) == "磁盘满时写的。又写一句。"
    assert "没有保存成功" not in said(test)


def test_a_file_given_by_mistake_is_told_and_taken_out(report_id: int, workspace: Workspace) -> None:
    workspace.attach(report_id, "previous", "通知.txt", "关于开展安全检查的通知\n各科室请自查。".encode())
    test = opened("materials", report_id)
    assert "没有认出政府信息公开工作年度报告" in said(test)
    next(one for one in test.button if one.key == f"previous_{report_id}.out").click().run()
    assert workspace.attachment(report_id, "previous") is None
    assert "没有认出政府信息公开工作年度报告" not in said(fine(test))


def test_last_years_report_of_another_year_or_unit_is_doubted(workspace: Workspace) -> None:
    from tests.sample import PREVIOUS

    entry = workflow.begin(workspace, "乙县林业局", 2023)
    workspace.attach(entry.id, "previous", PREVIOUS.name, PREVIOUS.read_bytes())
    text = said(opened("materials", entry.id))
    assert "这是 2024 年度的报告，上年应为 2022 年度" in text
    assert "与“乙县林业局”不同" in text


def test_what_is_wrong_with_a_register_is_said_once(workspace: Workspace) -> None:
    entry = workflow.begin(workspace, "乙县林业局", 2025)
    workspace.attach(entry.id, "register", "台账.csv", "编号,申请人类型,办理结果\n1,自然人,予以公开\n".encode())
    assert said(opened("materials", entry.id)).count("缺少“收到日期”列") == 1


def test_the_tables_page_holds_every_problem_it_counts(workspace: Workspace) -> None:
    from tests.sample import PREVIOUS, REGISTER, UNIT, YEAR

    entry = workflow.begin(workspace, UNIT, YEAR)
    saved = workflow.fill(UNIT, YEAR, register=REGISTER, previous=PREVIOUS)
    workspace.save(entry.id, workflow.dump(saved), saved.report.content_hash, who="填报人", based_on=0)
    test = opened("tables", entry.id)
    counted = next(int(metric.value) for metric in test.get("metric") if metric.label == "错误")
    assert counted > 0
    assert said(test).count(":red-badge[错误]") == counted


@pytest.mark.parametrize(("unit", "year", "words"), [("局" * 300, 2024, "过长"), ("乙县林业局", 2099, "2099 年度还没有开始")])
def test_a_report_that_makes_no_sense_is_not_begun(unit: str, year: int, words: str, workspace: Workspace) -> None:
    test = opened("start")
    test.text_input[0].set_value(unit)
    test.number_input[0].set_value(year)
    fine(test.button[0].click().run())
    assert words in said(test)
    assert workspace.reports() == ()


def test_versions_are_named_for_people_and_in_local_time(report_id: int, workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    try:
        test = opened("drafting", report_id)
        box(test, TEXT).set_value("改写。").run()
        box(test, TEXT).set_value("再改写。").run()
        from datetime import datetime

        at = datetime.fromisoformat(workspace.versions(report_id)[1].at).astimezone()
        label = next(one for one in test.selectbox if one.label == "更早的版本").options[0]
        assert f"{at:%Y-%m-%d %H:%M}" in label
        assert "改“一、总体情况”" in label
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.browser
def test_text_typed_before_a_reload_is_offered_again(report_id: int, workspace: Workspace) -> None:
    browser_path = chromium()
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=120_000)
    with running_app(load_settings().data_dir) as address, sync_playwright() as play:
        page = play.chromium.launch(executable_path=browser_path, args=FLAGS).new_page()
        page.set_default_timeout(120_000)
        page.goto(f"{address}/drafting?report={report_id}")
        expect(page.get_by_text("下一步：对照上年")).to_be_visible()
        expect(page.locator('html[data-nianbao-holding="typing"]')).to_have_count(1)
        page.get_by_label(TEXT).click()
        page.keyboard.press("Control+End")
        page.keyboard.type("还没有保存的一句。")
        page.reload()
        expect(page.get_by_text("您有一段文字没有存入报告")).to_be_visible()
        assert len(workspace.versions(report_id)) == 1
        page.get_by_role("button", name="改用我的文字").click()
        expect(page.get_by_label(TEXT)).to_have_value(re.compile("还没有保存的一句。$"))
        expect(page.get_by_text("您有一段文字没有存入报告")).to_have_count(0)
    assert _overview(workspace, report_id).endswith("还没有保存的一句。")


@pytest.mark.browser
def test_what_is_typed_beside_a_button_survives_a_reload(report_id: int, workspace: Workspace) -> None:
    browser_path = chromium()
    from playwright.sync_api import expect, sync_playwright

    workspace.remark(report_id, version=1, anchor="t3.new.total", text="请核对。", who="审核人")
    saved = newest(workspace, report_id)
    asked = workflow.asked_facts(saved)[0]
    expect.set_options(timeout=120_000)
    with running_app(load_settings().data_dir) as address, sync_playwright() as play:
        page = play.chromium.launch(executable_path=browser_path, args=FLAGS).new_page(viewport={"width": 1440, "height": 1000})
        page.set_default_timeout(120_000)
        holding = page.locator('html[data-nianbao-holding="typing"]')

        page.goto(f"{address}/review?report={report_id}")
        page.get_by_role("tab", name="批注").click()
        expect(holding).to_have_count(1)
        remark = page.get_by_label("批注", exact=True)
        remark.press_sequentially("这一处与上年差得太多。")
        page.get_by_role("button", name="回复").first.click()
        reply = page.get_by_label("回复内容")
        reply.press_sequentially("已经核对。")
        page.reload()
        page.get_by_role("tab", name="批注").click()
        expect(remark).to_have_value("这一处与上年差得太多。")
        page.get_by_role("button", name="回复").first.click()
        expect(reply).to_have_value("已经核对。")
        page.get_by_role("button", name="发送").click()
        expect(page.get_by_text("↳")).to_contain_text("已经核对。")
        page.keyboard.press("Escape")
        page.get_by_role("button", name="加批注").click()
        expect(page.get_by_text("：这一处与上年差得太多。")).to_be_visible()
        page.wait_for_timeout(5_000)  # longer than the page takes to give back what it thinks lost
        expect(remark).to_have_value("")

        page.goto(f"{address}/drafting?report={report_id}")
        expect(holding).to_have_count(1)
        title = page.get_by_text("本年事实：已填")
        title.click()
        page.get_by_role("textbox", name=asked.question).fill("4321")
        page.reload()
        expect(page.get_by_text("您有一段文字没有存入报告")).to_be_attached()
        title.click()
        page.get_by_role("button", name="改用我的文字").click()
        expect(page.get_by_text("您有一段文字没有存入报告")).to_have_count(0)
    assert [one.text for one in workspace.remarks(report_id)] == ["请核对。", "已经核对。", "这一处与上年差得太多。"]
    assert 4321 in {fact.value for fact in newest(workspace, report_id).given.facts}


def test_files_with_a_password_are_told_what_to_do(workspace: Workspace) -> None:
    names = ("EncryptionInfo", "EncryptedPackage")
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + b"".join(name.encode("utf-16-le") + b"\0" * 2000 for name in names)
    entry = workflow.begin(workspace, "乙县林业局", 2025)
    workspace.attach(entry.id, "previous", "上年.docx", content)
    workspace.attach(entry.id, "register", "台账.xlsx", content)
    text = said(opened("materials", entry.id))
    assert "文件设有打开密码，无法读取。" in text
    assert "文件“台账.xlsx”设置了打开密码，无法读取。" in text
