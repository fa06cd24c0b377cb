"""The web page: semantic, accessible, closed to injection."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from lxml import etree, html

from assistant.domain.report import EditionId
from assistant.files.writers import ExportOptions, report_bytes
from assistant.files.writers.findings_page import annotated_html
from tests.files.writers.samples import sample_findings, sample_report, with_text

EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)>&amp;\"'"


def page(content: bytes) -> html.HtmlElement:
    return html.document_fromstring(content.decode())


def values(tree: html.HtmlElement) -> Iterator[tuple[str, list[str]]]:
    """Each value cell as its text and the texts of the headers it names."""
    labels = {header.get("id"): header.text_content() for header in tree.iter("th")}
    for cell in tree.iter("td"):
        if cell.get("headers"):
            yield cell.text_content(), [labels[name] for name in cell.get("headers").split()]


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_each_value_names_its_row_and_column_headers(edition: EditionId) -> None:
    tree = page(report_bytes(sample_report(edition), ".html", options=ExportOptions()))
    found = list(values(tree))
    assert len(found) == len(sample_report(edition).cells)
    assert ("7", ["申请人情况", "自然人", "三、本年度办理结果", "（一）予以公开"]) in found
    assert ("12", ["行政诉讼", "未经复议直接起诉", "结果维持"]) in found
    licensing = [labels for _, labels in found if "行政许可" in labels]
    assert all("第二十条第（五）项" in labels and "第二十条第（一）项" not in labels for labels in licensing)


def test_page_has_language_headings_captions_and_a_print_style_but_no_scripts() -> None:
    content = report_bytes(sample_report(), ".html", options=ExportOptions())
    tree = page(content)
    assert tree.get("lang") == "zh-CN"
    assert [heading.text_content() for heading in tree.iter("h2")] == [section.heading for section in sample_report().sections]
    assert len(list(tree.iter("h1"))) == 1
    assert all(table.find("caption") is not None for table in tree.iter("table"))
    assert "@media print" in content.decode()
    assert not list(tree.iter("script", "img", "iframe", "link", "object"))


def test_scopes_are_valid() -> None:
    tree = page(report_bytes(sample_report(), ".html", options=ExportOptions()))
    assert {header.get("scope") for header in tree.iter("th")} == {"row", "col", "rowgroup", "colgroup"}


def test_whatever_is_written_is_text() -> None:
    report = with_text(sample_report(title=EVIL, unit=EVIL), "other", EVIL)
    report = report.with_cells(report.cell("t2.penalty.decisions").model_copy(update={"raw": EVIL}))
    finding = sample_findings()[1].model_copy(update={"title": EVIL, "message": EVIL, "code": EVIL})
    for content in (report_bytes(report, ".html", options=ExportOptions(evidence_annex=True)), annotated_html(report, (finding,))):
        tree = page(content)
        assert not list(tree.iter("script", "img"))
        assert EVIL in tree.text_content()


def test_draft_says_so_at_the_top() -> None:
    tree = page(report_bytes(sample_report(), ".html", options=ExportOptions(watermark_draft=True)))
    assert tree.find(".//main")[0].text_content() == "草稿"


def test_page_is_well_formed() -> None:
    content = report_bytes(
        sample_report(), ".html", options=ExportOptions(review_copy=True, evidence_annex=True), findings=sample_findings()
    )
    body = re.search(r"<body>.*</body>", content.decode(), re.DOTALL)
    assert body
    etree.fromstring(re.sub(r"<(col|br)\b([^>]*)>", r"<\1\2/>", body.group()))
