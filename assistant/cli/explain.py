"""`nianbao explain CODE`: one rule with its reason, examples and basis."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.cli.common import DataDirOption, Format, FormatOption, emit, say
from assistant.errors import InvalidData

EXPLAIN = "nianbao.explain/1"


def explain(
    code: Annotated[str, typer.Argument(help="规则编号，如 T101；省略则列出全部", show_default=False)] = "",
    output: FormatOption = Format.TEXT,
    data_dir: DataDirOption = None,
) -> None:
    """Explain a rule, or list all rules."""
    from assistant import workflow

    rules = workflow.rules()
    if not code:
        for rule in rules.values():
            emit({"schema": EXPLAIN, **rule.model_dump(mode="json"), "error": None}) if output is Format.JSON else say(
                f"{rule.code}  {rule.title}"
            )
        return
    found = rules.get(code.upper())
    if found is None:
        near = "、".join(sorted(name for name in rules if name[:1] == code[:1].upper())[:8])
        raise InvalidData(f"没有编号为 {code} 的规则。", f"运行 nianbao explain 可列出全部规则{'；相近的有：' + near if near else ''}。")
    if output is Format.JSON:
        emit({"schema": EXPLAIN, **found.model_dump(mode="json"), "error": None})
    else:
        say(workflow.rule_page(found.code))
