"""The deadline that follows from the days of a question and what happened on each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from assistant.domain.finding import Basis
from assistant.qa.dates_asked import read_days
from assistant.qa.receipt_asked import Case, Counted, received_on, replied_on
from assistant.qa.triggers import Clause, says, triggers
from assistant.statute.basis import cite
from assistant.statute.calendar import WorkingCalendar, official_calendar
from assistant.statute.counting import chinese_date, counting_steps
from assistant.statute.deadlines import Application, Consultation, Deadline, deadline, due_date
from assistant.statute.terms import TermId, term_deadline, terms
from assistant.text.numerals import Numeral, lex

_WHOLE = re.compile(r"[，。；？！,;?!]")
_OWN_TERMS: tuple[tuple[str, TermId], ...] = (
    ("co_producer_served", "co_producer"),
    ("third_party_served", "third_party"),
    ("fee_notice", "payment"),
)


@dataclass(frozen=True)
class DayResult:
    """What was worked out: one line per result, the steps, and the articles."""

    values: tuple[str, ...]
    steps: tuple[str, ...]
    basis: tuple[Basis, ...]


def told(before: str, after: str, previous: str) -> tuple[str, str]:
    """What happened on a day and the words of its clause: from the rest of the day's own clause, else from the words before it."""
    first, behind = _WHOLE.split(before)[-1], _WHOLE.split(after)
    clause = Clause(own=first + behind[0], wider=first + ",".join(behind[:2]), before=before, behind=behind[0], previous=previous)
    for text in (clause.own, clause.wider, clause.before):
        for sign in triggers().events:
            if sign.fits(text, clause):
                return sign.event, clause.own
    return "", clause.own


def work_out(question: str, today: date, calendar: WorkingCalendar | None = None) -> DayResult | None:
    """The deadline that a question with dates asks for, by the official calendar unless another is given; None when it asks for none.
    Raises `UnknownCalendar`."""
    signs, calendar = triggers(), calendar or official_calendar()
    elapsed, year = says(signs.asks_elapsed, question), says(signs.asks_year, question)
    if not elapsed and not year and not says(signs.asks_day, question):
        return None
    reading = read_days(question, today, told)
    case = Case(question, reading)
    if not reading.days:
        return None
    found = (
        (year and _counted_in(case))
        or (elapsed and _elapsed(case, calendar))
        or (says(signs.asks_day, question) and _due(case, calendar))
        or None
    )
    return found and DayResult(found.values, (*reading.notes, *found.steps), found.basis)


def _counted_in(case: Case) -> DayResult | None:
    """The year whose report counts an application as new: that of its receipt, whenever it is opened or answered."""
    received = received_on(case)
    if received is None or _other_matter(case):
        return None
    year = received.day.year
    steps = (*received.steps, f"收到之日为{chinese_date(received.day)}；年报统计当年1月1日至12月31日收到的申请，与何时登记、答复无关。")
    value = f"计入{year}年度报告的“本年新收”；年底前没有办结的，同时填“结转下年度继续办理”"
    return DayResult((value,), steps, (cite("format-2021 附件模板三"), *(received.basis or (cite("regulation 第三十一条"),))))


def _due(case: Case, calendar: WorkingCalendar) -> DayResult | None:
    """The last day of the period that the days of a case start."""
    own = _own_term(case, calendar)
    received = received_on(case)
    if own and (received is None or not case.day("consultation_answered")):
        return own
    if received is None and not case.day("corrected"):
        return None
    return None if _other_matter(case) else _application(case, received, calendar)


def _own_term(case: Case, calendar: WorkingCalendar) -> DayResult | None:
    """The period of somebody else than the organ that answers: who is asked for an opinion, who pays; or that of proactive disclosure."""
    for event, term in _OWN_TERMS:
        if day := case.day(event):
            return _term(term, day, calendar)
    formed = case.day("formed") or _came_about(case)
    return _term("proactive", formed, calendar) if formed and says(triggers().proactive, case.question) else None


def _came_about(case: Case) -> date | None:
    """The one day that a question about publishing a document names, whatever is said to have been done with it on that day."""
    signs, days = triggers(), case.reading.days
    about_document = says(signs.documents, case.question) and not says(f"{signs.no_application}|申请|答复|回复|补正", case.question)
    return days[0].day if len(days) == 1 and about_document else None


def _elapsed(case: Case, calendar: WorkingCalendar) -> DayResult | None:
    """How many working days lie between two days of a case, or between receipt and the day on which it is asked."""
    first, received = case.reading.days[0].day, received_on(case)
    start = received.day if received else first
    later = [one.day for one in case.reading.days if one.day > start]
    end = later[-1] if later else case.reading.today
    if end <= start:
        return None
    count = calendar.between(start, end)
    values, steps = [f"{chinese_date(start)}之后到{chinese_date(end)}共{count}个工作日"], list(counting_steps(start, end, calendar))
    basis = received.basis if received else ()
    if received and not _other_matter(case):
        reply = term_deadline("reply", start, calendar)
        left = calendar.between(end, reply.due)
        values.append(f"答复期限{chinese_date(reply.due)}届满，{f'还剩{left}个工作日' if left >= 0 else f'已超过{-left}个工作日'}")
        steps, basis = [*(received.steps), *steps], (*reply.basis, *basis)
    return DayResult(tuple(values), tuple(dict.fromkeys(steps)), tuple(dict.fromkeys(basis)))


