"""Every document of every command keeps to its published schema, errors too."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from assistant import workflow
from assistant.cli.app import COMMANDS, build
from assistant.cli.boundary import run
from tests.sample import FACTS, PREVIOUS, REGISTER, SAMPLE, UNIT, YEAR

PUBLISHED = Path(__file__).resolve().parents[2] / "docs" / "schema"
WITHOUT_DOCUMENTS = {"serve", "demo"}


def schema(name: str) -> dict[str, Any]:
    """The published schema of a document named `nianbao.<name>/1`."""
    packaged = resources.files("assistant.files").joinpath("schema/report-1.json")
    text = packaged.read_text(encoding="utf-8") if name == "report" else (PUBLISHED / f"{name}-1.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def documents(capsys: pytest.CaptureFixture[str], *words: str | Path, status: tuple[int, ...] = (0, 1)) -> list[dict[str, Any]]:
    """What a command prints with `--format json`, each document held against its schema."""
    assert run(build((str(words[0]),)), [*map(str, words), "--format", "json"]) in status, capsys.readouterr()
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert found
    for document in found:
        name, _, version = document["schema"].removeprefix("nianbao.").partition("/")
        assert version == "1"
        if name == "report" and document.get("error"):
            assert set(document["error"]) == {"code", "message", "hint"}
        else:
            jsonschema.validate(document, schema(name), format_checker=jsonschema.FormatChecker())
    return found


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    out = tmp_path / "report.json"
    sources = workflow.Sources((REGISTER,), PREVIOUS, FACTS)
    workflow.write_saved(workflow.fill_from_files(UNIT, YEAR, sources, data_dir=tmp_path / "data").saved, out)
    return out


def test_every_command_with_documents_has_a_published_schema() -> None:
    named = {"fill": "report", "draft": "report", "rollup": "report", "batch": "check"}
    for command in set(COMMANDS) - WITHOUT_DOCUMENTS:
        jsonschema.Draft202012Validator.check_schema(schema(named.get(command, command)))


def test_documents_about_reports(saved: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    documents(capsys, "read", PREVIOUS, saved)
    documents(capsys, "check", PREVIOUS, SAMPLE / "report-2023.docx")
    documents(capsys, "check", saved, "--previous", PREVIOUS, "--register", REGISTER)
    (fixed,) = documents(capsys, "check", saved, "--fix", tmp_path / "fixed.json")
    assert "fixed" in fixed
    documents(capsys, "fill", "--unit", UNIT, "--year", YEAR_TEXT, "--register", REGISTER, "-o", tmp_path / "x.json")
    documents(capsys, "draft", saved, "--offline", "-o", tmp_path / "drafted.json")
    documents(capsys, "compare", saved, PREVIOUS)
    documents(capsys, "export", saved, "--draft", "-o", tmp_path / "x.html")
    documents(capsys, "rollup", PREVIOUS, "--unit", "某区", "-o", tmp_path / "sum.json")


YEAR_TEXT = str(YEAR)


def test_documents_about_rules_texts_and_work(saved: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(documents(capsys, "explain")) > 90
    for code in ("B101", "C101", "D101", "E010", "G001", "L101", "N101", "P102", "R101", "S032", "T101", "X110", "t3.new.person"):
        if code in workflow.rules() or not code.startswith("X"):
            documents(capsys, "explain", code)
    documents(capsys, "explain", "t3.new.total", "--report", saved)
    documents(capsys, "corpus", "list")
    documents(capsys, "corpus", "show", "regulation-711")
    documents(capsys, "ask", "第三十三条讲什么")
    from assistant.workspace import Workspace

    workflow.begin(Workspace(workflow.load_settings().data_dir), UNIT, YEAR)
    documents(capsys, "review")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.docx").write_bytes(PREVIOUS.read_bytes())
    documents(capsys, "batch", folder)


def test_errors_are_documents_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing, out = tmp_path / "无.docx", tmp_path / "x.json"
    for words in (
        ("read", missing), ("check", missing), ("compare", missing, missing), ("export", missing, "-o", tmp_path / "x.docx"), ("draft", missing, "-o", out),
        ("rollup", missing, "-o", out), ("fill", "--unit", UNIT, "--year", "1999", "--register", REGISTER, "-o", out), ("explain", "T999"), ("batch", missing),
        ("ask",), ("corpus", "show", "无"), ("review", "999"), ("check", "--jobs", "x"),
    ):  # fmt: skip
        assert all(document["error"]["message"] for document in documents(capsys, *words, status=(2,)))


def test_the_deadlines_file_keeps_to_its_schema(tmp_path: Path) -> None:
    out = tmp_path / "期限.json"
    words = [
        "fill",
        "--unit",
        UNIT,
        "--year",
        str(YEAR),
        "--register",
        str(REGISTER),
        "--today",
        "2026-01-05",
        "--deadlines",
        str(out),
        "-o",
        str(tmp_path / "x.json"),
    ]
    assert run(build(("fill",)), words) == 0
    document = json.loads(out.read_text(encoding="utf-8"))
    jsonschema.validate(document, schema("deadlines"), format_checker=jsonschema.FormatChecker())
    assert document["open"]
    assert document["today"] == "2026-01-05"
