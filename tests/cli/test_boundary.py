"""Whatever goes wrong on the command line: Chinese words with what to do, status 2, no traceback, nothing half-written."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.cli.app import COMMANDS, build
from assistant.cli.boundary import run
from tests.sample import PREVIOUS, REGISTER, UNIT, YEAR

FILL = ("fill", "--unit", UNIT, "--year", str(YEAR), "--register", str(REGISTER))


def failed(capsys: pytest.CaptureFixture[str], *words: str | Path) -> str:
    """What is said when a command fails."""
    assert run(build((str(words[0]),) if words else ()), [str(word) for word in words]) == 2
    said = capsys.readouterr()
    assert "Traceback" not in said.err + said.out
    assert any("\u4e00" <= char <= "\u9fff" for char in said.err)
    return said.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("fill", "--year", "2025", "-o", "x.json"), "缺少 --unit（单位全称）"),
        (("fill", "--unit", "甲局", "--year", "去年", "-o", "x.json"), "“去年”不对，应为整数"),
        (("fill", "--unit", "甲局", "--year", "2025"), "缺少 --out"),
        ((*FILL, "-o"), "-o 后面缺少内容"),
        ((*FILL, "-o", "x.json", "--nope"), "没有 --nope 这个选项"),
        ((*FILL, "-o", "x.json", "--today", "明天"), "应为日期"),
        (("check", "x.docx", "--jobs", "99"), "应不大于 64"),
        (("check", "x.docx", "--format", "xml"), "可用：text、json"),
        (("read",), "缺少"),
        (("export", "a.json", "b.json", "-o", "c.docx"), "多出了 b.json"),
        (("nope",), "没有“nope”这个命令"),
        (("fill", "--unit", " ", "--year", "2025", "--register", str(REGISTER), "-o", "x.json"), "没有填写单位名称"),
        (("fill", "--unit", "甲局", "--year", "2025", "-o", "x.json"), "没有给出任何材料"),
        ((*FILL, "-o", "x.docx"), "请用 .json 保存"),
        ((*FILL, "--register", str(REGISTER), "-o", "x.json"), "都是申请台账"),
        ((*FILL, "--column", "来件=什么", "-o", "x.json"), "没有“什么”这一项"),
        ((*FILL, "--deadlines", "x.doc", "-o", "x.json"), "可用的格式：.ics、.csv、.json"),
        ((*FILL, "--holidays", "没有.yaml", "-o", "x.json"), "没有.yaml"),
    ],
)
def test_wrong_words_are_explained(
    words: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert told in failed(capsys, *words)
    assert list(tmp_path.iterdir()) == []


def test_an_error_is_a_document_where_documents_are_wanted(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    words = [
        "fill",
        "--unit",
        UNIT,
        "--year",
        "2025",
        "--register",
        str(tmp_path / "无.csv"),
        "-o",
        str(tmp_path / "x.json"),
        "--format",
        "json",
    ]
    assert run(build(("fill",)), words) == 2
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "nianbao.report/1"
    assert document["error"]["code"] == "unreadable-file"
    assert "无.csv" in document["error"]["message"]


def test_what_stands_in_the_place_of_the_output_is_never_overwritten(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out = tmp_path / "x.json"
    out.write_text("会议记录", encoding="utf-8")
    assert "没有覆盖" in failed(capsys, *FILL, "-o", out)
    assert out.read_text(encoding="utf-8") == "会议记录"
    out.unlink()
    assert run(build(("fill",)), [*FILL, "-o", str(out)]) == 0
    kept = out.read_bytes()
    capsys.readouterr()
    assert "不符" in failed(capsys, "fill", "--unit", "另一局", "--year", str(YEAR), "--register", REGISTER, "-o", out)
    assert out.read_bytes() == kept


def test_filling_again_keeps_text_and_what_was_typed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    from assistant import workflow

    out = tmp_path / "x.json"
    assert run(build(("fill",)), [*FILL, "-o", str(out)]) == 0
    saved = workflow.set_text(workflow.load_saved(out), "other", "无其他事项。")
    workflow.write_saved(workflow.set_cell(saved, "t2.fees.amount", "3.5", who="李", when="2026-01-15T08:00:00+00:00"), out)
    assert run(build(("fill",)), [*FILL, "-o", str(out)]) == 0
    assert "原有的文字和手填的数保留不变" in capsys.readouterr().out
    again = workflow.load_saved(out)
    assert workflow.part_text(again.report, "other") == "无其他事项。"
    assert float(again.report.value("t2.fees.amount") or 0) == 3.5


def test_a_fault_of_the_program_is_told_as_such(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from assistant.workflow import saving

    monkeypatch.setattr(saving, "load_saved", lambda path: 1 / 0)
    assert "程序内部出错" in failed(capsys, "draft", tmp_path / "x.json", "-o", tmp_path / "y.json")


def shell(*words: str | bytes | Path, **options: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "assistant.cli", *words], capture_output=True, check=False, **options)  # type: ignore[call-overload,no-any-return]


@pytest.mark.skipif(sys.platform != "linux", reason="names that are no text and /dev/full are of Linux")
def test_names_that_are_no_text_and_outputs_that_are_full(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/\xb1\xa8\xb8\xe6.docx"
    Path(os.fsdecode(name)).write_bytes(PREVIOUS.read_bytes())
    done = shell("check", name, "--format", "json")
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout.decode("utf-8"))["unit"] == UNIT
    with Path("/dev/full").open("wb") as full:
        filled = subprocess.run([sys.executable, "-m", "assistant.cli", "read", PREVIOUS], stdout=full, stderr=subprocess.PIPE, check=False)
    assert filled.returncode == 2
    assert "磁盘空间不足" in filled.stderr.decode()


@pytest.mark.parametrize("words", [(), *((name,) for name in COMMANDS), ("corpus", "add"), ("corpus", "remove")])
def test_help_is_in_chinese_around_our_own_lines_too(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(build(words[:1]), [*words, "--help"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("用法：")
    assert [
        line for line in text.splitlines() if re.search(r"Usage|^[A-Z]\w+:$|Show this|\[default|\[required|OPTIONS|COMMAND", line)
    ] == []
