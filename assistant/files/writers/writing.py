"""The public entry: a report into a file, the format chosen by the suffix."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from assistant.domain.finding import Finding
from assistant.domain.report import Loss, Report
from assistant.errors import AssistantError
from assistant.files.writers.atomic import write_atomically
from assistant.files.writers.blocks import ExportDocument, export_document
from assistant.files.writers.docx_writer import docx_bytes
from assistant.files.writers.html_writer import html_bytes
from assistant.files.writers.json_writer import report_json
from assistant.files.writers.options import ExportOptions
from assistant.files.writers.pdf_writer import pdf_bytes
from assistant.files.writers.xlsx_writer import xlsx_bytes


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
) -> None:
    """Write the report to `path`; the suffix chooses .docx, .html, .json, .pdf or .xlsx.

    The file is written whole or not at all. Raises `UnknownFormat` for another suffix and `UnwritableFile` when the disk is full or
    the place may not be written to.
    """
    write_atomically(path, report_bytes(report, path.suffix, options=options, losses=losses))


def report_bytes(report: Report, suffix: str, *, options: ExportOptions, losses: tuple[Loss, ...] = ()) -> bytes:
    """The content of the file that `write_report` would write."""
    suffix = suffix.lower()
    if suffix == ".json":
        return report_json(report, losses)
    renderers: dict[str, Callable[[ExportDocument], bytes]] = {
        ".docx": lambda document: docx_bytes(document, gb9704=options.gb9704),
        ".html": html_bytes,
        ".xlsx": lambda document: xlsx_bytes(report, document),
        ".pdf": lambda document: pdf_bytes(document, gb9704=options.gb9704),
    }
    if suffix not in renderers:
        known = "、".join(sorted([*renderers, ".json"]))
        raise UnknownFormat(f"不能写出“{suffix or '无扩展名'}”格式的文件。", f"可用的格式：{known}。")
    return renderers[suffix](export_document(report, watermark=options.watermark))
