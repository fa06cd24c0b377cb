"""What all commands share: options, output, exit status and the one error boundary."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from enum import IntEnum, StrEnum
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from assistant.errors import AssistantError


class Format(StrEnum):
    """Output for people or for scripts."""

    TEXT = "text"
    JSON = "json"


class Exit(IntEnum):
    """Exit status of every command."""

    FINE = 0
    FINDINGS = 1
    FAILED = 2


FormatOption = Annotated[Format, typer.Option("--format", help="输出：text 供阅读，json 供脚本（每个输入一行）")]
DataDirOption = Annotated[
    Path | None, typer.Option("--data-dir", help="工作目录（默认在用户数据目录，或环境变量 NIANBAO_DATA_DIR）", show_default=False)
]
FilesArgument = Annotated[list[Path], typer.Argument(help="报告文件", show_default=False)]

Document = dict[str, Any]
Item = TypeVar("Item")


def emit(document: Document) -> None:
    """Print one JSON document on one line; `error` is null unless the document has one."""
    sys.stdout.write(
        printable(json.dumps({**document, "error": document.get("error")}, ensure_ascii=False, separators=(",", ":"), allow_nan=False))
        + "\n"
    )


def say(text: str = "") -> None:
    """Print a line for people."""
    sys.stdout.write(printable(text) + "\n")


def printable(text: str) -> str:
    """The text in UTF-8 whatever stands in it: a byte of a file name that is no character becomes �."""
    return text if text.isascii() else text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def complain(error: AssistantError, subject: str = "") -> None:
    """Print an error for people on standard error: what, where, what to do."""
    known = (
        not subject
        or error.message.startswith(subject)
        or f"：{Path(subject).name}" in error.message
        or error.message.startswith(Path(subject).name)
    )
    sys.stderr.write(printable(f"{'' if known else subject + '：'}{error.message}\n"))
    if error.hint:
        sys.stderr.write(f"  {error.hint}\n")


def error_document(error: AssistantError) -> Document:
    """The `error` field of a document."""
    return {"code": error.code, "message": error.message, "hint": error.hint}


def unforeseen(failure: Exception) -> AssistantError:
    """A fault of the program itself, told as such."""
    message = f"程序内部出错：{type(failure).__name__}: {failure}"
    return AssistantError(message, "其余文件照常处理；请把这条信息和文件告诉维护人员。", code="internal-error")


def run_each(
    items: Iterable[Item],
    work: Callable[[Item], tuple[Document, Callable[[], None], Exit]],
    *,
    schema: str,
    key: Callable[[Item], Document],
    output: Format,
) -> Exit:
    """Do `work` for every item in order. `work` gives the document, a function that prints it for people, and the status;
    an `AssistantError` becomes that item's `error` and the run goes on."""
    worst = Exit.FINE
    for item in items:
        try:
            document, show, status = work(item)
        except Exception as failure:  # noqa: BLE001 — one input must not end the run for the others
            error = failure if isinstance(failure, AssistantError) else unforeseen(failure)
            worst = Exit.FAILED
            if output is Format.JSON:
                emit({"schema": schema, **key(item), "error": error_document(error)})
            else:
                complain(error, next((str(value) for value in key(item).values()), ""))
            continue
        worst = max(worst, status)
        if output is Format.JSON:
            emit(document)
        else:
            show()
    return worst
