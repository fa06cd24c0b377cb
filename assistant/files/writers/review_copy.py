"""The review copy: this year's text with tracked changes against last year's, and findings as comments."""

from __future__ import annotations

from dataclasses import replace

from assistant.domain.finding import Finding
from assistant.domain.report import Block, Report, SectionId
from assistant.files.writers.annotate import annotated
from assistant.files.writers.blocks import Change, ExportDocument, Paragraph, Part, Run, export_document, paragraph_of
from assistant.text.redline import redline


def review_copy(report: Report, previous: Report | None, findings: tuple[Finding, ...], *, watermark: str = "") -> ExportDocument:
    """The export document of `report` with changes against `previous` (none when None) and a note for each finding.

    Rejecting all changes in a word processor gives last year's text, accepting them this year's; numbers in tables are not tracked.
    """
    document = export_document(report, watermark=watermark)
    if previous is not None:
        document = replace(document, parts=_tracked(document.parts, report, previous))
    return annotated(document, findings)


def _tracked(parts: tuple[Part, ...], report: Report, previous: Report) -> tuple[Part, ...]:
    """The parts with the paragraphs of each part of the report replaced by its redline."""
    new, old = _texts(report), _texts(previous)
    redlined = {name: redlined_paragraphs(old.get(name, ()), blocks) for name, blocks in new.items() if blocks}
    owner = {block.id: name for name, blocks in new.items() for block in blocks}
    result: list[Part] = []
    for part in parts:
        name = owner.get(part.block) if isinstance(part, Paragraph) else None
        if name is None:
            result.append(part)
        elif name in redlined:
            result += redlined.pop(name)
    return tuple(result)


def _texts(report: Report) -> dict[str, tuple[Block, ...]]:
    sections = {section.value: tuple(block for found in report.sections if found.id == section for block in found.blocks) for section in SectionId}
    return {"preamble": report.preamble, **sections, "signature": report.signature}


def redlined_paragraphs(old: tuple[Block, ...], new: tuple[Block, ...]) -> tuple[Paragraph, ...]:
    """The paragraphs of `new` with their changes against `old`. The `change` of a paragraph is that of its paragraph mark, as in Word: a
    deleted mark joins the paragraph with the next one once the changes are accepted."""
    before, after = ("\n".join(block.text.strip() for block in blocks) for blocks in (old, new))
    lines = _Lines(new)
    for op in redline(before, after):
        change: Change = "insert" if op.op == "move" else op.op
        first, *others = op.text.split("\n")
        lines.add(first, change)
        for text in others:
            lines.end(change)
            lines.add(text, change)
    lines.end("keep")
    return tuple(lines.paragraphs)


class _Lines:
    """Collects runs into paragraphs; each paragraph belongs to the block of the new text that is being written."""

    def __init__(self, blocks: tuple[Block, ...]) -> None:
        self._plain = [paragraph_of(block) for block in blocks]
        self._runs: list[Run] = []
        self._at = 0
        self.paragraphs: list[Paragraph] = []

    def add(self, text: str, change: Change) -> None:
        if text:
            self._runs.append(Run(text, change=change))

    def end(self, change: Change) -> None:
        plain = self._plain[min(self._at, len(self._plain) - 1)]
        unchanged = change == "keep" and all(run.change == "keep" for run in self._runs)
        standing = change != "delete"
        runs = plain.runs if unchanged and "".join(run.text for run in self._runs) == plain.text else tuple(self._runs)
        self.paragraphs.append(replace(plain, runs=runs, change=change))
        self._runs = []
        self._at += standing
