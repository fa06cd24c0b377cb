"""What a file is, by its content first and its name second."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import PurePath

from assistant.errors import UnreadableFile
from assistant.files.limits import damaged
from assistant.files.raw import Format

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"BM", b"II*\x00", b"MM\x00*")
_MARKUP = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|div|p|meta|span|h1)\b", re.IGNORECASE)
_TEXT_NAMES = {".txt", ".md", ".markdown", ".text", ""}


def sniff(content: bytes, name: str) -> Format:
    """The format of a file. Raises `UnreadableFile` for encrypted files and for formats that are not read."""
    suffix = PurePath(name).suffix.lower()
    head = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"%PDF-") or b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(b"PK\x03\x04"):
        return _zipped(content)
    if content.startswith(_OLE):
        return _compound(content)
    if content.startswith(_IMAGES):
        return "scan"
    if head.startswith(b"{\\rtf"):
        return "doc"
    if head.startswith(b"{") and suffix in {".json", ""}:
        return "json"
    if _is_markup(content, suffix):
        return "html"
    if b"\x00" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableFile("认不出文件格式。", "可读取 .docx、.doc、.wps、.pdf、.html、.xlsx、.txt、.json。")
    if suffix in {".docx", ".doc", ".pdf", ".xlsx", ".wps"} and not _is_text(content):
        raise damaged()
    return "text"


def _is_markup(content: bytes, suffix: str) -> bool:
    start = content[:200_000]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = start.decode("utf-16", "ignore").encode()
    return bool(_MARKUP.search(start)) if suffix not in _TEXT_NAMES else bool(_MARKUP.match(start.lstrip(b"\xef\xbb\xbf \t\r\n")))


def _is_text(content: bytes) -> bool:
    sample = content[:4096]
    return sum(byte < 9 or 13 < byte < 32 for byte in sample) * 50 < len(sample)


def _zipped(content: bytes) -> Format:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError, EOFError, IndexError) as error:
        raise damaged() from error
    if any(name.startswith("word/") for name in names):
        return "docx"
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    if "content.xml" in names:
        return "doc"
    raise UnreadableFile("压缩包不是可读取的报告文件。", "请先解压，再选择其中的报告。")


def _compound(content: bytes) -> Format:
    """Old Office files; new ones with a password are wrapped in the same container."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise UnreadableFile("文件设有打开密码，无法读取。", "请取消密码后另存一份再试。")
    return "doc"
