"""A chat model in process that says what it is told."""

from __future__ import annotations

from collections.abc import Callable

from assistant.domain.model_port import ModelReply, ModelRequest, ModelTrouble


class FakeModel:
    """Answers in turn, the last answer again and again; an answer may be an error to raise. `asked` keeps the requests."""

    name = "假模型"

    def __init__(self, *answers: str | ModelTrouble) -> None:
        self._answers = list(answers)
        self.asked: list[ModelRequest] = []

    def complete(
        self, request: ModelRequest, *, on_text: Callable[[str], None] | None = None, stop: Callable[[], bool] | None = None
    ) -> ModelReply:
        self.asked.append(request)
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if isinstance(answer, ModelTrouble):
            raise answer
        if on_text:
            on_text(answer)
        return ModelReply(text=answer, model=self.name)
