"""`nianbao read FILE…` → `nianbao.read/1`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import typer

from assistant.cli.common import DataDirOption, Document, Exit, FilesArgument, Format, FormatOption, run_each, say
from assistant.cli.documents import READ, read_document
from assistant.domain.report import ReadResult


def read(files: FilesArgument, output: FormatOption = Format.TEXT, data_dir: DataDirOption = None) -> None:
    """Read reports and say what was read and what was not."""
    from assistant import workflow

    def work(path: Path) -> tuple[Document, Callable[[], None], Exit]:
        result = workflow.read(path)
        return read_document(path, result), lambda: _show(path, result), Exit.FINE

    raise typer.Exit(run_each(files, work, schema=READ, key=lambda path: {"file": str(path)}, output=output))


def _show(path: Path, result: ReadResult) -> None:
    report = result.report
    states = Counter(cell.state.value for cell in report.cells)
    say(f"{path}")
    say(f"  单位：{report.unit or '未认出'}　年度：{report.year or '未认出'}　格式：{report.edition} 版")
    named = {"number": "数字", "blank": "空白", "dash": "斜杠", "unreadable": "读不出", "absent": "缺少"}
    say("  单元格：" + "，".join(f"{named[state]} {count}" for state, count in states.items()))
    for section in report.sections:
        say(f"  {section.heading}（{len(section.text)} 字）")
    for loss in result.losses:
        say(f"  未照读：{loss.message}{'（' + loss.locator + '）' if loss.locator else ''}")
