"""When an application counts as received (art. 31) and a reply as given (art. 31 by analogy of delivery: 〔2016〕235号, items 四 and 五)."""

from __future__ import annotations

from datetime import date
from typing import Literal

from assistant.domain.base import Frozen
from assistant.domain.finding import Basis
from assistant.statute.basis import cite
from assistant.statute.counting import chinese_date

ReceiptWay = Literal["in_person", "registered_mail", "ordinary_mail", "internet", "fax"]
DeliveryWay = Literal["direct", "entrusted", "mail", "electronic"]

_DECISIVE: dict[ReceiptWay, tuple[str, str]] = {
    "in_person": ("submitted", "当面提交的，以提交之日为收到申请之日"),
    "registered_mail": ("signed", "以邮寄方式提交的，以行政机关签收之日为收到申请之日"),
    "ordinary_mail": ("confirmed", "以无需签收的邮寄方式提交的，应在收到当日与申请人确认，以确认之日为收到申请之日"),
    "internet": ("confirmed", "通过互联网提交的，以双方确认之日为收到申请之日"),
    "fax": ("confirmed", "通过传真提交的，以双方确认之日为收到申请之日"),
}
_EVENTS = {"submitted": "提交日期", "signed": "签收日期", "confirmed": "与申请人确认的日期"}


class Settled(Frozen):
    """A date settled by law, or None when the decisive event is not known; then the last step says what is missing."""

    day: date | None
    steps: tuple[str, ...]
    basis: tuple[Basis, ...]


def receipt_date(way: ReceiptWay, *, submitted: date | None = None, signed: date | None = None, confirmed: date | None = None) -> Settled:
    """The day on which an application counts as received, by the way it came in (条例 art. 31)."""
    event, rule = _DECISIVE[way]
    day = {"submitted": submitted, "signed": signed, "confirmed": confirmed}[event]
    outcome = f"收到申请之日为{chinese_date(day)}。" if day else f"缺少{_EVENTS[event]}，收到申请之日不能确定。"
    return Settled(day=day, steps=(f"{rule}。", outcome), basis=(cite("regulation 第三十一条"),))


def reply_date(way: DeliveryWay, *, signed: date | None = None, posted: date | None = None, sent: date | None = None) -> Settled:
    """The day that decides whether a reply was in time: signing when handed over, posting when mailed (〔2016〕235号 四、五)."""
    day, rule = {
        "direct": (signed, "直接送达的，以申请人签收之日为准"),
        "entrusted": (signed, "委托其他行政机关代为送达的，以申请人签收之日为准"),
        "mail": (posted, "邮寄送达的，以交邮之日为准"),
        "electronic": (sent, "以电子方式答复的，以发出之日为准（该解释未作规定，按发出日记）"),
    }[way]
    outcome = f"期限计算时点为{chinese_date(day)}。" if day else "缺少该日期，不能判断是否逾期。"
    return Settled(day=day, steps=(f"{rule}。", outcome), basis=(cite("delivery 四"),))
