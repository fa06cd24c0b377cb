"""Every page by Streamlit's own test harness: it opens, says what to do, and loses nothing."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from assistant import workflow
from assistant.settings import load_settings
from assistant.ui.components.plain import plain
from assistant.workspace import Workspace
from tests.sample import UNIT, YEAR
from tests.ui.harness import APP, fine, newest, opened, said

PAGES = ("materials", "deadlines", "tables", "drafting", "review", "export", "ask", "corpus", "rollup")
WITHOUT_REPORT = ("ask", "corpus", "rollup")


def test_a_new_report_is_begun_and_kept() -> None:
    test = opened("start")
    test.text_input[0].set_value(UNIT)
    test.number_input[0].set_value(YEAR)
    test.button[0].click().run()
    fine(test)
    assert [(entry.unit, entry.year) for entry in Workspace(load_settings().data_dir).reports()] == [(UNIT, YEAR)]


@pytest.mark.parametrize(("unit", "year", "words"), [("", YEAR, "没有填写单位名称"), (UNIT, 2012, "没有适用于 2012 年度报告的格式")])
def test_what_cannot_be_begun_is_explained(unit: str, year: int, words: str) -> None:
    test = opened("start")
    test.text_input[0].set_value(unit)
    test.number_input[0].set_value(year)
    test.button[0].click().run()
    assert words in said(test)
    assert Workspace(load_settings().data_dir).reports() == ()


@pytest.mark.parametrize("page", [page for page in PAGES if page not in WITHOUT_REPORT])
def test_without_a_report_a_page_says_where_to_begin(page: str) -> None:
    assert "请先在“选择报告”里选一份报告" in said(opened(page))


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_on_a_drafted_report(page: str, report_id: int) -> None:
    assert UNIT in said(opened(page, report_id))


def test_materials_show_what_was_read(report_id: int) -> None:
    text = said(opened("materials", report_id))
    assert "已存：report-2024.docx" in text
    assert "数字 200 格" in text
    assert "列对应" in text


def test_the_tables_page_counts_the_identities(report_id: int) -> None:
    test = opened("tables", report_id)
    assert next((metric.label, metric.value) for metric in test.get("metric")) == ("勾稽关系已核对", "49 / 49")


def test_an_edit_of_the_text_is_a_version_at_once(report_id: int) -> None:
    test = opened("drafting", report_id)
    box = test.text_area[0]
    box.set_value(box.value + "\n新加的一段。").run()
    fine(test)
    newest = Workspace(load_settings().data_dir).latest(report_id)
    assert newest is not None
    assert newest.number == 2
    assert "新加的一段。" in newest.document
    assert "新加的一段。" in opened("drafting", report_id).text_area[0].value


def test_drafting_shows_sources_and_last_year(report_id: int) -> None:
    page = opened("drafting", report_id)
    (bar,) = page.get("progress")
    assert re.fullmatch(r"与上年重复 \d{1,3}%", bar.proto.text)
    assert bar.proto.value == int(bar.proto.text.removeprefix("与上年重复 ").removesuffix("%"))
    saved = newest(Workspace(load_settings().data_dir), report_id)
    assert saved.previous is not None
    assert set(workflow.part_text(saved.previous, "overview").split("\n")) <= {element.value for element in page.text}
    (sentences,) = (element.proto.body for element in page.get("html") if 'class="sentences"' in element.proto.body)
    assert "更新数字" in sentences
    assert "上年原句：" in sentences


def test_a_wrong_number_blocks_the_final_export(report_id: int) -> None:
    workspace = Workspace(load_settings().data_dir)
    version = workspace.latest(report_id)
    assert version is not None
    saved = workflow.load(version.document)
    broken = workflow.set_cell(saved, "t3.new.person", "999", who="填报人", when="2026-01-15T08:00:00+00:00")
    workspace.save(report_id, workflow.dump(broken), broken.report.content_hash, who="填报人", based_on=1)
    text = said(opened("export", report_id))
    assert "不能导出正式稿" in text
    assert "T1" in text


def test_a_question_is_answered_and_kept(report_id: int) -> None:
    test = opened("ask", report_id)
    test.chat_input[0].set_value("条例第三十三条讲什么？").run()
    fine(test)
    assert "条例第三十三条讲什么？" in said(opened("ask", report_id))
    assert len(Workspace(load_settings().data_dir).questions()) == 1


def test_an_address_of_a_report_that_is_not_there_is_no_error() -> None:
    assert "请先在“选择报告”里选一份报告" in said(opened("tables", 999))


def test_an_inner_error_is_told_in_plain_words(report_id: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workflow, "blockers", lambda _result: 1 / 0)
    test = AppTest.from_file(APP, default_timeout=60)
    test.query_params["report"] = str(report_id)
    test.run()
    test.switch_page("assistant/ui/pages/export.py").run()
    assert not test.exception
    assert "程序内部出错：ZeroDivisionError" in said(test)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**粗**", r"\*\*粗\*\*"),
        ("![图](http://a)", r"!\[图\](http\://a)"),
        ("# 题", r"\# 题"),
        ("1. 一", r"1\. 一"),
        ("2024-12", "2024-12"),
    ],
)
def test_text_of_files_is_shown_as_it_stands(text: str, shown: str) -> None:
    assert plain(text) == shown
