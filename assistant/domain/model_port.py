"""The port to a chat model: what is asked, what comes back, and the trouble in between. No client here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, Protocol

from assistant.domain.base import Frozen
from assistant.errors import ModelUnavailable

Trouble = Literal[
    "unreachable", "refused", "limited", "server", "timeout", "cut", "garbage", "schema", "empty", "too_long", "stopped", "not_set"
]


class Message(Frozen):
    """One message of a conversation."""

    role: Literal["system", "user", "assistant"]
    text: str


class ModelRequest(Frozen):
    """A request. `json_schema` is the schema the reply must satisfy, as JSON text (empty: free text);
    `prompt` is `name@version` of the prompt file; `max_chars` bounds the reply."""

    task: str
    prompt: str
    messages: tuple[Message, ...]
    json_schema: str = ""
    max_chars: int = 12_000


class ModelReply(Frozen):
    """A complete reply (`finish_reason` was `stop`). Tokens are None where the endpoint does not count them."""

    text: str
    model: str
    seconds: float = 0.0
    tokens_in: int | None = None
    tokens_out: int | None = None


class ModelTrouble(ModelUnavailable):
    """The model did not answer usefully. `kind` says how, `partial` keeps what had arrived."""

    def __init__(self, kind: Trouble, message: str, hint: str = "", *, partial: str = "") -> None:
        super().__init__(message, hint)
        self.kind = kind
        self.partial = partial


class ChatModel(Protocol):
    """Any chat model. `on_text` receives the reply piece by piece; `stop` is asked between pieces and ends the call when true."""

    @property
    def name(self) -> str:
        """The model's name, for logs and labels."""
        ...

    def complete(
        self, request: ModelRequest, *, on_text: Callable[[str], None] | None = None, stop: Callable[[], bool] | None = None
    ) -> ModelReply:
        """The complete reply. Raises `ModelTrouble`."""
        ...
