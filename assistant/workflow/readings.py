"""Reading files; readings kept for the length of a run, so that each file is read once."""

from __future__ import annotations

import hashlib
import os
import pickle
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path

from assistant.domain.report import ReadResult
from assistant.errors import AssistantError

_State = tuple[int, int, int]


def read(path: Path) -> ReadResult:
    """A report from a file with what could not be read. Raises `UnreadableFile` and `NotAReport`, the file named."""
    from assistant.files.reading import read_report

    with named(path):
        return read_report(path)


@contextmanager
def named(path: Path) -> Iterator[None]:
    """Errors of reading say which file they are about."""
    try:
        yield
    except AssistantError as error:
        if path.name not in error.message:
            error.message = f"{path.name}：{error.message}"
        raise


def read_bytes(name: str, data: bytes) -> ReadResult:
    """The same for an uploaded file."""
    from assistant.files.reading import read_report

    return read_report(data, name)


def read_once(file: Path, kept: Path | None = None) -> ReadResult:
    """The file as read before, by this process or by any that was given the same folder `kept`: readings are left there for the others.
    Raises as `read` does."""
    try:
        state = file.stat()
    except OSError:
        return read(file)  # which says what is wrong with it
    return _in_state(file, (state.st_ino, state.st_mtime_ns, state.st_size), kept)


@lru_cache(maxsize=64)
def _in_state(file: Path, state: _State, kept: Path | None) -> ReadResult:
    """The file in the state it was last written in."""
    place = kept / hashlib.sha256(f"{file.absolute()}|{state}".encode()).hexdigest() if kept else None
    if place and place.is_file():
        known: ReadResult = pickle.loads(zlib.decompress(place.read_bytes()))  # written by this run alone, into a folder of its own
        return known
    result = read(file)
    if place:
        _leave(result, place)
    return result


def _leave(result: ReadResult, place: Path) -> None:
    """Whole or not at all; a full disk costs the others a reading, nothing else."""
    beside = place.with_name(f"{place.name}.{os.getpid()}")
    with suppress(OSError):
        beside.write_bytes(zlib.compress(pickle.dumps(result, pickle.HIGHEST_PROTOCOL), 1))
        beside.replace(place)
