"""Data files that ship with the package: YAML, read by the fast loader and validated."""

from __future__ import annotations

from importlib import resources
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from assistant.errors import InvalidData

Value = TypeVar("Value")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def raw_data(package: str, path: str) -> Any:
    """The content of the file `path` of a package, unvalidated."""
    return yaml.load(resources.files(package).joinpath(*path.split("/")).read_text(encoding="utf-8"), Loader=_LOADER)


def load_data(package: str, path: str, kind: type[Value] | TypeAdapter[Value], *, called: str = "数据文件", hint: str = "") -> Value:
    """The content of the file `path` of a package, validated as `kind`. Raises `InvalidData` naming the file, `called` what it is to the
    reader, and the fault."""
    adapter: TypeAdapter[Value] = kind if isinstance(kind, TypeAdapter) else TypeAdapter(kind)
    try:
        return adapter.validate_python(raw_data(package, path), strict=False)
    except (yaml.YAMLError, ValidationError) as error:
        raise InvalidData(f"{called} {path.rsplit('/', 1)[-1]} 不符合要求：{error}", hint) from error
