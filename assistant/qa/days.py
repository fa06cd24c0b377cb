"""Dates in a question with what happened on each, and the deadline that follows from them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from assistant.domain.finding import Basis
from assistant.qa.receipt_asked import Counted, received_on, replied_on
from assistant.qa.triggers import says, triggers
from assistant.statute.calendar import WorkingCalendar, official_calendar
from assistant.statute.counting import chinese_date
from assistant.statute.deadlines import Application, Consultation, Deadline, deadline, due_date
from assistant.statute.terms import TermId, term_deadline, terms
from assistant.text.dates import find_dates
from assistant.text.numerals import lex

_WHOLE = re.compile(r"[，。；？！,;?!]")
_YEARS = {"前年": -2, "去年": -1, "上年": -1, "今年": 0, "本年": 0, "明年": 1}
_RELATIVE = re.compile(rf"({'|'.join(_YEARS)})的?(?=[0-9一二三四五六七八九十]{{1,2}}月)")
_SHORT_YEAR = re.compile(r"(?<!\d)(2\d)年(?=\d{1,2}月)")
_SLASHED = re.compile(r"(?<![\d/.])(1[0-2]|0?[1-9])/(3[01]|[12]\d|0?[1-9])(?![\d/])")
_PACKED = re.compile(r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])([0-3]\d)(?!\d)")
_BARE_DAY = re.compile(
    r"(?<![\d月年第.\-])(?P<day>3[01]|[12]\d|0?[1-9])[日号](?!令|文|函|解释|通知|办法|公告|楼|线|路|院|门(?!卫|岗|房|口))"
)
_SAME_MONTH = re.compile(r"(?P<month>(?:1[0-2]|[1-9])月)(?P<between>(?:(?!月).)*?)(?:当|同|本)月(?=[0-3]?\d[日号])")


@dataclass(frozen=True)
class Event:
    """Something that happened on a day; `event` is a key of `data/calculators.yaml`, empty when the words do not tell."""

    event: str
    day: date


@dataclass(frozen=True)
class DayResult:
    """What was worked out: one line per result, the steps, and the articles."""

    values: tuple[str, ...]
    steps: tuple[str, ...]
    basis: tuple[Basis, ...]


def events(question: str, default_year: int) -> tuple[Event, ...]:
    """The full dates of a question with what happened on them. A date without year takes the year of the one before it, else `default_year`."""
    question = _spelled_out(question, default_year)
    found: list[Event] = []
    year = default_year
    dates = [
        one
        for one in find_dates(question)
        if one.month and one.day and one.exists and not says(triggers().not_counted, question[one.end :])
    ]
    for place, one in enumerate(dates):
        year = one.year or year
        assert one.month
        assert one.day
        left = dates[place - 1].end if place else 0
        right = dates[place + 1].start if place + 1 < len(dates) else len(question)
        found.append(Event(_event(question[left : one.start], question[one.end : right]), date(year, one.month, one.day)))
    return tuple(found)


def _spelled_out(question: str, year: int) -> str:
    """The dates of a question in full: `今年3月2日`, `25年3月2日`, `3/2`, `20250302`, and after a date `当月5日`, `13号` and `,当天`."""
    text = _RELATIVE.sub(lambda found: f"{year + _YEARS[found[1]]}年", question)
    text = _SLASHED.sub(r"\1月\2日", _PACKED.sub(r"\1年\2月\3日", _SHORT_YEAR.sub(r"20\1年", text)))
    return _same_day(_bare_days(_SAME_MONTH.sub(r"\g<month>\g<between>\g<month>", text)))


def _bare_days(text: str) -> str:
    """`13号` after a date with a month is a day of that month."""
    dates = [one for one in find_dates(text) if one.month and one.day and one.exists]
    for found in reversed(list(_BARE_DAY.finditer(text))):
        before = [one for one in dates if one.end <= found.start()]
        if before and not any(one.start <= found.start() < one.end for one in dates):
            text = f"{text[: found.start()]}{before[-1].month}月{text[found.start() :]}"
    return text


def _same_day(text: str) -> str:
    """`,当天…` as the date before it."""
    for found in reversed(list(re.finditer(triggers().same_day, text))):
        before = [one for one in find_dates(text) if one.end <= found.start() and one.month and one.day]
        if before:
            text = f"{text[: found.start()]}{found['pause']}{before[-1].month}月{before[-1].day}日{text[found.end() :]}"
    return text


def _event(before: str, after: str) -> str:
    """What happened, from the rest of the date's own clause, else from the words before it."""
    own = _WHOLE.split(before)[-1] + _WHOLE.split(after)[0]
    wider = _WHOLE.split(before)[-1] + ",".join(_WHOLE.split(after)[:2])
    for text in (own, wider, before):
        for sign in triggers().events:
            if sign.fits(text):
                return sign.event
    return ""


