"""`nianbao check FILE… [--previous FILE] [--register FILE] [--manifest pairs.csv]` → `nianbao.check/1`."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from assistant.cli.common import DataDirOption, Document, Exit, Format, FormatOption, run_each, say
from assistant.cli.documents import CHECK, check_document
from assistant.errors import UnreadableFile

if TYPE_CHECKING:
    from assistant.domain.finding import CheckResult, Finding

NAMES = {"error": "错误", "warning": "提醒", "info": "提示"}


class Task(NamedTuple):
    """One report to check, with last year's report and the register where given."""

    file: Path
    previous: Path | None = None
    register: Path | None = None


def check(
    files: Annotated[list[Path] | None, typer.Argument(help="报告文件", show_default=False)] = None,
    previous: Annotated[Path | None, typer.Option("--previous", help="上年报告", show_default=False)] = None,
    register: Annotated[Path | None, typer.Option("--register", help="申请台账", show_default=False)] = None,
    manifest: Annotated[Path | None, typer.Option("--manifest", help="CSV：file,previous,register 三列", show_default=False)] = None,
    output: FormatOption = Format.TEXT,
    data_dir: DataDirOption = None,
) -> None:
    """Check reports against the form, their own figures and last year's report."""
    tasks = [Task(file, previous, register) for file in files or ()] + (read_manifest(manifest) if manifest else [])
    if not tasks:
        raise UnreadableFile("没有给出要核对的报告。", "用法：nianbao check 报告文件，或 nianbao check --manifest 清单.csv。")
    raise typer.Exit(run_checks_on(tasks, output=output, data_dir=data_dir))


def read_manifest(path: Path) -> list[Task]:
    """The tasks of a manifest; relative paths are taken from its own folder when they do not exist as given."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UnreadableFile(f"清单 {path} 读不出来：{error}", "清单应为 UTF-8 编码的 CSV 文件，列名为 file,previous,register。") from error
    if rows and "file" not in rows[0]:
        raise UnreadableFile(f"清单 {path} 没有 file 列。", "第一行应为：file,previous,register。")

    def place(text: str | None) -> Path | None:
        if not (text or "").strip():
            return None
        given = Path((text or "").strip())
        return given if given.exists() or given.is_absolute() else path.parent / given

    return [Task(file, place(row.get("previous")), place(row.get("register"))) for row in rows if (file := place(row["file"]))]


def run_checks_on(tasks: list[Task], *, output: Format, data_dir: Path | None) -> Exit:
    """Check every task in order; a file that was read once is not read again."""
    from assistant import workflow

    session = workflow.Checking(data_dir)

    def work(task: Task) -> tuple[Document, Callable[[], None], Exit]:
        result, checked = session.check(task.file, task.previous, task.register)
        status = Exit.FINDINGS if any(finding.severity == "error" and not finding.explained for finding in checked.findings) else Exit.FINE
        return check_document(task.file, result, checked), lambda: show(task.file, checked), status

    return run_each(tasks, work, schema=CHECK, key=lambda task: {"file": str(task.file)}, output=output)


def show(path: Path, checked: CheckResult) -> None:
    """The findings for people, gravest first."""
    say(f"{path}：勾稽关系已核对 {checked.identities_evaluated} 条，共 {checked.identities_total} 条")
    if not checked.findings:
        say("  没有发现问题。")
    for number, finding in enumerate(checked.findings, 1):
        show_finding(number, finding)


def show_finding(number: int, finding: Finding) -> None:
    """One finding: what, where, basis, what to do."""
    say(f"  {number}. [{NAMES[finding.severity]}] {finding.code} {finding.title}")
    say(f"     {finding.message}")
    if finding.span and finding.span.text not in finding.message:
        say(f"     原文：{finding.span.text}")
    if finding.basis:
        say("     依据：" + "；".join(f"{basis.number}{basis.article}" for basis in finding.basis))
    if finding.fix and finding.fix.advice and finding.fix.advice not in finding.message:
        say(f"     改法：{finding.fix.advice}")
    if finding.explained:
        say(f"     已说明：{finding.explained.reason}（{finding.explained.by}）")
