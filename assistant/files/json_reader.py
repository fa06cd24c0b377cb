"""Reports saved by this program (`nianbao.report/1`)."""

from __future__ import annotations

from assistant.domain.report import ReadResult, Source
from assistant.files.writers.json_writer import parse_report_document


def read_json(content: bytes, source: Source) -> ReadResult:
    """The report in a saved document and the losses saved with it. Raises `UnreadableFile` when it is none or does not validate."""
    saved = parse_report_document(content)
    report = (
        saved.report if saved.report.source else saved.report.replace(source=source, cells=saved.report.cells, grids=saved.report.grids)
    )
    return ReadResult(report=report, losses=saved.losses)
