"""Reading and validating the data files of this room."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from assistant.errors import InvalidData

Value = TypeVar("Value")


@cache
def names(folder: str) -> tuple[str, ...]:
    """The YAML files of a data folder, sorted."""
    return tuple(
        sorted(
            entry.name for entry in resources.files("assistant.checks").joinpath("data", folder).iterdir() if entry.name.endswith(".yaml")
        )
    )


def read(path: str) -> str:
    """The text of `data/<path>`."""
    return resources.files("assistant.checks").joinpath("data", *path.split("/")).read_text(encoding="utf-8")


def raw(path: str) -> Any:
    """The content of `data/<path>`, unvalidated."""
    return yaml.load(read(path), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def load(path: str, kind: TypeAdapter[Value]) -> Value:
    """The validated content of `data/<path>`. Raises `InvalidData` naming the file and the fault."""
    try:
        return kind.validate_python(raw(path), strict=False)
    except ValidationError as error:
        raise InvalidData(f"规则数据文件 {path} 不符合要求：{error}", "请按 CONTRIBUTING 中“修改规则”一节核对。") from error
