"""Reading and checking: files in, findings out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.domain.finding import CheckResult, Explanation, Finding
from assistant.domain.report import ReadResult
from assistant.domain.saved import SavedReport

if TYPE_CHECKING:
    from assistant.checks import CheckContext, RegisterSummary, Rule
    from assistant.settings import Settings
    from assistant.workspace import Decision


def read(path: Path) -> ReadResult:
    """A report from a file with what could not be read. Raises `UnreadableFile` and `NotAReport`."""
    from assistant.files.reading import read_report

    return read_report(path)


def read_bytes(name: str, data: bytes) -> ReadResult:
    """The same for an uploaded file."""
    from assistant.files.reading import read_report

    return read_report(data, name)


def explanations(decisions: Iterable[Decision], today: date | None) -> dict[str, Explanation]:
    """People's decisions by fingerprint; one whose day has passed no longer counts."""
    return {
        decision.fingerprint: Explanation(by=decision.who, reason=decision.reason, until=decision.until, decision=decision.decision)
        for decision in decisions
        if decision.decision != "withdrawn" and not (today and decision.until and decision.until < today.isoformat())
    }


def check_saved(saved: SavedReport, *, decisions: tuple[Decision, ...], settings: Settings, today: date | None) -> CheckResult:
    """The checks of a report in work, its facts included."""
    from assistant.checks import CheckContext, run_checks

    context = CheckContext(
        report=saved.report,
        losses=saved.losses,
        previous=saved.previous,
        facts=saved.facts,
        today=today,
        settings=_settings(settings),
        explanations=explanations(decisions, today),
    )
    return run_checks(context)


def _settings(settings: Settings):  # type: ignore[no-untyped-def]
    from assistant.checks import CheckSettings

    return CheckSettings(repetition=Decimal(str(settings.repetition_threshold)))


class Checking:
    """A run over many files: settings and decisions are loaded once, a file that was read is not read again."""

    def __init__(self, data_dir: Path | None = None, today: date | None = None) -> None:
        from assistant.settings import load_settings

        self._settings = load_settings(data_dir)
        self._explanations = explanations(self._decisions(), today)
        self._today = today
        self._read = lru_cache(maxsize=512)(read)

    def _decisions(self) -> tuple[Decision, ...]:
        if not (self._settings.data_dir / "workspace.sqlite").is_file():
            return ()
        from assistant.workspace import Workspace

        return tuple(Workspace(self._settings.data_dir).decisions().values())

    def check(self, file: Path, previous: Path | None = None, register: Path | None = None) -> tuple[ReadResult, CheckResult]:
        """Read and check one report."""
        from assistant.checks import run_checks

        result = self._read(file)
        return result, run_checks(self._context(result, self._read(previous) if previous else None, register))

    def _context(self, result: ReadResult, previous: ReadResult | None, register: Path | None) -> CheckContext:
        from assistant.checks import CheckContext

        return CheckContext(
            report=result.report,
            losses=result.losses,
            previous=previous.report if previous else None,
            previous_losses=previous.losses if previous else (),
            register=_summary(register, result) if register else None,
            today=self._today,
            settings=_settings(self._settings),
            explanations=self._explanations,
        )


def _summary(register: Path, result: ReadResult) -> RegisterSummary:
    from assistant.workflow.filling import register_summary

    return register_summary(register, result.report)


def blockers(checked: CheckResult) -> tuple[Finding, ...]:
    """The errors that nobody has explained; while there is one, no final report is exported."""
    from assistant.files.writers import export_gate

    return export_gate(checked.findings)


def rules() -> dict[str, Rule]:
    """The catalogue of rules by code."""
    from assistant.checks import catalogue

    return dict(catalogue())


def rule_page(code: str) -> str:
    """A rule explained, as Markdown."""
    from assistant.checks import rule_page as page

    return page(code)
