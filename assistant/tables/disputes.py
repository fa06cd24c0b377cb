"""Counting the register of reconsiderations and court cases into 表四.

A case counts in the year in which it was concluded, and in every year at whose end it is pending. Cases in which the organ is
sued together only as reconsideration organ are left out (国办公开办函〔2016〕201号; 〔2021〕30号 一（四）).
"""

from __future__ import annotations

from datetime import date

from assistant.domain.register import DisputeRow, Register, RegisterDecisions
from assistant.statute.choices import Choice, ListId, choose
from assistant.tables.tally import Tally, place_text

_PENDING = "pending"


def count_disputes(register: Register, year: int, decisions: RegisterDecisions) -> Tally:
    """The cells of 表四 (no totals) counted from the register for `year`."""
    tally = Tally()
    left_out: dict[str, list[str]] = {}
    for row in register.rows:
        if isinstance(row, DisputeRow):
            reason = _outside(row, year, decisions)
            if reason:
                left_out.setdefault(reason, []).append(row.locator)
            else:
                _count(row, year, decisions, tally)
    tally.notes += [f"{reason}，未计入表四：{place_text(rows)}。" for reason, rows in left_out.items()]
    return tally


def _outside(row: DisputeRow, year: int, decisions: RegisterDecisions) -> str | None:
    if decisions.rows.get(row.locator) == "exclude":
        return "按决定不计入"
    if row.accepted is not None and row.accepted.year > year:
        return f"{row.accepted.year}年的案件"
    if row.concluded is not None and row.concluded.year < year:
        return f"{row.concluded.year}年已审结的案件"
    role = choose("role", row.role) if row.role else None
    return "本机关仅作为复议机关成为共同被告的案件" if role and role.key == "codefendant" else None


def _count(row: DisputeRow, year: int, decisions: RegisterDecisions, tally: Tally) -> None:
    if any(field in ("accepted", "concluded") for field, _ in row.unread):
        text = next(text for field, text in row.unread if field in ("accepted", "concluded"))
        tally.undecided("date", text, f"日期“{text}”无法识别", row.locator)
        return
    procedure = _decided("procedure", row.procedure, decisions)
    if procedure.key is None:
        tally.undecided("wording", row.procedure, f"案件类型“{row.procedure}”：{procedure.why}", row.locator, procedure.candidates)
        return
    result = _result(row, year, decisions)
    if result.key is None:
        tally.undecided("wording", row.result, f"结果“{row.result}”：{result.why}", row.locator, result.candidates)
        return
    tally.add(f"t4.{procedure.key}.{result.key}", row.locator)


def _result(row: DisputeRow, year: int, decisions: RegisterDecisions) -> Choice:
    open_at_year_end = row.concluded is None or row.concluded > date(year, 12, 31)
    if open_at_year_end and (not row.result or row.concluded is not None):
        return Choice(wording=row.result, key=_PENDING)
    found = _decided("result", row.result, decisions)
    if row.concluded is not None and found.key == _PENDING:
        return Choice(wording=row.result, key=None, why="有审结日期，结果却是尚未审结。")
    return found


def _decided(list_id: ListId, wording: str, decisions: RegisterDecisions) -> Choice:
    key = decisions.wordings.get(wording)
    return Choice(wording=wording, key=key) if key else choose(list_id, wording)
