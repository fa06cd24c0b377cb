"""The one door to a chat model: LangChain's OpenAI-compatible client with our own deadlines, bounded retries and honest errors.

A reply counts only when the endpoint itself says that it is complete (`finish_reason` is `stop`). LangChain and openai objects stay in here.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from assistant.domain.model_port import ModelReply, ModelRequest, ModelTrouble, Trouble

if TYPE_CHECKING:
    import httpx
    from langchain_openai import ChatOpenAI

LOCAL_HOSTS = {"localhost", "127.0.0.1", "::1", "0.0.0.0"}
OFFLINE = "也可改用不需要模型的“沿用上年”起草。"
_HINTS: Mapping[Trouble, tuple[str, str]] = {
    "not_set": ("没有设置可用的模型。", "请在设置中填写模型服务地址、模型名称和密钥。"),
    "unreachable": ("连接不上模型服务。", "请核对模型服务地址是否正确、服务是否已启动。"),
    "refused": ("模型服务拒绝了这次请求。", "请核对密钥、模型名称和账户权限。"),
    "limited": ("模型服务提示请求过多或额度不足。", "请稍后再试，或核对账户额度。"),
    "server": ("模型服务内部出错。", "请稍后再试。"),
    "timeout": ("模型服务在规定时间内没有答完。", "请稍后再试，或在设置中延长等待时间、换用较快的模型。"),
    "cut": ("模型的回答中途断了。", "请重试；已收到的部分已保留，未写入报告。"),
    "garbage": ("模型服务返回的内容无法识别。", "请核对该地址是否为兼容 OpenAI 协议的对话服务。"),
    "schema": ("模型没有按要求的格式回答。", "请重试，或换用能按格式输出的模型。"),
    "empty": ("模型没有给出任何内容。", "请重试，或换用其他模型。"),
    "too_long": ("模型的回答过长，已停止接收。", "请重试，或换用其他模型。"),
    "stopped": ("已按您的要求停止。", "已收到的部分已保留，未写入报告。"),
}
_RETRIED: frozenset[Trouble] = frozenset({"limited", "server", "unreachable"})


def trouble(kind: Trouble, *, detail: str = "", partial: str = "") -> ModelTrouble:
    """The error for a kind of trouble, with what to do in Chinese."""
    message, hint = _HINTS[kind]
    suffix = f"（{detail}）" if detail else ""
    return ModelTrouble(kind, message.rstrip("。") + suffix + "。", hint + OFFLINE, partial=partial)


@dataclass(frozen=True)
class Endpoint:
    """Where and how to reach a model. `timeout` is in seconds for a whole reply, retries included; `attempts` at least 1; `backoff` is the first pause in seconds, doubled each time."""

    base_url: str
    model: str
    api_key: str = ""
    timeout: float = 120.0
    attempts: int = 3
    temperature: float = 0.2
    backoff: float = 0.5

    @property
    def is_local(self) -> bool:
        """Whether the endpoint is on this machine: then no proxy may stand between."""
        return (urlsplit(self.base_url).hostname or "") in LOCAL_HOSTS


@dataclass
class _Received:
    text: str = ""
    finish: str = ""
    tokens_in: int | None = None
    tokens_out: int | None = None


class Gateway:
    """A `ChatModel` over an OpenAI-compatible endpoint. One instance may be used from several threads."""

    def __init__(
        self, endpoint: Endpoint, *, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._endpoint = endpoint
        self._clock = clock
        self._sleep = sleep
        self._plain_only = False
        self._client: ChatOpenAI | None = None
        self._transport: httpx.Client | None = None

    @property
    def name(self) -> str:
        """The model's name as configured."""
        return self._endpoint.model

    def warm(self) -> None:
        """Load the client before the first call. Sends nothing."""
        import openai  # noqa: F401  with what judging its errors needs

        self._model()

    def complete(
        self, request: ModelRequest, *, on_text: Callable[[str], None] | None = None, stop: Callable[[], bool] | None = None
    ) -> ModelReply:
        """See `ChatModel.complete`. Overload, server errors and lost connections are tried again while time is left and nothing was received."""
        if not self._endpoint.model or not (self._endpoint.base_url or self._endpoint.api_key):
            raise trouble("not_set")
        started = self._clock()
        deadline = started + self._endpoint.timeout
        stopped = stop or (lambda: False)
        for attempt in range(1, self._endpoint.attempts + 1):
            received = _Received()
            try:
                self._receive(request, received, deadline, on_text, stopped)
            except Exception as error:  # a bad 200 raises anything from KeyError to JSONDecodeError; every one becomes a ModelTrouble
                failed, wait = _judge(error, received.text)
                if attempt == self._endpoint.attempts or not _worth_retrying(failed, received.text):
                    raise failed from error
                self._pause(min(wait if wait is not None else self._endpoint.backoff * 2**attempt, 30.0), deadline, stopped, failed)
                continue
            return ModelReply(
                text=received.text,
                model=self._endpoint.model,
                seconds=self._clock() - started,
                tokens_in=received.tokens_in,
                tokens_out=received.tokens_out,
            )
        raise trouble("server")

    def _receive(
        self, request: ModelRequest, received: _Received, deadline: float, on_text: Callable[[str], None] | None, stop: Callable[[], bool]
    ) -> None:
        for chunk in self._pumped(request, received, deadline, stop):
            piece = chunk.content if isinstance(chunk.content, str) else "".join(map(str, chunk.content))
            received.text += piece
            received.finish = chunk.response_metadata.get("finish_reason") or received.finish
            if chunk.usage_metadata:
                received.tokens_in = chunk.usage_metadata.get("input_tokens")
                received.tokens_out = chunk.usage_metadata.get("output_tokens")
            if piece and on_text:
                on_text(piece)
            if len(received.text) > request.max_chars:
                self._abandon()
                raise trouble("too_long", partial=received.text)
        if received.finish != "stop":
            raise trouble("cut" if received.finish in ("", "length") else "garbage", detail=received.finish, partial=received.text)
        if not received.text.strip():
            raise trouble("empty")

    def _pumped(self, request: ModelRequest, received: _Received, deadline: float, stop: Callable[[], bool]) -> Iterator[Any]:
        """The chunks, read in a thread so that a silent server can neither outlast the deadline nor outwait a request to stop."""
        chunks: queue.Queue[tuple[str, Any]] = queue.Queue()

        def pump() -> None:
            try:
                for chunk in self._chunks(request, deadline):
                    chunks.put(("chunk", chunk))
                chunks.put(("end", None))
            except Exception as error:  # noqa: BLE001  handed to the caller's thread, which judges it
                chunks.put(("error", error))

        threading.Thread(target=pump, daemon=True, name="model-reply").start()
        while True:
            try:
                kind, value = chunks.get(timeout=0.1)
            except queue.Empty:
                kind, value = "", None
            if stop() or self._clock() > deadline:
                self._abandon()
                raise trouble("stopped" if stop() else "timeout", partial=received.text)
            if kind == "error":
                raise value
            if kind == "end":
                return
            if kind == "chunk":
                yield value

    def _abandon(self) -> None:
        """Closes the connection under a reply nobody waits for any more; the next call opens a new one."""
        if self._transport is not None:
            self._transport.close()
        self._client = self._transport = None

    def _chunks(self, request: ModelRequest, deadline: float) -> Iterator[Any]:
        import json

        from openai import BadRequestError

        messages = [(message.role, message.text) for message in request.messages]
        left = max(deadline - self._clock(), 0.05)
        client = self._model()
        if request.json_schema and not self._plain_only:
            wanted = {
                "type": "json_schema",
                "json_schema": {"name": request.task, "schema": json.loads(request.json_schema), "strict": True},
            }
            try:
                yield from client.stream(messages, timeout=left, extra_body={"response_format": wanted})
            except BadRequestError:
                self._plain_only = True  # an endpoint that does not know the parameter: the prompt itself asks for the same form
            else:
                return
        yield from client.stream(messages, timeout=left)

    def _model(self) -> ChatOpenAI:
        if self._client is None:
            from langchain_openai import ChatOpenAI
            from pydantic import SecretStr

            self._transport = _http_client(self._endpoint)
            self._client = ChatOpenAI(
                model=self._endpoint.model,
                base_url=self._endpoint.base_url or None,
                api_key=SecretStr(self._endpoint.api_key or "none"),
                temperature=self._endpoint.temperature,
                max_retries=0,
                timeout=self._endpoint.timeout,
                stream_usage=not self._endpoint.is_local,
                http_client=self._transport,
            )
        return self._client

    def _pause(self, seconds: float, deadline: float, stop: Callable[[], bool], failed: ModelTrouble) -> None:
        until = self._clock() + seconds
        if until > deadline:
            raise failed
        while self._clock() < until:
            if stop():
                raise trouble("stopped")
            self._sleep(min(0.1, max(until - self._clock(), 0.0)))


