"""Reading and checking: files in, findings out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.domain.finding import CheckResult, Explanation, Finding, Span
from assistant.domain.report import ReadResult
from assistant.workflow.readings import read_once

if TYPE_CHECKING:
    from assistant.checks import CheckContext, CheckSettings, RegisterSummary, Rule
    from assistant.domain.saved import SavedReport
    from assistant.settings import Settings
    from assistant.workspace import Decision


def explanations(decisions: Iterable[Decision], today: date | None) -> dict[str, Explanation]:
    """People's decisions by fingerprint; one whose day has passed no longer counts."""
    return {
        decision.fingerprint: Explanation(by=decision.who, reason=decision.reason, until=decision.until, decision=decision.decision)
        for decision in decisions
        if decision.decision != "withdrawn" and not (today and decision.until and decision.until < today.isoformat())
    }


def check_saved(saved: SavedReport, *, decisions: tuple[Decision, ...], settings: Settings, today: date | None) -> CheckResult:
    """The checks of a report in work; of a drafted one also the sources of its text."""
    from assistant.checks import run_checks

    known = explanations(decisions, today)
    checked = run_checks(_context_of(saved, known, settings, today))
    return _with_sources(checked, saved, known) if saved.facts else checked


def _context_of(saved: SavedReport, known: Mapping[str, Explanation], settings: Settings, today: date | None) -> CheckContext:
    from assistant.checks import CheckContext

    return CheckContext(
        report=saved.report,
        losses=saved.losses,
        previous=saved.previous,
        facts=saved.facts,
        today=today,
        settings=_settings(settings),
        explanations=dict(known),
    )


def fix_safely(
    saved: SavedReport, *, decisions: tuple[Decision, ...], settings: Settings, today: date | None, who: str, when: str
) -> tuple[SavedReport, tuple[Finding, ...]]:
    """The report with typos, punctuation and totals mended that may be without asking, checked again; and the findings that were mended."""
    from assistant.checks.fixes import apply_safe
    from assistant.domain.saved import SavedReport

    report, mended = apply_safe(_context_of(saved, explanations(decisions, today), settings, today), who=who, when=when)
    return SavedReport.model_validate({**dict(saved), "report": report}), mended


def fixable(checked: CheckResult) -> tuple[Finding, ...]:
    """The findings that may be mended without asking."""
    from assistant.checks.fixes import safe_findings

    return safe_findings(finding for finding in checked.findings if not finding.explained)


def _with_sources(checked: CheckResult, saved: SavedReport, known: Mapping[str, Explanation]) -> CheckResult:
    """The result with what the check of sources found. Of two findings about the same words the graver is kept: a mere note of a rule (the words
    may mean something else) gives way to a fact that says what the number should be, any other finding of a rule goes before."""
    from assistant.drafting.grounding import ground_blocks
    from assistant.workflow.prepared import material

    taken = [finding.span for finding in checked.findings if finding.span and finding.severity != "info"]
    extra = [
        finding.model_copy(update={"explained": known.get(finding.fingerprint)})
        for finding in ground_blocks(saved.report.blocks(), material(saved))
        if finding.span and not any(_overlap(finding.span, span) for span in taken)
    ]
    graver = [finding.span for finding in extra if finding.span and finding.severity != "info"]
    kept = [
        finding
        for finding in checked.findings
        if finding.severity != "info" or not finding.span or not any(_overlap(finding.span, span) for span in graver)
    ]
    extra = [one for one in extra if one.severity != "info" or not any(f.span and one.span and _overlap(f.span, one.span) for f in kept)]
    ranked = sorted((*kept, *extra), key=lambda finding: ("error", "warning", "info").index(finding.severity))
    return CheckResult(
        outcomes=checked.outcomes,
        findings=tuple(ranked),
        identities_evaluated=checked.identities_evaluated,
        identities_total=checked.identities_total,
    )


def _overlap(one: Span, other: Span) -> bool:
    return one.block == other.block and one.start < other.end and other.start < one.end


def _settings(settings: Settings) -> CheckSettings:
    from assistant.checks import CheckSettings

    return CheckSettings(repetition=Decimal(str(settings.repetition_threshold)))


