"""Copies of the imported files, from which the library can be made again, and the lock under which it is changed."""

from __future__ import annotations

import contextlib
import hashlib
import os
import uuid
from collections.abc import Iterator
from pathlib import Path

from assistant.retrieval.file_text import SUFFIXES


class Copies:
    """The folder of copies: each under the hash of its content, with a `.name` file beside it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, data: bytes, file: str, name: str) -> None:
        """A copy of what was imported, complete before it is named."""
        self._folder.mkdir(parents=True, exist_ok=True)
        target = self._folder / file
        if not target.exists():
            target.with_suffix(".name").write_text(name, encoding="utf-8")
            part = self._folder / f".{uuid.uuid4().hex}.part"
            with part.open("wb") as copy:
                copy.write(data)
                copy.flush()
                os.fsync(copy.fileno())
            part.replace(target)

    def all(self) -> list[Path]:
        """The copies that can be read in again."""
        return [one for one in self._folder.glob("*") if one.suffix in {*SUFFIXES, ".json"}] if self._folder.exists() else []

    def name(self, copy: Path) -> str:
        """Under which name a copy was imported."""
        named = copy.with_suffix(".name")
        return named.read_text(encoding="utf-8") if named.exists() else copy.name

    def drop(self, file: str) -> None:
        """Remove the copy with this hash and what belongs to it."""
        for copy in self._folder.glob(f"{file}.*"):
            copy.unlink(missing_ok=True)


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """One process at a time changes the library in `folder`; the lock goes with its process."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a") as lock:
        _lock(lock.fileno())
        yield


def short_hash(data: bytes) -> str:
    """The name of a content."""
    return hashlib.sha256(data).hexdigest()[:24]


def _lock(descriptor: int) -> None:
    if os.name == "nt":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined,unused-ignore]
        return
    import fcntl

    fcntl.flock(descriptor, fcntl.LOCK_EX)