def _http_client(endpoint: Endpoint) -> httpx.Client:
    import httpx

    timeout = httpx.Timeout(endpoint.timeout, connect=min(10.0, endpoint.timeout))
    return httpx.Client(trust_env=not endpoint.is_local, timeout=timeout)


def _worth_retrying(failed: ModelTrouble, received: str) -> bool:
    return failed.kind in _RETRIED and not received


def _judge(error: Exception, partial: str) -> tuple[ModelTrouble, float | None]:
    """What an exception means, and how many seconds the server asked to wait."""
    import httpx
    import openai

    if isinstance(error, ModelTrouble):
        return error, None
    if isinstance(error, openai.APITimeoutError | httpx.TimeoutException):
        return trouble("timeout", partial=partial), None
    if isinstance(error, openai.RateLimitError):
        return trouble("limited", detail="429", partial=partial), _retry_after(error.response.headers.get("retry-after", ""))
    if isinstance(error, openai.APIStatusError):
        return trouble("server" if error.status_code >= 500 else "refused", detail=str(error.status_code), partial=partial), None
    if isinstance(error, openai.APIConnectionError | httpx.TransportError):
        return trouble("cut" if partial else "unreachable", partial=partial), None
    return trouble("cut" if partial else "garbage", detail=type(error).__name__, partial=partial), None


def _retry_after(value: str) -> float | None:
    try:
        return max(float(value), 0.0)
    except ValueError:
        return None
