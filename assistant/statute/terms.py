"""The statutory periods in working days: reply, extension, 补正 notice, third-party opinion, payment, proactive disclosure."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Literal

from pydantic import TypeAdapter

from assistant.domain.base import Frozen
from assistant.domain.finding import Basis
from assistant.statute.basis import cite_all, load_data
from assistant.statute.calendar import WorkingCalendar
from assistant.statute.counting import chinese_date, counting_steps

TermId = Literal["reply", "extension", "correction_notice", "third_party", "co_producer", "payment", "proactive"]


class Term(Frozen):
    """A period of `days` working days from `start` within which somebody must do `action`."""

    days: int
    title: str
    start: str
    action: str
    basis: tuple[str, ...]


class DayCount(Frozen):
    """The last day of a period, how it was counted, and the articles behind it."""

    due: date
    steps: tuple[str, ...]
    basis: tuple[Basis, ...]


@cache
def terms() -> dict[str, Term]:
    """All statutory periods by id."""
    return TypeAdapter(dict[str, Term]).validate_python(load_data("terms.yaml"), strict=False)


def term_deadline(term_id: TermId, start: date, calendar: WorkingCalendar) -> DayCount:
    """The last day of the statutory period that begins with the event on `start`. Raises `UnknownCalendar`."""
    term = terms()[term_id]
    due = calendar.add(start, term.days)
    steps = (
        f"{term.title}的期限为{term.days}个工作日，自{term.start}（{chinese_date(start)}）的次日起算。",
        *counting_steps(start, due, calendar),
        f"最迟应于{chinese_date(due)}{term.action}。",
    )
    return DayCount(due=due, steps=steps, basis=cite_all(term.basis))
