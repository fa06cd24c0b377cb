"""`nianbao explain CODE`: one rule with its reason, examples and basis."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.common import DataDirOption, Format, FormatOption, emit, say

EXPLAIN = "nianbao.explain/1"


def explain(
    code: Annotated[str, typer.Argument(help="规则编号，如 T101；省略则列出全部", show_default=False)] = "",
    out: Annotated[Path | None, typer.Option("--out", help="把全部规则各写一页（.md）到这个文件夹", show_default=False)] = None,
    output: FormatOption = Format.TEXT,
    data_dir: DataDirOption = None,
) -> None:
    """Explain a rule, or list all rules."""
    from assistant import workflow

    if out:
        say(f"已写 {workflow.write_rule_pages(out)} 页：{out}")
        return
    rules = workflow.rules()
    if not code:
        for rule in rules.values():
            emit({"schema": EXPLAIN, **rule.model_dump(mode="json"), "error": None}) if output is Format.JSON else say(
                f"{rule.code}  {rule.title}"
            )
        return
    page = workflow.rule_page(code)
    if output is Format.TEXT:
        say(page)
        return
    found = rules.get(code.upper())
    emit({"schema": EXPLAIN, **(found.model_dump(mode="json") if found else {"code": code.upper()}), "page": page, "error": None})
