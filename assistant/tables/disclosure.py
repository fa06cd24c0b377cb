"""Counting the list of normative documents and the register of decisions into 表二 of the 2021 form.

Source: 条例 art. 20 (1), (5), (6), (8); state at 31 December, all decisions counted whether published or not (〔2021〕30号 一（二）).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from assistant.domain.register import DecisionRow, NormativeRow, Register, RegisterDecisions
from assistant.statute.choices import Choice, ListId, choose
from assistant.tables.tally import Tally, place_text

_YUAN_PER_UNIT = Decimal(10000)  # the form asks for 万元


def count_documents(register: Register, year: int, decisions: RegisterDecisions) -> Tally:
    """规章 and 行政规范性文件 issued and repealed in `year` and in force at its end. A list without a kind column holds 行政规范性文件."""
    tally = Tally()
    rows = [row for row in register.rows if isinstance(row, NormativeRow)]
    if rows and not any(row.kind for row in rows):
        tally.notes.append("文件清单没有类别列，全部按行政规范性文件统计。")
    for row in rows:
        if decisions.rows.get(row.locator) != "exclude":
            _count_document(row, year, decisions, tally)
    return tally


def _count_document(row: NormativeRow, year: int, decisions: RegisterDecisions, tally: Tally) -> None:
    kind = _decided("normative_kind", row.kind, decisions) if row.kind else Choice(wording="", key="normative")
    if kind.key is None:
        tally.undecided("wording", row.kind, f"文件类别“{row.kind}”：{kind.why}", row.locator, ("rules", "normative"))
        return
    unread = next(iter(row.unread), None)
    if row.issued is None or unread:
        written = unread[1] if unread else ""
        tally.undecided("date", written, f"日期“{written}”无法识别" if written else "没有填写印发日期", row.locator)
        return
    if row.issued.year > year:
        return
    status = _decided("normative_status", row.status, decisions) if row.status else None
    if status and row.repealed is None and status.key != "in_force":
        why = "状态为废止或失效，没有废止日期" if status.key == "repealed" else f"状态“{row.status}”：{status.why or '不能确定年底是否有效'}"
        tally.undecided("wording", row.status, why, row.locator, ("in_force", "repealed"))
        return
    for column in _document_columns(row.issued, row.repealed, year):
        tally.add(f"t2.{kind.key}.{column}", row.locator)


def _document_columns(issued: date, repealed: date | None, year: int) -> Iterator[str]:
    if issued.year == year:
        yield "issued"
    if repealed is not None and repealed.year == year:
        yield "repealed"
    if repealed is None or repealed.year > year:
        yield "in_force"


def count_decisions(register: Register, year: int, decisions: RegisterDecisions) -> Tally:
    """行政许可, 行政处罚, 行政强制 decided in `year`, and 行政事业性收费 of the year in 万元. Lines without a date count as the year's."""
    tally = Tally()
    rows = [row for row in register.rows if isinstance(row, DecisionRow)]
    if rows and not any(row.decided for row in rows):
        tally.notes.append(f"决定台账没有决定日期，全部按{year}年统计。")
    outside = []
    for row in rows:
        if decisions.rows.get(row.locator) == "exclude" or (row.decided is not None and row.decided.year != year):
            outside.append(row.locator)
        else:
            _count_decision(row, decisions, tally)
    if outside:
        tally.notes.append(f"不在{year}年的决定，未计入表二：{place_text(outside)}。")
    return tally


def _count_decision(row: DecisionRow, decisions: RegisterDecisions, tally: Tally) -> None:
    kind = _decided("decision_kind", row.kind, decisions)
    unread = next(iter(row.unread), None)
    if unread:
        tally.undecided("date" if unread[0] == "decided" else "wording", unread[1], f"“{unread[1]}”无法识别", row.locator)
    elif kind.key is None:
        tally.undecided("wording", row.kind, f"决定类别“{row.kind}”：{kind.why}", row.locator, kind.candidates)
    elif kind.key == "fees":
        if row.amount is None:
            tally.undecided("wording", row.kind, "收费没有填写金额", row.locator)
        else:
            tally.add("t2.fees.amount", row.locator, row.amount / _YUAN_PER_UNIT)
    else:
        tally.add(f"t2.{kind.key}.decisions", row.locator, row.items)


def _decided(list_id: ListId, wording: str, decisions: RegisterDecisions) -> Choice:
    key = decisions.wordings.get(wording)
    return Choice(wording=wording, key=key) if key else choose(list_id, wording)