def _other_matter(case: Case) -> bool:
    """Whether the dates belong to something else than an application: a contract, a summons, or nothing that the question names."""
    signs = triggers()
    if says("申请|答复", case.question):
        return False
    return says(signs.no_application, case.question) or (case.events == {""} and not says(signs.application, case.question))


def _term(term: TermId, start: date, calendar: WorkingCalendar) -> DayResult:
    counted = term_deadline(term, start, calendar)
    return DayResult((f"{terms()[term].title}最迟{chinese_date(counted.due)}",), counted.steps, counted.basis)


def _application(case: Case, arrived: Counted | None, calendar: WorkingCalendar) -> DayResult:
    signs, question, received = triggers(), case.question, arrived.day if arrived else None
    values: list[str] = []
    steps: list[str] = list(arrived.steps) if arrived else []
    basis: list[Basis] = []
    corrected = case.day("corrected")
    if received and says(signs.correction, question) and _wants_notice(question, corrected):
        notice: TermId = "correction_notice"
        counted = term_deadline(notice, received, calendar)
        values.append(f"补正告知最迟{chinese_date(counted.due)}")
        steps += counted.steps
        basis += counted.basis
    if corrected or not values:
        facts = _facts(case, received)
        due_date(facts, calendar)  # raises for a year without calendar
        settled = deadline(facts, calendar)
        replied = replied_on(case)
        values += _reply_values(settled, replied.day if replied else None, case.day("unanswered"))
        steps += [*settled.steps, *settled.notes, *(replied.steps if replied else ())]
        basis += settled.basis
    basis += arrived.basis if arrived else ()
    return DayResult(tuple(values), tuple(dict.fromkeys(steps)), tuple(dict.fromkeys(basis)))


def _wants_notice(question: str, corrected: date | None) -> bool:
    """Whether the day of the 补正 notice is asked for: always when the correction has not come in."""
    return corrected is None or says(
        r"(?:通知|告知|补正).{0,8}(?:最迟|最晚|哪天|哪一天|什么时候|几号|何时)|(?:最迟|最晚|哪天|几号|什么时候).{0,8}(?:通知|告知|补正)",
        question,
    )


def _facts(case: Case, received: date | None) -> Application:
    signs, question = triggers(), case.question
    corrected = case.day("corrected")
    start = received or corrected
    assert start is not None
    extended = says(signs.extension, question) and not says(signs.no_extension, question)
    sent, served = case.day("consultation_sent"), case.day("third_party_served")
    consultations: tuple[Consultation, ...] = ()
    if asked := sent or served:
        consultations = (Consultation(kind="third_party", sent=asked, delivered=served, answered=case.day("consultation_answered")),)
    return Application(
        received=start,
        correction_notice=case.day("notice_sent") or (start if corrected else None),
        corrected=corrected,
        extension_days=_extension_days(question) if extended else 0,
        consultations=consultations,
        consulted_days=0 if consultations else _consulted_days(question),
    )


def _consulted_days(question: str) -> int:
    """Working days that asking for opinions took, where the question gives their number instead of dates: in a clause about it, or in the
    one behind that tells what it took."""
    signs, days, opinions = triggers(), 0, False
    for clause in _WHOLE.split(question):
        before, opinions = opinions, says(signs.consulted, clause)
        if opinions or (before and says(signs.took, clause)):
            days += sum(int(one.value) for one in lex(clause) if one.value is not None and _used(one, clause))
    return days


def _used(numeral: Numeral, clause: str) -> bool:
    """Whether a number of working days tells what was used, not what is allowed or added."""
    workdays = numeral.unit in {"个工作日", "工作日"}
    return workdays and not says(triggers().limit, clause[numeral.end :]) and not says(triggers().extension, clause[: numeral.start][-6:])


def _extension_days(question: str) -> int:
    """Working days of the extension: as stated, else all that the law allows."""
    allowed = terms()["extension"].days
    for numeral in lex(question):
        near = question[max(0, numeral.start - 6) : numeral.start]
        if (
            numeral.value is not None
            and says(triggers().extension + "|延", near)
            and question[numeral.end - 1 : numeral.end + 4].find("日") >= 0
        ):
            return int(numeral.value)
    return allowed


def _reply_values(settled: Deadline, replied: date | None, unanswered: date | None) -> list[str]:
    if settled.due is None:
        return [settled.steps[0]] if settled.steps else []
    values = []
    if settled.original_due and settled.original_due != settled.due:
        values.append(f"不延期最迟{chinese_date(settled.original_due)}答复")
        values.append(f"延期后最迟{chinese_date(settled.due)}答复")
    else:
        values.append(f"最迟{chinese_date(settled.due)}答复")
    for day, state in ((replied, "答复"), (unanswered, "还没有答复")):
        if day:
            values.append(f"{chinese_date(day)}{state}，{'已超过期限' if day > settled.due else '没有超过期限'}")
    return values
