"""A record of every call to a model, by hash, and replay without a model."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from assistant.domain.base import Frozen
from assistant.domain.model_port import ChatModel, ModelReply, ModelRequest, ModelTrouble


class CallRecord(Frozen):
    """One call. Prompts hold no personal data and are kept as hash only; the reply is kept so that the call can be replayed."""

    when: str
    task: str
    prompt: str
    prompt_hash: str
    corpus_hash: str
    model: str
    reply_hash: str
    reply: str
    seconds: float
    tokens_in: int | None = None
    tokens_out: int | None = None
    trouble: str = ""


class CallLog(Protocol):
    """Where records go."""

    def add(self, record: CallRecord) -> None:
        """Keeps a record."""
        ...


def request_hash(request: ModelRequest) -> str:
    """The hash of all that the model is asked."""
    return hashlib.sha256(request.model_dump_json().encode()).hexdigest()


class FileLog:
    """Records as lines of JSON in one file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def add(self, record: CallRecord) -> None:
        """Appends the record. A log that cannot be written never stops a draft."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="utf-8") as file:
                file.write(record.model_dump_json() + "\n")
        except OSError:
            return

    def records(self) -> tuple[CallRecord, ...]:
        """All records that can be read, oldest first."""
        if not self._path.exists():
            return ()
        found = []
        for line in self._path.read_text(encoding="utf-8").splitlines():
            try:
                found.append(CallRecord.model_validate(json.loads(line), strict=False))
            except ValueError:
                continue
        return tuple(found)


class LoggedModel:
    """A `ChatModel` that records every call of another."""

    def __init__(self, model: ChatModel, log: CallLog, *, corpus_hash: str = "") -> None:
        self._model, self._log, self._corpus_hash = model, log, corpus_hash

    @property
    def name(self) -> str:
        """The name of the model behind."""
        return self._model.name

    def complete(
        self, request: ModelRequest, *, on_text: Callable[[str], None] | None = None, stop: Callable[[], bool] | None = None
    ) -> ModelReply:
        """See `ChatModel.complete`."""
        started = time.monotonic()
        try:
            reply = self._model.complete(request, on_text=on_text, stop=stop)
        except ModelTrouble as trouble:
            self._record(request, trouble.partial, time.monotonic() - started, None, None, trouble.kind)
            raise
        self._record(request, reply.text, reply.seconds, reply.tokens_in, reply.tokens_out, "")
        return reply

    def _record(
        self, request: ModelRequest, text: str, seconds: float, tokens_in: int | None, tokens_out: int | None, trouble: str
    ) -> None:
        self._log.add(
            CallRecord(
                when=time.strftime("%Y-%m-%dT%H:%M:%S%z"),
                task=request.task,
                prompt=request.prompt,
                prompt_hash=request_hash(request),
                corpus_hash=self._corpus_hash,
                model=self._model.name,
                reply_hash=hashlib.sha256(text.encode()).hexdigest(),
                reply=text,
                seconds=round(seconds, 3),
                tokens_in=tokens_in,
                tokens_out=tokens_out,
                trouble=trouble,
            )
        )


class ReplayedModel:
    """A `ChatModel` that answers from records: the same request gets the recorded reply."""

    def __init__(self, records: tuple[CallRecord, ...]) -> None:
        self._replies = {record.prompt_hash: record for record in records if not record.trouble}

    name = "重放"

    def complete(
        self, request: ModelRequest, *, on_text: Callable[[str], None] | None = None, stop: Callable[[], bool] | None = None
    ) -> ModelReply:
        """The recorded reply. Raises `ModelTrouble` when this request was never recorded."""
        record = self._replies.get(request_hash(request))
        if record is None:
            raise ModelTrouble("not_set", "记录中没有这次调用。", "请核对输入是否与当时相同。")
        if on_text:
            on_text(record.reply)
        return ModelReply(
            text=record.reply, model=record.model, seconds=record.seconds, tokens_in=record.tokens_in, tokens_out=record.tokens_out
        )
