"""The calculators in order: fees, dates, publication duties, the balance and the rows of 表三. Each takes a question only when its words call for it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from assistant.domain.finding import Basis
from assistant.qa.balance_asked import work_out_balance
from assistant.qa.days import work_out
from assistant.qa.fees_asked import work_out_fee
from assistant.qa.result import Computed
from assistant.qa.triggers import says, triggers
from assistant.retrieval.corpus import Corpus
from assistant.statute.calendar import WorkingCalendar
from assistant.statute.outcome_rows import RowDecision, decide_row
from assistant.statute.publication import BodyKind, bodies_named, publication_deadline

_YEAR = re.compile(r"(20\d\d)年?(?:度|(?:的)?[^,，交报送发布要应该得月]{0,8}(?:年报|年度报告|工作报告|汇总|全县|全市|全省))")

_TABLE_THREE = Basis(document="", number="国办公开办函〔2021〕30号", article="附件模板三")
_PLACE = re.compile(r"(?:省|市|县|区|州)(?=[一-鿿]{1,6}(?:局|厅|委员会|委))")  # whose department it is, not a body of its own


def compute(question: str, corpus: Corpus, today: date, calendar: WorkingCalendar | None = None) -> Computed | None:
    """The computed answer to a folded question, or None; days by the official calendar unless another is given. Raises `UnknownCalendar` when the working days of a year are not known."""
    fee = work_out_fee(question)
    if fee is not None:
        return Computed(kind="fee", value="；".join(fee.values), steps=fee.steps, passages=passages_of(reversed(fee.basis), corpus))
    days = work_out(question, today, calendar)
    if days is not None:
        return Computed(kind="deadline", value="；".join(days.values), steps=days.steps, passages=passages_of(days.basis, corpus))
    return _publication(question, corpus, today) or _balance(question, corpus) or _row(question, corpus)


def passages_of(basis: Iterable[Basis], corpus: Corpus) -> tuple[str, ...]:
    """Ids of the passages behind legal sources; sources that the corpus does not hold are left out."""
    numbers = {document.number: document.id for document in corpus.documents.values() if document.number}
    found = (corpus.find(numbers[one.number], one.article) for one in basis if one.number in numbers and one.article)
    return tuple(dict.fromkeys(passage.id for passage in found if passage is not None))


def _publication(question: str, corpus: Corpus, today: date) -> Computed | None:
    signs = triggers().publication
    if not says(signs.about, question) or not says(signs.wants, question):
        return None
    body = _summarising(bodies_named(_PLACE.sub("", question)), question)
    if body is None:
        return None
    stated = _YEAR.search(question)
    due = publication_deadline(body, int(stated[1]) if stated else today.year - 1)
    value = f"{due.report_year}年度报告最迟{due.due.year}年{due.due.month}月{due.due.day}日"
    basis = due.basis if body in {"department", "township", "vertical_office"} else tuple(reversed(due.basis))
    return Computed(kind="publication", value=value, steps=due.steps, passages=passages_of(basis, corpus))


def _summarising(bodies: tuple[BodyKind, ...], question: str) -> BodyKind | None:
    """The one body that is asked about; a government only when the question is about its summary or its office."""
    if "vertical_system" in bodies:
        return "vertical_system"
    if len(bodies) != 1:
        return None
    body = bodies[0]
    if body in {"county", "prefecture", "province"} and not says(
        "汇总|政府|全县|全市|全省|全区|县级|地市|省级|办公室|办公厅|主管部门", question
    ):
        return None
    return body


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
