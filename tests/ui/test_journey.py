"""The main journey in a real browser: new report → materials → tables → edit → draft → compare → ask → export; a reload loses nothing."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from assistant import workflow
from assistant.workspace import Workspace
from tests.model_server import ModelServer, Say
from tests.sample import FACTS, PREVIOUS, REGISTER, UNIT, YEAR
from tests.ui.browser import chromium, running_app

pytestmark = pytest.mark.browser
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def test_a_clerk_writes_the_report(tmp_path: Path) -> None:
    browser_path = chromium()
    from playwright.sync_api import expect, sync_playwright

    shots = Path(os.environ["NIANBAO_SHOTS"]) if os.environ.get("NIANBAO_SHOTS") else None
    expect.set_options(timeout=120_000)
    with running_app(tmp_path / "data") as address, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=browser_path, args=FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 1000}, locale="zh-CN")
        page.set_default_timeout(120_000)

        def shot(name: str) -> None:
            if shots:
                page.mouse.move(700, 5)
                page.wait_for_timeout(2500)
                page.screenshot(path=shots / f"{name}.png")

        page.goto(address)
        page.get_by_label("单位全称").fill(UNIT)
        page.get_by_label("报告年度").fill(str(YEAR))
        page.get_by_role("button", name="新建").click()

        expect(page.get_by_role("heading", name="材料与填表")).to_be_visible()
        for number, file in enumerate((PREVIOUS, REGISTER, FACTS)):
            page.locator("input[type=file]").nth(number).set_input_files(file)
            expect(page.get_by_text(f"已存：{file.name}")).to_be_visible()
        shot("materials")
        page.get_by_role("button", name="填三张表").click()

        expect(page.get_by_role("heading", name="表格与核对")).to_be_visible()
        expect(page.get_by_text("49 / 49")).to_be_visible()
        page.get_by_role("tab", name="表三 申请办理").click()
        cell = page.locator('input[data-cell="t3.granted.person"]')
        expect(cell).to_be_visible()
        shot("tables")
        before = cell.input_value()
        cell.fill("99")
        cell.press("Enter")
        expect(page.locator("td.error").first).to_be_visible()
        page.reload()
        page.get_by_role("tab", name="表三 申请办理").click()
        expect(cell).to_have_value("99")
        shot("findings")
        cell.fill(before)
        cell.press("Enter")
        expect(page.get_by_text("第 3 版")).to_be_visible()
        expect(page.locator("td.error")).to_have_count(0)

        page.get_by_test_id("stSidebarNav").get_by_role("link", name="起草文字").click()
        box = page.get_by_label("正文（段落之间换行）")
        page.get_by_role("button", name="沿用上年起草这一部分").click()
        expect(box).to_have_value(re.compile("收到政府信息公开申请45件"))
        shot("drafting")
        text = box.input_value()
        page.reload()
        expect(box).to_have_value(text)

        page.get_by_test_id("stSidebarNav").get_by_role("link", name="对照上年").click()
        expect(page.get_by_role("tab", name="文字对照")).to_be_visible()
        page.get_by_role("tab", name="文字对照").click()
        shot("review")

        page.get_by_role("link", name="法规问答").click()
        page.get_by_placeholder("请输入问题").fill("收到申请后多久必须答复？")
        page.keyboard.press("Enter")
        expect(page.get_by_text("第三十三条").first).to_be_visible()
        shot("ask")

        page.get_by_test_id("stSidebarNav").get_by_role("link", name="导出").click()
        page.get_by_text("网页", exact=True).click()
        page.get_by_role("button", name="生成").click()
        save = page.get_by_role("button", name=f"下载 {UNIT}-{YEAR}")
        expect(save).to_be_visible()
        shot("export")
        with page.expect_download() as download:
            save.click()
        assert Path(download.value.path()).stat().st_size > 5_000
        browser.close()


def test_a_model_that_fails_leaves_a_draft_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    browser_path = chromium()
    from playwright.sync_api import expect, sync_playwright

    saved = workflow.fill(UNIT, YEAR, register=REGISTER, previous=PREVIOUS, facts=FACTS)
    workspace = Workspace(tmp_path / "data")
    entry = workflow.begin(workspace, UNIT, YEAR)
    workspace.save(entry.id, workflow.dump(saved), saved.report.content_hash, who="填报人", based_on=0)
    expect.set_options(timeout=120_000)
    with ModelServer() as server:
        server.say(Say("写到一半", finish="", drip=0.3))
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        monkeypatch.setenv("OPENAI_MODEL", "scripted")
        with running_app(tmp_path / "data") as address, sync_playwright() as play:
            page = play.chromium.launch(executable_path=browser_path, args=FLAGS).new_page()
            page.goto(f"{address}/drafting?report={entry.id}")
            page.get_by_role("button", name="用模型起草这一部分").click()
            expect(page.get_by_label("正文（段落之间换行）")).to_have_value(re.compile("收到政府信息公开申请45件"))
            expect(page.get_by_text("本部分已改为沿用上年文字起草")).to_be_visible()
            assert server.requests