def work_out(question: str, today: date, calendar: WorkingCalendar | None = None) -> DayResult | None:
    """The deadline that a question with dates asks for, by the official calendar unless another is given; None when it asks for none.
    Raises `UnknownCalendar`."""
    signs, calendar = triggers(), calendar or official_calendar()
    found = events(question, today.year)
    if not found or not says(signs.asks_day, question):
        return None
    by_event: dict[str, date] = {}
    for one in found:
        by_event.setdefault(one.event, one.day)
    for event, term in (("co_producer_served", "co_producer"), ("third_party_served", "third_party"), ("fee_notice", "payment")):
        if event in by_event:
            return _term(term, by_event[event], calendar)
    if "formed" in by_event and says(signs.proactive, question):
        return _term("proactive", by_event["formed"], calendar)
    received = received_on(question, by_event)
    if received is None and "corrected" not in by_event:
        return None
    if _other_matter(question, by_event):
        return None
    return _application(question, received, by_event, calendar)


def _other_matter(question: str, by_event: dict[str, date]) -> bool:
    """Whether the dates belong to something else than an application: a contract, a summons, or nothing that the question names."""
    signs = triggers()
    if says("申请|答复", question):
        return False
    return says(signs.no_application, question) or (set(by_event) == {""} and not says(signs.application, question))


def _term(term: str, start: date, calendar: WorkingCalendar) -> DayResult:
    counted = term_deadline(term, start, calendar)  # type: ignore[arg-type]
    return DayResult((f"{terms()[term].title}最迟{chinese_date(counted.due)}",), counted.steps, counted.basis)


def _application(question: str, arrived: Counted | None, by_event: dict[str, date], calendar: WorkingCalendar) -> DayResult:
    signs, received = triggers(), arrived.day if arrived else None
    values: list[str] = []
    steps: list[str] = list(arrived.steps) if arrived else []
    basis: list[Basis] = []
    corrected = by_event.get("corrected")
    if received and says(signs.correction, question) and _wants_notice(question, corrected):
        notice: TermId = "correction_notice"
        counted = term_deadline(notice, received, calendar)
        values.append(f"补正告知最迟{chinese_date(counted.due)}")
        steps += counted.steps
        basis += counted.basis
    if corrected or not values:
        facts = _facts(question, received, by_event)
        due_date(facts, calendar)  # raises for a year without calendar
        settled = deadline(facts, calendar)
        replied = replied_on(question, by_event)
        values += _reply_values(settled, replied.day if replied else None)
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


def _facts(question: str, received: date | None, by_event: dict[str, date]) -> Application:
    signs = triggers()
    corrected = by_event.get("corrected")
    start = received or corrected
    assert start is not None
    extended = says(signs.extension, question) and not says(signs.no_extension, question)
    consultations: tuple[Consultation, ...] = ()
    sent = by_event.get("consultation_sent")
    if sent:
        consultations = (Consultation(kind="third_party", sent=sent, answered=by_event.get("consultation_answered")),)
    return Application(
        received=start,
        correction_notice=by_event.get("notice_sent") or (start if corrected else None),
        corrected=corrected,
        extension_days=_extension_days(question) if extended else 0,
        consultations=consultations,
        consulted_days=0 if consultations else _consulted_days(question),
    )


def _consulted_days(question: str) -> int:
    """Working days that asking for opinions took, where the question gives their number instead of dates."""
    for clause in _WHOLE.split(question):
        if says(triggers().consulted, clause):
            for numeral in lex(clause):
                if (
                    numeral.value is not None
                    and numeral.unit in {"个工作日", "工作日"}
                    and says(triggers().took, clause[: numeral.start][-8:])
                ):
                    return int(numeral.value)
    return 0


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


def _reply_values(settled: Deadline, replied: date | None) -> list[str]:
    if settled.due is None:
        return [settled.steps[0]] if settled.steps else []
    values = []
    if settled.original_due and settled.original_due != settled.due:
        values.append(f"不延期最迟{chinese_date(settled.original_due)}答复")
        values.append(f"延期后最迟{chinese_date(settled.due)}答复")
    else:
        values.append(f"最迟{chinese_date(settled.due)}答复")
    if replied:
        late = replied > settled.due
        values.append(f"{chinese_date(replied)}答复，{'已超过期限' if late else '没有超过期限'}")
    return values
