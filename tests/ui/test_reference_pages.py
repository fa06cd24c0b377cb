"""The pages beside the report: the corpus, the roll-up, deadlines."""

from __future__ import annotations

import csv
import json
import time
from datetime import date, datetime
from io import StringIO
from pathlib import Path

from assistant import workflow
from assistant.settings import load_settings
from assistant.workspace import Workspace
from tests.sample import PREVIOUS, REGISTER
from tests.ui.harness import box, button, fine, opened, said

TODAY = date(2026, 1, 15)


def test_the_corpus_is_listed_and_its_articles_can_be_read() -> None:
    test = opened("corpus")
    assert "中华人民共和国政府信息公开条例" in set(test.dataframe[0].value["名称"])
    box(test, "看条文").set_value("regulation-711").run()
    fine(test)
    box(test, "只看含有这些字的条文").set_value("第三十三条").run()
    assert "第三十三条" in said(test)


def test_a_past_report_is_taken_in_once_shown_and_removed() -> None:
    folder = load_settings().data_dir
    first, second = (
        workflow.add_upload("去年.docx", PREVIOUS.read_bytes(), as_report=True, data_dir=folder, today=TODAY)[0] for _ in range(2)
    )
    assert (first.status, second.status) == ("added", "unchanged")
    assert first.document is not None
    test = opened("corpus")
    box(test, "看条文").set_value(first.document.id).run()
    assert "行政规范性文件" in said(test)
    button(test, "移除导入的这份资料").click().run()
    assert "已移除" in said(test)
    assert first.document.id not in {one.document.id for one in workflow.library(folder).list()}


def test_an_unreadable_upload_is_told_and_stops_nothing() -> None:
    added = workflow.add_upload("../坏.docx", b"not a file", as_report=False, data_dir=load_settings().data_dir, today=TODAY)
    assert added[0].status == "failed"
    assert added[0].message


def test_open_questions_are_exported_without_the_asker(workspace: Workspace) -> None:
    refused = workflow.Asking(load_settings().data_dir).ask("=美国信息自由法第五条怎么规定？")
    assert refused.refused
    workspace.record_question(refused.question, refused.model_dump_json(), who="张三", refused=True)
    rows = json.loads(workflow.unanswered_file(workspace, "json"))
    assert rows[0]["问题"] == refused.question
    table = workflow.unanswered_file(workspace, "csv").decode("utf-8-sig")
    assert "张三" not in table
    assert next(csv.DictReader(StringIO(table)))["问题"].startswith("'=")
    assert {"下载表格", "下载数据文件"} <= {one.proto.label for one in opened("corpus").get("download_button")}


def test_a_roll_up_is_read_in_the_background_and_names_who_is_missing_and_what_was_not_read() -> None:
    test = opened("rollup")
    test.file_uploader[0].set_value([("甲.docx", PREVIOUS.read_bytes(), ""), ("坏.docx", b"x", "")])
    box(test, "汇总单位").set_value("云岭市")
    box(test, "应报单位（一行一个，可不填）").set_value("云岭市青禾区农业农村局\n云岭市青禾区水利局\n")
    button(test.run(), "汇总").click().run()
    for _ in range(600):
        if "rolled" in test.session_state:
            break
        time.sleep(0.05)
        test.run()
    text = said(fine(test.run()))
    assert "云岭市青禾区水利局" in text
    assert "没有读出（1）" in text
    assert "坏.docx：" in text
    assert {metric.label: metric.value for metric in test.metric}["已汇总单位"] == "1"
    rolled = test.session_state["rolled"]
    assert workflow.rolled_up_bytes(rolled, "xlsx")[:2] == b"PK"
    assert json.loads(workflow.rolled_up_bytes(rolled, "json"))


def test_a_roll_up_that_was_stopped_adds_up_nothing() -> None:
    test = opened("rollup")
    test.file_uploader[0].set_value([(f"{number}.docx", PREVIOUS.read_bytes(), "") for number in range(60)])
    button(test.run(), "汇总").click().run()
    button(test, "停止").click().run()
    for _ in range(600):
        if "rolling" not in test.session_state:
            break
        time.sleep(0.05)
        test.run()
    assert "已停止，没有汇总" in said(fine(test))
    assert "rolled" not in test.session_state


def test_deadlines_are_listed_and_leave_as_calendar_without_names(report_id: int, tmp_path: Path) -> None:
    test = opened("deadlines", report_id)
    assert {metric.label: metric.value for metric in test.metric}["没有办结"] == "4"
    file = (REGISTER.name, REGISTER.read_bytes())
    report = workflow.deadlines(file, {}, TODAY, workflow.load_settings(tmp_path))
    calendar = workflow.calendar_file(file, {}, report, datetime(2026, 1, 15)).decode()
    assert calendar.count("BEGIN:VEVENT") == sum(item.due is not None for item in report.open)
    assert not any(name in calendar for name in workflow.register_names(*file))


def test_an_import_that_was_stopped_goes_on_with_the_same_files() -> None:
    data_dir = load_settings().data_dir
    files = [
        (f"办法{number}.txt", f"示例第{number}号办法\n第一条 为了示例{number}，制定本办法。\n第二条 本办法自公布之日起施行。\n".encode())
        for number in range(3)
    ]
    told = [
        workflow.add_upload(name, data, as_report=False, data_dir=data_dir, today=TODAY)[0].status for name, data in (*files[:1], *files)
    ]
    assert told == ["added", "unchanged", "added", "added"]
    assert {"官方原文：整个文件夹", "往年报告：整个文件夹"} <= {one.label for one in opened("corpus").get("file_uploader")}


def test_the_index_is_rebuilt_from_the_page() -> None:
    test = opened("corpus")
    button(test, "重建检索索引").click().run()
    for _ in range(100):
        if "已重建索引" in said(test):
            break
        time.sleep(0.3)
        test.run()
    fine(test)
    assert "已重建索引" in said(test)
