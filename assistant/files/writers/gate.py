"""The gate before a final export."""

from __future__ import annotations

from assistant.domain.finding import Finding


def export_gate(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings that forbid a final export: errors that nobody has explained or dismissed."""
    return tuple(finding for finding in findings if finding.severity == "error" and not _settled(finding))


def _settled(finding: Finding) -> bool:
    return finding.explained is not None and finding.explained.decision != "confirmed"
