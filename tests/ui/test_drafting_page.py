"""The drafting page: all parts at once, questions and answers, one paragraph by a model, going back."""

from __future__ import annotations

import json
import re
import time

import pytest

from assistant import workflow
from assistant.settings import load_settings
from assistant.ui.services import services
from assistant.workspace import Workspace
from tests.model_server import ModelServer, Say
from tests.sample import PREVIOUS, REGISTER, UNIT, YEAR
from tests.ui.harness import box, button, fine, newest, opened, said, saved_again


def _begun(workspace: Workspace) -> int:
    """A report with tables and no text, no facts, no answers."""
    entry = workflow.begin(workspace, UNIT, YEAR)
    saved = workflow.fill(UNIT, YEAR, register=REGISTER, previous=PREVIOUS)
    workspace.save(entry.id, workflow.dump(saved), saved.report.content_hash, who="填报人", based_on=0)
    return entry.id


def test_one_button_drafts_every_part(workspace: Workspace) -> None:
    report = _begun(workspace)
    button(opened("drafting", report), "全部起草").click().run()
    saved = saved_again(workspace, report, 2)
    assert {part for part, _ in saved.report.blocks()} >= {"preamble", "overview", "other"}
    assert "全部起草" in {version.note for version in workspace.versions(report)}


def test_each_sentence_shows_colour_text_and_source(report_id: int, workspace: Workspace) -> None:
    page = next(element.proto.body for element in opened("drafting", report_id).get("html") if 'class="sentences"' in element.proto.body)
    sentence = next(one for one in newest(workspace, report_id).sentences if one.section == "overview" and one.colour == "refill")
    assert f'<span class="mark refill">更新数字</span>{sentence.text}' in page
    assert sentence.reason in page


def test_an_answer_is_kept_and_written_into_the_next_draft(workspace: Workspace) -> None:
    report = _begun(workspace)
    test = opened("drafting", report)
    test.session_state["part"] = "problems"
    test.run()
    asked = "今年的主要问题是什么？"
    assert asked in said(test)
    box(test, asked).set_value("目录没有及时更新。").run()
    fine(test)
    assert newest(workspace, report).given.answer("今年的主要问题") == "目录没有及时更新。"
    button(test, "沿用上年起草这一部分").click().run()
    assert "目录没有及时更新" in workflow.part_text(saved_again(workspace, report, 3).report, "problems")


def test_without_a_model_a_paragraph_cannot_be_changed_by_it_and_the_page_says_so(report_id: int) -> None:
    test = opened("drafting", report_id)
    assert "没有设置模型，不能提出修改建议" in said(test)
    assert button(test, "提出修改建议").disabled


def test_the_prompt_is_shown_beforehand_without_a_number(report_id: int) -> None:
    test = opened("drafting", report_id)
    box(test, "看将要发给模型的内容").set_value(True).run()
    prompt = "\n".join(code.value for code in test.code)
    assert "【原段落】" in prompt
    paragraph = prompt.split("【原段落】")[1].split("【")[0]
    assert not re.search(r"\d", paragraph)


def _model(monkeypatch: pytest.MonkeyPatch, server: ModelServer) -> None:
    monkeypatch.setenv("NIANBAO_BASE_URL", server.url)
    monkeypatch.setenv("NIANBAO_MODEL", "test")


