"""Versions of one text: which replaces which, and how imported official wording joins a shipped digest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from assistant.domain.passage import CorpusDocument, Passage
from assistant.retrieval.documents import Parsed
from assistant.retrieval.labels import fold_label
from assistant.retrieval.official import fold_number, fold_title
from assistant.retrieval.store import Stored


def same_text(left: CorpusDocument, right: CorpusDocument) -> bool:
    """Whether two documents are versions of one text: same number, else same title (for reports: same unit and year)."""
    if left.kind == "report" or right.kind == "report":
        return left.id == right.id
    if left.number and fold_number(left.number) == fold_number(right.number):
        return True
    return fold_title(left.title) == fold_title(right.title)


def arrange(new: Stored, others: Sequence[Stored]) -> tuple[Stored, tuple[Stored, ...]]:
    """The new version with its dates and id, and the earlier ones that change by its coming.

    Versions with different first days follow one another; a version with the same or an unknown first day takes the other's place, which is kept as superseded.
    """
    changed: list[Stored] = []
    for other in others:
        if other.superseded or other.key == new.key or not same_text(other.document, new.document):
            continue
        first, second = other.document.effective_from, new.document.effective_from
        if first is None or second is None or first == second:
            changed.append(replace(other, superseded=True))
        elif first < second:
            changed.append(replace(other, document=_ended(other.document, second, new.document.id)))
            new = replace(new, document=_renamed(new.document, second, other.document))
        else:
            new = replace(new, document=_renamed(_ended(new.document, first, other.document.id), second, other.document))
    return new, tuple(changed)


def _ended(document: CorpusDocument, successor_from: date, successor: str) -> CorpusDocument:
    return document.model_copy(update={"effective_to": successor_from - timedelta(days=1), "repealed_by": successor})


def _renamed(document: CorpusDocument, first: date, other: CorpusDocument) -> CorpusDocument:
    """The later-imported version gets an id of its own."""
    return document.model_copy(update={"id": f"{document.id.split('@')[0]}@{first.isoformat()}"}) if document.id == other.id else document


def merge(shipped: Iterable[Parsed], imported: Iterable[Parsed]) -> tuple[Parsed, ...]:
    """The shipped documents with official wording laid over their digests, and the other imported documents behind them."""
    documents = {one.document.id: one for one in shipped}
    for one in imported:
        below = documents.get(one.document.id)
        documents[one.document.id] = _overlay(below, one) if below and below.document.form == "digest" else one
    return tuple(documents.values())


def _overlay(digest: Parsed, official: Parsed) -> Parsed:
    wording = {fold_label(passage.label): passage.official for passage in official.passages}
    passages = [
        passage.model_copy(update={"official": wording.pop(fold_label(passage.label))}) if fold_label(passage.label) in wording else passage
        for passage in digest.passages
    ]
    extra = (passage for passage in official.passages if fold_label(passage.label) in wording)
    passages += (_moved(passage, digest.document.id, len(passages) + place) for place, passage in enumerate(extra))
    return Parsed(digest.document.model_copy(update={"form": "official"}), tuple(passages))


def _moved(passage: Passage, document: str, order: int) -> Passage:
    return passage.model_copy(update={"document": document, "order": order, "id": f"{document}#{passage.label}"})
