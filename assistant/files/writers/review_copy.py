"""The review copy: this year's text with tracked changes against last year's, and findings as comments."""

from __future__ import annotations

from dataclasses import replace

from assistant.domain.finding import Finding
from assistant.domain.report import Block, Report, SectionId
from assistant.files.writers.annotate import annotated
from assistant.files.writers.blocks import Change, ExportDocument, Paragraph, Part, Run, export_document
from assistant.text.redline import redline


def review_copy(report: Report, previous: Report | None, findings: tuple[Finding, ...], *, watermark: str = "") -> ExportDocument:
    """The export document of `report` with changes against `previous` (none when None) and a note for each finding.

    Rejecting all changes in a word processor gives last year's text, accepting them this year's; text that stands elsewhere now is tracked as
    moved; numbers in tables are not tracked.
    """
    document = export_document(report, watermark=watermark)
    if previous is not None:
        document = replace(document, parts=_tracked(document.parts, report, previous))
    return annotated(document, findings)


def _tracked(parts: tuple[Part, ...], report: Report, previous: Report) -> tuple[Part, ...]:
    """The parts with the paragraphs of each part of the report replaced by its redline."""
    old = _texts(previous)
    owner = {block.id: name for name, blocks in _texts(report).items() for block in blocks}
    standing: dict[str, list[Paragraph]] = {}
    for part in parts:
        if isinstance(part, Paragraph) and part.block in owner:
            standing.setdefault(owner[part.block], []).append(part)
    redlined = {name: redlined_paragraphs(old[name], tuple(paragraphs)) for name, paragraphs in standing.items()}
    result: list[Part] = []
    for part in parts:
        name = owner.get(part.block) if isinstance(part, Paragraph) else None
        result += [part] if name is None else redlined.pop(name, ())
    return tuple(result)


def _texts(report: Report) -> dict[str, tuple[Block, ...]]:
    sections = {
        section.value: tuple(block for found in report.sections if found.id == section for block in found.blocks) for section in SectionId
    }
    return {"preamble": report.preamble, **sections, "signature": report.signature}


def redlined_paragraphs(old: tuple[Block, ...], new: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
    """The paragraphs of `new` with their changes against `old`. The `change` of a paragraph is that of its paragraph mark, as in Word: a
    deleted mark joins the paragraph with the next one once the changes are accepted."""
    lines = _Lines(new)
    for op in redline("\n".join(block.text.strip() for block in old), "\n".join(paragraph.text for paragraph in new)):
        change: Change = "insert" if op.op == "move" else op.op
        first, *others = op.text.split("\n")
        lines.add(first, change, op.number)
        for text in others:
            lines.end(change)
            lines.add(text, change, op.number)
    lines.end("keep")
    return tuple(lines.paragraphs)


class _Lines:
    """Collects runs into paragraphs; each paragraph belongs to the paragraph of the new text that is being written."""

    def __init__(self, new: tuple[Paragraph, ...]) -> None:
        self._new = new
        self._runs: list[Run] = []
        self._at = 0
        self._left = _lead(new[0])  # characters of the run-in heading still to be written
        self.paragraphs: list[Paragraph] = []

    def add(self, text: str, change: Change, move: int) -> None:
        if text:
            self._runs.append(Run(text, change=change, move=move))

    def end(self, change: Change) -> None:
        standing = change != "delete" or any(run.change != "delete" for run in self._runs)
        runs, left = _with_lead(self._runs, self._left if standing else 0)
        if change == "delete":
            self.paragraphs.append(Paragraph("body", runs, change=change))
            self._left = left if standing else self._left
        else:
            self.paragraphs.append(replace(self._new[self._at], runs=runs, change=change))
            self._at += 1
            self._left = _lead(self._new[self._at]) if self._at < len(self._new) else 0
        self._runs = []


def _lead(paragraph: Paragraph) -> int:
    return sum(len(run.text) for run in paragraph.runs if run.lead)


def _with_lead(runs: list[Run], left: int) -> tuple[tuple[Run, ...], int]:
    """The runs with the first `left` characters of the standing text marked as run-in heading again; how many are still to come."""
    result: list[Run] = []
    for run in runs:
        taken = run.text[:left]
        result += [replace(run, text=text, lead=lead) for text, lead in ((taken, True), (run.text[len(taken) :], False)) if text]
        left -= len(taken) if run.change != "delete" else 0
    return tuple(result), left
