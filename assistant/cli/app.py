"""The command table. Each command lives in a module of its own and imports what it needs when it runs."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

import typer

from assistant import __version__
from assistant.cli.boundary import run
from assistant.cli.help import CommandTable

# command → (module, function, line of help)
COMMANDS: dict[str, tuple[str, str, str]] = {
    "read": ("read", "read", "读取报告：单元格、章节和未读出的内容"),
    "check": ("check", "check", "核对报告：勾稽关系、跨年、文表一致、文字与格式"),
    "fill": ("fill", "fill", "由台账、上年报告和本年事实填三张表"),
    "draft": ("draft", "draft", "起草总体情况、存在问题和其他事项"),
    "compare": ("compare", "compare", "与上年报告逐节逐格对照"),
    "review": ("review", "review", "审核：先看什么、批注与回复、审签、审核备忘"),
    "ask": ("ask", "ask", "就政府信息公开规定提问"),
    "export": ("export", "export", "导出 .docx、.pdf、.html、.xlsx 或 .json"),
    "rollup": ("rollup", "rollup", "汇总下级单位的报告"),
    "corpus": ("corpus", "app", "管理资料库"),
    "explain": ("explain", "explain", "说明一条核对规则"),
    "batch": ("batch", "batch", "成批核对一个文件夹"),
    "serve": ("serve", "serve", "打开网页应用（只在本机）"),
    "demo": ("demo", "demo", "用随附的样例单位走一遍全过程"),
}


def _load(name: str) -> Any:
    module, function, _ = COMMANDS[name]
    return getattr(import_module(f"assistant.cli.{module}"), function)


def build(names: tuple[str, ...]) -> typer.Typer:
    """A typer application with the named commands loaded in full and the others as a line of help."""
    app = CommandTable(help="年报助手：政府信息公开工作年度报告的填写、核对、起草与对照")

    @app.callback(invoke_without_command=True)
    def root(version: bool = typer.Option(False, "--version", help="显示版本")) -> None:
        if version:
            typer.echo(f"nianbao {__version__}")
            raise typer.Exit

    for name, (_, _, line) in COMMANDS.items():
        command = _load(name) if name in names else _placeholder()
        if isinstance(command, typer.Typer):
            app.add_typer(command, name=name, help=line)
        else:
            app.command(name, help=line)(command)
    return app


def _placeholder() -> Callable[[], None]:
    def listed_only() -> None:
        """Stands in the help list; never runs, because the command asked for is always loaded."""

    return listed_only


def main() -> None:
    """Entry point: load only the command that was asked for."""
    gc.set_threshold(200_000, 20, 50)  # nearly all that a start makes stays: looking through it for garbage every 700 objects finds none
    asked = tuple(name for name in sys.argv[1:2] if name in COMMANDS)
    status = run(build(asked), sys.argv[1:])
    gc.freeze()  # what is left goes with the process; to look through it first takes a tenth of a second
    sys.exit(status)
