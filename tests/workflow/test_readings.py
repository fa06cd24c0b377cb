"""Readings that are kept for a run."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant.errors import UnreadableFile
from assistant.workflow import readings
from assistant.workflow.pairing import pairs_in
from assistant.workflow.readings import read, read_once
from tests.sample import SAMPLE


def test_a_reading_that_another_process_left_is_the_reading_of_the_file(tmp_path: Path) -> None:
    file, kept = shutil.copy(SAMPLE / "report-2024.docx", tmp_path), tmp_path / "kept"
    kept.mkdir()
    first = read_once(Path(file), kept)
    _as_another_process()
    again = read_once(Path(file), kept)
    assert again is not first
    assert again == first == read(Path(file))


def test_a_changed_file_is_read_anew(tmp_path: Path) -> None:
    file, kept = tmp_path / "a.docx", tmp_path / "kept"
    kept.mkdir()
    shutil.copy(SAMPLE / "report-2024.docx", file)
    assert read_once(file, kept).report.year == 2024
    shutil.copy(SAMPLE / "report-2023.docx", file)
    assert read_once(file, kept).report.year == 2023


def test_pairing_leaves_its_readings_for_the_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, kept = tmp_path / "reports", tmp_path / "kept"
    folder.mkdir()
    kept.mkdir()
    for year in (2023, 2024):
        shutil.copy(SAMPLE / f"report-{year}.docx", folder)
    pairs = pairs_in(folder, data_dir=tmp_path / "data", readings=kept)
    _as_another_process()
    monkeypatch.setattr(readings, "read", _no_reading)
    assert [read_once(file, kept).report.year for file, _ in pairs] == [2023, 2024]


def test_a_file_that_cannot_be_read_is_no_kept_reading(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK\x03\x04 broken")
    for _ in range(2):
        with pytest.raises(UnreadableFile, match=r"a\.docx"):
            read_once(tmp_path / "a.docx", tmp_path)
    with pytest.raises(UnreadableFile, match="找不到"):
        read_once(tmp_path / "none.docx", tmp_path)


def _as_another_process() -> None:
    """Forget what this process has read."""
    readings._in_state.cache_clear()


def _no_reading(path: Path) -> None:
    raise AssertionError(f"{path} was read again")
