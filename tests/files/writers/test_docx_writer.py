"""The Word file: the official merged structure, fonts that hold, the paper layout, an order that Word accepts."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from assistant.domain.report import EditionId, Report, TableId
from assistant.files.writers import ExportOptions, report_bytes
from assistant.forms import printed_grid
from tests.files.writers.samples import sample_findings, sample_report, with_text

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Shape = list[list[tuple[int, str, str]]]

# Order of children that Word insists on (ECMA-376 part 1, CT_PPr, CT_RPr, CT_TcPr, CT_TblPr, CT_SectPr), as far as we write them.
ORDER = {
    "pPr": [
        "pStyle",
        "keepNext",
        "keepLines",
        "pageBreakBefore",
        "widowControl",
        "snapToGrid",
        "spacing",
        "ind",
        "jc",
        "outlineLvl",
        "rPr",
    ],
    "rPr": ["ins", "del", "rStyle", "rFonts", "b", "bCs", "color", "spacing", "sz", "szCs", "lang"],
    "tcPr": ["tcW", "gridSpan", "vMerge", "shd", "vAlign"],
    "tblPr": ["tblW", "jc", "tblInd", "tblBorders", "tblLayout", "tblCellMar"],
    "tblBorders": ["top", "left", "bottom", "right", "insideH", "insideV"],
    "tbl": ["tblPr", "tblGrid", "tr"],
    "sectPr": ["headerReference", "footerReference", "pgSz", "pgMar", "cols", "docGrid"],
    "style": ["name", "basedOn", "uiPriority", "semiHidden", "qFormat", "pPr", "rPr", "tblPr"],
    "settings": ["zoom", "evenAndOddHeaders", "characterSpacingControl", "compat", "themeFontLang"],
}


def parts(content: bytes) -> dict[str, etree._Element]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: etree.fromstring(archive.read(name)) for name in archive.namelist() if name.endswith((".xml", ".rels"))}


def body(content: bytes) -> etree._Element:
    return parts(content)["word/document.xml"]


def shape(table: etree._Element) -> Shape:
    """Per row the cells as (gridSpan, vMerge, folded text)."""
    rows = []
    for row in table.iter(f"{W}tr"):
        cells = []
        for cell in row.iter(f"{W}tc"):
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            kind = "" if merge is None else merge.get(f"{W}val") or "continue"
            text = re.sub(r"\s", "", "".join(cell.itertext()))
            cells.append((int(span.get(f"{W}val")) if span is not None else 1, kind, text))
        rows.append(cells)
    return rows


@pytest.mark.parametrize("gb9704", [False, True])
def test_tables_have_the_merged_structure_of_the_official_template(shared_data: Path, gb9704: bool) -> None:
    template = (shared_data / "official" / "blank_template_2021.docx").read_bytes()
    blank = sample_report().replace(cells=())
    written = report_bytes(blank, ".docx", options=ExportOptions(gb9704=gb9704))
    expected = [shape(table) for table in body(template).iter(f"{W}tbl")]
    assert [shape(table) for table in body(written).iter(f"{W}tbl")] == expected


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_every_cell_prints_its_value_in_plain_notation(edition: EditionId) -> None:
    report = sample_report(edition)
    tables = list(body(report_bytes(report, ".docx", options=ExportOptions())).iter(f"{W}tbl"))
    names: tuple[TableId, ...] = ("t2", "t3", "t4")
    for table, name in zip(tables, names, strict=True):
        rows = shape(table)
        for place in printed_grid(edition, name):
            column = 0
            for span, _, text in rows[place.row]:
                if column == place.column and place.cell:
                    cell = report.cell(place.cell)
                    assert text == ("/" if cell.state == "dash" else "" if cell.value is None else f"{cell.value:f}")
                column += span


def test_every_run_names_its_east_asian_font_and_no_theme_font_is_used() -> None:
    for options in (ExportOptions(), ExportOptions(gb9704=True)):
        content = report_bytes(sample_report(), ".docx", options=options)
        for run in body(content).iter(f"{W}r"):
            assert run.find(f"{W}rPr/{W}rFonts").get(f"{W}eastAsia")
        for part in parts(content).values():
            assert not [name for fonts in part.iter(f"{W}rFonts") for name in fonts.attrib if "Theme" in name]


def style(content: bytes, name: str) -> etree._Element:
    return next(found for found in parts(content)["word/styles.xml"].iter(f"{W}style") if found.get(f"{W}styleId") == name)


def test_gb9704_page_fonts_pitch_and_page_numbers() -> None:
    content = report_bytes(sample_report(), ".docx", options=ExportOptions(gb9704=True))
    section = next(body(content).iter(f"{W}sectPr"))
    margins = section.find(f"{W}pgMar")
    millimetres = {side: round(int(margins.get(f"{W}{side}")) * 25.4 / 1440) for side in ("top", "right", "bottom", "left")}
    assert millimetres == {"top": 37, "right": 26, "bottom": 35, "left": 28}
    expected = {
        "Title": ("方正小标宋简体", "44"),
        "Heading1": ("黑体", "32"),
        "Heading2": ("楷体", "32"),
        "Heading3": ("仿宋", "32"),
        "BodyText": ("仿宋", "32"),
    }
    for name, (font, size) in expected.items():
        properties = style(content, name).find(f"{W}rPr")
        assert properties.find(f"{W}rFonts").get(f"{W}eastAsia") == font
        assert properties.find(f"{W}sz").get(f"{W}val") == size
    spacing = style(content, "BodyText").find(f"{W}pPr/{W}spacing")
    assert (spacing.get(f"{W}line"), spacing.get(f"{W}lineRule")) == ("579", "exact")
    assert style(content, "BodyText").find(f"{W}pPr/{W}ind").get(f"{W}firstLineChars") == "200"
    assert parts(content)["word/settings.xml"].find(f"{W}evenAndOddHeaders") is not None
    for number, side in (("1", "right"), ("2", "left")):
        footer = parts(content)[f"word/footer{number}.xml"]
        assert "".join(footer.itertext()) == "— 1 —"
        assert footer.find(f"{W}p/{W}pPr/{W}jc").get(f"{W}val") == side


def test_the_exact_pitch_never_reaches_a_table() -> None:
    content = report_bytes(sample_report(), ".docx", options=ExportOptions(gb9704=True))
    for cell in body(content).iter(f"{W}tc"):
        assert {paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val") for paragraph in cell.iter(f"{W}p")} == {"TableText"}
    assert style(content, "TableText").find(f"{W}pPr/{W}spacing").get(f"{W}lineRule") == "auto"


def test_narrative_has_heading_levels_and_no_typed_indentation() -> None:
    report = with_text(
        sample_report(), "overview", "　　（一）主动公开。全年公开信息。", "（二）依申请公开", "1.受理情况", "本机关收到申请。"
    )
    found = [
        (paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val"), "".join(paragraph.itertext()))
        for paragraph in body(report_bytes(report, ".docx", options=ExportOptions())).iterfind(f"{W}body/{W}p")
    ]
    assert ("BodyText", "（一）主动公开。全年公开信息。") in found
    assert ("Heading2", "（二）依申请公开") in found
    assert ("Heading3", "1.受理情况") in found
    assert [text for name, text in found if name == "Heading1"] == [section.heading for section in report.sections]


def children_in_order(element: etree._Element) -> Iterator[str]:
    order = ORDER[etree.QName(element).localname]
    names = [etree.QName(child).localname for child in element]
    assert set(names) <= set(order), names
    assert names == sorted(names, key=order.index), names
    yield from names


@pytest.mark.parametrize(
    "options", [ExportOptions(), ExportOptions(gb9704=True, watermark_draft=True, evidence_annex=True), ExportOptions(review_copy=True)]
)
def test_elements_stand_in_the_order_of_the_standard(options: ExportOptions) -> None:
    report = sample_report()
    previous = with_text(report, "overview", "去年的一段话。", "本机关收到申请5件，均按期答复。")
    content = report_bytes(report, ".docx", options=options, findings=sample_findings(), previous=previous)
    for name, part in parts(content).items():
        if name.startswith("word/") and "rels" not in name:
            for element in part.iter():
                if etree.QName(element).localname in ORDER:
                    list(children_in_order(element))


def test_package_names_a_type_and_a_relation_for_each_part() -> None:
    content = report_bytes(
        sample_report(), ".docx", options=ExportOptions(gb9704=True, watermark_draft=True, review_copy=True), findings=sample_findings()
    )
    found = parts(content)
    typed = {override.get("PartName").lstrip("/") for override in found["[Content_Types].xml"] if override.get("PartName")}
    targets = {f"word/{relation.get('Target')}" for relation in found["word/_rels/document.xml.rels"]}
    written = {name for name in found if name.startswith("word/") and "_rels" not in name}
    assert targets == written - {"word/document.xml"}
    assert typed == written | {"docProps/core.xml"}


def test_draft_is_watermarked_on_every_kind_of_page() -> None:
    content = report_bytes(sample_report(), ".docx", options=ExportOptions(gb9704=True, watermark_draft=True))
    for name in ("word/header1.xml", "word/header2.xml"):
        assert "草稿" in etree.tostring(parts(content)[name], encoding="unicode")
    assert not [name for name in parts(report_bytes(sample_report(), ".docx", options=ExportOptions())) if "header" in name]


def test_same_report_gives_the_same_bytes() -> None:
    assert report_bytes(sample_report(), ".docx", options=ExportOptions()) == report_bytes(
        sample_report(), ".docx", options=ExportOptions()
    )


def test_markup_and_control_characters_in_text_are_only_text() -> None:
    report = with_text(sample_report(), "other", "a<b>&\"'\x00\x0b]]>{{x}}", "第一行\n第二行")
    document = body(report_bytes(report, ".docx", options=ExportOptions()))
    assert "a<b>&\"']]>{{x}}" in "".join(document.itertext())
    assert len(list(document.iter(f"{W}br"))) == 1


def test_a_long_number_shrinks_to_stay_on_one_line() -> None:
    report = sample_report()
    report = report.with_cells(
        report.cell("t3.granted.person").model_copy(update={"value": report.value("t3.granted.person") * 123456789, "raw": ""})
    )
    document = body(report_bytes(report, ".docx", options=ExportOptions(gb9704=True)))
    run = next(run for run in document.iter(f"{W}r") if "".join(run.itertext()) == "864197523")
    assert int(run.find(f"{W}rPr/{W}sz").get(f"{W}val")) < 18


def test_python_docx_opens_the_file() -> None:
    import docx

    opened = docx.Document(io.BytesIO(report_bytes(sample_report(), ".docx", options=ExportOptions(gb9704=True, watermark_draft=True))))
    assert opened.paragraphs[0].text == sample_report().title
    assert len(opened.tables) == 3


@pytest.mark.skipif(shutil.which("soffice") is None, reason="未安装 LibreOffice")
@pytest.mark.parametrize("report", [sample_report("2019"), sample_report("2021")], ids=["2019", "2021"])
def test_libreoffice_prints_the_file_with_everything_in_it(report: Report, tmp_path: Path) -> None:
    pypdfium2 = pytest.importorskip("pypdfium2")
    file = tmp_path / "report.docx"
    file.write_bytes(report_bytes(report, ".docx", options=ExportOptions(gb9704=True, watermark_draft=True)))
    command = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path / 'profile'}",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(file),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    with pypdfium2.PdfDocument(tmp_path / "report.pdf") as pdf:
        text = re.sub(r"\s", "", "".join(page.get_textpage().get_text_range() for page in pdf))
    for section in report.sections:
        assert section.heading in text
    assert "24252.311082" in text
    assert "—2—" in text


def test_no_page_holds_the_signature_alone() -> None:
    """The paragraph before the signature, and each of its lines but the last, stay with the next one."""
    report = sample_report()
    paragraphs = [
        item for item in body(report_bytes(report, ".docx", options=ExportOptions())).iter(f"{W}p") if item.getparent().tag == f"{W}body"
    ]
    kept = [item.find(f"{W}pPr/{W}keepNext") is not None for item in paragraphs[-len(report.signature) - 1 :]]
    assert kept == [True] * len(report.signature) + [False]
