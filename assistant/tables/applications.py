"""Counting the register of applications into 表三: what came in, what came over from last year, how it was settled, what is open.

Source: 条例 arts. 30–39 and the form's annex, 表三; the year's cut is 31 December (〔2021〕30号 一（二）).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache

from assistant.domain.register import Register, RegisterDecisions, RegisterRow
from assistant.domain.report import EditionId
from assistant.statute.choices import Choice, choose
from assistant.statute.outcome_rows import OPEN_ROW, OutcomeMatch, match_outcome
from assistant.tables.decided import EXCLUDE, INCLUDE
from assistant.tables.tally import Tally, place_text

_FULLY_PLACED = 2  # how it came in and how it was settled
_NO_REPLY_NEEDED = frozenset({"other.uncorrected", "other.unpaid", "other", OPEN_ROW})  # the case ends without a reply


def count_applications(register: Register, year: int, edition: EditionId, decisions: RegisterDecisions) -> Tally:
    """The cells of 表三 (applicant columns only, no totals) counted from the register for `year`."""
    return _Counter(year, edition, decisions).count(tuple(row for row in register.rows if isinstance(row, RegisterRow)))


class _Counter:
    def __init__(self, year: int, edition: EditionId, decisions: RegisterDecisions) -> None:
        self._first, self._last = date(year, 1, 1), date(year, 12, 31)
        self._decisions = decisions
        self._tally = Tally()
        self._outside: dict[str, list[str]] = {}
        self._category: Callable[[str], Choice] = cache(lambda wording: self._decided_category(wording))
        self._outcome: Callable[[str, str], OutcomeMatch] = cache(lambda wording, detail: self._decided_outcome(wording, detail, edition))
        self._with_reply_dates = True
        self._settled_rows = {place.partition("#")[0] for place in decisions.rows}
        self._placed: dict[tuple[object, ...], tuple[str, ...]] = {}

    def count(self, rows: tuple[RegisterRow, ...]) -> Tally:
        self._with_reply_dates = any(row.settled_on or any(field == "replied" for field, _ in row.unread) for row in rows)
        if not self._with_reply_dates and rows:
            self._tally.notes.append("台账没有答复日期：凡填有办理结果的，均按本年办结统计。")
        for row in self._once(rows):
            self._count_row(row)
        for reason, locators in self._outside.items():
            self._tally.notes.append(f"{reason}，未计入：{place_text(locators)}。")
        return self._tally

    def _once(self, rows: tuple[RegisterRow, ...]) -> Iterator[RegisterRow]:
        """The rows without those that repeat a row already seen: on another sheet (a summary beside the monthly ones), or on the same sheet
        in everything including number and content."""
        several_sheets = len({row.locator.rpartition("!")[0] for row in rows}) > 1
        seen: dict[tuple[object, ...], str] = {}
        for row in rows:
            telling = bool(row.number and row.applicant and row.content)
            if not (telling or (several_sheets and (row.number or row.applicant))):
                yield row
                continue
            first = seen.setdefault((row.number, row.received, row.applicant, row.contact, row.content, row.category), row.locator)
            elsewhere = first.rpartition("!")[0] != row.locator.rpartition("!")[0]
            repeated = elsewhere or (telling and first != row.locator)
            decided = self._decisions.rows.get(row.locator)
            if repeated and decided is None:
                why = "在多个工作表中重复登记" if elsewhere else "编号、申请人、内容和收到日期都与前面的记录相同"
                self._tally.undecided("duplicate", (row.number, f"{why}，已按一件计入，请确认"), row.locator, (INCLUDE, EXCLUDE))
            if not repeated or decided not in (None, EXCLUDE):
                yield row

    def _count_row(self, row: RegisterRow) -> None:
        cells: tuple[str, ...] | None = None
        key = (row.category, row.outcome, row.outcome_detail, row.carried_in, self._side(row.received), self._side(row.settled_on))
        plain = not row.unread and row.locator not in self._settled_rows
        if plain:
            cells = self._placed.get(key)
        if cells is None:
            cells = self._cells(row)
            if plain and len(cells) == _FULLY_PLACED:  # rows alike in all this go the same way; the undecided ones are named one by one
                self._placed[key] = cells
        for cell in cells:
            self._tally.add(cell, row.locator, row.items)

    def _side(self, day: date | None) -> int | None:
        """-1 before the year, 0 in it, 1 after it."""
        return None if day is None else -1 if day < self._first else 1 if day > self._last else 0

    def _cells(self, row: RegisterRow) -> tuple[str, ...]:
        """The cells that the row counts in: how it came in and how it was settled; fewer when something is undecided."""
        decided = self._decisions.rows.get(row.locator)
        if decided == EXCLUDE:
            return self._left_out(row)
        entry = self._entry(row)
        if entry is None:
            return ()
        category = self._decisions.rows.get(f"{row.locator}#category") or self._known_category(row)
        result = decided if decided not in (None, INCLUDE) else self._result(row) if category else None
        if EXCLUDE in (category, result):
            return self._left_out(row)
        return tuple(f"t3.{line}.{category}" for line in (entry, result) if line is not None) if category else ()

    def _left_out(self, row: RegisterRow) -> tuple[str, ...]:
        self._outside.setdefault("按决定不计入", []).append(row.locator)
        return ()

    def _known_category(self, row: RegisterRow) -> str | None:
        choice = self._category(row.category)
        if choice.key is None:
            what = f"申请人类别“{row.category}”：{choice.why}" if row.category else "没有填写申请人类别"
            self._tally.unknown("category", "category", (row.category, what), row.locator, choice.candidates)
        return choice.key

    def _entry(self, row: RegisterRow) -> str | None:
        """`new`, `carried_in`, or None when the row is outside the year or cannot be placed."""
        received, settled = row.received, row.settled_on
        if received is None:
            if row.carried_in:
                return "carried_in"
            written = next((text for field, text in row.unread if field == "received"), "")
            self._tally.undecided("date", (written, f"收到日期“{written}”无法识别" if written else "没有填写收到日期"), row.locator)
            return None
        if received > self._last:
            self._outside.setdefault(f"{received.year}年收到的申请", []).append(row.locator)
            return None
        if received >= self._first:
            return self._unless(row, row.carried_in is True, "标为上年结转，但收到日期在本年", "new")
        if settled is not None and settled < self._first:
            if row.carried_in:
                return self._unless(row, True, "标为上年结转，但上年已经答复", "carried_in")
            self._outside.setdefault("上年收到并已办结的申请", []).append(row.locator)
            return None
        return self._unless(row, row.carried_in is False, "收到日期在上年，但没有标为上年结转", "carried_in")

    def _unless(self, row: RegisterRow, doubtful: bool, why: str, entry: str) -> str | None:
        """`entry`, unless two columns of the row contradict each other and nobody has confirmed the row."""
        if doubtful and row.locator not in self._decisions.rows:
            self._tally.undecided("period", (f"{row.received:%Y-%m-%d}", why), row.locator, (INCLUDE, EXCLUDE))
            return None
        return entry

    def _result(self, row: RegisterRow) -> str | None:
        settled = row.settled_on
        if settled is not None and settled > self._last:
            return OPEN_ROW
        unread = next((text for field, text in row.unread if field in ("replied", "posted", "delivered")), None)
        match = self._outcome(row.outcome, row.outcome_detail)
        if unread is not None and settled is None:
            candidates = (match.row, OPEN_ROW) if match.row not in (None, OPEN_ROW) else ()
            self._tally.undecided("date", (unread, f"答复日期“{unread}”无法识别"), row.locator, candidates, "outcome")
            return None
        if settled is None and not row.outcome:
            return OPEN_ROW
        if match.row is None and not row.outcome:
            self._tally.undecided("outcome", ("", "有答复日期，没有填写办理结果"), row.locator, match.candidates, "outcome")
            return None
        if match.row is None:
            self._tally.unknown(
                "outcome", "outcome", (match.wording, f"办理结果“{match.wording}”：{match.why}"), row.locator, match.candidates
            )
            return None
        if match.row == EXCLUDE:
            return EXCLUDE
        return self._consistent(row, match.row, settled)

    def _consistent(self, row: RegisterRow, result: str, settled: date | None) -> str | None:
        """`result`, unless it contradicts the dates of the row."""
        confirmed = row.locator in self._decisions.rows
        if settled is None and result not in _NO_REPLY_NEEDED and self._with_reply_dates and not confirmed:
            self._tally.undecided(
                "date", (row.outcome, f"有办理结果“{row.outcome}”，没有答复日期"), row.locator, (result, OPEN_ROW), "outcome"
            )
            return None
        if settled is not None and result == OPEN_ROW:
            self._tally.undecided("outcome", (row.outcome, f"有答复日期，办理结果却是“{row.outcome}”"), row.locator, vocabulary="outcome")
            return None
        if settled is not None and settled < self._first and not confirmed:
            self._tally.undecided("date", (f"{settled:%Y-%m-%d}", "答复日期早于本年，收到日期却在本年"), row.locator, (INCLUDE, EXCLUDE))
            return None
        return result

    def _decided_category(self, wording: str) -> Choice:
        decided = self._decisions.categories.get(wording)
        return Choice(wording=wording, key=decided, candidates=(decided,)) if decided else choose("category", wording)

    def _decided_outcome(self, wording: str, detail: str, edition: EditionId) -> OutcomeMatch:
        """The row for a wording, its detail column taken in where the wording alone leaves it open."""
        both = f"{wording}：{detail}" if detail else wording
        for text in (both, wording):
            if text in self._decisions.outcomes:
                return OutcomeMatch(wording=text, row=self._decisions.outcomes[text])
        alone = match_outcome(wording, edition)
        if alone.row is not None or not detail:
            return alone
        return match_outcome(both, edition)
