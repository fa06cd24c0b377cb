"""Hostile and broken files are refused with a reason, within bounds."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from assistant.errors import NotAReport, UnreadableFile
from assistant.files import limits
from assistant.files.reading import read_report
from tests.files.pdfs import Sheet, pdf

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zipped(parts: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx(body: str) -> bytes:
    return zipped({"word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'})


def refusal(content: bytes, name: str) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read_report(content, name)
    assert caught.value.hint
    return caught.value.message


def test_a_huge_file_is_refused_by_its_size_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "大.docx"
    with path.open("wb") as file:
        file.truncate(300 * limits.MEGABYTE)
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail("read"))
    with pytest.raises(UnreadableFile, match="文件过大"):
        read_report(path)


def test_an_empty_file_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    assert refusal(b"", "空.docx") == "文件是空的。"
    with pytest.raises(UnreadableFile, match="找不到文件"):
        read_report(tmp_path / "没有.docx")
    with pytest.raises(UnreadableFile, match="是文件夹"):
        read_report(tmp_path)


def test_zip_bombs_are_refused() -> None:
    assert "压缩" in refusal(zipped({"word/document.xml": b"0" * (30 * limits.MEGABYTE)}), "x.docx")
    many = zipped({f"word/{number}.xml": b"" for number in range(limits.MOST_PARTS + 1)}, zipfile.ZIP_STORED)
    assert "部件过多" in refusal(many, "x.docx")


@pytest.mark.parametrize("name", ["x.docx", "x.xlsx"])
def test_entities_and_document_types_are_refused(name: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("秘密", encoding="utf-8")
    part = "word/document.xml" if name.endswith("docx") else "xl/workbook.xml"
    laughs = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    outside = f'<!DOCTYPE x [<!ENTITY a SYSTEM "file://{secret}">]><x>&a;</x>'
    for text in (laughs, outside):
        assert "实体声明" in refusal(zipped({part: text}), name)


def test_encrypted_office_files_say_so() -> None:
    content = OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600
    assert "打开密码" in refusal(content, "x.docx")


def test_a_wrong_extension_does_not_matter_but_garbage_does() -> None:
    assert "损坏" in refusal(b"PK\x03\x04" + b"\x01" * 400, "x.docx")
    assert "认不出文件格式" in refusal(b"\x00\x01\x02" * 400, "x.pdf")
    with pytest.raises(NotAReport):
        read_report("<html><body><p>通知公告</p></body></html>".encode(), "x.doc")


def test_a_word_file_that_is_no_report_is_told_apart() -> None:
    with pytest.raises(NotAReport, match="没有认出政府信息公开工作年度报告"):
        read_report(docx("<w:p><w:r><w:t>关于放假的通知</w:t></w:r></w:p>"), "x.docx")


def test_deep_nesting_is_refused() -> None:
    table = "<w:tbl><w:tr><w:tc>"
    assert refusal(docx(table * 40 + "</w:tc></w:tr></w:tbl>" * 40), "x.docx")
    page = "<html><body>" + "<div>" * 3000 + "一、总体情况" + "</div>" * 3000 + "</body></html>"
    assert "嵌套过深" in refusal(page.encode(), "x.html")


def test_absurd_spans_do_not_grow_the_table() -> None:
    rows = "<tr><td rowspan=999999 colspan=999999>第二十条第（一）项</td></tr>" * 50
    with pytest.raises(NotAReport):
        read_report(f"<html><body><p>公告</p><table>{rows.replace('第二十条第（一）项', '甲')}</table></body></html>".encode(), "x.html")


def test_too_many_cells_are_refused() -> None:
    rows = "<tr>" + "<td>1</td>" * 150 + "</tr>"
    assert "单元格过多" in refusal(f"<html><body><table>{rows * 150}</table></body></html>".encode(), "x.html")


def test_damaged_pdf_is_refused() -> None:
    assert "损坏" in refusal(b"%PDF-1.7\n1 0 obj\n<<", "x.pdf")


def test_a_pdf_font_of_a_hundred_million_characters_is_refused_without_counting_them() -> None:
    sheet = Sheet()
    sheet.text(60, 60, "政府信息公开工作年度报告" * 5)
    sound = pdf([sheet])
    absurd = sound.replace(b"/W [1 95 500]", b"/W [1 99999999 500]")
    assert absurd != sound
    assert "损坏" in refusal(absurd, "x.pdf")
