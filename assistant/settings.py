"""Settings from the environment, a `.env` file and `settings.toml` in the data directory, in that order of precedence."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Literal

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from assistant.errors import InvalidData

Task = Literal["draft", "edit", "ask"]


class TaskModel(BaseModel):
    """What holds for one task only; what is not set is taken from the settings for all."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    base_url: str = ""
    api_key: SecretStr | None = None
    model: str = ""
    temperature: float | None = Field(default=None, ge=0, le=2)
    timeout: float | None = Field(default=None, gt=0, description="seconds for a whole reply")


class Settings(BaseSettings):
    """All that a user may set. Names in the environment: `NIANBAO_<FIELD>`; the endpoint also by the names the openai package uses."""

    model_config = SettingsConfigDict(env_prefix="NIANBAO_", env_file=".env", extra="ignore", frozen=True, populate_by_name=True)

    data_dir: Path
    base_url: str = Field(default="", validation_alias=AliasChoices("NIANBAO_BASE_URL", "OPENAI_BASE_URL"))
    api_key: SecretStr = Field(default=SecretStr(""), validation_alias=AliasChoices("NIANBAO_API_KEY", "OPENAI_API_KEY"))
    model: str = Field(default="", validation_alias=AliasChoices("NIANBAO_MODEL", "OPENAI_MODEL"))
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

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Environment before `.env` before the TOML file of the data directory."""
        toml = TomlConfigSettingsSource(settings_cls, settings_file(init_settings().get("data_dir")))
        return init_settings, env_settings, dotenv_settings, toml


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
        return Settings(data_dir=folder)
    except ValidationError as error:
        wrong = "、".join(".".join(map(str, item["loc"])) for item in error.errors())
        raise InvalidData(f"设置项有误：{wrong}。", "请核对环境变量、.env 与 settings.toml 中的同名项。") from error
    except ValueError as error:
        message = f"设置文件 {settings_file(folder)} 不是合法的 TOML：{error}"
        raise InvalidData(message, "请改正后重试，或删除该文件使用默认设置。") from error
