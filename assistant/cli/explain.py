"""`nianbao explain CODE | CELL [--report FILE]`: one rule with its reason, examples and basis; or one cell and where its number comes from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.common import DataDirOption, Format, FormatOption, emit, say

EXPLAIN = "nianbao.explain/1"


def explain(
    code: Annotated[
        str, typer.Argument(help="规则编号，如 T101，或单元格编号，如 t3.new.person；省略则列出全部规则", show_default=False)
    ] = "",
    report: Annotated[Path | None, typer.Option("--report", help="说明单元格时：数字在这份报告里从哪里来", show_default=False)] = None,
    out: Annotated[Path | None, typer.Option("--out", help="把全部规则各写一页（.md）到这个文件夹", show_default=False)] = None,
    output: FormatOption = Format.TEXT,
    data_dir: DataDirOption = None,
) -> None:
    """Explain a rule or a cell, or list all rules."""
    from assistant import workflow

    if out:
        say(f"已写 {workflow.write_rule_pages(out)} 页：{out}")
        return
    if workflow.is_cell(code):
        lines = workflow.cell_lines(code, saved=workflow.load_saved(report) if report else None)
        if output is Format.JSON:
            emit({"schema": EXPLAIN, "code": code, "title": lines[0].partition("：")[2], "page": "\n".join(lines), "error": None})
        else:
            say("\n".join(lines))
        return
    rules = workflow.rules()
    if not code:
        for rule in rules.values():
            emit({"schema": EXPLAIN, **rule.model_dump(mode="json"), "error": None}) if output is Format.JSON else say(
                f"{rule.code}  {rule.title}"
            )
        for source, title in workflow.source_rules().items():
            emit({"schema": EXPLAIN, "code": source, "title": title, "error": None}) if output is Format.JSON else say(f"{source}  {title}")
        return
    page = workflow.rule_page(code)
    if output is Format.TEXT:
        say(page)
        return
    found = rules.get(code.upper())
    emit({"schema": EXPLAIN, **(found.model_dump(mode="json") if found else {"code": code.upper()}), "page": page, "error": None})
