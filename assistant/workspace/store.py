"""Reading and writing the workspace. Every save is a version; nothing is overwritten or deleted."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.exc import DatabaseError, IntegrityError

from assistant.errors import ConflictingInput, StoreTrouble
from assistant.workspace import schema
from assistant.workspace.engine import open_engine, reason
from assistant.workspace.entries import Attachment, Comment, Decision, QuestionEntry, ReportEntry, Signoff, Stage, Version


def now() -> str:
    """The present moment, UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class Workspace:
    """The workspace in `data_dir`. Safe to share between threads: each call opens its own connection."""

    def __init__(self, data_dir: Path, clock: Callable[[], str] = now) -> None:
        self._engine = open_engine(data_dir / "workspace.sqlite")
        self._now = clock

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except IntegrityError:
            raise
        except DatabaseError as error:
            raise StoreTrouble(f"没有保存成功：{reason(error)}。", "请检查磁盘空间后再试；此前保存的内容都在。") from error

    def _rows(self, statement: Any) -> list[Row[Any]]:
        with self._engine.connect() as connection:
            return list(connection.execute(statement))

    # reports and versions

    def reports(self) -> tuple[ReportEntry, ...]:
        """All reports, newest year first."""
        newest = (
            select(schema.version.c.report_id, func.max(schema.version.c.number).label("number"))
            .group_by(schema.version.c.report_id)
            .subquery()
        )
        found = self._rows(
            select(schema.report, newest.c.number)
            .outerjoin(newest, newest.c.report_id == schema.report.c.id)
            .order_by(schema.report.c.year.desc(), schema.report.c.unit)
        )
        return tuple(ReportEntry(id=row.id, unit=row.unit, year=row.year, version=row.number or 0, stage=Stage(row.stage)) for row in found)

    def report(self, report_id: int) -> ReportEntry | None:
        """The report with this id."""
        return next((entry for entry in self.reports() if entry.id == report_id), None)

    def create(self, unit: str, year: int) -> ReportEntry:
        """A new report. Raises `ConflictingInput` when the unit has one for that year."""
        try:
            with self._write() as connection:
                values = {"unit": unit, "year": year, "stage": Stage.DRAFT.value, "created_at": self._now()}
                key = connection.execute(insert(schema.report).values(values)).inserted_primary_key
        except IntegrityError as error:
            raise ConflictingInput(
                f"{unit}的 {year} 年度报告已经存在。", "请打开已有的报告继续编写；同一单位同一年度只能有一份。"
            ) from error
        assert key is not None
        return ReportEntry(id=key[0], unit=unit, year=year)

    def save(self, report_id: int, document: str, content_hash: str, *, who: str, based_on: int, note: str = "") -> Version:
        """A new version. `based_on` is the number of the version that was edited (0: none); when somebody saved in between,
        `ConflictingInput` is raised and nothing is written. Saving the same content again returns the version that stands."""
        newest = self.latest(report_id)
        if newest and newest.document == document:
            return newest
        number = based_on + 1
        values: dict[str, Any] = {
            "report_id": report_id,
            "number": number,
            "document": document,
            "content_hash": content_hash,
            "who": who,
            "at": self._now(),
            "note": note,
        }
        try:
            if newest and newest.number != based_on:
                raise ConflictingInput(
                    f"保存期间，{newest.who}已存了第 {newest.number} 版。", "请先载入最新版，再把您的修改并进去；您的文字仍在页面上。"
                )
            with self._write() as connection:
                connection.execute(insert(schema.version).values(values))
        except IntegrityError as error:
            raise ConflictingInput("保存期间，有人存了更新的一版。", "请先载入最新版，再把您的修改并进去；您的文字仍在页面上。") from error
        return Version(**values)

    def latest(self, report_id: int) -> Version | None:
        """The newest version."""
        rows = self._rows(
            select(schema.version).where(schema.version.c.report_id == report_id).order_by(schema.version.c.number.desc()).limit(1)
        )
        return Version(**rows[0]._mapping) if rows else None

    def versions(self, report_id: int) -> tuple[Version, ...]:
        """All versions, newest first."""
        found = self._rows(select(schema.version).where(schema.version.c.report_id == report_id).order_by(schema.version.c.number.desc()))
        return tuple(Version(**row._mapping) for row in found)

    # materials

    def attach(self, report_id: int, role: str, name: str, data: bytes) -> Attachment:
        """Keep a file for a report; it takes the place of an earlier one in the same role, whose bytes are kept."""
        digest = hashlib.sha256(data).hexdigest()
        with self._write() as connection:
            connection.execute(upsert(schema.file).values(sha256=digest, data=data).on_conflict_do_nothing())
            row = {"report_id": report_id, "role": role, "name": name, "sha256": digest}
            connection.execute(upsert(schema.attachment).values(row).on_conflict_do_update(index_elements=["report_id", "role"], set_=row))
        return Attachment(role=role, name=name, sha256=digest, data=data)

    def detach(self, report_id: int, role: str) -> None:
        """Take a file out of its role; its bytes are kept, and another file may be given."""
        table = schema.attachment
        with self._write() as connection:
            connection.execute(delete(table).where(and_(table.c.report_id == report_id, table.c.role == role)))

    def attachment(self, report_id: int, role: str) -> Attachment | None:
        """The file given in a role."""
        table, files = schema.attachment, schema.file
        rows = self._rows(
            select(table.c.role, table.c.name, table.c.sha256, files.c.data)
            .join(files, files.c.sha256 == table.c.sha256)
            .where(and_(table.c.report_id == report_id, table.c.role == role))
        )
        return Attachment(**rows[0]._mapping) if rows else None

    def keep(self, report_id: int, key: str, value: str) -> None:
        """Keep what is being typed, before it becomes part of a version."""
        row = {"report_id": report_id, "key": key, "value": value, "at": self._now()}
        with self._write() as connection:
            connection.execute(upsert(schema.scratch).values(row).on_conflict_do_update(index_elements=["report_id", "key"], set_=row))

    def kept(self, report_id: int) -> dict[str, str]:
        """What was typed and kept, by key."""
        return {row.key: row.value for row in self._rows(select(schema.scratch).where(schema.scratch.c.report_id == report_id))}

    # decisions, remarks, stages

    def decide(self, decision: Decision) -> None:
        """Record a decision; the newest one about a fingerprint counts."""
        with self._write() as connection:
            connection.execute(insert(schema.decision).values(decision.model_dump()))

    def decisions(self) -> dict[str, Decision]:
        """The decision in force for each fingerprint."""
        rows = self._rows(select(schema.decision).order_by(schema.decision.c.id))
        latest = {row.fingerprint: Decision(**{name: value for name, value in row._mapping.items() if name != "id"}) for row in rows}
        return {key: decision for key, decision in latest.items() if decision.decision != "withdrawn"}

    def remark(self, report_id: int, *, version: int, anchor: str, text: str, who: str, parent: int | None = None) -> Comment:
        """Add a remark, or a reply when `parent` is given."""
        row: dict[str, Any] = {
            "report_id": report_id,
            "version": version,
            "anchor": anchor,
            "text": text,
            "who": who,
            "at": self._now(),
            "parent": parent,
            "resolved": False,
        }
        with self._write() as connection:
            key = connection.execute(insert(schema.comment).values(row)).inserted_primary_key
        assert key is not None
        del row["report_id"]
        return Comment(id=key[0], **row)

    def resolve(self, comment_id: int, resolved: bool = True) -> None:
        """Mark a remark as dealt with, or open it again."""
        with self._write() as connection:
            connection.execute(update(schema.comment).where(schema.comment.c.id == comment_id).values(resolved=resolved))

    def remarks(self, report_id: int) -> tuple[Comment, ...]:
        """All remarks on a report in the order they were made."""
        rows = self._rows(select(schema.comment).where(schema.comment.c.report_id == report_id).order_by(schema.comment.c.id))
        return tuple(Comment(**{name: value for name, value in row._mapping.items() if name != "report_id"}) for row in rows)

    def set_stage(self, report_id: int, stage: Stage, version: Version, *, who: str, note: str = "") -> Signoff:
        """Move a report to a stage, bound to the version that was looked at."""
        row: dict[str, Any] = {
            "stage": stage,
            "version": version.number,
            "content_hash": version.content_hash,
            "who": who,
            "at": self._now(),
            "note": note,
        }
        with self._write() as connection:
            connection.execute(insert(schema.signoff).values({**row, "report_id": report_id, "stage": stage.value}))
            connection.execute(update(schema.report).where(schema.report.c.id == report_id).values(stage=stage.value))
        return Signoff(**row)

    def signoffs(self, report_id: int) -> tuple[Signoff, ...]:
        """All changes of stage, oldest first. A sign-off covers a version only when the content hashes agree."""
        rows = self._rows(select(schema.signoff).where(schema.signoff.c.report_id == report_id).order_by(schema.signoff.c.id))
        drop = {"id", "report_id", "stage"}
        return tuple(Signoff(stage=Stage(row.stage), **{k: v for k, v in row._mapping.items() if k not in drop}) for row in rows)

    # preferences and questions

    def prefer(self, unit: str, key: str, value: str) -> None:
        """Remember a unit's choice, such as the columns of its register."""
        row = {"unit": unit, "key": key, "value": value}
        with self._write() as connection:
            connection.execute(upsert(schema.preference).values(row).on_conflict_do_update(index_elements=["unit", "key"], set_=row))

    def preferences(self, unit: str) -> dict[str, str]:
        """A unit's remembered choices."""
        return {row.key: row.value for row in self._rows(select(schema.preference).where(schema.preference.c.unit == unit))}

    def record_question(self, question: str, answer: str, *, who: str, refused: bool) -> int:
        """Keep a question with its answer (JSON); returns its id."""
        row = {"question": question, "answer": answer, "who": who, "at": self._now(), "refused": refused, "feedback": ""}
        with self._write() as connection:
            key = connection.execute(insert(schema.question).values(row)).inserted_primary_key
        assert key is not None
        return int(key[0])

    def give_feedback(self, question_id: int, feedback: str) -> None:
        """Keep what the asker thought of an answer."""
        with self._write() as connection:
            connection.execute(update(schema.question).where(schema.question.c.id == question_id).values(feedback=feedback))

    def questions(self, who: str | None = None, *, refused: bool | None = None) -> tuple[QuestionEntry, ...]:
        """Questions asked, oldest first; of one person, or only those that were refused."""
        statement = select(schema.question).order_by(schema.question.c.id)
        if who is not None:
            statement = statement.where(schema.question.c.who == who)
        if refused is not None:
            statement = statement.where(schema.question.c.refused == refused)
        return tuple(QuestionEntry(**row._mapping) for row in self._rows(statement))
