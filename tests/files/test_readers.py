"""What is particular to each format: merged cells, tracked changes, numbering, formulas, hidden parts, encodings."""

from __future__ import annotations

import sys
import zipfile
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest

from assistant.domain.cell import CellState
from assistant.domain.report import LossKind, ReadResult
from assistant.errors import NotAReport, UnreadableFile
from assistant.files import ocr_process, office
from assistant.files.ocr_process import ocr_installed
from assistant.files.pdf_grid import Char, cell_text
from assistant.files.reading import read_report
from assistant.files.writers import ExportOptions, report_bytes
from assistant.forms import load_form, printed_grid
from tests.files.pages import TABLES, numbered, page, read_page, report_page, table

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
VALUES = numbered("2021")


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def word_table(name: str) -> str:
    """A table of the form as Word stores it: horizontal spans by gridSpan, vertical ones by vMerge."""
    cells = printed_grid("2021", name)  # type: ignore[arg-type]
    rows = max(cell.row + cell.row_span for cell in cells)
    lines = []
    for row in range(rows):
        parts = []
        for cell in sorted((cell for cell in cells if cell.row <= row < cell.row + cell.row_span), key=lambda cell: cell.column):
            merge = "" if cell.row_span == 1 else f"<w:vMerge{' w:val=' + chr(34) + 'restart' + chr(34) if cell.row == row else ''}/>"
            text = "" if cell.row != row else VALUES[cell.cell] if cell.cell else cell.text
            parts.append(f'<w:tc><w:tcPr><w:gridSpan w:val="{cell.column_span}"/>{merge}</w:tcPr>{paragraph(text)}</w:tc>')
        lines.append(f"<w:tr>{''.join(parts)}</w:tr>")
    return f"<w:tbl>{''.join(lines)}</w:tbl>"


def word_body() -> str:
    form = load_form("2021")
    tables = {"disclosure": "t2", "applications": "t3", "disputes": "t4"}
    parts = [paragraph("某某市统计局"), paragraph("2023年政府信息公开工作年度报告"), paragraph("单位名称："), paragraph("前言。")]
    for section in form.sections:
        parts.append(paragraph(section.printed))
        parts.append(word_table(tables[section.id.value]) if section.id.value in tables else paragraph("内容。"))
    return "".join(parts)


