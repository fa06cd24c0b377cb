"""`nianbao compare THIS LAST` → `nianbao.compare/1`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.common import DataDirOption, Format, FormatOption, emit, say


def compare(
    this: Annotated[Path, typer.Argument(help="本年报告")],
    last: Annotated[Path, typer.Argument(help="上年报告")],
    output: FormatOption = Format.TEXT,
    memo: Annotated[Path | None, typer.Option("--memo", help="另存对照说明（.docx 或 .html）", show_default=False)] = None,
    data_dir: DataDirOption = None,
) -> None:
    """Hold this year's report against last year's."""
    from assistant import workflow

    comparison = workflow.compare(workflow.read(this).report, workflow.read(last).report)
    if memo:
        workflow.write_memo(comparison, memo)
    if output is Format.JSON:
        emit(workflow.compare_document(comparison))
        return
    for line in workflow.compare_lines(comparison):
        say(line)
    if memo:
        say(f"对照说明：{memo}")
