"""Findings of one or many reports as a workbook: one line each, to be filtered and worked off."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from assistant.domain.finding import CheckResult, Finding
from assistant.domain.report import Report
from assistant.files.writers.annotate import ordered
from assistant.files.writers.blocks import SEVERITY_LABELS
from assistant.files.writers.findings_page import advice, basis, decided, difference, place
from assistant.files.writers.xml import clean

_COLUMNS = (
    ("文件", 28),
    ("单位", 22),
    ("年度", 8),
    ("级别", 8),
    ("编号", 8),
    ("问题", 24),
    ("位置", 36),
    ("说明", 60),
    ("差异", 24),
    ("依据", 40),
    ("建议", 40),
    ("处理", 30),
)
_SUMMARY = (("文件", 28), ("单位", 22), ("年度", 8), ("错误", 8), ("警告", 8), ("提示", 8), ("勾稽关系", 10), ("已核对", 10))
_EPOCH = datetime(1980, 1, 1)
Checked = tuple[str, Report, CheckResult]


def findings_xlsx(checked: Sequence[Checked]) -> bytes:
    """A workbook with a sheet of findings and a sheet of counts per report. Text never becomes a formula or a link."""
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    lines = [_line(file, report, finding) for file, report, result in checked for finding in ordered(result.findings)]
    with xlsxwriter.Workbook(stream, options) as workbook:
        workbook.set_properties({"title": "核对结果", "author": "年报助手", "created": _EPOCH})
        header = workbook.add_format({"bold": True, "bg_color": "#C6D9F1", "border": 1, "valign": "vcenter"})
        text = workbook.add_format({"text_wrap": True, "valign": "top", "border": 1})
        for name, columns, rows in (("问题清单", _COLUMNS, lines), ("汇总", _SUMMARY, [_counts(*entry) for entry in checked])):
            sheet = workbook.add_worksheet(name)
            for column, (title, width) in enumerate(columns):
                sheet.set_column(column, column, width)
                sheet.write_string(0, column, title, header)
            for row, line in enumerate(rows, start=1):
                for column, value in enumerate(line):
                    if isinstance(value, int):
                        sheet.write_number(row, column, value, text)
                    else:
                        sheet.write_string(row, column, clean(value), text)
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    return stream.getvalue()


def _line(file: str, report: Report, finding: Finding) -> tuple[str | int, ...]:
    return (
        file,
        report.unit or "",
        report.year or "",
        SEVERITY_LABELS[finding.severity],
        finding.code,
        finding.title,
        place(report, finding),
        finding.message,
        difference(finding),
        basis(finding),
        advice(report, finding),
        decided(finding),
    )


def _counts(file: str, report: Report, result: CheckResult) -> tuple[str | int, ...]:
    by_severity = Counter(finding.severity for finding in result.findings)
    counts = tuple(by_severity[severity] for severity in SEVERITY_LABELS)
    return (file, report.unit or "", report.year or "", *counts, result.identities_total, result.identities_evaluated)
