"""Writing a report: docx, html, json, pdf, xlsx, the findings pages, the review copy and the evidence annex."""

from assistant.files.writers.atomic import UnwritableFile, write_atomically
from assistant.files.writers.gate import export_gate
from assistant.files.writers.json_writer import parse_report_document, saved_json
from assistant.files.writers.options import ExportOptions
from assistant.files.writers.writing import UnknownFormat, report_bytes, write_report

__all__ = [
    "ExportOptions",
    "UnknownFormat",
    "UnwritableFile",
    "export_gate",
    "parse_report_document",
    "report_bytes",
    "saved_json",
    "write_atomically",
    "write_report",
]
