"""What the checks say: outcomes of rules and findings for people."""

from __future__ import annotations

import hashlib
import re
from enum import StrEnum
from typing import Literal

from assistant.domain.base import Frozen

Severity = Literal["error", "warning", "info"]


class Span(Frozen):
    """A stretch of text: part (`overview`, `preamble`, `signature`, …), block id, start and end offset in characters, the text itself."""

    section: str
    block: str
    start: int
    end: int
    text: str


class Basis(Frozen):
    """A legal source: title, official number, printed article label (`第三十三条`, `一（六）`)."""

    document: str
    number: str
    article: str = ""


class SetCell(Frozen):
    """Put `value` (plain decimal, or None for blank) into a cell."""

    kind: Literal["set_cell"] = "set_cell"
    cell: str
    value: str | None


class ReplaceText(Frozen):
    """Replace the text of `span` by `new`."""

    kind: Literal["replace_text"] = "replace_text"
    span: Span
    new: str


Edit = SetCell | ReplaceText


class Fix(Frozen):
    """`safe` may be applied in bulk, `ask` needs a yes, `show` is only advice (then `edits` may be empty and `advice` says what to do)."""

    fix_class: Literal["safe", "ask", "show"]
    edits: tuple[Edit, ...] = ()
    advice: str = ""


class Explanation(Frozen):
    """A person's decision about a finding, kept by fingerprint."""

    by: str
    reason: str
    until: str | None = None
    decision: Literal["confirmed", "explained", "dismissed"] = "explained"


class Finding(Frozen):
    """One problem, in words: where, what, by how much, what to do."""

    code: str
    slug: str
    severity: Severity
    title: str
    message: str
    cells: tuple[str, ...] = ()
    span: Span | None = None
    expected: str | None = None
    actual: str | None = None
    basis: tuple[Basis, ...] = ()
    fix: Fix | None = None
    fingerprint: str = ""
    explained: Explanation | None = None


class Status(StrEnum):
    """What became of one evaluation of a rule. Missing input is unknown: never pass and never fail."""

    PASS = "pass"
    FAIL = "fail"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"
    CRASHED = "crashed"


class Outcome(Frozen):
    """One evaluation of a rule about one subject (`t3.*.person`, `overview.3`, `report`)."""

    code: str
    subject: str
    status: Status
    detail: str = ""
    identity: bool = False  # counts towards "N of M identities evaluated"
    findings: tuple[Finding, ...] = ()


class CheckResult(Frozen):
    """All outcomes of a run and the findings in order of severity and place."""

    outcomes: tuple[Outcome, ...]
    findings: tuple[Finding, ...]
    identities_evaluated: int
    identities_total: int


def fingerprint(code: str, unit: str | None, year: int | None, cells: tuple[str, ...], text: str = "") -> str:
    """A finding's identity across re-runs and re-imports: code, unit, year, cells, and the block text without digits and spaces."""
    bare = re.sub(r"[\d\s０-９,.，．]+", "", text)
    return hashlib.sha256("|".join([code, unit or "", str(year or ""), ",".join(cells), bare]).encode()).hexdigest()[:16]
