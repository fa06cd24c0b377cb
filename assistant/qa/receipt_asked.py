"""The day that counts by the way something came or went: art. 31 for applications, 〔2016〕235号 四 for replies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from assistant.domain.finding import Basis
from assistant.qa.triggers import WaySign, says, triggers
from assistant.statute.counting import chinese_date
from assistant.statute.receipt import DeliveryWay, ReceiptWay, Settled, receipt_date, reply_date


@dataclass(frozen=True)
class Counted:
    """The day that counts, the steps that led to it, and the articles; no steps when the question names no way."""

    day: date
    steps: tuple[str, ...] = ()
    basis: tuple[Basis, ...] = ()


def received_on(question: str, by_event: Mapping[str, date]) -> Counted | None:
    """When the application counts as received; None when the question has no day of its arrival. A day that does not decide under
    art. 31 is used only where the deciding one is not given, and the steps say so."""
    stated = next((by_event[event] for event in ("confirmed", "signed", "submitted", "") if event in by_event), None)
    way = _way(triggers().receipt, question)
    if stated is None or not way:
        return Counted(stated) if stated else None
    submitted = by_event.get("submitted", by_event.get("signed") if way == "in_person" else None)
    settled = receipt_date(cast(ReceiptWay, way), submitted=submitted, signed=by_event.get("signed"), confirmed=by_event.get("confirmed"))
    return _counted(settled, stated)


def replied_on(question: str, by_event: Mapping[str, date]) -> Counted | None:
    """The day that decides whether a reply was in time; None when the question has no reply."""
    replied = by_event.get("replied")
    way = _way(triggers().delivery, question)
    if replied is None or not way:
        return Counted(replied) if replied else None
    return _counted(reply_date(cast(DeliveryWay, way), signed=by_event.get("reply_signed"), posted=replied), replied)


def _counted(settled: Settled, stated: date) -> Counted:
    assumed = () if settled.day else (f"暂按所给的{chinese_date(stated)}推算。",)
    return Counted(settled.day or stated, (*settled.steps, *assumed), settled.basis)


def _way(signs: tuple[WaySign, ...], question: str) -> str:
    return next((sign.way for sign in signs if says(sign.say, question)), "")
