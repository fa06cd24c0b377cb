"""`nianbao rollup FILE… --unit U --year Y -o OUT.json` → `nianbao.report/1`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.common import DataDirOption, Exit, FilesArgument, Format, FormatOption, say


def rollup(
    files: FilesArgument,
    out: Annotated[Path, typer.Option("-o", "--out", help="汇总报告保存到（.json）")],
    unit: Annotated[str, typer.Option("--unit", help="汇总单位全称")] = "",
    year: Annotated[int | None, typer.Option("--year", help="报告年度；省略则取各报告共同的年度", show_default=False)] = None,
    expected: Annotated[Path | None, typer.Option("--expected", help="应报单位名单，一行一个", show_default=False)] = None,
    parts: Annotated[
        Path | None, typer.Option("--parts", help="另存每个合计的分项（.csv）：一行一个单元格，一列一个单位", show_default=False)
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", help="同时用几个进程（0 为自动）", min=0, max=64)] = 0,
    output: FormatOption = Format.TEXT,
    data_dir: DataDirOption = None,
) -> None:
    """Sum subordinate reports; say who is missing, who has errors, and which cells were left blank."""
    from assistant import workflow

    rolled = workflow.roll_up(files, unit=unit, year=year, expected=expected, jobs=jobs)
    workflow.write_saved(rolled.saved, out)
    if parts:
        workflow.write_parts(rolled, parts)
    if output is Format.JSON:
        sys.stdout.write(workflow.dump(rolled.saved))
    else:
        for line in rolled.lines:
            say(line)
        for path in (out, *([parts] if parts else [])):
            say(f"已保存：{path}")
    raise typer.Exit(Exit.FAILED if rolled.unread else Exit.FINDINGS if rolled.troubled else Exit.FINE)
