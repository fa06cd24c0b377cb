"""`nianbao compare THIS LAST` → `nianbao.compare/1`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.common import DataDirOption, Exit, Format, FormatOption, emit, say
from assistant.cli.documents import finding_document


def compare(
    this: Annotated[Path, typer.Argument(help="本年报告")],
    last: Annotated[Path, typer.Argument(help="上年报告")],
    output: FormatOption = Format.TEXT,
    memo: Annotated[Path | None, typer.Option("--memo", help="另存审核备忘（.docx 或 .html）", show_default=False)] = None,
    earlier: Annotated[list[Path] | None, typer.Option("--earlier", help="更早年度的报告，可给多个", show_default=False)] = None,
    trend: Annotated[Path | None, typer.Option("--trend", help="另存历年走势图（.html）", show_default=False)] = None,
    data_dir: DataDirOption = None,
) -> None:
    """Hold this year's report against last year's: what to look at first, redline, figures, last year's problems."""
    from datetime import date

    from assistant import workflow

    before = workflow.read(last).report
    saved = workflow.with_previous(workflow.load_saved(this), before)
    checked = workflow.check_with_decisions(saved, workflow.load_settings(data_dir), date.today())
    comparison = workflow.compare(saved.report, before, checked.findings)
    years = (*(workflow.read(path).report for path in earlier or ()), before, saved.report)
    status = Exit.FINDINGS if any(finding.severity == "error" and not finding.explained for finding in checked.findings) else Exit.FINE
    if memo:
        workflow.write_memo(comparison, memo, saved, years=years)
    if trend:
        workflow.write_trend(years, trend)
    if output is Format.JSON:
        emit({**workflow.compare_document(comparison), "findings": [finding_document(finding) for finding in comparison.findings]})
        raise typer.Exit(status)
    for line in (
        *workflow.queue_lines(workflow.queue(comparison, saved)),
        *workflow.compare_lines(comparison),
        *workflow.redline_lines(comparison),
    ):
        say(line)
    for name, path in (("审核备忘", memo), ("历年走势图", trend)):
        if path:
            say(f"{name}：{path}")
    raise typer.Exit(status)
