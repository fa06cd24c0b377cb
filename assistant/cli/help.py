"""Help in Chinese: what typer writes around our own lines."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup

from assistant.expressions import regex

Function = TypeVar("Function", bound=Callable[..., Any])

_USAGE = (("Usage: ", "用法："), ("[OPTIONS]", "[选项]"), ("COMMAND", "命令"), ("[ARGS]", "[参数]"))
_REST = (
    (regex(r"^Options:$", re.M), "选项："),
    (regex(r"^Commands:$", re.M), "命令："),
    (regex(r"^Arguments:$", re.M), "参数："),
    (regex(r"Show this message and exit\.$", re.M), "显示本说明"),
    (regex(r"\[required\]$", re.M), "[必填]"),
    (regex(r"\[default: (.*)\]$", re.M), r"[默认：\1]"),
)


def in_chinese(text: str) -> str:
    """A help text with its headings and remarks in Chinese; what it says of our commands stays as it is."""
    usage, end, rest = text.partition("\n\n")
    for english, chinese in _USAGE:
        usage = usage.replace(english, chinese)
    for pattern, chinese in _REST:
        rest = pattern.sub(chinese, rest)
    return usage + end + rest


class Command(TyperCommand):
    """A command whose help is in Chinese."""

    def get_help(self, ctx: Any) -> str:
        """The help text."""
        return in_chinese(super().get_help(ctx))


class Group(TyperGroup):
    """A group of commands whose help is in Chinese."""

    def get_help(self, ctx: Any) -> str:
        """The help text."""
        return in_chinese(super().get_help(ctx))


class CommandTable(typer.Typer):
    """A table of commands that all tell in Chinese how they are used."""

    def __init__(self, *, help: str) -> None:
        super().__init__(cls=Group, no_args_is_help=True, add_completion=False, rich_markup_mode=None, help=help)

    def command(self, name: str | None = None, *, help: str | None = None, **settings: Any) -> Callable[[Function], Function]:
        """Registers a command as typer does."""
        return super().command(name, cls=Command, help=help, **settings)
