"""Results of checks by content and rule set, so that an unchanged file is not read again."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from functools import cache
from importlib import resources
from pathlib import Path

ROOMS = ("checks", "domain", "files", "forms", "statute", "tables", "text", "workflow")


@cache
def rule_set() -> str:
    """A fingerprint of everything that reading and checking depend on: code and data of the rooms concerned."""
    digest = hashlib.sha256()
    root = Path(str(resources.files("assistant")))
    for room in ROOMS:
        for path in sorted((root / room).rglob("*")):
            if path.suffix in (".py", ".yaml", ".json"):
                digest.update(path.read_bytes())
    return digest.hexdigest()


def key_of(files: Iterable[Path | None], context: str) -> str | None:
    """The key of a check: contents of the files, rule set, and what else the result depends on. None when a file cannot be read."""
    digest = hashlib.sha256(f"{rule_set()}|{context}".encode())
    for file in files:
        try:
            digest.update(hashlib.sha256(file.read_bytes()).digest() if file else b"-")
        except OSError:
            return None
    return digest.hexdigest()


class CheckCache:
    """A small SQLite file in the data directory. It may be deleted at any time; trouble with it never stops a check."""

    def __init__(self, data_dir: Path) -> None:
        self._connection: sqlite3.Connection | None = None
        try:
            data_dir.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(data_dir / "check-cache.sqlite", timeout=5)
            self._connection.execute("CREATE TABLE IF NOT EXISTS result (key TEXT PRIMARY KEY, value TEXT NOT NULL)")
        except (sqlite3.Error, OSError):
            self._connection = None

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
        """Keep a result; the newest 20,000 are kept."""
        if self._connection is None or key is None:
            return
        try:
            with self._connection:
                self._connection.execute("INSERT OR REPLACE INTO result VALUES (?, ?)", (key, value))
                self._connection.execute("DELETE FROM result WHERE rowid <= (SELECT max(rowid) FROM result) - 20000")
        except sqlite3.Error:
            self._connection = None
