"""A file is written whole or not at all, and trouble is told in words."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from assistant.files.writers import ExportOptions, UnknownFormat, UnwritableFile, write_atomically, write_report
from tests.files.writers.samples import sample_report


def failing(number: int) -> Any:
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


@pytest.mark.parametrize(
    ("number", "word"),
    [
        (errno.ENOSPC, "磁盘空间不足"),
        (errno.EDQUOT, "磁盘空间不足"),
        (errno.EACCES, "没有写入权限"),
        (errno.EROFS, "没有写入权限"),
        (errno.EIO, "未能写入"),
    ],
)
def test_trouble_leaves_the_old_file_as_it_was(number: int, word: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "报告.docx"
    target.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", failing(number))
    with pytest.raises(UnwritableFile, match=word) as caught:
        write_report(sample_report(), target, options=ExportOptions())
    assert caught.value.hint
    assert target.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["报告.docx"]


def test_failure_of_the_last_step_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a.json"
    target.write_bytes(b"old")
    monkeypatch.setattr(Path, "replace", failing(errno.EACCES))
    with pytest.raises(UnwritableFile):
        write_atomically(target, b"new")
    assert target.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["a.json"]


def test_missing_folder_and_folder_as_file_are_explained(tmp_path: Path) -> None:
    with pytest.raises(UnwritableFile, match="不存在"):
        write_atomically(tmp_path / "no" / "a.docx", b"x")
    (tmp_path / "b.docx").mkdir()
    with pytest.raises(UnwritableFile, match="文件夹"):
        write_atomically(tmp_path / "b.docx", b"x")
    with pytest.raises(UnwritableFile):
        write_atomically(tmp_path / ("长" * 200 + ".docx"), b"x")


def test_a_link_is_followed_and_kept(tmp_path: Path) -> None:
    (tmp_path / "real.html").write_bytes(b"old")
    (tmp_path / "link.html").symlink_to(tmp_path / "real.html")
    write_atomically(tmp_path / "link.html", b"new")
    assert (tmp_path / "link.html").is_symlink()
    assert (tmp_path / "real.html").read_bytes() == b"new"


@pytest.mark.parametrize("suffix", [".docx", ".HTML", ".json", ".pdf", ".xlsx"])
def test_each_format_is_written(suffix: str, tmp_path: Path) -> None:
    target = tmp_path / f"报告{suffix}"
    write_report(sample_report(), target, options=ExportOptions(gb9704=True, watermark_draft=True, evidence_annex=True))
    assert target.stat().st_size > 1000


@pytest.mark.parametrize("name", ["a.doc", "a", "a.docx.exe"])
def test_another_format_is_refused_with_those_that_can_be_written(name: str, tmp_path: Path) -> None:
    with pytest.raises(UnknownFormat) as caught:
        write_report(sample_report(), tmp_path / name, options=ExportOptions())
    assert ".docx" in caught.value.hint
    assert not list(tmp_path.iterdir())
