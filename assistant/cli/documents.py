"""The documents that scripts read: values of the domain in the stable shapes of each command's schema."""

from __future__ import annotations

from pathlib import Path

from assistant.cli.common import Document
from assistant.domain.finding import CheckResult, Finding, Status
from assistant.domain.report import Loss, ReadResult, Report
from assistant.forms import load_form
from assistant.workflow.numbers import number

READ = "nianbao.read/1"
CHECK = "nianbao.check/1"


def cells_document(report: Report) -> Document:
    """Every cell of the form by id; cells that the report does not have are `absent`."""
    return {
        cell_id: {"value": number(cell.value), "state": cell.state.value, "raw": cell.raw, "locator": cell.locator}
        for cell_id in load_form(report.edition).cell_ids
        for cell in (report.cell(cell_id),)
    }


def losses_document(losses: tuple[Loss, ...]) -> list[Document]:
    """What could not be taken over as it stands."""
    return [{"kind": loss.kind.value, "cell": loss.cell, "locator": loss.locator, "message": loss.message} for loss in losses]


def read_document(path: Path, result: ReadResult) -> Document:
    """`nianbao.read/1`."""
    report = result.report
    return {
        "schema": READ,
        "file": str(path),
        "title": report.title,
        "unit": report.unit,
        "year": report.year,
        "edition": report.edition,
        "cells": cells_document(report),
        "sections": [{"id": section.id.value, "heading": section.heading, "text": section.text} for section in report.sections],
        "preamble": "\n".join(block.text for block in report.preamble),
        "signature": "\n".join(block.text for block in report.signature),
        "losses": losses_document(result.losses),
        "error": None,
    }


def finding_document(finding: Finding) -> Document:
    """One finding; the fix class is named `class` as scripts expect."""
    document = finding.model_dump(mode="json", exclude={"fix"})
    fix = finding.fix
    document["fix"] = (
        {"class": fix.fix_class, "edits": [edit.model_dump(mode="json") for edit in fix.edits], "advice": fix.advice} if fix else None
    )
    return document


def check_document(path: Path, result: ReadResult, checked: CheckResult) -> Document:
    """`nianbao.check/1`."""
    report = result.report
    return {
        "schema": CHECK,
        "file": str(path),
        "unit": report.unit,
        "year": report.year,
        "edition": report.edition,
        "identities": {"evaluated": checked.identities_evaluated, "total": checked.identities_total},
        "outcomes": {status.value: sum(outcome.status is status for outcome in checked.outcomes) for status in Status},
        "findings": [finding_document(finding) for finding in checked.findings],
        "losses": losses_document(result.losses),
        "error": None,
    }
