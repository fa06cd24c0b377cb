"""Drafting and review from the command line: facts and questions out and in, one paragraph by a model, undo, numbers, queue, remarks, signatures."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from assistant import workflow
from tests.cli.test_commands import documents, drafted, filled, run
from tests.model_server import ModelServer, Say
from tests.sample import PREVIOUS, UNIT, YEAR

__all__ = ["drafted", "filled"]
BLOCK = "overview.5"


def _reply(*texts: str) -> Say:
    return Say(json.dumps({"paragraphs": [{"sentences": [{"text": text, "sources": ["F"]} for text in texts]}]}, ensure_ascii=False))


def test_facts_and_questions_go_out_and_come_back_signed(tmp_path: Path) -> None:
    bare, form, out = tmp_path / "bare.json", tmp_path / "form.yaml", tmp_path / "out.json"
    assert run("fill", "--unit", UNIT, "--year", YEAR, "--previous", PREVIOUS, "-o", bare)[0] == 0
    assert run("draft", bare, "--ask", form)[0] == 0
    asked = yaml.safe_load(form.read_text())
    name = next(name for name in asked["facts"] if "门户网站" in name)
    for fact in asked["facts"].values():
        fact["value"] = 401
    asked["answers"]["今年的主要问题"] = "目录没有及时更新。"
    form.write_text(yaml.safe_dump(asked, allow_unicode=True))
    assert run("draft", bare, "--facts", form, "--who", "张三", "--offline", "-o", out)[0] == 0
    saved = workflow.load_saved(out)
    assert "401条" in workflow.part_text(saved.report, "overview")
    assert "目录没有及时更新" in workflow.part_text(saved.report, "problems")
    assert saved.given.signed("今年的主要问题").startswith("张三，20")
    assert "张三" in run("draft", out, "--number", name)[1]


def test_numbers_of_earlier_years_are_asked_for_too(drafted: Path, tmp_path: Path) -> None:
    from datetime import date

    from assistant.domain.report import Block

    last, home, form, out = workflow.read(PREVIOUS).report, tmp_path / "home", tmp_path / "form.yaml", tmp_path / "out.json"
    block = Block(id="overview.99", text="2023年接待来访群众85人次。")
    told = tuple(one.model_copy(update={"blocks": (block,)}) if one.id.value == "overview" else one for one in last.sections)
    workflow.library(home).add_report(last.replace(year=2023, sections=told), today=date(2026, 1, 2))
    assert run("draft", drafted, "--ask", form, "--data-dir", home)[0] == 0
    asked = yaml.safe_load(form.read_text())
    (name,) = [name for name, fact in asked["facts"].items() if "2023年：85人次，上年没有写" in fact["what"]]
    asked["facts"][name]["value"] = 91
    form.write_text(yaml.safe_dump(asked, allow_unicode=True))
    assert run("draft", drafted, "--facts", form, "--offline", "-o", out)[0] == 0
    assert "2025年接待来访群众91人次。" in workflow.part_text(workflow.load_saved(out).report, "overview")


def test_a_number_shows_formula_rows_last_year_and_sentences(drafted: Path) -> None:
    _, text, _ = run("draft", drafted, "--number", "t3.new.total")
    assert "算法：表三“一、本年新收政府信息公开申请数量”总计" in text
    assert "台账行：台账!A6" in text
    assert "上年：42件，增加3" in text
    assert "用在：全年收到政府信息公开申请45件" in text
    status, _, errors = run("draft", drafted, "--number", "没有的数")
    assert (status, "没有叫" in errors) == (2, True)


def test_every_sentence_is_told_with_colour_source_and_repetition(drafted: Path) -> None:
    _, text, _ = run("draft", drafted, "--sentences")
    assert "[更新数字]（与上年相同 100%）" in text
    assert "依据：上年文字（overview.2）" in text


def test_the_prompt_of_a_section_holds_no_number_of_this_year(drafted: Path) -> None:
    _, text, _ = run("draft", drafted, "--prompt", "--section", "overview")
    assert "【事实】" in text
    assert "389" not in text


def test_a_paragraph_is_proposed_taken_over_in_part_and_brought_back(drafted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = workflow.part_text(workflow.load_saved(drafted).report, "overview")
    proposal = drafted.with_name("p.json")
    with ModelServer() as server:
        monkeypatch.setenv("NIANBAO_BASE_URL", server.url)
        monkeypatch.setenv("NIANBAO_MODEL", "test")
        kept = workflow.edit_prompt(workflow.load_saved(drafted), BLOCK, "vary").split("【原段落】")[1].split("【")[0].strip()
        server.say(_reply(kept.replace("公开工作由", "政府信息公开工作由", 1).replace("组织公开业务培训", "全年组织公开业务培训", 1)))
        status, text, errors = run("draft", drafted, "--edit", "vary", "--paragraph", BLOCK, "--proposal", proposal)
        assert (status, errors) == (0, "")
        assert "【增：政府信息】" in text
        assert "第 2 处：【增：全年】" in text
    assert workflow.part_text(workflow.load_saved(drafted).report, "overview") == before
    assert run("draft", drafted, "--proposal", proposal, "--accept", "2", "-o", drafted)[0] == 0
    after = workflow.part_text(workflow.load_saved(drafted).report, "overview")
    assert "全年组织公开业务培训" in after
    assert "政府信息公开工作由" not in after
    assert run("draft", drafted, "--undo")[0] == 0
    assert workflow.part_text(workflow.load_saved(drafted).report, "overview") == before
    assert run("draft", drafted, "--undo")[0] == 0
    assert workflow.part_text(workflow.load_saved(drafted).report, "overview") == after


@pytest.mark.parametrize(
    ("words", "said"), [(("--edit", "embellish", "--paragraph", BLOCK), "可用：regenerate"), (("--edit", "vary"), "用 --paragraph 给出")]
)
def test_a_wrong_operation_or_paragraph_is_told_with_what_there_is(drafted: Path, words: tuple[str, ...], said: str) -> None:
    status, _, errors = run("draft", drafted, *words)
    assert status == 2
    assert said in errors


def test_trouble_with_the_model_leaves_the_text_and_says_what_to_do(drafted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = workflow.part_text(workflow.load_saved(drafted).report, "overview")
    out = drafted.with_name("again.json")
    with ModelServer() as server:
        monkeypatch.setenv("NIANBAO_BASE_URL", server.url)
        server.say(Say('{"paragraphs": [{"sentences": [{"text": "本年收到申请', finish=""))
        status, text, _ = run("draft", drafted, "--section", "overview", "--model", "test", "-o", out)
    assert status == 0
    assert "中途断了" in text
    assert "原有的文字没有改动" in text
    saved = workflow.load_saved(out)
    assert workflow.part_text(saved.report, "overview") == before
    assert saved.received[0][0] == "overview"
    assert "本年收到申请" in saved.received[0][1]


def test_a_draft_is_made_again_from_the_record_without_the_model(filled: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    home, first, again = ("--data-dir", tmp_path / "home"), tmp_path / "first.json", tmp_path / "again.json"
    with ModelServer() as server:
        monkeypatch.setenv("NIANBAO_BASE_URL", server.url)
        server.say(_reply("（一）主动公开。", "{{本年}}收到政府信息公开申请{{收到申请}}。"))
        assert run("draft", filled, "--section", "overview", "--model", "test", "-o", first, *home)[0] == 0
    monkeypatch.delenv("NIANBAO_BASE_URL")
    assert run("draft", filled, "--section", "overview", "--replay", "-o", again, *home)[0] == 0
    text = workflow.part_text(workflow.load_saved(again).report, "overview")
    assert "2025年收到政府信息公开申请45件。" in text
    assert text == workflow.part_text(workflow.load_saved(first).report, "overview")


def test_comparison_tells_what_to_look_at_the_redline_and_the_findings(drafted: Path, tmp_path: Path) -> None:
    memo, trend = tmp_path / "memo.html", tmp_path / "trend.html"
    _, text, _ = run("compare", drafted, PREVIOUS, "--memo", memo, "--trend", trend)
    assert text.startswith("先看这些")
    assert "收到政府信息公开申请【删：42】【增：45】件" in text
    assert "31 → 33（+6.45%）" in text  # 2 of 31: rounded once
    assert "审核备忘" in memo.read_text()
    assert trend.read_text().count("<svg") > 20
    _, text, _ = run("compare", drafted, PREVIOUS, "--format", "json")
    (document,) = documents(text)
    assert {finding["code"] for finding in document["findings"]}


def test_a_report_is_reviewed_signed_and_visibly_unsigned_once_changed(drafted: Path, tmp_path: Path) -> None:
    home = ("--data-dir", tmp_path / "home")
    _, text, _ = run("review", drafted, *home)
    mark = text.split("[")[1].split("]")[0]
    assert run("review", "1", "--decide", mark, "--reason", "已核", "--who", "李四", *home)[0] == 0
    assert run("review", "1", "--remark", "请核对", "--at", "t3.granted.total", "--who", "李四", *home)[0] == 0
    assert run("review", "1", "--reply", "1", "已核对台账", "--resolve", "1", *home)[0] == 0
    _, text, _ = run("review", "1", "--stage", "signed", "--who", "李四", *home)
    assert "已审签" in text
    assert "批注 1" in text
    assert "已核对台账" in text
    assert "（已处理）" in text
    assert f"[{mark}] 已看" in text
    changed = workflow.set_text(workflow.load_saved(drafted), "other", "没有其他事项。")
    workflow.write_saved(changed, drafted)
    _, text, _ = run("review", drafted, "--format", "json", *home)
    (document,) = documents(text)
    assert "现在的第 2 版未审签" in document["report"]["stage_text"]
    assert [sign["stands"] for sign in document["signoffs"]] == [False]
    _, text, _ = run("review", *home)
    assert "未审签" in text


def test_a_report_with_an_error_cannot_be_signed(drafted: Path, tmp_path: Path) -> None:
    broken = workflow.set_cell(workflow.load_saved(drafted), "t3.new.person", "999", who="填报人", when="2026-01-15T08:00:00+00:00")
    workflow.write_saved(broken, drafted)
    status, _, errors = run("review", drafted, "--stage", "signed", "--data-dir", tmp_path / "home")
    assert status == 2
    assert "不能审签" in errors
