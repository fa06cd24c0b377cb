"""`nianbao check FILE… [--previous FILE] [--register FILE] [--manifest pairs.csv]` → `nianbao.check/1`."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.common import DataDirOption, Exit, Format, FormatOption, emit, say
from assistant.cli.many import Task, run_checks_on
from assistant.errors import InvalidData, UnreadableFile


def check(
    files: Annotated[list[Path] | None, typer.Argument(help="报告文件", show_default=False)] = None,
    previous: Annotated[Path | None, typer.Option("--previous", help="上年报告", show_default=False)] = None,
    register: Annotated[Path | None, typer.Option("--register", help="申请台账", show_default=False)] = None,
    manifest: Annotated[Path | None, typer.Option("--manifest", help="CSV：file,previous,register 三列", show_default=False)] = None,
    fix: Annotated[
        Path | None,
        typer.Option("--fix", help="把可以放心改的（错字、标点、过时的合计）改好，另存为（.json）；改后重新核对", show_default=False),
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", help="同时用几个进程（0 为自动）", min=0, max=64)] = 0,
    output: FormatOption = Format.TEXT,
    data_dir: DataDirOption = None,
) -> None:
    """Check reports against the form, their own figures and last year's report."""
    tasks = [Task(file, previous, register) for file in files or ()] + (read_manifest(manifest) if manifest else [])
    if not tasks:
        raise UnreadableFile("没有给出要核对的报告。", "用法：nianbao check 报告文件，或 nianbao check --manifest 清单.csv。")
    if fix:
        raise typer.Exit(_fixed(tasks, fix, output, data_dir))
    raise typer.Exit(run_checks_on(tasks, output=output, data_dir=data_dir, jobs=jobs))


def _fixed(tasks: list[Task], out: Path, output: Format, data_dir: Path | None) -> Exit:
    """Mend one report, save it, and tell what is left."""
    from datetime import UTC, datetime

    from assistant import workflow
    from assistant.cli.documents import check_document
    from assistant.cli.findings import text_of

    if len(tasks) != 1:
        raise InvalidData("--fix 一次只改一份报告。", "请逐份核对并改正。")
    task = tasks[0]
    saved, mended, result, checked = workflow.Checking(data_dir).fix(*task, datetime.now(UTC).isoformat(timespec="seconds"))
    workflow.write_saved(saved, out)
    if output is Format.JSON:
        emit({**check_document(task.file, result, checked), "fixed": [{"code": one.code, "message": one.message} for one in mended]})
    else:
        say(f"{task.file}：已改 {len(mended)} 处，保存为 {out}")
        for finding in mended:
            say(f"  已改 {finding.code} {finding.message}")
        say(f"改后：{text_of(checked)}")
    return Exit.FINDINGS if any(finding.severity == "error" and not finding.explained for finding in checked.findings) else Exit.FINE


def read_manifest(path: Path) -> list[Task]:
    """The tasks of a manifest; relative paths are taken from its own folder when they do not exist as given."""
    from assistant.files.limits import load_text

    try:
        listed = csv.DictReader(load_text(path, "清单").splitlines())
        rows = list(listed)
    except csv.Error as error:
        raise UnreadableFile(f"清单 {path} 不是完整的 CSV 文件：{error}", "清单的列名为 file,previous,register。") from error
    if "file" not in (listed.fieldnames or ()):
        raise UnreadableFile(f"清单 {path} 没有 file 列。", "第一行应为：file,previous,register。")

    def place(text: str | None) -> Path | None:
        if not (text or "").strip():
            return None
        given = Path((text or "").strip())
        return given if given.exists() or given.is_absolute() else path.parent / given

    return [Task(file, place(row.get("previous")), place(row.get("register"))) for row in rows if (file := place(row["file"]))]
