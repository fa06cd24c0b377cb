"""A model that fails, seen from the page: what was received is kept, the text stays, the message says what to do, the offline drafter is at hand."""

from __future__ import annotations

import time

import pytest

from assistant import workflow
from assistant.ui.services import services
from assistant.workspace import Workspace
from tests.model_server import ModelServer, Say
from tests.ui.harness import box, button, fine, newest, opened, said, saved_again

BEGUN = '{"paragraphs": [{"sentences": [{"text": "本年收到申请'
TROUBLE = {
    "401": (Say(status=401), "拒绝了这次请求（401）", "核对密钥", ""),
    "429": (Say(status=429, headers={"retry-after": "0"}), "请求过多", "稍后再试", ""),
    "500": (Say(status=500), "内部出错（500）", "稍后再试", ""),
    "time-out": (Say("太晚了", pause=30), "规定时间内没有答完", "延长等待时间", ""),
    "garbage": (Say(raw=b"<html>login</html>", headers={"Content-Type": "text/html"}), "无法识别", "兼容 OpenAI 协议", ""),
    "cut stream": (Say(BEGUN, finish=""), "中途断了", "请重试", "本年收到申请"),
    "wrong schema": (Say('{"answer": "本年工作有序开展。"}'), "没有按要求的格式回答", "请重试", "本年工作有序开展"),
    "empty": (Say(" "), "没有给出任何内容", "请重试", ""),
}


def _set(monkeypatch: pytest.MonkeyPatch, server: ModelServer) -> None:
    monkeypatch.setenv("NIANBAO_BASE_URL", server.url)
    monkeypatch.setenv("NIANBAO_MODEL", "test")
    monkeypatch.setenv("NIANBAO_MODEL_TIMEOUT", "2")
    services.clear()  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", list(TROUBLE))
def test_a_failed_draft_loses_nothing_and_says_what_to_do(
    kind: str, report_id: int, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    reply, message, advice, received = TROUBLE[kind]
    before = workflow.part_text(newest(workspace, report_id).report, "overview")
    with ModelServer() as server:
        _set(monkeypatch, server)
        server.say(reply)
        test = opened("drafting", report_id)
        fine(button(test, "用模型起草这一部分").click().run())
        saved = saved_again(workspace, report_id, 2)
        page = opened("drafting", report_id)
    assert workflow.part_text(saved.report, "overview") == before
    assert all(words in said(page) for words in (message, advice, "本部分原有的文字没有改动", received))
    assert received in "".join(text for _, text in saved.received)
    fine(button(page, "沿用上年起草这一部分").click().run())
    again = saved_again(workspace, report_id, 3)
    assert "收到政府信息公开申请45件" in workflow.part_text(again.report, "overview")
    assert message not in said(opened("drafting", report_id))


@pytest.mark.parametrize("kind", ["401", "cut stream", "wrong schema"])
def test_a_failed_proposal_leaves_the_paragraph_and_shows_what_was_received(
    kind: str, report_id: int, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    reply, message, advice, received = TROUBLE[kind]
    with ModelServer() as server:
        _set(monkeypatch, server)
        server.say(reply)
        test = opened("drafting", report_id)
        fine(button(test, "提出修改建议").click().run())
        for _ in range(200):
            if message in said(test):
                break
            time.sleep(0.05)
            fine(test.run())
    assert all(words in said(test) for words in (message, advice, received))
    assert box(test, "段落").value
    assert len(workspace.versions(report_id)) == 1
