"""Exporting while an error stands, in a real browser: refused with the list, a draft instead, and after an explanation the final report."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from assistant import workflow
from assistant.settings import load_settings
from assistant.workspace import Workspace
from tests.ui.browser import chromium, running_app
from tests.ui.harness import newest
from tests.ui.test_journey import FLAGS


def _printed(path: Path) -> str:
    """All that a Word file prints, its headers as well."""
    with ZipFile(BytesIO(path.read_bytes())) as parts:
        return "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))


@pytest.mark.browser
def test_an_unexplained_error_is_listed_and_only_a_draft_is_exported(report_id: int, workspace: Workspace) -> None:
    browser_path = chromium()
    from playwright.sync_api import expect, sync_playwright

    broken = workflow.set_cell(newest(workspace, report_id), "t3.new.person", "999", who="填报人", when="2026-01-15T08:00:00+00:00")
    workspace.save(report_id, workflow.dump(broken), broken.report.content_hash, who="填报人", based_on=1)
    blockers = workflow.blockers(workflow.check_with_decisions(broken, load_settings()))
    assert blockers
    expect.set_options(timeout=120_000)
    with running_app(load_settings().data_dir) as address, sync_playwright() as play:
        page = play.chromium.launch(executable_path=browser_path, args=FLAGS).new_page(viewport={"width": 1440, "height": 1000})
        page.set_default_timeout(120_000)

        def exported() -> tuple[str, str]:
            page.get_by_role("button", name="生成").click()
            with page.expect_download() as download:
                page.get_by_role("button", name=r"下载 云岭市").click()
            return download.value.suggested_filename, _printed(Path(download.value.path()))

        page.goto(f"{address}/export?report={report_id}")
        expect(page.get_by_text(f"还有 {len(blockers)} 个错误没有改正或说明，不能导出正式稿")).to_be_visible()
        for finding in blockers:
            expect(page.get_by_text(f"{finding.code} {finding.message}").first).to_be_visible()
        expect(page.get_by_role("checkbox", name="加“草稿”字样")).to_be_checked()
        expect(page.get_by_role("checkbox", name="加“草稿”字样")).to_be_disabled()
        name, text = exported()
        assert name.endswith("-草稿.docx")
        assert "草稿" in text

        page.get_by_test_id("stSidebarNav").get_by_role("link", name="表格与核对").click()
        why = page.get_by_role("button", name="说明或不采纳")
        for left, finding in enumerate(reversed(blockers)):
            page.get_by_test_id("stVerticalBlock").filter(has_text=finding.code).filter(has=why).last.get_by_role(
                "button", name="说明或不采纳"
            ).click()
            page.get_by_role("textbox", name="理由", exact=True).fill("数字已与台账逐笔核对。")
            page.keyboard.press("Tab")
            page.get_by_role("button", name="说明属实情形").click()
            expect(page.get_by_text("已说明")).to_have_count(left + 1)
            page.keyboard.press("Escape")

        page.get_by_test_id("stSidebarNav").get_by_role("link", name="导出").click()
        expect(page.get_by_text("没有未说明的错误，可以导出正式稿")).to_be_visible()
        name, text = exported()
        assert name.endswith(f"{newest(workspace, report_id).report.year}.docx")
        assert "草稿" not in text
