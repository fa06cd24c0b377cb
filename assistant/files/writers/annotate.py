"""Findings as notes on the export document: marked runs of text, marked cells, and the list of notes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import pairwise

from assistant.domain.finding import Finding, Severity
from assistant.files.writers.blocks import ExportDocument, Note, Paragraph, Part, PrintedTable, Run

_RANK: dict[Severity, int] = {"error": 0, "warning": 1, "info": 2}


def ordered(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Findings by severity, otherwise in the order given."""
    return tuple(sorted(findings, key=lambda finding: _RANK[finding.severity]))


def annotated(document: ExportDocument, findings: tuple[Finding, ...]) -> ExportDocument:
    """The document with each finding as a numbered note where it belongs.

    A finding about cells marks the cells, one about a stretch of text marks it; what has neither, or a place that is not printed,
    hangs on the title. The text itself is unchanged.
    """
    listed = ordered(findings)
    notes = tuple(_note(number, finding) for number, finding in enumerate(listed, start=1))
    cells, spans = _places(document, listed)
    parts = tuple(_marked(part, cells, spans) for part in document.parts)
    return replace(document, parts=parts, notes=notes)


def _note(number: int, finding: Finding) -> Note:
    advice = finding.fix.advice if finding.fix else ""
    return Note(number, finding.severity, finding.code, finding.title, finding.message + (f"　建议：{advice}" if advice else ""))


Spans = dict[str, list[tuple[int, int, int]]]


def _places(document: ExportDocument, findings: tuple[Finding, ...]) -> tuple[dict[str, tuple[int, ...]], Spans]:
    """Note numbers by cell id, and (start, end, number) by block id."""
    printed_cells = {cell.cell for table in document.tables for cell in table.cells if cell.cell}
    printed_blocks = {part.block for part in document.parts if isinstance(part, Paragraph)}
    cells: dict[str, list[int]] = defaultdict(list)
    spans: Spans = defaultdict(list)
    for number, finding in enumerate(findings, start=1):
        known = [cell for cell in finding.cells if cell in printed_cells]
        for cell in known:
            cells[cell].append(number)
        if finding.span:
            span = finding.span
            block = next((name for name in (span.block, f"heading.{span.section}") if name in printed_blocks), "title")
            spans[block].append((span.start, span.end, number) if block == span.block else (0, 10_000, number))
        elif not known:
            spans["title"].append((0, 10_000, number))
    return {cell: tuple(numbers) for cell, numbers in cells.items()}, spans


def _marked(part: Part, cells: dict[str, tuple[int, ...]], spans: Spans) -> Part:
    if isinstance(part, PrintedTable):
        marked = tuple(replace(cell, notes=cells[cell.cell]) if cell.cell in cells else cell for cell in part.cells)
        return replace(part, cells=marked)
    if isinstance(part, Paragraph) and part.block in spans:
        return replace(part, runs=_split(part.runs, spans[part.block]))
    return part


def _split(runs: tuple[Run, ...], spans: list[tuple[int, int, int]]) -> tuple[Run, ...]:
    """Runs cut where a span begins or ends. Offsets count the characters that stand, deleted runs have no length."""
    length = sum(len(run.text) for run in runs if run.change != "delete")
    clipped = [(min(start, max(length - 1, 0)), max(min(end, length), min(start + 1, length)), number) for start, end, number in spans]
    cuts = sorted({edge for start, end, _ in clipped for edge in (start, end)})
    result: list[Run] = []
    offset = 0
    for run in runs:
        if run.change == "delete":
            result.append(run)
            continue
        edges = [0, *(cut - offset for cut in cuts if offset < cut < offset + len(run.text)), len(run.text)]
        for left, right in pairwise(edges):
            about = tuple(number for start, end, number in clipped if start <= offset + left and offset + right <= end)
            result.append(replace(run, text=run.text[left:right], notes=about))
        offset += len(run.text)
    return tuple(result)
