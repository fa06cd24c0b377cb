"""Answers phrased by a model: it sees passages as data, writes sentences with passage ids, and every sentence is checked before it is shown."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol

from pydantic import ValidationError

from assistant.domain.base import Frozen
from assistant.domain.model_port import ChatModel, ModelRequest, ModelTrouble
from assistant.domain.passage import Passage
from assistant.qa.answer import answer_question
from assistant.qa.question import Question
from assistant.qa.result import Answer, AnswerSentence, ModelUse, sentence
from assistant.qa.verify import objection
from assistant.retrieval.search import Retriever

OFFERED = 8


class Rendering(Protocol):
    """A prompt that puts values in place of its variables: `question`, `passages`, `computed`."""

    def __call__(self, **values: str) -> ModelRequest:
        """The request."""
        ...


class _Sentence(Frozen):
    text: str
    passages: tuple[str, ...]


class _Reply(Frozen):
    answerable: bool
    missing: str = ""
    sentences: tuple[_Sentence, ...] = ()


def answer_with_model(question: Question, retriever: Retriever, model: ChatModel, prompt: Rendering) -> Answer:
    """The answer of `answer_question`, phrased by a model. What the gate refuses, the model is not asked; when the model fails or nothing it
    wrote can be shown, the answer without a model stands, with a notice."""
    plain = answer_question(replace(question, top=max(question.top, OFFERED)), retriever)
    shown = plain.model_copy(update={"articles": plain.articles[: question.top]})
    if plain.refused:
        return shown
    offered = _offer(plain, retriever)
    computed = f"{plain.computed.value}。{''.join(plain.computed.steps)}" if plain.computed else ""
    request = prompt(question=question.text.strip(), passages=_listing(offered, retriever), computed=computed or "无")
    try:
        reply = model.complete(request)
        parsed = _Reply.model_validate_json(reply.text, strict=False)
    except ModelTrouble as trouble:
        return shown.model_copy(
            update={"model": ModelUse(name=model.name, prompt=request.prompt, notice=f"{trouble.message}以下为不用模型的答案。")}
        )
    except ValidationError:
        return shown.model_copy(
            update={"model": ModelUse(name=model.name, prompt=request.prompt, notice="模型没有按要求的格式回答，以下为不用模型的答案。")}
        )
    kept, dropped = _checked(parsed, offered, computed)
    notice = (
        ""
        if kept
        else f"模型认为条文没有答案：{parsed.missing}。以下为不用模型的答案。"
        if not parsed.answerable
        else "模型的回答没有一句得到条文支持，以下为不用模型的答案。"
    )
    use = ModelUse(name=reply.model or model.name, prompt=request.prompt, dropped=dropped, notice=notice)
    return shown.model_copy(update={"sentences": kept or plain.sentences, "model": use})


def _offer(plain: Answer, retriever: Retriever) -> Mapping[str, Passage]:
    """The passages that the model may cite, under short names: those of the answer first, then the next ranked ones."""
    ids = [name for one in plain.sentences for name in one.passages] + [one.passage for one in plain.articles]
    unique = list(dict.fromkeys(ids))[:OFFERED]
    return {f"P{place}": retriever.corpus.by_id[name] for place, name in enumerate(unique, 1)}


def _listing(offered: Mapping[str, Passage], retriever: Retriever) -> str:
    """The passages as the prompt shows them. They are quoted as JSON strings: nothing in them can look like a part of the prompt."""
    lines = []
    for name, passage in offered.items():
        document = retriever.corpus.document_of(passage)
        title = f"{document.title}{f'（{document.number}）' if document.number else ''}{passage.label}"
        lines.append(f"{name} {title}：{json.dumps(passage.quotable, ensure_ascii=False)}")
    return "\n".join(lines)


def _checked(reply: _Reply, offered: Mapping[str, Passage], computed: str) -> tuple[tuple[AnswerSentence, ...], tuple[str, ...]]:
    """The sentences that hold, and the others with the reason."""
    kept: list[AnswerSentence] = []
    dropped: list[str] = []
    for one in reply.sentences if reply.answerable else ():
        text = " ".join(one.text.split())
        if not one.passages or any(name not in offered for name in one.passages):
            dropped.append(f"{text}（没有注明或者编造了条文编号）")
            continue
        cited = [offered[name] for name in one.passages]
        why = objection(text, cited, computed)
        if why:
            dropped.append(f"{text}（{why}）")
        elif text:
            kept.append(sentence(text, *cited))
    return tuple(kept), tuple(dropped)
