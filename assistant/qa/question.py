"""A question as it is put: its words and everything that decides which texts and days count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assistant.statute.calendar import WorkingCalendar


@dataclass(frozen=True)
class Question:
    """`text` asked on `today`. The texts in force on `as_of` answer (today unless given); `top` articles are listed; `history` holds earlier
    questions, oldest first; working days follow `calendar`, else the official one."""

    text: str
    today: date
    as_of: date | None = None
    top: int = 10
    history: tuple[str, ...] = ()
    calendar: WorkingCalendar | None = None

    @property
    def day(self) -> date:
        """The day whose texts answer."""
        return self.as_of or self.today
