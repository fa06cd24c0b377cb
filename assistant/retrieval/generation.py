"""Generations of the index: built beside, checked, then switched in by a pointer file. Everything in here can be deleted and comes back.

A generation is a folder named by corpus hash and embedding. A crash while building leaves only a `building-…` folder, which the next build
removes; a generation that fails its check is thrown away and built anew. Readers never write.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assistant.errors import StoreTrouble

MANIFEST = "manifest.json"
_STALE_SECONDS = 3_600
_BASE_BYTES = 64 * 2**20
_BYTES_PER_ROW = 24 * 2**10  # several times what a row of text and vector takes; a store beyond that is broken
_MUTABLE = {"chroma.sqlite3", "chroma.sqlite3-wal", "chroma.sqlite3-shm", MANIFEST}


class Generations:
    """The folder with all generations of one index."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def current(self, key: str) -> Path | None:
        """The generation for `key` if it is switched in, complete and undamaged; None when it must be built."""
        try:
            name = (self._folder / f"current-{_series(key)}").read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            return None
        folder = self._folder / name
        return folder if name.startswith(f"{key}-") and _is_sound(folder) else None

    def ever_built(self, key: str) -> bool:
        """Whether a generation for exactly this key was switched in, sound or not."""
        try:
            return (self._folder / f"current-{_series(key)}").read_text(encoding="ascii").startswith(f"{key}-")
        except (OSError, UnicodeDecodeError):
            return False

    def build(self, key: str, rows: int, write: Callable[[Path, Callable[[], None]], dict[str, Any]]) -> Path:
        """Build a generation with `write(folder, check)`, which returns what goes into the manifest, and switch it in. `check` raises when the
        growing folder passes its bound or the disk is nearly full. Raises `StoreTrouble`."""
        bound = _BASE_BYTES + rows * _BYTES_PER_ROW
        building = self._folder / f"building-{os.getpid()}-{uuid.uuid4().hex[:8]}"
        try:
            building.mkdir(parents=True)
            self._sweep()
            facts = write(building, lambda: _check_space(building, bound))
            _check_space(building, bound)
            manifest = {"key": key, "rows": rows, "bound": bound, "files": _fingerprints(building), **facts}
            (building / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False), encoding="utf-8")
            final = self._folder / f"{key}-{uuid.uuid4().hex[:8]}"
            building.rename(final)
            self._point(key, final.name)
        except OSError as error:
            shutil.rmtree(building, ignore_errors=True)
            raise StoreTrouble(
                f"索引写不进 {self._folder}：{error.strerror or error}。", "请检查磁盘空间和权限；资料本身没有受影响。"
            ) from error
        except BaseException:
            shutil.rmtree(building, ignore_errors=True)
            raise
        return final

    def discard(self, folder: Path) -> None:
        """Throw away a generation that turned out to be damaged."""
        shutil.rmtree(folder, ignore_errors=True)

    def clear(self) -> None:
        """Throw away all generations."""
        for folder in self._folder.glob("*"):
            shutil.rmtree(folder, ignore_errors=True) if folder.is_dir() else folder.unlink(missing_ok=True)

    def size(self) -> int:
        """Bytes of all generations."""
        return _size(self._folder)

    def _point(self, key: str, name: str) -> None:
        pointer = self._folder / f"current-{_series(key)}"
        fresh = pointer.with_name(f"{pointer.name}.{uuid.uuid4().hex[:8]}")
        with fresh.open("w", encoding="ascii") as file:
            file.write(name)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(pointer)

    def _sweep(self) -> None:
        """Remove what crashed builds left and generations that nothing has pointed to for an hour."""
        pointed = {
            pointer.read_text(encoding="ascii", errors="replace").strip() for pointer in self._folder.glob("current-*") if pointer.is_file()
        }
        for folder in self._folder.iterdir():
            if not folder.is_dir() or folder.name in pointed:
                continue
            with contextlib.suppress(OSError):
                dead = folder.name.startswith("building-") and not _is_alive(folder.name.split("-")[1])
                if dead or time.time() - folder.stat().st_mtime > _STALE_SECONDS:
                    shutil.rmtree(folder, ignore_errors=True)


def _series(key: str) -> str:
    """The pointer that a key belongs to: one per kind of embedding."""
    return key.split("-", 1)[0]


def _is_alive(pid: str) -> bool:
    if not pid.isdigit() or int(pid) == os.getpid():
        return pid.isdigit()
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _is_sound(folder: Path) -> bool:
    """Whether the folder holds what its manifest says: sizes bounded, files unchanged."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return bool(_size(folder) <= manifest["bound"] and _fingerprints(folder) == manifest["files"])
    except (OSError, ValueError, KeyError):
        return False


def _fingerprints(folder: Path) -> dict[str, str]:
    """Hash of every file that never changes after the build; of the others that they are there."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name not in _MUTABLE)
    found = {path.relative_to(folder).as_posix(): _hash(path) for path in files}
    return found | {path.relative_to(folder).as_posix(): "present" for path in folder.rglob("chroma.sqlite3")}


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").hexdigest()[:32]


def _size(folder: Path) -> int:
    return sum(path.stat().st_blocks * 512 for path in folder.rglob("*") if path.is_file())


def _check_space(folder: Path, bound: int) -> None:
    if _size(folder) > bound:
        raise StoreTrouble("索引异常增大，已停止建立并删除。", "资料本身没有受影响；请重试，仍不成功时只用关键词检索。")
    if shutil.disk_usage(folder).free < 32 * 2**20:
        raise StoreTrouble("磁盘空间不足，索引没有建立。", "请腾出空间后重试；资料本身没有受影响。")
