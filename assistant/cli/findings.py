"""Findings as people read them in a terminal."""

from __future__ import annotations

from assistant.domain.finding import CheckResult, Finding

NAMES = {"error": "错误", "warning": "提醒", "info": "提示"}


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
