"""What the workspace hands out: frozen rows, never database objects."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from assistant.domain.base import Frozen


class Stage(StrEnum):
    """Where a report stands."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    SIGNED = "signed"
    PUBLISHED = "published"


class ReportEntry(Frozen):
    """A report of one unit and year; `version` is the number of its newest version, 0 before the first save."""

    id: int
    unit: str
    year: int
    version: int = 0
    stage: Stage = Stage.DRAFT


class Version(Frozen):
    """One saved state. `document` is the JSON text of a saved report; `content_hash` identifies what it says."""

    report_id: int
    number: int
    document: str
    content_hash: str
    who: str
    at: str
    note: str = ""


class Attachment(Frozen):
    """A file given for a report in a role (`previous`, `register`, `facts`, …), kept byte by byte."""

    role: str
    name: str
    sha256: str
    data: bytes


class Decision(Frozen):
    """A person's decision about a finding; it outlives re-runs and re-imports because it hangs on the fingerprint."""

    fingerprint: str
    code: str
    decision: Literal["confirmed", "explained", "dismissed", "withdrawn"]
    reason: str
    who: str
    at: str
    until: str | None = None


class Comment(Frozen):
    """A remark on a sentence or a cell; `anchor` is a block id or a cell id, `parent` the remark it answers."""

    id: int
    anchor: str
    text: str
    who: str
    at: str
    version: int
    parent: int | None = None
    resolved: bool = False


class Signoff(Frozen):
    """A change of stage, bound to the content that was looked at."""

    stage: Stage
    version: int
    content_hash: str
    who: str
    at: str
    note: str = ""


class QuestionEntry(Frozen):
    """A question asked and its answer as JSON, with the asker's feedback."""

    id: int
    question: str
    answer: str
    who: str
    at: str
    refused: bool = False
    feedback: str = ""
