"""The days of a case, and which of them count by the way something came or went: art. 31 for applications, 〔2016〕235号 四 for replies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

from assistant.domain.finding import Basis
from assistant.qa.dates_asked import Reading
from assistant.qa.triggers import WaySign, says, triggers
from assistant.statute.counting import chinese_date
from assistant.statute.receipt import DeliveryWay, ReceiptWay, Settled, receipt_date, reply_date

_ARRIVAL = ("confirmed", "signed", "submitted", "")
_REPLY = {"replied", "reply_signed"}


@dataclass(frozen=True)
class Case:
    """A question and the days that it names."""

    question: str
    reading: Reading

    def day(self, event: str) -> date | None:
        """The first day on which this happened."""
        return next((one.day for one in self.reading.days if one.event == event), None)

    @property
    def events(self) -> set[str]:
        """Everything that happened."""
        return {one.event for one in self.reading.days}

    def said_of(self, events: set[str]) -> str:
        """The clauses of these events."""
        return ",".join(one.said for one in self.reading.days if one.event in events)

    def without(self, events: set[str]) -> str:
        """The question without the clauses of these events."""
        text = self.question
        for one in self.reading.days:
            if one.event in events and one.said:
                for part in one.said.split(","):
                    text = text.replace(part, "")
        return text


@dataclass(frozen=True)
class Counted:
    """The day that counts, the steps that led to it, and the articles; no steps when the question names no way."""

    day: date
    steps: tuple[str, ...] = ()
    basis: tuple[Basis, ...] = ()


def received_on(case: Case) -> Counted | None:
    """When the application counts as received; None when the question has no day of its arrival. A day that does not decide under
    art. 31 is used only where the deciding one is not given, and the steps say so."""
    stated = next((day for event in _ARRIVAL if (day := case.day(event))), None)
    way = _way(triggers().receipt, case.without(_REPLY))
    if stated is None or not way:
        return Counted(stated) if stated else None
    submitted = case.day("submitted") or (case.day("signed") if way == "in_person" else None)
    settled = receipt_date(cast(ReceiptWay, way), submitted=submitted, signed=case.day("signed"), confirmed=case.day("confirmed"))
    return _counted(settled, stated)


def replied_on(case: Case) -> Counted | None:
    """The day that decides whether a reply was in time; None when the question has no reply."""
    replied = case.day("replied")
    way = _way(triggers().reply_clause, case.said_of(_REPLY)) or _way(triggers().delivery, case.question)
    if replied is None or not way:
        return Counted(replied) if replied else None
    return _counted(reply_date(cast(DeliveryWay, way), signed=case.day("reply_signed"), posted=replied, sent=replied), replied)


def _counted(settled: Settled, stated: date) -> Counted:
    assumed = () if settled.day else (f"暂按所给的{chinese_date(stated)}推算。",)
    return Counted(settled.day or stated, (*settled.steps, *assumed), settled.basis)


def _way(signs: tuple[WaySign, ...], question: str) -> str:
    return next((sign.way for sign in signs if says(sign.say, question)), "")
