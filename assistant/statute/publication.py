"""Who must hand in and publish the annual report by when (条例 art. 49; 国办公开办函〔2021〕30号 二)."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Literal

from pydantic import TypeAdapter

from assistant.domain.base import Frozen
from assistant.domain.finding import Basis
from assistant.statute.basis import cite_all, load_data
from assistant.statute.counting import chinese_date

BodyKind = Literal["department", "township", "vertical_office", "county", "prefecture", "province", "vertical_system"]


class Duty(Frozen):
    """What one kind of body owes: the last day in the year after the report year, to whom, and what the report covers."""

    title: str
    aliases: tuple[str, ...]
    month: int
    day: int
    submit_to: str
    publish: bool
    scope: str
    basis: tuple[str, ...]


class PublicationDeadline(Frozen):
    """The last day on which a body hands in and publishes its report for `report_year`."""

    body: BodyKind
    report_year: int
    due: date
    submit_to: str
    steps: tuple[str, ...]
    basis: tuple[Basis, ...]


@cache
def duties() -> dict[BodyKind, Duty]:
    """All duties by kind of body."""
    return TypeAdapter(dict[BodyKind, Duty]).validate_python(load_data("publication.yaml"), strict=False)


def publication_deadline(body: BodyKind, report_year: int) -> PublicationDeadline:
    """By when a body of this kind must have handed in and published its report for `report_year`."""
    duty = duties()[body]
    due = date(report_year + 1, duty.month, duty.day)
    steps = (
        f"{duty.title}：{report_year}年度报告，范围为{duty.scope}。",
        f"最迟应于{chinese_date(due)}前向{duty.submit_to}提交并向社会公布。",
        "地方可以规定更早的时间；遇休息日，文件没有顺延的规定。",
    )
    return PublicationDeadline(
        body=body, report_year=report_year, due=due, submit_to=duty.submit_to, steps=steps, basis=cite_all(duty.basis)
    )


def bodies_named(text: str) -> tuple[BodyKind, ...]:
    """The kinds of body that `text` names, longest name first; several when the text is ambiguous, none when it names nobody."""
    hits = [(len(alias), body) for body, duty in duties().items() for alias in duty.aliases if alias in text]
    longest = max((size for size, _ in hits), default=0)
    return tuple(dict.fromkeys(body for size, body in hits if size == longest))
