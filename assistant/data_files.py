"""Data files that ship with the package: YAML, parsed once as a module is compiled once, and validated."""

from __future__ import annotations

import datetime
from functools import cache
from importlib import import_module
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType
from typing import Any, TypeVar

from pydantic import TypeAdapter

from assistant.errors import InvalidData

Value = TypeVar("Value")


class _ParsedOnce(SourceFileLoader):
    """Keeps what a YAML file says where Python keeps its compiled modules, under the same terms: made anew when the file changes, not written
    where nothing may be written. Parsing the YAML of a check takes as long as the check of ten reports."""

    def source_to_code(self, data: Any, path: Any, *, _optimization: int = -1) -> CodeType:  # type: ignore[override]
        import yaml

        try:
            content = yaml.load(data, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        except yaml.YAMLError as error:
            raise ValueError(error) from error
        return compile(repr(content), str(path), "eval", dont_inherit=True)


@cache
def folder_of(package: str) -> Path:
    """Where the files of a package lie."""
    return Path(import_module(package).__path__[0])


def shipped(name: str) -> Path:
    """A file or folder that ships beside the package: `corpus`, `prompts`, `app.py`. An installed package holds them in `beside`; in the source
    tree they lie beside it."""
    package = folder_of("assistant")
    inside = package / "beside" / name
    return inside if inside.exists() else package.parent / name


def raw_data(package: str, path: str) -> Any:
    """The content of the file `path` of a package, unvalidated. Raises `ValueError` where it is no YAML."""
    file = folder_of(package) / path
    code = _ParsedOnce(path, str(file)).get_code(path)
    return None if code is None else eval(code, {"datetime": datetime})


def load_data(package: str, path: str, kind: type[Value] | TypeAdapter[Value], *, called: str = "数据文件", hint: str = "") -> Value:
    """The content of the file `path` of a package, validated as `kind`. Raises `InvalidData` naming the file, `called` what it is to the
    reader, and the fault."""
    adapter: TypeAdapter[Value] = kind if isinstance(kind, TypeAdapter) else TypeAdapter(kind)
    try:
        return adapter.validate_python(raw_data(package, path), strict=False)
    except ValueError as error:
        raise InvalidData(f"{called} {path.rsplit('/', 1)[-1]} 不符合要求：{error}", hint) from error
