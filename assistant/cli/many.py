"""Checking many reports: unchanged ones come from the cache, the others are checked here or shared among processes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from assistant.cli.common import Document, Exit, Format, complain, emit, error_document, say, unforeseen
from assistant.errors import AssistantError

if TYPE_CHECKING:
    from assistant.workflow.checking import Checking


class Task(NamedTuple):
    """One report to check, with last year's report and the register where given."""

    file: Path
    previous: Path | None = None
    register: Path | None = None


def run_checks_on(tasks: list[Task], *, output: Format, data_dir: Path | None, jobs: int = 0, readings: Path | None = None) -> Exit:
    """Check every task; results are printed in the order of the tasks. Results of unchanged files come from a cache; many files are shared
    among processes (`jobs`, 0: as many as the machine has). `readings` is a folder with what was read before in this run."""
    from assistant.workflow.check_cache import CheckCache, keys_of

    session = _session(data_dir, readings)
    worst = Exit.FINE
    with CheckCache(session.data_dir) as kept:
        keys = keys_of((task, session.context + (session.about_registers if task.register else "")) for task in tasks)
        ready = {place: json.loads(line) for place, key in enumerate(keys) if (line := kept.get(key))}
        fresh = _fresh(
            {place: task for place, task in enumerate(tasks) if place not in ready},
            partial(_checked, data_dir=data_dir, readings=readings),
            jobs,
        )
        for place, task in enumerate(tasks):
            while place not in ready:
                done, line = next(fresh)
                ready[done] = json.loads(line)
                if ready[done]["document"]["error"] is None:
                    kept.put(keys[done], line)
            worst = max(worst, _print(task, ready.pop(place), output))
    return worst


def _print(task: Task, result: Document, output: Format) -> Exit:
    document = {**result["document"], "file": str(task.file)}
    if output is Format.JSON:
        emit(document)
    elif document["error"]:
        complain(AssistantError(document["error"]["message"], document["error"]["hint"]), document["file"])
    else:
        say(f"{document['file']}：{result['text']}")
    return Exit(result["status"])


def _fresh(tasks: dict[int, Task], check: Callable[[Task], str], jobs: int) -> Iterator[tuple[int, str]]:
    """The results of checks with the places of their tasks."""
    from assistant.workflow.processes import shared

    places = neighbours(tasks)
    return zip(places, shared(check, [tasks[place] for place in places], jobs), strict=True)


def neighbours(tasks: dict[int, Task]) -> list[int]:
    """The places of the tasks, those that share a file one after the other, so that a process reads it once: a report is often last
    year's report of another task."""
    first: dict[Path, int] = {}
    group: dict[int, int] = {}
    for place, task in tasks.items():
        files = [file for file in task if file]
        group[place] = min((first[file] for file in files if file in first), default=place)
        for file in files:
            first.setdefault(file, group[place])
    return sorted(tasks, key=lambda place: (group[place], place))


def _checked(task: Task, data_dir: Path | None, readings: Path | None) -> str:
    """One check as JSON: document, text for people, status. An error of one file is its result."""
    from assistant.cli.documents import CHECK, check_document
    from assistant.cli.findings import text_of

    try:
        result, checked = _session(data_dir, readings).check(task.file, task.previous, task.register)
    except Exception as failure:  # noqa: BLE001 — one input must not end the run for the others
        error = failure if isinstance(failure, AssistantError) else unforeseen(failure)
        document: Document = {"schema": CHECK, "file": str(task.file), "error": error_document(error)}
        return json.dumps({"document": document, "text": "", "status": Exit.FAILED})
    status = Exit.FINDINGS if any(finding.severity == "error" and not finding.explained for finding in checked.findings) else Exit.FINE
    packed = {"document": check_document(task.file, result, checked), "text": text_of(checked), "status": status}
    return json.dumps(packed)


@cache
def _session(data_dir: Path | None, readings: Path | None) -> Checking:
    """One session a process."""
    from assistant import workflow

    return workflow.Checking(data_dir, readings=readings)
