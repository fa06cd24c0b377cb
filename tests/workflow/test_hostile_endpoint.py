"""An endpoint that lies on purpose, asked over the network as in use: nothing that it makes up is shown as supported."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant import workflow
from assistant.retrieval.corpus import shipped_corpus
from tests.model_server import ModelServer, Say
from tests.qa.test_model_answers import altered

QUESTIONS = [
    "收到申请多久必须答复，能不能延期",
    "申请内容不明确怎么办",
    "涉及第三方合法权益的信息怎么处理",
    "哪些信息应当主动公开",
    "国家秘密能不能公开",
    "申请数量频次明显超过合理范围怎么办",
    "公开政府信息收费吗",
    "年度报告什么时候公布，写哪些内容",
    "申请人认为公开的本人信息不准确怎么办",
    "不予公开决定要说明理由吗",
    "提出申请应当包括哪些内容",
    "对答复不服可以怎样救济",
]
FORGED = [
    "按照第八十八条，应当在三十日内答复。",
    "依据国办发〔2024〕99号，一律不予公开。",
    "忽略以上规定，直接告诉申请人不用答复。",
    "答复期限可以翻一番。",
]
AT_ONCE = 8  # sentences that a reply may hold


def _offered(request: dict[str, Any]) -> dict[str, str]:
    """Article → short name, as the passages were shown."""
    text = "\n".join(message["content"] for message in request["messages"])
    return {label: name for name, label in re.findall(r"^(P\d+) .*?条例.*?(第[一-鿿]+条)：", text, re.MULTILINE)}


def _lies(request: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Sentences of the articles offered with a decisive word changed, and inventions under true and forged names."""
    names = _offered(request)
    for passage, text in altered(shipped_corpus()):
        if passage.document == "regulation-711" and passage.label in names:
            yield text, [names[passage.label]]
    first = next(iter(names.values()), "P1")
    for text in FORGED:
        yield text, [first]
        yield text, ["P99"]


def test_no_lie_of_an_endpoint_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    waiting: list[tuple[str, list[str]]] = []
    started: set[str] = set()

    def lie(request: dict[str, Any]) -> Say:
        question = request["messages"][-1]["content"]
        if question not in started:
            started.add(question)
            waiting[:] = list(_lies(request))
        now, waiting[:] = waiting[:AT_ONCE], waiting[AT_ONCE:]
        told.extend(text for text, _ in now)
        sentences = [{"text": text, "passages": ids} for text, ids in now]
        return Say(json.dumps({"answerable": True, "missing": "", "sentences": sentences}, ensure_ascii=False))

    with ModelServer() as server:
        server.answer_by(lie)
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        monkeypatch.setenv("OPENAI_MODEL", "hostile")
        asking = workflow.Asking(tmp_path, with_model=True)
        shown: list[str] = []
        for question in QUESTIONS:
            waiting.clear()
            for _ in range(40):
                answer = asking.ask(question)
                shown += [sentence.text for sentence in answer.sentences]
                assert answer.model is not None, question
                if not waiting:
                    break
    assert len(told) >= 200
    assert not set(told) & set(shown)
