"""A Word file (.docx) of the export document.

The package is written directly as Office Open XML: the same input gives the same bytes, every run names its East Asian font, and nothing
depends on a template.
"""

from __future__ import annotations

import io
import zipfile

from assistant.files.writers.blocks import SEVERITY_LABELS, ExportDocument, Note
from assistant.files.writers.docx_body import AUTHOR, Body
from assistant.files.writers.docx_look import GB9704, PLAIN, Look
from assistant.files.writers.docx_styles import font_table_xml, settings_xml, styles_xml
from assistant.files.writers.xml import W, declared, escaped

_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_EPOCH = (1980, 1, 1, 0, 0, 0)


def docx_bytes(document: ExportDocument, *, gb9704: bool = False) -> bytes:
    """The document as the bytes of a .docx file."""
    look = GB9704 if gb9704 else PLAIN
    parts = {
        "styles": styles_xml(look),
        "fontTable": font_table_xml(look),
        "settings": settings_xml(look),
    }
    if document.notes:
        parts["comments"] = _comments(document.notes)
    edges = _edges(look, document.watermark)
    parts |= {name: xml for name, _, xml in edges}
    body = Body(look, document.notes).xml(document)
    main = declared(f"<w:document {W} {_R}><w:body>{body}{_section(look, edges)}</w:body></w:document>")
    return _package(document.title, main, parts)


def _comments(notes: tuple[Note, ...]) -> str:
    def comment(note: Note) -> str:
        paragraph = (
            f'<w:p><w:pPr><w:pStyle w:val="CommentText"/></w:pPr><w:r><w:t xml:space="preserve">{escaped(_said(note))}</w:t></w:r></w:p>'
        )
        return f'<w:comment w:id="{note.number}" w:author="{AUTHOR}" w:initials="年">{paragraph}</w:comment>'

    return declared(f"<w:comments {W}>{''.join(map(comment, notes))}</w:comments>")


def _said(note: Note) -> str:
    return f"【{SEVERITY_LABELS[note.severity]}】{note.code} {note.title}：{note.text}"


def _edges(look: Look, watermark: str) -> list[tuple[str, str, str]]:
    """Headers and footers as (part name, reference element, XML)."""
    edges = []
    for page, kind in (("1", "default"), ("2", "even")) if look.page_numbers else (("1", "default"),):
        if watermark:
            edges.append((f"header{page}", f'<w:headerReference w:type="{kind}" r:id="header{page}"/>', _header(watermark, page)))
        if look.page_numbers:
            edges.append((f"footer{page}", f'<w:footerReference w:type="{kind}" r:id="footer{page}"/>', _footer(even=kind == "even")))
    return edges


def _footer(*, even: bool) -> str:
    """`— 1 —` at the outer edge, one character in."""
    side, indent = ("left", "w:leftChars") if even else ("right", "w:rightChars")
    fonts = '<w:rPr><w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体"/><w:sz w:val="28"/><w:szCs w:val="28"/></w:rPr>'

    def run(text: str) -> str:
        return f'<w:r>{fonts}<w:t xml:space="preserve">{text}</w:t></w:r>'

    field = f'<w:fldSimple w:instr=" PAGE ">{run("1")}</w:fldSimple>'
    paragraph = f'<w:p><w:pPr><w:pStyle w:val="Footer"/><w:ind {indent}="100" w:{side}="280"/><w:jc w:val="{side}"/></w:pPr>{run("— ")}{field}{run(" —")}</w:p>'
    return declared(f"<w:ftr {W}>{paragraph}</w:ftr>")


def _header(watermark: str, page: str) -> str:
    """The watermark as Word draws it: grey lettering across the page, behind the text."""
    shape = (
        f'<v:shape id="watermark{page}" o:spid="_x0000_s{page}025" type="#_x0000_t136" style="position:absolute;margin-left:0;margin-top:0;width:360pt;height:160pt;rotation:315;'
        'z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;mso-position-vertical-relative:margin" '
        f'fillcolor="#d0d0d0" stroked="f"><v:fill opacity=".5"/><v:textpath style="font-family:&quot;宋体&quot;;font-size:1pt" string="{escaped(watermark)}"/></v:shape>'
    )
    kind = (
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
        '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/>'
        '<v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>'
        '<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
    )
    spaces = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    paragraph = f'<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr><w:r><w:pict>{kind}{shape}</w:pict></w:r></w:p>'
    return declared(f"<w:hdr {W} {spaces}>{paragraph}</w:hdr>")


def _section(look: Look, edges: list[tuple[str, str, str]]) -> str:
    top, right, bottom, left = look.margins
    references = "".join(sorted((reference for _, reference, _ in edges), key=lambda reference: "footer" in reference))
    return (
        f'<w:sectPr>{references}<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" '
        f'w:header="{look.header}" w:footer="{look.footer}" w:gutter="0"/><w:cols w:space="425"/>{look.grid}</w:sectPr>'
    )


def _kind(name: str) -> str:
    return name.rstrip("12")


def _package(title: str, main: str, parts: dict[str, str]) -> bytes:
    types = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{_kind(name)}+xml"/>' for name in parts)
    relations = "".join(f'<Relationship Id="{name}" Type="{_OFFICE}/{_kind(name)}" Target="{name}.xml"/>' for name in parts)
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>{types}'
        '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="document" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
        '<Relationship Id="core" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>',
        "docProps/core.xml": '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escaped(title)}</dc:title><dc:creator>{AUTHOR}</dc:creator><dc:language>zh-CN</dc:language></cp:coreProperties>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>',
    }
    written = (
        {name: declared(xml) for name, xml in files.items()}
        | {f"word/{name}.xml": xml for name, xml in parts.items()}
        | {"word/document.xml": main}
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in written.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), xml.encode(), zipfile.ZIP_DEFLATED)
    return stream.getvalue()
