"""JSON: every digit, every field, a published schema, and refusals in words."""

from __future__ import annotations

import json
from decimal import Decimal
from importlib import resources
from typing import Any

import jsonschema
import pytest

from assistant.domain.cell import Carried, Computed, Counted, Imported, Typed, number_cell
from assistant.domain.draft import DraftSentence
from assistant.domain.facts import GivenFact, GivenFacts
from assistant.domain.report import Loss, LossKind, Report
from assistant.domain.saved import Note, SavedReport
from assistant.errors import UnreadableFile
from assistant.files.writers import parse_report_document, saved_json
from assistant.files.writers.json_schema import report_schema_text
from tests.files.writers.samples import sample_report

PRECISE = ["0", "12.50", "24252.311082", "0.1", "-3", "123456789012345678901234567890.123456789", "1E+3", "0E-7"]


def full() -> SavedReport:
    provenances = (
        Typed(who="张三", when="2024-01-02T03:04:05"),
        Computed(identity="balance:person", inputs=("t3.new.person",)),
        Imported(file="a.docx", sha256="0"),
        Carried(report_hash="0", cell="t3.carried_out.person", year=2022),
        Counted(file="台账.xlsx", sha256="0", rows=("台账!A2",)),
    )
    cells = tuple(
        number_cell(cell.id, 1, provenance=provenance) for cell, provenance in zip(sample_report().cells, provenances, strict=False)
    )
    report = sample_report().with_cells(*cells)
    return SavedReport(
        report=report,
        losses=(Loss(kind=LossKind.IGNORED, message="批注未读取"),),
        previous=sample_report("2019"),
        given=GivenFacts(facts=(GivenFact(name="a", value=Decimal("3.10")),), tables=(("t2.fees.amount", Decimal("1.20")),)),
        sentences=(DraftSentence(section="overview", block="overview.1", text="甲"),),
        notes=(Note(message="请核对"),),
    )


@pytest.mark.parametrize("digits", PRECISE)
def test_no_digit_is_lost(digits: str) -> None:
    report = sample_report().with_cells(number_cell("t2.fees.amount", Decimal(digits)))
    back = parse_report_document(saved_json(SavedReport(report=report))).report
    assert str(back.value("t2.fees.amount")) == digits
    assert back.content_hash == report.content_hash


def test_numbers_are_json_numbers() -> None:
    cells = json.loads(saved_json(SavedReport(report=sample_report())))["report"]["cells"]
    fees = next(cell for cell in cells if cell["id"] == "t2.fees.amount")
    assert fees["value"] == 24252.311082


def test_everything_of_a_year_comes_back() -> None:
    assert parse_report_document(saved_json(full())) == full()


def schema() -> dict[str, Any]:
    published: dict[str, Any] = json.loads(resources.files("assistant.files").joinpath("schema/report-1.json").read_text(encoding="utf-8"))
    return published


def test_documents_follow_the_published_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    validator = jsonschema.Draft202012Validator(schema())
    for saved in (full(), SavedReport(report=sample_report("2019"))):
        validator.validate(json.loads(saved_json(saved)))
    broken = json.loads(saved_json(full()))
    broken["report"]["cells"][0]["state"] = "perhaps"
    assert list(validator.iter_errors(broken))


def test_published_schema_is_up_to_date() -> None:
    assert json.loads(report_schema_text()) == schema(), (
        "python -m assistant.files.writers.json_schema > assistant/files/schema/report-1.json"
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"schema": "nianbao.read/1"}',
        b'{"schema": "nianbao.report/1"}',
        b'{"schema": "nianbao.report/1", "report": {"unit": NaN}}',
        b"[" * 100_000,
    ],
)
def test_other_documents_are_refused_in_chinese(content: bytes) -> None:
    with pytest.raises(UnreadableFile) as caught:
        parse_report_document(content)
    assert any("一" <= letter <= "鿿" for letter in caught.value.message)
    assert caught.value.hint


def test_a_tampered_state_is_refused() -> None:
    data = json.loads(saved_json(SavedReport(report=sample_report())))
    data["report"]["cells"][0]["value"] = None
    with pytest.raises(UnreadableFile, match="cells"):
        parse_report_document(json.dumps(data).encode())


def test_a_document_too_large_to_be_ours_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(UnreadableFile, match="MB"):
        parse_report_document(b'{"schema": "nianbao.report/1", "x": [' + b'"a",' * 1_000_000 + b"0]}")


def test_a_number_too_large_to_print_is_refused() -> None:
    document = saved_json(SavedReport(report=Report(unit="甲", year=2025, edition="2021", cells=(number_cell("t3.new.person", 381),))))
    with pytest.raises(UnreadableFile, match="内容不完整或被改动"):
        parse_report_document(document.replace(b'"value":381', b'"value":1e400000000'))
