"""The PDF: embedded fonts, no boxes, user text never runs as markup."""

from __future__ import annotations

import re

import pypdfium2
import pytest

from assistant.domain.report import EditionId
from assistant.files.writers import ExportOptions, report_bytes
from assistant.files.writers.pdf_writer import UnprintableText
from tests.files.writers.samples import sample_report, with_text


def text_of(content: bytes) -> str:
    with pypdfium2.PdfDocument(content) as pdf:
        return re.sub(r"\s", "", "".join(page.get_textpage().get_text_range() for page in pdf))


@pytest.mark.parametrize("edition", ["2019", "2021"])
@pytest.mark.parametrize("gb9704", [False, True])
def test_everything_is_printed_on_numbered_a4_pages(edition: EditionId, gb9704: bool) -> None:
    report = sample_report(edition)
    content = report_bytes(report, ".pdf", options=ExportOptions(gb9704=gb9704))
    text = text_of(content)
    for _, block in report.blocks():
        assert re.sub(r"\s", "", block.text) in text
    for section in report.sections:
        assert section.heading in text
    assert "24252.311082" in text
    with pypdfium2.PdfDocument(content) as pdf:
        assert [round(length) for length in pdf[0].get_size()] == [595, 842]
        assert f"—{len(pdf)}—" in text


def test_fonts_are_embedded_and_the_title_is_set() -> None:
    content = report_bytes(sample_report(), ".pdf", options=ExportOptions())
    assert b"FontFile" in content
    with pypdfium2.PdfDocument(content) as pdf:
        assert pdf.get_metadata_dict()["Title"] == sample_report().title


@pytest.mark.parametrize("letter", ["😀", "𠮷"])
def test_a_character_without_a_glyph_is_refused_not_boxed(letter: str) -> None:
    with pytest.raises(UnprintableText, match=letter):
        report_bytes(with_text(sample_report(), "other", f"本机关{letter}。"), ".pdf", options=ExportOptions())


def test_markup_of_the_typesetter_is_only_text() -> None:
    evil = '#read("/etc/passwd") $x^2$ *b* _i_ `c` @ref <label> \\ // /* [ ] #import "x" = 标题'
    report = with_text(sample_report(title=f"青山市{evil}报告"), "other", f"甲{evil}乙")
    text = text_of(report_bytes(report, ".pdf", options=ExportOptions()))
    assert "甲" + re.sub(r"\s", "", evil) + "乙" in text


def test_draft_is_marked_on_every_page() -> None:
    content = report_bytes(sample_report(), ".pdf", options=ExportOptions(watermark_draft=True))
    with pypdfium2.PdfDocument(content) as pdf:
        pages = [page.get_textpage().get_text_range() for page in pdf]
    assert all("草稿" in re.sub(r"\s", "", page) for page in pages)
