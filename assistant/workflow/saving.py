"""The saved report as text and as a file."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from assistant.domain.saved import SavedReport
from assistant.errors import InvalidData


def dump(saved: SavedReport) -> str:
    """`nianbao.report/1` as text."""
    from assistant.files.writers import saved_json

    return saved_json(saved).decode()


@lru_cache(maxsize=8)
def load(document: str) -> SavedReport:
    """The saved report in such a text. Raises `UnreadableFile`."""
    from assistant.files.writers import parse_report_document

    return parse_report_document(document.encode())


def load_saved(path: Path) -> SavedReport:
    """A saved report from its file; any other readable report becomes one without facts and sources. Raises `UnreadableFile`, `NotAReport`."""
    from assistant.files.limits import load as load_file
    from assistant.files.writers import parse_report_document
    from assistant.workflow.readings import named, read

    if path.suffix.lower() == ".json":
        with named(path):
            return parse_report_document(load_file(path))
    result = read(path)
    return SavedReport(report=result.report, losses=result.losses)


def before_last(path: Path) -> Path:
    """Where the state before the last change of a saved report is kept."""
    return path.with_name(f"{path.stem}.上一版{path.suffix}")


def write_over(saved: SavedReport, path: Path) -> None:
    """Write the saved report; what stood in the file before is kept beside it, for `undo`."""
    from assistant.files.writers import write_atomically

    if path.is_file():
        write_atomically(before_last(path), path.read_bytes())
    write_saved(saved, path)


def undo(path: Path) -> Path:
    """Put the state before the last change back, and keep the present one in its place: done twice, it comes back. Raises `InvalidData`."""
    earlier = before_last(path)
    if not earlier.is_file():
        raise InvalidData(f"{path.name} 没有更早的一版。", "每次保存到同一个文件时，原来的一版留作“上一版”。")
    load_saved(earlier)
    aside = path.with_name(f".{path.name}.swap")
    path.replace(aside)
    earlier.replace(path)
    aside.replace(earlier)
    return path


def write_saved(saved: SavedReport, path: Path) -> None:
    """Write the saved report whole or not at all. Raises `UnknownFormat` for another suffix than .json, `UnwritableFile`."""
    from assistant.files.writers import UnknownFormat, saved_json, write_atomically

    if path.suffix.lower() != ".json":
        raise UnknownFormat(f"报告不能保存成“{path.suffix or '无扩展名'}”格式。", "请用 .json 保存；正式文件用 nianbao export 导出。")
    write_atomically(path, saved_json(saved))
