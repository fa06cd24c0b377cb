"""What an answer is. The fields are those of `nianbao.ask/1`."""

from __future__ import annotations

from typing import Literal

from assistant.domain.base import Frozen
from assistant.domain.passage import Passage, Scored, TextForm


class AnswerSentence(Frozen):
    """One sentence with the ids of the passages that say it. `supported` is False for a model's sentence that the passages do not bear out;
    `form` tells whether the wording is official or our digest."""

    text: str
    passages: tuple[str, ...]
    supported: bool = True
    form: TextForm = "digest"


class AnswerDocument(Frozen):
    """The document of an article: id, title, official number."""

    id: str
    title: str
    number: str


class AnswerArticle(Frozen):
    """An article in rank order. `passage` is its id, `score` 0..1."""

    document: AnswerDocument
    article: str
    passage: str
    score: float
    topic: str = ""
    form: TextForm = "digest"


ComputedKind = Literal["deadline", "fee", "publication", "balance", "outcome_row"]


class Computed(Frozen):
    """A result worked out by code: what, the value in words, the steps, and the passages that it rests on."""

    kind: ComputedKind
    value: str
    steps: tuple[str, ...]
    passages: tuple[str, ...] = ()


class ModelUse(Frozen):
    """The model that phrased the answer, the prompt it was given, the sentences that were dropped, and what went wrong, if anything."""

    name: str
    prompt: str = ""
    dropped: tuple[str, ...] = ()
    notice: str = ""


class Answer(Frozen):
    """An answer or a reasoned refusal. `notice` says what the reader should know about the texts or the search."""

    id: str = ""
    question: str
    refused: bool
    reason: str = ""
    sentences: tuple[AnswerSentence, ...] = ()
    articles: tuple[AnswerArticle, ...] = ()
    computed: Computed | None = None
    model: ModelUse | None = None
    notice: str = ""


def article(found: Scored) -> AnswerArticle:
    """The article of a passage that was found."""
    document, passage = found.document, found.passage
    return AnswerArticle(
        document=AnswerDocument(id=document.id, title=document.title, number=document.number),
        article=passage.label,
        passage=passage.id,
        score=round(found.score, 4),
        topic=passage.topic,
        form=passage.form,
    )


def sentence(text: str, *passages: Passage) -> AnswerSentence:
    """A supported sentence of these passages; official only when all of them are."""
    official = bool(passages) and all(passage.form == "official" for passage in passages)
    return AnswerSentence(text=text, passages=tuple(passage.id for passage in passages), form="official" if official else "digest")
