"""`nianbao draft REPORT.json [--section ID] [--model NAME | --offline] -o OUT.json` → `nianbao.report/1`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.common import DataDirOption, Format, FormatOption, say


def draft(
    report: Annotated[Path, typer.Argument(help="nianbao fill 保存的报告（.json）")],
    out: Annotated[Path, typer.Option("-o", "--out", help="保存到（.json）")],
    section: Annotated[
        list[str] | None,
        typer.Option("--section", help="只起草这一部分：overview、problems、other、preamble、signature", show_default=False),
    ] = None,
    model: Annotated[str, typer.Option("--model", help="模型名称（端点由 OPENAI_BASE_URL 设置）", show_default=False)] = "",
    offline: Annotated[bool, typer.Option("--offline", help="不用模型")] = False,
    facts: Annotated[Path | None, typer.Option("--facts", help="本年事实（.yaml）", show_default=False)] = None,
    output: FormatOption = Format.TEXT,
    data_dir: DataDirOption = None,
) -> None:
    """Draft the narrative sections; without a model last year's text is rolled forward."""
    import sys

    from assistant import workflow

    chosen = workflow.settings(data_dir)
    if model:
        chosen = chosen.model_copy(update={"model": model})
    saved = workflow.load_saved(report)
    if facts:
        saved = workflow.with_facts(saved, facts)
    drafted = workflow.draft(saved, *(section or ()), settings=chosen, with_model=not offline and (bool(model) or chosen.model_configured))
    workflow.write_saved(drafted, out)
    if output is Format.JSON:
        sys.stdout.write(workflow.dump(drafted))
        return
    for line in workflow.draft_lines(drafted):
        say(line)
    say(f"已保存：{out}")
