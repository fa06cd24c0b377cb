"""Writing files: the report, the page of findings, the review copy, the memo."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.domain.finding import CheckResult
from assistant.domain.saved import SavedReport
from assistant.errors import ExportRefused, InvalidData
from assistant.workflow.checking import blockers, check_saved
from assistant.workflow.editing import places
from assistant.workflow.saving import load_saved

if TYPE_CHECKING:
    from assistant.domain.report import Report
    from assistant.domain.review import Comparison, MemoBlock
    from assistant.files.writers import ExportOptions
    from assistant.settings import Settings
    from assistant.workspace import Comment


def export(
    source: Path,
    targets: tuple[Path, ...],
    *,
    draft: bool = False,
    gb9704: bool = False,
    annex: bool = False,
    review: Path | None = None,
    findings: Path | None = None,
    annotated: Path | None = None,
    data_dir: Path | None = None,
) -> tuple[Path, ...]:
    """Write a report to every target. Raises `ExportRefused` while an unexplained error stands, unless `draft`."""
    from assistant.settings import load_settings

    saved = load_saved(source)
    checked = check_with_decisions(saved, load_settings(data_dir))
    written = write_all(saved, targets, checked, draft=draft, gb9704=gb9704, annex=annex)
    if review:
        write_review_copy(saved, review, checked)
        written += (review,)
    if findings:
        write_findings(saved, findings, checked)
        written += (findings,)
    if annotated:
        write_annotated(saved, annotated, checked)
        written += (annotated,)
    return written


def check_with_decisions(saved: SavedReport, settings: Settings, today: date | None = None) -> CheckResult:
    """The checks with the decisions kept in the workspace, if there is one."""
    if not (settings.data_dir / "workspace.sqlite").is_file():
        return check_saved(saved, decisions=(), settings=settings, today=today)
    from assistant.workspace import Workspace

    return check_saved(saved, decisions=tuple(Workspace(settings.data_dir).decisions().values()), settings=settings, today=today)


def gate(checked: CheckResult, *, draft: bool) -> None:
    """Raise `ExportRefused` with the list of errors, unless a draft is wanted."""
    standing = blockers(checked)
    if standing and not draft:
        listed = "；".join(f"{finding.code} {finding.message.rstrip('。')}" for finding in standing[:5])
        more = f"；等 {len(standing)} 项" if len(standing) > 5 else ""
        raise ExportRefused(
            f"还有 {len(standing)} 个错误没有改正或说明，不能导出正式稿：{listed}{more}。",
            "请先改正或说明理由；也可加 --draft 导出带“草稿”字样的文件。",
        )


def write_all(
    saved: SavedReport, targets: tuple[Path, ...], checked: CheckResult, *, draft: bool = False, gb9704: bool = False, annex: bool = False
) -> tuple[Path, ...]:
    """Write the report in every format asked for."""
    from assistant.files.writers import ExportOptions, write_report
    from assistant.workflow.saving import write_saved

    gate(checked, draft=draft)
    options = ExportOptions(gb9704=gb9704, watermark_draft=draft, evidence_annex=annex)
    for target in targets:
        if target.suffix.lower() == ".json":
            write_saved(saved, target)
        else:
            write_report(saved.report, target, options=options, losses=saved.losses, sentences=saved.sentences)
    return targets


def export_bytes(saved: SavedReport, kind: str, checked: CheckResult, *, draft: bool = False, standard: bool = False) -> bytes:
    """The content of an exported file. Raises `ExportRefused` like `export`."""
    from assistant.files.writers import report_bytes, saved_json

    gate(checked, draft=draft)
    if kind == "json":
        return saved_json(saved)
    return report_bytes(saved.report, f".{kind}", options=_options(draft, standard), losses=saved.losses)


def _options(draft: bool, standard: bool) -> ExportOptions:
    from assistant.files.writers import ExportOptions

    return ExportOptions(gb9704=standard, watermark_draft=draft)


def findings_page(saved: SavedReport, checked: CheckResult) -> str:
    """The findings with the tables as one HTML page."""
    from assistant.files.writers.findings_page import findings_html

    return findings_html(saved.report, checked, saved.losses).decode()


def write_findings(saved: SavedReport, path: Path, checked: CheckResult) -> None:
    """The findings as .html, .xlsx, .docx or .sarif. Raises `UnknownFormat` for another suffix."""
    from assistant.files.writers import UnknownFormat, write_atomically
    from assistant.files.writers.docx_writer import docx_bytes
    from assistant.files.writers.findings_page import findings_document, findings_html
    from assistant.files.writers.findings_xlsx import findings_xlsx
    from assistant.files.writers.sarif import sarif_bytes

    name = saved.report.source.file if saved.report.source else path.stem
    renderers: dict[str, Callable[[], bytes]] = {
        ".html": lambda: findings_html(saved.report, checked, saved.losses),
        ".xlsx": lambda: findings_xlsx([(name, saved.report, checked)]),
        ".docx": lambda: docx_bytes(findings_document(saved.report, checked, saved.losses)),
        ".sarif": lambda: sarif_bytes([(name, saved.report, checked.findings)]),
    }
    if path.suffix.lower() not in renderers:
        raise UnknownFormat(f"核对结果不能写成“{path.suffix or '无扩展名'}”格式。", f"可用的格式：{'、'.join(renderers)}。")
    write_atomically(path, renderers[path.suffix.lower()]())


def write_annotated(saved: SavedReport, path: Path, checked: CheckResult) -> None:
    """The report as a web page with the findings marked in their places. Raises `UnknownFormat` for another suffix than .html."""
    from assistant.files.writers import UnknownFormat, write_atomically
    from assistant.files.writers.findings_page import annotated_html

    if path.suffix.lower() != ".html":
        raise UnknownFormat(f"标注稿不能写成“{path.suffix or '无扩展名'}”格式。", "请用 .html。")
    write_atomically(path, annotated_html(saved.report, checked.findings))


def write_review_copy(saved: SavedReport, path: Path, checked: CheckResult) -> None:
    """A .docx with tracked changes against last year's text and the findings as comments."""
    from assistant.files.writers import ExportOptions, UnknownFormat, write_report

    if path.suffix.lower() != ".docx":
        raise UnknownFormat(f"审阅稿不能写成“{path.suffix or '无扩展名'}”格式。", "审阅稿带修订和批注，请用 .docx。")
    options = ExportOptions(review_copy=True)
    write_report(saved.report, path, options=options, findings=checked.findings, previous=saved.previous, sentences=saved.sentences)


