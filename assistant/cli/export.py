"""`nianbao export REPORT.json -o F.{docx,pdf,html,xlsx,json}`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.common import DataDirOption, Format, FormatOption, emit, say

EXPORT = "nianbao.export/1"


def export(
    report: Annotated[Path, typer.Argument(help="保存的报告（.json），或任何读得出的报告文件")],
    out: Annotated[list[Path], typer.Option("-o", "--out", help="导出到，可给多个（.docx .pdf .html .xlsx .json）")],
    draft: Annotated[bool, typer.Option("--draft", help="带“草稿”字样导出，有未说明的错误时也可以")] = False,
    gb9704: Annotated[bool, typer.Option("--gb9704", help="按 GB/T 9704 公文版式")] = False,
    annex: Annotated[bool, typer.Option("--annex", help="附数据与文字来源表")] = False,
    review: Annotated[Path | None, typer.Option("--review", help="另存审阅稿（.docx，修订与批注）", show_default=False)] = None,
    findings: Annotated[
        Path | None, typer.Option("--findings", help="另存核对结果（.html .docx .xlsx .sarif）", show_default=False)
    ] = None,
    annotated: Annotated[
        Path | None, typer.Option("--annotated", help="另存标注稿（.html）：报告全文，问题标在原处", show_default=False)
    ] = None,
    output: FormatOption = Format.TEXT,
    data_dir: DataDirOption = None,
) -> None:
    """Write the official report. Refused while an error stands that nobody explained, unless as a draft."""
    from assistant import workflow

    written = workflow.export(
        report,
        tuple(out),
        draft=draft,
        gb9704=gb9704,
        annex=annex,
        review=review,
        findings=findings,
        annotated=annotated,
        data_dir=data_dir,
    )
    if output is Format.JSON:
        emit({"schema": EXPORT, "file": str(report), "written": [str(path) for path in written], "error": None})
    else:
        for path in written:
            say(f"已导出：{path}")
