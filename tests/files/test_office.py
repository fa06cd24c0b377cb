"""Old Word files: what LibreOffice starts ends with the call, however that ends."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from types import FrameType

import pytest

from assistant.errors import UnreadableFile
from assistant.files.office import convert


@pytest.fixture
def hanging_office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A `soffice` that starts the real work as a child, as LibreOffice does, notes its number and hangs."""
    noted = tmp_path / "child"
    program = tmp_path / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\nsleep 600 &\necho $! > {noted}\nwait\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    return noted


def ends(noted: Path) -> bool:
    """Whether the child ends; one that ended and was not yet waited for has."""
    status = Path(f"/proc/{noted.read_text().strip()}/stat")
    for _ in range(100):
        try:
            if status.read_text().rsplit(")", 1)[1].split()[0] == "Z":
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        time.sleep(0.1)
    return False


def test_a_conversion_that_takes_too_long_is_told_and_leaves_nothing_running(hanging_office: Path) -> None:
    with pytest.raises(UnreadableFile, match="超时"):
        convert(b"\xd0\xcf\x11\xe0", "doc", "docx", seconds=3.0)
    assert ends(hanging_office)


def test_a_conversion_that_is_broken_off_leaves_nothing_running(hanging_office: Path) -> None:
    def break_off(number: int, frame: FrameType | None) -> None:
        if not hanging_office.exists():
            signal.setitimer(signal.ITIMER_REAL, 0.5)
            return
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, break_off)
    signal.setitimer(signal.ITIMER_REAL, 0.5)
    try:
        with pytest.raises(KeyboardInterrupt):
            convert(b"\xd0\xcf\x11\xe0", "doc", "docx")
    finally:
        signal.signal(signal.SIGALRM, before)
    assert ends(hanging_office)