def word_file(body: str, **parts: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
        for name, content in parts.items():
            archive.writestr(f"word/{name}.{'bin' if name == 'vbaProject' else 'xml'}", content)
    return out.getvalue()


def read_word(body: str, **parts: str) -> ReadResult:
    return read_report(word_file(body, **parts), "x.docx")


def test_word_file_with_merged_cells_cover_and_title_on_two_lines() -> None:
    result = read_word(word_body())
    report = result.report
    assert result.losses == ()
    assert {cell.id: str(cell.value) for cell in report.cells} == VALUES
    assert (report.unit, report.year, report.title) == ("某某市统计局", 2023, "某某市统计局2023年政府信息公开工作年度报告")
    assert [block.text for block in report.signature] == ["单位名称："]
    assert [block.text for block in report.preamble] == ["前言。"]
    assert report.cell("t3.new.person").locator == "表2 行4 列4"


def test_deleted_text_is_not_read_and_inserted_text_is() -> None:
    value = VALUES["t3.new.person"]
    run = f"<w:r><w:t>{value}</w:t></w:r>"
    change = "<w:del><w:r><w:delText>5</w:delText></w:r></w:del><w:ins><w:r><w:t>77</w:t></w:r></w:ins>"
    result = read_word(word_body().replace(run, change, 1))
    assert result.report.value("t3.new.person") == Decimal(77)
    assert [loss.kind for loss in result.losses] == [LossKind.IGNORED]


@pytest.mark.parametrize("mark", ["strike", "dstrike", "vanish"])
def test_struck_out_and_hidden_runs_are_no_part_of_a_number(mark: str) -> None:
    run = f"<w:r><w:t>{VALUES['t3.new.person']}</w:t></w:r>"
    result = read_word(word_body().replace(run, f"<w:r><w:rPr><w:{mark}/></w:rPr><w:t>9</w:t></w:r>{run}", 1))
    assert result.report.value("t3.new.person") == Decimal(VALUES["t3.new.person"])
    assert [loss.kind for loss in result.losses] == [LossKind.IGNORED]


def test_a_raised_digit_is_a_footnote_and_no_part_of_the_number() -> None:
    run = f"<w:r><w:t>{VALUES['t3.new.person']}</w:t></w:r>"
    raised = '<w:r><w:t>3</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r>'
    result = read_word(word_body().replace(run, raised, 1))
    assert result.report.value("t3.new.person") == Decimal(3)
    assert [(loss.kind, loss.cell) for loss in result.losses] == [(LossKind.UNCERTAIN, "t3.new.person")]


def test_automatic_numbers_of_headings_are_printed() -> None:
    numbering = f"""<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>
<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""
    numbered_heading = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    body = word_body()
    for section in load_form("2021").sections:
        body = body.replace(paragraph(section.printed), paragraph(section.heading, numbered_heading))
    report = read_word(body, numbering=numbering).report
    assert [section.heading for section in report.sections] == [section.printed for section in load_form("2021").sections]


def test_text_boxes_are_read_and_macros_and_comments_named() -> None:
    box = f"<w:p><w:r><w:pict><w:txbxContent>{paragraph('填报人：张三')}</w:txbxContent></w:pict></w:r></w:p>"
    result = read_word(box + word_body(), vbaProject="x", comments="<x/>")
    assert [block.text for block in result.report.signature] == ["填报人：张三", "单位名称："]
    assert {loss.kind for loss in result.losses} == {LossKind.IGNORED}
    assert any("宏" in loss.message for loss in result.losses)


def test_pages_are_read_without_their_navigation() -> None:
    menu = "<div><ul><li><a>政府信息公开年报</a></li></ul><table><tr><td>栏目</td><td>一</td></tr></table></div>"
    content = (
        report_page()
        .decode()
        .replace("<body>", f"<body>{menu}<div class=main>")
        .replace("</body>", "</div><p>主办：某某</p><p>备案号 1</p></body>")
    )
    result = read_page(content.encode())
    assert result.losses == ()
    assert (result.report.unit, result.report.year) == ("某某市统计局", 2023)
    assert result.report.sections[-1].text == "无。"


def test_old_pages_declare_their_encoding_and_nest_tables() -> None:
    content = report_page().decode().replace("<head>", '<head><meta http-equiv=Content-Type content="text/html; charset=gb2312">')
    content = content.replace("<body>", "<body><table><tr><td>").replace("</body>", "</td></tr></table></body>")
    result = read_page(content.encode("gb18030"))
    assert result.losses == ()
    assert {cell.id: str(cell.value) for cell in result.report.cells} == VALUES


def test_hidden_text_of_a_page_is_not_read() -> None:
    value = f'<td rowspan="1" colspan="1">{VALUES["t3.new.person"]}</td>'
    hidden = value.replace("</td>", '<span style="display:none">9</span></td>')
    result = read_page(report_page().decode().replace(value, hidden).replace("<p>平稳。</p>", "<p hidden>旧。</p><p>平稳。</p>").encode())
    assert result.report.value("t3.new.person") == Decimal(VALUES["t3.new.person"])
    assert result.report.sections[0].text == "平稳。"
    assert [loss.kind for loss in result.losses] == [LossKind.IGNORED]


@pytest.mark.parametrize("struck", ["<del>9</del>", "<s>9</s>", '<span style="text-decoration: line-through">9</span>'])
def test_struck_out_digits_are_no_part_of_a_number(struck: str) -> None:
    value = f'<td rowspan="1" colspan="1">{VALUES["t3.new.person"]}</td>'
    result = read_page(report_page().decode().replace(value, value.replace('colspan="1">', f'colspan="1">{struck}')).encode())
    assert result.report.value("t3.new.person") == Decimal(VALUES["t3.new.person"])
    assert [loss.kind for loss in result.losses] == [LossKind.IGNORED]


def workbook(cells: dict[str, str], styles: str = "", state: str = "visible") -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{S}" xmlns:r="{R}"><sheets><sheet name="表" state="{state}" r:id="a"/></sheets></workbook>',
        )
        relation = '<Relationship Id="a" Target="worksheets/sheet1.xml"/>'
        relations = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relation}</Relationships>'
        archive.writestr("xl/_rels/workbook.xml.rels", relations)
        archive.writestr("xl/styles.xml", f'<styleSheet xmlns="{S}"><cellXfs><xf numFmtId="0"/>{styles}</cellXfs></styleSheet>')
        rows = "".join(cells.values())
        archive.writestr("xl/worksheets/sheet1.xml", f'<worksheet xmlns="{S}"><sheetData><row>{rows}</row></sheetData></worksheet>')
    return out.getvalue()


def sheet_cells() -> dict[str, str]:
    """表二 as inline strings and numbers."""
    found = {}
    for cell in printed_grid("2021", "t2"):
        place = f"{'ABCD'[cell.column]}{cell.row + 1}"
        inline = f'<c r="{place}" t="inlineStr"><is><t>{cell.text}</t></is></c>'
        found[cell.cell or place] = f'<c r="{place}"><v>{VALUES[cell.cell]}</v></c>' if cell.cell else inline
    return found


def test_workbook_numbers_are_exact() -> None:
    cells = sheet_cells()
    cells["t2.fees.amount"] = cells["t2.fees.amount"].replace(f"<v>{VALUES['t2.fees.amount']}</v>", "<v>24252.311082000001</v>")
    report = read_report(workbook(cells), "x.xlsx").report
    assert report.value("t2.fees.amount") == Decimal("24252.311082")
    assert report.value("t2.rules.issued") == Decimal(VALUES["t2.rules.issued"])
    assert report.cell("t2.rules.issued").locator == "表!B3"


def test_a_formula_without_a_stored_value_is_not_blank_and_a_date_is_no_count() -> None:
    cells = sheet_cells()
    value = f"<v>{VALUES['t2.rules.issued']}</v>"
    cells["t2.rules.issued"] = cells["t2.rules.issued"].replace(value, "<f>SUM(B9:B10)</f>")
    cells["t2.rules.repealed"] = cells["t2.rules.repealed"].replace("<c ", '<c s="1" ')
    cells["t2.rules.in_force"] = cells["t2.rules.in_force"].replace("<c ", '<c s="2" ')
    result = read_report(workbook(cells, '<xf numFmtId="14"/><xf numFmtId="9"/>'), "x.xlsx")
    states = [result.report.cell(f"t2.rules.{name}").state for name in ("issued", "repealed", "in_force")]
    assert states == [CellState.UNREADABLE] * 3
    assert {loss.cell for loss in result.losses if loss.kind is LossKind.UNREADABLE_CELL} == {
        f"t2.rules.{name}" for name in ("issued", "repealed", "in_force")
    }


def test_a_hidden_sheet_is_named_and_not_read() -> None:
    from assistant.errors import NotAReport

    with pytest.raises(NotAReport):
        read_report(workbook(sheet_cells(), state="hidden"), "x.xlsx")


def chars(*lines: str, left: float = 2.0) -> list[Char]:
    return [
        Char(text, left + at * 6, 10.0 * row, left + at * 6 + 6, 10.0 * row + 10, 10.0)
        for row, line in enumerate(lines)
        for at, text in enumerate(line)
    ]


def test_a_number_wraps_only_where_the_cell_is_full() -> None:
    assert cell_text(chars("14475", "0"), (0, 0, 34, 30)) == "144750"
    assert cell_text(chars("14", "7"), (0, 0, 90, 30)) == "14\n7"


def test_pdf_written_here_is_read_back_with_its_pages() -> None:
    report = read_page(page(table("2021", name, VALUES) for name in TABLES)).report
    result = read_report(report_bytes(report, ".pdf", options=ExportOptions()), "x.pdf")
    assert result.losses == ()
    assert {cell.id: str(cell.value) for cell in result.report.cells} == VALUES
    assert result.report.cell("t3.new.person").locator.startswith("第")


@pytest.mark.skipif(office.office_program() is None, reason="LibreOffice 未安装")
def test_old_word_files_go_through_libreoffice() -> None:
    old = office.convert(word_file_for_office(), "docx", "doc")
    result = read_report(old, "x.wps")
    assert result.losses == ()
    assert {cell.id: str(cell.value) for cell in result.report.cells} == VALUES
    assert result.report.source is not None
    assert result.report.source.format == "doc"


def word_file_for_office() -> bytes:
    report = read_page(page(table("2021", name, VALUES) for name in TABLES)).report
    return report_bytes(report, ".docx", options=ExportOptions())


def test_without_libreoffice_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "office_program", lambda: None)
    with pytest.raises(UnreadableFile, match="LibreOffice") as caught:
        read_report(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "x.doc")
    assert caught.value.code == "office-missing"


def test_a_conversion_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    sleeper = tmp_path / "soffice"
    sleeper.write_text("#!/bin/sh\nsleep 60\n", encoding="utf-8")
    sleeper.chmod(0o755)
    monkeypatch.setattr(office, "office_program", lambda: str(sleeper))
    with pytest.raises(UnreadableFile, match="超时"):
        office.convert(b"x", "doc", "docx", seconds=0.3)


def test_a_conversion_that_is_killed_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    killed = tmp_path / "soffice"
    killed.write_text("#!/bin/sh\nkill -9 $$\n", encoding="utf-8")
    killed.chmod(0o755)
    monkeypatch.setattr(office, "office_program", lambda: str(killed))
    with pytest.raises(UnreadableFile, match="中途退出") as caught:
        read_report(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "x.doc")
    assert caught.value.code == "office-failed"


@pytest.mark.skipif(ocr_installed(), reason="图像识别组件已安装")
def test_without_the_extra_a_scan_says_what_to_install() -> None:
    with pytest.raises(UnreadableFile, match="图像识别组件") as caught:
        read_report(b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "x.png")
    assert "nianbao[ocr]" in caught.value.hint


@pytest.mark.parametrize(
    ("fate", "seconds", "words", "code"),
    [
        ("os.kill(os.getpid(), signal.SIGKILL)", 60, "中途退出", "ocr-failed"),
        ("os.kill(os.getpid(), signal.SIGSEGV)", 60, "中途退出", "ocr-failed"),
        ("time.sleep(60)", 0.5, "超时", "ocr-timeout"),
        ("print('no answer')", 60, "中途退出", "ocr-failed"),
    ],
)
def test_a_recogniser_that_dies_or_hangs_ends_alone(
    fate: str, seconds: float, words: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr_process, "ocr_installed", lambda: True)
    monkeypatch.setattr(ocr_process, "command", lambda _kind: [sys.executable, "-c", f"import os, signal, time; {fate}"])
    monkeypatch.setitem(ocr_process.SECONDS, "image", seconds)
    with pytest.raises(UnreadableFile, match=words) as caught:
        read_report(b"\x89PNG\r\n\x1a\n" + b"\0" * 100_000, "x.png")
    assert caught.value.code == code


@pytest.mark.skipif(not ocr_installed(), reason="图像识别组件未安装")
@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n" + b"\0" * 100, None])
def test_an_image_without_a_report_is_refused(content: bytes | None) -> None:
    from PIL import Image

    blank = BytesIO()
    Image.new("RGB", (400, 300), "white").save(blank, "PNG")
    with pytest.raises(UnreadableFile if content else NotAReport):
        read_report(content or blank.getvalue(), "x.png")


@pytest.mark.skipif(not ocr_installed(), reason="图像识别组件未安装")
def test_cells_read_from_an_image_wait_for_confirmation() -> None:
    import pypdfium2

    report = read_page(page(table("2021", name, VALUES) for name in TABLES)).report
    pdf = pypdfium2.PdfDocument(report_bytes(report, ".pdf", options=ExportOptions()))
    number = next(at for at in range(len(pdf)) if "第二十条" in pdf[at].get_textpage().get_text_range())
    image = BytesIO()
    pdf[number].render(scale=200 / 72).to_pil().save(image, "PNG")
    result = read_report(image.getvalue(), "x.png")
    cell = result.report.cell("t2.rules.issued")
    assert cell.value == Decimal(VALUES["t2.rules.issued"])
    assert cell.provenance is not None
    assert cell.provenance.kind == "imported"
    assert (cell.provenance.method, cell.provenance.confirmed) == ("ocr", False)
    assert "t2.rules.issued" in {loss.cell for loss in result.losses if loss.kind is LossKind.UNCERTAIN}
    assert result.report.source is not None
    assert result.report.source.format == "scan"
