"""Counting the register of reconsiderations and court cases into 表四.

A case counts in the year in which it was concluded, and in every year at whose end it is pending. Cases in which the organ is
sued together only as reconsideration organ are left out (国办公开办函〔2016〕201号; 〔2021〕30号 一（四）).
"""

from __future__ import annotations

from datetime import date

from assistant.domain.register import DisputeRow, Register, RegisterDecisions
from assistant.tables.decided import EXCLUDE, decided
from assistant.tables.tally import Tally, place_text

_PENDING = "pending"


def count_disputes(register: Register, year: int, decisions: RegisterDecisions) -> Tally:
    """The cells of 表四 (no totals) counted from the register for `year`."""
    tally = Tally()
    left_out: dict[str, list[str]] = {}
    for row in register.rows:
        if isinstance(row, DisputeRow):
            reason = _outside(row, year, decisions)
            cells = _cells(row, year, decisions, tally) if not reason else ()
            if reason or EXCLUDE in cells:
                left_out.setdefault(reason or "按决定不计入", []).append(row.locator)
            elif all(cells):
                tally.add(f"t4.{'.'.join(filter(None, cells))}", row.locator)
    tally.notes += [f"{reason}，未计入表四：{place_text(rows)}。" for reason, rows in left_out.items()]
    return tally


def _outside(row: DisputeRow, year: int, decisions: RegisterDecisions) -> str | None:
    if decisions.rows.get(row.locator) == EXCLUDE:
        return "按决定不计入"
    if row.accepted is not None and row.accepted.year > year:
        return f"{row.accepted.year}年的案件"
    if row.concluded is not None and row.concluded.year < year:
        return f"{row.concluded.year}年已审结的案件"
    role = decided("role", row.role, row.locator, decisions) if row.role else None
    return "本机关仅作为复议机关成为共同被告的案件" if role and role.key in ("codefendant", EXCLUDE) else None


def _cells(row: DisputeRow, year: int, decisions: RegisterDecisions, tally: Tally) -> tuple[str | None, str | None] | tuple[None]:
    """Group and column of 表四 for a case; None where a person must decide, and then that is remembered."""
    unread = next((text for field, text in row.unread if field in ("accepted", "concluded")), None)
    if unread is not None:
        tally.undecided("date", (unread, f"日期“{unread}”无法识别"), row.locator)
        return (None,)
    role = decided("role", row.role, row.locator, decisions) if row.role else None
    if role and role.key is None:
        tally.unknown("wording", "role", (row.role, f"本机关地位“{row.role}”：{role.why}"), row.locator, role.candidates)
        return (None,)
    procedure = decided("procedure", row.procedure, row.locator, decisions)
    if procedure.key is None:
        tally.unknown(
            "wording", "procedure", (row.procedure, f"案件类型“{row.procedure}”：{procedure.why}"), row.locator, procedure.candidates
        )
        return (None,)
    return procedure.key, _result(row, year, decisions, tally)


def _result(row: DisputeRow, year: int, decisions: RegisterDecisions, tally: Tally) -> str | None:
    open_at_year_end = row.concluded is None or row.concluded > date(year, 12, 31)
    if open_at_year_end and (not row.result or row.concluded is not None):
        return _PENDING
    found = decided("result", row.result, row.locator, decisions)
    if row.concluded is not None and found.key == _PENDING and f"{row.locator}#result" not in decisions.rows:
        tally.undecided("wording", (row.result, f"结果“{row.result}”：有审结日期，结果却是尚未审结。"), row.locator, vocabulary="result")
        return None
    if found.key is None:
        tally.unknown("wording", "result", (row.result, f"结果“{row.result}”：{found.why}"), row.locator, found.candidates)
    return found.key
