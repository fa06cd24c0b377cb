"""By when an application must be answered (条例 arts. 30, 32, 33, 34).

Twenty working days from the day after receipt; after a 补正 the period starts anew when the corrected application
arrives; the time in which third parties and other organs are consulted does not count; one extension of at most twenty
working days. Counting days never includes the day of the event itself.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from assistant.domain.base import Frozen
from assistant.domain.finding import Basis
from assistant.statute.basis import cite_all
from assistant.statute.calendar import UnknownCalendar, WorkingCalendar
from assistant.statute.counting import chinese_date, counting_steps
from assistant.statute.terms import terms

ConsultationKind = Literal["third_party", "co_producer", "other_organ"]
DeadlineState = Literal["due", "waiting_for_correction", "calendar_unknown"]

_KIND_NAMES = {"third_party": "第三方", "co_producer": "共同制作机关", "other_organ": "其他机关"}


class Consultation(Frozen):
    """Somebody was asked for an opinion. `delivered` starts the 15 working days to answer; `answered` is when the opinion came in."""

    kind: ConsultationKind
    sent: date
    delivered: date | None = None
    answered: date | None = None


class Application(Frozen):
    """The dates of one application that decide its deadline. `received` is the day of art. 31.

    `correction_notice` without `corrected` means that the applicant has not answered the 补正 notice yet.
    `extension_days` are working days (0: not extended); more than 20 count as 20, with a note. `consulted_days` are working days that
    opinions took where only their number is known; `consultations` those whose dates are.
    """

    received: date
    correction_notice: date | None = None
    corrected: date | None = None
    extension_days: int = 0
    extension_notice: date | None = None
    consultations: tuple[Consultation, ...] = ()
    consulted_days: int = 0


class Deadline(Frozen):
    """The last day to answer, or why there is none (yet). `counted_from` is the day of the event from which the period runs."""

    state: DeadlineState
    due: date | None
    counted_from: date
    original_due: date | None = None  # before the extension
    steps: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    basis: tuple[Basis, ...] = ()


def due_date(application: Application, calendar: WorkingCalendar) -> date | None:
    """The last day to answer without the explanation; None while a correction is awaited. Raises `UnknownCalendar`."""
    if _waits_for_correction(application):
        return None
    return _due(application, calendar)[1]


def deadline(application: Application, calendar: WorkingCalendar) -> Deadline:
    """The last day to answer, how it was counted, and the articles behind it. An unknown calendar year is a state, not an error."""
    start, notes = _start(application), _notes(application, calendar)
    if _waits_for_correction(application):
        step = f"{chinese_date(application.correction_notice or start)}已告知补正，收到补正的申请后重新起算答复期限。"
        return Deadline(
            state="waiting_for_correction",
            due=None,
            counted_from=start,
            steps=(step,),
            notes=notes,
            basis=cite_all(terms()["correction_notice"].basis),
        )
    try:
        original, due = _due(application, calendar)
        steps = _steps(application, original, due, calendar)
    except UnknownCalendar as unknown:
        return Deadline(
            state="calendar_unknown", due=None, counted_from=start, steps=(str(unknown),), notes=notes, basis=_basis(application)
        )
    return Deadline(state="due", due=due, counted_from=start, original_due=original, steps=steps, notes=notes, basis=_basis(application))


def _waits_for_correction(application: Application) -> bool:
    return application.correction_notice is not None and application.corrected is None


def _start(application: Application) -> date:
    return application.corrected if application.correction_notice and application.corrected else application.received


def _excluded(application: Application, calendar: WorkingCalendar) -> frozenset[date]:
    """Working days that do not count because an opinion was awaited: after sending, up to the answer or the end of its 15 working days."""
    return frozenset(
        day for item in application.consultations for day in calendar.working_days(item.sent, _consultation_end(item, calendar))
    )


def _consultation_end(item: Consultation, calendar: WorkingCalendar) -> date:
    if item.kind == "other_organ" and item.answered:
        return item.answered
    latest = calendar.add(item.delivered or item.sent, terms()["third_party"].days)
    return min(item.answered, latest) if item.answered else latest


def _due(application: Application, calendar: WorkingCalendar) -> tuple[date, date]:
    """(due before, due after the extension)."""
    start, excluded = _start(application), _excluded(application, calendar)
    days = terms()["reply"].days + application.consulted_days
    original = _add(start, days, excluded, calendar)
    extension = min(application.extension_days, terms()["extension"].days)
    return original, _add(start, days + extension, excluded, calendar) if extension else original


def _add(start: date, count: int, excluded: frozenset[date], calendar: WorkingCalendar) -> date:
    due = calendar.add(start, count)
    while excluded:
        longer = calendar.add(start, count + sum(start < day <= due for day in excluded))
        if longer == due:
            break
        due = longer
    return due


def _steps(application: Application, original: date, due: date, calendar: WorkingCalendar) -> tuple[str, ...]:
    start, excluded = _start(application), _excluded(application, calendar)
    event = "收到补正的申请之日" if start == application.corrected else "收到申请之日"
    steps = [f"答复期限为{terms()['reply'].days}个工作日，自{event}（{chinese_date(start)}）的次日起算。"]
    steps += [_consultation_step(item, calendar) for item in application.consultations]
    if application.consulted_days:
        steps.append(
            f"征求意见用去的{application.consulted_days}个工作日不计入答复期限，连同它们共数{terms()['reply'].days + application.consulted_days}个工作日。"
        )
    steps += counting_steps(start, original, calendar, excluded)
    steps.append(f"最迟应于{chinese_date(original)}答复申请人。")
    if due != original:
        extension = min(application.extension_days, terms()["extension"].days)
        steps.append(f"经批准延长{extension}个工作日，自{chinese_date(original)}的次日起算。")
        steps += counting_steps(original, due, calendar, excluded)
        steps.append(f"延长后最迟应于{chinese_date(due)}答复申请人。")
    return tuple(steps)


def _consultation_step(item: Consultation, calendar: WorkingCalendar) -> str:
    end = _consultation_end(item, calendar)
    days = calendar.between(item.sent, end)
    closing = "收到意见" if item.answered and item.answered <= end else "意见提出期限届满"
    return (
        f"征求{_KIND_NAMES[item.kind]}意见：{chinese_date(item.sent)}发出，{chinese_date(end)}{closing}，其间{days}个工作日不计入答复期限。"
    )


def _notes(application: Application, calendar: WorkingCalendar) -> tuple[str, ...]:
    notes = []
    if application.extension_days > terms()["extension"].days:
        notes.append(f"登记的延长期限为{application.extension_days}个工作日，超过法定上限，按{terms()['extension'].days}个工作日计算。")
    if any(item.answered is None and item.delivered is None for item in application.consultations):
        notes.append("有征求意见未填送达日期和收到意见日期，暂按发出之日起15个工作日计，待补充后重新推算。")
    if any(item.kind == "other_organ" and item.answered is None for item in application.consultations):
        notes.append("征求其他机关意见的时间不计入期限，条例未规定其答复时限，收到意见后应重新推算。")
    if application.correction_notice:
        notes += _late_correction(application, calendar)
    return tuple(notes)


def _late_correction(application: Application, calendar: WorkingCalendar) -> list[str]:
    notice = application.correction_notice
    try:
        latest = calendar.add(application.received, terms()["correction_notice"].days)
    except UnknownCalendar:
        return []
    late = notice is not None and notice > latest
    return [f"补正告知最迟应于{chinese_date(latest)}作出，实际为{chinese_date(notice)}，已逾期。"] if late and notice else []


def _basis(application: Application) -> tuple[Basis, ...]:
    cited = terms()["reply"].basis
    if application.corrected:
        cited += terms()["correction_notice"].basis
    if application.consulted_days:
        cited += terms()["third_party"].basis
    for item in application.consultations:
        cited += terms()["co_producer" if item.kind == "co_producer" else "third_party"].basis
    return cite_all(cited)
