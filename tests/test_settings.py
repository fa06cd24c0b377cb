"""Settings: where they come from and which wins."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import InvalidData
from assistant.settings import load_settings

_NAMES = ("BASE_URL", "API_KEY", "MODEL", "MODEL_TIMEOUT", "TASKS", "USER", "HOLIDAYS", "REPETITION_THRESHOLD")


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data directory; no setting in the environment, no `.env` where the process stands."""
    for name in _NAMES:
        monkeypatch.delenv(f"NIANBAO_{name}", raising=False)
        monkeypatch.delenv(f"OPENAI_{name}", raising=False)
    folder = tmp_path / "data"
    folder.mkdir()
    monkeypatch.chdir(tmp_path)
    return folder


def _toml(data_dir: Path, text: str) -> None:
    (data_dir / "settings.toml").write_text(text, encoding="utf-8")


def test_without_any_source_the_defaults_hold(data_dir: Path) -> None:
    settings = load_settings(data_dir)
    assert (settings.user, settings.repetition_threshold, settings.model_configured) == ("填报人", 0.5, False)
    assert settings.data_dir == data_dir


def test_environment_goes_before_dotenv_and_dotenv_before_toml(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _toml(data_dir, 'model = "toml"\nbase_url = "toml"\nuser = "toml"\nnot_known = 1\n')
    Path(".env").write_text('export NIANBAO_MODEL="dotenv"\nOPENAI_BASE_URL=dotenv  # a remark\nOTHER=1\n', encoding="utf-8")
    monkeypatch.setenv("NIANBAO_MODEL", "environment")
    settings = load_settings(data_dir)
    assert (settings.model, settings.base_url, settings.user) == ("environment", "dotenv", "toml")


def test_our_own_name_goes_before_that_of_the_openai_package(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "theirs")
    monkeypatch.setenv("OPENAI_API_KEY", "their-key")
    monkeypatch.setenv("nianbao_base_url", "ours")
    settings = load_settings(data_dir)
    assert (settings.base_url, settings.api_key.get_secret_value()) == ("ours", "their-key")
    assert "their-key" not in repr(settings)


def test_tasks_are_merged_from_all_sources(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _toml(data_dir, '[tasks.draft]\nmodel = "a"\ntimeout = 3\n[tasks.ask]\nmodel = "b"\n')
    monkeypatch.setenv("NIANBAO_TASKS", '{"draft": {"model": "c"}}')
    tasks = load_settings(data_dir).tasks
    assert (tasks["draft"].model, tasks["draft"].timeout, tasks["ask"].model) == ("c", 3, "b")


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [("NIANBAO_MODEL_TIMEOUT", "soon", "model_timeout"), ("NIANBAO_REPETITION_THRESHOLD", "2", "repetition_threshold"), ("NIANBAO_TASKS", "{", "tasks")],
)  # fmt: skip
def test_a_wrong_item_is_named(data_dir: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str, told: str) -> None:
    monkeypatch.setenv(name, text)
    with pytest.raises(InvalidData, match=told):
        load_settings(data_dir)


def test_a_file_that_is_no_toml_is_named(data_dir: Path) -> None:
    _toml(data_dir, "model = = 1")
    with pytest.raises(InvalidData, match=r"settings\.toml"):
        load_settings(data_dir)
