"""What the user imported, in one SQLite file: documents and passages by the hash of their file. Every change is one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from assistant.domain.passage import CorpusDocument, Passage
from assistant.errors import StoreTrouble
from assistant.retrieval.documents import Parsed

_SCHEMA = """
CREATE TABLE IF NOT EXISTS document (
  key TEXT PRIMARY KEY, id TEXT NOT NULL, file TEXT NOT NULL, name TEXT NOT NULL, added_on TEXT NOT NULL, superseded INTEGER NOT NULL DEFAULT 0, data TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS passage (key TEXT NOT NULL REFERENCES document(key) ON DELETE CASCADE, place INTEGER NOT NULL, data TEXT NOT NULL, PRIMARY KEY (key, place));
"""
_ADVICE = "请检查磁盘空间和文件权限；已导入的文件另有副本，可用 nianbao corpus rebuild 恢复。"


@dataclass(frozen=True)
class Stored:
    """An imported document. `key` is its own hash, `file` that of the file it came from; a superseded one is kept but not searched."""

    key: str
    file: str
    name: str
    added_on: date
    superseded: bool
    document: CorpusDocument


class CorpusStore:
    """The SQLite file at `path`; created when first written. Several processes may use it at once."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def documents(self) -> tuple[Stored, ...]:
        """All imported documents in the order in which they came. Raises `StoreTrouble`."""
        if not self._path.exists():
            return ()
        with self._open() as connection:
            rows = connection.execute("SELECT key, file, name, added_on, superseded, data FROM document ORDER BY rowid").fetchall()
        return tuple(
            Stored(key, file, name, date.fromisoformat(added), bool(superseded), CorpusDocument.model_validate_json(data))
            for key, file, name, added, superseded, data in rows
        )

    def passages(self, key: str) -> tuple[Passage, ...]:
        """The passages of one document in order. Raises `StoreTrouble`."""
        with self._open() as connection:
            rows = connection.execute("SELECT data FROM passage WHERE key = ? ORDER BY place", (key,)).fetchall()
        return tuple(Passage.model_validate_json(data) for (data,) in rows)

    def add(self, stored: Stored, parsed: Parsed, *, changed: tuple[Stored, ...] = ()) -> None:
        """Write a document with its passages, and the new dates of earlier versions, in one transaction. Raises `StoreTrouble`."""
        with self._open() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO document (key, id, file, name, added_on, superseded, data) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    stored.key,
                    stored.document.id,
                    stored.file,
                    stored.name,
                    stored.added_on.isoformat(),
                    stored.superseded,
                    stored.document.model_dump_json(),
                ),
            )
            connection.execute("DELETE FROM passage WHERE key = ?", (stored.key,))
            rows = ((stored.key, place, passage.model_dump_json()) for place, passage in enumerate(parsed.passages))
            connection.executemany("INSERT INTO passage (key, place, data) VALUES (?, ?, ?)", rows)
            for other in changed:
                connection.execute(
                    "UPDATE document SET superseded = ?, data = ? WHERE key = ?",
                    (other.superseded, other.document.model_dump_json(), other.key),
                )

    def remove(self, keys: tuple[str, ...]) -> None:
        """Take documents out. Raises `StoreTrouble`."""
        with self._open() as connection:
            for key in keys:
                connection.execute("DELETE FROM passage WHERE key = ?", (key,))
                connection.execute("DELETE FROM document WHERE key = ?", (key,))

    def trouble(self) -> str:
        """What is wrong with the file, in Chinese; empty when it is sound or does not exist."""
        if not self._path.exists():
            return ""
        try:
            with self._open() as connection:
                result = connection.execute("PRAGMA quick_check").fetchone()[0]
                broken = connection.execute(
                    "SELECT count(*) FROM document d WHERE NOT EXISTS (SELECT 1 FROM passage p WHERE p.key = d.key)"
                ).fetchone()[0]
        except StoreTrouble as trouble:
            return trouble.message
        if result != "ok":
            return f"资料库文件 {self._path.name} 已损坏。"
        return f"有 {broken} 份资料缺少条文。" if broken else ""

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(self._path, timeout=30)
            try:
                with connection:
                    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
                        connection.execute(f"PRAGMA {pragma}")
                    connection.executescript(_SCHEMA)
                with connection:
                    yield connection
            finally:
                connection.close()
        except (sqlite3.Error, OSError, ValidationError) as error:
            raise StoreTrouble(f"资料库文件 {self._path} 打不开或写不进：{error}。", _ADVICE) from error
