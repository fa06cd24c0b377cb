"""The command line as others script it: documents, exit status, and clear words for bad input."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from assistant.cli.app import COMMANDS, build
from assistant.errors import AssistantError
from tests.sample import FACTS, PREVIOUS, REGISTER, SAMPLE, UNIT, YEAR


def run(*words: str | Path) -> tuple[int, str, str]:
    """Exit status, standard output and standard error, as the shell would see them."""
    result = CliRunner().invoke(build((str(words[0]),)), [str(word) for word in words])
    if isinstance(result.exception, AssistantError):
        return 2, result.stdout, f"{result.exception}"
    return result.exit_code, result.stdout, result.stderr


def documents(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    out = tmp_path / "filled.json"
    status, _, errors = run(
        "fill", "--unit", UNIT, "--year", str(YEAR), "--register", REGISTER, "--previous", PREVIOUS, "--facts", FACTS, "-o", out
    )
    assert (status, errors) == (0, "")
    return out


@pytest.fixture
def drafted(filled: Path) -> Path:
    out = filled.with_name("drafted.json")
    assert run("draft", filled, "--offline", "-o", out)[0] == 0
    return out


def test_every_command_is_listed_with_a_line_of_help() -> None:
    shown = CliRunner().invoke(build(()), ["--help"])
    assert shown.exit_code == 0
    assert all(name in shown.stdout and line in shown.stdout for name, (_, _, line) in COMMANDS.items())


def test_read_gives_every_cell_of_the_form() -> None:
    status, text, _ = run("read", PREVIOUS, "--format", "json")
    (document,) = documents(text)
    assert status == 0
    assert (document["schema"], document["unit"], document["year"], document["edition"], document["error"]) == (
        "nianbao.read/1",
        UNIT,
        2024,
        "2021",
        None,
    )
    assert len(document["cells"]) == 200
    assert {section["id"] for section in document["sections"]} == {
        "overview",
        "disclosure",
        "applications",
        "disputes",
        "problems",
        "other",
    }


def test_a_file_that_cannot_be_read_does_not_stop_the_others(tmp_path: Path) -> None:
    empty = tmp_path / "空.docx"
    empty.write_bytes(b"")
    status, text, _ = run("read", empty, PREVIOUS, "--format", "json")
    bad, good = documents(text)
    assert status == 2
    assert bad["error"]["code"] == "unreadable-file"
    assert bad["file"] == str(empty)
    assert good["error"] is None


@pytest.mark.parametrize(
    ("name", "content"),
    [("空.docx", b""), ("假.docx", b"no document"), ("便条.txt", "今天开会。".encode()), ("坏.json", b"{"), ("无后缀", b"\x00\x01\x02")],
)
def test_bad_input_is_explained_in_chinese_with_status_2(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    status, _, errors = run("check", path)
    assert status == 2
    assert "Traceback" not in errors
    assert any("\u4e00" <= char <= "\u9fff" for char in errors)


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "大.docx"
    with path.open("wb") as file:
        file.truncate(300 * 1024 * 1024)
    status, _, errors = run("check", path)
    assert status == 2
    assert "文件过大（300 MB，上限 60 MB）" in errors


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    status, _, errors = run("check", tmp_path / "没有.docx")
    assert status == 2
    assert "没有.docx" in errors


def test_check_of_a_good_report_counts_the_identities() -> None:
    status, text, _ = run("check", SAMPLE / "report-2024.docx", "--previous", SAMPLE / "report-2023.docx", "--format", "json")
    (document,) = documents(text)
    assert status == 0
    assert document["identities"] == {"evaluated": 49, "total": 49}
    assert [finding for finding in document["findings"] if finding["severity"] == "error"] == []


def test_check_reads_a_manifest(tmp_path: Path) -> None:
    manifest = tmp_path / "pairs.csv"
    manifest.write_text(
        f"file,previous,register\n{SAMPLE / 'report-2024.docx'},{SAMPLE / 'report-2023.docx'},\n{SAMPLE / 'report-2023.docx'},,\n",
        encoding="utf-8",
    )
    status, text, _ = run("check", "--manifest", manifest, "--format", "json")
    assert status == 0
    assert [document["identities"]["total"] for document in documents(text)] == [49, 42]


def test_fill_says_where_every_number_comes_from(filled: Path) -> None:
    cells = {cell["id"]: cell for cell in json.loads(filled.read_text(encoding="utf-8"))["report"]["cells"]}
    assert cells["t3.new.person"]["provenance"]["kind"] == "counted"
    assert cells["t3.new.person"]["provenance"]["rows"]
    assert cells["t3.new.total"]["provenance"]["kind"] == "computed"
    assert cells["t3.carried_in.person"]["provenance"]["kind"] == "carried"
    assert cells["t2.licensing.decisions"]["provenance"]["kind"] == "typed"
    assert all(cell["state"] == "number" for cell in cells.values())


def test_a_year_without_a_form_is_refused(tmp_path: Path) -> None:
    status, _, errors = run("fill", "--unit", UNIT, "--year", "2012", "--register", REGISTER, "-o", tmp_path / "x.json")
    assert status == 2
    assert "2012" in errors
    assert not (tmp_path / "x.json").exists()


def test_a_report_of_the_same_year_is_no_previous_report(tmp_path: Path) -> None:
    status, _, errors = run("fill", "--unit", UNIT, "--year", "2024", "--previous", PREVIOUS, "-o", tmp_path / "x.json")
    assert status == 2
    assert "2024 年度" in errors


def test_a_register_without_dates_is_refused_by_name(tmp_path: Path) -> None:
    register = tmp_path / "台账.csv"
    register.write_text("序号,申请人类型,办理结果\n1,自然人,予以公开\n", encoding="utf-8-sig")
    status, _, errors = run("fill", "--unit", UNIT, "--year", str(YEAR), "--register", register, "-o", tmp_path / "x.json")
    assert status == 2
    assert "收到日期" in errors


def test_the_draft_holds_this_years_numbers_and_period(drafted: Path) -> None:
    saved = json.loads(drafted.read_text(encoding="utf-8"))
    overview = next(section for section in saved["report"]["sections"] if section["id"] == "overview")
    text = "".join(block["text"] for block in overview["blocks"])
    assert "2025年1月1日" in "".join(block["text"] for block in saved["report"]["preamble"])
    assert "收到政府信息公开申请45件" in text
    assert {sentence["colour"] for sentence in saved["sentences"]} >= {"keep", "refill"}


def test_a_saved_report_is_checked_against_the_last_year_it_keeps(drafted: Path) -> None:
    (document,) = documents(run("check", drafted, "--format", "json")[1])
    assert document["identities"] == {"evaluated": 49, "total": 49}


def test_an_unknown_part_is_refused(filled: Path, tmp_path: Path) -> None:
    status, _, errors = run("draft", filled, "--offline", "--section", "epilogue", "-o", tmp_path / "x.json")
    assert status == 2
    assert "epilogue" in errors


@pytest.mark.parametrize("kind", ["docx", "html", "pdf", "xlsx", "json"])
def test_export_writes_what_reads_back_the_same(drafted: Path, tmp_path: Path, kind: str) -> None:
    out = tmp_path / f"报告.{kind}"
    assert run("export", drafted, "-o", out)[0] == 0
    want = {cell["id"]: cell["value"] for cell in json.loads(drafted.read_text(encoding="utf-8"))["report"]["cells"]}
    (document,) = documents(run("read", out, "--format", "json")[1])
    assert {cell: value["value"] for cell, value in document["cells"].items()} == want


def test_export_is_refused_while_an_error_stands_and_the_draft_is_marked(drafted: Path, tmp_path: Path) -> None:
    saved = json.loads(drafted.read_text(encoding="utf-8"))
    next(cell for cell in saved["report"]["cells"] if cell["id"] == "t3.granted.person")["value"] += 5
    broken = tmp_path / "broken.json"
    broken.write_text(json.dumps(saved, ensure_ascii=False), encoding="utf-8")
    status, _, errors = run("export", broken, "-o", tmp_path / "报告.html")
    assert status == 2
    assert "不能导出正式稿" in errors
    assert not (tmp_path / "报告.html").exists()
    assert run("export", broken, "-o", tmp_path / "草稿.html", "--draft")[0] == 0
    assert "草稿" in (tmp_path / "草稿.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["结果.html", "结果.xlsx", "结果.sarif", "结果.docx"])
def test_findings_are_written_in_every_form(drafted: Path, tmp_path: Path, name: str) -> None:
    assert run("export", drafted, "-o", tmp_path / "报告.json", "--findings", tmp_path / name)[0] == 0
    assert (tmp_path / name).stat().st_size > 500


def test_compare_gives_sections_and_cells_and_a_memo(tmp_path: Path) -> None:
    memo = tmp_path / "对照.docx"
    status, text, _ = run("compare", SAMPLE / "report-2024.docx", SAMPLE / "report-2023.docx", "--format", "json", "--memo", memo)
    (document,) = documents(text)
    assert (status, document["schema"]) == (0, "nianbao.compare/1")
    assert {"id", "similarity", "redline"} <= set(document["sections"][0])
    assert {"cell", "last", "this", "delta", "percent"} <= set(document["cells"][0])
    assert memo.stat().st_size > 1000


def test_ask_answers_by_article_number() -> None:
    status, text, _ = run("ask", "条例第三十三条讲什么", "--format", "json")
    (document,) = documents(text)
    assert (status, document["refused"]) == (0, False)
    assert document["articles"][0]["document"]["number"] == "国务院令第711号"
    assert document["articles"][0]["article"] == "第三十三条"
    assert all(sentence["passages"] for sentence in document["sentences"])


def test_ask_refuses_another_law() -> None:
    (document,) = documents(run("ask", "民法典第三条是什么", "--format", "json")[1])
    assert document["refused"]
    assert document["reason"]


def test_rollup_sums_and_names_who_is_missing(tmp_path: Path) -> None:
    names = tmp_path / "名单.txt"
    names.write_text(f"{UNIT}\n青禾区水利局\n", encoding="utf-8")
    out = tmp_path / "汇总.json"
    status, text, _ = run("rollup", PREVIOUS, "--unit", "青禾区人民政府", "--expected", names, "-o", out)
    assert status == 1
    assert "未报：青禾区水利局" in text
    assert out.is_file()


def test_rollup_names_errors_and_gives_every_sum_in_parts(tmp_path: Path) -> None:
    from assistant import workflow

    good = workflow.load_saved(PREVIOUS)
    wrong = workflow.set_cell(good, "t3.new.person", "999", who="王", when="2025-01-01T00:00:00+00:00")
    workflow.write_saved(good, tmp_path / "甲.json")
    workflow.write_saved(wrong.model_copy(update={"report": wrong.report.replace(unit="乙局")}), tmp_path / "乙.json")
    parts, out = tmp_path / "分项.csv", tmp_path / "汇总.json"
    status, text, _ = run("rollup", tmp_path / "甲.json", tmp_path / "乙.json", "--unit", "某区", "-o", out, "--parts", parts)
    assert status == 1
    assert "有差错：乙局：" in text
    assert UNIT not in next(line for line in text.splitlines() if "有差错" in line)
    with parts.open(encoding="utf-8-sig", newline="") as lines:
        row = next(one for one in csv.DictReader(lines) if "本年新收" in one["项目"] and "自然人" in one["项目"])
    assert int(row["合计"]) == int(row[UNIT]) + int(row["乙局"]) == int(row[UNIT]) + 999


def test_batch_finds_last_year_by_itself(tmp_path: Path) -> None:
    for year in (2022, 2023, 2024):
        shutil.copy(SAMPLE / f"report-{year}.docx", tmp_path)
    status, text, _ = run("batch", tmp_path, "--format", "json")
    assert status == 0
    assert [document["identities"]["total"] for document in documents(text)] == [42, 49, 49]


def test_two_reports_for_one_year_are_refused(tmp_path: Path) -> None:
    shutil.copy(PREVIOUS, tmp_path / "a.docx")
    shutil.copy(PREVIOUS, tmp_path / "b.docx")
    status, _, errors = run("batch", tmp_path)
    assert status == 2
    assert "有两份" in errors


def test_explain_names_basis_and_examples() -> None:
    status, text, _ = run("explain", "T101")
    assert status == 0
    assert "国办公开办函〔2021〕30号" in text
    assert run("explain", "Z999")[0] == 2


def test_corpus_takes_a_text_once_and_gives_it_back(tmp_path: Path) -> None:
    law = tmp_path / "办法.txt"
    law.write_text(
        "青禾区政府信息公开办法\n青政发〔2020〕5号\n\n第一条　为了做好政府信息公开工作，制定本办法。\n第二条　各单位应当在五日内登记申请。\n",
        encoding="utf-8",
    )
    first = documents(run("corpus", "add", law, "--format", "json")[1])
    again = documents(run("corpus", "add", law, "--format", "json")[1])
    assert [document["status"] for document in first + again] == ["added", "unchanged"]
    assert "五日内登记" in run("corpus", "show", first[0]["document"]["id"])[1]
    assert run("corpus", "verify")[0] == 0


def test_demo_makes_the_four_files_without_an_error(tmp_path: Path) -> None:
    status, text, errors = run("demo", "--out", tmp_path / "out")
    assert (status, errors) == (0, "")
    assert {path.name for path in (tmp_path / "out").iterdir()} == {f"{UNIT}-{YEAR}.{kind}" for kind in ("docx", "html", "json")} | {
        f"{UNIT}-{YEAR}-核对结果.html"
    }
    assert "勾稽关系已核对 49 条，共 49 条" in text
    assert "用时：" in text


def test_unchanged_files_come_from_the_cache_and_changed_ones_do_not(tmp_path: Path) -> None:
    report = tmp_path / "report.docx"
    shutil.copy(SAMPLE / "report-2024.docx", report)
    first = run("check", report, "--format", "json")
    assert run("check", report, "--format", "json") == first
    shutil.copy(SAMPLE / "report-2023.docx", report)
    (changed,) = documents(run("check", report, "--format", "json")[1])
    assert changed["year"] == 2023


def test_many_files_are_checked_in_processes_in_input_order(tmp_path: Path) -> None:
    manifest = tmp_path / "pairs.csv"
    names = [tmp_path / f"r{number}.docx" for number in range(42)]
    for number, path in enumerate(names):
        shutil.copy(SAMPLE / f"report-{2022 + number % 3}.docx", path)
    names[7].write_bytes(b"")
    manifest.write_text("file,previous,register\n" + "".join(f"{path},,\n" for path in names), encoding="utf-8")
    status, text, _ = run("check", "--manifest", manifest, "--jobs", "2", "--format", "json")
    found = documents(text)
    assert status == 2
    assert [document["file"] for document in found] == [str(path) for path in names]
    assert [document.get("year") for document in found] == [None if number == 7 else 2022 + number % 3 for number in range(42)]
