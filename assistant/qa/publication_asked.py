"""Who must hand in and publish which annual report by when, as a question asks for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from assistant.domain.finding import Basis
from assistant.qa.triggers import says, triggers
from assistant.statute.publication import BodyKind, bodies_named, publication_deadline

_REPORT = r"(?:年报|年度报告|工作报告|汇总|全县|全市|全省)"
_YEAR = re.compile(rf"(20\d\d)年?(?:度|(?:的)?[^,，交报送发布要应该得月]{{0,8}}{_REPORT})")
_NAMED_YEAR = re.compile(
    rf"(?P<word>[今本去上前]年)度?(?:的)?[^,，交报送发布要应该得月]{{0,8}}{_REPORT}|(?P<next>明年).{{0,10}}(?:交|报|发|公布|公开|挂)"
)
_BACK = {"去年": 1, "上年": 1, "前年": 2}
_SEASON = 3  # months in which `今年的年报` means the report that is published then
_PLACE = re.compile(r"(?:省|市|县|区|州)(?=[一-鿿]{1,6}(?:局|厅|委员会|委))")  # whose department it is, not a body of its own
_SINGLE = {"department", "township", "vertical_office"}


@dataclass(frozen=True)
class Publication:
    """The last day in words, the steps, and the articles."""

    value: str
    steps: tuple[str, ...]
    basis: tuple[Basis, ...]


def work_out_publication(question: str, today: date) -> Publication | None:
    """The last day on which the body that a folded question names publishes its report; None when it asks for none or names no single body."""
    signs = triggers().publication
    if not says(signs.about, question) or not says(signs.wants, question):
        return None
    body = _summarising(bodies_named(_PLACE.sub("", question)), question)
    if body is None:
        return None
    year, reading = _report_year(question, body, today)
    due = publication_deadline(body, year)
    value = f"{year}年度报告最迟{due.due.year}年{due.due.month}月{due.due.day}日"
    return Publication(value, (*reading, *due.steps), due.basis if body in _SINGLE else tuple(reversed(due.basis)))


def _report_year(question: str, body: BodyKind, today: date) -> tuple[int, tuple[str, ...]]:
    """The report year that is asked about, and how it was read where the question does not print it."""
    if stated := _YEAR.search(question):
        return int(stated[1]), ()
    named = _NAMED_YEAR.search(question)
    if named and named["word"] in _BACK:
        year = today.year - _BACK[named["word"]]
    elif named and named["word"]:
        year = today.year - 1 if today.month <= _SEASON else today.year
    elif named:
        year = today.year
    else:
        year = today.year - 1 if publication_deadline(body, today.year - 1).due >= today else today.year
    said = f"“{named[0]}”" if named else "没有写年度，"
    return year, (f"{said}按{year}年度报告（{year + 1}年公布）理解。",)


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
