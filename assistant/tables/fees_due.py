"""Processing fees that a register gives rise to (国办函〔2020〕109号): by applicant and calendar month, and by pages of one application."""

from __future__ import annotations

from collections import defaultdict

from assistant.domain.base import Frozen
from assistant.domain.register import RegisterRow
from assistant.statute.fees import Fee, fee_by_items, fee_by_pages


class MonthlyFee(Frozen):
    """One applicant's applications of one calendar month that go beyond the free ones. `ambiguous` says that the rows of this name carry
    different contacts and may be different people."""

    month: str  # 2025-03
    rows: tuple[str, ...]
    items: int
    fee: Fee
    ambiguous: bool = False


class PageFee(Frozen):
    """One application for which more pages were provided than are free."""

    locator: str
    number: str
    fee: Fee


def monthly_fees(rows: tuple[RegisterRow, ...]) -> tuple[MonthlyFee, ...]:
    """Fees by item, for every applicant and month with more than the free number of applications. Rows without applicant or date are left out."""
    groups: dict[tuple[str, str], list[RegisterRow]] = defaultdict(list)
    for row in rows:
        if row.applicant and row.received:
            groups[f"{row.received:%Y-%m}", row.applicant].append(row)
    found = []
    for (month, _), members in groups.items():
        fee = fee_by_items(sum(row.items for row in members))
        if fee.yuan:
            contacts = {row.contact for row in members if row.contact}
            locators = tuple(row.locator for row in members)
            found.append(MonthlyFee(month=month, rows=locators, items=fee.quantity, fee=fee, ambiguous=len(contacts) > 1))
    return tuple(sorted(found, key=lambda item: (item.month, -item.items, item.rows)))


def page_fees(rows: tuple[RegisterRow, ...]) -> tuple[PageFee, ...]:
    """Fees by quantity, for every application with more than the free pages."""
    found = ((row, fee_by_pages(row.pages)) for row in rows if row.pages)
    return tuple(PageFee(locator=row.locator, number=row.number, fee=fee) for row, fee in found if fee.yuan)
