"""Refusing register files that are too large, encrypted, damaged or built to exhaust memory, before anything is parsed."""

from __future__ import annotations

import hashlib
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

from assistant.domain.base import Frozen
from assistant.errors import UnreadableFile

MAX_BYTES = 100 * 1024 * 1024
_MAX_UNPACKED = 400 * 1024 * 1024
_MAX_RATIO = 150
_MAX_GRID = 12_000_000  # cells between A1 and the farthest cell: the reader underneath allocates them all
_CHUNK = 1 << 20
_OVERLAP = 256
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ROW = re.compile(rb'<row [^>]{0,80}?\br="(\d{1,7})"')
_CELL = re.compile(rb'<c r="([A-Z]{2,3})(\d{1,7})"')
_UNCOMPUTED = re.compile(rb'<c r="([A-Z]{1,3}\d{1,7})"[^>]*><f(?:[^>]*/>|[^>]*>[^<]*</f>)(?:<v></v>|<v/>)?</c>')
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class SheetScan(Frozen):
    """What a look at a sheet's XML tells: cells with a formula that has no computed value (`B7`)."""

    uncomputed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class RegisterFile:
    """A file given for reading: its name (the extension tells the format) and its bytes."""

    name: str
    data: bytes

    @property
    def stem(self) -> str:
        """The name without extension."""
        return Path(self.name).stem

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the bytes; it also keys the hashes of the rows."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def suffix(self) -> str:
        """The extension in lower case with its dot."""
        return Path(self.name).suffix.lower()


def load_file(path: Path) -> RegisterFile:
    """The file at `path`, its size checked before it is read. Raises `UnreadableFile`."""
    if path.is_dir():
        raise UnreadableFile(f"“{path.name}”是文件夹，不是文件。", "请给出台账文件。")
    if not path.is_file():
        raise UnreadableFile(f"找不到文件“{path.name}”。", "请核对文件路径。")
    refuse_size(path.name, path.stat().st_size)
    try:
        return RegisterFile(path.name, path.read_bytes())
    except OSError as error:
        raise UnreadableFile(f"文件“{path.name}”打不开。", "请检查文件是否被占用，以及是否有读取权限。") from error


def refuse_size(name: str, size: int) -> None:
    """Raises `UnreadableFile` for an empty file and for one larger than 100 MB."""
    if size == 0:
        raise UnreadableFile(f"文件“{name}”是空文件。", "请重新导出台账。")
    if size > MAX_BYTES:
        raise UnreadableFile(
            f"文件“{name}”有{size / 1024 / 1024:.0f}MB，超过100MB的上限。", "请删去与台账无关的工作表和图片，或者按年度拆分后再导入。"
        )


def refuse_encrypted(file: RegisterFile) -> None:
    """Raises `UnreadableFile` for a workbook protected by a password."""
    head = file.data[:_CHUNK]
    if head.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in head:
        raise UnreadableFile(
            f"文件“{file.name}”设置了打开密码，无法读取。", "请在 Excel 中取消密码（文件—信息—保护工作簿）并另存后再导入。"
        )


def scan_workbook(file: RegisterFile) -> dict[str, SheetScan]:
    """Sheet name → scan of an .xlsx file. Raises `UnreadableFile` for damaged archives, zip bombs and grids beyond measure."""
    try:
        with zipfile.ZipFile(BytesIO(file.data)) as archive:
            _refuse_bombs(file.name, archive)
            return {name: _scan_sheet(file.name, name, archive, part) for name, part in _sheet_parts(archive)}
    except (
        zipfile.BadZipFile,
        KeyError,
        ElementTree.ParseError,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
        zlib.error,
    ) as error:
        raise UnreadableFile(
            f"文件“{file.name}”已损坏，或者不是 Excel 工作簿。", "请用 Excel 或 WPS 打开后另存为 .xlsx 再导入。"
        ) from error


def _refuse_bombs(file_name: str, archive: zipfile.ZipFile) -> None:
    total = 0
    for entry in archive.infolist():
        total += entry.file_size
        swollen = entry.file_size > 10 * _CHUNK and entry.file_size > _MAX_RATIO * max(entry.compress_size, 1)
        if swollen or total > _MAX_UNPACKED:
            raise UnreadableFile(f"文件“{file_name}”解压后异常庞大，已拒绝读取。", "请核对文件来源；如确为台账，请另存为新文件后再导入。")


def _sheet_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    for sheet in book.iter(f"{_MAIN}sheet"):
        target = targets.get(sheet.get(_REL), "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part in archive.namelist():
            yield sheet.get("name", ""), part


def _scan_sheet(file_name: str, name: str, archive: zipfile.ZipFile, part: str) -> SheetScan:
    rows, columns, tail = 0, 26, b""
    uncomputed: set[str] = set()
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            text = tail + chunk
            rows = max(rows, max(map(int, _ROW.findall(text)), default=0))
            wide = {letters for letters, _ in _CELL.findall(text)}
            columns = max(columns, max(map(_column_number, wide), default=0))
            if b"<f" in text:
                uncomputed.update(found.decode() for found in _UNCOMPUTED.findall(text))
            if rows * columns > _MAX_GRID:
                raise UnreadableFile(
                    f"文件“{file_name}”工作表“{name}”的范围异常（第{rows}行，{columns}列），已拒绝读取。",
                    "请删去表格以外的内容和格式，另存后再导入。",
                )
            tail = text[-_OVERLAP:]
    return SheetScan(uncomputed=frozenset(uncomputed))


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
