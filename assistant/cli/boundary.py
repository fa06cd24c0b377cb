"""The one error boundary of the command line: whatever goes wrong is told in Chinese with what to do, never as a traceback."""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import typer

from assistant.cli.common import Exit, complain, emit, error_document, unforeseen
from assistant.errors import AssistantError
from assistant.expressions import regex

_SCHEMAS = {"fill": "report", "draft": "report", "rollup": "report", "batch": "check"}  # others are named after their command
_VALUES = {"valid integer": "应为整数", "valid number": "应为数字", "match the formats": "应为日期，如 2026-01-05"}
_QUOTED = regex(r"'([^']*)'")
_BOUND = regex(r"(greater|less) than or equal to (-?\d+)")


def run(app: typer.Typer, words: Sequence[str]) -> int:
    """Run a command and give its exit status."""
    sys.stdout = sys.stdout or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 — the caller closed it
    sys.stderr = sys.stderr or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    try:
        status = app(args=list(words), standalone_mode=False)
        sys.stdout.flush()
        return _stopped() if status == _INTERRUPTED else int(status or 0)
    except AssistantError as error:
        return _failed(error, words)
    except (KeyboardInterrupt, typer.Abort):
        return _stopped()
    except BrokenPipeError:
        return _unheard()
    except typer.TyperException as error:
        return _misused(error, words)
    except OSError as error:
        if error.filename is None:
            _unheard()
        return _failed(_trouble(error), words)
    except Exception as error:  # noqa: BLE001 — the last boundary: a fault of the program is told as such
        return _failed(unforeseen(error), words)


_CAUSES = {
    errno.ENOSPC: "磁盘空间不足",
    errno.EROFS: "没有写入权限",
    errno.EACCES: "没有权限",
    errno.ENOENT: "不存在",
    errno.EEXIST: "已经存在",
    errno.ENOTDIR: "不是文件夹",
    errno.EISDIR: "是文件夹",
}
_INTERRUPTED = 130  # what typer makes of Ctrl+C


def _stopped() -> int:
    sys.stderr.write("已停止。没有写完的文件不会留下。\n")
    return Exit.FAILED


def _unheard() -> int:
    """Nobody reads the output any more: say nothing more, so that no trouble follows at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return Exit.FAILED


def _trouble(error: OSError) -> AssistantError:
    where = str(error.filename) if error.filename else "输出"
    return AssistantError(
        f"{where}：{_CAUSES.get(error.errno or 0, error.strerror or error)}。", "请核对路径、权限和磁盘空间。", code="unreadable-file"
    )


def _failed(error: AssistantError, words: Sequence[str]) -> int:
    """Tell an error in the form that was asked for."""
    if _wants_json(words):
        name = words[0] if words else ""
        try:
            emit({"schema": f"nianbao.{_SCHEMAS.get(name, name)}/1", "error": error_document(error)})
            sys.stdout.flush()
        except OSError:
            return _unheard()
    else:
        complain(error)
    return Exit.FAILED


def _wants_json(words: Sequence[str]) -> bool:
    return "--format=json" in words or any(pair == ("--format", "json") for pair in pairwise(words))


def _misused(error: typer.TyperException, words: Sequence[str]) -> int:
    """A wrong option or argument. Without any words the help stands in for an error."""
    told = _in_chinese(error, words)
    if told is None:
        show: Any = getattr(error, "show", None)
        if show:
            show()
        return Exit.FAILED
    known = () if told.startswith("没有“") else tuple(word for word in words[:1] if not word.startswith("-"))
    command = " ".join(("nianbao", *known))
    return _failed(AssistantError(told, f"用法见 {command} --help。", code="usage"), words)


def _in_chinese(error: typer.TyperException, words: Sequence[str]) -> str | None:
    """What is wrong with the words; None where the error is the help itself."""
    kind, parameter = type(error).__name__, getattr(error, "param", None)
    option = str(getattr(error, "option_name", ""))
    if kind == "NoArgsIsHelpError":
        return None
    if kind == "MissingParameter":
        return f"缺少 {_named(parameter)}。"
    if kind == "NoSuchOption":
        likely = "、".join(getattr(error, "possibilities", None) or ())
        return f"没有 {option} 这个选项{'，是不是 ' + likely if likely else ''}。"
    if kind == "BadOptionUsage":
        return f"{option} 后面缺少内容。"
    if parameter is not None:
        return f"{_named(parameter)}的值{_given(parameter, words)}不对{_expected(str(getattr(error, 'message', '')))}。"
    text = str(getattr(error, "message", error))
    if text.startswith("No such command"):
        return f"没有“{next(iter(_QUOTED.findall(text)), '')}”这个命令。"
    extra = text.partition("unexpected extra argument")[2].partition("(s) ")[2] or text.partition("unexpected extra argument ")[2]
    return f"多出了 {extra.strip('() ')}，不知道是什么。" if extra else f"命令写得不对：{text}"


def _named(parameter: Any) -> str:
    """`--unit（单位全称）`."""
    help_text = re.split("[（；：]", str(getattr(parameter, "help", "") or ""))[0]
    name = next((one for one in getattr(parameter, "opts", ()) if one.startswith("--")), str(getattr(parameter, "name", "")))
    return f"{name}（{help_text}）" if help_text else name


def _given(parameter: Any, words: Sequence[str]) -> str:
    for name in getattr(parameter, "opts", ()):
        found = next((after for word, after in pairwise(words) if word == name), None)
        found = found or next((word.partition("=")[2] for word in words if word.startswith(f"{name}=")), None)
        if found is not None:
            return f"“{found}”"
    return ""


def _expected(message: str) -> str:
    """What the value should be, from the words of the library."""
    offered = message.partition("is not one of")[2]
    if offered:
        return "，可用：" + "、".join(_QUOTED.findall(offered))
    if bound := _BOUND.search(message):
        return f"，应不{'小' if bound[1] == 'greater' else '大'}于 {bound[2]}"
    return next((f"，{told}" for words, told in _VALUES.items() if words in message), "")
