"""`nianbao check FILE… [--previous FILE] [--register FILE] [--manifest pairs.csv]` → `nianbao.check/1`."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from assistant.cli.common import DataDirOption, Document, Exit, Format, FormatOption, complain, emit, error_document, say, unforeseen
from assistant.cli.documents import CHECK, check_document
from assistant.errors import AssistantError, UnreadableFile

if TYPE_CHECKING:
    from assistant.domain.finding import CheckResult, Finding
    from assistant.workflow.checking import Checking

PARALLEL_FROM = 40  # fewer files are checked sooner than processes start
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


def run_checks_on(tasks: list[Task], *, output: Format, data_dir: Path | None, jobs: int = 0) -> Exit:
    """Check every task in order. Results of unchanged files come from a cache; many files are shared among processes (`jobs`, 0: as many
    as the machine has)."""
    from assistant.workflow.check_cache import CheckCache, key_of

    session = _session(data_dir)
    cache = CheckCache(session.data_dir)
    keys = [key_of(task, session.context + (session.about_registers if task.register else "")) for task in tasks]
    known = {place: found for place, key in enumerate(keys) if (found := cache.get(key))}
    missing = [(place, task) for place, task in enumerate(tasks) if place not in known]
    worst = Exit.FINE
    fresh = _fresh([task for _, task in missing], data_dir, jobs)
    for place in range(len(tasks)):
        line = known.get(place)
        if line is None:
            line = next(fresh)
            if json.loads(line)["document"]["error"] is None:
                cache.put(keys[place], line)
        result = json.loads(line)
        document = {**result["document"], "file": str(tasks[place].file)}
        worst = max(worst, Exit(result["status"]))
        if output is Format.JSON:
            emit(document)
        elif document["error"]:
            complain(AssistantError(document["error"]["message"], document["error"]["hint"]), document["file"])
        else:
            say(f"{document['file']}：{result['text']}")
    return worst


def _fresh(tasks: list[Task], data_dir: Path | None, jobs: int) -> Iterator[str]:
    """The results of checks in the order of the tasks."""
    workers = min(jobs or os.cpu_count() or 1, 8)
    if len(tasks) < PARALLEL_FROM or workers == 1:
        yield from (_checked(task, data_dir) for task in tasks)
        return
    from concurrent.futures import ProcessPoolExecutor
    from functools import partial
    from multiprocessing import get_context

    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(partial(_checked, data_dir=data_dir), tasks, chunksize=8)


def _checked(task: Task, data_dir: Path | None) -> str:
    """One check as JSON: document, text for people, status. An error of one file is its result."""
    try:
        result, checked = _session(data_dir).check(task.file, task.previous, task.register)
    except Exception as failure:  # noqa: BLE001 — one input must not end the run for the others
        error = failure if isinstance(failure, AssistantError) else unforeseen(failure)
        document: Document = {"schema": CHECK, "file": str(task.file), "error": error_document(error)}
        return json.dumps({"document": document, "text": "", "status": Exit.FAILED}, ensure_ascii=False)
    status = Exit.FINDINGS if any(finding.severity == "error" and not finding.explained for finding in checked.findings) else Exit.FINE
    packed = {"document": check_document(task.file, result, checked), "text": text_of(checked), "status": status}
    return json.dumps(packed, ensure_ascii=False)


@cache
def _session(data_dir: Path | None) -> Checking:
    """One session a process."""
    from assistant import workflow

    return workflow.Checking(data_dir)


def text_of(checked: CheckResult) -> str:
    """The findings for people, gravest first."""
    lines = [f"勾稽关系已核对 {checked.identities_evaluated} 条，共 {checked.identities_total} 条"]
    if not checked.findings:
        lines.append("  没有发现问题。")
    for number, finding in enumerate(checked.findings, 1):
        lines += _finding_lines(number, finding)
    return "\n".join(lines)


def _finding_lines(number: int, finding: Finding) -> list[str]:
    """One finding: what, where, basis, what to do."""
    lines = [f"  {number}. [{NAMES[finding.severity]}] {finding.code} {finding.title}", f"     {finding.message}"]
    if finding.span and finding.span.text not in finding.message:
        lines.append(f"     原文：{finding.span.text}")
    if finding.basis:
        lines.append("     依据：" + "；".join(f"{basis.number}{basis.article}" for basis in finding.basis))
    if finding.fix and finding.fix.advice and finding.fix.advice not in finding.message:
        lines.append(f"     改法：{finding.fix.advice}")
    if finding.explained:
        lines.append(f"     已说明：{finding.explained.reason}（{finding.explained.by}）")
    return lines
