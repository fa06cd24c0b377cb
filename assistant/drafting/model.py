"""The model drafter as the settings say."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from assistant.domain.model_port import ChatModel
from assistant.drafting.call_log import FileLog, LoggedModel
from assistant.drafting.gateway import Endpoint, Gateway
from assistant.drafting.model_drafter import ModelDrafter

if TYPE_CHECKING:
    from assistant.settings import Settings

LOG_NAME = "model-calls.jsonl"
DEFAULT_MODEL = "gpt-4o-mini"


def chat_model(settings: Settings, *, corpus_hash: str = "") -> ChatModel:
    """The endpoint of the settings behind a log of calls in the data directory. Nothing is sent before the first call."""
    model = settings.model or ("" if settings.base_url else DEFAULT_MODEL)
    endpoint = Endpoint(
        base_url=settings.base_url, model=model, api_key=settings.api_key.get_secret_value(), timeout=settings.model_timeout
    )
    return LoggedModel(Gateway(endpoint), FileLog(settings.data_dir / LOG_NAME), corpus_hash=corpus_hash)


def model_drafter(
    settings: Settings,
    *,
    on_text: Callable[[str], None] | None = None,
    stop: Callable[[], bool] | None = None,
    private_names: frozenset[str] = frozenset(),
    corpus_hash: str = "",
) -> ModelDrafter:
    """The drafter that asks the configured model. `private_names` are the names in the register: they never leave the machine."""
    return ModelDrafter(chat_model(settings, corpus_hash=corpus_hash), on_text=on_text, stop=stop, private_names=private_names)
