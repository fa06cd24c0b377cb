"""Findings for people and for tools: page, list, workbook, SARIF, the gate."""

from __future__ import annotations

import io
import json

import openpyxl
import pytest
from lxml import html

from assistant.domain.finding import Explanation, Finding, Span
from assistant.domain.report import Loss, LossKind
from assistant.files.writers import export_gate
from assistant.files.writers.docx_writer import docx_bytes
from assistant.files.writers.findings_page import annotated_html, findings_document, findings_html, summary
from assistant.files.writers.findings_xlsx import findings_xlsx
from assistant.files.writers.sarif import sarif_bytes
from tests.files.writers.samples import sample_check, sample_findings, sample_report
from tests.files.writers.test_docx_writer import W, body, parts


def tree(content: bytes) -> html.HtmlElement:
    return html.document_fromstring(content.decode())


def test_page_counts_and_lists_by_severity() -> None:
    page = tree(findings_html(sample_report(), sample_check()))
    assert "42 条勾稽关系已核对 41 条" in page.text_content()
    items = page.xpath("//ol[@class='findings']/li")
    assert [item.get("class") for item in items] == ["error", "error", "warning", "info"]
    first = items[0].text_content()
    for words in ("总计与各列之和不符", "表三“（一）予以公开”总计", "应为 8，实为 7", "国办公开办函〔2021〕30号", "附件模板三", "改为 8"):
        assert words in first
    assert "已说明：口径不同（张三）" in items[1].text_content()


def test_page_marks_the_cells_in_the_official_layout() -> None:
    page = tree(findings_html(sample_report(), sample_check()))
    marked = page.xpath("//td[contains(@class, 'error')]")
    assert len(marked) == 3
    targets = {item.get("id") for item in page.iter("li")}
    assert all(link.get("href").lstrip("#") in targets for link in page.xpath("//a[@class='ref']"))


def test_page_tells_what_was_not_read() -> None:
    loss = Loss(kind=LossKind.IGNORED, message="批注未读取", locator="第3页")
    assert "第3页　批注未读取" in tree(findings_html(sample_report(), sample_check(), (loss,))).text_content()


def test_nothing_found_is_said() -> None:
    assert "没有发现问题" in findings_html(sample_report(), sample_check().model_copy(update={"findings": ()})).decode()


def test_annotated_report_marks_the_words_and_changes_none() -> None:
    page = tree(annotated_html(sample_report(), sample_findings()))
    marks = page.xpath("//mark")
    assert [mark.text_content() for mark in marks] == ["1234条", "六、其他需要报告的事项"]
    for link in page.xpath("//a[@class='ref']"):
        link.getparent().remove(link) if link.tail is None else link.drop_tree()
    text = page.text_content()
    assert all(block.text in text for _, block in sample_report().blocks())


@pytest.mark.parametrize(("start", "end"), [(0, 5), (20, 9999), (9999, 10_000), (3, 3), (0, 0)])
def test_spans_out_of_place_never_lose_text(start: int, end: int) -> None:
    span = Span(section="overview", block="overview.1", start=start, end=end, text="")
    finding = Finding(code="L001", slug="x", severity="info", title="甲", message="乙", span=span)
    page = tree(annotated_html(sample_report(), (finding, finding)))
    for link in page.xpath("//a[@class='ref']"):
        link.drop_tree()
    assert sample_report().blocks()[1][1].text in page.text_content()
    assert page.xpath("//p//mark")


def test_finding_without_a_place_hangs_on_the_title() -> None:
    finding = Finding(code="E001", slug="x", severity="error", title="甲", message="乙")
    assert tree(annotated_html(sample_report(), (finding,))).xpath("//h1//mark")


def test_word_list_has_counts_and_every_finding() -> None:
    content = docx_bytes(findings_document(sample_report(), sample_check()))
    text = "".join(body(content).itertext())
    assert summary(sample_check()) in text
    assert all(finding.title in text and finding.message in text for finding in sample_findings())
    assert len(parts(content)["word/comments.xml"]) == 4
    assert len(list(body(content).iter(f"{W}tbl"))) == 4


def test_workbook_lists_findings_of_several_reports() -> None:
    content = findings_xlsx([("a.docx", sample_report(), sample_check()), ("b.docx", sample_report("2019"), sample_check())])
    book = openpyxl.load_workbook(io.BytesIO(content))
    rows = list(book["问题清单"].iter_rows(values_only=True))
    assert len(rows) == 1 + 8
    assert rows[1][:6] == ("a.docx", "青山市统计局", 2023, "错误", "T101", "总计与各列之和不符")
    assert list(book["汇总"].iter_rows(values_only=True))[2] == ("b.docx", "青山市统计局", 2020, 2, 1, 1, 42, 41)


def test_sarif_has_the_shape_of_the_standard() -> None:
    document = json.loads(sarif_bytes([("报告 一.docx", sample_report(), sample_findings()), ("b.docx", sample_report(), ())]))
    assert document["version"] == "2.1.0"
    (run,) = document["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules) == 4
    assert len(run["results"]) == 4
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"error", "warning", "note"}
        assert result["message"]["text"]
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert uri.isascii()
        assert " " not in uri
    error = next(result for result in run["results"] if result["ruleId"] == "T101")
    assert [place["fullyQualifiedName"] for place in error["locations"][0]["logicalLocations"]] == ["t3.granted.total", "t3.granted.person"]
    assert error["partialFingerprints"] == {"nianbao/v1": "0123456789abcdef"}
    explained = next(result for result in run["results"] if result["ruleId"] == "T102")
    assert explained["suppressions"][0]["status"] == "accepted"


def test_gate_stops_open_errors_only() -> None:
    assert [finding.code for finding in export_gate(sample_findings())] == ["T101"]
    confirmed = sample_findings()[3].model_copy(update={"explained": Explanation(by="张三", reason="待改", decision="confirmed")})
    dismissed = sample_findings()[3].model_copy(update={"explained": Explanation(by="张三", reason="误报", decision="dismissed")})
    assert export_gate((confirmed, dismissed)) == (confirmed,)
