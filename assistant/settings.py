"""Settings from the environment, a `.env` file and `settings.toml` in the data directory, in that order of precedence."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from functools import reduce
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from assistant.errors import InvalidData

Task = Literal["draft", "edit", "ask"]
_ALSO_OPENAI = frozenset({"base_url", "api_key", "model"})  # read by the names of the openai package, too


class TaskModel(BaseModel):
    """What holds for one task only; what is not set is taken from the settings for all."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    base_url: str = ""
    api_key: SecretStr | None = None
    model: str = ""
    temperature: float | None = Field(default=None, ge=0, le=2)
    timeout: float | None = Field(default=None, gt=0, description="seconds for a whole reply")


class Settings(BaseModel):
    """All that a user may set. Names in the environment: `NIANBAO_<FIELD>`; the endpoint also by the names the openai package uses."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    data_dir: Path
    base_url: str = ""
    api_key: SecretStr = SecretStr("")
    model: str = ""
    model_timeout: float = Field(default=120, gt=0, description="seconds for a whole reply")
    tasks: dict[Task, TaskModel] = Field(default_factory=dict, description="an endpoint, model or temperature of its own for a task")
    embedding_base_url: str = ""
    embedding_model: str = ""
    chroma_url: str = Field(default="", description="address of a Chroma server; empty: embedded")
    repetition_threshold: float = Field(default=0.5, gt=0, le=1)
    user: str = "填报人"
    holidays: str = Field(
        default="", description="calendar overrides (YAML); empty: holidays.yaml in the data directory, where there is one"
    )

    @property
    def model_configured(self) -> bool:
        """Whether an endpoint is set: an address (a local server may need no key) or a key for the provider's own address."""
        return bool(self.base_url or self.api_key.get_secret_value())


def default_data_dir() -> Path:
    """A folder in the user's data directory, after each platform's habit; `NIANBAO_DATA_DIR` overrides it."""
    if override := os.environ.get("NIANBAO_DATA_DIR"):
        return Path(override)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "nianbao"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "nianbao"
    return Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share")) / "nianbao"


def settings_file(data_dir: Path | None = None) -> Path:
    """Where the user's `settings.toml` lies."""
    return (data_dir or default_data_dir()) / "settings.toml"


def load_settings(data_dir: Path | None = None) -> Settings:
    """The settings in force. Raises `InvalidData` naming the item that is wrong."""
    folder = data_dir or default_data_dir()
    try:
        given = reduce(_over, (_from_toml(settings_file(folder)), _named(_from_dotenv()), _named(os.environ)))
        return Settings.model_validate({**given, "data_dir": folder})
    except ValidationError as error:
        wrong = "、".join(".".join(map(str, item["loc"])) for item in error.errors())
        raise InvalidData(f"设置项有误：{wrong}。", "请核对环境变量、.env 与 settings.toml 中的同名项。") from error


def _over(low: dict[str, Any], high: dict[str, Any]) -> dict[str, Any]:
    """The items of both, those of `high` where both have one; tables are merged in turn."""
    both = {name for name in low.keys() & high.keys() if isinstance(low[name], dict) and isinstance(high[name], dict)}
    return {**low, **high, **{name: _over(low[name], high[name]) for name in both}}


def _from_toml(file: Path) -> dict[str, Any]:
    if not file.is_file():
        return {}
    import tomllib

    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise InvalidData(f"设置文件 {file} 不是合法的 TOML：{error}", "请改正后重试，或删除该文件使用默认设置。") from error


def _from_dotenv() -> dict[str, str | None]:
    if not Path(".env").is_file():
        return {}
    from dotenv import dotenv_values

    return dotenv_values(".env", encoding="utf-8")


def _named(variables: Mapping[str, str | None]) -> dict[str, Any]:
    """The settings among the variables by field; upper and lower case are one, the settings for tasks are JSON."""
    known = {name.upper(): text for name, text in variables.items() if text is not None}
    found: dict[str, Any] = {}
    for field in Settings.model_fields:
        names = (f"NIANBAO_{field.upper()}", *([f"OPENAI_{field.upper()}"] if field in _ALSO_OPENAI else []))
        text = next((known[name] for name in names if name in known), None)
        if text is not None:
            found[field] = _of_tasks(text) if field == "tasks" else text
    return found


def _of_tasks(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text  # which is told as a wrong item
