"""Deadlines of the applications in a register: what is due, overdue, answered late (条例 arts. 30–34)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Literal

from assistant.domain.base import Frozen
from assistant.domain.register import RegisterRow
from assistant.statute.calendar import UnknownCalendar, WorkingCalendar
from assistant.statute.deadlines import Application, Consultation, Deadline, deadline, due_date
from assistant.statute.outcome_rows import OPEN_ROW, match_outcome

OpenState = Literal["overdue", "open", "waiting_for_correction", "calendar_unknown"]


class OpenApplication(Frozen):
    """An application not answered yet. `days_left` are working days from today to the deadline (0: today is the last day; negative: overdue)."""

    locator: str
    number: str
    received: date
    state: OpenState
    due: date | None
    days_left: int | None
    deadline: Deadline


class LateReply(Frozen):
    """A reply given after the deadline, by `days_late` working days."""

    locator: str
    number: str
    received: date
    due: date
    answered: date
    days_late: int
    deadline: Deadline


def application_of(row: RegisterRow) -> Application | None:
    """The dates of a row that decide its deadline; None without a date of receipt."""
    if row.received is None:
        return None
    asked = []
    if row.third_party_sent:
        asked.append(Consultation(kind="third_party", sent=row.third_party_sent, answered=row.third_party_answered))
    if row.organ_sent:
        asked.append(Consultation(kind="other_organ", sent=row.organ_sent, answered=row.organ_answered))
    return Application(
        received=row.received,
        correction_notice=row.correction_notice,
        corrected=row.corrected,
        extension_days=row.extended_by,
        extension_notice=row.extension_notice,
        consultations=tuple(asked),
    )


def is_open(row: RegisterRow) -> bool:
    """Whether the register shows the application as not settled yet."""
    return row.settled_on is None and (not row.outcome or match_outcome(row.outcome).row == OPEN_ROW)


def open_applications(rows: tuple[RegisterRow, ...], today: date, calendar: WorkingCalendar) -> tuple[OpenApplication, ...]:
    """Applications without an answer, most urgent first; those without a deadline last."""
    found = [_open(row, application, today, calendar) for row in rows if is_open(row) and (application := application_of(row))]
    return tuple(sorted(found, key=lambda item: (item.due or date.max, item.received, item.locator)))


def _open(row: RegisterRow, application: Application, today: date, calendar: WorkingCalendar) -> OpenApplication:
    found = deadline(application, calendar)
    state: OpenState = "overdue" if found.due is not None and found.due < today else "open" if found.state == "due" else found.state
    return OpenApplication(
        locator=row.locator,
        number=row.number,
        received=application.received,
        state=state,
        due=found.due,
        days_left=None if found.due is None else _days_left(today, found.due, calendar),
        deadline=found,
    )


def _days_left(today: date, due: date, calendar: WorkingCalendar) -> int | None:
    try:
        return calendar.between(today, due)
    except UnknownCalendar:
        return None


def late_replies(rows: tuple[RegisterRow, ...], calendar: WorkingCalendar) -> tuple[tuple[LateReply, ...], tuple[str, ...]]:
    """Replies given too late, latest first, and the locators of answered rows whose deadline cannot be computed."""
    due: Callable[[Application], date | None] = cache(lambda application: _due_or_none(application, calendar))
    explained: Callable[[Application], Deadline] = cache(lambda application: deadline(application, calendar))
    late, unknown = [], []
    for row in rows:
        answered, application = row.answered_on, application_of(row)
        if answered is None or application is None:
            continue
        latest = due(application)
        if latest is None:
            unknown.append(row.locator)
        elif answered > latest:
            days = _days_left(latest, answered, calendar) or 0
            late.append(
                LateReply(
                    locator=row.locator,
                    number=row.number,
                    received=application.received,
                    due=latest,
                    answered=answered,
                    days_late=days,
                    deadline=explained(application),
                )
            )
    return tuple(sorted(late, key=lambda item: (-item.days_late, item.locator))), tuple(unknown)


def _due_or_none(application: Application, calendar: WorkingCalendar) -> date | None:
    """The deadline; None while a correction is awaited and for years without a calendar."""
    try:
        return due_date(application, calendar)
    except UnknownCalendar:
        return None
