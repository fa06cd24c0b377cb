"""Registers (台账) as read: applications, disputes, normative documents, administrative decisions.

No personal data passes this boundary: names, contacts and what was asked for survive only as keyed hashes that tell equal
from unequal inside one file. Wordings of outcomes and categories are kept as written; what they mean is decided later. Rows are named tuples, because a register may have 50,000 of them: they are made by the reader, whose parsers
give each field its type.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from pydantic import Field, InstanceOf

from assistant.domain.base import Frozen

RegisterKind = Literal["applications", "disputes", "normative", "decisions"]


class RegisterRow(NamedTuple):
    """One line of the register of applications. `locator` is `<sheet>!A<row>`; `unread` holds (field, text) that made no sense.

    `delivery` is `mail`, `direct`, `electronic` or empty. `applicant`, `contact` and `content` are hashes. `carried_in` is None when the register does not say. `extension_days` is what
    the register says, 0 if nothing. `items` is the number of applications that the line stands for.
    """

    locator: str
    number: str = ""
    category: str = ""
    outcome: str = ""
    outcome_detail: str = ""
    received: date | None = None
    replied: date | None = None
    posted: date | None = None
    delivered: date | None = None
    delivery: str = ""
    carried_in: bool | None = None
    correction_notice: date | None = None
    corrected: date | None = None
    extension_days: int = 0
    extension_notice: date | None = None
    third_party_sent: date | None = None
    third_party_answered: date | None = None
    organ_sent: date | None = None
    organ_answered: date | None = None
    pages: int | None = None
    items: int = 1
    applicant: str = ""
    contact: str = ""
    content: str = ""
    unread: tuple[tuple[str, str], ...] = ()

    @property
    def answered_on(self) -> date | None:
        """The day that decides whether the reply was in time: posting when mailed, delivery when handed over (〔2016〕235号 四); where the
        register does not hold that day, the date of the reply."""
        if self.delivery == "mail":
            return self.posted or self.replied
        if self.delivery == "direct":
            return self.delivered or self.replied
        return self.posted or self.replied or self.delivered

    @property
    def extended_by(self) -> int:
        """Working days of the extension; the statutory 20 where only the notice is recorded (条例 art. 33)."""
        return self.extension_days or (20 if self.extension_notice else 0)

    @property
    def settled_on(self) -> date | None:
        """The day on which the application was settled, for the year it counts in."""
        return self.replied or self.posted or self.delivered


class DisputeRow(NamedTuple):
    """One reconsideration or court case about disclosure. `procedure`, `result` and `role` are wordings as written."""

    locator: str
    number: str = ""
    procedure: str = ""
    result: str = ""
    role: str = ""
    accepted: date | None = None
    concluded: date | None = None
    unread: tuple[tuple[str, str], ...] = ()


class NormativeRow(NamedTuple):
    """One regulation or normative document with its dates of issue and repeal. `kind` and `status` are wordings as written."""

    locator: str
    number: str = ""
    kind: str = ""
    status: str = ""
    issued: date | None = None
    repealed: date | None = None
    unread: tuple[tuple[str, str], ...] = ()


class DecisionRow(NamedTuple):
    """One administrative decision, or a line that counts several: wording of the kind, date, number of decisions (None where not told),
    amount in yuan."""

    locator: str
    kind: str = ""
    decided: date | None = None
    items: int | None = None
    amount: Decimal | None = None
    unread: tuple[tuple[str, str], ...] = ()


AnyRow = RegisterRow | DisputeRow | NormativeRow | DecisionRow
# taken as made: validating 50,000 rows again would cost more than reading them
_MadeRow = InstanceOf[RegisterRow] | InstanceOf[DisputeRow] | InstanceOf[NormativeRow] | InstanceOf[DecisionRow]


class FieldColumn(Frozen):
    """A column of a sheet that was recognised: our field, its Chinese name, the header as printed, the column letter, and how it was recognised."""

    field: str
    title: str
    header: str
    column: str
    by: Literal["name", "pattern", "choice"]


class ColumnMapping(Frozen):
    """How the columns of one sheet were understood. `header_rows` are first and last row (from 1); `unused` are headers without a field."""

    sheet: str
    header_rows: tuple[int, int]
    columns: tuple[FieldColumn, ...]
    unused: tuple[str, ...] = ()

    def choices(self) -> dict[str, str]:
        """Header → field, in the form in which a person's choices are remembered and given to the reader."""
        return {column.header: column.field for column in self.columns}


class Skipped(Frozen):
    """A line or sheet that was not taken as an entry, and why (Chinese)."""

    locator: str
    reason: str


class Register(Frozen):
    """A register as read from one file. `notes` are Chinese sentences about assumptions of the reader."""

    kind: RegisterKind
    file: str
    sha256: str
    rows: tuple[_MadeRow, ...]
    mappings: tuple[ColumnMapping, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[str, ...] = ()


class RegisterDecisions(Frozen):
    """What people decided about wordings and rows; remembered per unit and applied at the next filling.

    `outcomes` and `categories` map a wording to a row or column of 表三, `wordings` maps `<vocabulary>:<wording>` to a key of that
    vocabulary; each may say `exclude`. `rows` maps a row locator to an outcome row, `include` or `exclude`, and `<locator>#<vocabulary>` to a key
    for one row only; `cells` maps a cell id to the source that wins: `typed`, `counted` or `carried`.
    """

    outcomes: dict[str, str] = Field(default_factory=dict)
    categories: dict[str, str] = Field(default_factory=dict)
    wordings: dict[str, str] = Field(default_factory=dict)
    rows: dict[str, str] = Field(default_factory=dict)
    cells: dict[str, Literal["typed", "counted", "carried"]] = Field(default_factory=dict)
