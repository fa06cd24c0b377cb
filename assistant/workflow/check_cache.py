"""Results of checks by content and rule set, so that an unchanged file is not read again."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Self

ROOMS = ("checks", "domain", "files", "forms", "statute", "tables", "text", "workflow")
_TOGETHER = 50  # results written at once


@cache
def rule_set() -> str:
    """A fingerprint of everything that reading and checking depend on: code and data of the rooms concerned."""
    digest = hashlib.sha256()
    root = Path(str(resources.files("assistant")))
    for path in (*sorted(root.glob("*.py")), *(path for room in ROOMS for path in sorted((root / room).rglob("*")))):
        if path.suffix in (".py", ".yaml", ".json", ".txt"):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def keys_of(checks: Iterable[tuple[Sequence[Path | None], str]]) -> list[str | None]:
    """A key for every check, given by its files and its context: contents of the files, rule set, and what else the result depends on.
    None when a file cannot be read."""
    content = cache(_content)
    keys: list[str | None] = []
    for files, context in checks:
        digest = hashlib.sha256(f"{rule_set()}|{context}".encode())
        parts = [content(file) if file else b"-" for file in files]
        digest.update(b"".join(part for part in parts if part))
        keys.append(None if None in parts else digest.hexdigest())
    return keys


def _content(file: Path) -> bytes | None:
    try:
        return hashlib.sha256(file.read_bytes()).digest()
    except OSError:
        return None


class CheckCache:
    """A small SQLite file in the data directory, open for a run. It may be deleted at any time; trouble with it never stops a check."""

    def __init__(self, data_dir: Path) -> None:
        self._connection: sqlite3.Connection | None = None
        self._waiting: list[tuple[str, str]] = []
        try:
            data_dir.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(data_dir / "check-cache.sqlite", timeout=5)
            self._connection.execute("PRAGMA synchronous = OFF")  # nothing is lost with it that a check does not give again
            self._connection.execute("CREATE TABLE IF NOT EXISTS result (key TEXT PRIMARY KEY, value TEXT NOT NULL)")
        except (sqlite3.Error, OSError):
            self._connection = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._write()
        if self._connection is not None:
            self._connection.close()

    def get(self, key: str | None) -> str | None:
        """The kept result, or None."""
        if self._connection is None or key is None:
            return None
        try:
            row = self._connection.execute("SELECT value FROM result WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error:
            return None
        return str(row[0]) if row else None

    def put(self, key: str | None, value: str) -> None:
        """Keep a result; written a few at a time, the last when the run ends."""
        if key is not None:
            self._waiting.append((key, value))
        if len(self._waiting) >= _TOGETHER:
            self._write()

    def _write(self) -> None:
        """The newest 20,000 are kept."""
        waiting, self._waiting = self._waiting, []
        if self._connection is None or not waiting:
            return
        try:
            with self._connection:
                self._connection.executemany("INSERT OR REPLACE INTO result VALUES (?, ?)", waiting)
                self._connection.execute("DELETE FROM result WHERE rowid <= (SELECT max(rowid) FROM result) - 20000")
        except sqlite3.Error:
            self._connection = None
