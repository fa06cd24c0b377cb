"""`nianbao fill --unit U --year Y … -o OUT.json` → `nianbao.report/1`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.common import DataDirOption, Format, FormatOption, say


def fill(
    unit: Annotated[str, typer.Option("--unit", help="单位全称")],
    year: Annotated[int, typer.Option("--year", help="报告年度")],
    out: Annotated[Path, typer.Option("-o", "--out", help="保存到（.json）")],
    register: Annotated[Path | None, typer.Option("--register", help="申请台账（.xlsx、.csv）", show_default=False)] = None,
    previous: Annotated[Path | None, typer.Option("--previous", help="上年报告", show_default=False)] = None,
    facts: Annotated[Path | None, typer.Option("--facts", help="本年事实（.yaml）", show_default=False)] = None,
    output: FormatOption = Format.TEXT,
    data_dir: DataDirOption = None,
) -> None:
    """Fill the three tables from the register, last year's report and this year's facts."""
    import sys

    from assistant import workflow

    saved = workflow.fill(unit, year, register=register, previous=previous, facts=facts, who=workflow.settings(data_dir).user)
    workflow.write_saved(saved, out)
    if output is Format.JSON:
        sys.stdout.write(workflow.dump(saved))
        return
    for line in workflow.fill_lines(saved):
        say(line)
    say(f"已保存：{out}")