class Checking:
    """A run over many files: settings and decisions are loaded once, a file that was read is not read again, by this process or by one that
    left its reading in the folder `readings`."""

    def __init__(self, data_dir: Path | None = None, today: date | None = None, readings: Path | None = None) -> None:
        from assistant.settings import load_settings

        self._settings = load_settings(data_dir)
        self._explanations = explanations(self._decisions(), today)
        self._today = today
        self._readings = readings

    @property
    def data_dir(self) -> Path:
        """Where this run keeps what it keeps."""
        return self._settings.data_dir

    @property
    def context(self) -> str:
        """What a result depends on beside the files: settings, decisions, the day."""
        known = sorted((key, made.model_dump_json()) for key, made in self._explanations.items())
        return f"{self._settings.repetition_threshold}|{self._today}|{known}"

    @cached_property
    def about_registers(self) -> str:
        """What a register is read with: the unit's columns and decisions, the calendar file."""
        from assistant.workflow.due import holidays_file

        files = (self._settings.data_dir / "workspace.sqlite", holidays_file(self._settings))
        return "|".join(f"{file.stat().st_mtime_ns}:{file.stat().st_size}" for file in files if file and file.is_file())

    def _decisions(self) -> tuple[Decision, ...]:
        if not (self._settings.data_dir / "workspace.sqlite").is_file():
            return ()
        from assistant.workspace import Workspace

        return tuple(Workspace(self._settings.data_dir).decisions().values())

    def _read(self, file: Path) -> ReadResult:
        return read_once(file, self._readings)

    def check(self, file: Path, previous: Path | None = None, register: Path | None = None) -> tuple[ReadResult, CheckResult]:
        """Read and check one report; a saved one against the last year's report kept in it, unless another is given."""
        from assistant.checks import run_checks

        result = self._read(file)
        return result, run_checks(self._context(result, self._read(previous) if previous else _kept_previous(file), register))

    def fix(
        self, file: Path, previous: Path | None, register: Path | None, when: str
    ) -> tuple[SavedReport, tuple[Finding, ...], ReadResult, CheckResult]:
        """The report with what may be mended without asking; the findings mended; the mended report and its own check."""
        from dataclasses import replace

        from assistant.checks import run_checks
        from assistant.checks.fixes import apply_safe
        from assistant.domain.saved import SavedReport
        from assistant.workflow.saving import load_saved

        saved = load_saved(file)
        result = ReadResult(report=saved.report, losses=saved.losses)
        context = self._context(result, self._read(previous) if previous else _kept_previous(file), register)
        report, mended = apply_safe(context, who=self._settings.user, when=when)
        again = SavedReport.model_validate({**dict(saved), "report": report})
        return again, mended, ReadResult(report=report, losses=saved.losses), run_checks(replace(context, report=report))

    def _context(self, result: ReadResult, previous: ReadResult | None, register: Path | None) -> CheckContext:
        from assistant.checks import CheckContext

        return CheckContext(
            report=result.report,
            losses=result.losses,
            previous=previous.report if previous else None,
            previous_losses=previous.losses if previous else (),
            register=_summary(register, result, self._settings, self._today) if register else None,
            today=self._today,
            settings=_settings(self._settings),
            explanations=self._explanations,
        )


def _kept_previous(file: Path) -> ReadResult | None:
    """Last year's report as a saved report keeps it."""
    if file.suffix.lower() != ".json":
        return None
    from assistant.workflow.saving import load_saved

    kept = load_saved(file).previous
    return ReadResult(report=kept, losses=()) if kept else None


def _summary(register: Path, result: ReadResult, settings: Settings, today: date | None) -> RegisterSummary:
    from assistant.workflow.register_summary import register_summary

    return register_summary(register, result.report, settings, today)


def blockers(checked: CheckResult) -> tuple[Finding, ...]:
    """The errors that nobody has explained; while there is one, no final report is exported."""
    from assistant.files.writers import export_gate

    return export_gate(checked.findings)


def rules() -> dict[str, Rule]:
    """The catalogue of rules by code."""
    from assistant.checks import catalogue

    return dict(catalogue())


def rule_page(code: str) -> str:
    """A rule explained, as Markdown; codes of family G belong to the check of a draft's sources. Raises `InvalidData`."""
    from assistant.checks.pages import rule_page as page
    from assistant.drafting.finding_texts import grounding_rules

    sources = grounding_rules().get(code.upper())
    if sources is None:
        return page(code)
    return f"# {code.upper()} {sources.title}\n\n`{sources.slug}` · 起草文字的来源\n\n{sources.message}\n\n**怎么办**　{sources.advice}\n"


def source_rules() -> dict[str, str]:
    """The titles of family G, which is no part of the catalogue: it checks where the text of a draft comes from."""
    from assistant.drafting.finding_texts import grounding_rules

    return {code: rule.title for code, rule in sorted(grounding_rules().items())}


def write_rule_pages(folder: Path) -> int:
    """A page for every rule and an index, as Markdown; the number of pages written."""
    from assistant.checks.pages import index_page
    from assistant.files.writers import write_atomically

    folder.mkdir(parents=True, exist_ok=True)
    codes = sorted(rules())
    for code in codes:
        write_atomically(folder / f"{code}.md", rule_page(code).encode())
    write_atomically(folder / "README.md", index_page().encode())
    return len(codes)
