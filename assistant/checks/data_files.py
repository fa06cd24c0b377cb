"""Reading and validating the data files of this room."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter

from assistant.data_files import folder_of, load_data

Value = TypeVar("Value")


@cache
def names(folder: str) -> tuple[str, ...]:
    """The YAML files of a data folder, sorted."""
    return tuple(sorted(entry.name for entry in (_folder() / folder).iterdir() if entry.suffix == ".yaml"))


def read(path: str) -> str:
    """The text of `data/<path>`."""
    return (_folder() / path).read_text(encoding="utf-8")


def load(path: str, kind: TypeAdapter[Value]) -> Value:
    """The validated content of `data/<path>`. Raises `InvalidData` naming the file and the fault."""
    return load_data("assistant.checks", f"data/{path}", kind, called="规则数据文件", hint="请按 CONTRIBUTING 中“修改规则”一节核对。")


def _folder() -> Path:
    return folder_of("assistant.checks") / "data"
