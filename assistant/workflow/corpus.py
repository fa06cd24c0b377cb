"""The user's corpus: official texts and past reports."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from datetime import date
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from assistant.errors import AssistantError

if TYPE_CHECKING:
    from assistant.retrieval.library import Added, Library
    from assistant.workspace import Workspace


def library(data_dir: Path | None = None) -> Library:
    """The library in the data directory."""
    from assistant.retrieval.library import Library
    from assistant.settings import load_settings

    return Library(load_settings(data_dir).data_dir)


def add_to_corpus(paths: Sequence[Path], *, as_report: bool = False, data_dir: Path | None = None, today: date) -> Iterator[Added]:
    """Import files and folders one after another; a file that fails is reported and the run goes on."""
    from assistant.retrieval.library import Added
    from assistant.workflow.readings import read

    found = library(data_dir)
    for path in paths:
        if path.is_dir() and not as_report:
            yield from found.add_folder(path, today=today)
            continue
        for file in sorted(path.rglob("*.*")) if path.is_dir() else [path]:
            try:
                if as_report:
                    yield found.add_report(read(file).report, today=today)
                else:
                    yield from found.add(file, today=today)
            except AssistantError as error:
                yield Added(name=str(file), status="failed", message=f"{error.message}{error.hint}")


def add_upload(name: str, data: bytes, *, as_report: bool, data_dir: Path, today: date) -> tuple[Added, ...]:
    """Import an uploaded file; what failed is told in the result."""
    from assistant.retrieval.library import Added
    from assistant.workflow.asking import corpus_changed
    from assistant.workflow.readings import read_bytes

    found, plain_name = library(data_dir), Path(name.replace("\\", "/")).name
    try:
        if as_report:
            return (found.add_report(read_bytes(plain_name, data).report, today=today),)
        with TemporaryDirectory() as folder:
            path = Path(folder) / plain_name
            path.write_bytes(data)
            return found.add(path, today=today)
    except AssistantError as error:
        return (Added(name=plain_name, status="failed", message=f"{error.message}{error.hint}"),)
    finally:
        corpus_changed()


def remove_from_corpus(name: str, data_dir: Path) -> None:
    """Take out what was imported under an id. Raises `InvalidData`, `StoreTrouble`."""
    from assistant.workflow.asking import corpus_changed

    library(data_dir).remove(name)
    corpus_changed()


def unanswered(workspace: Workspace) -> list[dict[str, str]]:
    """The questions that the texts did not settle, for the keeper of the corpus: when, what, why, the nearest articles. Not who asked."""
    from assistant.workflow.asking import load_answer

    rows = []
    for entry in workspace.questions(refused=True):
        answer = load_answer(entry.answer)
        nearest = "；".join(f"{article.document.title}{article.article}" for article in answer.articles[:3])
        rows.append(
            {"时间": entry.at, "问题": entry.question, "没有回答的原因": answer.reason, "最接近的条文": nearest, "反馈": entry.feedback}
        )
    return rows


def unanswered_file(workspace: Workspace, kind: str) -> bytes:
    """The list as `csv` (opens in Excel; no cell is taken for a formula) or `json`."""
    rows = unanswered(workspace)
    if kind == "json":
        return json.dumps(rows, ensure_ascii=False, indent=1).encode()
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(rows[0] if rows else ["问题"])
    writer.writerows([f"'{value}" if value[:1] in ("=", "+", "-", "@") else value for value in row.values()] for row in rows)
    return text.getvalue().encode("utf-8-sig")
