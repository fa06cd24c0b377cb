"""The ask page: one citation for sentences on one article, a copyable answer, a model that may phrase it."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest

from assistant import workflow
from assistant.settings import load_settings
from assistant.ui.services import services
from assistant.workspace import Workspace
from tests.model_server import ModelServer, Say
from tests.ui.harness import box, fine, opened, said

QUESTION = "收到申请后多久必须答复？"


def test_sentences_on_one_article_show_it_once(workspace: Workspace) -> None:
    test = opened("ask")
    test.chat_input[0].set_value(QUESTION).run()
    fine(test)
    answer = workflow.load_answer(workspace.questions()[0].answer)
    groups = workflow.cited_sentences(answer)
    assert len(groups) < len(answer.sentences)
    assert "".join(text for text, _, _ in groups) == "".join(sentence.text for sentence in answer.sentences)
    marks = [caption.value for caption in test.caption if caption.value.startswith("〔")]
    assert len(marks) == len(groups)
    assert all(before.split("〕")[1] != after.split("〕")[1] for before, after in pairwise(marks))


def test_an_answer_is_copied_with_its_citations(workspace: Workspace) -> None:
    answer = workflow.Asking(load_settings().data_dir).ask(QUESTION)
    text = workflow.answer_text(answer, load_settings())
    assert text.startswith(QUESTION)
    assert "（中华人民共和国政府信息公开条例第三十三条）" in text


def test_without_a_model_the_switch_is_off() -> None:
    assert box(opened("ask"), "由模型组织文字").disabled


def test_a_sentence_of_a_model_is_shown_only_when_its_article_says_it(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    right, wrong = (
        "不能当场答复的，应当自收到申请之日起20个工作日内予以答复。",
        "不能当场答复的，可以自收到申请之日起60个工作日内予以答复。",
    )
    reply = {"answerable": True, "missing": "", "sentences": [{"text": right, "passages": ["P1"]}, {"text": wrong, "passages": ["P1"]}]}
    with ModelServer() as server:
        server.say(Say(json.dumps(reply, ensure_ascii=False)))
        monkeypatch.setenv("NIANBAO_BASE_URL", server.url)
        monkeypatch.setenv("NIANBAO_MODEL", "test")
        services.clear()  # type: ignore[attr-defined]
        test = opened("ask")
        box(test, "由模型组织文字").set_value(True).run()
        test.chat_input[0].set_value(QUESTION).run()
    fine(test)
    answer = workflow.load_answer(workspace.questions()[0].answer)
    assert answer.model is not None
    assert [sentence.text for sentence in answer.sentences] == [right]
    assert "没有得到条文支持而略去的 1 句" in said(test)
