"""The saved report as text and as a file."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from assistant.domain.saved import SavedReport


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
    from assistant.workflow.checking import read

    if path.suffix.lower() == ".json":
        return parse_report_document(load_file(path))
    result = read(path)
    return SavedReport(report=result.report, losses=result.losses)


def write_saved(saved: SavedReport, path: Path) -> None:
    """Write the saved report whole or not at all."""
    from assistant.files.writers import saved_json, write_atomically

    write_atomically(path, saved_json(saved))
