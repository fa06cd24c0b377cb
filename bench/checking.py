"""Checking: one report, one report after an edit, one file on the command line."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from functools import partial
from itertools import cycle
from pathlib import Path

from assistant.checks import CheckContext, run_checks
from assistant.domain.report import Report
from assistant.domain.saved import SavedReport
from assistant.drafting.draft import draft_report
from assistant.settings import Settings, load_settings
from assistant.workflow.checking import check_saved
from assistant.workflow.editing import part_text, set_cell, set_text
from assistant.workflow.filling import fill
from bench.harness import Measure, Note
from bench.sample import WORDINGS, reworded, sample_report
from tests.sample import FACTS, PREVIOUS, REGISTER, SAMPLE, UNIT, YEAR


def suite() -> Iterator[Measure | Note]:
    """The figures of the checks."""
    this, last = sample_report(2024), sample_report(2023)
    found = run_checks(CheckContext(report=this, previous=last))
    yield Note("relations judged in the sample report", f"{found.identities_evaluated} of {found.identities_total}")
    named = ("difflib, overviews of two years alone", lambda: _difflib(this, last))
    yield Measure("check a loaded report with last year's", lambda: run_checks(CheckContext(report=this, previous=last)), 5, *named, 40)
    yield Measure("the same, a text never seen", _unseen(), None, *named, 40)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = load_settings(folder)
        yield from _edits("an imported report", SavedReport(report=this, previous=last), settings)
        yield from _edits("a drafted report", _drafted(), settings)
        yield from _commands(folder)


def _unseen() -> Callable[[], object]:
    """A check of another wording at every call, so that no text is known from the call before."""
    this, last = sample_report(2024), sample_report(2023)
    pairs = cycle([(reworded(this, number), reworded(last, number)) for number in range(WORDINGS)])

    def run() -> object:
        report, previous = next(pairs)
        return run_checks(CheckContext(report=report, previous=previous))

    return run


def _drafted() -> SavedReport:
    """The sample bureau's report of this year, filled and drafted without a model: the sources of its text are checked, too."""
    filled = fill(UNIT, YEAR, register=REGISTER, previous=PREVIOUS, facts=FACTS)
    drafted = draft_report(filled.report, filled.previous, filled.given)
    return SavedReport.model_validate({**dict(filled), "report": drafted.report, "sentences": drafted.sentences, "facts": drafted.facts})


def _edits(name: str, saved: SavedReport, settings: Settings) -> Iterator[Measure]:
    counter = iter(range(10**6))
    text = part_text(saved.report, "overview")

    def typed() -> object:
        edited = set_text(saved, "overview", f"{text}公开目录第{next(counter)}次修订。")
        return check_saved(edited, decisions=(), settings=settings, today=None)

    def counted() -> object:
        edited = set_cell(saved, "t3.new.person", str(next(counter) % 50), who="核", when="2026-01-05")
        return check_saved(edited, decisions=(), settings=settings, today=None)

    check_saved(saved, decisions=(), settings=settings, today=None)
    for what, edit in (("a sentence", typed), ("a cell", counted)):
        yield Measure(f"re-check {name} after {what}", edit, 20, "check of a text never seen", _unseen(), 15)


def _difflib(this: Report, last: Report) -> float:
    """What the standard library takes to compare one section with last year's."""
    return SequenceMatcher(None, part_text(this, "overview"), part_text(last, "overview"), autojunk=False).ratio()


def _commands(folder: Path) -> Iterator[Measure]:
    """The command as a user runs it on a file not checked before, the start of Python included; modules are compiled once, as after any
    installation."""
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    numbers = iter(range(10**6))

    def bare() -> object:
        return subprocess.run([sys.executable, "-c", "import typer, pydantic, lxml.etree"], env=environment, check=True)

    def check(*arguments: str) -> None:
        command = [
            sys.executable,
            "-m",
            "assistant.cli",
            "check",
            str(PREVIOUS),
            *arguments,
            "--data-dir",
            str(folder / f"data-{next(numbers)}"),
        ]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode not in (0, 1):  # 1 is a finding
            raise RuntimeError(done.stderr)

    libraries = ("python -c 'import typer, pydantic, lxml'", bare, 7)
    yield Measure("nianbao check one.docx, start included", check, 600, *libraries)
    yield Measure(
        "nianbao check one.docx --previous last.docx", partial(check, "--previous", str(SAMPLE / "report-2023.docx")), None, *libraries
    )
