"""The calculators in order: the balance of 表三, fees, dates, publication duties, and the rows of 表三. Each takes a question only when its words call for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from assistant.domain.finding import Basis
from assistant.qa.balance_asked import work_out_balance
from assistant.qa.days import work_out
from assistant.qa.fees_asked import work_out_fee
from assistant.qa.publication_asked import work_out_publication
from assistant.qa.result import Computed
from assistant.qa.triggers import says, triggers
from assistant.retrieval.corpus import Corpus
from assistant.statute.calendar import WorkingCalendar
from assistant.statute.outcome_rows import RowDecision, decide_row

_TABLE_THREE = Basis(document="", number="国办公开办函〔2021〕30号", article="附件模板三")


def compute(question: str, corpus: Corpus, today: date, calendar: WorkingCalendar | None = None) -> Computed | None:
    """The computed answer to a folded question, or None; days by the official calendar unless another is given. Raises `UnknownCalendar` when the working days of a year are not known."""
    if balance := _balance(question, corpus):
        return balance
    fee = work_out_fee(question)
    if fee is not None:
        return Computed(kind="fee", value="；".join(fee.values), steps=fee.steps, passages=passages_of(reversed(fee.basis), corpus))
    days = work_out(question, today, calendar)
    if days is not None:
        return Computed(kind="deadline", value="；".join(days.values), steps=days.steps, passages=passages_of(days.basis, corpus))
    return _publication(question, corpus, today) or _row(question, corpus)


def passages_of(basis: Iterable[Basis], corpus: Corpus) -> tuple[str, ...]:
    """Ids of the passages behind legal sources; sources that the corpus does not hold are left out."""
    numbers = {document.number: document.id for document in corpus.documents.values() if document.number}
    found = (corpus.find(numbers[one.number], one.article) for one in basis if one.number in numbers and one.article)
    return tuple(dict.fromkeys(passage.id for passage in found if passage is not None))


def _publication(question: str, corpus: Corpus, today: date) -> Computed | None:
    due = work_out_publication(question, today)
    return Computed(kind="publication", value=due.value, steps=due.steps, passages=passages_of(due.basis, corpus)) if due else None


def _balance(question: str, corpus: Corpus) -> Computed | None:
    found = work_out_balance(question)
    return Computed(kind="balance", value=found.value, steps=found.steps, passages=passages_of((_TABLE_THREE,), corpus)) if found else None


def _row(question: str, corpus: Corpus) -> Computed | None:
    signs = triggers().rows
    if not says(signs.wants, question):
        return None
    answers = {case.id: case.fits(question) for case in signs.cases}
    decided = decide_row(answers) if any(answers.values()) else None
    if not isinstance(decided, RowDecision):
        return None
    table = passages_of((_TABLE_THREE,), corpus)
    passages = tuple(dict.fromkeys((*table, *passages_of(decided.basis, corpus))))
    return Computed(kind="outcome_row", value=f"表三“{decided.label}”", steps=(decided.path[-1], decided.why), passages=passages)
