"""Tables of the workspace database. Changes to them go through a migration in `migrations/versions`."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text, UniqueConstraint

metadata = MetaData()

report = Table(
    "report",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit", String, nullable=False),
    Column("year", Integer, nullable=False),
    Column("stage", String, nullable=False),
    Column("created_at", String, nullable=False),
    UniqueConstraint("unit", "year", name="one_report_per_unit_and_year"),
)
version = Table(
    "version",
    metadata,
    Column("report_id", ForeignKey("report.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("document", Text, nullable=False),
    Column("content_hash", String, nullable=False),
    Column("who", String, nullable=False),
    Column("at", String, nullable=False),
    Column("note", String, nullable=False),
)
file = Table(
    "file",
    metadata,
    Column("sha256", String, primary_key=True),
    Column("data", LargeBinary, nullable=False),
)
attachment = Table(
    "attachment",
    metadata,
    Column("report_id", ForeignKey("report.id"), primary_key=True),
    Column("role", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("sha256", ForeignKey("file.sha256"), nullable=False),
)
scratch = Table(
    "scratch",
    metadata,
    Column("report_id", ForeignKey("report.id"), primary_key=True),
    Column("key", String, primary_key=True),
    Column("value", Text, nullable=False),
    Column("at", String, nullable=False),
)
decision = Table(
    "decision",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("fingerprint", String, nullable=False),
    Column("code", String, nullable=False),
    Column("decision", String, nullable=False),
    Column("reason", Text, nullable=False),
    Column("who", String, nullable=False),
    Column("at", String, nullable=False),
    Column("until", String),
    Index("decision_by_fingerprint", "fingerprint"),
)
comment = Table(
    "comment",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("report_id", ForeignKey("report.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("anchor", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("who", String, nullable=False),
    Column("at", String, nullable=False),
    Column("parent", Integer),
    Column("resolved", Boolean, nullable=False),
)
signoff = Table(
    "signoff",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("report_id", ForeignKey("report.id"), nullable=False),
    Column("stage", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("content_hash", String, nullable=False),
    Column("who", String, nullable=False),
    Column("at", String, nullable=False),
    Column("note", Text, nullable=False),
)
preference = Table(
    "preference",
    metadata,
    Column("unit", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("value", Text, nullable=False),
)
question = Table(
    "question",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("question", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("who", String, nullable=False),
    Column("at", String, nullable=False),
    Column("refused", Boolean, nullable=False),
    Column("feedback", Text, nullable=False),
)
