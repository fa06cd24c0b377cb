"""`nianbao check FILE… [--previous FILE] [--register FILE] [--manifest pairs.csv]` → `nianbao.check/1`."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.common import DataDirOption, Format, FormatOption
from assistant.cli.many import Task, run_checks_on
from assistant.errors import UnreadableFile


def check(
    files: Annotated[list[Path] | None, typer.Argument(help="报告文件", show_default=False)] = None,
    previous: Annotated[Path | None, typer.Option("--previous", help="上年报告", show_default=False)] = None,
    register: Annotated[Path | None, typer.Option("--register", help="申请台账", show_default=False)] = None,
    manifest: Annotated[Path | None, typer.Option("--manifest", help="CSV：file,previous,register 三列", show_default=False)] = None,
    jobs: Annotated[int, typer.Option("--jobs", help="同时用几个进程（0 为自动）", min=0, max=64)] = 0,
    output: FormatOption = Format.TEXT,
    data_dir: DataDirOption = None,
) -> None:
    """Check reports against the form, their own figures and last year's report."""
    tasks = [Task(file, previous, register) for file in files or ()] + (read_manifest(manifest) if manifest else [])
    if not tasks:
        raise UnreadableFile("没有给出要核对的报告。", "用法：nianbao check 报告文件，或 nianbao check --manifest 清单.csv。")
    raise typer.Exit(run_checks_on(tasks, output=output, data_dir=data_dir, jobs=jobs))


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
