"""Settings from the environment, a `.env` file and `settings.toml` in the data directory, in that order of precedence."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field, SecretStr, ValidationError

from assistant.errors import InvalidData

DATA_DIR = "NIANBAO_DATA_DIR"


class Settings(BaseModel):
    """All that a user may set. Names in the environment: `NIANBAO_<FIELD>`; the endpoint also by `OPENAI_API_KEY`, `OPENAI_BASE_URL`."""

    model_config = {"frozen": True, "extra": "forbid"}

    data_dir: Path
    base_url: str = ""
    api_key: SecretStr = SecretStr("")
    model: str = ""
    model_timeout: float = Field(default=120, gt=0, description="seconds for a whole reply")
    embedding_base_url: str = ""
    embedding_model: str = ""
    chroma_url: str = Field(default="", description="address of a Chroma server; empty: embedded")
    repetition_threshold: float = Field(default=0.5, gt=0, le=1)
    user: str = "填报人"

    @property
    def model_configured(self) -> bool:
        """Whether an endpoint is set; a key alone means the provider's default address, an address alone a local server."""
        return bool(self.base_url or self.api_key.get_secret_value())


def default_data_dir() -> Path:
    """A folder in the user's data directory, after each platform's habit."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "nianbao"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "nianbao"
    return Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share")) / "nianbao"


def _dotenv(path: Path) -> dict[str, str]:
    """`NAME=value` lines of a `.env` file; comments and quotes as usual."""
    if not path.is_file():
        return {}
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    pairs = (line.removeprefix("export ").split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    return {name.strip(): value.strip().strip("'\"") for name, value in pairs}


def _toml(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    import tomllib

    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise InvalidData(f"设置文件 {path.name} 不是合法的 TOML：{error}", "请改正后重试，或删除该文件使用默认设置。") from error


def load_settings(data_dir: Path | None = None) -> Settings:
    """The settings in force. Raises `InvalidData` with the field that is wrong."""
    environment = {**_dotenv(Path(".env")), **os.environ}
    folder = data_dir or Path(environment.get(DATA_DIR) or default_data_dir())
    values: dict[str, Any] = _toml(folder / "settings.toml")
    values.update({"data_dir": folder})
    known = {"base_url": "OPENAI_BASE_URL", "api_key": "OPENAI_API_KEY", "model": "OPENAI_MODEL"}
    for field in Settings.model_fields:
        if field == "data_dir":
            continue
        for name in (known.get(field), f"NIANBAO_{field.upper()}"):
            if name and environment.get(name):
                values[field] = environment[name]
    try:
        return Settings(**values)
    except ValidationError as error:
        wrong = "、".join(".".join(map(str, item["loc"])) for item in error.errors())
        raise InvalidData(f"设置项有误：{wrong}。", "请核对环境变量、.env 与 settings.toml 中的同名项。") from error
