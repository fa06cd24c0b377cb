"""The style sheet, font table and settings of a Word file."""

from __future__ import annotations

from dataclasses import replace

from assistant.files.writers.docx_look import ALTERNATIVES, Face, Look
from assistant.files.writers.xml import W, declared

_NAMES = {
    "Title": "Title",
    "Heading1": "heading 1",
    "Heading2": "heading 2",
    "Heading3": "heading 3",
    "BodyText": "Body Text",
    "Signature": "Signature",
}


def run_properties(face: Face) -> str:
    """Fonts and size of a face as the children of `w:rPr`, in schema order."""
    bold = "<w:b/><w:bCs/>" if face.bold else ""
    spacing = f'<w:spacing w:val="{face.spacing}"/>' if face.spacing else ""
    return (
        f'<w:rFonts w:ascii="{face.ascii}" w:hAnsi="{face.ascii}" w:eastAsia="{face.east_asia}" w:cs="{face.ascii}" w:hint="eastAsia"/>{bold}'
        f'<w:color w:val="000000"/>{spacing}<w:sz w:val="{face.size}"/><w:szCs w:val="{face.size}"/>'
    )


def styles_xml(look: Look) -> str:
    """`word/styles.xml`."""
    body = replace(look.faces["BodyText"], spacing=0)
    styles = [
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f'<w:pPr><w:widowControl w:val="0"/><w:jc w:val="both"/></w:pPr><w:rPr>{run_properties(body)}</w:rPr></w:style>',
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>',
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="57" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>',
    ]
    styles += [_paragraph_style(style, name, look) for style, name in _NAMES.items()]
    styles.append(
        f'<w:style w:type="character" w:customStyle="1" w:styleId="Lead"><w:name w:val="Lead"/><w:rPr>{run_properties(look.faces["Lead"])}</w:rPr></w:style>'
    )
    styles.append(_small_style("TableText", "Table Text", 20, custom=True))
    styles.append(_small_style("Header", "header", 18))
    styles.append(_small_style("Footer", "footer", 28))
    styles.append(_small_style("CommentText", "annotation text", 20))
    styles.append(
        '<w:style w:type="character" w:styleId="CommentReference"><w:name w:val="annotation reference"/><w:rPr><w:sz w:val="21"/><w:szCs w:val="21"/></w:rPr></w:style>'
    )
    defaults = f'<w:docDefaults><w:rPrDefault><w:rPr>{run_properties(body)}<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
    return declared(f"<w:styles {W}>{defaults}{''.join(styles)}</w:styles>")


def _paragraph_style(style: str, name: str, look: Look) -> str:
    face = look.faces[style]
    keep = "<w:keepNext/><w:keepLines/>" if face.keep_next else ""
    spacing = f'<w:spacing w:before="{face.before}" w:after="{face.after}" w:line="{look.line}" w:lineRule="{look.rule}"/>'
    indent = f'<w:ind w:firstLineChars="{face.indent}" w:firstLine="{face.size * 10 * face.indent // 100}"/>' if face.indent else ""
    outline = f'<w:outlineLvl w:val="{face.outline}"/>' if face.outline is not None else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{style}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/><w:qFormat/>'
        f'<w:pPr>{keep}{spacing}{indent}<w:jc w:val="{face.align}"/>{outline}</w:pPr><w:rPr>{run_properties(face)}</w:rPr></w:style>'
    )


def _small_style(style: str, name: str, size: int, *, custom: bool = False) -> str:
    """Text outside the text area: never on the exact pitch, which would clip it."""
    face = Face("宋体", "宋体", size)
    own = ' w:customStyle="1"' if custom else ""
    return (
        f'<w:style w:type="paragraph"{own} w:styleId="{style}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
        f'<w:pPr><w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/><w:jc w:val="left"/></w:pPr>'
        f"<w:rPr>{run_properties(face)}</w:rPr></w:style>"
    )


def font_table_xml(look: Look) -> str:
    """`word/fontTable.xml`: the fonts used, with the names under which they may be installed."""
    names = sorted({face.east_asia for face in look.faces.values()} | {face.ascii for face in look.faces.values()} | {"宋体"})
    fonts = "".join(
        f'<w:font w:name="{name}">'
        + (f'<w:altName w:val="{ALTERNATIVES[name]}"/>' if name in ALTERNATIVES else "")
        + '<w:charset w:val="86"/></w:font>'
        if name in ALTERNATIVES
        else f'<w:font w:name="{name}"/>'
        for name in names
    )
    return declared(f"<w:fonts {W}>{fonts}</w:fonts>")


def settings_xml(look: Look) -> str:
    """`word/settings.xml`; odd and even pages differ where pages are numbered at the outer edge."""
    facing = "<w:evenAndOddHeaders/>" if look.page_numbers else ""
    return declared(
        f'<w:settings {W}><w:zoom w:percent="100"/>{facing}<w:characterSpacingControl w:val="compressPunctuation"/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )
