"""The public entry: a report into a file, the format chosen by the suffix."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from assistant.domain.draft import DraftSentence
from assistant.domain.finding import Finding
from assistant.domain.report import Loss, Report
from assistant.domain.saved import SavedReport
from assistant.errors import AssistantError
from assistant.files.writers.atomic import write_atomically
from assistant.files.writers.blocks import ExportDocument, export_document
from assistant.files.writers.docx_writer import docx_bytes
from assistant.files.writers.html_writer import html_bytes
from assistant.files.writers.json_writer import saved_json
from assistant.files.writers.options import ExportOptions
from assistant.files.writers.pdf_writer import pdf_bytes
from assistant.files.writers.sources import evidence_annex
from assistant.files.writers.xlsx_writer import xlsx_bytes

FORMATS = (".docx", ".html", ".json", ".pdf", ".xlsx")


class UnknownFormat(AssistantError):
    """The suffix of the file to be written names no format that can be written."""

    code = "unknown-format"


def write_report(
    report: Report,
    path: Path,
    *,
    options: ExportOptions,
    findings: tuple[Finding, ...] = (),
    losses: tuple[Loss, ...] = (),
    previous: Report | None = None,
    sentences: tuple[DraftSentence, ...] = (),
) -> None:
    """Write the report to `path`; the suffix chooses .docx, .html, .json, .pdf or .xlsx.

    `findings` and `previous` are printed in the review copy only, `sentences` are the drafted sentences whose sources the evidence
    annex names; JSON keeps `losses`, `previous` and `sentences`. The file is written whole or not at all. Raises `UnknownFormat` for
    another suffix, `UnprintableText` for characters that no font of the PDF has, and `UnwritableFile` when the disk is full or the place
    may not be written to.
    """
    content = report_bytes(report, path.suffix, options=options, findings=findings, losses=losses, previous=previous, sentences=sentences)
    write_atomically(path, content)


def report_bytes(
    report: Report,
    suffix: str,
    *,
    options: ExportOptions,
    findings: tuple[Finding, ...] = (),
    losses: tuple[Loss, ...] = (),
    previous: Report | None = None,
    sentences: tuple[DraftSentence, ...] = (),
) -> bytes:
    """The content of the file that `write_report` would write."""
    suffix = suffix.lower()
    if suffix not in FORMATS:
        raise UnknownFormat(f"不能写出“{suffix or '无扩展名'}”格式的文件。", f"可用的格式：{'、'.join(FORMATS)}。")
    if suffix == ".json":
        return saved_json(SavedReport(report=report, losses=losses, previous=previous, sentences=sentences))
    document = _document(report, options, findings, previous)
    if options.evidence_annex:
        document = replace(document, annex=evidence_annex(report, sentences))
    if suffix == ".docx":
        return docx_bytes(document, gb9704=options.gb9704)
    if suffix == ".pdf":
        return pdf_bytes(document, gb9704=options.gb9704)
    return html_bytes(document) if suffix == ".html" else xlsx_bytes(report, document)


def _document(report: Report, options: ExportOptions, findings: tuple[Finding, ...], previous: Report | None) -> ExportDocument:
    if options.review_copy:
        from assistant.files.writers.review_copy import review_copy  # the redline engine is needed here alone

        return review_copy(report, previous, findings, watermark=options.watermark)
    return export_document(report, watermark=options.watermark)
