"""`nianbao fill --unit U --year Y … -o OUT.json` → `nianbao.report/1`."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.common import DataDirOption, Format, FormatOption, say
from assistant.errors import InvalidData

if TYPE_CHECKING:
    from assistant.settings import Settings
    from assistant.workflow import Filled

Files = list[Path] | None


def fill(
    unit: Annotated[str, typer.Option("--unit", help="单位全称")],
    year: Annotated[int, typer.Option("--year", help="报告年度")],
    out: Annotated[Path, typer.Option("-o", "--out", help="保存到（.json）；已有同一单位同一年度的报告时，保留其中的文字和手填的数")],
    register: Annotated[
        Files, typer.Option("--register", help="台账（.xlsx、.xls、.csv），可给多个：申请、复议诉讼、规范性文件、决定", show_default=False)
    ] = None,
    previous: Annotated[Path | None, typer.Option("--previous", help="上年报告", show_default=False)] = None,
    facts: Annotated[Path | None, typer.Option("--facts", help="本年事实（.yaml）", show_default=False)] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(
            "--column", help="指定一列的含义并记住：列名=含义，如 来件时间=收到日期；列名=不用；列名=（撤回）", show_default=False
        ),
    ] = None,
    decide: Annotated[
        Path | None,
        typer.Option("--decide", help="需要决定的事项写到这个文件（.yaml）；填好“决定”后再运行，即照办并记住", show_default=False),
    ] = None,
    deadlines: Annotated[Files, typer.Option("--deadlines", help="另存办理期限：.ics 日历、.csv 清单、.json", show_default=False)] = None,
    today: Annotated[
        datetime | None, typer.Option("--today", formats=["%Y-%m-%d"], help="期限按哪一天计算（默认今天）", show_default=False)
    ] = None,
    holidays: Annotated[
        Path | None, typer.Option("--holidays", help="日历补充文件（.yaml）：尚未收录的放假和调休", show_default=False)
    ] = None,
    output: FormatOption = Format.TEXT,
    data_dir: DataDirOption = None,
) -> None:
    """Fill the three tables from the registers, last year's report and this year's facts; list what is due."""
    import sys

    from assistant import workflow

    settings = workflow.load_settings(data_dir)
    if holidays:
        settings = settings.model_copy(update={"holidays": str(holidays)})
    if not (register or previous or facts):
        raise InvalidData("没有给出任何材料。", "请至少给出台账（--register）、上年报告（--previous）或本年事实（--facts）中的一项。")
    sources = workflow.Sources(tuple(register or ()), previous, facts, tuple(column or ()), decide)
    earlier = workflow.earlier_in(out)
    filled = workflow.fill_from_files(unit, year, sources, data_dir=settings.data_dir, earlier=earlier, who=settings.user)
    due = _deadlines(filled, settings, today.date() if today else date.today(), tuple(deadlines or ()))
    workflow.write_saved(filled.saved, out)
    if output is Format.JSON:
        sys.stdout.write(workflow.dump(filled.saved))
        return
    for line in workflow.register_lines(filled) + workflow.fill_lines(filled.saved) + due:
        say(line)
    if earlier:
        say("原有的文字和手填的数保留不变。")
    for path in (out, *([decide] if decide else []), *(deadlines or ())):
        say(f"已保存：{path}")


def _deadlines(filled: Filled, settings: Settings, today: date, targets: tuple[Path, ...]) -> list[str]:
    """What is due, in lines and in the files asked for."""
    from assistant import workflow

    register = filled.applications
    if register is None:
        if targets:
            raise InvalidData("没有给出申请台账，不能列出办理期限。", "请用 --register 给出申请台账。")
        return []
    report = workflow.due_report(register, today, settings)
    for target in targets:
        workflow.write_deadlines(report, register, target)
    return workflow.deadline_lines(report)
