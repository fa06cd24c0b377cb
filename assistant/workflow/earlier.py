"""Reports of the unit before last year's: those in the workspace and those taken into the library; what their text told in numbers."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.domain.report import Block, EditionId, Report, Section, SectionId
from assistant.domain.saved import SavedReport
from assistant.workflow.prepared import material

if TYPE_CHECKING:
    from assistant.drafting.earlier import EarlierNumber
    from assistant.settings import Settings
    from assistant.workspace import Workspace


def earlier_reports(saved: SavedReport, settings: Settings, workspace: Workspace | None = None) -> tuple[Report, ...]:
    """The unit's reports of the years before last year's, one per year; the workspace before the library."""
    from assistant.workflow.reviewing import years_known

    library = settings.data_dir / "corpus" / "library.sqlite"
    found = list(_in_library(library, library.stat().st_mtime_ns, saved.report.unit or "")) if library.is_file() else []
    found += years_known(workspace, saved) if workspace is not None else ()
    limit = (saved.previous.year if saved.previous else None) or saved.report.year or 0
    by_year = {report.year: report for report in found if report.year and report.year < limit}
    return tuple(by_year[year] for year in sorted(by_year, reverse=True))


@lru_cache(maxsize=8)
def _in_library(path: Path, changed: int, unit: str) -> tuple[Report, ...]:  # `changed`: read again when the library has changed
    """The unit's past reports in the library: their text alone."""
    from assistant.retrieval.store import CorpusStore

    store = CorpusStore(path)
    found = []
    for stored in store.documents():
        document = stored.document
        if document.kind != "report" or stored.superseded or document.unit != unit or document.year is None:
            continue
        blocks = [Block(id=passage.id.partition("#")[2], text=passage.quotable) for passage in store.passages(stored.key)]
        sections = tuple(
            Section(id=part, heading="", blocks=tuple(block for block in blocks if block.id.startswith(f"{part.value}.")))
            for part in SectionId
        )
        edition: EditionId = "2019" if document.edition == "2019" else "2021"
        found.append(Report(unit=unit, year=document.year, edition=edition, title=document.title, sections=sections))
    return tuple(found)


def earlier_numbers(saved: SavedReport, settings: Settings, workspace: Workspace | None = None) -> tuple[EarlierNumber, ...]:
    """The numbers that the text of those reports told, each with the fact of this year that it belongs to."""
    from assistant.drafting.earlier import earlier_numbers as numbers

    return numbers(material(saved), earlier_reports(saved, settings, workspace))