def _proposed(report: int, workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> str:
    """A proposal for the first paragraph of the overview; gives the old text."""
    saved = newest(workspace, report)
    old = workflow.part_text(saved.report, "overview").split("\n")[0]
    sentences = [{"text": "本局依法做好政府信息公开工作。", "sources": ["F"]}]
    with ModelServer() as server:
        _model(monkeypatch, server)
        server.say(Say(json.dumps({"paragraphs": [{"sentences": sentences}]}, ensure_ascii=False)))
        block = next(block.id for part, block in saved.report.blocks() if part == "overview")
        proposal = workflow.propose_edit(saved, block, "regenerate", settings=load_settings())
    assert proposal.new == "本局依法做好政府信息公开工作。"
    workspace.keep(report, f"proposal.{block}", proposal.model_dump_json())
    return old


def test_a_proposal_is_shown_and_taken_over_only_when_accepted(
    report_id: int, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = _proposed(report_id, workspace, monkeypatch)
    test = opened("drafting", report_id)
    assert "修改建议：重新起草" in said(test)
    assert workflow.part_text(newest(workspace, report_id).report, "overview").startswith(old)
    button(test, "采用").click().run()
    fine(test)
    saved = newest(workspace, report_id)
    assert workflow.part_text(saved.report, "overview").startswith("本局依法做好政府信息公开工作。")
    assert any(sentence.origin == "model" and sentence.text == "本局依法做好政府信息公开工作。" for sentence in saved.sentences)
    assert "采用" not in {one.label for one in opened("drafting", report_id).button}


def test_a_proposal_is_asked_for_on_the_page_and_names_stay_at_home(
    report_id: int, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    sentences = [{"text": "本局依法做好政府信息公开工作。", "sources": ["F"]}]
    with ModelServer() as server:
        _model(monkeypatch, server)
        server.say(Say(json.dumps({"paragraphs": [{"sentences": sentences}]}, ensure_ascii=False)))
        services.clear()  # type: ignore[attr-defined]
        test = opened("drafting", report_id)
        box(test, "怎样改").set_value("instruct").run()
        name = sorted(workflow.register_names(REGISTER.name, REGISTER.read_bytes()))[0]
        box(test, "具体要求").set_value(f"不要提{name}").run()
        fine(button(test, "提出修改建议").click().run())
        for _ in range(400):
            if any("proposal." in key for key in workspace.kept(report_id)):
                break
            time.sleep(0.05)
        assert "修改建议：按要求修改" in said(opened("drafting", report_id))
        assert name not in json.dumps(server.requests, ensure_ascii=False)


def test_a_rejected_proposal_changes_nothing(report_id: int, workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    _proposed(report_id, workspace, monkeypatch)
    test = opened("drafting", report_id)
    button(test, "不采用").click().run()
    assert len(workspace.versions(report_id)) == 1
    assert "采用" not in {one.label for one in test.button}


def test_part_of_a_proposal_may_be_taken_over(report_id: int, workspace: Workspace) -> None:
    from assistant.domain.draft import Proposal

    redline = (("keep", "甲"), ("delete", "乙"), ("insert", "丙"), ("keep", "丁"), ("insert", "戊"))
    proposal = Proposal(operation="vary", block="overview.1", old="甲乙丁", new="甲丙丁戊", redline=redline)
    assert len(workflow.changes(proposal)) == 2
    assert workflow.proposed_text(proposal, frozenset({1})) == "甲乙丁戊"
    assert workflow.proposed_text(proposal, frozenset({0})) == "甲丙丁"
    assert workflow.proposed_text(proposal, frozenset()) == proposal.old
    assert workflow.proposed_text(proposal) == proposal.new


def test_an_earlier_version_comes_back_as_a_new_one(report_id: int, workspace: Workspace) -> None:
    before = workflow.part_text(newest(workspace, report_id).report, "overview")
    test = opened("drafting", report_id)
    box(test, "正文（段落之间换行）").set_value("全部改写。").run()
    assert workflow.part_text(newest(workspace, report_id).report, "overview") == "全部改写。"
    button(test, "恢复这一版").click().run()
    fine(test)
    assert [version.number for version in workspace.versions(report_id)] == [3, 2, 1]
    assert workflow.part_text(newest(workspace, report_id).report, "overview") == before


def test_sentences_left_behind_by_a_number_are_shown_and_renewed(report_id: int, workspace: Workspace) -> None:
    assert "数字已变" not in said(opened("drafting", report_id))
    saved = newest(workspace, report_id)
    saved = workflow.set_cell(saved, "t2.penalty.decisions", "61", who="填报人", when="2026-01-15T08:00:00+00:00")
    workspace.save(report_id, workflow.dump(saved), saved.report.content_hash, who="填报人", based_on=1)
    test = opened("tables", report_id)
    assert "数字已变：1 句" in said(test)
    assert "<del>55</del><ins>61</ins>" in said(test)
    fine(button(test, "按现在的数字更新这些句子").click().run())
    renewed = newest(workspace, report_id)
    assert "行政处罚决定61件" in workflow.part_text(renewed.report, "overview")
    assert workflow.stale_sentences(renewed) == ()
    assert len(renewed.sentences) == len(saved.sentences)
