"""`nianbao batch FOLDER`: check every report of a folder, last year's report of the same unit found by itself."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from assistant.cli.common import DataDirOption, Format, FormatOption
from assistant.cli.many import Task, run_checks_on
from assistant.errors import UnreadableFile


def batch(
    folder: Annotated[Path, typer.Argument(help="存放报告的文件夹")],
    year: Annotated[int | None, typer.Option("--year", help="只核对这一年度", show_default=False)] = None,
    output: FormatOption = Format.TEXT,
    data_dir: DataDirOption = None,
) -> None:
    """Check a folder of reports."""
    from assistant import workflow

    if not folder.is_dir():
        raise UnreadableFile(f"没有文件夹 {folder}。", "请核对路径。")
    with TemporaryDirectory(prefix="nianbao-") as readings:
        pairs = workflow.pairs_in(folder, year, data_dir, Path(readings))
        if not pairs:
            raise UnreadableFile(f"文件夹 {folder} 里没有读得出的报告。", "可读的格式：.docx .doc .wps .pdf .html .xlsx .txt .md .json。")
        worst = run_checks_on([Task(*pair) for pair in pairs], output=output, data_dir=data_dir, readings=Path(readings))
    raise typer.Exit(worst)
