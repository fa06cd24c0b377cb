"""Questions about the regulation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property, lru_cache
from itertools import groupby
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.qa.result import Answer
    from assistant.retrieval.embedding import Embedding
    from assistant.retrieval.search import Retriever
    from assistant.settings import Settings
    from assistant.statute.calendar import WorkingCalendar


_OPENING = Lock()


@lru_cache(maxsize=4)
def _retriever(data_dir: Path, chroma_url: str, embedding_base_url: str, embedding_model: str) -> Retriever:
    from assistant.retrieval.library import Library

    return Library(data_dir).retriever(chroma_url=chroma_url, embedding=_embedding(embedding_base_url, embedding_model))


def _embedding(base_url: str, model: str) -> Embedding | None:
    """The embedding of the settings; None for the offline one."""
    from assistant.retrieval.endpoint_embedding import EndpointEmbedding

    return EndpointEmbedding(base_url, model) if base_url and model else None


def rebuild_corpus(settings: Settings, progress: Callable[[str, int, int], None] = lambda _label, _done, _total: None) -> int:
    """Build the index anew where the settings say; the number of passages. Raises `StoreTrouble`, `ModelUnavailable`."""
    from assistant.retrieval.library import Library

    corpus_changed()
    embedding = _embedding(settings.embedding_base_url, settings.embedding_model)
    return Library(settings.data_dir).rebuild(progress=progress, chroma_url=settings.chroma_url, embedding=embedding)


def verify_corpus(settings: Settings) -> tuple[str, ...]:
    """What is wrong with texts and index, in Chinese; empty when all is well."""
    from assistant.retrieval.library import Library

    embedding = _embedding(settings.embedding_base_url, settings.embedding_model)
    return Library(settings.data_dir).verify(chroma_url=settings.chroma_url, embedding=embedding)


def retriever(settings: Settings) -> Retriever:
    """The search over the shipped corpus and what the user added, opened once per process."""
    with _OPENING:  # two threads that ask at the same time open it once
        return _retriever(settings.data_dir, settings.chroma_url, settings.embedding_base_url, settings.embedding_model)


def corpus_changed() -> None:
    """Open the search anew at the next question or draft."""
    _retriever.cache_clear()


class Asking:
    """Answers questions from one corpus; opens it at the first question."""

    def __init__(self, data_dir: Path | None = None, *, with_model: bool = False) -> None:
        from assistant.settings import load_settings

        self._settings = load_settings(data_dir)
        self._with_model = with_model

    @cached_property
    def _calendar(self) -> WorkingCalendar:
        from assistant.workflow.due import working_calendar

        return working_calendar(self._settings)

    def ask(self, question: str, *, top: int = 5, as_of: date | None = None, history: tuple[str, ...] = ()) -> Answer:
        """An answer, or a reasoned refusal. With a model the sentences are its own, each checked against the passages it cites."""
        from assistant.qa.answer import answer_question
        from assistant.qa.question import Question

        search = retriever(self._settings)
        asked = Question(question, date.today(), as_of, top, history, self._calendar)
        if not self._with_model:
            return answer_question(asked, search)
        from assistant.drafting.model import chat_model
        from assistant.drafting.prompts import load_prompt
        from assistant.qa.model_answer import answer_with_model

        model, prompt = chat_model(self._settings, "ask", corpus_hash=search.corpus.hash), load_prompt("answer_question").render
        return answer_with_model(asked, search, model, prompt)


def load_answer(document: str) -> Answer:
    """An answer kept as JSON."""
    from assistant.qa.result import Answer

    return Answer.model_validate_json(document)


def passage_text(passage: str, settings: Settings) -> str:
    """The text of a passage by id; what to say when the corpus no longer has it."""
    found = retriever(settings).corpus.by_id.get(passage)
    return found.quotable if found else "资料库里已没有这一条。"


def citation(passage: str, settings: Settings) -> str:
    """Document and article of a passage, for people."""
    corpus = retriever(settings).corpus
    found = corpus.by_id.get(passage)
    return f"{corpus.document_of(found).title}{found.label}" if found else passage


def cited_sentences(answer: Answer) -> tuple[tuple[str, tuple[str, ...], bool], ...]:
    """The answer as (text, passages, supported), sentences that follow each other on the same passages joined."""
    groups = groupby(answer.sentences, key=lambda sentence: (sentence.passages, sentence.supported))
    return tuple(("".join(sentence.text for sentence in group), *key) for key, group in groups)


def answer_text(answer: Answer, settings: Settings) -> str:
    """The answer with its citations as plain text, to be copied."""
    lines = [answer.question, *([answer.reason] if answer.refused else [])]
    if answer.computed:
        lines += [f"计算结果：{answer.computed.value}", *answer.computed.steps]
    for text, passages, supported in cited_sentences(answer):
        where = "；".join(citation(passage, settings) for passage in passages)
        lines.append(f"{text}{'' if supported else '（没有得到条文支持）'}{f'（{where}）' if where else ''}")
    return "\n".join([*lines, *([answer.notice] if answer.notice else [])])
