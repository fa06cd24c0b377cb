"""Counting the list of normative documents and the register of decisions into 表二 of the 2021 form.

Source: 条例 art. 20 (1), (5), (6), (8); state at 31 December, all decisions counted whether published or not (〔2021〕30号 一（二）).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.domain.register import DecisionRow, NormativeRow, Register, RegisterDecisions
from assistant.statute.choices import Choice
from assistant.tables.decided import EXCLUDE, decided
from assistant.tables.tally import Tally, place_text

_YUAN_PER_UNIT = Decimal(10000)  # the form asks for 万元


def count_documents(register: Register, year: int, decisions: RegisterDecisions) -> Tally:
    """规章 and 行政规范性文件 issued and repealed in `year` and in force at its end. A list without a kind column holds 行政规范性文件."""
    tally = Tally()
    rows = [row for row in register.rows if isinstance(row, NormativeRow)]
    told = any(row.kind for row in rows)
    if rows and not told:
        tally.notes.append("文件清单没有类别列，全部按行政规范性文件统计。")
    plain = None if told else Choice(wording="", key="normative")
    left_out = [row.locator for row in rows if not _count_document(row, plain, year, decisions, tally)]
    if left_out:
        tally.notes.append(f"按决定不计入表二：{place_text(left_out)}。")
    return tally


def _count_document(row: NormativeRow, plain: Choice | None, year: int, decisions: RegisterDecisions, tally: Tally) -> bool:
    """Count a document, or remember what a person must decide; False when somebody decided to leave it out. `plain` is the kind of a
    list that has no column for it."""
    kind = plain or decided("normative_kind", row.kind, row.locator, decisions)
    if EXCLUDE in (kind.key, decisions.rows.get(row.locator)):
        return False
    if kind.key is None:
        tally.unknown("wording", "normative_kind", (row.kind, f"文件类别“{row.kind}”：{kind.why}"), row.locator, ("rules", "normative"))
        return True
    unread = next(iter(row.unread), None)
    if row.issued is None or unread:
        written = unread[1] if unread else ""
        tally.undecided("date", (written, f"日期“{written}”无法识别" if written else "没有填写印发日期"), row.locator)
    elif row.issued.year <= year and (ended := _ended(row, year, decisions, tally)) is not None:
        for column in _document_columns(row.issued.year == year, ended):
            tally.add(f"t2.{kind.key}.{column}", row.locator)
    return True


def _ended(row: NormativeRow, year: int, decisions: RegisterDecisions, tally: Tally) -> str | None:
    """`in_force` at the end of the year, `repealed` in it, or `repealed_earlier`; None when a person must decide."""
    if row.repealed is not None:
        return "in_force" if row.repealed.year > year else "repealed" if row.repealed.year == year else "repealed_earlier"
    if not row.status:
        return "in_force"
    by_row = decisions.rows.get(f"{row.locator}#normative_status")
    status = decided("normative_status", row.status, row.locator, decisions).key
    if by_row or status == "in_force":
        return by_row or status
    if status == "repealed":
        candidates = ("in_force", "repealed", "repealed_earlier")
        tally.undecided("date", (row.status, "状态为废止或失效，没有废止日期"), row.locator, candidates, "normative_status")
        return None
    why = decided("normative_status", row.status, row.locator, decisions).why
    what = f"状态“{row.status}”：{why or '不能确定年底是否有效'}"
    tally.unknown("wording", "normative_status", (row.status, what), row.locator, ("in_force", "repealed"))
    return None


def _document_columns(issued_this_year: bool, ended: str) -> Iterator[str]:
    if issued_this_year:
        yield "issued"
    if ended in ("repealed", "in_force"):
        yield ended


def count_decisions(register: Register, year: int, decisions: RegisterDecisions) -> Tally:
    """行政许可, 行政处罚, 行政强制 decided in `year`, and 行政事业性收费 of the year in 万元. Lines without a date count as the year's."""
    tally = Tally()
    rows = [row for row in register.rows if isinstance(row, DecisionRow)]
    listed = any(row.items is not None for row in rows)
    if rows and not any(row.decided for row in rows):
        tally.notes.append(f"决定台账没有决定日期，全部按{year}年统计。")
    of_year = [row for row in rows if row.decided is None or row.decided.year == year]
    outside = [row.locator for row in rows if row.decided is not None and row.decided.year != year]
    left_out = [row.locator for row in of_year if not _count_decision(row, listed, decisions, tally)]
    if outside:
        tally.notes.append(f"不在{year}年的决定，未计入表二：{place_text(outside)}。")
    if left_out:
        tally.notes.append(f"按决定不计入表二：{place_text(left_out)}。")
    return tally


def _count_decision(row: DecisionRow, listed: bool, decisions: RegisterDecisions, tally: Tally) -> bool:
    """Count a line, or remember what a person must decide; False when somebody decided to leave it out. A line is one decision unless
    numbers are `listed`."""
    kind = decided("decision_kind", row.kind, row.locator, decisions)
    unread = next(iter(row.unread), None)
    if EXCLUDE in (kind.key, decisions.rows.get(row.locator)):
        return False
    if unread:
        tally.undecided("date", (unread[1], f"“{unread[1]}”无法识别"), row.locator)
    elif kind.key is None:
        tally.unknown("wording", "decision_kind", (row.kind, f"决定类别“{row.kind}”：{kind.why}"), row.locator, kind.candidates)
    elif kind.key == "fees" and row.amount is None:
        tally.undecided("date", (row.kind, "收费没有填写金额"), row.locator)
    elif kind.key == "fees":
        tally.add("t2.fees.amount", row.locator, (row.amount or Decimal(0)) / _YUAN_PER_UNIT)
    elif row.items is None and listed:
        tally.undecided("date", (row.kind, "没有填写件数"), row.locator)
    else:
        tally.add(f"t2.{kind.key}.decisions", row.locator, 1 if row.items is None else row.items)
    return True
