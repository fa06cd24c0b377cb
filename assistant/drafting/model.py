"""The model drafter as the settings say."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.domain.model_port import ChatModel
from assistant.drafting.call_log import FileLog, LoggedModel, ReplayedModel
from assistant.drafting.gateway import Endpoint, Gateway
from assistant.drafting.model_drafter import ModelDrafter
from assistant.settings import Task, TaskModel

if TYPE_CHECKING:
    from assistant.settings import Settings

LOG_NAME = "model-calls.jsonl"
DEFAULT_MODEL = "gpt-4o-mini"


@lru_cache(maxsize=8)
def _gateway(endpoint: Endpoint) -> Gateway:
    """One door per endpoint in a process: its client is built once and its connection kept."""
    return Gateway(endpoint)


def endpoint_of(settings: Settings, task: Task) -> Endpoint:
    """The endpoint that the settings name for a task: what `tasks` says of it, and for the rest what holds for all."""
    own = settings.tasks.get(task, TaskModel())
    base_url = own.base_url or settings.base_url
    return Endpoint(
        base_url=base_url,
        model=own.model or settings.model or ("" if base_url else DEFAULT_MODEL),
        api_key=(own.api_key or settings.api_key).get_secret_value(),
        timeout=own.timeout or settings.model_timeout,
        temperature=Endpoint.temperature if own.temperature is None else own.temperature,
    )


def chat_model(settings: Settings, task: Task = "draft", *, corpus_hash: str = "") -> ChatModel:
    """The endpoint of the settings for a task behind a log of calls in the data directory. Nothing is sent before the first call."""
    return LoggedModel(_gateway(endpoint_of(settings, task)), FileLog(settings.data_dir / LOG_NAME), corpus_hash=corpus_hash)


def recorded_model(settings: Settings) -> ChatModel:
    """The replies recorded in the data directory in a model's place: the same request gets the reply it got then, without network or key."""
    return ReplayedModel(FileLog(settings.data_dir / LOG_NAME).records())


def warm(settings: Settings, task: Task = "draft") -> None:
    """Load what a call needs, so that the first one does not wait for it. Sends nothing."""
    _gateway(endpoint_of(settings, task)).warm()


def model_drafter(
    settings: Settings,
    *,
    on_text: Callable[[str], None] | None = None,
    stop: Callable[[], bool] | None = None,
    private_names: frozenset[str] = frozenset(),
    corpus_hash: str = "",
    replay: bool = False,
) -> ModelDrafter:
    """The drafter that asks the configured model, or with `replay` the record of earlier calls. `private_names` are the names in the register: they
    never leave the machine."""
    model = recorded_model(settings) if replay else chat_model(settings, "draft", corpus_hash=corpus_hash)
    return ModelDrafter(model, on_text=on_text, stop=stop, private_names=private_names)