def write_memo(
    comparison: Comparison,
    path: Path,
    saved: SavedReport | None = None,
    *,
    decided: Iterable[str] = (),
    remarks: Iterable[Comment] = (),
    years: Iterable[Report] = (),
) -> None:
    """The review memo as .docx or .html; of a report in work with the answers that were given, the reviewers' remarks and the years before.
    Raises `UnknownFormat` for another suffix."""
    from assistant.files.writers import write_atomically
    from assistant.review.memo import review_memo
    from assistant.review.queue import review_queue
    from assistant.review.trend import trends

    if saved is not None:
        write_atomically(path, memo_bytes(comparison, saved, path.suffix.removeprefix("."), decided=decided, remarks=remarks, years=years))
        return
    write_atomically(path, _memo(review_memo(comparison, review_queue(comparison), trend=trends(years)), path.suffix))


def write_trend(years: Iterable[Report], path: Path) -> None:
    """Each figure over the years as a page of charts. Raises `UnknownFormat` for another suffix than .html, `InvalidData` for a single year."""
    from assistant.files.writers import UnknownFormat, write_atomically
    from assistant.files.writers.trend_page import trend_html
    from assistant.review.trend import trends

    known = tuple(years)
    if path.suffix.lower() != ".html":
        raise UnknownFormat(f"走势图不能写成“{path.suffix or '无扩展名'}”格式。", "可用的格式：.html。")
    if len({report.year for report in known}) < 2:
        raise InvalidData("只有一个年度的报告，画不出走势。", "请再给出别的年度的报告。")
    write_atomically(path, trend_html(known[-1].unit or "", trends(known)))


def memo_bytes(
    comparison: Comparison,
    saved: SavedReport,
    kind: str,
    *,
    decided: Iterable[str] = (),
    remarks: Iterable[Comment] = (),
    years: Iterable[Report] = (),
) -> bytes:
    """The review memo as `docx` or `html`, with the answers that were given, the reviewers' remarks and the figures of the years at hand."""
    from assistant.review.memo import review_memo
    from assistant.review.trend import trends
    from assistant.workflow.open_points import questions
    from assistant.workflow.reviewing import queue

    answers = tuple((one.text, one.answer + (f"（{one.signed}）" if one.signed else "")) for one in questions(saved) if one.answer)
    named = places(saved.report)
    said = tuple((named.get(remark.anchor, remark.anchor), f"{remark.who}：{remark.text}", remark.resolved) for remark in remarks)
    return _memo(review_memo(comparison, queue(comparison, saved, decided), answers, said, trend=trends(years)), f".{kind}")


def _memo(blocks: tuple[MemoBlock, ...], suffix: str) -> bytes:
    from assistant.files.writers import UnknownFormat
    from assistant.files.writers.docx_writer import docx_bytes
    from assistant.files.writers.html_writer import html_bytes
    from assistant.files.writers.memo import memo_document

    renderers = {".docx": docx_bytes, ".html": html_bytes}
    if suffix.lower() not in renderers:
        raise UnknownFormat(f"对照说明不能写成“{suffix or '无扩展名'}”格式。", "可用的格式：.docx、.html。")
    return renderers[suffix.lower()](memo_document(blocks))
