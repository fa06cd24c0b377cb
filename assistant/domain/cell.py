"""One numeric cell of the statutory tables: value, state, raw text and provenance."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Literal, Self

from pydantic import model_validator

from assistant.domain.base import Frozen

LARGEST = 40  # digits before or after the decimal point; printing 1e999999999 plainly would take a gigabyte
_ONE = Decimal(1)


class CellState(StrEnum):
    """What stands in the cell. Blank is not 0 and "/" is not 0."""

    NUMBER = "number"
    BLANK = "blank"
    DASH = "dash"
    UNREADABLE = "unreadable"
    ABSENT = "absent"  # the table or row that should hold the cell was not found


class Typed(Frozen):
    """Typed by a person."""

    kind: Literal["typed"] = "typed"
    who: str
    when: str  # ISO 8601


class Computed(Frozen):
    """Computed by an identity of the form from other cells; `inputs_hash` tells whether it is stale."""

    kind: Literal["computed"] = "computed"
    identity: str
    inputs: tuple[str, ...]
    inputs_hash: str = ""


class Imported(Frozen):
    """Read from a file; `locator` is the cell's `Cell.locator`. `confirmed` is False for OCR readings nobody has confirmed."""

    kind: Literal["imported"] = "imported"
    file: str
    sha256: str
    method: Literal["text", "ocr"] = "text"
    confirmed: bool = True


class Carried(Frozen):
    """Carried over from a cell of the previous year's report."""

    kind: Literal["carried"] = "carried"
    report_hash: str
    cell: str
    year: int


class Counted(Frozen):
    """Counted from register rows. `rows` are locators such as `台账!A12`; `measure` says what was counted."""

    kind: Literal["counted"] = "counted"
    file: str
    sha256: str
    rows: tuple[str, ...]
    measure: str = ""


Provenance = Typed | Computed | Imported | Carried | Counted


class Cell(Frozen):
    """A cell of 表二–表四 under its stable id (`t3.new.person`).

    `value` is a count or an amount in 万元 and is present exactly when `state` is `number`. `raw` is the text as printed.
    `locator` says where it stands: `表2 行3 列4`, `第4页 表1 行2 列3`, `Sheet1!C7`.
    `alternatives` are values that other sources gave and that differ from `value` (typed beside counted, for instance).
    """

    id: str
    value: Decimal | None = None
    state: CellState = CellState.ABSENT
    raw: str = ""
    locator: str = ""
    provenance: Provenance | None = None
    alternatives: tuple[tuple[str, Decimal], ...] = ()

    @model_validator(mode="after")
    def _value_iff_number(self) -> Self:
        value = self.value
        if (value is not None) != (self.state is CellState.NUMBER):
            raise ValueError(f"{self.id}: a value is given exactly when the state is 'number'")
        if value is None or (value.same_quantum(_ONE) and value.adjusted() <= LARGEST):  # a count: most cells by far
            return self
        if not value.is_finite():
            raise ValueError(f"{self.id}: not a finite number")
        if value.adjusted() > LARGEST or int(value.as_tuple().exponent) < -LARGEST:
            raise ValueError(f"{self.id}: a number of that magnitude is no count and no amount")
        return self


def number_cell(cell_id: str, value: Decimal | int, *, raw: str = "", locator: str = "", provenance: Provenance | None = None) -> Cell:
    """A cell holding `value`; `raw` defaults to the plain decimal notation."""
    exact = Decimal(value)
    return Cell(id=cell_id, value=exact, state=CellState.NUMBER, raw=raw or plain(exact), locator=locator, provenance=provenance)


def plain(value: Decimal) -> str:
    """`value` in plain decimal notation without exponent or superfluous zeros: `96171.6`, `0`, `24252.311082`."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
