"""The plain text of a file that a user downloaded: .txt, .md, .html, .docx, .pdf. One paragraph per line; tables row by row."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from assistant.errors import UnreadableFile

SUFFIXES = (".txt", ".md", ".html", ".htm", ".docx", ".pdf")
_LARGEST = 64 * 2**20
_UNPACKED = 256 * 2**20
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BLOCKS = {"p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "br", "td", "section", "article", "title"}
_ADVICE = "请换成 .txt、.md、.html、.docx 或者有文字层的 .pdf 后再导入。"


def read_text(path: Path) -> str:
    """The text of a file. Raises `UnreadableFile` naming the file and what to do."""
    try:
        size = path.stat().st_size
        if size > _LARGEST:
            raise UnreadableFile(f"文件 {path.name} 过大（{size / 2**20:.0f} MB）。", "请拆成较小的文件后再导入。")
        text = _read(path)
    except OSError as error:
        raise UnreadableFile(f"文件 {path.name} 打不开：{error.strerror or error}。", "请核对路径和权限。") from error
    if not text.strip():
        raise UnreadableFile(f"文件 {path.name} 里没有文字。", f"如果是扫描件，请先转成文字。{_ADVICE}")
    return text


def _read(path: Path) -> str:
    suffix = path.suffix.lower()
    if suffix in {".txt", ".md"}:
        return decode(path.read_bytes(), path.name)
    if suffix in {".html", ".htm"}:
        return _html(path.read_bytes(), path.name)
    if suffix == ".docx":
        return _docx(path)
    if suffix == ".pdf":
        return _pdf(path)
    raise UnreadableFile(f"不认识文件 {path.name} 的格式。", _ADVICE)


def decode(data: bytes, name: str) -> str:
    """UTF-8 (with or without mark) or GB 18030."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise UnreadableFile(f"文件 {name} 不是文本文件。", _ADVICE)


def _html(data: bytes, name: str) -> str:
    from lxml import etree, html

    declared = re.search(rb"charset\s*=\s*[\"']?\s*([\w-]+)", data[:4096])
    encoding = declared[1].decode("ascii") if declared else None
    try:
        text = data.decode("gb18030" if encoding and encoding.lower().startswith("gb") else encoding or "utf-8")
    except (LookupError, UnicodeDecodeError):
        text = decode(data, name)
    try:
        root = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    except (etree.ParserError, ValueError) as error:
        raise UnreadableFile(f"网页文件 {name} 读不出来：{error}。", _ADVICE) from error
    etree.strip_elements(root, "script", "style", "noscript", etree.Comment, with_tail=False)
    for element in root.iter():
        if element.tag in _BLOCKS:
            element.tail = "\n" + (element.tail or "")
            element.text = "\n" + (element.text or "") if element.tag != "td" else element.text
    return _tidy("".join(str(piece) for piece in root.itertext()))


def _docx(path: Path) -> str:
    from lxml import etree

    try:
        with zipfile.ZipFile(path) as archive:
            if sum(item.file_size for item in archive.infolist()) > _UNPACKED:
                raise UnreadableFile(f"文件 {path.name} 解开后过大，可能不是正常的 Word 文件。", _ADVICE)
            data = archive.read("word/document.xml")
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, RuntimeError) as error:
        raise UnreadableFile(f"Word 文件 {path.name} 已损坏或已加密。", _ADVICE) from error
    lines = []
    for paragraph in root.iter(f"{_WORD}p"):
        kept = (piece for piece in paragraph.iter(f"{_WORD}t", f"{_WORD}tab", f"{_WORD}br"))
        lines.append("".join((piece.text or "") if piece.tag == f"{_WORD}t" else " " for piece in kept))
    return _tidy("\n".join(lines))


def _pdf(path: Path) -> str:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
        try:
            pages = [document[number].get_textpage().get_text_bounded() for number in range(len(document))]
        finally:
            document.close()
    except pypdfium2.PdfiumError as error:
        raise UnreadableFile(f"PDF 文件 {path.name} 已损坏或已加密。", _ADVICE) from error
    lines = [
        line for page in pages for line in page.replace("\r\n", "\n").split("\n") if not re.fullmatch(r"\s*[—–-]?\s*\d+\s*[—–-]?\s*", line)
    ]
    return _tidy("\n".join(_joined(lines)))


def _joined(lines: list[str]) -> list[str]:
    """Lines of one paragraph put together: a line that starts a numbered item or follows a full stop begins a new one."""
    joined: list[str] = []
    for line in (line.strip() for line in lines):
        new = (
            not joined
            or not line
            or re.match(r"第[一二三四五六七八九十百]+[条章节]|[（(]?[一二三四五六七八九十]+[)）、]|附件", line)
            or joined[-1].endswith(("。", "；", "："))
        )
        if new:
            joined.append(line)
        else:
            joined[-1] += line
    return joined


def _tidy(text: str) -> str:
    lines = (re.sub(r"[ \t\u00a0\u3000]+", " ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
