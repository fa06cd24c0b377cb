"""The findings for people: a page with counts, the problems in words, and the tables with the cells marked."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from assistant.domain.finding import CheckResult, Finding, ReplaceText, Severity, Status
from assistant.domain.report import Loss, Report
from assistant.files.writers.annotate import annotated, ordered
from assistant.files.writers.blocks import SEVERITY_LABELS, ExportDocument, Paragraph, Part, PlainTable, Run, export_document
from assistant.files.writers.html_parts import page, part_html, table_html
from assistant.files.writers.sources import part_name
from assistant.files.writers.xml import escaped
from assistant.forms import load_form

DECISIONS = {"confirmed": "已确认，待修改", "explained": "已说明", "dismissed": "已排除"}


def findings_html(report: Report, checked: CheckResult, losses: tuple[Loss, ...] = ()) -> bytes:
    """A page that lists the findings by severity: where, what, by how much, basis, what to do; then the marked tables."""
    document = annotated(export_document(report), checked.findings)
    notes = {note.number: note for note in document.notes}
    items = "\n".join(_item(report, number, finding) for number, finding in enumerate(ordered(checked.findings), start=1))
    listed = f'<ol class="findings">\n{items}\n</ol>' if items else "<p>没有发现问题。</p>"
    tables = "\n".join(f"<h2>{escaped(table.caption)}</h2>\n{table_html(table, notes)}" for table in document.tables)
    parts = [f"<h1>{escaped(heading(report))}</h1>", _counts(checked), f"<h2>问题清单</h2>\n{listed}", _losses(losses), tables]
    return page(heading(report), "\n".join(parts))


def annotated_html(report: Report, findings: tuple[Finding, ...]) -> bytes:
    """The report itself with the findings marked in place and listed below."""
    document = annotated(export_document(report), findings)
    notes = {note.number: note for note in document.notes}
    body = "\n".join(part_html(part, notes) for part in document.parts)
    items = "\n".join(_item(report, number, finding) for number, finding in enumerate(ordered(findings), start=1))
    listed = f'<section class="annex">\n<h2>问题清单</h2>\n<ol class="findings">\n{items}\n</ol>\n</section>' if items else ""
    return page(document.title, f"{body}\n{listed}")


def findings_document(report: Report, checked: CheckResult, losses: tuple[Loss, ...] = ()) -> ExportDocument:
    """The same list as an export document, to be written as .docx or .pdf."""
    marked = annotated(export_document(report), checked.findings)
    parts: list[Part] = [Paragraph("title", (Run(heading(report)),)), Paragraph("body", (Run(summary(checked)),))]
    rows = tuple(
        (
            str(number),
            f"{SEVERITY_LABELS[finding.severity]}\n{finding.code}",
            place(report, finding),
            f"{finding.title}\n{finding.message}",
            _remedy(report, finding),
        )
        for number, finding in enumerate(ordered(checked.findings), start=1)
    )
    if rows:
        parts.append(PlainTable(("序号", "类别", "位置", "问题", "依据和建议"), rows, (6, 9, 24, 36, 25)))
    if losses:
        parts.append(Paragraph("heading", (Run("读取时未能照录的内容"),)))
        parts.append(PlainTable(("位置", "说明"), tuple((loss.locator, loss.message) for loss in losses), (25, 75)))
    annex = tuple(part for table in marked.tables for part in (Paragraph("heading", (Run(table.caption),)), table))
    return replace(marked, title=heading(report), parts=tuple(parts), annex=annex)


def heading(report: Report) -> str:
    """`<unit><year>年度报告核对结果`."""
    return f"{report.unit or ''}{f'{report.year}年度' if report.year else '年度'}报告核对结果"


def summary(checked: CheckResult) -> str:
    """One sentence with the counts."""
    by_severity = Counter(finding.severity for finding in checked.findings)
    counted = "，".join(f"{label} {by_severity[severity]} 项" for severity, label in SEVERITY_LABELS.items())
    unknown = sum(outcome.status is Status.UNKNOWN for outcome in checked.outcomes)
    open_ends = f"；因数据缺失无法判定 {unknown} 项" if unknown else ""
    return f"{checked.identities_total} 条勾稽关系已核对 {checked.identities_evaluated} 条；{counted}{open_ends}。"


def place(report: Report, finding: Finding) -> str:
    """Where a finding is: the cells by name, or the section with the words concerned."""
    form = load_form(report.edition)
    where = [form.names.get(cell, cell) for cell in finding.cells]
    if finding.span:
        where.append(
            f"{part_name(report, finding.span.section)}“{_short(finding.span.text)}”"
            if finding.span.text
            else part_name(report, finding.span.section)
        )
    return "、".join(where) or "整份报告"


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:38]}……"


def difference(finding: Finding) -> str:
    """`应为 12，实为 11`, or what of it is known."""
    return "，".join(f"{word} {value}" for word, value in (("应为", finding.expected), ("实为", finding.actual)) if value)


def basis(finding: Finding) -> str:
    """The legal sources of a finding."""
    return "；".join(f"《{source.document}》（{source.number}）{source.article}" for source in finding.basis)


def advice(report: Report, finding: Finding) -> str:
    """What to do, in words; edits are spelled out when no advice is given."""
    if finding.fix is None:
        return ""
    if finding.fix.advice:
        return finding.fix.advice
    names = load_form(report.edition).names
    said = [
        f"“{edit.span.text}”改为“{edit.new}”"
        if isinstance(edit, ReplaceText)
        else f"{names.get(edit.cell, edit.cell)}改为 {edit.value if edit.value is not None else '空白'}"
        for edit in finding.fix.edits
    ]
    return "；".join(said)


def decided(finding: Finding) -> str:
    """The decision a person has taken, if any."""
    if finding.explained is None:
        return ""
    until = f"，有效期至 {finding.explained.until}" if finding.explained.until else ""
    return f"{DECISIONS[finding.explained.decision]}：{finding.explained.reason}（{finding.explained.by}{until}）"


def _remedy(report: Report, finding: Finding) -> str:
    advised = advice(report, finding)
    return "\n".join(text for text in (basis(finding), f"建议：{advised}" if advised else "", decided(finding)) if text)


def _item(report: Report, number: int, finding: Finding) -> str:
    severity: Severity = finding.severity
    rows = [
        ("位置", place(report, finding)),
        ("差异", difference(finding)),
        ("依据", basis(finding)),
        ("建议", advice(report, finding)),
        ("处理", decided(finding)),
    ]
    details = "".join(f"<dt>{name}</dt><dd>{escaped(text)}</dd>" for name, text in rows if text)
    return (
        f'<li class="{severity}" id="note-{number}"><h3><span class="badge {severity}">{SEVERITY_LABELS[severity]}</span>{number}. {escaped(finding.title)} '
        f'<span class="code">{escaped(finding.code)}</span></h3><p>{escaped(finding.message)}</p><dl>{details}</dl></li>'
    )


def _counts(checked: CheckResult) -> str:
    by_severity = Counter(finding.severity for finding in checked.findings)
    entries = [(severity, label, str(by_severity[severity])) for severity, label in SEVERITY_LABELS.items()]
    unknown = sum(outcome.status is Status.UNKNOWN for outcome in checked.outcomes)
    items = "".join(f'<li class="{kind}"><b>{number}</b>{label}</li>' for kind, label, number in entries)
    items += f'<li class="pass"><b>{checked.identities_evaluated}/{checked.identities_total}</b>{checked.identities_total} 条勾稽关系已核对 {checked.identities_evaluated} 条</li>'
    items += f'<li class="unknown"><b>{unknown}</b>因数据缺失无法判定</li>' if unknown else ""
    return f'<ul class="counts">{items}</ul>'


def _losses(losses: tuple[Loss, ...]) -> str:
    if not losses:
        return ""
    rows = "".join(f"<li>{escaped(loss.locator + '　' if loss.locator else '')}{escaped(loss.message)}</li>" for loss in losses)
    return f"<h2>读取时未能照录的内容</h2>\n<ul>{rows}</ul>"
