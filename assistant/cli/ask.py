"""`nianbao ask QUESTION | --file questions.jsonl` → `nianbao.ask/1`."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from assistant.cli.common import DataDirOption, Document, Exit, Format, FormatOption, run_each, say
from assistant.errors import UnreadableFile

if TYPE_CHECKING:
    from assistant.qa.result import Answer

ASK = "nianbao.ask/1"


class Asked(NamedTuple):
    """A question with its id and the date it is about."""

    id: str
    question: str
    as_of: date | None = None


def ask(
    question: Annotated[str, typer.Argument(help="问题", show_default=False)] = "",
    file: Annotated[Path | None, typer.Option("--file", help="JSON Lines：id、question、可选 as_of", show_default=False)] = None,
    top: Annotated[int, typer.Option("--top", help="列出几条相关条文", min=1, max=50)] = 5,
    with_model: Annotated[bool, typer.Option("--with-model", help="由已设置的模型组织答案，逐句核对后显示")] = False,
    output: FormatOption = Format.TEXT,
    data_dir: DataDirOption = None,
) -> None:
    """Answer questions about the regulation from the corpus."""
    from assistant import workflow

    questions = _read(file) if file else [Asked("1", question)] if question.strip() else []
    if not questions:
        raise UnreadableFile("没有给出问题。", "用法：nianbao ask “多久必须答复？”，或 nianbao ask --file 问题.jsonl。")
    session = workflow.Asking(data_dir, with_model=with_model)

    def work(item: Asked) -> tuple[Document, Callable[[], None], Exit]:
        answer = session.ask(item.question, top=top, as_of=item.as_of)
        return (
            {"schema": ASK, "id": item.id, **answer.model_dump(mode="json", exclude={"id"}), "error": None},
            lambda: show(answer),
            Exit.FINE,
        )

    raise typer.Exit(run_each(questions, work, schema=ASK, key=lambda item: {"id": item.id, "question": item.question}, output=output))


def _read(path: Path) -> list[Asked]:
    found = []
    from assistant.files.limits import load_text

    for number, line in enumerate(load_text(path, "问题文件").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            as_of = date.fromisoformat(row["as_of"]) if row.get("as_of") else None
            found.append(Asked(str(row.get("id", number)), str(row["question"]), as_of))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            hint = '每行是一个 JSON 对象，如 {"question": "多久必须答复？", "as_of": "2025-05-31"}；as_of 可以不写。'
            raise UnreadableFile(f"问题文件 {path} 第 {number} 行不符合要求。", hint) from error
    return found


def show(answer: Answer) -> None:
    """An answer for people: what was computed, sentences, articles, and what to know about the texts."""
    if answer.refused:
        say(f"不能回答：{answer.reason}")
    if answer.computed:
        say(f"计算结果：{answer.computed.value}")
        for step in answer.computed.steps:
            say(f"  {step}")
    for sentence in answer.sentences:
        say(f"{sentence.text}{'' if sentence.supported else '（未得到条文支持）'}")
    if answer.articles:
        say("相关条文：")
    for article in answer.articles:
        say(f"  {article.document.title}（{article.document.number}）{article.article}")
    if answer.notice:
        say(f"说明：{answer.notice}")
