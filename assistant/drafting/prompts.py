"""Prompts as validated Markdown files: front matter, then `## system` and `## user` with `$name` variables."""

from __future__ import annotations

import json
from functools import cache
from string import Template
from typing import Any

import yaml
from pydantic import Field, ValidationError

from assistant.data_files import shipped
from assistant.domain.base import Frozen
from assistant.domain.model_port import Message, ModelRequest
from assistant.errors import InvalidData


class _FrontMatter(Frozen):
    name: str
    version: int
    purpose: str
    variables: tuple[str, ...]
    max_chars: int = 12_000
    output_schema: dict[str, Any] | None = None
    tasks: dict[str, str] = Field(default_factory=dict)


class Prompt(Frozen):
    """A prompt file. `variables` are exactly those that occur in its texts; `output_schema` is JSON text, empty for free text;
    `tasks` are wordings by name for a prompt that serves several requests."""

    name: str
    version: int
    purpose: str
    variables: tuple[str, ...]
    system: str
    user: str
    output_schema: str
    max_chars: int
    tasks: tuple[tuple[str, str], ...] = ()

    def task(self, name: str) -> str:
        """The wording of one of the prompt's tasks. Raises `InvalidData` when it has none of this name."""
        found = dict(self.tasks).get(name)
        if found is None:
            raise InvalidData(f"提示词 {self.name} 没有“{name}”这一项。")
        return found

    def render(self, **values: str) -> ModelRequest:
        """The request with `values` put in once; what the values contain is never expanded again. Raises `InvalidData` when a variable is missing or unknown."""
        if set(values) != set(self.variables):
            raise InvalidData(f"提示词 {self.name} 的变量不符：需要 {sorted(self.variables)}，给出 {sorted(values)}。")
        return ModelRequest(
            task=self.name,
            prompt=f"{self.name}@{self.version}",
            messages=(
                Message(role="system", text=Template(self.system).substitute(values)),
                Message(role="user", text=Template(self.user).substitute(values)),
            ),
            json_schema=self.output_schema,
            max_chars=self.max_chars,
        )


@cache
def load_prompt(name: str) -> Prompt:
    """The prompt of this name. Raises `InvalidData` when the file is missing or does not validate."""
    path = shipped("prompts") / f"{name}.md"
    try:
        return parse_prompt(path.read_text(encoding="utf-8"), name)
    except FileNotFoundError as error:
        raise InvalidData(f"缺少提示词文件 {path.name}。", "请重新安装程序。") from error


def parse_prompt(text: str, name: str) -> Prompt:
    """A prompt from the text of its file. Raises `InvalidData` naming what is wrong."""
    try:
        _, front, body = text.split("---\n", 2)
        data = _FrontMatter.model_validate(yaml.safe_load(front), strict=False)
        head, user = body.split("## user\n", 1)
        system = head.split("## system\n", 1)[1].strip()
    except (ValueError, IndexError, ValidationError, yaml.YAMLError) as error:
        raise InvalidData(f"提示词文件 {name}.md 不符合要求：{error}", "请核对文件开头的说明项和“## system”“## user”两节。") from error
    named = set(Template(system).get_identifiers()) | set(Template(user).get_identifiers())
    if data.name != name or named != set(data.variables):
        raise InvalidData(f"提示词文件 {name}.md 的名称或变量与正文不符：正文用到 {sorted(named)}，说明列出 {sorted(data.variables)}。")
    return Prompt(
        name=data.name,
        version=data.version,
        purpose=data.purpose,
        variables=data.variables,
        system=system,
        user=user.strip(),
        output_schema=json.dumps(data.output_schema, ensure_ascii=False) if data.output_schema else "",
        max_chars=data.max_chars,
        tasks=tuple(data.tasks.items()),
    )
