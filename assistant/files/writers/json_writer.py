"""The saved report as JSON, schema `nianbao.report/1`.

`{schema, report, losses, previous, given, facts, sentences, notes, drafter}`: the fields of `SavedReport`. Decimals are JSON numbers
with every digit they have; the JSON Schema is published beside the package (`files/schema/report-1.json`).
"""

from __future__ import annotations

import json
from decimal import Decimal
from enum import Enum
from typing import Any

from pydantic import ValidationError

from assistant.domain.saved import SavedReport
from assistant.errors import UnreadableFile

SCHEMA = "nianbao.report/1"
MAX_BYTES = 4 * 1024 * 1024
MAX_MARKS = 150_000  # commas and brackets, some ten times those of a real report: the memory that parsed JSON takes goes by its values


def saved_json(saved: SavedReport) -> bytes:
    """Everything of a year's work, as UTF-8 JSON."""
    text = _encoded({"schema": SCHEMA, **saved.model_dump()}) + "\n"
    try:
        return text.encode()
    except UnicodeEncodeError:  # a file whose name is no text was given; its odd bytes become �
        return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace").encode()


def parse_report_document(content: bytes) -> SavedReport:
    """The saved report in a JSON document. Raises `UnreadableFile` when it is no document of this schema."""
    if len(content) > MAX_BYTES or sum(content.count(mark) for mark in (b",", b"[", b"{")) > MAX_MARKS:
        raise UnreadableFile(f"JSON 文件（{len(content) / 1024 / 1024:.1f} MB）远大于年报助手保存的报告，没有读取。", "请确认选对了文件。")
    try:
        # A number with a fraction becomes text on the way, so that no digit passes through binary floating point.
        data: Any = json.loads(content, parse_float=str, parse_constant=_refused)
    except (ValueError, RecursionError) as error:
        raise UnreadableFile("文件不是有效的 JSON。", "请重新导出，或改用其他格式的文件。") from error
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise UnreadableFile(f"JSON 文件不是年报助手保存的报告（schema 应为 {SCHEMA}）。", "请选择由年报助手保存的文件。")
    del data["schema"]
    try:
        return SavedReport.model_validate_json(json.dumps(data))
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        place = ".".join(str(step) for step in first["loc"])
        raise UnreadableFile(f"保存的报告内容不完整或被改动：{place}（{first['msg']}）。", "请使用未经手工修改的文件。") from error


def _refused(name: str) -> Any:
    raise ValueError(name)


def _encoded(value: Any) -> str:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dict):
        return "{" + ",".join(f"{_encoded(str(key))}:{_encoded(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(_encoded(item) for item in value) + "]"
    if isinstance(value, Enum):
        return _encoded(value.value)
    return json.dumps(value, ensure_ascii=False)
