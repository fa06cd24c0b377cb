"""Findings as SARIF 2.1.0 (OASIS standard, 2020), for tools that show results beside files."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any
from urllib.parse import quote

from assistant.domain.finding import Finding
from assistant.domain.report import Report
from assistant.files.writers.sources import part_name
from assistant.forms import load_form

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def sarif_bytes(checked: Sequence[tuple[str, Report, tuple[Finding, ...]]]) -> bytes:
    """One run over several files, each as (file name, report, findings). Cells are logical locations under their stable ids."""
    rules = {finding.code: finding for _, _, findings in checked for finding in findings}
    order = {code: index for index, code in enumerate(sorted(rules))}
    results = [_result(file, report, finding, order[finding.code]) for file, report, findings in checked for finding in findings]
    driver = {"name": "nianbao", "version": _version(), "language": "zh-CN", "rules": [_rule(rules[code]) for code in sorted(rules)]}
    artifacts = [{"location": {"uri": _uri(file)}} for file, _, _ in checked]
    run = {"tool": {"driver": driver}, "language": "zh-CN", "columnKind": "unicodeCodePoints", "artifacts": artifacts, "results": results}
    return (json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1) + "\n").encode()


def _version() -> str:
    try:
        return version("nianbao")
    except PackageNotFoundError:
        return "0"


def _uri(file: str) -> str:
    return quote(file.replace("\\", "/"), safe="/")


def _rule(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.code,
        "name": finding.slug,
        "shortDescription": {"text": finding.title},
        "defaultConfiguration": {"level": _LEVELS[finding.severity]},
    }


def _result(file: str, report: Report, finding: Finding, index: int) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message or finding.title},
        "locations": [_location(file, report, finding)],
    }
    if finding.fingerprint:
        result["partialFingerprints"] = {"nianbao/v1": finding.fingerprint}
    if finding.explained and finding.explained.decision != "confirmed":
        result["suppressions"] = [
            {"kind": "external", "status": "accepted", "justification": f"{finding.explained.reason}（{finding.explained.by}）"}
        ]
    return result


def _location(file: str, report: Report, finding: Finding) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(file)}}
    names = load_form(report.edition).names
    logical = [{"fullyQualifiedName": cell, "name": names.get(cell, cell), "kind": "member"} for cell in finding.cells]
    if finding.span:
        span = finding.span
        logical.append({"fullyQualifiedName": span.block or span.section, "name": part_name(report, span.section), "kind": "element"})
        # Offsets count from the start of the block, not of the file: they are carried as properties, the words as the message's context.
        physical["properties"] = {"block": span.block, "start": span.start, "end": span.end, "text": span.text}
    location: dict[str, Any] = {"physicalLocation": physical}
    if logical:
        location["logicalLocations"] = logical
    return location
