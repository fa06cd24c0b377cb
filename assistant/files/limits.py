"""Bounds for files from outside: sizes, zip archives and XML. What exceeds them is refused with a reason."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import UnreadableFile

if TYPE_CHECKING:
    from lxml import etree

MEGABYTE = 1024 * 1024
LARGEST_FILE = 60 * MEGABYTE
LARGEST_PART = 40 * MEGABYTE
LARGEST_ARCHIVE = 120 * MEGABYTE
MOST_PARTS = 3000
LARGEST_RATIO = 400
LARGEST_TEXT = 8 * MEGABYTE
LARGEST_MARKUP = 20 * MEGABYTE
MOST_CELLS = 20_000
MOST_PAGES = 80
MOST_SPAN = 200

_SMALLER = "请确认选对了文件；报告一般只有几百 KB，可删去图片和附件后再试。"


def load(path: Path) -> bytes:
    """The content of a file. Raises `UnreadableFile` when it is missing, no plain file, empty or too large (before reading it)."""
    try:
        if path.is_dir():
            raise UnreadableFile(f"{path.name} 是文件夹，不是文件。", "请给出文件；整个文件夹用 nianbao batch 核对。")
        if not path.is_file():
            raise UnreadableFile(f"找不到文件：{path.name}。", "请检查文件名和所在文件夹。")
        check_size(path.stat().st_size)
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"文件打不开：{path.name}。", "请检查文件是否被占用，以及是否有读取权限。") from error


def load_text(path: Path, what: str) -> str:
    """The text of a small file that a person wrote, in UTF-8 or GB 18030; `what` names it. Raises `UnreadableFile`."""
    content = load(path)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFile(f"{what} {path.name} 不是文本文件。", "请另存为 UTF-8 编码的文本文件再试。")


def check_size(size: int) -> None:
    """Refuse empty and oversized files."""
    if size == 0:
        raise UnreadableFile("文件是空的。", "请重新下载或重新导出。")
    if size > LARGEST_FILE:
        raise UnreadableFile(f"文件过大（{size / MEGABYTE:.0f} MB，上限 {LARGEST_FILE // MEGABYTE} MB）。", _SMALLER)


class Archive:
    """A zip archive within bounds; nothing is ever written to disk, so names of parts cannot escape anywhere."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            parts = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError, EOFError, IndexError) as error:
            raise damaged() from error
        self.names = frozenset(part.filename for part in parts)
        total = sum(part.file_size for part in parts)
        if len(parts) > MOST_PARTS or total > LARGEST_ARCHIVE:
            raise UnreadableFile("文件解压后过大或部件过多，已拒绝打开。", _SMALLER)
        if any(part.file_size > MEGABYTE and part.file_size > LARGEST_RATIO * max(part.compress_size, 1) for part in parts):
            raise UnreadableFile("文件的压缩比异常（可能是“压缩炸弹”），已拒绝打开。", _SMALLER)
        if any(part.flag_bits & 1 for part in parts):
            raise UnreadableFile("文件已加密，无法读取。", "请取消密码后另存一份再试。")

    def read(self, name: str) -> bytes | None:
        """The content of a part, None when there is no such part."""
        import lzma
        import zlib

        if name not in self.names:
            return None
        try:
            with self._zip.open(name) as part:
                content = part.read(LARGEST_PART + 1)
        except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, ValueError, OSError, NotImplementedError, EOFError, RuntimeError) as error:
            raise damaged() from error
        if len(content) > LARGEST_PART:
            raise UnreadableFile("文件解压后过大，已拒绝打开。", _SMALLER)
        return content


def damaged() -> UnreadableFile:
    """The error for a file whose inner structure does not hold."""
    return UnreadableFile("文件已损坏或不完整，无法读取。", "请重新下载，或用办公软件打开后另存一份再试。")


def parse_xml(content: bytes) -> etree._Element:
    """Parse XML without entities, document types or network. Raises `UnreadableFile` for malformed or hostile input."""
    from lxml import etree

    if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content[:65536]:
        raise UnreadableFile("文件内含实体声明（可能是恶意文件），已拒绝打开。", "请用办公软件打开后另存一份再试。")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True, collect_ids=False
    )
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged() from error
