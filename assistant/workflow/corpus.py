"""The user's corpus: official texts and past reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import AssistantError

if TYPE_CHECKING:
    from assistant.retrieval.library import Added, Library


def library(data_dir: Path | None = None) -> Library:
    """The library in the data directory."""
    from assistant.retrieval.library import Library
    from assistant.settings import load_settings

    return Library(load_settings(data_dir).data_dir)


def add_to_corpus(paths: Sequence[Path], *, as_report: bool = False, data_dir: Path | None = None, today: date) -> Iterator[Added]:
    """Import files and folders one after another; a file that fails is reported and the run goes on."""
    from assistant.retrieval.library import Added
    from assistant.workflow.checking import read

    found = library(data_dir)
    for path in paths:
        if path.is_dir() and not as_report:
            yield from found.add_folder(path, today=today)
            continue
        for file in sorted(path.rglob("*.*")) if path.is_dir() else [path]:
            try:
                if as_report:
                    yield found.add_report(read(file).report, today=today)
                else:
                    yield from found.add(file, today=today)
            except AssistantError as error:
                yield Added(name=str(file), status="failed", message=f"{error.message}{error.hint}")
