"""`nianbao corpus add|list|show|remove|rebuild|verify`: official texts and past reports."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.common import DataDirOption, Exit, Format, FormatOption, emit, say
from assistant.cli.help import CommandTable

if TYPE_CHECKING:
    from assistant.retrieval.library import Library

CORPUS = "nianbao.corpus/1"
app = CommandTable(help="管理资料库")


def _library(data_dir: Path | None) -> Library:
    from assistant import workflow

    return workflow.library(data_dir)


@app.command("add", help="导入官方文本或往年报告；可以是整个文件夹")
def add(
    paths: Annotated[list[Path], typer.Argument(help="文件或文件夹", show_default=False)],
    report: Annotated[bool, typer.Option("--report", help="这些文件是往年的年度报告")] = False,
    output: FormatOption = Format.TEXT,
    data_dir: DataDirOption = None,
) -> None:
    """Import files; adding the same file twice changes nothing. Interrupted, the same command goes on where it was."""
    from assistant import workflow

    worst = Exit.FINE
    for done in workflow.add_to_corpus(paths, as_report=report, data_dir=data_dir, today=date.today()):
        if done.status == "failed":
            worst = Exit.FAILED
        title = f"{done.document.title}{f'（{done.document.number}）' if done.document.number else ''}" if done.document else ""
        if output is Format.JSON:
            document = done.document.model_dump(mode="json") if done.document else None
            emit(
                {
                    "schema": CORPUS,
                    "file": done.name,
                    "status": done.status,
                    "document": document,
                    "passages": done.passages,
                    "message": done.message,
                }
            )
        else:
            say(f"{done.told}：{done.name} {title} {done.passages} 条 {done.message}".rstrip())
    raise typer.Exit(worst)


@app.command("list", help="列出资料库中的文件")
def list_documents(output: FormatOption = Format.TEXT, data_dir: DataDirOption = None) -> None:
    """All documents with dates in force."""
    for entry in _library(data_dir).list():
        document = entry.document
        if output is Format.JSON:
            emit(
                {
                    "schema": CORPUS,
                    "document": document.model_dump(mode="json"),
                    "passages": entry.passages,
                    "official": entry.official,
                    "origin": entry.origin,
                    "superseded": entry.superseded,
                }
            )
            continue
        period = f"{document.effective_from or '—'} 起" + (f"，至 {document.effective_to}" if document.effective_to else "")
        origin = "随附摘编" if entry.origin == "shipped" else "导入"
        say(
            f"{document.id}　{document.title} {document.number}　{period}　{entry.passages} 条（原文 {entry.official} 条）　{origin}{'　已被新版取代' if entry.superseded else ''}"
        )


@app.command("show", help="显示一个文件的条文")
def show(
    name: Annotated[str, typer.Argument(help="编号、文号或简称")], output: FormatOption = Format.TEXT, data_dir: DataDirOption = None
) -> None:
    """A document with its passages."""
    document, passages = _library(data_dir).show(name)
    if output is Format.JSON:
        emit(
            {
                "schema": CORPUS,
                "document": document.model_dump(mode="json"),
                "passages": [passage.model_dump(mode="json") for passage in passages],
            }
        )
        return
    say(f"{document.title} {document.number}")
    for passage in passages:
        say(f"\n{passage.label} {passage.topic}（{'原文' if passage.form == 'official' else '摘编'}）\n{passage.quotable}")


@app.command("remove", help="移除导入的文件；随附的摘编不受影响")
def remove(
    name: Annotated[str, typer.Argument(help="编号或文号")], output: FormatOption = Format.TEXT, data_dir: DataDirOption = None
) -> None:
    """Take out what was imported under an id or number."""
    for document in _library(data_dir).remove(name):
        emit({"schema": CORPUS, "removed": document.id}) if output is Format.JSON else say(f"已移除：{document.title} {document.number}")


@app.command("rebuild", help="重建检索索引")
def rebuild(output: FormatOption = Format.TEXT, data_dir: DataDirOption = None) -> None:
    """Build the index anew from the texts."""
    from assistant import workflow
    from assistant.settings import load_settings

    def told(label: str, done: int, total: int) -> None:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{label}：{done}/{total} ")

    count = workflow.rebuild_corpus(load_settings(data_dir), told)
    emit({"schema": CORPUS, "passages": count}) if output is Format.JSON else say(f"已重建索引，共 {count} 条。")


@app.command("verify", help="检查资料库和索引是否完好")
def verify(output: FormatOption = Format.TEXT, data_dir: DataDirOption = None) -> None:
    """What is wrong with texts and index."""
    from assistant import workflow
    from assistant.settings import load_settings

    troubles = workflow.verify_corpus(load_settings(data_dir))
    if output is Format.JSON:
        emit({"schema": CORPUS, "troubles": list(troubles)})
    else:
        say("\n".join(troubles) or "资料库和索引完好。")
    raise typer.Exit(Exit.FINDINGS if troubles else Exit.FINE)
